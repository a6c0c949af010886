//! Moves prices to where the bound is least: subgradients, bent by the direction of the step before.

use crate::LIMITS;
use crate::bound::{Packed, Prices};
use crate::node::Node;
use crate::state::State;
use crate::whole::{FREE, Whole, number};

/// How far the last direction is bent away from (Camerini, Fratta and Maffioli 1975).
const BEND: f64 = 1.5;

/// The direction of the steps so far.
#[derive(Debug, Default)]
pub(crate) struct Direction {
    now: Vec<f64>,
    limits: [f64; LIMITS],
    scale: [f64; LIMITS],
}

impl Direction {
    /// Starts anew.
    pub(crate) fn clear(&mut self) {
        self.now.clear();
    }

    /// One step against what is packed too often or not at all, and against limits that are broken: as long as would
    /// bring the bound to an aim if it went on like that. Whether there is anything to step against.
    pub(crate) fn step(
        &mut self,
        whole: &Whole,
        node: &Node,
        prices: &mut Prices,
        packed: &Packed,
        aim: f64,
    ) -> bool {
        let (state, open) = (&node.state, &node.open.jobs);
        if self.now.len() != whole.jobs() {
            self.now = vec![0.0; whole.jobs()];
            self.limits = [0.0; LIMITS];
            // Limits count in the part that one job has of what is left, so that their prices are about those of jobs.
            let jobs = number(i64::try_from(open.len()).unwrap_or(i64::MAX)).max(1.0);
            self.scale = state.limits.map(|left| number(left.max(1)) / jobs);
        }
        let (mut along, mut square, mut last) = (0.0, 0.0, 0.0);
        let mut wrong = |wrong: f64, last_wrong: f64| {
            along += wrong * last_wrong;
            square += wrong * wrong;
            last += last_wrong * last_wrong;
        };
        for job in open {
            wrong(self.wrong_job(state, prices, packed, *job), self.now[*job]);
        }
        let limits = self.wrong_limits(state, prices, packed);
        for (a, b) in limits.iter().zip(self.limits) {
            wrong(*a, b);
        }
        if square <= 0.0 || !packed.bound.is_finite() {
            return false;
        }
        let bend = if along < 0.0 && last > 0.0 {
            -BEND * along / last
        } else {
            0.0
        };
        let square = square + 2.0 * bend * along + bend * bend * last;
        let step = (packed.bound - aim).max(1e-9 * packed.bound.abs()) / square.max(1e-9);
        for job in open.iter().copied() {
            let of = self.wrong_job(state, prices, packed, job) + bend * self.now[job];
            self.now[job] = of;
            let price = &mut prices.jobs[job];
            *price = whole.grid.nearest(*price - step * of);
            if !state.required[job] {
                *price = price.max(0.0);
            }
        }
        for (at, of) in limits.into_iter().enumerate() {
            self.limits[at] = of + bend * self.limits[at];
            let price = &mut prices.limits[at];
            *price = (*price - step * self.limits[at] / self.scale[at]).max(0.0);
        }
        true
    }

    /// What of a job is missing: below 0 where it is packed too often; 0 where the price can fall no further.
    fn wrong_job(&self, state: &State, prices: &Prices, packed: &Packed, job: usize) -> f64 {
        let wrong = 1.0 - f64::from(packed.times[job]);
        if !state.required[job] && wrong > 0.0 && prices.jobs[job] <= 0.0 {
            0.0
        } else {
            wrong
        }
    }

    /// What of each limit is left, in parts.
    fn wrong_limits(&self, state: &State, prices: &Prices, packed: &Packed) -> [f64; LIMITS] {
        let mut wrong = [0.0; LIMITS];
        for (at, wrong) in wrong.iter_mut().enumerate() {
            let left = state.limits[at];
            if left < FREE {
                let part = (number(left) - packed.used[at]) / self.scale[at];
                if part < 0.0 || prices.limits[at] > 0.0 {
                    *wrong = part;
                }
            }
        }
        wrong
    }
}
