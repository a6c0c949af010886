//! `offdesk import`: files into the workspace, each as one batch that can be undone.

mod json;
mod reading;
mod report;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use offdesk_actions::actor::Actor;
use offdesk_actions::calendars::fetch_calendar;
use offdesk_actions::imports::{
    Choices, Imported, Preview, clear_cut_off, import_watched, preview_watched,
};
use offdesk_actions::outbound::{Fetcher, WebAddress};
use offdesk_actions::store::Store;
use offdesk_actions::{Error, ErrorKind};
use offdesk_import::Input;

use self::json::json_of;
use self::reading::ReadingArgs;
use self::report::{Outcome, Read, text_of};
use super::audit::json::to_text;
use super::desk::At;
use super::error::{CliError, of_file};
use super::progress::Shown;
use super::reach::FetchArgs;
use super::{Done, Session, exit, output};
use crate::{clock, interrupt};

/// Bring exports of trackers, calendars and tables into the workspace; each can be undone
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk import toggl.csv calendar.ics
  offdesk import hours.xlsx --map date=Day,hours=Std
  offdesk import https://calendar.example.com/basic.ics
  offdesk import report.csv --dry-run          what it would bring
  offdesk source undo 3                        take it back

What two files have is counted once. The same file is not imported twice.")]
pub struct ImportCommand {
    /// Exports of trackers, calendars, tables, a calendar's address; - reads standard input
    #[arg(required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
    /// Say what it would bring, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Ask nothing: take times and dates as they are understood
    #[arg(long)]
    yes: bool,
    /// Print JSON (offdesk.import/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    fetch: FetchArgs,
    #[command(flatten)]
    at: At,
}

impl ImportCommand {
    /// Runs it.
    pub fn run(self, session: Session) -> Done {
        let (store, actor) = self.at.open()?;
        let store = Arc::new(store);
        if !self.dry_run {
            put_away_cut_off(&store)?;
        }
        let desk = Desk {
            store: &store,
            actor: &actor,
            fetcher: self.fetch.fetcher(),
            is_dry: self.dry_run,
            may_ask: session.may_ask && !self.yes && !self.files.iter().any(|f| is_stdin(f)),
        };
        let mut outcomes: Vec<Outcome> = Vec::new();
        for path in &self.files {
            let file = name_of(path);
            let came = desk.take(path, self.reading.choices());
            outcomes.push(Outcome { file, came });
            if interrupt::is_asked() {
                break;
            }
        }
        give(&outcomes, &actor, &self)
    }
}

/// An import that has been under way for so long, in seconds, was cut off.
const CUT_OFF_AFTER: i64 = 3600;

/// Puts away what imports that were cut off have left, also where nobody ever serves the desk.
///
/// # Errors
/// Those of the store.
pub fn put_away_cut_off(store: &Store) -> Result<(), CliError> {
    clear_cut_off(store, clock::moment().after(-CUT_OFF_AFTER))?;
    Ok(())
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// The address of a calendar, where it is one.
fn address(path: &Path) -> Option<&str> {
    let text = path.to_str()?;
    let (scheme, _) = text.split_once("://")?;
    let known = ["http", "https", "webcal", "webcals"];
    known
        .iter()
        .any(|one| scheme.eq_ignore_ascii_case(one))
        .then_some(text)
}

/// What a file is called here. The address of a calendar is often a secret, so it is called by its host.
fn name_of(path: &Path) -> String {
    match address(path).map(WebAddress::parse) {
        Some(Some(address)) => address.host().to_owned(),
        Some(None) => "the address".to_owned(),
        None => path.display().to_string(),
    }
}

/// Where files are taken to, and how.
struct Desk<'d> {
    store: &'d Arc<Store>,
    actor: &'d Actor,
    fetcher: Fetcher,
    is_dry: bool,
    may_ask: bool,
}

impl Desk<'_> {
    fn take(&self, path: &Path, mut choices: Choices) -> Result<Read, CliError> {
        let file = name_of(path);
        let opened = if let Some(text) = address(path) {
            let fetched = fetch_calendar(&self.fetcher, text);
            let (host, bytes) = fetched.map_err(|error| named(&file, error))?;
            Input::memory(format!("{host}.ics"), bytes)
        } else if is_stdin(path) {
            Input::spool("standard input", io::stdin().lock())
        } else {
            Input::open(path)
        };
        let mut input = opened.map_err(|problem| of_file(&file, &problem))?;
        if self.is_dry || self.may_ask {
            let seen = self.looked_at(&file, &mut input, &mut choices)?;
            if self.is_dry {
                return Ok(Read::Seen(Box::new(seen)));
            }
        }
        // A file is read twice, and what was written of it is taken back where somebody stops it.
        let progress = Shown::new(input.length().saturating_mul(2));
        let (done, _) = interrupt::while_writing(|| {
            let (actor, moment) = (self.actor, clock::moment());
            import_watched(self.store, actor, &mut input, &choices, moment, &progress)
        });
        progress.finish();
        let done: Imported = done.map_err(|error| named(&file, error))?;
        Ok(Read::Done(Box::new(done)))
    }

    /// The file as it is understood, after what is open was asked.
    fn looked_at(
        &self,
        file: &str,
        input: &mut Input,
        choices: &mut Choices,
    ) -> Result<Preview, CliError> {
        loop {
            let progress = Shown::new(input.length());
            let moment = clock::moment();
            let seen = preview_watched(self.store, self.actor, input, choices, moment, &progress);
            progress.finish();
            match seen {
                Err(error) if self.is_open_order(&error, choices) => {
                    match ask(&format!(
                        "{file}: {}\nDay first (d) or month first (m)? ",
                        error.message
                    ))
                    .unwrap_or_default()
                    .as_str()
                    {
                        "d" | "dmy" => "dmy".clone_into(&mut choices.date_order),
                        "m" | "mdy" => "mdy".clone_into(&mut choices.date_order),
                        _ => return Err(named(file, error)),
                    }
                }
                Err(error) => return Err(named(file, error)),
                Ok(seen) if self.may_ask && !self.is_dry && is_read_otherwise(&seen, choices) => {
                    let said = ask(&format!(
                        "{file}: imported already, read another way. Take the place of that import (y/n)? "
                    ));
                    choices.replace = said.is_some_and(|said| said.eq_ignore_ascii_case("y"));
                    return Ok(seen);
                }
                Ok(seen) => {
                    let asks_zone = seen.report.questions.iter().any(|it| it.contains("--tz"));
                    if !self.may_ask || !asks_zone || !choices.zone.is_empty() {
                        return Ok(seen);
                    }
                    let zone = ask(&format!(
                        "{file}: these times carry no zone.\n\
                         They are in (such as Europe/Berlin; Enter takes them as they stand): "
                    ))
                    .unwrap_or_default();
                    if zone.is_empty() {
                        return Ok(seen);
                    }
                    choices.zone = zone;
                }
            }
        }
    }

    fn is_open_order(&self, error: &Error, choices: &Choices) -> bool {
        self.may_ask && choices.date_order.is_empty() && error.code == "import.date_ambiguous"
    }
}

fn is_read_otherwise(seen: &Preview, choices: &Choices) -> bool {
    !seen.otherwise.is_empty() && !choices.replace
}

/// Asks on the terminal, and gives what was typed without blanks around it; nothing where the input has ended.
pub fn ask(words: &str) -> Option<String> {
    output::say(words);
    let mut line = String::new();
    match io::stdin().read_line(&mut line) {
        Ok(read) if read > 0 => Some(line.trim().to_owned()),
        _ => None,
    }
}

/// The error with the file's name in it.
fn named(file: &str, error: Error) -> CliError {
    let is_of_file = error.kind == ErrorKind::Invalid && !error.message.contains(file);
    let message = if is_of_file {
        format!("{file}: {}", error.message)
    } else {
        error.message.clone()
    };
    let is_stopped = error.code == "import.cancelled";
    let mut error =
        CliError::from(Error { message, ..error }).outcome("Nothing of this file was imported.");
    if is_stopped {
        error.exit = interrupt::INTERRUPTED;
    }
    error
}

/// Prints what came of it: 6 where a part could not be read, and the file's own code where nothing could.
fn give(outcomes: &[Outcome], actor: &Actor, command: &ImportCommand) -> Done {
    let failed: Vec<&CliError> = outcomes
        .iter()
        .filter_map(|outcome| outcome.came.as_ref().err())
        .collect();
    if command.json {
        let made = json_of(outcomes, &actor.workspace_name, command.dry_run);
        output::print(&to_text(&made)?)?;
    } else if failed.len() < outcomes.len() {
        output::print(&text_of(outcomes, command.dry_run))?;
    }
    for error in &failed {
        error.print();
    }
    if let (true, Some(first)) = (failed.len() == outcomes.len(), failed.first()) {
        return Ok(first.exit);
    }
    if interrupt::is_asked() {
        return Ok(interrupt::INTERRUPTED);
    }
    let has_bad = outcomes.iter().any(|outcome| outcome.bad() > 0);
    Ok(if failed.is_empty() && !has_bad {
        0
    } else {
        exit::PARTLY
    })
}
