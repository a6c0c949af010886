//! The problem of the desk: its own people, the activities that pay with their options, and what limits the owner.

use std::collections::BTreeMap;

use offdesk_domain::decision::{Input, decide};
use offdesk_domain::person::PersonState;
use offdesk_store::people::PersonRow;
use serde_json::{Map, Value, json};

use super::{NextActivity, NextList};
use crate::decide::Question;
use crate::hours::Hours;
use crate::options::subject_judged;

/// So many activities are planned, as the list ranks them.
pub const MOST: usize = 200;
/// Seconds of an hour.
const HOUR: f64 = 3_600.0;

/// What limits the owner; `None` is no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct DeskLimits {
    /// Cash a week.
    pub cash_per_week: Option<f64>,
    /// The owner's hours for set-ups, all together.
    pub owner_setup_hours: Option<f64>,
}

/// The problem of the desk, as `offdesk plan` reads it: what each option brings and is paid in a week is on average over the weeks of its
/// decision, after everything, at the likeliest figures.
#[must_use]
pub fn problem_of(
    hours: &Hours,
    list: &NextList<'_>,
    people: &[PersonRow],
    limits: DeskLimits,
) -> Value {
    // By the name in small letters: the name, and the hours of a week where they were said.
    let mut known: BTreeMap<String, (String, Option<f64>)> = BTreeMap::new();
    for person in people {
        if person.state != PersonState::Active.word() {
            continue;
        }
        let has = person.capacity_per_week.map(as_hours);
        let key = person.name.trim().to_lowercase();
        known
            .entry(key)
            .or_insert_with(|| (person.name.trim().to_owned(), has));
    }
    let mut activities = Vec::new();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for next in list.open.iter().take(MOST) {
        let options = options_of(hours, next, &mut known);
        let name = next.judged.activity.name.as_str();
        let seen = names.entry(name).or_default();
        *seen += 1;
        let id = match *seen {
            1 => name.to_owned(),
            again => format!("{name} ({again})"),
        };
        activities.push(json!({"id": id, "options": options}));
    }
    let people = known.into_values().map(|(name, has)| match has {
        Some(has) => json!({"id": name, "hours_per_week": has}),
        None => json!({"id": name}),
    });
    let mut problem = Map::new();
    problem.insert("people".to_owned(), people.collect());
    problem.insert("activities".to_owned(), Value::Array(activities));
    for (key, limit) in [
        ("cash_per_week", limits.cash_per_week),
        ("owner_setup_hours", limits.owner_setup_hours),
    ] {
        if let Some(limit) = limit {
            problem.insert(key.to_owned(), json!(limit));
        }
    }
    Value::Object(problem)
}

/// The options of an activity that make a case; whoever they name becomes known.
fn options_of(
    hours: &Hours,
    next: &NextActivity<'_>,
    known: &mut BTreeMap<String, (String, Option<f64>)>,
) -> Vec<Value> {
    let id = next.row.id;
    let kept = hours.options.get(&id);
    let Ok(subject) = subject_judged(hours, id, kept, Some(next.judged)) else {
        return Vec::new();
    };
    let mut options = Vec::new();
    for option in &subject.options {
        let Ok(question) = subject.question(option) else {
            continue;
        };
        let name = option.name.trim().to_owned();
        let (name, _) = known
            .entry(name.to_lowercase())
            .or_insert_with(|| (name, None));
        options.push(offer(name, &question));
    }
    options
}

/// An option as the planner reads it.
fn offer(person: &str, question: &Question) -> Value {
    let case = &question.case;
    let decision = decide(case);
    let weeks = case.get(Input::Weeks);
    let taken = case.get(Input::TimesPerWeek) * case.get(Input::OwnerHours);
    json!({
        "person": person,
        "hours_per_week": cents(taken * case.get(Input::SteadyRatio)),
        "cash_per_week": cents(decision.cash / weeks),
        "value_per_week": cents(decision.net_value / weeks),
        "owner_setup_hours": cents(case.setup_hours()),
    })
}

fn cents(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[expect(clippy::cast_precision_loss, reason = "seconds of a week")]
fn as_hours(seconds: i64) -> f64 {
    seconds as f64 / HOUR
}
