//! A problem as people write it, and what is wrong with it.

use std::collections::BTreeMap;

use offdesk_planner::{Choice, Fixed, Job, Problem};
use serde::Deserialize;

use super::eligible::{Hours, Pair, Pairs};
use super::set_ups::{SetUp, SetUps};
use super::{Planning, shown};

/// A problem has at most so many options.
const MOST_OPTIONS: usize = 1_000_000;

/// A problem as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    people: Vec<Person>,
    activities: Vec<Activity>,
    #[serde(default)]
    cash_per_week: Option<f64>,
    #[serde(default)]
    owner_setup_hours: Option<f64>,
    /// When the owner works.
    #[serde(default)]
    owner_works: Option<Hours>,
    #[serde(default)]
    set_ups: Vec<SetUp>,
    #[serde(default)]
    forbidden: Vec<Pair>,
    #[serde(default)]
    required_pairs: Vec<Pair>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub(super) id: String,
    #[serde(default)]
    hours_per_week: Option<f64>,
    /// Paid each week the person does anything at all.
    #[serde(default)]
    fixed_per_week: f64,
    /// What the person can do; whose skills are not said can do anything.
    #[serde(default)]
    pub(super) skills: Option<Vec<String>>,
    #[serde(default)]
    pub(super) works: Option<Hours>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Activity {
    pub(super) id: String,
    #[serde(default)]
    required: bool,
    options: Vec<Offer>,
    /// The skills it takes.
    #[serde(default)]
    pub(super) needs: Vec<String>,
    /// So many hours of a day have to be worked while the owner works.
    #[serde(default)]
    pub(super) overlap_hours: Option<f64>,
    /// The set-up that its options need.
    #[serde(default)]
    set_up: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Offer {
    person: String,
    hours_per_week: f64,
    #[serde(default)]
    cash_per_week: f64,
    value_per_week: f64,
    #[serde(default)]
    owner_setup_hours: f64,
    /// The set-up that this option needs in place of the activity's.
    #[serde(default)]
    set_up: Option<String>,
}

/// Why a problem is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PlanningError {
    /// Stable code.
    pub code: &'static str,
    /// What is wrong, with the activity, person and key.
    pub message: String,
    /// Line and column, from 1, where they are known.
    pub place: Option<(usize, usize)>,
    /// What to type next; may be empty.
    pub hint: String,
}

pub(super) fn refuse(code: &'static str, message: String) -> PlanningError {
    PlanningError {
        code,
        message,
        place: None,
        hint: String::new(),
    }
}

impl Planning {
    /// Reads a problem.
    ///
    /// # Errors
    /// [`PlanningError`] with `plan.json`, `plan.duplicate`, `plan.person`, `plan.activity`, `plan.pair`, `plan.value`,
    /// `plan.set_up` or `plan.too_large`.
    pub fn parse(text: &str) -> Result<Self, PlanningError> {
        let text = text.trim_start_matches('\u{feff}');
        let written: Written = serde_json::from_str(text).map_err(|error| {
            let message = error.to_string();
            let end = message.rfind(" at line ").unwrap_or(message.len());
            let message = message.get(..end).unwrap_or(&message);
            PlanningError {
                place: Some((error.line(), error.column())),
                ..refuse("plan.json", format!("this is no problem: {message}"))
            }
        })?;
        let options: usize = written.activities.iter().map(|of| of.options.len()).sum();
        if options > MOST_OPTIONS {
            let message =
                format!("there are {options} options, and at most {MOST_OPTIONS} are planned");
            return Err(refuse("plan.too_large", message));
        }
        let people = written.people.iter().map(|of| of.id.as_str());
        let numbers = numbered(people, "people")?;
        let activities = written.activities.iter().map(|of| of.id.as_str());
        numbered(activities, "activities")?;
        let (mut capacities, mut fixed) = (Vec::new(), Vec::new());
        for person in &written.people {
            let key = format!("hours_per_week of \"{}\"", shown(&person.id));
            capacities.push(limit(person.hours_per_week, &key)?);
            let key = format!("fixed_per_week of \"{}\"", shown(&person.id));
            let cost = limit(Some(person.fixed_per_week), &key)?;
            fixed.push(Fixed {
                cost,
                uses: [cost, 0.0],
            });
        }
        let limits = [
            limit(written.cash_per_week, "cash_per_week")?,
            limit(written.owner_setup_hours, "owner_setup_hours")?,
        ];
        let set_ups = SetUps::of(&written.set_ups)?;
        let mut jobs = Vec::new();
        for activity in &written.activities {
            jobs.push(job(activity, &numbers, &set_ups)?);
        }
        for activity in &written.activities {
            let key = format!("overlap_hours of \"{}\"", shown(&activity.id));
            limit(activity.overlap_hours, &key)?;
        }
        let pairs = Pairs {
            forbidden: &written.forbidden,
            required: &written.required_pairs,
            owner_works: written.owner_works,
        };
        let excluded = pairs.sift(&written.people, &written.activities, &mut jobs)?;
        Ok(Self {
            excluded,
            people: written
                .people
                .iter()
                .map(|person| person.id.clone())
                .collect(),
            activities: written.activities.iter().map(|of| of.id.clone()).collect(),
            problem: Problem {
                capacities,
                fixed,
                set_ups: set_ups.all,
                limits,
                jobs,
            },
        })
    }
}

/// A number that is 0 or more, and unlimited where it is absent.
pub(super) fn limit(given: Option<f64>, key: &str) -> Result<f64, PlanningError> {
    match given {
        None => Ok(f64::INFINITY),
        Some(number) if number >= 0.0 => Ok(number),
        Some(number) => Err(refuse(
            "plan.value",
            format!("{key} is {number}, and it is 0 or more"),
        )),
    }
}

/// The numbers of things by their ids; `plan.duplicate` for two of one id.
fn numbered<'w>(
    ids: impl Iterator<Item = &'w str>,
    what: &str,
) -> Result<BTreeMap<&'w str, usize>, PlanningError> {
    let mut numbers = BTreeMap::new();
    for (number, id) in ids.enumerate() {
        if numbers.insert(id, number).is_some() {
            let message = format!("two {what} have the id \"{}\"", shown(id));
            return Err(refuse("plan.duplicate", message));
        }
    }
    Ok(numbers)
}

/// The number of an id; where there is none, an error with the nearest id for a hint.
pub(super) fn number_of(
    numbers: &BTreeMap<&str, usize>,
    id: &str,
    code: &'static str,
    message: impl FnOnce() -> String,
) -> Result<usize, PlanningError> {
    numbers.get(id).copied().ok_or_else(|| {
        let near = numbers
            .keys()
            .max_by(|a, b| strsim::jaro_winkler(a, id).total_cmp(&strsim::jaro_winkler(b, id)));
        PlanningError {
            hint: near.map_or(String::new(), |near| {
                format!("did you mean \"{}\"?", shown(near))
            }),
            ..refuse(code, message())
        }
    })
}

fn job(
    activity: &Activity,
    numbers: &BTreeMap<&str, usize>,
    set_ups: &SetUps<'_>,
) -> Result<Job, PlanningError> {
    let mut options = Vec::new();
    for offer in &activity.options {
        let agent = number_of(numbers, &offer.person, "plan.person", || {
            format!(
                "activity \"{}\" names \"{}\", who is not among the people",
                shown(&activity.id),
                shown(&offer.person)
            )
        })?;
        for (key, number) in [
            ("hours_per_week", offer.hours_per_week),
            ("cash_per_week", offer.cash_per_week),
            ("owner_setup_hours", offer.owner_setup_hours),
        ] {
            if number < 0.0 {
                let message = format!(
                    "{key} of \"{}\" for \"{}\" is {number}, and it is 0 or more",
                    shown(&offer.person),
                    shown(&activity.id)
                );
                return Err(refuse("plan.value", message));
            }
        }
        let set_up = offer.set_up.as_ref().or(activity.set_up.as_ref());
        options.push(Choice {
            agent,
            load: offer.hours_per_week,
            value: offer.value_per_week,
            uses: [offer.cash_per_week, offer.owner_setup_hours],
            set_up: set_up
                .map(|id| set_ups.number(id, &activity.id))
                .transpose()?,
        });
    }
    Ok(Job {
        is_required: activity.required,
        options,
    })
}
