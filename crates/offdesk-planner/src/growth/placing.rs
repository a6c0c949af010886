//! Placements of jobs, what they use of every limit, and what that is above it.

use crate::{Choice, LIMITS, Problem};

/// Jobs that are to be placed. Rows are the shared limits, and then the agents.
pub(super) struct Placing<'p> {
    problem: &'p Problem,
    pub(super) jobs: Vec<&'p [Choice]>,
    /// What a unit above each row costs; nothing where there is no limit.
    pub(super) weights: Vec<f64>,
}

/// What is used, and by whom once.
#[derive(Clone)]
pub(super) struct Used {
    pub(super) rows: Vec<f64>,
    engaged: Vec<u32>,
    set_up: Vec<(usize, usize)>,
}

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
        Self {
            weights: all.map(weight).collect(),
            problem,
            jobs,
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
            engaged: vec![0; self.problem.capacities.len()],
            set_up: Vec::new(),
        }
    }

    /// Adds an option to what is used.
    pub(super) fn add(&self, used: &mut Used, choice: &Choice) {
        let mut shared = choice.uses;
        if let Some(engaged) = used.engaged.get_mut(choice.agent) {
            *engaged += 1;
            let once = self
                .problem
                .fixed
                .get(choice.agent)
                .filter(|_| *engaged == 1);
            if let Some(once) = once {
                shared = plus(shared, once.uses);
            }
        }
        if let Some(number) = choice.set_up {
            let key = (choice.agent, number);
            let is_new = !used.set_up.contains(&key);
            used.set_up.push(key);
            if let (true, Some(once)) = (is_new, self.problem.set_ups.get(number)) {
                shared = plus(shared, once.uses);
            }
        }
        for (row, amount) in used.rows.iter_mut().zip(shared) {
            *row += amount;
        }
        if let Some(row) = used.rows.get_mut(LIMITS + choice.agent) {
            *row += choice.load;
        }
    }

    fn option(&self, job: usize, option: usize) -> Option<&'p Choice> {
        self.jobs.get(job)?.get(option)
    }

    fn used(&self, placed: &[usize]) -> Used {
        let mut used = self.empty();
        for (job, option) in placed.iter().enumerate() {
            if let Some(choice) = self.option(job, *option) {
                self.add(&mut used, choice);
            }
        }
        used
    }

    pub(super) fn uses_of(&self, placed: &[usize]) -> Vec<f64> {
        self.used(placed).rows
    }

    /// What the growth costs with which so much is used.
    pub(super) fn cost(&self, rows: &[f64]) -> f64 {
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

fn plus(a: [f64; LIMITS], b: [f64; LIMITS]) -> [f64; LIMITS] {
    [a[0] + b[0], a[1] + b[1]]
}
