//! The proof below a node: prices improved, items ruled out by the bound, and the rest tried depth first.

use crate::bound::Prices;
use crate::branch::branch;
use crate::dual::{Descent, Pace};
use crate::find::Draft;
use crate::node::{Node, index};
use crate::search::Search;
use crate::state::State;

/// How prices are moved at a node.
const PACE: Pace = Pace {
    steps: 14,
    length: 0.5,
    patience: 4,
};
/// Prices are moved once more where of ten open items no more than so many are left.
const MUCH: usize = 8;
/// A plan is made of what is packed once in so many nodes.
const FIND_EVERY: u64 = 256;
/// Nodes on the way down hold no more open items than this together.
const MOST_OPEN: usize = 1 << 27;

impl Search<'_> {
    /// Looks at everything that is still open.
    fn node(&mut self, node: &mut Node, prices: &mut Prices) {
        self.nodes += 1;
        if node.settle(self.whole) {
            self.below(node, prices);
        }
    }

    /// Looks at everything that is still open at a node that is settled.
    pub(crate) fn below(&mut self, node: &mut Node, prices: &mut Prices) {
        let whole = self.whole;
        let mut bound = f64::INFINITY;
        // Once more where much was ruled out.
        for _ in 0..3 {
            bound = bound.min(self.improve(node, prices));
            if self.is_hopeless(bound) {
                return;
            }
            if self.is_stopped || self.nodes >= self.until || (self.stop)() {
                self.is_stopped = true;
                self.open = self.open.max(bound);
                return;
            }
            let before = node.open.len();
            if !self.rule_out(node, prices) {
                return;
            }
            if node.open.len() * 10 > before * MUCH {
                break;
            }
        }
        let room = bound - self.wanted();
        let Some((job, children)) = branch(whole, node, &self.losses, room) else {
            self.found_whole(&node.state);
            return;
        };
        self.on_the_way += node.open.len();
        if self.on_the_way > MOST_OPEN {
            self.is_stopped = true;
            self.open = self.open.max(bound);
        }
        for (loss, way) in children {
            if self.is_hopeless(bound - loss) {
                continue;
            }
            if self.is_stopped {
                self.open = self.open.max(bound - loss);
                continue;
            }
            let mut child = node.clone();
            match way {
                Some(at) => child.state.take(whole, index(at)),
                None => child.state.leave(job),
            }
            self.node(&mut child, &mut prices.clone());
        }
        self.on_the_way -= node.open.len();
    }

    /// Rules out what no wanted plan has; whether the node is still possible. The losses stand for it afterwards.
    pub(crate) fn rule_out(&mut self, node: &mut Node, prices: &Prices) -> bool {
        let whole = self.whole;
        let mut packed = std::mem::take(&mut self.packed);
        let mut losses = std::mem::take(&mut self.losses);
        packed.begin(whole, node);
        packed.pack(whole, node, prices);
        packed.losses(whole, node, prices, &mut losses);
        let bound = packed.bound;
        let is_out = |loss: f64| self.is_hopeless(bound - loss);
        for job in 0..whole.jobs() {
            node.must[job] |= !node.state.is_decided[job] && is_out(losses.leave[job]);
        }
        node.open.retain(|at| !is_out(losses.take[index(*at)]));
        self.packed = packed;
        self.losses = losses;
        node.settle(whole)
    }

    /// Moves the prices of a node to where the bound is less; gives that bound.
    pub(crate) fn improve(&mut self, node: &Node, prices: &mut Prices) -> f64 {
        let whole = self.whole;
        let mut packed = std::mem::take(&mut self.packed);
        packed.begin(whole, node);
        let mut descent = Descent::of(prices, PACE);
        for _ in 0..PACE.steps {
            packed.pack(whole, node, prices);
            descent.notice(&packed, prices);
            let aim = self.aim(descent.least);
            if self.is_hopeless(descent.least) || !descent.step(whole, node, prices, &packed, aim) {
                break;
            }
        }
        if self.nodes.is_multiple_of(FIND_EVERY) {
            let draft = Draft::of(whole, &node.state, prices, &packed, self.stop);
            if let Some(draft) = draft {
                self.found(&draft.state);
            }
        }
        self.packed = packed;
        *prices = descent.best;
        descent.least
    }

    pub(crate) fn found_whole(&mut self, state: &State) {
        let jobs = self.whole.required.iter().zip(&state.taken);
        if jobs
            .clone()
            .all(|(required, taken)| !required || taken.is_some())
        {
            self.found(state);
        }
    }
}
