//! Who should do what: from a problem as people write it to the best plan, with what one change would do.

use std::collections::BTreeMap;

pub use offdesk_planner::Status;
use offdesk_planner::{Choice, Fixed, Job, Problem, ProblemError, solve};
use serde::Deserialize;

/// A problem has at most so many options.
const MOST_OPTIONS: usize = 1_000_000;
/// More hours of the owner's for set-up, and more money, are tried in these steps.
const MORE_HOURS: [f64; 4] = [1.0, 2.0, 4.0, 8.0];
const MORE_CASH: [f64; 3] = [50.0, 100.0, 200.0];

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
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    id: String,
    #[serde(default)]
    hours_per_week: Option<f64>,
    /// Paid each week the person does anything at all.
    #[serde(default)]
    fixed_per_week: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Activity {
    id: String,
    #[serde(default)]
    required: bool,
    options: Vec<Offer>,
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
}

/// People, activities and limits, checked.
#[derive(Debug, Clone)]
pub struct Planning {
    people: Vec<String>,
    activities: Vec<String>,
    problem: Problem,
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

fn refuse(code: &'static str, message: String) -> PlanningError {
    PlanningError {
        code,
        message,
        place: None,
        hint: String::new(),
    }
}

/// A plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// How good it is.
    pub status: Status,
    /// What it brings in a week.
    pub value_per_week: f64,
    /// No plan brings more.
    pub bound: f64,
    /// Activities and who does each.
    pub choices: Vec<(String, String)>,
    /// Where there is no plan: each limit that alone is in the way, with what would do.
    pub clash: Vec<Clash>,
    /// Nodes of the search.
    pub nodes: u64,
}

/// A limit that is in the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// Its key, or the id of an activity or person, as words.
    pub limit: String,
    /// What it is; `None` for an activity without an option.
    pub has: Option<f64>,
    /// The least it would have to be, all others as they are; `None` where that alone is not enough.
    pub needs: Option<f64>,
}

/// What one change does.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The change, in words.
    pub what: String,
    /// What it adds to the value of a week; below 0 where it takes away; `None` where no plan is left.
    pub value_per_week: Option<f64>,
}

impl Planning {
    /// Reads a problem.
    ///
    /// # Errors
    /// [`PlanningError`] with `plan.json`, `plan.duplicate`, `plan.person`, `plan.value` or `plan.too_large`.
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
        let mut numbers = BTreeMap::new();
        for (number, person) in written.people.iter().enumerate() {
            if numbers.insert(person.id.as_str(), number).is_some() {
                let message = format!("two people have the id \"{}\"", shown(&person.id));
                return Err(refuse("plan.duplicate", message));
            }
        }
        let mut ids = std::collections::BTreeSet::new();
        for activity in &written.activities {
            if !ids.insert(activity.id.as_str()) {
                let message = format!("two activities have the id \"{}\"", shown(&activity.id));
                return Err(refuse("plan.duplicate", message));
            }
        }
        let limit = |given: Option<f64>, key: &str| match given {
            None => Ok(f64::INFINITY),
            Some(number) if number >= 0.0 => Ok(number),
            Some(number) => Err(refuse(
                "plan.value",
                format!("{key} is {number}, and it is 0 or more"),
            )),
        };
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
        let mut jobs = Vec::new();
        for activity in &written.activities {
            jobs.push(job(activity, &numbers)?);
        }
        Ok(Self {
            people: written
                .people
                .iter()
                .map(|person| person.id.clone())
                .collect(),
            activities: written.activities.iter().map(|of| of.id.clone()).collect(),
            problem: Problem {
                capacities,
                fixed,
                limits,
                jobs,
            },
        })
    }

    /// Finds the best plan; `stop` says when the time is up.
    ///
    /// # Errors
    /// `plan.value` for a number that is too large.
    pub fn plan(&self, stop: &dyn Fn() -> bool) -> Result<Planned, PlanningError> {
        let found = solve(&self.problem, stop).map_err(|error| self.number(&error))?;
        let choices = self
            .problem
            .jobs
            .iter()
            .zip(&self.activities)
            .zip(&found.choices);
        let choices = choices.filter_map(|((job, activity), choice)| {
            let agent = job.options.get((*choice)?)?.agent;
            Some((activity.clone(), self.people.get(agent)?.clone()))
        });
        let clash = if found.status == Status::Infeasible {
            self.clashes(stop)
        } else {
            Vec::new()
        };
        Ok(Planned {
            status: found.status,
            value_per_week: found.value,
            bound: found.bound,
            choices: choices.collect(),
            clash,
            nodes: found.nodes,
        })
    }

    fn number(&self, error: &ProblemError) -> PlanningError {
        let of = match error {
            ProblemError::Number { option } => *option,
            ProblemError::Agent { option } => Some(*option),
        };
        let activity = of.and_then(|(job, _)| self.activities.get(job));
        let message = activity.map_or_else(
            || "a limit is too large".to_owned(),
            |activity| format!("a number of \"{}\" is too large", shown(activity)),
        );
        refuse("plan.value", message)
    }

    /// The limits that alone are in the way of the required activities, each with what would do.
    fn clashes(&self, stop: &dyn Fn() -> bool) -> Vec<Clash> {
        let without = self.problem.jobs.iter().zip(&self.activities);
        let without: Vec<Clash> = without
            .filter(|(job, _)| job.is_required && job.options.is_empty())
            .map(|(_, activity)| Clash {
                limit: format!("options of {activity}"),
                has: None,
                needs: None,
            })
            .collect();
        if !without.is_empty() {
            return without;
        }
        let mut required = self.problem.clone();
        required.jobs.retain(|job| job.is_required);
        let mut all = Vec::new();
        let names = ["cash_per_week", "owner_setup_hours"];
        for (at, name) in names.into_iter().enumerate() {
            let has = required.limits.get(at).copied().unwrap_or(f64::INFINITY);
            let needs = least(
                &required,
                stop,
                |problem| {
                    if let Some(limit) = problem.limits.get_mut(at) {
                        *limit = f64::INFINITY;
                    }
                },
                |choice| choice.uses.get(at).copied().unwrap_or(0.0),
            );
            all.push((name.to_owned(), has, needs));
        }
        for (agent, person) in self.people.iter().enumerate() {
            let has = required
                .capacities
                .get(agent)
                .copied()
                .unwrap_or(f64::INFINITY);
            let needs = least(
                &required,
                stop,
                |problem| {
                    if let Some(capacity) = problem.capacities.get_mut(agent) {
                        *capacity = f64::INFINITY;
                    }
                },
                |choice| {
                    if choice.agent == agent {
                        choice.load
                    } else {
                        0.0
                    }
                },
            );
            all.push((format!("hours_per_week of {person}"), has, needs));
        }
        let limited = all.into_iter().filter(|(_, has, _)| has.is_finite());
        let clashes: Vec<Clash> = limited
            .map(|(limit, has, needs)| Clash {
                limit,
                has: Some(has),
                needs,
            })
            .collect();
        let alone: Vec<Clash> = clashes
            .iter()
            .filter(|clash| clash.needs.is_some())
            .cloned()
            .collect();
        if alone.is_empty() { clashes } else { alone }
    }

    /// What single changes do to a plan: more of the owner's hours, more money, each activity kept or given to another
    /// person. Each is planned anew, never read off prices.
    #[must_use]
    pub fn changes(&self, plan: &Planned, stop: &dyn Fn() -> bool) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut tried = |what: String, problem: &Problem| {
            let found = solve(problem, stop).ok();
            let found =
                found.filter(|found| matches!(found.status, Status::Optimal | Status::Feasible));
            let value_per_week = found.map(|found| found.value - plan.value_per_week);
            changes.push(Change {
                what,
                value_per_week,
            });
        };
        let steps = [
            ("cash_per_week", 0, MORE_CASH.as_slice()),
            ("owner_setup_hours", 1, MORE_HOURS.as_slice()),
        ];
        for (key, at, steps) in steps {
            for step in steps {
                let mut problem = self.problem.clone();
                let Some(limit) = problem.limits.get_mut(at).filter(|limit| limit.is_finite())
                else {
                    break;
                };
                *limit += step;
                tried(format!("{key} +{step}"), &problem);
            }
        }
        for (activity, person) in &plan.choices {
            let Some(number) = self.activities.iter().position(|of| of == activity) else {
                continue;
            };
            let mut kept = self.problem.clone();
            if let Some(job) = kept.jobs.get_mut(number).filter(|job| !job.is_required) {
                job.options.clear();
                tried(format!("{activity} kept"), &kept);
            }
            for (agent, other) in self
                .people
                .iter()
                .enumerate()
                .filter(|(_, other)| *other != person)
            {
                let mut given = self.problem.clone();
                let Some(job) = given.jobs.get_mut(number) else {
                    continue;
                };
                job.options.retain(|choice| choice.agent == agent);
                job.is_required = true;
                if !job.options.is_empty() {
                    tried(format!("{activity} to {other}"), &given);
                }
            }
        }
        changes
    }
}

/// The least of one limit with which the required activities can be placed, all other limits as they are.
fn least(
    required: &Problem,
    stop: &dyn Fn() -> bool,
    lift: impl Fn(&mut Problem),
    uses: impl Fn(&Choice) -> f64,
) -> Option<f64> {
    let mut problem = required.clone();
    lift(&mut problem);
    for choice in problem.jobs.iter_mut().flat_map(|job| &mut job.options) {
        choice.value = -uses(choice);
    }
    let found = solve(&problem, stop).ok()?;
    matches!(found.status, Status::Optimal | Status::Feasible).then_some(-found.value)
}

fn job(activity: &Activity, numbers: &BTreeMap<&str, usize>) -> Result<Job, PlanningError> {
    let mut options = Vec::new();
    for offer in &activity.options {
        let agent = numbers.get(offer.person.as_str()).copied().ok_or_else(|| {
            let near = numbers.keys().max_by(|a, b| {
                strsim::jaro_winkler(a, &offer.person)
                    .total_cmp(&strsim::jaro_winkler(b, &offer.person))
            });
            let message = format!(
                "activity \"{}\" names \"{}\", who is not among the people",
                shown(&activity.id),
                shown(&offer.person)
            );
            PlanningError {
                hint: near.map_or(String::new(), |near| {
                    format!("did you mean \"{}\"?", shown(near))
                }),
                ..refuse("plan.person", message)
            }
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
        options.push(Choice {
            agent,
            load: offer.hours_per_week,
            value: offer.value_per_week,
            uses: [offer.cash_per_week, offer.owner_setup_hours],
        });
    }
    Ok(Job {
        is_required: activity.required,
        options,
    })
}

fn shown(text: &str) -> String {
    offdesk_import::problem::shown(text)
}
