//! `offdesk activity`: the activities of the hours, as the owner wants them: named, joined, split, priced, kept.

mod changing;
mod text;

use clap::{Args, Subcommand};
use offdesk_actions::Error;
use offdesk_actions::activities::json::{ActivitiesJson, ActivityJson};
use offdesk_actions::activities::{ActivityDetail, load_activity};
use offdesk_actions::actor::Actor;
use offdesk_actions::hours::{Hours, load_hours};
use offdesk_actions::store::{Store, Uuid};

use self::changing::{Keep, Merge, Price, Rename, Split, Verdict};
use super::audit::json;
use super::desk::At;
use super::error::CliError;
use super::find::find_activity;
use super::{Done, output};
use crate::clock;

/// The activities of your hours: name them, join and split them, price them, keep them
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk activity list
  offdesk activity show Inbox                       with the wordings in it
  offdesk activity rename Inbox \"Inbox and calls\"
  offdesk activity merge Mail --into Inbox
  offdesk activity split Inbox \"Calls\" --take 2,5   numbers, as show gives them
  offdesk activity price Inbox 15..25                you know better than the market
  offdesk activity keep Teaching mine                only you can do it
  offdesk activity verdict Inbox not-now --why \"busy until May\"")]
pub struct ActivityCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// All of them, with hours, price and gap; the most hours first
    List(Common),
    /// One of them, with the wordings in it
    Show(One),
    /// Give it another name
    Rename(Rename),
    /// Put it into another one, which keeps its name, price and verdict
    Merge(Merge),
    /// Take some wordings out of it into a new one
    Split(Split),
    /// What an hour of it costs: your own figure, or the market's again
    Price(Price),
    /// Whether only you can do it, it is rest, or it is work like any other
    Keep(Keep),
    /// Put handing it off off, or out of the question; or open it again
    Verdict(Verdict),
}

#[derive(Args, Debug)]
struct Common {
    /// Print JSON (offdesk.activities/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// An activity, and how it is printed.
#[derive(Args, Debug)]
struct One {
    /// Its name, or a part of it that no other has
    #[arg(value_name = "ACTIVITY")]
    activity: String,
    /// Print JSON (offdesk.activity/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl ActivityCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::List(common) => {
                let (store, actor) = common.at.open()?;
                let moment = clock::moment();
                let found: Result<Hours, Error> =
                    store.read(move |tx| load_hours(tx, &actor, moment)).wait();
                let hours = found?;
                let shown = if common.json {
                    json::to_text(&ActivitiesJson::all(&hours))?
                } else {
                    text::list(&hours)
                };
                output::print(&shown)?;
                Ok(0)
            }
            What::Show(one) => one.show(),
            What::Rename(rename) => rename.run(),
            What::Merge(merge) => merge.run(),
            What::Split(split) => split.run(),
            What::Price(price) => price.run(),
            What::Keep(keep) => keep.run(),
            What::Verdict(verdict) => verdict.run(),
        }
    }
}

impl One {
    /// The desk, who works at it, and the activity.
    fn open(&self) -> Result<(Store, Actor, Uuid), CliError> {
        let (store, actor) = self.at.open()?;
        let id = find_activity(&store, &actor, &self.activity)?;
        Ok((store, actor, id))
    }

    fn show(&self) -> Done {
        let (store, actor, id) = self.open()?;
        let detail = load(&store, &actor, id)?;
        let shown = if self.json {
            json::to_text(&ActivityJson::of_detail(&detail))?
        } else {
            text::one(&detail)
        };
        output::print(&shown)?;
        Ok(0)
    }
}

fn load(store: &Store, actor: &Actor, id: Uuid) -> Result<ActivityDetail, CliError> {
    let actor = actor.clone();
    let found: Result<_, Error> = store.read(move |tx| load_activity(tx, &actor, id)).wait();
    Ok(found?)
}
