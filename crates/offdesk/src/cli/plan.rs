//! `offdesk plan`: who should do what.

mod explained;
mod report;
mod words;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use offdesk_actions::plan::{Changes, Planned, Planning, PlanningError, Status};

use self::report::Report;
use super::audit::json;
use super::bytes::{self, read_text};
use super::error::CliError;
use super::{Done, exit, output, values};
use crate::clock::Stopwatch;
use crate::interrupt;

/// The largest problem that is read.
const LARGEST: u64 = 256 << 20;
/// All single changes together have as long as the plan, and at least so long.
const FOR_CHANGES: Duration = Duration::from_secs(1);

/// Find who should do what: the plan with the most value a week
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk plan problem.json
  offdesk plan problem.json --explain      why it is so
  offdesk plan - --json --seconds 60 < problem.json")]
pub struct PlanCommand {
    /// People, activities and limits (JSON); - reads them from standard input
    #[arg(value_name = "PROBLEM.json")]
    problem: PathBuf,
    /// Give the best plan found after so many seconds
    #[arg(long, value_name = "N", default_value = "10", value_parser = values::seconds, allow_negative_numbers = true)]
    seconds: Duration,
    /// Say why: plan again with one thing changed, time and again
    #[arg(long)]
    explain: bool,
    /// Write JSON (offdesk.plan/1)
    #[arg(long)]
    json: bool,
}

impl PlanCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let text = read_text(&self.problem, LARGEST, "plan.unreadable")?;
        let refused = |error| refused(&self.problem, error);
        let planning = Planning::parse(&text).map_err(refused)?;
        drop(text);
        // The first Ctrl-C ends the search, and the best plan so far is given; a second one ends the program.
        let (found, is_interrupted) = interrupt::while_writing(|| self.found(&planning));
        let (plan, changes, seconds) = found.map_err(refused)?;
        let out = if self.json {
            json::to_text(&Report::of(&plan, planning.excluded(), &changes, seconds))?
        } else {
            words::words(&plan, planning.excluded(), &changes)
        };
        output::print(&out)?;
        if is_interrupted {
            output::say("Stopped before it was done.\n");
            return Ok(interrupt::INTERRUPTED);
        }
        Ok(match plan.status {
            Status::Optimal | Status::Feasible => 0,
            Status::Infeasible | Status::Unknown => exit::NOTHING,
        })
    }

    /// The plan, what single changes do, and the seconds that the plan took.
    fn found(&self, planning: &Planning) -> Result<(Planned, Changes, f64), PlanningError> {
        let watch = Stopwatch::start();
        let limit = self.seconds;
        let plan = planning.plan(&|| watch.elapsed() >= limit || interrupt::is_asked())?;
        let seconds = watch.elapsed().as_secs_f64();
        let changes = if self.explain {
            let watch = Stopwatch::start();
            let limit = FOR_CHANGES.max(limit);
            planning.changes(&plan, &|| {
                if interrupt::is_asked() {
                    return Duration::ZERO;
                }
                limit.saturating_sub(watch.elapsed())
            })
        } else {
            Changes::default()
        };
        Ok((plan, changes, seconds))
    }
}

fn refused(path: &Path, error: PlanningError) -> CliError {
    let place = error.place.map_or(String::new(), |(line, column)| {
        format!("line {line}, column {column}: ")
    });
    let within = if error.path.is_empty() {
        String::new()
    } else {
        format!("{}: ", error.path)
    };
    let message = format!("{}: {place}{within}{}", bytes::name(path), error.message);
    CliError::new(exit::INPUT, error.code, message).line(error.hint)
}
