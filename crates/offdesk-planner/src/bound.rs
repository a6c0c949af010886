//! The Lagrangian bound: jobs and shared limits have prices, and each agent packs its own knapsack.

use crate::LIMITS;
use crate::whole::{FREE, Whole, number};

/// Knapsacks are packed over at most so many steps of capacity; finer ones are rounded so that the bound stays one.
const MOST_STEPS: i64 = 4_096;
/// An agent with more items than fit its knapsacks' tables at once is bounded without them.
const MOST_CELLS: usize = 1 << 24;

/// What is still open: items that may be taken, and what is left of each limit.
#[derive(Debug, Clone)]
pub(crate) struct State {
    /// Whether an item may still be taken.
    pub(crate) allowed: Vec<bool>,
    /// Whether a job is decided.
    pub(crate) is_decided: Vec<bool>,
    pub(crate) capacities: Vec<i64>,
    pub(crate) limits: [i64; LIMITS],
    /// The value of the items taken.
    pub(crate) value: i64,
    pub(crate) taken: Vec<Option<usize>>,
}

impl State {
    pub(crate) fn of(whole: &Whole) -> Self {
        Self {
            allowed: vec![true; whole.items.len()],
            is_decided: vec![false; whole.jobs()],
            capacities: whole.capacities.clone(),
            limits: whole.limits,
            value: 0,
            taken: vec![None; whole.jobs()],
        }
    }

    /// Whether an item can be taken now.
    pub(crate) fn fits(&self, whole: &Whole, at: usize) -> bool {
        let item = &whole.items[at];
        self.allowed[at]
            && !self.is_decided[item.job]
            && item.load <= self.capacities[item.agent]
            && item
                .uses
                .iter()
                .zip(self.limits)
                .all(|(of, left)| *of <= left)
    }

    pub(crate) fn take(&mut self, whole: &Whole, at: usize) {
        let item = &whole.items[at];
        self.is_decided[item.job] = true;
        self.taken[item.job] = Some(at);
        self.capacities[item.agent] -= item.load;
        for (left, of) in self.limits.iter_mut().zip(item.uses) {
            *left -= of;
        }
        self.value += item.value;
    }

    pub(crate) fn leave(&mut self, job: usize) {
        self.is_decided[job] = true;
    }
}

/// Prices, and what the agents pack at them.
#[derive(Debug, Clone)]
pub(crate) struct Prices {
    /// Of each job.
    pub(crate) jobs: Vec<f64>,
    /// Of each shared limit.
    pub(crate) limits: [f64; LIMITS],
}

/// Buffers and results of one evaluation.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    /// The bound.
    pub(crate) bound: f64,
    /// How often each job was packed.
    pub(crate) times: Vec<u16>,
    /// The items packed.
    pub(crate) items: Vec<usize>,
    best: Vec<f64>,
    marks: Vec<u64>,
    reached: Vec<usize>,
    candidates: Vec<(usize, i64, f64)>,
}

impl Packed {
    /// Packs all knapsacks at some prices.
    pub(crate) fn pack(&mut self, whole: &Whole, state: &State, prices: &Prices) {
        self.times.clear();
        self.times.resize(whole.jobs(), 0);
        self.items.clear();
        let mut bound = number(state.value);
        for (job, price) in prices.jobs.iter().enumerate() {
            if !state.is_decided[job] {
                bound += price;
            }
        }
        for (price, left) in prices.limits.iter().zip(state.limits) {
            if left < FREE / 2 {
                bound += price * number(left);
            }
        }
        for agent in 0..whole.capacities.len() {
            bound += self.pack_agent(whole, state, prices, agent);
        }
        self.bound = bound;
    }

    fn pack_agent(&mut self, whole: &Whole, state: &State, prices: &Prices, agent: usize) -> f64 {
        let capacity = state.capacities[agent];
        self.candidates.clear();
        let mut sum = 0_i64;
        let mut profit_of_all = 0.0;
        for at in &whole.of_agent[agent] {
            if !state.fits(whole, *at) {
                continue;
            }
            let profit = reduced(whole, prices, *at);
            if profit > 0.0 {
                let load = whole.items[*at].load;
                sum = sum.saturating_add(load);
                profit_of_all += profit;
                self.candidates.push((*at, load, profit));
            }
        }
        if sum <= capacity {
            for (at, ..) in &self.candidates {
                self.times[whole.items[*at].job] += 1;
                self.items.push(*at);
            }
            return profit_of_all;
        }
        // Finer than the table: loads are rounded down, which only loosens the knapsack.
        let scale = (capacity / MOST_STEPS + 1).max(1);
        let steps = usize::try_from(capacity / scale).unwrap_or(0);
        let row = steps / 64 + 1;
        if row.saturating_mul(self.candidates.len()) > MOST_CELLS {
            return self.pack_fractional(whole, capacity);
        }
        self.best.clear();
        self.best.resize(steps + 1, 0.0);
        self.marks.clear();
        self.marks.resize(row * self.candidates.len(), 0);
        self.reached.clear();
        let mut reached = 0_usize;
        for (index, (_, load, profit)) in self.candidates.iter().enumerate() {
            let load = usize::try_from(load / scale).unwrap_or(usize::MAX);
            let before = reached;
            reached = reached.saturating_add(load).min(steps);
            // More room than all items so far take holds what they make together.
            let all = self.best[before];
            self.best[before..=reached].fill(all);
            self.reached.push(reached);
            if load > reached {
                continue;
            }
            let marks = &mut self.marks[index * row..(index + 1) * row];
            for at in (load..=reached).rev() {
                let with = self.best[at - load] + profit;
                if with > self.best[at] {
                    self.best[at] = with;
                    marks[at / 64] |= 1 << (at % 64);
                }
            }
        }
        self.unpack(whole, scale, row, reached)
    }

    /// Finds the items behind the best sum.
    fn unpack(&mut self, whole: &Whole, scale: i64, row: usize, reached: usize) -> f64 {
        let total = self.best[reached];
        let mut at = reached;
        let items = self.candidates.iter().zip(&self.reached);
        for (index, ((item, load, _), reached)) in items.enumerate().rev() {
            at = at.min(*reached);
            let marks = &self.marks[index * row..(index + 1) * row];
            if marks[at / 64] >> (at % 64) & 1 == 1 {
                let load = usize::try_from(load / scale).unwrap_or(0);
                self.times[whole.items[*item].job] += 1;
                self.items.push(*item);
                at = at.saturating_sub(load);
            }
        }
        total
    }

    /// The bound of a knapsack by profit for load, the last one in part.
    fn pack_fractional(&mut self, whole: &Whole, capacity: i64) -> f64 {
        self.candidates.sort_by(|a, b| {
            let of = |c: &(usize, i64, f64)| c.2 / number(c.1.max(1));
            of(b).total_cmp(&of(a))
        });
        let (mut left, mut total) = (capacity, 0.0);
        for (at, load, profit) in &self.candidates {
            if *load <= left {
                left -= load;
                total += profit;
                self.times[whole.items[*at].job] += 1;
                self.items.push(*at);
            } else {
                total += profit * number(left) / number(*load);
                break;
            }
        }
        total
    }
}

/// The profit of an item at some prices.
pub(crate) fn reduced(whole: &Whole, prices: &Prices, at: usize) -> f64 {
    let item = &whole.items[at];
    let uses: f64 = item
        .uses
        .iter()
        .zip(prices.limits)
        .map(|(of, price)| number(*of) * price)
        .sum();
    number(item.value) - prices.jobs[item.job] - uses
}
