//! A plan as JSON.

use offdesk_actions::plan::{Change, Changes, Clash, Excluded, Planned, Status};
use serde::Serialize;

/// `offdesk.plan/1`.
#[derive(Serialize)]
pub(super) struct Report<'p> {
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
    together: Vec<ClashReport<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    excluded: Vec<ExcludedReport<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<ChangeReport<'p>>,
    #[serde(skip_serializing_if = "is_none")]
    changes_left_out: usize,
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
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unproven: bool,
}

#[derive(Serialize)]
struct ChangeReport<'p> {
    change: &'p str,
    value_per_week: Option<f64>,
}

impl<'p> Report<'p> {
    pub(super) fn of(
        plan: &'p Planned,
        excluded: &'p [Excluded],
        changes: &'p Changes,
        seconds: f64,
    ) -> Self {
        let is_found = matches!(plan.status, Status::Optimal | Status::Feasible);
        let choices = plan.choices.iter();
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
            choices: choices
                .map(|(activity, person)| ChoiceReport { activity, person })
                .collect(),
            seconds,
            nodes: plan.nodes,
            clash: plan.clash.iter().map(ClashReport::of).collect(),
            together: plan.together.iter().map(ClashReport::of).collect(),
            excluded: excluded.iter().map(ExcludedReport::of).collect(),
            changes: changes.told.iter().map(ChangeReport::of).collect(),
            changes_left_out: changes.left_out,
        }
    }
}

impl<'p> ClashReport<'p> {
    fn of(clash: &'p Clash) -> Self {
        Self {
            limit: &clash.limit,
            has: clash.has,
            needs: clash.needs,
            unproven: !clash.is_known,
        }
    }
}

impl<'p> ExcludedReport<'p> {
    fn of(one: &'p Excluded) -> Self {
        Self {
            activity: &one.activity,
            person: &one.person,
            reason: &one.reason,
        }
    }
}

impl<'p> ChangeReport<'p> {
    fn of(change: &'p Change) -> Self {
        Self {
            change: &change.what,
            value_per_week: change.value_per_week,
        }
    }
}

fn is_none(number: &usize) -> bool {
    *number == 0
}

/// How much better another plan could be, as a share of this one.
pub(super) fn gap(plan: &Planned) -> f64 {
    let value = plan.value_per_week.abs();
    if plan.bound <= plan.value_per_week {
        0.0
    } else if value > 0.0 {
        (plan.bound - plan.value_per_week) / value
    } else {
        1.0
    }
}
