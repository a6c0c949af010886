//! What single changes do to a plan: each planned anew, from what is known of the plan.

use offdesk_planner::{Known, Problem, Status, solve_near};

use super::{Change, Changes, Planned, Planning};

/// More hours of the owner's for set-up, and more money, are tried in these steps.
const MORE_HOURS: [f64; 4] = [1.0, 2.0, 4.0, 8.0];
const MORE_CASH: [f64; 3] = [50.0, 100.0, 200.0];

/// Changes told, and those that are not.
struct Trial<'p> {
    plan: &'p Planned,
    stop: &'p dyn Fn() -> bool,
    found: Changes,
}

impl Trial<'_> {
    /// Plans again with one thing changed; what is not proven is not told.
    fn change(&mut self, what: String, known: &Known, problem: impl FnOnce() -> Problem) {
        let solved = if (self.stop)() {
            None
        } else {
            solve_near(&problem(), known, self.stop).ok()
        };
        let value_per_week = match solved.as_ref().map(|found| found.status) {
            Some(Status::Optimal) => solved.map(|found| found.value - self.plan.value_per_week),
            Some(Status::Infeasible) => None,
            Some(Status::Feasible | Status::Unknown) | None => {
                self.found.left_out += 1;
                return;
            }
        };
        self.found.told.push(Change {
            what,
            value_per_week,
        });
    }
}

impl Planning {
    /// What single changes do to a proven plan: more of the owner's hours, more money, each activity kept or given to
    /// another person. Each is planned anew, never read off prices; what is not proven when the time is up is counted, and
    /// of a plan that is not proven itself nothing is told.
    #[must_use]
    pub fn changes(&self, plan: &Planned, stop: &dyn Fn() -> bool) -> Changes {
        let never = || true;
        let is_proven = plan.status == Status::Optimal;
        let mut trial = Trial {
            plan,
            stop: if is_proven { stop } else { &never },
            found: Changes::default(),
        };
        let steps = [
            ("cash_per_week", 0, MORE_CASH.as_slice()),
            ("owner_setup_hours", 1, MORE_HOURS.as_slice()),
        ];
        for (key, at, steps) in steps {
            let has = self.problem.limits.get(at).copied();
            for step in steps.iter().filter(|_| has.is_some_and(f64::is_finite)) {
                trial.change(format!("{key} +{step}"), &plan.known, || {
                    let mut problem = self.problem.clone();
                    if let Some(limit) = problem.limits.get_mut(at) {
                        *limit += step;
                    }
                    problem
                });
            }
        }
        for (activity, person) in &plan.choices {
            if let Some(number) = self.activities.iter().position(|of| of == activity) {
                self.given_otherwise(&mut trial, (number, activity), person);
            }
        }
        trial.found
    }

    /// Tries one activity kept, and given to each other person who can do it.
    fn given_otherwise(
        &self,
        trial: &mut Trial<'_>,
        (number, activity): (usize, &str),
        person: &str,
    ) {
        let Some(job) = self.problem.jobs.get(number) else {
            return;
        };
        let mut known = trial.plan.known.clone();
        if let Some(choice) = known.choices.get_mut(number) {
            *choice = None;
        }
        let with = |agent: Option<usize>| {
            let mut problem = self.problem.clone();
            if let Some(job) = problem.jobs.get_mut(number) {
                job.options.retain(|choice| Some(choice.agent) == agent);
                job.is_required |= agent.is_some();
            }
            problem
        };
        if !job.is_required {
            trial.change(format!("{activity} kept"), &known, || with(None));
        }
        for (agent, other) in self.people.iter().enumerate() {
            if other != person && job.options.iter().any(|choice| choice.agent == agent) {
                trial.change(format!("{activity} to {other}"), &known, || {
                    with(Some(agent))
                });
            }
        }
    }
}
