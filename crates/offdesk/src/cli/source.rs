//! `offdesk source`: what was imported, and taking it back.

use clap::{Args, Subcommand};
use offdesk_actions::imports::json::SourcesJson;
use offdesk_actions::imports::{list_sources, undo_source};
use offdesk_actions::store::Store;
use offdesk_actions::store::sources::SourceRow;
use offdesk_actions::{Error, actor::Actor};
use offdesk_import::problem::shown;

use super::audit::json;
use super::column::Column;
use super::desk::{At, days_in_words, hours_in_words};
use super::error::CliError;
use super::import::put_away_cut_off;
use super::output::counted;
use super::{Done, Session, exit, output};
use crate::clock;

/// File names stand in a column of at most so many places.
const NAME_WIDTH: usize = 28;

/// List what was imported, and take it back
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk source list
  offdesk source undo 3          none of its entries counts any more")]
pub struct SourceCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// What was imported and counts
    List {
        /// Print JSON (offdesk.sources/1)
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        at: At,
    },
    /// Take imports back; what they hid counts again
    Undo {
        /// Numbers, as in the list
        #[arg(required = true, value_name = "N")]
        numbers: Vec<i64>,
        /// Undo the log of typed lines without asking
        #[arg(long)]
        yes: bool,
        /// Print JSON (offdesk.sources/1)
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        at: At,
    },
}

impl SourceCommand {
    /// Runs it.
    pub fn run(self, session: Session) -> Done {
        match self.what {
            What::List { json, at } => {
                let (store, actor) = at.open()?;
                let sources = listed(&store, &actor)?;
                if json {
                    return give(&sources, Vec::new());
                }
                output::print(&text_of(&sources))?;
                Ok(0)
            }
            What::Undo {
                numbers,
                yes,
                json,
                at,
            } => {
                let (store, actor) = at.open()?;
                put_away_cut_off(&store)?;
                if !yes {
                    ask_first(&listed(&store, &actor)?, &numbers, session)?;
                }
                let undone = undo(&store, &actor, &numbers)?;
                if json {
                    let numbers = undone.iter().map(|source| source.number).collect();
                    return give(&listed(&store, &actor)?, numbers);
                }
                for source in &undone {
                    output::print(&format!(
                        "Import {} is undone: {}, {} of {} count no more.\n",
                        source.number,
                        counted(source.entries, "entry", "entries"),
                        format_args!("{} h", hours_in_words(source.seconds)),
                        shown(&source.file),
                    ))?;
                }
                Ok(0)
            }
        }
    }
}

/// Asks before lines that were typed in are undone all together: they stand in no file from which they could come again.
fn ask_first(sources: &[SourceRow], numbers: &[i64], session: Session) -> Result<(), CliError> {
    let log = sources
        .iter()
        .find(|source| source.format == "log" && numbers.contains(&source.number));
    let Some(log) = log else { return Ok(()) };
    let lines = counted(log.entries, "typed line", "typed lines");
    if session.may_ask {
        output::say(&format!(
            "Undo all of {lines}, {} h, which stand in no file? (y/n) ",
            hours_in_words(log.seconds)
        ));
        let mut answer = String::new();
        let is_read = std::io::stdin().read_line(&mut answer).is_ok();
        if is_read && matches!(answer.trim(), "y" | "Y" | "yes") {
            return Ok(());
        }
    }
    Err(CliError::new(
        exit::FAILED,
        "log.sure",
        format!("import {} is {lines}, which stand in no file", log.number),
    )
    .line(format!(
        "all of them:  offdesk source undo {} --yes",
        log.number
    ))
    .line("a single one:  offdesk log --lines, then  offdesk log --remove ID"))
}

fn listed(store: &Store, actor: &Actor) -> Result<Vec<SourceRow>, CliError> {
    let actor = actor.clone();
    let sources: Result<_, Error> = store.read(move |tx| list_sources(tx, &actor)).wait();
    Ok(sources?)
}

/// Undoes imports one by one; where one is not there, the ones before it are named.
fn undo(store: &Store, actor: &Actor, numbers: &[i64]) -> Result<Vec<SourceRow>, CliError> {
    let mut undone: Vec<SourceRow> = Vec::new();
    for number in numbers {
        match undo_source(store, actor, *number, clock::moment()) {
            Ok(source) => undone.push(source),
            Err(error) => {
                let mut error = CliError::from(error);
                error.message = format!("import {number}: {}", error.message);
                error = error.line("what is there:  offdesk source list");
                if !undone.is_empty() {
                    let before: Vec<String> =
                        undone.iter().map(|it| it.number.to_string()).collect();
                    error = error.outcome(format!("Undone before it: {}.", before.join(", ")));
                }
                return Err(error);
            }
        }
    }
    Ok(undone)
}

fn give(sources: &[SourceRow], undone: Vec<i64>) -> Done {
    output::print(&json::to_text(&SourcesJson::of(sources, undone, None))?)?;
    Ok(0)
}

/// The name of a file without the folders before it.
fn file_name(source: &SourceRow) -> &str {
    source.file.rsplit(['/', '\\']).next().unwrap_or_default()
}

fn text_of(sources: &[SourceRow]) -> String {
    if sources.is_empty() {
        return "Nothing was imported yet.   Bring your hours in:  offdesk import FILES...\n"
            .to_owned();
    }
    let column = Column::of("FILE", NAME_WIDTH, sources.iter().map(file_name));
    let mut out = format!(
        "  NO  {}  {:>9}  {:>8}  DAYS\n",
        column.heading(),
        "ENTRIES",
        "HOURS"
    );
    for source in sources {
        let name = column.cell(file_name(source));
        let entries = counted(source.entries, "", "");
        let line = format!(
            "{:>4}  {name}  {:>9}  {:>8}  {}",
            source.number,
            entries.trim_end(),
            hours_in_words(source.seconds),
            source.days.map(days_in_words).unwrap_or_default()
        );
        out += line.trim_end();
        out.push('\n');
    }
    out += "  Take one back:  offdesk source undo N\n";
    out
}
