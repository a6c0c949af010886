//! The smallest growth of the limits with which all required jobs can be placed: exact, by a search over the placements.
//!
//! A growth is measured by the sum over the limits of how much each grows in parts of what it is (of one, where it is less). The bound
//! prices each limit between nothing and what its growth costs; each job then takes its cheapest option by itself.

mod any;
mod improve;
mod placing;
mod spread;

pub(crate) use self::any::{AnyPlan, any_placement};
use self::placing::{Placing, Used, cheapest};
use crate::{Choice, LIMITS, Problem};

/// Steps of the ascent that finds the prices.
const STEPS: u32 = 300;
/// Placements of more jobs are improved, but not searched.
const MOST_SEARCHED: usize = 2_000;
/// Differences below this are none.
const SLACK: f64 = 1e-9;
/// Options looked at between two looks at the clock.
const LOOK: usize = 100_000;

/// What the limits have to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// Of each agent what it has to carry; what it can carry where that is enough.
    pub capacities: Vec<f64>,
    /// Of each shared limit what it has to be.
    pub limits: [f64; LIMITS],
    /// The sum of what each grows by, in parts of what it is.
    pub sum: f64,
    /// Whether no growth is smaller.
    pub is_least: bool,
}

/// Finds the smallest growth with which every required job is placed; [`None`] where a required job has no option, or nothing was found
/// before `stop` said yes. Jobs that are not required are left out of it.
#[must_use]
pub fn least_growth(problem: &Problem, stop: &dyn Fn() -> bool) -> Option<Growth> {
    let mut search = searched(problem, stop, (usize::MAX, f64::INFINITY))?;
    search.spread();
    let uses = search.of.used(&search.best.1).rows;
    let need = |row: usize| {
        let (has, use_of) = (search.of.has(row), uses.get(row).copied().unwrap_or(0.0));
        // Six decimals count.
        has.max((use_of * 1e6).round() / 1e6)
    };
    Some(Growth {
        limits: [need(0), need(1)],
        capacities: (0..problem.capacities.len())
            .map(|agent| need(LIMITS + agent))
            .collect(),
        sum: search.best.0,
        is_least: search.is_least,
    })
}

/// Searches among so many options, for a growth of no more than this alone.
fn searched<'p>(
    problem: &'p Problem,
    stop: &'p dyn Fn() -> bool,
    (options, most): (usize, f64),
) -> Option<Search<'p>> {
    let jobs: Vec<&[Choice]> = problem
        .jobs
        .iter()
        .filter(|job| job.is_required)
        .map(|job| job.options.as_slice())
        .collect();
    if jobs.iter().any(|options| options.is_empty()) {
        return None;
    }
    let mut search = Search::new(problem, jobs, stop);
    (search.left, search.most) = (options, most);
    let floor = search.ascend();
    if floor > most {
        search.is_least = true;
        return Some(search);
    }
    search.improve();
    search.is_least = search.best.0 <= floor + SLACK || search.prove();
    Some(search)
}

struct Search<'p> {
    of: Placing<'p>,
    stop: &'p dyn Fn() -> bool,
    prices: Vec<f64>,
    best: (f64, Vec<usize>),
    is_least: bool,
    /// Options looked at since the last look at the clock.
    looked: usize,
    /// So many more options may be looked at.
    left: usize,
    /// No larger growth is looked for.
    most: f64,
    is_stopped: bool,
}

impl<'p> Search<'p> {
    fn new(problem: &'p Problem, jobs: Vec<&'p [Choice]>, stop: &'p dyn Fn() -> bool) -> Self {
        let of = Placing::new(problem, jobs);
        let first = of.in_order();
        let mut search = Self {
            prices: of.weights.iter().map(|weight| weight / 2.0).collect(),
            best: (f64::INFINITY, first.clone()),
            of,
            stop,
            is_least: false,
            looked: 0,
            left: usize::MAX,
            most: f64::INFINITY,
            is_stopped: false,
        };
        search.offer(first);
        search
    }

    /// Keeps a placement that is better, and gives what it uses.
    fn offer(&mut self, placed: Vec<usize>) -> Used {
        let used = self.of.used(&placed);
        if used.cost < self.best.0 - SLACK {
            self.best = (used.cost, placed);
        }
        used
    }

    fn is_over(&mut self) -> bool {
        self.is_stopped = self.is_stopped || (self.stop)();
        self.is_stopped
    }

    /// Finds prices, and gives the least that any growth costs by them.
    fn ascend(&mut self) -> f64 {
        let mut prices = self.prices.clone();
        let (mut floor, mut length) = (0.0, 1.0);
        for _ in 0..STEPS {
            if self.is_over() || self.best.0 <= floor + SLACK || floor > self.most {
                break;
            }
            let each: Vec<(usize, f64)> = self
                .of
                .jobs
                .iter()
                .map(|options| cheapest(&prices, options))
                .collect();
            let value =
                each.iter().map(|(_, cost)| cost).sum::<f64>() - self.of.paid_for_limits(&prices);
            if value > floor {
                floor = value;
                self.prices.clone_from(&prices);
            } else {
                length *= 0.95;
            }
            let placed: Vec<usize> = each.into_iter().map(|(option, _)| option).collect();
            let rows = self.offer(placed).rows;
            let over: Vec<f64> = (0..rows.len())
                .map(|row| match self.of.weights.get(row) {
                    Some(weight) if *weight > 0.0 => {
                        rows.get(row).map_or(0.0, |it| it - self.of.has(row))
                    }
                    _ => 0.0,
                })
                .collect();
            // In parts of each limit, so that hours and money move alike.
            let size = |(over, weight): (&f64, &f64)| (over * weight) * (over * weight);
            let square: f64 = over.iter().zip(&self.of.weights).map(size).sum();
            if square <= 0.0 {
                break;
            }
            let step = length * (self.best.0 - value).max(SLACK) / square;
            for ((price, over), weight) in prices.iter_mut().zip(&over).zip(&self.of.weights) {
                *price = (*price + step * over * weight * weight).clamp(0.0, *weight);
            }
        }
        floor
    }

    /// Whether it is over, after so many options more.
    fn is_over_after(&mut self, options: usize) -> bool {
        self.looked += options;
        if self.looked > LOOK {
            self.left = self.left.saturating_sub(self.looked);
            self.looked = 0;
            self.is_stopped |= self.left == 0;
            self.is_over();
        }
        self.is_stopped
    }

    /// Searches all placements that may be better; says whether that was done to the end.
    fn prove(&mut self) -> bool {
        if self.of.jobs.len() > MOST_SEARCHED {
            return false;
        }
        // Those with the dearest cheapest option first.
        let mut order: Vec<usize> = (0..self.of.jobs.len()).collect();
        let least = |job: &usize| {
            let options = self.of.jobs.get(*job).copied().unwrap_or_default();
            cheapest(&self.prices, options).1
        };
        order.sort_by(|a, b| least(b).total_cmp(&least(a)).then(a.cmp(b)));
        let mut placed = vec![0; self.of.jobs.len()];
        let mut used = self.of.empty();
        self.descend(&order, &mut placed, &mut used);
        !self.is_stopped
    }

    fn descend(&mut self, order: &[usize], placed: &mut [usize], used: &mut Used) {
        let Some((job, rest)) = order.split_first() else {
            self.offer(placed.to_vec());
            return;
        };
        let options = self.of.jobs.get(*job).copied().unwrap_or_default();
        let mut branches: Vec<(f64, usize)> = Vec::with_capacity(options.len());
        for (option, choice) in options.iter().enumerate() {
            if self.is_over_after(rest.len() * options.len() + used.rows.len()) {
                return;
            }
            self.of.add(used, choice);
            branches.push((self.floor(used, rest), option));
            self.of.remove(used, choice);
        }
        branches.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (floor, option) in branches {
            if floor >= self.best.0 - SLACK || floor > self.most || self.is_stopped {
                return;
            }
            if let (Some(place), Some(choice)) = (placed.get_mut(*job), options.get(option)) {
                *place = option;
                self.of.add(used, choice);
                self.descend(rest, placed, used);
                self.of.remove(used, choice);
            }
        }
    }

    /// The least that any placement of the rest costs, on top of what is used.
    fn floor(&self, used: &Used, rest: &[usize]) -> f64 {
        // What is above a limit already stays so: more of it costs all that it does.
        let prices: Vec<f64> = (used.rows.iter().enumerate())
            .map(|(row, amount)| {
                let weight = self.of.weights.get(row).copied().unwrap_or(0.0);
                if *amount >= self.of.has(row) {
                    weight
                } else {
                    self.prices.get(row).copied().unwrap_or(0.0)
                }
            })
            .collect();
        let so_far: f64 = used
            .rows
            .iter()
            .zip(&prices)
            .map(|(it, price)| it * price)
            .sum();
        let jobs = rest.iter().filter_map(|job| self.of.jobs.get(*job));
        let least: f64 = jobs.map(|options| cheapest(&prices, options).1).sum();
        so_far + least - self.of.paid_for_limits(&prices)
    }
}
