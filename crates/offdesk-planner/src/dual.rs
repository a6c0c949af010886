//! Moves the prices to where the bound is least: subgradient steps that keep some of the last direction.

use crate::LIMITS;
use crate::bound::{Packed, Prices};
use crate::node::Node;
use crate::whole::{FREE, Whole, number};

/// So much of the last direction is kept.
const KEPT: f64 = 0.4;
/// Steps shorter than this share of the first end it.
const SHORTEST: f64 = 2e-3;

/// How prices are moved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) steps: usize,
    /// The first length of a step, as a share of the way to the aim.
    pub(crate) length: f64,
    /// So many steps without a better bound halve the length.
    pub(crate) patience: usize,
}

/// Moves the prices of one node.
#[derive(Debug)]
pub(crate) struct Descent {
    /// The least bound, and its prices.
    pub(crate) least: f64,
    pub(crate) best: Prices,
    length: f64,
    patience: usize,
    without: usize,
    shortest: f64,
    /// The last direction: of the jobs, and of the limits.
    direction: Vec<f64>,
    of_limits: [f64; LIMITS],
}

impl Descent {
    pub(crate) fn of(prices: &Prices, pace: Pace) -> Self {
        Self {
            least: f64::INFINITY,
            best: prices.clone(),
            length: pace.length,
            patience: pace.patience,
            without: 0,
            shortest: pace.length * SHORTEST,
            direction: vec![0.0; prices.jobs.len()],
            of_limits: [0.0; LIMITS],
        }
    }

    /// Takes notice of a packing; whether its bound is the least so far.
    pub(crate) fn notice(&mut self, packed: &Packed, prices: &Prices) -> bool {
        let bound = packed.bound;
        let is_least = bound < self.least - 1e-9 * bound.abs();
        if is_least {
            self.least = bound;
            self.best.clone_from(prices);
            self.without = 0;
        } else {
            self.without += 1;
            if self.without >= self.patience {
                self.length *= 0.5;
                self.without = 0;
            }
        }
        is_least
    }

    /// Whether steps have become shorter than at first.
    pub(crate) fn has_slowed(&self) -> bool {
        self.length * SHORTEST < self.shortest
    }

    /// Whether steps have become so short that they lead nowhere.
    pub(crate) fn is_over(&self) -> bool {
        self.length < self.shortest
    }

    /// One step against what is packed too often or not at all, and against limits that are broken; whether there was
    /// anything to go against.
    pub(crate) fn step(
        &mut self,
        whole: &Whole,
        node: &Node,
        prices: &mut Prices,
        packed: &Packed,
        aim: f64,
    ) -> bool {
        let state = &node.state;
        let mut used = [0_i64; LIMITS];
        for at in packed.items() {
            for (sum, of) in used.iter_mut().zip(whole.items[at].uses) {
                *sum += of;
            }
        }
        let (mut square, mut open) = (0.0, 0_u32);
        for (job, direction) in self.direction.iter_mut().enumerate() {
            if state.is_decided[job] {
                continue;
            }
            open += 1;
            let wrong = f64::from(packed.times[job]) - 1.0;
            *direction = wrong + KEPT * *direction;
            let is_at_end = !node.must[job] && *direction < 0.0 && prices.jobs[job] <= 0.0;
            if is_at_end {
                *direction = 0.0;
            }
            square += *direction * *direction;
        }
        // What a limit is broken by counts in jobs, so that it weighs as much as they do.
        let mut units = [0.0; LIMITS];
        for at in 0..LIMITS {
            let left = state.limits[at];
            if left < FREE / 2 {
                units[at] = (number(left.max(1)) / f64::from(open.max(1))).max(1.0);
                let wrong = number(used[at] - left) / units[at];
                let direction = wrong + KEPT * self.of_limits[at];
                let is_at_end = direction < 0.0 && prices.limits[at] <= 0.0;
                self.of_limits[at] = if is_at_end { 0.0 } else { direction };
                square += self.of_limits[at] * self.of_limits[at];
            }
        }
        if square <= 1e-12 {
            return false;
        }
        let step = self.length * (packed.bound - aim).max(1.0) / square;
        for (job, price) in prices.jobs.iter_mut().enumerate() {
            if !state.is_decided[job] {
                *price += step * self.direction[job];
                if !node.must[job] {
                    *price = price.max(0.0);
                }
            }
        }
        let of_limits = self.of_limits.iter().zip(units);
        for (price, (direction, unit)) in prices.limits.iter_mut().zip(of_limits) {
            if unit > 0.0 {
                *price = (*price + step * direction / unit).max(0.0);
            }
        }
        true
    }
}
