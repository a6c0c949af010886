//! `offdesk plan`: who should do what.

mod of_desk;
mod words;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use offdesk_actions::plan::json::PlanJson;
use offdesk_actions::plan::{Found, Limits, Planning, PlanningError, Status};

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
  offdesk plan - --json --seconds 60 < problem.json
  offdesk plan --cash-per-week 500         your desk: its people and options")]
pub struct PlanCommand {
    /// People, activities and limits (JSON); - reads them from standard input;
    /// without it those of your desk
    #[arg(value_name = "PROBLEM.json")]
    problem: Option<PathBuf>,
    /// Give the best plan found after so many seconds
    #[arg(long, value_name = "N", default_value = "10", value_parser = values::seconds, allow_negative_numbers = true)]
    seconds: Duration,
    /// Say why: plan again with one thing changed, time and again
    #[arg(long)]
    explain: bool,
    /// Write JSON (offdesk.plan/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    desk: of_desk::DeskProblem,
}

impl PlanCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let (text, from) = match &self.problem {
            Some(path) => {
                self.desk.refuse_with_file()?;
                let text = read_text(path, LARGEST, "plan.unreadable")?;
                (text, bytes::name(path))
            }
            None => (self.desk.text()?, "your desk".to_owned()),
        };
        let refused = |error: PlanningError| {
            let message = format!("{from}: {}", error.whole());
            CliError::new(exit::INPUT, error.code, message).line(error.hint)
        };
        let planning = Planning::parse(&text).map_err(refused)?;
        drop(text);
        // The first Ctrl-C ends the search, and the best plan so far is given; a second one ends the program.
        let (found, is_interrupted) = interrupt::while_writing(|| self.found(&planning));
        let Found {
            plan,
            changes,
            seconds,
        } = found.map_err(refused)?;
        let out = if self.json {
            json::to_text(&PlanJson::of(
                &plan,
                planning.left_aside(),
                &changes,
                seconds,
            ))?
        } else {
            words::words(&plan, &planning, &changes, self.seconds)
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

    /// The plan, and what single changes do.
    fn found(&self, planning: &Planning) -> Result<Found, PlanningError> {
        let watch = Stopwatch::start();
        planning.find(&Limits {
            plan: self.seconds,
            changes: self.explain.then(|| FOR_CHANGES.max(self.seconds)),
            elapsed: &|| watch.elapsed(),
            is_stopped: &interrupt::is_asked,
        })
    }
}
