//! Why a plan is as it is, in sentences that every door says alike.

use super::words::{amount, in_the_way, instead};
use super::{Change, Changes, Difference, Limit, Outcome, Planned, Shift, Tried, shown};

/// Of what else changes so much is told.
const SHIFTS: usize = 3;
/// Less than this is nothing.
const NOTHING: f64 = 0.005;

/// What it is about, and what is said of it.
pub type Row = (String, String);

/// What single changes do, in rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Explained {
    /// Each limit without it and, where that makes a difference, with more of it.
    pub limits: Vec<Row>,
    /// Activities that stay, and what they would do if they did not.
    pub handed_over: Vec<Row>,
    /// Who does each activity, and what the next best would be.
    pub chosen: Vec<Row>,
    /// So many changes were not proven in time.
    pub unproven: usize,
}

impl Explained {
    /// That of a plan.
    #[must_use]
    pub fn of(plan: &Planned, changes: &Changes) -> Self {
        let told = &changes.told;
        let is_unproven = |tried: &&Tried| match &tried.outcome {
            Outcome::Plan(difference) => !difference.is_proven(),
            Outcome::Unknown => true,
            Outcome::Impossible(_) => false,
        };
        let chosen = plan
            .choices
            .iter()
            .map(|(activity, person)| (activity.clone(), chosen_because(activity, person, told)));
        Self {
            limits: limits(told),
            handed_over: handed_over(told),
            chosen: chosen.collect(),
            unproven: told.iter().filter(is_unproven).count(),
        }
    }
}

/// Each limit without it and, where that makes a difference, with more of it.
fn limits(told: &[Tried]) -> Vec<Row> {
    let mut lines: Vec<Row> = Vec::new();
    let mut is_free = false;
    let mut last: Option<f64> = None;
    for tried in told {
        let (what, is_whole) = match &tried.change {
            Change::Without(limit) => (without(limit), true),
            Change::More(limit, step) => (more(limit, *step), false),
            _ => continue,
        };
        let value = match &tried.outcome {
            Outcome::Plan(difference) => Some(difference.value_per_week),
            _ => None,
        };
        if is_whole {
            is_free = matches!(&tried.outcome, Outcome::Plan(it) if it.is_proven() && it.value_per_week < NOTHING);
            last = None;
        } else if is_free || (value.is_some() && value == last) {
            // More of what does not limit, or no more than the step before.
            continue;
        } else {
            last = value;
        }
        let does = if is_free {
            "no difference: it is not what limits you".to_owned()
        } else {
            does(&tried.outcome, None)
        };
        lines.push((what, does));
    }
    lines
}

/// Activities that stay, and what they would do if they did not.
fn handed_over(told: &[Tried]) -> Vec<Row> {
    let lines = told.iter().filter_map(|tried| match &tried.change {
        Change::HandedOver { activity } => {
            Some((activity.clone(), does(&tried.outcome, Some(activity))))
        }
        _ => None,
    });
    lines.collect()
}

/// Who does an activity, and what the next best would be: another person, or the owner.
fn chosen_because(activity: &str, person: &str, told: &[Tried]) -> String {
    let mut others: Vec<(&str, &Difference)> = Vec::new();
    let (mut kept, mut is_open) = (None, false);
    for tried in told {
        match (&tried.change, &tried.outcome) {
            (
                Change::Instead {
                    activity: of,
                    person,
                },
                Outcome::Plan(difference),
            ) if of == activity => {
                others.push((person, difference));
            }
            (Change::Kept { activity: of }, Outcome::Plan(difference)) if of == activity => {
                kept = Some(difference);
            }
            (
                Change::Instead { activity: of, .. } | Change::Kept { activity: of },
                Outcome::Unknown,
            ) => {
                is_open |= of == activity;
            }
            _ => {}
        }
    }
    let mut out = shown(person);
    let next = others
        .iter()
        .max_by(|a, b| a.1.value_per_week.total_cmp(&b.1.value_per_week));
    if let Some((other, difference)) = next {
        let with = shown(other);
        out += &if difference.value_per_week.abs() < NOTHING && difference.is_proven() {
            format!("; {with} would do as well")
        } else {
            format!("; with {with} {}", figure(difference))
        };
    }
    if let Some(difference) = kept {
        out += &format!("; kept by you {}", figure(difference));
    }
    if is_open {
        out += "; the rest was not known in time";
    }
    out
}

/// What a change does: its figure, and what else is done by somebody else.
fn does(outcome: &Outcome, activity: Option<&str>) -> String {
    match outcome {
        Outcome::Plan(difference) => {
            let mut out = figure(difference);
            let mut shifts = difference.shifts.clone();
            let own = shifts
                .iter()
                .position(|it| Some(it.activity.as_str()) == activity);
            if let Some(to) = own.and_then(|at| shifts.remove(at).to) {
                out += &format!(", to {}", shown(&to));
            }
            // Of plans that bring the same, which one was found says nothing.
            let is_same = activity.is_none() && difference.value_per_week.abs() < NOTHING;
            if !shifts.is_empty() && !is_same {
                out += &format!(": {}", also(&shifts));
            }
            out
        }
        Outcome::Impossible(obstacle) => {
            let limits = obstacle.clash.iter().map(in_the_way);
            let mut parts: Vec<String> = obstacle
                .reasons
                .iter()
                .map(|it| shown(it))
                .chain(limits)
                .collect();
            // One limit alone is the change itself.
            if obstacle.smallest_change.len() > 1 {
                let all: Vec<String> = obstacle.smallest_change.iter().map(instead).collect();
                parts.push(format!("this would do: {}", all.join(", ")));
            }
            format!("cannot be: {}", parts.join("; "))
        }
        Outcome::Unknown => "not known in time".to_owned(),
    }
}

fn figure(difference: &Difference) -> String {
    let value = difference.value_per_week;
    let figure = if value.abs() < NOTHING {
        "no difference".to_owned()
    } else if value > 0.0 {
        format!("+{} a week", amount(value))
    } else {
        format!("{} a week", amount(value))
    };
    if difference.is_proven() {
        return figure;
    }
    let [least, most] = [difference.at_least, difference.at_most].map(|it| {
        let plus = if it > 0.0 { "+" } else { "" };
        format!("{plus}{}", amount(it))
    });
    format!("{figure} (not proven: {least} to {most})")
}

/// What else is done by somebody else.
fn also(shifts: &[Shift]) -> String {
    let told = shifts.iter().take(SHIFTS).map(|shift| {
        let what = shown(&shift.activity);
        match (&shift.from, &shift.to) {
            (None, Some(to)) => format!("you would also hand over {what} to {}", shown(to)),
            (Some(_), None) => format!("you would keep {what}"),
            (Some(from), Some(to)) => {
                format!("{what} would go to {} and not {}", shown(to), shown(from))
            }
            (None, None) => what,
        }
    });
    let mut told: Vec<String> = told.collect();
    match shifts.len().saturating_sub(SHIFTS) {
        0 => {}
        1 => told.push("and one more changes".to_owned()),
        more => told.push(format!("and {more} more change")),
    }
    told.join(", ")
}

fn without(limit: &Limit) -> String {
    match limit {
        Limit::Cash => "without the limit on cash".to_owned(),
        Limit::OwnerHours => "without the limit on your hours".to_owned(),
        Limit::Hours(person) => format!("without the limit on {person}'s hours"),
    }
}

fn more(limit: &Limit, step: f64) -> String {
    let hours = if step > 1.0 { "hours" } else { "hour" };
    match limit {
        Limit::Cash => format!("{} more cash a week", amount(step)),
        Limit::OwnerHours => format!("{} more {hours} of yours", amount(step)),
        Limit::Hours(person) => format!("{} more {hours} of {person}", amount(step)),
    }
}
