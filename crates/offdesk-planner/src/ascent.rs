//! Moves the prices of nodes to where the bound is least.

use crate::find::Draft;
use crate::node::Node;
use crate::search::Search;
use crate::whole::number;

/// Steps of the prices at the first node, and at others.
const FIRST_STEPS: usize = 1_500;
const STEPS: usize = 10;
/// How long a step at such a node is, in parts of the way to the aim, and how it shrinks where the bound does not.
const LENGTH: f64 = 1.5;
const SHRINK: f64 = 0.9;
/// Large problems have fewer: all together look at so many options, but so many steps there are.
const MOST_WORK: usize = 60_000_000;
const FEWEST_STEPS: usize = 150;
/// Plans are made from the packed knapsacks once in so many steps at the first node.
const FIND_EVERY: usize = 100;
/// So many steps without a clear gain bring the aim nearer.
const PATIENCE: usize = 15;
/// A gain is clear from this part of what was hoped for.
const CLEAR: f64 = 0.05;
/// The first aim is below the first bound by this share of it, less where prices are known; below the last the steps end.
const FIRST_HOPE: f64 = 3e-3;
const KNOWN_HOPE: f64 = 1e-3;
const LAST_HOPE: f64 = 2e-6;

impl Search<'_> {
    /// Moves the prices of a node to where the bound is less; gives that bound.
    pub(crate) fn improve(&mut self, node: &mut Node) -> f64 {
        let whole = self.whole;
        let mut prices = node.prices.clone();
        let mut least = f64::INFINITY;
        let mut length = LENGTH;
        self.direction.clear();
        for _ in 0..=STEPS {
            self.packed.pack(whole, &node.state, &node.open, &prices);
            self.found_packed(node);
            let bound = self.packed.bound;
            if bound < least {
                least = bound;
                node.prices.clone_from(&prices);
            } else {
                length *= SHRINK;
            }
            if self.is_hopeless(least) || (self.stop)() {
                break;
            }
            let hope = (bound - self.aim(least)).min(self.hope);
            let aim = bound - hope * length;
            let is_moved = self
                .direction
                .step(whole, node, &mut prices, &self.packed, aim);
            if !is_moved {
                break;
            }
        }
        least
    }

    /// What prices are moved towards from a bound: what plans that are looked for are worth at least. As long as no plan
    /// is known and any will do, as far below what a plan can have, so that where there is none the bound soon says so.
    fn aim(&self, bound: f64) -> f64 {
        let aim = self.best_value().max(self.target);
        let lowest = number(self.whole.least);
        if aim > lowest {
            aim
        } else {
            lowest - (bound - lowest).clamp(0.0, self.whole.size) - 1.0
        }
    }

    /// Moves the prices of the first node: towards an aim below the least bound so far, nearer as it is missed. Now and
    /// then a plan is made of what is packed.
    pub(crate) fn improve_first(&mut self, node: &mut Node, is_known: bool) -> f64 {
        let whole = self.whole;
        let mut prices = node.prices.clone();
        let mut least = f64::INFINITY;
        let mut hope = f64::INFINITY;
        let mut without = 0;
        self.direction.clear();
        let steps = (MOST_WORK / node.open.rows.len().max(1)).clamp(FEWEST_STEPS, FIRST_STEPS);
        for step in 0..steps {
            self.packed.pack(whole, &node.state, &node.open, &prices);
            self.found_packed(node);
            let bound = self.packed.bound;
            if step == 0 {
                let share = if is_known { KNOWN_HOPE } else { FIRST_HOPE };
                hope = bound.abs() * share + 1e-3;
            } else if bound < least - hope * CLEAR {
                hope *= 1.05;
                without = 0;
            }
            if bound < least {
                least = bound;
                node.prices.clone_from(&prices);
            }
            if step % FIND_EVERY == 0 {
                self.find(node, &prices);
            }
            if self.is_hopeless(least) || hope < least.abs() * LAST_HOPE || (self.stop)() {
                break;
            }
            without += 1;
            if without > PATIENCE {
                hope *= 0.6;
                without = 0;
                prices.clone_from(&node.prices);
                self.direction.clear();
                self.packed.pack(whole, &node.state, &node.open, &prices);
            }
            let aim = least - hope;
            let is_moved = self
                .direction
                .step(whole, node, &mut prices, &self.packed, aim);
            if !is_moved {
                break;
            }
        }
        least
    }

    /// Makes a plan of what is packed.
    fn find(&mut self, node: &Node, prices: &crate::bound::Prices) {
        let draft = Draft::of(
            self.whole,
            &node.state,
            prices,
            (&self.packed, &node.open),
            self.stop,
        );
        if let Some(draft) = draft {
            self.found(&draft.state);
        }
    }

    /// What is packed may be a plan.
    fn found_packed(&mut self, node: &Node) {
        let whole = self.whole;
        let is_plan = node.open.jobs.iter().all(|job| {
            let times = self.packed.times[*job];
            times == 1 || (times == 0 && !whole.required[*job])
        });
        if !is_plan {
            return;
        }
        let mut state = node.state.clone();
        for at in &self.packed.rows {
            let item = node.open.rows[*at].item;
            if !state.fits(whole, item) {
                return;
            }
            state.take(whole, item);
        }
        self.found_whole(&state);
    }

    /// Keeps a plan that has all that is required.
    pub(crate) fn found_whole(&mut self, state: &crate::state::State) {
        let is_whole = (0..self.whole.jobs())
            .all(|job| !self.whole.required[job] || state.taken[job].is_some());
        if is_whole {
            self.found(state);
        }
    }
}
