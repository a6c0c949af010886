//! `offdesk decide`: one handoff weighed, from a case file or from an activity of the desk.

mod activity;
mod args;
mod asked;
mod compared;
mod inputs;
mod words;

use std::path::{Path, PathBuf};

use clap::Args;
use offdesk_actions::decide::json::DecisionJson;
use offdesk_actions::decide::{Answer, Question, QuestionError, answer};
use offdesk_domain::Day;
use offdesk_web::decision::page::decision_page;

use self::args::FigureArgs;
use super::audit::json;
use super::bytes::{self, read_text};
use super::desk::At;
use super::error::CliError;
use super::{Done, Session, exit, output};
use crate::clock;

/// The largest case that is read.
const LARGEST: u64 = 1 << 20;

/// Weigh one handoff: net value, price per hour bought back, break-even
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk decide inbox.json
  echo '{\"value_of_work_hour\":75,\"owner_hours\":1.5,\"times_per_week\":4,
         \"rate\":[8,14,25]}' | offdesk decide -
  offdesk decide Inbox                      an activity of your desk; asks five
  offdesk decide Inbox --no-input --rate 8,14,25 --option Ana --save
  offdesk decide Inbox --compare            those you have kept, side by side

Four inputs of a case have to be said; the others have stated defaults. A
number that is not known is [low, likely, high].")]
pub struct DecideCommand {
    /// The case (JSON; - reads it from standard input), or an activity's name
    #[arg(value_name = "CASE.json|ACTIVITY")]
    what: PathBuf,
    /// Write JSON (offdesk.decision/1)
    #[arg(long)]
    json: bool,
    /// Write a page with the break-even curve and what matters most
    #[arg(long, value_name = "FILE", conflicts_with = "defaults")]
    html: Option<PathBuf>,
    /// List every input with its number and where it comes from, and stop
    #[arg(long)]
    defaults: bool,
    #[command(flatten)]
    figures: FigureArgs,
    #[command(flatten)]
    at: At,
}

impl DecideCommand {
    /// Runs it.
    pub fn run(self, session: Session) -> Done {
        output::check_page(self.html.as_deref(), "--html decision.html")?;
        if !is_case(&self.what) {
            return activity::run(&self, session);
        }
        if let Some(option) = self.figures.first_given() {
            return Err(CliError::new(
                exit::USAGE,
                "decide.case",
                format!("{option} goes with an activity of your desk, not with a case file"),
            )
            .line("change the file, or name an activity:  offdesk decide Inbox"));
        }
        let text = read_text(&self.what, LARGEST, "decide.unreadable")?;
        let question = Question::parse(&text).map_err(|error| refused(&self.what, error))?;
        if self.defaults {
            return inputs::of_case(&question, self.json);
        }
        let found = answer(&question);
        self.give(&question, &found, "")
    }

    /// Prints an answer, and writes its page where one is wanted; `more` stands below it.
    fn give(&self, question: &Question, found: &Answer, more: &str) -> Done {
        let out = if self.json {
            json::to_text(&DecisionJson::of(question, found))?
        } else {
            words::words(question, found) + more
        };
        if let Some(path) = &self.html {
            let today = Day::from_epoch_seconds(clock::now().as_second());
            let page = decision_page(question, found, today);
            output::write_file(path, page.as_bytes())?;
            output::say(&format!("The page is in {}.\n", path.display()));
        }
        output::print(&out)?;
        Ok(0)
    }
}

/// Whether a word names a case: standard input, a file that is there, or what ends as one.
fn is_case(what: &Path) -> bool {
    let is_json = what
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    // A folder may be called like an activity; what is written as a path is none.
    let is_path = what.is_file() || what.components().count() != 1 || what.starts_with(".");
    what == Path::new("-") || is_json || is_path
}

fn refused(path: &Path, error: QuestionError) -> CliError {
    let message = format!("{}: {}", bytes::name(path), error.whole());
    CliError::new(exit::INPUT, error.code, message).line(error.hint)
}
