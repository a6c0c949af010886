//! `offdesk assignment`: one time that work of a handoff is done; given, taken, asked about, handed in, kept.

mod answering;
mod giving;
mod judging;
mod mailed;
mod recurring;
pub mod text;
mod working;

pub use working::spent;

use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use offdesk_actions::activities::Seen;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::json::{AssignmentJson, AssignmentsJson, QuestionsJson};
use offdesk_actions::assignments::{
    AssignmentDetail, Which, cancel_assignment, close_assignment, identify_assignment,
    list_assignments, list_open_questions, load_assignment, start_assignment,
};
use offdesk_actions::store::{Store, Tx, Uuid};
use offdesk_actions::workspaces::load_settings;
use offdesk_actions::{Error, Moment};

use super::audit::json;
use super::desk::{At, MOST_LISTED};
use super::error::CliError;
use super::{Done, output};
use crate::clock;

/// Work that was given: who does what by when, what they ask, what they hand in
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk assignment give Inbox --due 2026-03-27T17:00
  offdesk assignment list
  offdesk assignment show 12
  offdesk assignment ask 12 \"Which inbox first?\" --step 1
  offdesk assignment answer 12 \"The shop's\" --for-blueprint
  offdesk assignment deliver 12 --file report.pdf --hours 1.5
  offdesk assignment repeat Inbox --rule \"FREQ=WEEKLY;BYDAY=MO\" --start 2026-03-02T17:00")]
pub struct AssignmentCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    Give(giving::GiveArgs),
    List(ListArgs),
    /// One of them with its steps, questions, deliverables and findings
    Show(One),
    Change(giving::ChangeArgs),
    Reassign(giving::ReassignArgs),
    Mail(mailed::MailArgs),
    /// Take back what was never handed in
    Cancel(One),
    /// Close what was accepted
    Close(One),
    Reply(working::ReplyArgs),
    /// Begin the work, anew after a return
    Start(One),
    Tick(working::TickArgs),
    Time(working::TimeArgs),
    Ask(working::AskArgs),
    Questions(QuestionsArgs),
    Answer(answering::AnswerArgs),
    Deliver(working::DeliverArgs),
    Repeat(recurring::RepeatArgs),
    Repeats(recurring::RepeatsArgs),
    Move(recurring::MoveArgs),
    Stop(recurring::StopArgs),
}

/// Which assignment, and what is printed: what most of these share.
#[derive(Args, Debug, Clone)]
pub struct One {
    /// Number or id
    #[arg(value_name = "WHICH")]
    which: String,
    /// Print JSON (offdesk.assignment/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl One {
    /// Does something with it, and prints what became of it.
    ///
    /// # Errors
    /// `not_found`, and those of the action.
    pub fn write(
        self,
        action: impl FnOnce(&mut Tx<'_>, &Actor, Uuid) -> Result<AssignmentDetail, Error>
        + Send
        + 'static,
    ) -> Done {
        let (store, actor) = self.at.open()?;
        self.write_in(&store, &actor, action)
    }

    /// The same at a desk that is open.
    ///
    /// # Errors
    /// As [`One::write`].
    fn write_in(
        self,
        store: &Store,
        actor: &Actor,
        action: impl FnOnce(&mut Tx<'_>, &Actor, Uuid) -> Result<AssignmentDetail, Error>
        + Send
        + 'static,
    ) -> Done {
        let (which, who) = (self.which, actor.clone());
        let done: Result<AssignmentDetail, Error> = store
            .write(move |tx| {
                let id = identify_assignment(tx, &who, &which)?;
                action(tx, &who, id)
            })
            .wait();
        give(store, actor, &done?, self.json)
    }

    fn step(self, step: Step) -> Done {
        let moment = clock::moment();
        self.write(move |tx, actor, id| step(tx, actor, id, None, moment))
    }

    fn show(self) -> Done {
        let (store, actor) = self.at.open()?;
        let detail = load(&store, &actor, &self.which)?;
        give(&store, &actor, &detail, self.json)
    }
}

/// A step for which nothing more has to be said.
type Step = fn(&mut Tx<'_>, &Actor, Uuid, Seen, Moment) -> Result<AssignmentDetail, Error>;

/// The workspace's zone, where it has one.
///
/// # Errors
/// Those of the store.
pub fn zone_of(store: &Store, actor: &Actor) -> Result<Option<TimeZone>, CliError> {
    let actor = actor.clone();
    let settings: Result<_, Error> = store.read(move |tx| load_settings(tx, &actor)).wait();
    let name = settings?.0.zone;
    Ok(name.and_then(|name| TimeZone::get(&name).ok()))
}

/// The zone moments are shown in.
fn shown_in(store: &Store, actor: &Actor) -> Result<TimeZone, CliError> {
    let zone = zone_of(store, actor)?;
    if zone.is_none() {
        output::say("times are in UTC; name your zone:  offdesk config --zone Europe/Berlin\n");
    }
    Ok(zone.unwrap_or(TimeZone::UTC))
}

/// Prints one.
fn give(store: &Store, actor: &Actor, detail: &AssignmentDetail, as_json: bool) -> Done {
    if as_json {
        output::print(&json::to_text(&AssignmentJson::of(detail))?)?;
    } else {
        output::print(&text::one(detail, &shown_in(store, actor)?))?;
    }
    Ok(0)
}

/// What is on somebody's desk, the earliest due first
#[derive(Args, Debug)]
struct ListArgs {
    /// Those in one state, such as delivered or closed
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// Print JSON (offdesk.assignments/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// What waits for an answer, the one that waits longest first
#[derive(Args, Debug)]
struct QuestionsArgs {
    /// Print JSON (offdesk.questions/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl AssignmentCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::Give(args) => args.run(),
            What::List(args) => args.run(),
            What::Show(one) => one.show(),
            What::Change(args) => args.run(),
            What::Reassign(args) => args.run(),
            What::Mail(args) => args.run(),
            What::Cancel(one) => one.step(cancel_assignment),
            What::Close(one) => one.step(close_assignment),
            What::Reply(args) => args.run(),
            What::Start(one) => one.step(start_assignment),
            What::Tick(args) => args.run(),
            What::Time(args) => args.run(),
            What::Ask(args) => args.run(),
            What::Questions(args) => args.run(),
            What::Answer(args) => args.run(),
            What::Deliver(args) => args.run(),
            What::Repeat(args) => args.run(),
            What::Repeats(args) => args.run(),
            What::Move(args) => args.run(),
            What::Stop(args) => args.run(),
        }
    }
}

/// One of a number or an id.
///
/// # Errors
/// `not_found`.
pub fn load(store: &Store, actor: &Actor, which: &str) -> Result<AssignmentDetail, CliError> {
    let (actor, which) = (actor.clone(), which.to_owned());
    let found: Result<AssignmentDetail, Error> = store
        .read(move |tx| {
            let id = identify_assignment(tx, &actor, &which)?;
            load_assignment(tx, &actor, id)
        })
        .wait();
    Ok(found?)
}

impl ListArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let which = Which {
            state: self.state,
            person: None,
        };
        let who = actor.clone();
        let rows: Result<Vec<_>, Error> = store
            .read(move |tx| list_assignments(tx, &who, &which, None, MOST_LISTED))
            .wait();
        let rows = rows?;
        if self.json {
            output::print(&json::to_text(&AssignmentsJson::of(&rows, None))?)?;
        } else if rows.is_empty() {
            output::print(
                "Nothing is on anybody's desk.   Give something:  offdesk assignment give ACTIVITY --due WHEN\n",
            )?;
        } else {
            output::print(&text::list(&rows, &shown_in(&store, &actor)?))?;
        }
        Ok(0)
    }
}

impl QuestionsArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let who = actor.clone();
        let open: Result<Vec<_>, Error> = store
            .read(move |tx| list_open_questions(tx, &who, MOST_LISTED))
            .wait();
        let open = open?;
        if self.json {
            output::print(&json::to_text(&QuestionsJson::of(&open, None))?)?;
        } else if open.is_empty() {
            output::print("Nobody waits for an answer.\n")?;
        } else {
            output::print(&text::questions(&open, &shown_in(&store, &actor)?))?;
        }
        Ok(0)
    }
}
