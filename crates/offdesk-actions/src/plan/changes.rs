//! Why a plan is as it is: planned anew with one thing changed, from what is known of the plan. Nothing is read off prices.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::time::Duration;

use offdesk_planner::{Known, Plan, Problem, Status, solve_near};

use super::change::{Change, Changes, Difference, Limit, Obstacle, Outcome, Shift, Tried};
use super::{Planned, Planning};

/// More hours of the owner's for set-up, more money and more hours of a person's are tried in these steps.
const MORE_HOURS: [f64; 4] = [1.0, 2.0, 4.0, 8.0];
const MORE_CASH: [f64; 3] = [50.0, 100.0, 200.0];
const MORE_OF_PERSON: [f64; 3] = [1.0, 2.0, 4.0];
/// One change may take this part of the time that is left.
const PART: u32 = 8;

/// Which way a change can only go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It allows more plans.
    Up,
    /// It allows fewer.
    Down,
}

/// A plan, what is left of the time, and what was found.
struct Trial<'p> {
    planning: &'p Planning,
    plan: &'p Planned,
    left: &'p dyn Fn() -> Duration,
    found: Changes,
}

impl Trial<'_> {
    fn tell(&mut self, change: Change, outcome: Outcome) {
        self.found.told.push(Tried { change, outcome });
    }

    /// Plans again with one thing changed.
    fn change(
        &mut self,
        change: Change,
        (way, known): (Way, &Known),
        problem: impl FnOnce() -> Problem,
    ) -> Option<Difference> {
        let left = (self.left)();
        if left.is_zero() {
            self.found.left_out += 1;
            return None;
        }
        let end = left - left / PART;
        let is_over = Cell::new(false);
        let stop = || {
            is_over.set(is_over.get() || (self.left)() <= end);
            is_over.get()
        };
        let problem = problem();
        let Ok(found) = solve_near(&problem, known, &stop) else {
            self.found.left_out += 1;
            return None;
        };
        let outcome = match found.status {
            Status::Optimal | Status::Feasible => {
                Outcome::Plan(self.difference(&problem, &found, way))
            }
            Status::Infeasible => Outcome::Impossible(self.planning.obstacle(&problem, &stop)),
            Status::Unknown => Outcome::Unknown,
        };
        let difference = match &outcome {
            Outcome::Plan(difference) => Some(difference.clone()),
            Outcome::Impossible(_) | Outcome::Unknown => None,
        };
        self.tell(change, outcome);
        difference
    }

    fn difference(&self, problem: &Problem, found: &Plan, way: Way) -> Difference {
        let (least, most) = match way {
            Way::Up => (0.0, f64::INFINITY),
            Way::Down => (f64::NEG_INFINITY, 0.0),
        };
        Difference {
            value_per_week: found.value - self.plan.value_per_week,
            at_least: (found.value - self.plan.bound).max(least),
            at_most: (found.bound - self.plan.value_per_week).min(most),
            shifts: self.shifts(problem, found),
        }
    }

    /// What is done by somebody else in the plan of a changed problem.
    fn shifts(&self, problem: &Problem, found: &Plan) -> Vec<Shift> {
        let planning = self.planning;
        let jobs = planning.activities.iter().enumerate();
        let shifts = jobs.filter_map(|(job, activity)| {
            let from = planning.done_by(&planning.problem, job, &self.plan.known.choices);
            let to = planning.done_by(problem, job, &found.choices);
            (from != to).then(|| Shift {
                activity: activity.clone(),
                from: from.cloned(),
                to: to.cloned(),
            })
        });
        shifts.collect()
    }

    /// Lifts a limit, and makes it larger step by step; what cannot be otherwise is not planned again.
    fn limit(
        &mut self,
        limit: &Limit,
        steps: &[f64],
        of: impl Fn(&mut Problem) -> Option<&mut f64>,
    ) {
        let (planning, plan) = (self.planning, self.plan);
        let changed = |more: f64| {
            let mut problem = planning.problem.clone();
            if let Some(limit) = of(&mut problem) {
                *limit += more;
            }
            problem
        };
        let most = self.change(
            Change::Without(limit.clone()),
            (Way::Up, &plan.known),
            || changed(f64::INFINITY),
        );
        let mut reached: Option<Difference> = None;
        for step in steps {
            let change = Change::More(limit.clone(), *step);
            // With more of a limit no plan is lost, and none is won beyond those without it.
            let known = match (&most, &reached) {
                // The plan stays: another one of the same value may need more of the limit than this step gives.
                (Some(most), _) if most.at_most <= 0.0 => Some(most.unmoved()),
                (Some(most), Some(it)) if it.at_least >= most.at_most => Some(it.clone()),
                _ => None,
            };
            if let Some(known) = known {
                self.tell(change, Outcome::Plan(known));
                continue;
            }
            reached = self.change(change, (Way::Up, &plan.known), || changed(*step));
        }
    }

    /// Hands an activity over that stays with the owner.
    fn handed_over(&mut self, job: usize, activity: &str) {
        let (planning, plan) = (self.planning, self.plan);
        let activity = activity.to_owned();
        let is_open = planning
            .problem
            .jobs
            .get(job)
            .is_some_and(|job| !job.options.is_empty());
        if !is_open {
            let obstacle = planning.nobody(&activity);
            self.tell(
                Change::HandedOver { activity },
                Outcome::Impossible(obstacle),
            );
            return;
        }
        self.change(
            Change::HandedOver { activity },
            (Way::Down, &plan.known),
            || {
                let mut problem = planning.problem.clone();
                if let Some(job) = problem.jobs.get_mut(job) {
                    job.is_required = true;
                }
                problem
            },
        );
    }

    /// Keeps an activity of the plan, and gives it to each other person who could do it.
    fn given_otherwise(&mut self, job: usize, activity: &str, person: usize) {
        let (planning, plan) = (self.planning, self.plan);
        let Some(of) = planning.problem.jobs.get(job) else {
            return;
        };
        let known = (!(self.left)().is_zero()).then(|| plan.known.clone());
        let mut known = known.unwrap_or_default();
        if let Some(choice) = known.choices.get_mut(job) {
            *choice = None;
        }
        let with = |agent: Option<usize>| {
            let mut problem = planning.problem.clone();
            if let Some(job) = problem.jobs.get_mut(job) {
                job.is_required |= agent.is_some();
                job.options.retain(|choice| Some(choice.agent) == agent);
            }
            problem
        };
        if !of.is_required {
            let change = Change::Kept {
                activity: activity.to_owned(),
            };
            self.change(change, (Way::Down, &known), || with(None));
        }
        let others: BTreeSet<usize> = of.options.iter().map(|choice| choice.agent).collect();
        for agent in others.into_iter().filter(|agent| *agent != person) {
            let Some(other) = planning.people.get(agent) else {
                continue;
            };
            let change = Change::Instead {
                activity: activity.to_owned(),
                person: other.clone(),
            };
            self.change(change, (Way::Down, &known), || with(Some(agent)));
        }
    }
}

impl Planning {
    /// Why a plan is as it is: each limit lifted and made larger, each activity that stays handed over, and each that is
    /// handed over kept or given to another person. Each is planned anew; what is not proven says so, and what was not
    /// begun when the time was up is counted. `left` says how much time is left.
    #[must_use]
    pub fn changes(&self, plan: &Planned, left: &dyn Fn() -> Duration) -> Changes {
        let mut trial = Trial {
            planning: self,
            plan,
            left,
            found: Changes::default(),
        };
        if !matches!(plan.status, Status::Optimal | Status::Feasible) {
            return trial.found;
        }
        let shared = [
            (Limit::Cash, MORE_CASH.as_slice()),
            (Limit::OwnerHours, MORE_HOURS.as_slice()),
        ];
        for (at, (limit, steps)) in shared.into_iter().enumerate() {
            if self.problem.limits.get(at).is_some_and(|it| it.is_finite()) {
                trial.limit(&limit, steps, |problem| problem.limits.get_mut(at));
            }
        }
        for (agent, person) in self.people.iter().enumerate() {
            let capacity = self.problem.capacities.get(agent);
            if capacity.is_some_and(|it| it.is_finite()) {
                trial.limit(&Limit::Hours(person.clone()), &MORE_OF_PERSON, |problem| {
                    problem.capacities.get_mut(agent)
                });
            }
        }
        let done: Vec<Option<usize>> = (0..self.activities.len())
            .map(|job| agent_of(&self.problem, job, &plan.known.choices))
            .collect();
        for (job, activity) in self.activities.iter().enumerate() {
            if done.get(job).is_none_or(Option::is_none) {
                trial.handed_over(job, activity);
            }
        }
        for (job, activity) in self.activities.iter().enumerate() {
            if let Some(person) = done.get(job).copied().flatten() {
                trial.given_otherwise(job, activity, person);
            }
        }
        trial.found
    }

    /// Who does a job by the choices of a problem, whose people are these.
    pub(super) fn done_by(
        &self,
        problem: &Problem,
        job: usize,
        choices: &[Option<usize>],
    ) -> Option<&String> {
        self.people.get(agent_of(problem, job, choices)?)
    }

    /// Why no plan is left of a changed problem.
    fn obstacle(&self, problem: &Problem, stop: &dyn Fn() -> bool) -> Obstacle {
        let (clash, smallest_change) = self.clashes(problem, stop);
        Obstacle {
            reasons: Vec::new(),
            clash,
            smallest_change,
        }
    }

    /// Why nobody can do an activity.
    fn nobody(&self, activity: &str) -> Obstacle {
        let mut reasons = self.reasons(activity);
        if reasons.is_empty() {
            reasons.push("nobody is offered for it".to_owned());
        }
        Obstacle {
            reasons,
            ..Obstacle::default()
        }
    }
}

fn agent_of(problem: &Problem, job: usize, choices: &[Option<usize>]) -> Option<usize> {
    let choice = (*choices.get(job)?)?;
    Some(problem.jobs.get(job)?.options.get(choice)?.agent)
}
