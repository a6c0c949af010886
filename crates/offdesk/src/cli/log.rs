//! `offdesk log`: a line for those without a tracker, such as `2h inbox`; and what was typed so far.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::entries::Cursor;
use offdesk_actions::remembered::json::{LogJson, LogLinesJson};
use offdesk_actions::remembered::{
    Logged, TypedLine, change_typed_line, list_typed_lines, log_time, remove_typed_line,
};
use offdesk_actions::store::Uuid;
use offdesk_domain::Day;
use offdesk_import::problem::shown;

use super::audit::json;
use super::desk::{At, day_in_words, hours_in_words};
use super::{Done, output, values};
use crate::clock;

/// So many lines are listed.
const LISTED: u32 = 200;

/// Log time you spent, without a tracker
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk log 2h inbox
  offdesk log 1:30 invoices --day 2026-11-27
  offdesk log \"45m calls with suppliers\"
  offdesk log --lines                    what you typed, each line with its id
  offdesk log --change ID 1h inbox       another line in the place of one
  offdesk log --remove ID")]
pub struct LogCommand {
    /// How long, and what: 2h inbox, 1:30 invoices, 45m calls
    #[arg(required_unless_present_any = ["lines", "remove"], value_name = "LINE")]
    words: Vec<String>,
    /// The day it was (default: today, or that of the line that is changed)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day, conflicts_with_all = ["lines", "remove"])]
    day: Option<Day>,
    /// List the lines that were typed in, the latest first
    #[arg(long, conflicts_with_all = ["words", "change", "remove"])]
    lines: bool,
    /// List those after a place further down: the next of the list before
    #[arg(long, value_name = "NEXT", requires = "lines", value_parser = place)]
    before: Option<Cursor>,
    /// Put the line in the place of the one with this id
    #[arg(long, value_name = "ID", conflicts_with = "remove")]
    change: Option<Uuid>,
    /// Remove the line with this id
    #[arg(long, value_name = "ID", conflicts_with = "words")]
    remove: Option<Uuid>,
    /// Print JSON (offdesk.log/1; of --lines and --remove offdesk.log_lines/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl LogCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        if self.lines {
            return self.list("");
        }
        if let Some(id) = self.remove {
            return self.take_away(id);
        }
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let (line, day, change) = (self.words.join(" "), self.day, self.change);
        let logged: Result<Logged, Error> = store
            .write(move |tx| match change {
                Some(id) => change_typed_line(tx, &actor, id, &line, day, moment),
                None => log_time(tx, &actor, &line, day, moment),
            })
            .wait();
        let logged = logged?;
        if self.json {
            output::print(&json::to_text(&LogJson::of(logged))?)?;
        } else {
            output::print(&said(
                &logged,
                if change.is_some() {
                    "Changed to"
                } else {
                    "Logged"
                },
            ))?;
        }
        Ok(0)
    }

    fn take_away(&self, id: Uuid) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let removed: Result<TypedLine, Error> = store
            .write(move |tx| remove_typed_line(tx, &actor, id, moment))
            .wait();
        let removed = removed?;
        self.list(&format!(
            "Removed: {} h on {}, {}\n",
            hours_in_words(removed.seconds),
            day_in_words(removed.day),
            shown(&removed.text)
        ))
    }

    /// Prints the lines as JSON; for people what was done, or the lines where nothing was.
    fn list(&self, done: &str) -> Done {
        let (store, actor) = self.at.open()?;
        let before = self.before;
        let lines: Result<_, Error> = store
            .read(move |tx| list_typed_lines(tx, &actor, before, LISTED))
            .wait();
        let (lines, next) = lines?;
        if self.json {
            output::print(&json::to_text(&LogLinesJson::of(lines, next.as_ref()))?)?;
        } else if !done.is_empty() {
            output::print(done)?;
        } else if lines.is_empty() && before.is_some() {
            output::print("No line before that.\n")?;
        } else if lines.is_empty() {
            output::print("Nothing was typed in yet.   Begin:  offdesk log 2h inbox\n")?;
        } else {
            let mut text: String = lines.iter().map(in_a_row).collect();
            if let Some(next) = next {
                text += &format!(
                    "These are {}. More:  offdesk log --lines --before {}\n",
                    lines.len(),
                    next.text()
                );
            }
            output::print(&text)?;
        }
        Ok(0)
    }
}

/// A place in the list, as the list before has it.
fn place(text: &str) -> Result<Cursor, String> {
    Cursor::of(text).ok_or_else(|| "it is no place in the list".to_owned())
}

fn in_a_row(line: &TypedLine) -> String {
    let unused = match line.counted {
        0 => "  (does not count)".to_owned(),
        counted if counted < line.seconds => {
            format!("  ({} h of it count)", hours_in_words(counted))
        }
        _ => String::new(),
    };
    format!(
        "{}  {}  {:>5} h  {}{unused}\n",
        line.id,
        line.day,
        hours_in_words(line.seconds),
        shown(&line.text)
    )
}

/// What was logged, and how much of it counts where that is not all.
fn said(logged: &Logged, done: &str) -> String {
    let mut text = format!(
        "{done} {} h on {}: {}\n",
        hours_in_words(logged.seconds),
        day_in_words(logged.day),
        shown(&logged.text)
    );
    if logged.counted == 0 {
        text += "It does not count: another source has these hours already.\n";
    } else if logged.counted < logged.seconds {
        text += &format!(
            "Of it {} h count: another source has the rest already.\n",
            hours_in_words(logged.counted)
        );
    }
    text
}
