//! What is in the way of a plan, and the smallest change that would do.

use std::collections::BTreeMap;

use offdesk_planner::{Problem, Status, least_growth, solve};

use super::ruled_out::brought_back;
use super::{Clash, Planning};

/// A limit with its name, and what it is.
struct Named {
    limit: Limit,
    name: String,
    has: f64,
}

#[derive(Debug, Clone, Copy)]
enum Limit {
    Shared(usize),
    Hours(usize),
}

/// What a limit would have to be.
enum Needs {
    /// So much.
    This(f64),
    /// More of it alone is not enough.
    Others,
    /// The time was up before it was known.
    Unknown,
}

impl Limit {
    fn of(self, problem: &mut Problem) -> Option<&mut f64> {
        match self {
            Self::Shared(at) => problem.limits.get_mut(at),
            Self::Hours(agent) => problem.capacities.get_mut(agent),
        }
    }

    /// Values everything by what it takes of this limit alone.
    fn value(self, problem: &mut Problem) {
        let shared = |uses: [f64; 2]| match self {
            Self::Shared(at) => uses.get(at).copied().unwrap_or(0.0),
            Self::Hours(_) => 0.0,
        };
        for choice in problem.jobs.iter_mut().flat_map(|job| &mut job.options) {
            choice.value = match self {
                Self::Hours(agent) if choice.agent == agent => -choice.load,
                Self::Hours(_) => 0.0,
                Self::Shared(_) => -shared(choice.uses),
            };
        }
        // What a person costs takes no hours.
        for once in problem.fixed.iter_mut().chain(&mut problem.set_ups) {
            once.cost = shared(once.uses);
        }
    }
}

impl Planning {
    /// The limits that alone are in the way of the required activities, each with what would do, and the smallest change of all of them
    /// that would do; where no limit alone is in the way, those of that change. Of an activity that nobody may do, what rules each option out.
    pub(super) fn clashes(
        &self,
        problem: &Problem,
        stop: &dyn Fn() -> bool,
    ) -> (Vec<Clash>, Vec<Clash>) {
        let without = self.without_options(problem);
        if !without.is_empty() {
            let smallest = self.with_options(problem, without.len() == 1, stop);
            return (without, smallest);
        }
        let mut required = problem.clone();
        required.jobs.retain(|job| job.is_required);
        let limits = self.limits(&mut required);
        let clash = |of: &Named| {
            let needs = least(&required, of.limit, stop);
            Clash {
                has: Some(of.has),
                is_known: !matches!(needs, Needs::Unknown),
                needs: match needs {
                    Needs::This(needs) => Some(needs),
                    Needs::Others | Needs::Unknown => None,
                },
                ..Clash::of(of.name.clone())
            }
        };
        let clashes: Vec<Clash> = limits.iter().map(clash).collect();
        let smallest = smallest(&required, &limits, stop);
        let is_alone = |clash: &&Clash| clash.needs.is_some();
        let alone: Vec<Clash> = clashes.iter().filter(is_alone).cloned().collect();
        if !alone.is_empty() {
            return (alone, smallest);
        }
        // Only together: those that have to grow are in the way, and all others are not; where it is known which those are.
        let has_to_grow = |clash: &&Clash| smallest.iter().any(|grown| grown.limit == clash.limit);
        let is_known = !smallest.is_empty() && smallest.iter().all(|grown| grown.is_known);
        if is_known {
            let together = clashes.iter().filter(has_to_grow).cloned();
            return (together.collect(), smallest);
        }
        (clashes, smallest)
    }

    /// The required activities that nobody may do, each with what rules its options out.
    fn without_options(&self, problem: &Problem) -> Vec<Clash> {
        let all = problem.jobs.iter().zip(&self.activities);
        let mut without = all
            .filter(|(job, _)| job.is_required && job.options.is_empty())
            .peekable();
        if without.peek().is_none() {
            return Vec::new();
        }
        // Gathered once: there may be a million of them.
        let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for one in &self.excluded {
            let of = reasons.entry(&one.activity).or_default();
            of.push(one.reason.clone());
        }
        let clashes = without.map(|(_, activity)| Clash {
            reasons: reasons.remove(activity.as_str()).unwrap_or_default(),
            ..Clash::of(format!("options of {activity}"))
        });
        clashes.collect()
    }

    /// Why each option of an activity was ruled out.
    pub(super) fn reasons(&self, activity: &str) -> Vec<String> {
        let of = self.excluded.iter().filter(|it| it.activity == activity);
        of.map(|it| it.reason.clone()).collect()
    }

    /// The smallest change where required activities have no option left: what was in the way of the nearest of each, and the limits that
    /// have to grow with them. Of several activities one change may serve more than one, so that it is not proven to be the smallest.
    fn with_options(&self, problem: &Problem, is_one: bool, stop: &dyn Fn() -> bool) -> Vec<Clash> {
        let names = (self.people.as_slice(), self.activities.as_slice());
        let (open, mut changes) = brought_back(problem, &self.ruled_out, names);
        let mut required = open;
        required.jobs.retain(|job| job.is_required);
        let limits = self.limits(&mut required);
        let grown = smallest(&required, &limits, stop);
        let is_known = is_one && grown.is_empty() && !stop();
        changes.extend(grown);
        for change in &mut changes {
            change.is_known = is_known;
        }
        changes
    }

    /// All limits that are there.
    fn limits(&self, problem: &mut Problem) -> Vec<Named> {
        let shared = [(0, "cash_per_week"), (1, "owner_setup_hours")];
        let shared = shared.map(|(at, name)| (Limit::Shared(at), name.to_owned()));
        let hours = self.people.iter().enumerate();
        let hours = hours.map(|(agent, person)| {
            let name = format!("hours_per_week of {person}");
            (Limit::Hours(agent), name)
        });
        let all = shared.into_iter().chain(hours).filter_map(|(limit, name)| {
            let has = *limit.of(problem)?;
            has.is_finite().then_some(Named { limit, name, has })
        });
        all.collect()
    }
}

/// What a limit would have to be at least for the required activities to be placed, all others as they are.
fn least(required: &Problem, of: Limit, stop: &dyn Fn() -> bool) -> Needs {
    // Of many limits each takes a copy of a large problem, and there is no time for that any more.
    if stop() {
        return Needs::Unknown;
    }
    let mut problem = required.clone();
    if let Some(limit) = of.of(&mut problem) {
        *limit = f64::INFINITY;
    }
    of.value(&mut problem);
    let Ok(found) = solve(&problem, stop) else {
        return Needs::Unknown;
    };
    match found.status {
        Status::Optimal => Needs::This(-found.value),
        Status::Infeasible => Needs::Others,
        Status::Feasible | Status::Unknown => Needs::Unknown,
    }
}

/// The smallest change of all limits that would do: of what grows, what it has to be.
fn smallest(required: &Problem, limits: &[Named], stop: &dyn Fn() -> bool) -> Vec<Clash> {
    let Some(growth) = least_growth(required, stop) else {
        return Vec::new();
    };
    let grown = limits.iter().filter_map(|of| {
        let needs = match of.limit {
            Limit::Shared(at) => growth.limits.get(at),
            Limit::Hours(agent) => growth.capacities.get(agent),
        };
        let needs = needs.copied().filter(|needs| *needs > of.has)?;
        Some(Clash {
            has: Some(of.has),
            needs: Some(needs),
            is_known: growth.is_least,
            ..Clash::of(of.name.clone())
        })
    });
    grown.collect()
}
