//! What is in the way of a plan, and what single changes do to one: each planned anew.

use offdesk_planner::{Choice, Problem, Status, solve};

use super::{Change, Clash, Planned, Planning};

/// More hours of the owner's for set-up, and more money, are tried in these steps.
const MORE_HOURS: [f64; 4] = [1.0, 2.0, 4.0, 8.0];
const MORE_CASH: [f64; 3] = [50.0, 100.0, 200.0];

impl Planning {
    /// The limits that alone are in the way of the required activities, each with what would do.
    pub(super) fn clashes(&self, stop: &dyn Fn() -> bool) -> Vec<Clash> {
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
