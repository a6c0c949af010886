//! `offdesk plan`: who should do what.

mod report;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use offdesk_actions::plan::{Changes, Clash, Excluded, Planned, Planning, PlanningError, Status};
use offdesk_domain::worth::grouped;
use rust_decimal::{Decimal, RoundingStrategy};

use self::report::{Report, gap};
use super::audit::json;
use super::decide::read;
use super::error::CliError;
use super::{Done, exit, output, values};
use crate::clock::Stopwatch;

/// The largest problem that is read.
const LARGEST: u64 = 256 << 20;
/// So many options that are not considered are shown.
const MOST_SHOWN: usize = 20;
/// All single changes together have as long as the plan, and at least so long.
const FOR_CHANGES: Duration = Duration::from_secs(1);

/// Find who should do what: the plan with the most value a week
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk plan problem.json
  offdesk plan problem.json --explain      what one change would do
  offdesk plan - --json --seconds 60 < problem.json")]
pub struct PlanCommand {
    /// People, activities and limits (JSON); - reads them from standard input
    #[arg(value_name = "PROBLEM.json")]
    problem: PathBuf,
    /// Give the best plan found after so many seconds
    #[arg(long, value_name = "N", default_value = "10", value_parser = values::seconds)]
    seconds: Duration,
    /// Plan again with one thing changed, and show what it does
    #[arg(long)]
    explain: bool,
    /// Write JSON (offdesk.plan/1)
    #[arg(long)]
    json: bool,
}

impl PlanCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let text = read(&self.problem, LARGEST, "plan.unreadable")?;
        let refused = |error: PlanningError| {
            let place = error.place.map_or(String::new(), |(line, column)| {
                format!("line {line}, column {column}: ")
            });
            let message = format!("{}: {place}{}", self.problem.display(), error.message);
            CliError::new(exit::INPUT, error.code, message).line(error.hint)
        };
        let planning = Planning::parse(&text).map_err(refused)?;
        drop(text);
        let watch = Stopwatch::start();
        let limit = self.seconds;
        let plan = planning
            .plan(&|| watch.elapsed() >= limit)
            .map_err(refused)?;
        let seconds = watch.elapsed().as_secs_f64();
        let changes = if self.explain && !plan.choices.is_empty() {
            let watch = Stopwatch::start();
            planning.changes(&plan, &|| watch.elapsed() >= FOR_CHANGES.max(limit))
        } else {
            Changes::default()
        };
        let out = if self.json {
            json::to_text(&Report::of(&plan, planning.excluded(), &changes, seconds))?
        } else {
            words(&plan, planning.excluded(), &changes)
        };
        output::print(&out)?;
        Ok(match plan.status {
            Status::Optimal | Status::Feasible => 0,
            Status::Infeasible | Status::Unknown => exit::NOTHING,
        })
    }
}

fn amount(amount: f64) -> String {
    let amount = Decimal::try_from(amount).unwrap_or_default().round_dp(2);
    let minus = if amount < Decimal::ZERO { "-" } else { "" };
    format!("{minus}{}", grouped(amount.abs().normalize()))
}

/// An amount that is enough: rounded up.
fn at_least(least: f64) -> String {
    let least = Decimal::try_from(least).unwrap_or_default().round_dp(6);
    let least = least.round_dp_with_strategy(2, RoundingStrategy::AwayFromZero);
    grouped(least.normalize())
}

fn words(plan: &Planned, excluded: &[Excluded], changes: &Changes) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{text}");
    };
    let shown = offdesk_import::problem::shown;
    match plan.status {
        Status::Optimal => line(format!(
            "The best plan brings {} a week. No other brings more.",
            amount(plan.value_per_week)
        )),
        Status::Feasible => line(format!(
            "This plan brings {} a week. A better one may exist, by {:.2} % at most.",
            amount(plan.value_per_week),
            gap(plan) * 100.0
        )),
        Status::Unknown => line(
            "The time was up before a plan was found. Try more of it:  --seconds 60".to_owned(),
        ),
        Status::Infeasible => {
            line("No plan does all that is required.".to_owned());
            for clash in &plan.clash {
                line(in_the_way(clash));
            }
            if !plan.together.is_empty() {
                line("Together these would do:".to_owned());
            }
            for clash in &plan.together {
                let [has, needs] = [clash.has, clash.needs].map(Option::unwrap_or_default);
                line(format!(
                    "  {} {} instead of {}",
                    shown(&clash.limit),
                    at_least(needs),
                    amount(has)
                ));
            }
        }
    }
    if !plan.choices.is_empty() {
        line(String::new());
        for (activity, person) in &plan.choices {
            line(format!("  {:<32} {}", shown(activity), shown(person)));
        }
    }
    if !excluded.is_empty() {
        line(String::new());
        line("Not considered:".to_owned());
        for one in excluded.iter().take(MOST_SHOWN) {
            line(format!(
                "  {:<32} {}",
                shown(&one.activity),
                shown(&one.reason)
            ));
        }
        let more = excluded.len().saturating_sub(MOST_SHOWN);
        if more > 0 {
            line(format!("  and {more} more; all of them with --json"));
        }
    }
    if !changes.told.is_empty() {
        line(String::new());
        line("With one thing changed:".to_owned());
        for change in &changes.told {
            let what = shown(&change.what);
            line(match change.value_per_week {
                Some(value) if value.abs() < 0.005 => format!("  {what:<32} no difference"),
                Some(value) if value > 0.0 => format!("  {what:<32} +{} a week", amount(value)),
                Some(value) => format!("  {what:<32} {} a week", amount(value)),
                None => format!("  {what:<32} no plan"),
            });
        }
    }
    if changes.left_out > 0 {
        line(String::new());
        line(format!(
            "What {} other changes do was not proven in time. Try more of it:  --seconds 60",
            changes.left_out
        ));
    }
    out
}

/// A limit that is in the way, and what would do.
fn in_the_way(clash: &Clash) -> String {
    let limit = offdesk_import::problem::shown(&clash.limit);
    match (clash.has, clash.needs) {
        (Some(has), Some(needs)) => format!(
            "  {limit} is {}; with {} there would be one",
            amount(has),
            at_least(needs)
        ),
        (Some(has), None) if clash.is_known => format!(
            "  {limit} is {}; more of it alone is not enough",
            amount(has)
        ),
        (Some(has), None) => format!(
            "  {limit} is {}; the time was up before what would do was known",
            amount(has)
        ),
        _ => format!("  {limit}: there are none"),
    }
}
