//! A plan as JSON.

use serde::Serialize;

use super::{
    Change, Changes, Clash, Difference, Excluded, Limit, Outcome, Planned, Status, Tried, Unused,
};

/// `offdesk.plan/1`.
#[derive(Serialize)]
pub struct PlanJson<'p> {
    schema: &'static str,
    status: &'static str,
    value_per_week: Option<f64>,
    bound: Option<f64>,
    gap: Option<f64>,
    choices: Vec<ChoiceReport<'p>>,
    kept: &'p [String],
    seconds: f64,
    nodes: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clash: Vec<ClashReport<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    smallest_change: Vec<ClashReport<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    excluded: Vec<ExcludedReport<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unused: Vec<UnusedReport<'p>>,
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

/// A person who can do nothing.
#[derive(Serialize)]
struct UnusedReport<'p> {
    person: &'p str,
    reason: &'p str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    would_help: &'p [String],
}

#[derive(Serialize)]
struct ChoiceReport<'p> {
    activity: &'p str,
    person: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<usize>,
}

#[derive(Serialize)]
struct ClashReport<'p> {
    limit: &'p str,
    has: Option<f64>,
    needs: Option<f64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unproven: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'p str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    reasons: &'p [String],
}

/// One thing that is otherwise, and what comes of it.
#[derive(Serialize)]
struct ChangeReport<'p> {
    change: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activity: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<&'p str>,
    status: &'static str,
    value_per_week: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_most: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shifts: Vec<ShiftReport<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<&'p str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clash: Vec<ClashReport<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    smallest_change: Vec<ClashReport<'p>>,
}

#[derive(Serialize)]
struct ShiftReport<'p> {
    activity: &'p str,
    from: Option<&'p str>,
    to: Option<&'p str>,
}

impl<'p> PlanJson<'p> {
    /// A plan, what was not considered, and what single changes do, after so many seconds.
    #[must_use]
    pub fn of(
        plan: &'p Planned,
        (excluded, unused): (&'p [Excluded], &'p [Unused]),
        changes: &'p Changes,
        seconds: f64,
    ) -> Self {
        let is_found = matches!(plan.status, Status::Optimal | Status::Feasible);
        let choices = plan.choices.iter().zip(&plan.options);
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
            gap: is_found.then(|| plan.gap()),
            choices: choices
                .map(|((activity, person), option)| ChoiceReport {
                    activity,
                    person,
                    option: *option,
                })
                .collect(),
            kept: if is_found { &plan.kept } else { &[] },
            seconds,
            nodes: plan.nodes,
            clash: plan.clash.iter().map(ClashReport::of).collect(),
            smallest_change: plan.smallest_change.iter().map(ClashReport::of).collect(),
            excluded: excluded.iter().map(ExcludedReport::of).collect(),
            unused: unused
                .iter()
                .map(|one| UnusedReport {
                    person: &one.person,
                    reason: &one.reason,
                    would_help: &one.would_help,
                })
                .collect(),
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
            change: clash.change.as_deref(),
            reasons: &clash.reasons,
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
    fn of(tried: &'p Tried) -> Self {
        let mut report = Self::named(&tried.change);
        match &tried.outcome {
            Outcome::Plan(difference) => report.put(difference),
            Outcome::Impossible(obstacle) => {
                report.status = "impossible";
                report.reasons = obstacle.reasons.iter().map(String::as_str).collect();
                report.clash = obstacle.clash.iter().map(ClashReport::of).collect();
                report.smallest_change = obstacle
                    .smallest_change
                    .iter()
                    .map(ClashReport::of)
                    .collect();
            }
            Outcome::Unknown => {}
        }
        report
    }

    fn put(&mut self, difference: &'p Difference) {
        self.value_per_week = Some(difference.value_per_week);
        self.status = "proven";
        if !difference.is_proven() {
            self.status = "unproven";
            self.at_least = Some(difference.at_least);
            self.at_most = Some(difference.at_most);
        }
        let shifts = difference.shifts.iter().map(|shift| ShiftReport {
            activity: &shift.activity,
            from: shift.from.as_deref(),
            to: shift.to.as_deref(),
        });
        self.shifts = shifts.collect();
    }

    /// What is otherwise; nothing is known of what comes of it.
    fn named(change: &'p Change) -> Self {
        let mut report = Self {
            change: String::new(),
            kind: "",
            limit: None,
            more: None,
            activity: None,
            person: None,
            status: "unknown",
            value_per_week: None,
            at_least: None,
            at_most: None,
            shifts: Vec::new(),
            reasons: Vec::new(),
            clash: Vec::new(),
            smallest_change: Vec::new(),
        };
        (report.kind, report.change) = match change {
            Change::Without(limit) => ("without", format!("without {}", named(limit))),
            Change::More(limit, more) => ("more", format!("{} +{more}", named(limit))),
            Change::Kept { activity } => ("kept", format!("{activity} kept")),
            Change::HandedOver { activity } => ("handed_over", format!("{activity} handed over")),
            Change::Instead { activity, person } => ("instead", format!("{activity} to {person}")),
        };
        match change {
            Change::Without(limit) | Change::More(limit, _) => {
                report.limit = Some(limit.key());
                if let Limit::Hours(person) = limit {
                    report.person = Some(person);
                }
            }
            Change::Kept { activity } | Change::HandedOver { activity } => {
                report.activity = Some(activity);
            }
            Change::Instead { activity, person } => {
                report.activity = Some(activity);
                report.person = Some(person);
            }
        }
        if let Change::More(_, more) = change {
            report.more = Some(*more);
        }
        report
    }
}

/// A limit by its key, and whose it is.
fn named(limit: &Limit) -> String {
    match limit {
        Limit::Hours(person) => format!("{} of {person}", limit.key()),
        Limit::Cash | Limit::OwnerHours => limit.key().to_owned(),
    }
}

fn is_none(number: &usize) -> bool {
    *number == 0
}
