//! `offdesk handoff`: who does an activity from now on; proposed, answered, begun, paused, ended, changed.

mod checking;
mod mailbox;
mod moving;
mod new;
pub mod text;

use clap::{Args, Subcommand};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::handoffs::json::{HandoffJson, HandoffsJson};
use offdesk_actions::handoffs::{
    HandoffDetail, HandoffSummary, Move, SoFar, list_handoffs, list_handoffs_of_activity,
    load_handoff, load_so_far,
};
use offdesk_actions::store::{Store, Uuid};

use super::audit::json;
use super::desk::{At, MOST_LISTED};
use super::error::CliError;
use super::find::find_activity;
use super::{Done, exit, output};
use crate::clock;

/// Hand work off: who does an activity from now on, by which blueprint
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk handoff new Inbox --to Ana --by \"Inbox triage\" --amount 14 --per hour
  offdesk handoff answer Inbox accept
  offdesk handoff begin Inbox
  offdesk handoff change Inbox --amount 16 --per hour --note \"two mailboxes\"
  offdesk handoff checking Inbox --in-a-row 16
  offdesk handoff end Inbox --reason taken_back --take-back")]
pub struct HandoffCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    New(new::NewArgs),
    List(ListArgs),
    Show(ShowArgs),
    Answer(moving::AnswerArgs),
    Begin(moving::BeginArgs),
    /// Give nothing for a while
    Pause(moving::MoveArgs),
    /// Go on with what was paused
    Resume(moving::MoveArgs),
    Change(moving::ChangeArgs),
    Checking(checking::CheckingArgs),
    End(moving::EndArgs),
    Mailbox(mailbox::MailboxArgs),
}

/// All handoffs, the one in which something happened last first
#[derive(Args, Debug)]
struct ListArgs {
    /// Print JSON (offdesk.handoffs/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// One handoff: terms, checking, history
#[derive(Args, Debug)]
struct ShowArgs {
    #[command(flatten)]
    which: Which,
    /// Print JSON (offdesk.handoff/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Which handoff.
#[derive(Args, Debug, Clone)]
pub struct Which {
    /// The activity that is handed off, or the id of the handoff
    #[arg(value_name = "WHICH")]
    which: String,
}

impl HandoffCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::New(args) => args.run(),
            What::List(args) => args.run(),
            What::Show(args) => args.run(),
            What::Answer(args) => args.run(),
            What::Begin(args) => args.run(),
            What::Pause(args) => args.run(Move::Pause),
            What::Resume(args) => args.run(Move::Resume),
            What::Change(args) => args.run(),
            What::Checking(args) => args.run(),
            What::End(args) => args.run(),
            What::Mailbox(args) => args.run(),
        }
    }
}

/// The handoff of an id, or the only open one of an activity, by its id.
///
/// # Errors
/// Those of [`Which::find`].
pub fn find_handoff(store: &Store, actor: &Actor, which: &str) -> Result<Uuid, CliError> {
    let which = Which {
        which: which.to_owned(),
    };
    Ok(which.find(store, actor)?.summary.handoff.row.id)
}

impl Which {
    /// The handoff of an id, or the only open one of an activity.
    ///
    /// # Errors
    /// `desk.activity`, `handoff.none`, `handoff.which` with the ids of those it could be.
    pub fn find(&self, store: &Store, actor: &Actor) -> Result<HandoffDetail, CliError> {
        if let Ok(id) = Uuid::try_parse(self.which.trim()) {
            return load(store, actor, id);
        }
        let activity = find_activity(store, actor, &self.which)?;
        let who = actor.clone();
        let all: Result<Vec<HandoffSummary>, Error> = store
            .read(move |tx| list_handoffs_of_activity(tx, &who, activity))
            .wait();
        let all = all?;
        let open: Vec<&HandoffSummary> =
            all.iter().filter(|it| it.handoff.state.is_open()).collect();
        // Where none is open, the latest one is meant.
        let meant = if open.is_empty() {
            all.first().into_iter().collect()
        } else {
            open
        };
        match meant.as_slice() {
            [one] => load(store, actor, one.handoff.row.id),
            [] => Err(CliError::new(
                exit::NOTHING,
                "handoff.none",
                "this activity is handed off to nobody",
            )
            .line("hand it off:  offdesk handoff new ACTIVITY --to WHO --by BLUEPRINT")),
            several => {
                let error = CliError::new(
                    exit::CONFLICT,
                    "handoff.which",
                    format!("{} people have this activity", several.len()),
                );
                Err(several.iter().fold(error, |error, one| {
                    let name = offdesk_import::problem::shown(&one.person);
                    error.line(format!("{name}:  {}", one.handoff.row.id))
                }))
            }
        }
    }
}

fn load(store: &Store, actor: &Actor, id: Uuid) -> Result<HandoffDetail, CliError> {
    let actor = actor.clone();
    let found: Result<HandoffDetail, Error> =
        store.read(move |tx| load_handoff(tx, &actor, id)).wait();
    Ok(found?)
}

fn give(detail: &HandoffDetail, as_json: bool) -> Done {
    if as_json {
        output::print(&json::to_text(&HandoffJson::of(detail))?)?;
    } else {
        output::print(&text::whole(detail))?;
    }
    Ok(0)
}

impl ListArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let read = store.read(move |tx| {
            let all = list_handoffs(tx, &actor, None, MOST_LISTED)?;
            let so_far = load_so_far(tx, &actor, &all, moment)?;
            Ok((all, so_far))
        });
        let read: Result<(Vec<HandoffSummary>, Vec<SoFar>), Error> = read.wait();
        let (all, so_far) = read?;
        if self.json {
            output::print(&json::to_text(&HandoffsJson::of(&all, &so_far, None))?)?;
        } else if all.is_empty() {
            output::print(
                "Nothing is handed off yet.   Begin:  offdesk handoff new ACTIVITY --to WHO --by BLUEPRINT\n",
            )?;
        } else {
            output::print(&text::list(&all, &so_far))?;
        }
        Ok(0)
    }
}

impl ShowArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let detail = self.which.find(&store, &actor)?;
        give(&detail, self.json)
    }
}
