//! Why a plan is as it is, in sentences that every door says alike.

use offdesk_domain::worth::grouped;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{
    Change, Changes, Clash, Difference, Limit, Outcome, Planned, Shift, Status, Tried, shown,
};

/// Of what else changes so much is told.
const SHIFTS: usize = 3;
/// Less than this is nothing.
const NOTHING: f64 = 0.005;
/// Of what rules options out so much is told in a line.
const MOST_REASONS: usize = 5;

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

impl Planned {
    /// How much better another plan could be, as a share of this one.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let value = self.value_per_week.abs();
        if self.bound <= self.value_per_week {
            0.0
        } else if value > 0.0 {
            (self.bound - self.value_per_week) / value
        } else {
            1.0
        }
    }

    /// How good it is, in a sentence or two.
    #[must_use]
    pub fn status_in_words(&self) -> String {
        let value = amount(self.value_per_week);
        match self.status {
            Status::Optimal => {
                format!("The best plan brings {value} a week. No other brings more.")
            }
            Status::Feasible if self.gap() >= 1.0 => format!(
                "This plan brings {value} a week. A better one may exist: none brings more than {}.",
                amount(self.bound)
            ),
            Status::Feasible => format!(
                "This plan brings {value} a week. A better one may exist, by {:.2} % at most.",
                self.gap() * 100.0
            ),
            Status::Unknown => "The time was up before a plan was found.".to_owned(),
            Status::Infeasible => "No plan does all that is required.".to_owned(),
        }
    }

    /// What stands before the smallest change; `None` where there is none.
    #[must_use]
    pub fn change_in_words(&self) -> Option<&'static str> {
        self.smallest_change.first().map(|first| {
            if first.is_known {
                "The smallest change that would do:"
            } else {
                "A change that would do, not proven to be the smallest:"
            }
        })
    }
}

/// An amount of a problem.
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

/// A limit as it would have to be.
#[must_use]
pub fn instead(clash: &Clash) -> String {
    if let Some(change) = &clash.change {
        return shown(change);
    }
    let [has, needs] = [clash.has, clash.needs].map(Option::unwrap_or_default);
    format!(
        "{} {} instead of {}",
        shown(&clash.limit),
        at_least(needs),
        amount(has)
    )
}

/// A limit that is in the way, and what would do.
#[must_use]
pub fn in_the_way(clash: &Clash) -> String {
    let limit = shown(&clash.limit);
    match (clash.has, clash.needs) {
        (Some(has), Some(needs)) => format!(
            "{limit} is {}; with {} there would be one",
            amount(has),
            at_least(needs)
        ),
        (Some(has), None) if clash.is_known => {
            format!("{limit} is {}; more of it alone is not enough", amount(has))
        }
        (Some(has), None) => format!(
            "{limit} is {}; the time was up before what would do was known",
            amount(has)
        ),
        _ if clash.reasons.is_empty() => format!("{limit}: there are none"),
        _ => {
            let all = clash.reasons.len();
            let told = clash.reasons.iter().take(MOST_REASONS);
            let told: Vec<String> = told.map(|reason| shown(reason)).collect();
            let more = all.saturating_sub(MOST_REASONS);
            let more = if more > 0 {
                format!("; and {more} more")
            } else {
                String::new()
            };
            format!(
                "{limit}: none is left; {all} ruled out: {}{more}",
                told.join("; ")
            )
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
