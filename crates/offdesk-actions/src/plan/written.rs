//! A problem as people write it, and what is wrong with it.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use offdesk_domain::money::as_typed;
use offdesk_planner::{Choice, Fixed, Job, Problem};
use serde::Deserialize;

use super::eligible::{Hours, Pair, Pairs};
use super::mistake::{LARGEST, PlanningError, Text, number_of};
use super::set_ups::{SetUp, SetUps};
use super::unused::unused;
use super::{Planning, shown};
use crate::json_text::{self, Object, Step, objects};

/// Hours of a day.
const DAY: RangeInclusive<f64> = 0.0..=24.0;
/// A problem has at most so many options.
const MOST_OPTIONS: usize = 1_000_000;

/// A problem as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(deserialize_with = "objects")]
    people: Vec<Person>,
    #[serde(deserialize_with = "objects")]
    activities: Vec<Activity>,
    #[serde(default)]
    cash_per_week: Option<f64>,
    #[serde(default)]
    owner_setup_hours: Option<f64>,
    /// When the owner works.
    #[serde(default)]
    owner_works: Option<Hours>,
    #[serde(default, deserialize_with = "objects")]
    set_ups: Vec<SetUp>,
    #[serde(default, deserialize_with = "objects")]
    forbidden: Vec<Pair>,
    #[serde(default, deserialize_with = "objects")]
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
    #[serde(deserialize_with = "objects")]
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

impl Planning {
    /// Reads a problem.
    ///
    /// # Errors
    /// [`PlanningError`] with `plan.json`, `plan.id`, `plan.duplicate`, `plan.person`, `plan.activity`, `plan.pair`,
    /// `plan.value`, `plan.set_up` or `plan.too_large`.
    pub fn parse(text: &str) -> Result<Self, PlanningError> {
        let Object(written) = json_text::read::<Object<Written>>(text)?;
        let text = Text::of(text);
        let options: usize = written.activities.iter().map(|of| of.options.len()).sum();
        if options > MOST_OPTIONS {
            let message =
                format!("there are {options} options, and at most {MOST_OPTIONS} are planned");
            return Err(text.refuse("plan.too_large", &[Step::Key("activities")], message));
        }
        let people = written.people.iter().map(|of| of.id.as_str());
        let people = text.numbered(people, "people", "people")?;
        let activities = written.activities.iter().map(|of| of.id.as_str());
        let activities = text.numbered(activities, "activities", "activities")?;
        let (capacities, fixed) = people_of(text, &written.people)?;
        let shared =
            |given: Option<f64>, key| text.limit(given, &[Step::Key(key)], " of the problem");
        let limits = [
            shared(written.cash_per_week, "cash_per_week")?,
            shared(written.owner_setup_hours, "owner_setup_hours")?,
        ];
        let set_ups = SetUps::of(text, &written.set_ups)?;
        let mut jobs = Vec::new();
        for (number, activity) in written.activities.iter().enumerate() {
            jobs.push(job(text, (number, activity), &people, &set_ups)?);
        }
        let pairs = Pairs {
            text,
            people: &people,
            activities: &activities,
            forbidden: &written.forbidden,
            required: &written.required_pairs,
            owner_works: written.owner_works,
        };
        let sifted = pairs.sift(&written.people, &written.activities, &mut jobs)?;
        let people: Vec<String> = written.people.into_iter().map(|of| of.id).collect();
        Ok(Self {
            excluded: sifted.excluded,
            unused: unused(&people, &capacities, &jobs, &sifted.ruled_out),
            ruled_out: sifted.ruled_out,
            places: sifted.places,
            people,
            activities: written.activities.into_iter().map(|of| of.id).collect(),
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

/// What each person can carry, and what it takes to have them at all.
fn people_of(text: Text<'_>, people: &[Person]) -> Result<(Vec<f64>, Vec<Fixed>), PlanningError> {
    let (mut capacities, mut fixed) = (Vec::new(), Vec::new());
    for (number, person) in people.iter().enumerate() {
        let of = format!(" of \"{}\"", shown(&person.id));
        let checked = |given, key| {
            let path = [Step::Key("people"), Step::At(number), Step::Key(key)];
            text.limit(given, &path, &of)
        };
        capacities.push(checked(person.hours_per_week, "hours_per_week")?);
        let cost = checked(Some(person.fixed_per_week), "fixed_per_week")?;
        fixed.push(Fixed {
            cost,
            uses: [cost, 0.0],
        });
    }
    Ok((capacities, fixed))
}

fn job(
    text: Text<'_>,
    (number, activity): (usize, &Activity),
    numbers: &BTreeMap<&str, usize>,
    set_ups: &SetUps<'_>,
) -> Result<Job, PlanningError> {
    let in_activity = [Step::Key("activities"), Step::At(number)];
    let [list, at] = in_activity;
    if let Some(hours) = activity.overlap_hours.filter(|hours| !DAY.contains(hours)) {
        let path = [list, at, Step::Key("overlap_hours")];
        let (of, hours) = (shown(&activity.id), as_typed(hours));
        let message = format!("overlap_hours of \"{of}\" is {hours}, and it is from 0 to 24");
        return Err(text.refuse("plan.value", &path, message));
    }
    let mut options = Vec::new();
    for (place, offer) in activity.options.iter().enumerate() {
        let path = |key| {
            let option = [Step::Key("options"), Step::At(place), Step::Key(key)];
            [in_activity.as_slice(), &option].concat()
        };
        let agent = number_of(numbers, &offer.person, || {
            let message = format!(
                "activity \"{}\" names \"{}\", who is not among the people",
                shown(&activity.id),
                shown(&offer.person)
            );
            text.refuse("plan.person", &path("person"), message)
        })?;
        check(text, offer, &activity.id, path)?;
        let own = offer.set_up.as_ref();
        let set_up = own.or(activity.set_up.as_ref()).map(|id| {
            set_ups.number(id, || {
                let message = format!(
                    "activity \"{}\" needs the set-up \"{}\", which is not among set_ups",
                    shown(&activity.id),
                    shown(id)
                );
                let path = match own {
                    Some(_) => path("set_up"),
                    None => vec![list, at, Step::Key("set_up")],
                };
                text.refuse("plan.set_up", &path, message)
            })
        });
        options.push(Choice {
            agent,
            load: offer.hours_per_week,
            value: offer.value_per_week,
            uses: [offer.cash_per_week, offer.owner_setup_hours],
            set_up: set_up.transpose()?,
        });
    }
    Ok(Job {
        is_required: activity.required,
        options,
    })
}

/// Checks the numbers of an option. Names are put together only where something is wrong: there may be a million.
fn check<'k>(
    text: Text<'_>,
    offer: &Offer,
    activity: &str,
    path: impl Fn(&'static str) -> Vec<Step<'k>>,
) -> Result<(), PlanningError> {
    let of = || {
        format!(
            " of \"{}\" for \"{}\"",
            shown(&offer.person),
            shown(activity)
        )
    };
    for (key, number) in [
        ("hours_per_week", offer.hours_per_week),
        ("cash_per_week", offer.cash_per_week),
        ("owner_setup_hours", offer.owner_setup_hours),
    ] {
        if !(0.0..=LARGEST).contains(&number) {
            text.limit(Some(number), &path(key), &of())?;
        }
    }
    if offer.value_per_week.abs() > LARGEST {
        text.amount(offer.value_per_week, &path("value_per_week"), &of())?;
    }
    Ok(())
}
