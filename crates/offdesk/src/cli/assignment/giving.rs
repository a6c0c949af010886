//! `offdesk assignment give`, `change` and `reassign`.

use std::path::Path;

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::files::{LONGEST, LONGEST_PART, too_long};
use offdesk_actions::assignments::inputs::{GivenInput, NewInput, WithoutInput};
use offdesk_actions::assignments::sending::{
    add_input_part, begin_input_file, drop_input_file, move_given,
};
use offdesk_actions::assignments::{
    AssignmentChange, AssignmentDetail, NewAssignment, change_assignment, give_assignment,
    moment_of, reassign_assignment,
};
use offdesk_actions::handoffs::{HandoffSummary, list_handoffs_of_activity, load_handoff};
use offdesk_actions::store::uploads::UploadRow;
use offdesk_actions::store::{Store, Uuid};
use offdesk_domain::handoff::State;
use offdesk_import::problem::shown;

use super::super::bytes::{From, Unread, read_bytes};
use super::super::desk::At;
use super::super::error::CliError;
use super::super::handoff::Which;
use super::super::people::find_person;
use super::super::{Done, exit};
use super::{One, give, load, zone_of};
use crate::clock;

/// Give one: by the version of the blueprint that was agreed
#[derive(Args, Debug)]
pub struct GiveArgs {
    #[command(flatten)]
    handoff: Which,
    /// When it is due: 2026-03-27T17:00, on the workspace's
    /// clock, or with an offset from UTC
    #[arg(long, value_name = "WHEN")]
    due: String,
    /// What is done this time
    #[arg(long, value_name = "TEXT", default_value = "")]
    title: String,
    /// What the person is told with it
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// By when they say whether they take it
    #[arg(long, value_name = "WHEN")]
    answer_by: Option<String>,
    /// Another price than the handoff's
    #[arg(long, value_name = "N")]
    amount: Option<String>,
    /// What they have of an input of the blueprint: "Templates=have", a link, or
    /// a file; may be repeated
    #[arg(long = "input", value_name = "NAME=WHAT")]
    inputs: Vec<String>,
    /// Though nothing is said of what the blueprint needs: the assignment says so
    #[arg(long)]
    without_inputs: bool,
    /// Print JSON (offdesk.assignment/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl GiveArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let zone = zone_of(&store, &actor)?;
        let answer_by = self.answer_by.as_deref();
        let mut new = NewAssignment {
            due: Some(moment_of("due", &self.due, zone.as_ref())?),
            answer_by: answer_by
                .map(|text| moment_of("answer_by", text, zone.as_ref()))
                .transpose()?,
            title: self.title,
            note: self.note,
            amount: self.amount,
            inputs: inputs(&self.inputs)?,
            without: WithoutInput::knowingly(self.without_inputs),
        };
        let handoff = self.handoff.find(&store, &actor)?.summary.handoff.row.id;
        let sent = send_long(&store, &actor, &mut new.inputs)?;
        let moment = clock::moment();
        let who = actor.clone();
        let given: Result<AssignmentDetail, Error> = store
            .write(move |tx| give_assignment(tx, &who, handoff, &new, moment))
            .wait();
        if given.is_err() {
            drop_sent(&store, &actor, sent);
        }
        let given = given.map_err(or_without)?;
        while move_given(&store)? {}
        give(&store, &actor, &given, self.json)
    }
}

/// Says what is typed where nothing was said of what the blueprint needs.
fn or_without(error: Error) -> CliError {
    let is_missing = error.code == "assignment.inputs";
    let error = CliError::from(error);
    if is_missing {
        return error
            .line("say it of each:   --input \"NAME=have\"  or with a link or a file after the =")
            .line("give it without:  --without-inputs");
    }
    error
}

/// Sends long files before they are given, part by part, so that nobody else who writes has to wait for all of one.
fn send_long(store: &Store, actor: &Actor, inputs: &mut [NewInput]) -> Result<Vec<Uuid>, CliError> {
    let mut sent = Vec::new();
    for input in inputs {
        let GivenInput::File { name, bytes } = &mut input.given else {
            continue;
        };
        if bytes.len() <= LONGEST_PART {
            continue;
        }
        let (name, bytes) = (std::mem::take(name), std::mem::take(bytes));
        let (who, moment) = (actor.clone(), clock::moment());
        let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let begun: Result<UploadRow, Error> = store
            .write(move |tx| begin_input_file(tx, &who, &name, length, moment))
            .wait();
        let id = begun?.id;
        sent.push(id);
        input.given = GivenInput::Sent(id);
        let mut start = 0;
        for part in bytes.chunks(LONGEST_PART) {
            let (who, part) = (actor.clone(), part.to_vec());
            let added: Result<UploadRow, Error> = store
                .write(move |tx| add_input_part(tx, &who, id, start, part))
                .wait();
            start = added?.received;
        }
    }
    Ok(sent)
}

/// Drops what was sent and is not given. What cannot be dropped is forgotten, and goes by itself.
fn drop_sent(store: &Store, actor: &Actor, sent: Vec<Uuid>) {
    for id in sent {
        let who = actor.clone();
        let dropped: Result<(), Error> =
            store.write(move |tx| drop_input_file(tx, &who, id)).wait();
        dropped.ok();
    }
}

/// Inputs as they are typed: `have`, a link, or the path of a file.
fn inputs(typed: &[String]) -> Result<Vec<NewInput>, CliError> {
    let refuse = |message: String| {
        CliError::new(exit::USAGE, "assignment.input", message)
            .line("write it as  --input \"NAME=have\"  or with a link or a file after the =")
    };
    let all = typed.iter().map(|text| {
        let told = shown(text);
        let (name, what) = text
            .split_once('=')
            .ok_or_else(|| refuse(format!("\"{told}\" does not say what there is of it")))?;
        let (name, what) = (name.trim().to_owned(), what.trim());
        let is_link = ["https://", "http://"]
            .iter()
            .any(|it| what.starts_with(it));
        let given = match what {
            "have" => GivenInput::Have,
            link if is_link => GivenInput::Link(link.to_owned()),
            path => {
                let path = Path::new(path);
                let most = u64::try_from(LONGEST).unwrap_or(u64::MAX);
                let bytes = read_bytes(From::File(path), most).map_err(|why| match why {
                    Unread::TooLarge => CliError::from(too_long("inputs")),
                    Unread::Failed(error) => {
                        refuse(format!("{} cannot be read: {error}", path.display()))
                    }
                })?;
                let file = path.file_name().unwrap_or_default();
                GivenInput::File {
                    name: file.to_string_lossy().into_owned(),
                    bytes,
                }
            }
        };
        Ok(NewInput { name, given })
    });
    all.collect()
}

/// Change what one is, its price or its date; the person is asked anew
#[derive(Args, Debug)]
pub struct ChangeArgs {
    #[command(flatten)]
    one: One,
    /// When it is due
    #[arg(long, value_name = "WHEN")]
    due: Option<String>,
    /// What is done
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// What the person is told with it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The price
    #[arg(long, value_name = "N")]
    amount: Option<String>,
}

impl ChangeArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.one.at.open()?;
        let zone = zone_of(&store, &actor)?;
        let due = self.due.as_deref();
        let change = AssignmentChange {
            due: due
                .map(|text| moment_of("due", text, zone.as_ref()))
                .transpose()?,
            title: self.title,
            note: self.note,
            amount: self.amount,
            seen: None,
        };
        let moment = clock::moment();
        self.one.write_in(&store, &actor, move |tx, actor, id| {
            change_assignment(tx, actor, id, &change, moment)
        })
    }
}

/// Give one to somebody else who has the same activity: taken back from one,
/// asked of the other, at their price
#[derive(Args, Debug)]
pub struct ReassignArgs {
    #[command(flatten)]
    one: One,
    /// To whom: name or id
    #[arg(long, value_name = "WHO")]
    to: String,
    /// When it is due then; as it was where nothing is said
    #[arg(long, value_name = "WHEN")]
    due: Option<String>,
}

impl ReassignArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.one.at.open()?;
        let detail = load(&store, &actor, &self.one.which)?;
        let person = find_person(&store, &actor, &self.to)?;
        let handoff = handoff_to(&store, &actor, detail.row.handoff_id, person)?;
        let zone = zone_of(&store, &actor)?;
        let due = self.due.as_deref();
        let due = due
            .map(|text| moment_of("due", text, zone.as_ref()))
            .transpose()?;
        let moment = clock::moment();
        self.one.write_in(&store, &actor, move |tx, actor, id| {
            reassign_assignment(tx, actor, id, (handoff, due), None, moment)
        })
    }
}

/// The handoff of the same activity that goes on with a person.
fn handoff_to(store: &Store, actor: &Actor, own: Uuid, person: Uuid) -> Result<Uuid, CliError> {
    let who = actor.clone();
    let all: Result<Vec<HandoffSummary>, Error> = store
        .read(move |tx| {
            let own = load_handoff(tx, &who, own)?.summary.handoff.row;
            list_handoffs_of_activity(tx, &who, own.activity_id)
        })
        .wait();
    let all = all?;
    let found = all.iter().find(|it| {
        it.handoff.row.person_id == person && matches!(it.handoff.state, State::Running(_))
    });
    found.map(|it| it.handoff.row.id).ok_or_else(|| {
        CliError::new(
            exit::NOTHING,
            "handoff.none",
            "this activity is not handed off to them, or they have not accepted it",
        )
        .line("hand it off:  offdesk handoff new ACTIVITY --to WHO --by BLUEPRINT")
    })
}
