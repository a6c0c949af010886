//! The smallest growth of the limits with which all required jobs can be placed: exact, by a search over the placements.
//!
//! A growth is measured by the sum over the limits of how much each grows in parts of what it is (of one, where it is less). The bound
//! prices each limit between nothing and what its growth costs; each job then takes its cheapest option by itself.

mod placing;

use self::placing::{Placing, Used, cheapest};
use crate::{Choice, LIMITS, Problem};

/// Steps of the ascent that finds the prices.
const STEPS: u32 = 300;
/// Placements of more jobs are improved, but not searched.
const MOST_SEARCHED: usize = 2_000;
/// Differences below this are none.
const SLACK: f64 = 1e-9;
/// Nodes between two looks at the clock.
const LOOK: u64 = 256;

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
    let floor = search.ascend();
    search.improve();
    let is_least = search.best.0 <= floor + SLACK || search.prove();
    let placed = search.best.1.clone();
    let uses = search.of.uses_of(&placed);
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
        is_least,
    })
}

struct Search<'p> {
    of: Placing<'p>,
    stop: &'p dyn Fn() -> bool,
    prices: Vec<f64>,
    best: (f64, Vec<usize>),
    nodes: u64,
    is_stopped: bool,
}

impl<'p> Search<'p> {
    fn new(problem: &'p Problem, jobs: Vec<&'p [Choice]>, stop: &'p dyn Fn() -> bool) -> Self {
        let first = vec![0; jobs.len()];
        let of = Placing::new(problem, jobs);
        let mut search = Self {
            prices: of.weights.iter().map(|weight| weight / 2.0).collect(),
            best: (f64::INFINITY, first.clone()),
            of,
            stop,
            nodes: 0,
            is_stopped: false,
        };
        search.offer(first);
        search
    }

    fn offer(&mut self, placed: Vec<usize>) -> f64 {
        let cost = self.of.cost(&self.of.uses_of(&placed));
        if cost < self.best.0 - SLACK {
            self.best = (cost, placed);
        }
        cost
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
            if self.is_over() || self.best.0 <= floor + SLACK {
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
            let rows = self.of.uses_of(&placed);
            self.offer(placed);
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

    /// Moves one job at a time, and exchanges two, as long as that helps.
    fn improve(&mut self) {
        loop {
            let before = self.best.0;
            for job in 0..self.of.jobs.len() {
                if self.is_over() {
                    return;
                }
                let number = self.of.jobs.get(job).map_or(0, |options| options.len());
                for option in 0..number {
                    let mut placed = self.best.1.clone();
                    if let Some(place) = placed.get_mut(job) {
                        *place = option;
                    }
                    self.offer(placed);
                }
            }
            if self.best.0 >= before - SLACK {
                return;
            }
        }
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
        let used = self.of.empty();
        self.descend(&order, &mut placed, &used);
        !self.is_stopped
    }

    fn descend(&mut self, order: &[usize], placed: &mut [usize], used: &Used) {
        self.nodes += 1;
        if self.nodes.is_multiple_of(LOOK) && self.is_over() || self.is_stopped {
            return;
        }
        let Some((job, rest)) = order.split_first() else {
            self.offer(placed.to_vec());
            return;
        };
        let options = self.of.jobs.get(*job).copied().unwrap_or_default();
        let mut branches: Vec<(f64, usize, Used)> = options
            .iter()
            .enumerate()
            .map(|(option, choice)| {
                let mut with = used.clone();
                self.of.add(&mut with, choice);
                (self.floor(&with, rest), option, with)
            })
            .collect();
        branches.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (floor, option, with) in branches {
            if floor >= self.best.0 - SLACK {
                return;
            }
            if let Some(place) = placed.get_mut(*job) {
                *place = option;
            }
            self.descend(rest, placed, &with);
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
