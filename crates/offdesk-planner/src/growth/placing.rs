//! Placements of jobs, what they use of every limit, and what that is above it.

use std::collections::BTreeMap;

use super::SLACK;
use crate::{Choice, Fixed, LIMITS, Problem};

/// Jobs that are to be placed. Rows are the shared limits, and then the agents.
pub(super) struct Placing<'p> {
    problem: &'p Problem,
    pub(super) jobs: Vec<&'p [Choice]>,
    /// What a unit above each row costs; nothing where there is no limit.
    pub(super) weights: Vec<f64>,
    /// The numbers of set-ups, one for each agent that may need it.
    set_ups: BTreeMap<(usize, usize), usize>,
}

/// What is used, and by whom once.
pub(super) struct Used {
    pub(super) rows: Vec<f64>,
    /// What the growth costs with which there is so much.
    pub(super) cost: f64,
    engaged: Vec<u32>,
    set_up: Vec<u32>,
}

/// What an option begins or ends beside itself.
type Once<'p> = [Option<&'p Fixed>; 2];

impl<'p> Placing<'p> {
    pub(super) fn new(problem: &'p Problem, jobs: Vec<&'p [Choice]>) -> Self {
        let all = problem.limits.iter().chain(&problem.capacities);
        let weight = |has: &f64| {
            if has.is_finite() {
                1.0 / has.max(1.0)
            } else {
                0.0
            }
        };
        let mut set_ups = BTreeMap::new();
        for choice in jobs.iter().copied().flatten() {
            if let Some(number) = choice.set_up {
                let next = set_ups.len();
                set_ups.entry((choice.agent, number)).or_insert(next);
            }
        }
        Self {
            weights: all.map(weight).collect(),
            problem,
            jobs,
            set_ups,
        }
    }

    pub(super) fn has(&self, row: usize) -> f64 {
        let shared = self.problem.limits.get(row);
        let agent = row.checked_sub(LIMITS);
        let capacity = agent.and_then(|agent| self.problem.capacities.get(agent));
        shared.or(capacity).copied().unwrap_or(f64::INFINITY)
    }

    pub(super) fn empty(&self) -> Used {
        Used {
            rows: vec![0.0; self.weights.len()],
            cost: 0.0,
            engaged: vec![0; self.problem.capacities.len()],
            set_up: vec![0; self.set_ups.len()],
        }
    }

    /// Adds an option to what is used.
    pub(super) fn add(&self, used: &mut Used, choice: &Choice) {
        let once = self.count(used, choice, |count| {
            *count += 1;
            *count == 1
        });
        self.change(used, choice, once, 1.0);
    }

    /// Takes an option away again that was added.
    pub(super) fn remove(&self, used: &mut Used, choice: &Choice) {
        let once = self.count(used, choice, |count| {
            *count = count.saturating_sub(1);
            *count == 0
        });
        self.change(used, choice, once, -1.0);
    }

    /// Counts at the agent and the set-up of an option; gives what that begins or ends.
    fn count(
        &self,
        used: &mut Used,
        choice: &Choice,
        mut is_at_edge: impl FnMut(&mut u32) -> bool,
    ) -> Once<'p> {
        let engaged = used.engaged.get_mut(choice.agent);
        let fixed = engaged
            .is_some_and(&mut is_at_edge)
            .then(|| self.problem.fixed.get(choice.agent));
        let number = choice.set_up;
        let key = number.and_then(|number| self.set_ups.get(&(choice.agent, number)));
        let count = key.and_then(|key| used.set_up.get_mut(*key));
        let set_up = count
            .is_some_and(&mut is_at_edge)
            .then(|| self.problem.set_ups.get(number?));
        [fixed.flatten(), set_up.flatten()]
    }

    fn change(&self, used: &mut Used, choice: &Choice, once: Once<'_>, by: f64) {
        for (row, amount) in choice.uses.into_iter().enumerate() {
            let once = once.iter().flatten().map(|once| once.uses.get(row));
            let once: f64 = once.map(|of| of.copied().unwrap_or(0.0)).sum();
            self.grow(used, row, by * (amount + once));
        }
        self.grow(used, LIMITS + choice.agent, by * choice.load);
    }

    fn grow(&self, used: &mut Used, row: usize, by: f64) {
        let weight = self.weights.get(row).copied().unwrap_or(0.0);
        if let Some(amount) = used.rows.get_mut(row) {
            let above = |amount: f64| {
                if weight > 0.0 {
                    weight * (amount - self.has(row)).max(0.0)
                } else {
                    0.0
                }
            };
            let before = above(*amount);
            *amount += by;
            used.cost += above(*amount) - before;
        }
    }

    /// Each job in its turn where least is added, and of that where least is used already.
    pub(super) fn in_order(&self) -> Vec<usize> {
        let mut used = self.empty();
        let mut placed = Vec::with_capacity(self.jobs.len());
        for options in &self.jobs {
            let mut best = (f64::INFINITY, f64::INFINITY, 0);
            for (option, choice) in options.iter().enumerate() {
                self.add(&mut used, choice);
                let row = LIMITS + choice.agent;
                let amount = used.rows.get(row).copied().unwrap_or(0.0);
                let share = amount * self.weights.get(row).copied().unwrap_or(0.0);
                if used.cost < best.0 - SLACK || (used.cost < best.0 + SLACK && share < best.1) {
                    best = (used.cost.min(best.0), share, option);
                }
                self.remove(&mut used, choice);
            }
            if let Some(choice) = options.get(best.2) {
                self.add(&mut used, choice);
            }
            placed.push(best.2);
        }
        placed
    }

    /// The sum of the squares of what each row grows by, in parts of what it is: less where the same growth is spread over more of them.
    pub(super) fn unevenness(&self, used: &Used) -> f64 {
        let rows = used.rows.iter().zip(&self.weights).enumerate();
        rows.filter(|(_, (_, weight))| **weight > 0.0)
            .map(|(row, (used, weight))| (weight * (used - self.has(row)).max(0.0)).powi(2))
            .sum()
    }

    pub(super) fn option(&self, job: usize, option: usize) -> Option<&'p Choice> {
        self.jobs.get(job)?.get(option)
    }

    /// What a placement uses.
    pub(super) fn used(&self, placed: &[usize]) -> Used {
        let mut used = self.empty();
        for (job, option) in placed.iter().enumerate() {
            if let Some(choice) = self.option(job, *option) {
                self.add(&mut used, choice);
            }
        }
        // Summed anew, without what many small steps lose.
        used.cost = self.cost(&used.rows);
        used
    }

    /// What the growth costs with which so much is used.
    fn cost(&self, rows: &[f64]) -> f64 {
        let rows = rows.iter().zip(&self.weights).enumerate();
        rows.filter(|(_, (_, weight))| **weight > 0.0)
            .map(|(row, (used, weight))| weight * (used - self.has(row)).max(0.0))
            .sum()
    }

    pub(super) fn paid_for_limits(&self, prices: &[f64]) -> f64 {
        let rows = prices.iter().enumerate();
        rows.filter(|(_, price)| **price > 0.0)
            .map(|(row, price)| price * self.has(row))
            .sum()
    }
}

/// What an option costs at prices.
fn priced(prices: &[f64], choice: &Choice) -> f64 {
    let shared = choice.uses.iter().zip(prices);
    let shared: f64 = shared.map(|(amount, price)| amount * price).sum();
    shared + choice.load * prices.get(LIMITS + choice.agent).copied().unwrap_or(0.0)
}

/// The cheapest option at prices, with what it costs.
pub(super) fn cheapest(prices: &[f64], options: &[Choice]) -> (usize, f64) {
    let priced = options.iter().map(|choice| priced(prices, choice));
    let least = priced.enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
    least.unwrap_or((0, 0.0))
}
