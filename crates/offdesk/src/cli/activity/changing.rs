//! Changes of an activity.

use clap::{Args, ValueEnum};
use offdesk_actions::activities::json::ActivityJson;
use offdesk_actions::activities::{
    ActivityDetail, Judgement, judge_activity, keep_activity, merge_activity, price_activity,
    read_price, rename_activity, split_activity,
};
use offdesk_actions::actor::Actor;
use offdesk_actions::store::activities::ActivityRow;
use offdesk_actions::store::{Store, Tx, Uuid};
use offdesk_actions::{Error, Moment};
use offdesk_domain::audit::Stays;

use super::{One, load, text};
use crate::cli::audit::json;
use crate::cli::error::CliError;
use crate::cli::find::find_activity;
use crate::cli::{Done, exit, output};
use crate::clock;

impl One {
    /// Changes the activity, and prints what became of it.
    fn change(
        &self,
        action: impl FnOnce(&mut Tx<'_>, &Actor, Uuid, Moment) -> Result<ActivityRow, Error>
        + Send
        + 'static,
    ) -> Done {
        self.change_opened(self.open()?, action)
    }

    fn change_opened(
        &self,
        (store, actor, id): (Store, Actor, Uuid),
        action: impl FnOnce(&mut Tx<'_>, &Actor, Uuid, Moment) -> Result<ActivityRow, Error>
        + Send
        + 'static,
    ) -> Done {
        let (who, moment) = (actor.clone(), clock::moment());
        let done: Result<ActivityRow, Error> =
            store.write(move |tx| action(tx, &who, id, moment)).wait();
        let row = done?;
        if self.json {
            output::print(&json::to_text(&ActivityJson::of(&row))?)?;
            return Ok(0);
        }
        output::print(&text::one(&load(&store, &actor, row.id)?))?;
        Ok(0)
    }
}

#[derive(Args, Debug)]
pub struct Rename {
    #[command(flatten)]
    one: One,
    /// Its new name
    #[arg(value_name = "NAME")]
    name: String,
}

impl Rename {
    /// Runs it.
    pub fn run(self) -> Done {
        let name = self.name;
        self.one.change(move |tx, actor, id, moment| {
            rename_activity(tx, actor, id, &name, None, moment)
        })
    }
}

#[derive(Args, Debug)]
pub struct Merge {
    #[command(flatten)]
    one: One,
    /// The one that stays
    #[arg(long, value_name = "ACTIVITY")]
    into: String,
}

impl Merge {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor, id) = self.one.open()?;
        let into = find_activity(&store, &actor, &self.into)?;
        self.one
            .change_opened((store, actor, id), move |tx, actor, id, moment| {
                merge_activity(tx, actor, id, into, None, moment)
            })
    }
}

#[derive(Args, Debug)]
pub struct Split {
    #[command(flatten)]
    one: One,
    /// The name of the new one
    #[arg(value_name = "NAME")]
    name: String,
    /// The wordings that go there: their numbers as `activity show` gives them, or their ids
    #[arg(long, value_name = "N", required = true, value_delimiter = ',')]
    take: Vec<String>,
}

impl Split {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor, id) = self.one.open()?;
        let detail = load(&store, &actor, id)?;
        let taken = self
            .take
            .iter()
            .map(|word| wording_of(&detail, word))
            .collect::<Result<Vec<Uuid>, _>>()?;
        let name = self.name;
        let opened = (store, actor, id);
        self.one
            .change_opened(opened, move |tx, actor, id, moment| {
                split_activity(tx, actor, id, &taken, &name, None, moment)
            })
    }
}

/// A wording by its number in what is shown, or by its id.
fn wording_of(detail: &ActivityDetail, word: &str) -> Result<Uuid, CliError> {
    let ids: Vec<Uuid> = detail.wordings.iter().map(|(row, ..)| row.id).collect();
    let by_number = word.trim().parse::<usize>().ok();
    let found = match by_number {
        Some(number) => number.checked_sub(1).and_then(|at| ids.get(at)).copied(),
        None => Uuid::try_parse(word.trim())
            .ok()
            .filter(|id| ids.contains(id)),
    };
    found.ok_or_else(|| {
        let shown = offdesk_import::problem::shown(word);
        let message = format!("\"{shown}\" is none of the {} wordings of it", ids.len());
        CliError::new(exit::NOTHING, "desk.wording", message)
            .line("see them with their numbers:  offdesk activity show ACTIVITY")
    })
}

#[derive(Args, Debug)]
pub struct Price {
    #[command(flatten)]
    one: One,
    /// What an hour costs, in the workspace's currency: 18, or 15..25, or 15..18..25
    #[arg(
        value_name = "PRICE",
        required_unless_present = "market",
        conflicts_with = "market"
    )]
    price: Option<String>,
    /// The market's price again
    #[arg(long)]
    market: bool,
}

impl Price {
    /// Runs it.
    pub fn run(self) -> Done {
        let range = self.price.as_deref().map(read_price).transpose()?;
        self.one
            .change(move |tx, actor, id, moment| price_activity(tx, actor, id, range, None, moment))
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kept {
    /// Only you can do it
    Mine,
    /// It is no work: lunch, sport, sleep
    Rest,
    /// It is work like any other
    Work,
}

#[derive(Args, Debug)]
pub struct Keep {
    #[command(flatten)]
    one: One,
    /// What it is
    #[arg(value_name = "WHAT", value_enum)]
    what: Kept,
}

impl Keep {
    /// Runs it.
    pub fn run(self) -> Done {
        let stays = match self.what {
            Kept::Mine => Some(Stays::Mine),
            Kept::Rest => Some(Stays::Rest),
            Kept::Work => None,
        };
        self.one
            .change(move |tx, actor, id, moment| keep_activity(tx, actor, id, stays, None, moment))
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Judged {
    /// It can be handed off
    Open,
    /// Not now: it comes back after 90 days, or when its numbers grow
    NotNow,
    /// Never
    Never,
}

#[derive(Args, Debug)]
pub struct Verdict {
    #[command(flatten)]
    one: One,
    /// What you think of handing it off
    #[arg(value_name = "VERDICT", value_enum)]
    verdict: Judged,
    /// Why, with not-now and never
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    why: String,
}

impl Verdict {
    /// Runs it.
    pub fn run(self) -> Done {
        let judgement = match self.verdict {
            Judged::Open => Judgement::Open,
            Judged::NotNow => Judgement::NotNow,
            Judged::Never => Judgement::Never,
        };
        let why = self.why;
        self.one.change(move |tx, actor, id, moment| {
            judge_activity(tx, actor, id, judgement, &why, None, moment)
        })
    }
}
