//! What the person does, noted for one who has not joined: `reply`, `tick`, `time`, `ask`, `deliver`.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::files::{LONGEST_PART, add_file_part, begin_file, drop_file};
use offdesk_actions::assignments::{
    NewDeliverable, Reply, Spent, ask_question, deliver, load_assignment, reply_to_assignment,
    seconds_of_hours, set_time, tick_step,
};
use offdesk_actions::store::{Store, Uuid};
use offdesk_domain::person::Unit;
use rust_decimal::Decimal;

use super::super::error::CliError;
use super::super::values;
use super::super::{Done, exit, output};
use super::{One, give, load};
use crate::clock;

/// Note whether the person takes one
#[derive(Args, Debug)]
pub struct ReplyArgs {
    #[command(flatten)]
    one: One,
    /// What they say
    #[arg(value_name = "ANSWER")]
    answer: ReplyWord,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ReplyWord {
    /// They take it
    Agree,
    /// They do not, which is free
    Decline,
}

impl ReplyArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let reply = match self.answer {
            ReplyWord::Agree => Reply::Agree,
            ReplyWord::Decline => Reply::Decline,
        };
        let moment = clock::moment();
        self.one
            .write(move |tx, actor, id| reply_to_assignment(tx, actor, id, reply, None, moment))
    }
}

/// Tick a step of the blueprint
#[derive(Args, Debug)]
pub struct TickArgs {
    #[command(flatten)]
    one: One,
    /// The step, from 1
    #[arg(value_name = "STEP")]
    step: i64,
    /// Take the tick away
    #[arg(long)]
    undo: bool,
}

impl TickArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (step, is_done, moment) = (self.step, !self.undo, clock::moment());
        self.one.write(move |tx, actor, id| {
            tick_step(tx, actor, id, step, is_done, moment)?;
            load_assignment(tx, actor, id)
        })
    }
}

/// Type in the time it has taken in all
#[derive(Args, Debug)]
pub struct TimeArgs {
    #[command(flatten)]
    one: One,
    /// Hours, such as 1.5
    #[arg(value_name = "HOURS", value_parser = values::hours)]
    hours: Decimal,
}

impl TimeArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let seconds = seconds_of_hours("hours", self.hours)?;
        let moment = clock::moment();
        self.one.write(move |tx, actor, id| {
            set_time(tx, actor, id, seconds, moment)?;
            load_assignment(tx, actor, id)
        })
    }
}

/// Ask something; the due date stands still until it is answered
#[derive(Args, Debug)]
pub struct AskArgs {
    #[command(flatten)]
    one: One,
    /// The question
    #[arg(value_name = "TEXT")]
    text: String,
    /// The step it is about, from 1
    #[arg(long, value_name = "N")]
    step: Option<i64>,
}

impl AskArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let moment = clock::moment();
        self.one
            .write(move |tx, actor, id| ask_question(tx, actor, id, self.step, &self.text, moment))
    }
}

/// What was spent, of hours that were typed.
pub fn spent(hours: Option<Decimal>) -> Result<Option<Spent>, CliError> {
    let Some(hours) = hours else {
        return Ok(None);
    };
    Ok(Some(Spent {
        captured: 0,
        seconds: seconds_of_hours("spent", hours)?,
    }))
}

/// Hand something in: a text, a link, files
#[derive(Args, Debug)]
pub struct DeliverArgs {
    #[command(flatten)]
    one: One,
    /// What was done
    #[arg(long, value_name = "TEXT", default_value = "")]
    text: String,
    /// Where it is
    #[arg(long, value_name = "URL", default_value = "")]
    link: String,
    /// A file of at most 100 MB; may be repeated
    #[arg(long = "file", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Hours it has taken in all
    #[arg(long, value_name = "HOURS", value_parser = values::hours)]
    hours: Option<Decimal>,
    /// It is paid by the hour, and is handed in without hours: nothing is owed,
    /// or they stand in their week
    #[arg(long)]
    without_hours: bool,
}

impl DeliverArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let hours = self.hours.map(|hours| seconds_of_hours("hours", hours));
        let new = NewDeliverable {
            text: self.text,
            link: self.link,
            seconds: hours.transpose()?,
            without_hours: self.without_hours,
            seen: None,
        };
        let (store, actor) = self.one.at.open()?;
        let id = load(&store, &actor, &self.one.which)?.row.id;
        let mut sent = Vec::new();
        let all = self.files.iter().try_for_each(|path| {
            sent.push(send(&store, &actor, id, path)?);
            Ok::<(), CliError>(())
        });
        let moment = clock::moment();
        let (who, one) = (actor.clone(), self.one);
        let done = all.and_then(|()| {
            let delivered: Result<_, Error> = store
                .write(move |tx| {
                    deliver(tx, &who, id, &new, moment)?;
                    load_assignment(tx, &who, id)
                })
                .wait();
            Ok(delivered?)
        });
        match done {
            Ok(detail) => {
                if detail.row.unit == Unit::Hour.word() && detail.row.seconds == 0 {
                    output::say(
                        "It is paid by the hour, and no hours are typed in: nothing is owed for it.\n",
                    );
                }
                give(&store, &actor, &detail, one.json)
            }
            // Nothing half done: what has come of files goes again.
            Err(error) => {
                for file in sent {
                    let actor = actor.clone();
                    let dropped: Result<(), Error> = store
                        .write(move |tx| drop_file(tx, &actor, id, file, moment))
                        .wait();
                    dropped?;
                }
                Err(error)
            }
        }
    }
}

/// Sends a file, part by part.
fn send(store: &Store, actor: &Actor, id: Uuid, path: &Path) -> Result<Uuid, CliError> {
    let broken = |error: &dyn std::fmt::Display| {
        CliError::new(
            exit::FAILED,
            "file.read",
            format!("{} cannot be read: {error}", path.display()),
        )
        .line("name a file that is there")
    };
    let mut file = File::open(path).map_err(|error| broken(&error))?;
    let length = file.metadata().map_err(|error| broken(&error))?.len();
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let (who, moment) = (actor.clone(), clock::moment());
    let begun: Result<_, Error> = store
        .write(move |tx| begin_file(tx, &who, id, &name, length, moment))
        .wait();
    let begun = begun?.id;
    let mut start = 0;
    while start < length {
        let mut bytes = Vec::new();
        let most = u64::try_from(LONGEST_PART).unwrap_or(u64::MAX);
        let part = (&mut file).take(most).read_to_end(&mut bytes);
        let read = part.map_err(|error| broken(&error))?;
        if read == 0 {
            return Err(broken(&"it has become shorter meanwhile"));
        }
        let who = actor.clone();
        let came: Result<_, Error> = store
            .write(move |tx| add_file_part(tx, &who, id, begun, start, bytes))
            .wait();
        start = came?.received;
    }
    Ok(begun)
}
