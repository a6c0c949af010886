//! The Lagrangian bound: jobs and shared limits have prices, and each agent packs its own knapsack.

use crate::LIMITS;
use crate::state::State;
use crate::whole::{FREE, Whole, number};

/// Knapsacks are packed over at most so many steps of capacity; finer ones are rounded so that the bound stays one.
const MOST_STEPS: i64 = 4_096;
/// An agent with more items than fit its knapsacks' tables at once is bounded without them.
const MOST_CELLS: usize = 1 << 22;

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
    /// What each agent makes, and of which items.
    of_agent: Vec<(f64, Vec<usize>)>,
    /// Prices of the last packing of the same state.
    last: Option<Prices>,
    rows: Vec<f64>,
    candidates: Vec<(usize, i64, f64)>,
}

impl Packed {
    /// Forgets what was packed: the next packing is of another state.
    pub(crate) fn forget(&mut self) {
        self.last = None;
    }

    /// Packs the knapsacks at some prices: of a state that was packed before only those that the change of prices
    /// reaches.
    pub(crate) fn pack(&mut self, whole: &Whole, state: &State, prices: &Prices) {
        let agents = whole.capacities.len();
        let is_stale = self.stale(whole, state, prices);
        self.of_agent.resize(agents, (0.0, Vec::new()));
        for (agent, _) in is_stale
            .iter()
            .enumerate()
            .filter(|(_, is_stale)| **is_stale)
        {
            let mut items = std::mem::take(&mut self.of_agent[agent].1);
            items.clear();
            let sum = self.pack_agent(whole, state, prices, agent, &mut items);
            self.of_agent[agent] = (sum, items);
        }
        self.last = Some(prices.clone());
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
        for (sum, items) in &self.of_agent {
            bound += sum;
            for at in items {
                self.times[whole.items[*at].job] += 1;
            }
            self.items.extend_from_slice(items);
        }
        self.bound = bound;
    }

    /// The agents that have to be packed again.
    fn stale(&self, whole: &Whole, state: &State, prices: &Prices) -> Vec<bool> {
        let Some(last) = self
            .last
            .as_ref()
            .filter(|last| is_same(last.limits, prices.limits))
        else {
            return vec![true; whole.capacities.len()];
        };
        let mut is_stale = vec![false; whole.capacities.len()];
        for (job, (now, before)) in prices.jobs.iter().zip(&last.jobs).enumerate() {
            if is_same([*now], [*before]) || state.is_decided[job] {
                continue;
            }
            for at in whole.of_job(job) {
                let profit = reduced(whole, prices, at);
                if (profit > 0.0 || profit + now - before > 0.0) && state.fits(whole, at) {
                    is_stale[whole.items[at].agent] = true;
                }
            }
        }
        is_stale
    }

    /// Packs one agent; an agent that makes less than it takes once stays without items.
    fn pack_agent(
        &mut self,
        whole: &Whole,
        state: &State,
        prices: &Prices,
        agent: usize,
        items: &mut Vec<usize>,
    ) -> f64 {
        let made = self.pack_knapsack(whole, state, prices, agent, items);
        if state.busy[agent] > 0 {
            return made;
        }
        let (cost, uses) = whole.fixed[agent];
        let uses = uses
            .iter()
            .zip(prices.limits)
            .map(|(of, price)| number(*of) * price);
        let left = made - number(cost) - uses.sum::<f64>();
        if left <= 0.0 {
            items.clear();
            return 0.0;
        }
        left
    }

    fn pack_knapsack(
        &mut self,
        whole: &Whole,
        state: &State,
        prices: &Prices,
        agent: usize,
        items: &mut Vec<usize>,
    ) -> f64 {
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
            items.extend(self.candidates.iter().map(|(at, ..)| *at));
            return profit_of_all;
        }
        // Finer than the table: loads are rounded down, which only loosens the knapsack.
        let scale = (capacity / MOST_STEPS + 1).max(1);
        let steps = usize::try_from(capacity / scale).unwrap_or(0);
        let width = steps + 1;
        let cells = width.saturating_mul(self.candidates.len() + 1);
        if cells > MOST_CELLS {
            return self.pack_fractional(capacity, items);
        }
        // Row after row: what the first items make within each capacity.
        self.rows.resize(cells, 0.0);
        self.rows[..width].fill(0.0);
        for (index, (_, load, profit)) in self.candidates.iter().enumerate() {
            let load = usize::try_from(load / scale)
                .unwrap_or(usize::MAX)
                .min(width);
            let (before, rest) = self.rows[index * width..].split_at_mut(width);
            let row = &mut rest[..width];
            row[..load].copy_from_slice(&before[..load]);
            let without = &before[load..];
            for ((row, without), with) in row[load..].iter_mut().zip(without).zip(&*before) {
                *row = without.max(with + profit);
            }
        }
        self.unpack(scale, width, items)
    }

    /// Finds the items behind the best sum: those that changed it.
    fn unpack(&self, scale: i64, width: usize, items: &mut Vec<usize>) -> f64 {
        let mut at = width - 1;
        let last = self.candidates.len() * width;
        let total = self.rows[last + at];
        for (index, (item, load, _)) in self.candidates.iter().enumerate().rev() {
            if self.rows[(index + 1) * width + at] > self.rows[index * width + at] {
                items.push(*item);
                let load = usize::try_from(load / scale).unwrap_or(0);
                at = at.saturating_sub(load);
            }
        }
        total
    }

    /// The bound of a knapsack by profit for load, the last one in part.
    fn pack_fractional(&mut self, capacity: i64, items: &mut Vec<usize>) -> f64 {
        self.candidates.sort_by(|a, b| {
            let of = |c: &(usize, i64, f64)| c.2 / number(c.1.max(1));
            of(b).total_cmp(&of(a))
        });
        let (mut left, mut total) = (capacity, 0.0);
        for (at, load, profit) in &self.candidates {
            if *load <= left {
                left -= load;
                total += profit;
                items.push(*at);
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

/// Whether numbers are the same to the last bit: one was copied from the other.
fn is_same<const N: usize>(a: [f64; N], b: [f64; N]) -> bool {
    a.map(f64::to_bits) == b.map(f64::to_bits)
}
