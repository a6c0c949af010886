//! What is in the way of a plan, and the smallest change that would do.

use offdesk_planner::{Problem, Status, solve};

use super::{Clash, Planning};

/// So many limits are changed together at most where all pairs and threes are tried; that is done of so many limits.
const MOST_TOGETHER: usize = 3;
const MOST_TRIED: usize = 12;

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

/// What some limits would have to be.
enum Needs {
    /// So much each.
    These(Vec<f64>),
    /// More of them is not enough.
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
    /// The limits that alone are in the way of the required activities, each with what would do; where none alone is, a few
    /// that together would do.
    pub(super) fn clashes(
        &self,
        problem: &Problem,
        stop: &dyn Fn() -> bool,
    ) -> (Vec<Clash>, Vec<Clash>) {
        let without = problem.jobs.iter().zip(&self.activities);
        let without: Vec<Clash> = without
            .filter(|(job, _)| job.is_required && job.options.is_empty())
            .map(|(_, activity)| Clash {
                limit: format!("options of {activity}"),
                has: None,
                needs: None,
                is_known: true,
            })
            .collect();
        if !without.is_empty() {
            return (without, Vec::new());
        }
        let mut required = problem.clone();
        required.jobs.retain(|job| job.is_required);
        let limits = self.limits(&mut required);
        let clash = |of: &Named| {
            let needs = least(&required, &[of.limit], stop);
            Clash {
                limit: of.name.clone(),
                has: Some(of.has),
                is_known: !matches!(needs, Needs::Unknown),
                needs: match needs {
                    Needs::These(needs) => needs.first().copied(),
                    Needs::Others | Needs::Unknown => None,
                },
            }
        };
        let clashes: Vec<Clash> = limits.iter().map(clash).collect();
        let is_alone = |clash: &&Clash| clash.needs.is_some();
        let alone: Vec<Clash> = clashes.iter().filter(is_alone).cloned().collect();
        if !alone.is_empty() {
            return (alone, Vec::new());
        }
        let together = if limits.len() <= MOST_TRIED {
            fewest(&required, &limits, stop)
        } else {
            Vec::new()
        };
        let together = if together.is_empty() {
            enough(&required, &limits, stop)
        } else {
            together
        };
        (clashes, together)
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

/// The fewest limits that together would do, and of those the ones that grow least in parts of what they are.
fn fewest(required: &Problem, limits: &[Named], stop: &dyn Fn() -> bool) -> Vec<Clash> {
    let mut sets: Vec<Vec<usize>> = (0..limits.len()).map(|at| vec![at]).collect();
    for _ in 1..MOST_TOGETHER {
        sets = sets
            .iter()
            .flat_map(|set| {
                let from = set.last().map_or(0, |last| last + 1);
                (from..limits.len()).map(move |at| [set.as_slice(), &[at]].concat())
            })
            .collect();
        let mut best: Option<(f64, Vec<Clash>)> = None;
        for set in &sets {
            let of: Vec<&Named> = set.iter().filter_map(|at| limits.get(*at)).collect();
            let Some(clashes) = changed(required, &of, stop) else {
                continue;
            };
            let growth = clashes.iter().filter_map(|clash| {
                let has = clash.has?;
                Some((clash.needs? - has) / has.max(1.0))
            });
            let growth: f64 = growth.sum();
            if best.as_ref().is_none_or(|(least, _)| growth < *least) {
                best = Some((growth, clashes));
            }
        }
        if let Some((_, clashes)) = best {
            return clashes;
        }
    }
    Vec::new()
}

/// Some limits that together would do, and of which none can be left as it is.
fn enough(required: &Problem, limits: &[Named], stop: &dyn Fn() -> bool) -> Vec<Clash> {
    let mut problem = required.clone();
    for choice in problem.jobs.iter_mut().flat_map(|job| &mut job.options) {
        choice.value = 0.0;
    }
    for of in limits {
        if let Some(limit) = of.limit.of(&mut problem) {
            *limit = f64::INFINITY;
        }
    }
    let mut lifted = Vec::new();
    for of in limits {
        let Some(limit) = of.limit.of(&mut problem) else {
            continue;
        };
        *limit = of.has;
        let found = solve(&problem, stop).ok().map(|found| found.status);
        if !matches!(found, Some(Status::Optimal | Status::Feasible)) {
            lifted.push(of);
            if let Some(limit) = of.limit.of(&mut problem) {
                *limit = f64::INFINITY;
            }
        }
    }
    if stop() {
        return Vec::new();
    }
    changed(required, &lifted, stop).unwrap_or_default()
}

/// What some limits would have to be together; [`None`] where that is not enough, or not known in time.
fn changed(required: &Problem, of: &[&Named], stop: &dyn Fn() -> bool) -> Option<Vec<Clash>> {
    let chosen: Vec<Limit> = of.iter().map(|of| of.limit).collect();
    let Needs::These(needs) = least(required, &chosen, stop) else {
        return None;
    };
    let clashes = of.iter().zip(needs).map(|(of, needs)| Clash {
        limit: of.name.clone(),
        has: Some(of.has),
        needs: Some(needs),
        is_known: true,
    });
    Some(clashes.collect())
}

/// What some limits would have to be at least for the required activities to be placed, all others as they are: the first
/// as small as can be with the others lifted, the next as small as can be then.
fn least(required: &Problem, limits: &[Limit], stop: &dyn Fn() -> bool) -> Needs {
    let mut problem = required.clone();
    let mut was = Vec::new();
    for limit in limits {
        if let Some(limit) = limit.of(&mut problem) {
            was.push(std::mem::replace(limit, f64::INFINITY));
        }
    }
    let mut needs = Vec::new();
    for (limit, was) in limits.iter().zip(was) {
        limit.value(&mut problem);
        let Ok(found) = solve(&problem, stop) else {
            return Needs::Unknown;
        };
        match found.status {
            Status::Optimal => {}
            Status::Infeasible => return Needs::Others,
            Status::Feasible | Status::Unknown => return Needs::Unknown,
        }
        // What it was is no change.
        let need = (-found.value).max(was);
        if let Some(limit) = limit.of(&mut problem) {
            *limit = need;
        }
        needs.push(need);
    }
    Needs::These(needs)
}
