//! Looks for good plans before the proof: short searches for plans of a value between the best one and the bound.
//!
//! A search for plans near the bound rules out so much that it is led to good plans at once, or fails at once; where it is
//! given up, a lower value is looked for next, and where it found something, a higher one.

use crate::bound::Prices;
use crate::node::Node;
use crate::search::{Search, target};
use crate::whole::number;

/// A dive ends after so many nodes.
const NODES: u64 = 200;
/// So many dives in a row find nothing before the proof begins, and so many there are in all.
const FRUITLESS: u32 = 4;
const MOST: u32 = 40;
/// The first dive looks for a value so far below the bound, as a share of the way to the best plan; how that changes
/// with a find, and without.
const FIRST_SHARE: f64 = 0.4;
const NEARER: f64 = 0.6;
const FARTHER: f64 = 1.7;
/// After a dive without a find prices are tilted at random by this share of what is between the best plan and the bound.
const TILT: f64 = 0.02;

impl Search<'_> {
    /// Improves the best plan by dives; a dive that ran to its end has proven that nothing has the value it looked for.
    pub(crate) fn dive(&mut self, root: &Node, prices: &Prices) {
        let mut share = FIRST_SHARE;
        let mut fruitless = 0;
        let mut random = Random(0x5eed);
        for _ in 0..MOST {
            let before = self.best.as_ref().map(|best| best.value);
            self.until = self.nodes + NODES;
            self.target = target(before, self.proven, share);
            let mut tilted = prices.clone();
            if let Some(best) = before.filter(|_| fruitless > 0) {
                // Elsewhere than the last one.
                let room = (self.proven - number(best)) * TILT;
                for price in &mut tilted.jobs {
                    *price += room * (random.share() - 0.5);
                }
            }
            self.below(&mut root.clone(), &mut tilted);
            self.until = u64::MAX;
            let now = self.best.as_ref().map(|best| best.value);
            let is_whole = !self.is_stopped;
            if is_whole && self.is_closed() {
                return;
            }
            self.open = f64::NEG_INFINITY;
            self.is_stopped = (self.stop)();
            if self.is_stopped {
                self.open = self.proven;
                return;
            }
            if now > before {
                fruitless = 0;
                share *= NEARER;
            } else {
                fruitless += u32::from(!is_whole);
                share = (share * FARTHER).min(1.0);
            }
            if fruitless >= FRUITLESS {
                return;
            }
        }
    }
}

/// The same numbers on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 32).unwrap_or(0)
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        f64::from(self.next()) / f64::from(u32::MAX)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next()).unwrap_or(0) % end.max(1)
    }
}
