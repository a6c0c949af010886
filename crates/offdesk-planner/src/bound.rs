//! The Lagrangian bound: jobs and shared limits have prices, and each agent packs its own knapsack.

use crate::LIMITS;
use crate::grid::Grid;
use crate::knapsack::Knapsack;
use crate::open::{Open, Row};
use crate::state::State;
use crate::whole::{FREE, Once, Whole, number};

/// Prices of jobs and of shared limits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prices {
    /// Of each job.
    pub(crate) jobs: Vec<f64>,
    /// Of each shared limit.
    pub(crate) limits: [f64; LIMITS],
}

impl Prices {
    /// The profit of an option at these prices.
    pub(crate) fn profit(&self, grid: &Grid, row: &Row) -> f64 {
        row.value - self.jobs[row.job] - self.charge(grid, row.uses)
    }

    /// The profit of an item at these prices.
    pub(crate) fn profit_of(&self, whole: &Whole, at: usize) -> f64 {
        let item = &whole.items[at];
        number(item.value) - self.jobs[item.job] - self.charge(&whole.grid, item.uses.map(number))
    }

    /// What uses of limits cost: never more than it is.
    fn charge(&self, grid: &Grid, uses: [f64; LIMITS]) -> f64 {
        let mut charge = 0.0;
        for (price, uses) in self.limits.iter().zip(uses) {
            if *price > 0.0 {
                charge += grid.below(uses * price);
            }
        }
        charge
    }

    fn once(&self, grid: &Grid, once: Once) -> f64 {
        number(once.cost) + self.charge(grid, once.uses.map(number))
    }
}

/// Buffers and results of one evaluation.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    /// The bound.
    pub(crate) bound: f64,
    /// How often each job was packed.
    pub(crate) times: Vec<u32>,
    /// The rows packed.
    pub(crate) rows: Vec<usize>,
    /// What is used of each limit, set-ups counted.
    pub(crate) used: [f64; LIMITS],
    /// For each row, what the bound loses where it is taken, and where it is not; after [`Packed::weigh`].
    pub(crate) losses: Vec<(f64, f64)>,
    knapsack: Knapsack,
    packed: Vec<usize>,
    /// What a set-up that does not pay falls short by, with the rows it has.
    short: Vec<(std::ops::Range<usize>, f64)>,
}

impl Packed {
    /// Packs the knapsacks at some prices.
    pub(crate) fn pack(&mut self, whole: &Whole, state: &State, open: &Open, prices: &Prices) {
        self.times.clear();
        self.times.resize(whole.jobs(), 0);
        self.rows.clear();
        self.used = [0.0; LIMITS];
        let (mut bound, mut size) = base(whole, state, open, prices);
        for agent in 0..whole.agents() {
            if open.of_agent(agent).is_empty() {
                continue;
            }
            self.gather(whole, state, open, prices, agent);
            self.packed.clear();
            let made = self
                .knapsack
                .pack(state.capacities[agent], &mut self.packed);
            let made = whole.grid.up(made);
            let fixed = fixed(whole, state, agent);
            let once = prices.once(&whole.grid, fixed);
            let left = made - once;
            // An agent that makes less than it takes once stays without items.
            if state.busy[agent] == 0 && left <= 0.0 {
                continue;
            }
            bound += left;
            size += self.knapsack.size() + once.abs();
            if !self.packed.is_empty() {
                self.count(whole, state, open, fixed);
            }
        }
        self.bound = bound + whole.grid.lost(size);
    }

    /// Counts what one agent packed.
    fn count(&mut self, whole: &Whole, state: &State, open: &Open, once: Once) {
        // Rows of a set-up stand together, in some order of the table.
        self.packed.sort_unstable();
        let mut known = None;
        let mut add = |uses: [f64; LIMITS]| {
            for (sum, of) in self.used.iter_mut().zip(uses) {
                *sum += of;
            }
        };
        add(once.uses.map(number));
        for at in &self.packed {
            let row = &open.rows[*at];
            self.times[row.job] += 1;
            add(row.uses);
            if known != Some(row.set_up) && state.open[row.set_up] == 0 {
                add(whole.set_ups[row.set_up].uses.map(number));
            }
            known = Some(row.set_up);
        }
        self.rows.extend_from_slice(&self.packed);
    }

    /// Puts an agent's options with a profit into the knapsack.
    fn gather(&mut self, whole: &Whole, state: &State, open: &Open, prices: &Prices, agent: usize) {
        self.knapsack.clear();
        self.short.clear();
        let range = open.of_agent(agent);
        let mut from = range.start;
        while from < range.end {
            let set_up = open.rows[from].set_up;
            let mut at = from;
            while let Some(row) = open.rows[..range.end].get(at)
                && row.set_up == set_up
            {
                let profit = prices.profit(&whole.grid, row);
                if profit > 0.0 {
                    self.knapsack.add(at, row.load, profit);
                }
                at += 1;
            }
            let cost = if state.open[set_up] > 0 {
                0.0
            } else {
                prices.once(&whole.grid, whole.set_ups[set_up])
            };
            if let Some(short) = self.knapsack.close(cost) {
                self.short.push((from..at, short));
            }
            from = at;
        }
    }

    /// Packs, and finds what the bound loses for every option that is taken or is not.
    pub(crate) fn weigh(
        &mut self,
        whole: &Whole,
        state: &State,
        open: &Open,
        prices: &Prices,
        room: f64,
    ) {
        self.losses.clear();
        self.losses.resize(open.rows.len(), (0.0, 0.0));
        let (mut bound, mut size) = base(whole, state, open, prices);
        for agent in 0..whole.agents() {
            let range = open.of_agent(agent);
            if range.is_empty() {
                continue;
            }
            self.gather(whole, state, open, prices, agent);
            let once = prices.once(&whole.grid, fixed(whole, state, agent));
            let is_busy = state.busy[agent] > 0;
            let kept = |made: f64| {
                if is_busy {
                    made
                } else {
                    (made - once).max(0.0)
                }
            };
            let capacity = state.capacities[agent];
            let losses = &mut self.losses;
            // Others are ruled out by their own loss.
            let is_near = |row: &&Row| prices.profit(&whole.grid, row) > -room;
            let asked = open.rows[range.clone()].iter().filter(is_near);
            let load = asked.map(|row| row.load).max().unwrap_or(0);
            let total = self
                .knapsack
                .weigh(capacity, load, &mut |at, with, without| {
                    losses[at] = (with - once, kept(without));
                });
            size += self.knapsack.size() + once.abs();
            let Some(total) = total else {
                self.packed.clear();
                let made = self.knapsack.pack(capacity, &mut self.packed);
                bound += kept(whole.grid.up(made));
                for at in range {
                    losses[at].0 = (-prices.profit(&whole.grid, &open.rows[at])).max(0.0);
                }
                continue;
            };
            let made = kept(total);
            bound += made;
            for at in range {
                let row = &open.rows[at];
                let profit = prices.profit(&whole.grid, row);
                if profit <= -room {
                    losses[at] = (-profit, 0.0);
                    continue;
                }
                let short = self.short.iter().find(|(rows, _)| rows.contains(&at));
                let with = match short {
                    // The whole set-up stays away; with this one the others of it come at their best.
                    Some((_, short)) => {
                        self.knapsack.beside(capacity, row.load) - short + profit.min(0.0) - once
                    }
                    None if profit <= 0.0 => {
                        self.knapsack.beside(capacity, row.load) + profit - once
                    }
                    None => losses[at].0,
                };
                let without = if profit > 0.0 && short.is_none() {
                    losses[at].1
                } else {
                    made
                };
                losses[at] = ((made - with).max(0.0), (made - without).max(0.0));
            }
        }
        let lost = whole.grid.lost(size);
        self.bound = bound + lost;
        if lost > 0.0 {
            for (with, without) in &mut self.losses {
                *with = (*with - lost).max(0.0);
                *without = (*without - lost).max(0.0);
            }
        }
    }
}

/// What is sure, with what is left over at some prices, and the size of the numbers in the sum.
fn base(whole: &Whole, state: &State, open: &Open, prices: &Prices) -> (f64, f64) {
    let (mut bound, mut size) = (number(state.value), whole.size);
    for job in &open.jobs {
        let price = prices.jobs[*job];
        bound += price;
        size += price.abs();
    }
    for (price, left) in prices.limits.iter().zip(state.limits) {
        if left < FREE && *price > 0.0 {
            let worth = whole.grid.above(price * number(left));
            bound += worth;
            size += worth;
        }
    }
    (bound, size)
}

fn fixed(whole: &Whole, state: &State, agent: usize) -> Once {
    if state.busy[agent] > 0 {
        Once::default()
    } else {
        whole.fixed[agent]
    }
}
