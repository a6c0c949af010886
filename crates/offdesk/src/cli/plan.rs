//! `offdesk plan`: who should do what.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use offdesk_actions::plan::{Change, Excluded, Planned, Planning, PlanningError, Status};
use offdesk_domain::worth::grouped;
use rust_decimal::Decimal;
use serde::Serialize;

use super::audit::json;
use super::decide::read;
use super::error::CliError;
use super::{Done, exit, output, values};
use crate::clock::Stopwatch;

/// The largest problem that is read.
const LARGEST: u64 = 256 << 20;
/// Each single change is planned within this time.
const FOR_A_CHANGE: Duration = Duration::from_secs(1);

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
    seconds: u32,
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
        let limit = Duration::from_secs(u64::from(self.seconds));
        let plan = planning
            .plan(&|| watch.elapsed() >= limit)
            .map_err(refused)?;
        let seconds = watch.elapsed().as_secs_f64();
        let changes = if self.explain && !plan.choices.is_empty() {
            let watch = Stopwatch::start();
            planning.changes(&plan, &|| watch.elapsed() >= FOR_A_CHANGE.max(limit))
        } else {
            Vec::new()
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

fn words(plan: &Planned, excluded: &[Excluded], changes: &[Change]) -> String {
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
                let limit = shown(&clash.limit);
                line(match (clash.has, clash.needs) {
                    (Some(has), Some(needs)) => format!(
                        "  {limit} is {}; with {} there would be one",
                        amount(has),
                        amount(needs)
                    ),
                    (Some(has), None) => format!(
                        "  {limit} is {}; more of it alone is not enough",
                        amount(has)
                    ),
                    _ => format!("  {limit}: there are none"),
                });
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
        for one in excluded {
            line(format!(
                "  {:<32} {}",
                shown(&one.activity),
                shown(&one.reason)
            ));
        }
    }
    if !changes.is_empty() {
        line(String::new());
        line("With one thing changed:".to_owned());
        for change in changes {
            let what = shown(&change.what);
            line(match change.value_per_week {
                Some(value) if value.abs() < 0.005 => format!("  {what:<32} no difference"),
                Some(value) if value > 0.0 => format!("  {what:<32} +{} a week", amount(value)),
                Some(value) => format!("  {what:<32} {} a week", amount(value)),
                None => format!("  {what:<32} no plan"),
            });
        }
    }
    out
}

/// How much better another plan could be, as a share of this one.
fn gap(plan: &Planned) -> f64 {
    let value = plan.value_per_week.abs();
    if plan.bound <= plan.value_per_week {
        0.0
    } else if value > 0.0 {
        (plan.bound - plan.value_per_week) / value
    } else {
        1.0
    }
}

#[derive(Serialize)]
struct Report<'p> {
    schema: &'static str,
    status: &'static str,
    value_per_week: Option<f64>,
    bound: Option<f64>,
    gap: Option<f64>,
    choices: Vec<ChoiceReport<'p>>,
    seconds: f64,
    nodes: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clash: Vec<ClashReport<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    excluded: Vec<ExcludedReport<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<ChangeReport<'p>>,
}

#[derive(Serialize)]
struct ExcludedReport<'p> {
    activity: &'p str,
    person: &'p str,
    reason: &'p str,
}

#[derive(Serialize)]
struct ChoiceReport<'p> {
    activity: &'p str,
    person: &'p str,
}

#[derive(Serialize)]
struct ClashReport<'p> {
    limit: &'p str,
    has: Option<f64>,
    needs: Option<f64>,
}

#[derive(Serialize)]
struct ChangeReport<'p> {
    change: &'p str,
    value_per_week: Option<f64>,
}

impl<'p> Report<'p> {
    fn of(
        plan: &'p Planned,
        excluded: &'p [Excluded],
        changes: &'p [Change],
        seconds: f64,
    ) -> Self {
        let is_found = matches!(plan.status, Status::Optimal | Status::Feasible);
        Self {
            schema: "offdesk.plan/1",
            status: match plan.status {
                Status::Optimal => "optimal",
                Status::Feasible => "feasible",
                Status::Infeasible => "infeasible",
                Status::Unknown => "unknown",
            },
            value_per_week: is_found.then_some(plan.value_per_week),
            bound: is_found.then_some(plan.bound),
            gap: is_found.then(|| gap(plan)),
            choices: plan
                .choices
                .iter()
                .map(|(activity, person)| ChoiceReport { activity, person })
                .collect(),
            seconds,
            nodes: plan.nodes,
            clash: plan
                .clash
                .iter()
                .map(|clash| ClashReport {
                    limit: &clash.limit,
                    has: clash.has,
                    needs: clash.needs,
                })
                .collect(),
            excluded: excluded
                .iter()
                .map(|one| ExcludedReport {
                    activity: &one.activity,
                    person: &one.person,
                    reason: &one.reason,
                })
                .collect(),
            changes: changes
                .iter()
                .map(|change| ChangeReport {
                    change: &change.what,
                    value_per_week: change.value_per_week,
                })
                .collect(),
        }
    }
}
