//! Proves a plan: passes over the tree, each after plans that lose a little more of the bound than the pass before.

use crate::bound::{Packed, Prices};
use crate::dive::About;
use crate::find::Draft;
use crate::first::first_prices;
use crate::growth::AnyPlan;
use crate::near::Near;
use crate::node::Node;
use crate::open::Open;
use crate::prices::Direction;
use crate::state::State;
use crate::whole::{Whole, number};
use crate::{Known, Plan, Status};

/// Values are whole: of two that differ one is larger by at least this.
pub(crate) const UNIT: f64 = 1.0;
/// At first a plan may lose this share of the bound.
const FIRST_LOSS: f64 = 1e-6;
/// A pass of fewer nodes than this was short: the next one may lose more.
const FEW_NODES: u64 = 200;

/// With more jobs than this a plan is improved piece by piece, since searches of the whole take too long.
pub(crate) const LARGE: usize = 500;
/// Beside the proof one in so many nodes is spent on looking about.
const ABOUT: u64 = 12;

/// What is known so far.
pub(crate) struct Search<'w> {
    pub(crate) whole: &'w Whole,
    pub(crate) stop: &'w dyn Fn() -> bool,
    pub(crate) best: Option<State>,
    pub(crate) packed: Packed,
    pub(crate) direction: Direction,
    pub(crate) nodes: u64,
    /// No plan is better than this: proven so far.
    pub(crate) most: f64,
    /// Only plans of at least this value are looked for.
    pub(crate) target: f64,
    /// The largest bound of what was left open in this pass.
    pub(crate) left_open: f64,
    pub(crate) is_stopped: bool,
    /// The number of the last node of a part of the search; beyond it the part is cut.
    pub(crate) until: u64,
    pub(crate) is_cut: bool,
    pub(crate) is_diving: bool,
    /// The tree is looked at for the proof, and not a part of it.
    pub(crate) is_proving: bool,
    pub(crate) about: About,
    pub(crate) near: Near,
    /// Prices are moved towards no less than so much below the bound.
    pub(crate) hope: f64,
    /// In a dive the best item of every job, with what is at stake.
    pub(crate) surest: Vec<(f64, usize)>,
    /// In a dive one in so many open jobs is decided at once.
    pub(crate) at_once: usize,
    /// The prices of the first node.
    pub(crate) prices: Prices,
}

/// Finds the best plan; near one that is known of a problem like it.
pub(crate) fn search(
    whole: &Whole,
    known: Option<&Known>,
    any: &dyn Fn() -> AnyPlan,
    stop: &dyn Fn() -> bool,
) -> Plan {
    let mut search = Search {
        whole,
        stop,
        best: None,
        packed: Packed::default(),
        direction: Direction::default(),
        nodes: 0,
        most: f64::INFINITY,
        target: f64::NEG_INFINITY,
        left_open: f64::NEG_INFINITY,
        is_stopped: false,
        until: u64::MAX,
        is_cut: false,
        is_diving: false,
        is_proving: false,
        about: About::new(),
        near: Near::new(),
        hope: f64::INFINITY,
        surest: Vec::new(),
        at_once: 1,
        prices: Prices::default(),
    };
    search.run(known, any);
    search.plan()
}

impl Search<'_> {
    fn run(&mut self, known: Option<&Known>, any: &dyn Fn() -> AnyPlan) {
        let whole = self.whole;
        let mut root = Node {
            state: State::of(whole),
            open: Open::of(whole),
            prices: Prices::default(),
        };
        if !root.open.settle(whole, &mut root.state) {
            self.most = f64::NEG_INFINITY;
            return;
        }
        let known = known.filter(|known| known.prices.len() == whole.jobs());
        root.prices = known.map_or_else(
            || first_prices(whole, &root.state, &root.open),
            |known| whole.prices(known),
        );
        if let Some(known) = known
            && let Some(draft) = Draft::near(whole, &root.state, &root.prices, known, self.stop)
        {
            self.found(&draft.state);
        }
        self.most = self.improve_first(&mut root, known.is_some());
        self.prices.clone_from(&root.prices);
        if self.best.is_none() && !self.find_any(&root, any()) {
            return;
        }
        if known.is_none() || self.best.is_none() {
            if whole.jobs() > LARGE {
                self.plunge(&root);
                self.refine(u64::MAX);
            } else {
                self.dive(&root);
            }
        }
        self.prove(&root, known.is_some());
    }

    /// Where no plan was made of what the agents pack, any that keeps the limits is improved; whether there may be one.
    fn find_any(&mut self, root: &Node, any: AnyPlan) -> bool {
        match any {
            Ok(choices) => {
                let known = Known {
                    choices,
                    ..Known::default()
                };
                let (whole, stop) = (self.whole, self.stop);
                if let Some(draft) = Draft::near(whole, &root.state, &root.prices, &known, stop) {
                    self.found(&draft.state);
                }
                true
            }
            Err(is_proven) => {
                if is_proven {
                    self.most = f64::NEG_INFINITY;
                }
                !is_proven
            }
        }
    }

    /// Plans as good as the bound are looked for first, then ever worse ones: each pass is short as long as little may be
    /// lost, and one that finds nothing lowers the bound.
    fn prove(&mut self, root: &Node, is_known: bool) {
        let mut more = UNIT.max(self.most.abs() * FIRST_LOSS);
        let mut allowed = 0.0;
        let mut last_nodes = 0;
        if is_known && self.best.is_some() {
            // A plan near one that is known is mostly the best.
            allowed = self.most - self.best_value();
            more = more.max(allowed);
        }
        while !self.is_proven() && !self.is_stopped {
            let next = self.wanted();
            self.target = aim(self.most, allowed, next);
            let is_last = self.target <= next;
            let nodes = self.nodes;
            self.left_open = f64::NEG_INFINITY;
            self.is_proving = true;
            self.node(root.clone(), self.most, 0);
            self.is_proving = false;
            let best = self.best_value();
            let missed = if is_last && !self.is_stopped {
                best
            } else {
                (self.target - 1.0).max(best)
            };
            self.most = self.most.min(missed.max(self.left_open));
            let nodes = self.nodes - nodes;
            if nodes < FEW_NODES || nodes < last_nodes * 2 {
                more *= 2.0;
            } else if nodes > last_nodes * 4 {
                more = (more / 2.0).max(UNIT);
            }
            last_nodes = nodes;
            allowed = more - UNIT;
            self.look_about(root, nodes / ABOUT);
        }
    }

    pub(crate) fn best_value(&self) -> f64 {
        let value = self.best.as_ref().map(|best| number(best.value));
        value.unwrap_or(f64::NEG_INFINITY)
    }

    /// Whether the best plan is known to be the best.
    pub(crate) fn is_proven(&self) -> bool {
        self.most < self.wanted()
    }

    /// A better plan has at least this value: values are whole.
    fn wanted(&self) -> f64 {
        (self.best_value() + UNIT).max(number(self.whole.least))
    }

    /// Whether nothing at a node with this bound is looked for. Bounds lose no digit, so nothing is allowed for.
    pub(crate) fn is_hopeless(&self, bound: f64) -> bool {
        bound < self.sought()
    }

    /// The least value that is looked for.
    pub(crate) fn sought(&self) -> f64 {
        self.wanted().max(self.target)
    }

    /// Keeps a plan that is better than the best one; a dive ends with it.
    pub(crate) fn found(&mut self, draft: &State) {
        if self.best.is_none() || number(draft.value) > self.best_value() {
            self.best = Some(draft.clone());
            if self.is_diving {
                self.until = 0;
            }
        }
    }

    fn plan(self) -> Plan {
        let whole = self.whole;
        let status = match (&self.best, self.is_proven()) {
            (Some(_), true) => Status::Optimal,
            (Some(_), false) => Status::Feasible,
            (None, true) => Status::Infeasible,
            (None, false) => Status::Unknown,
        };
        let none = vec![None; whole.jobs()];
        let (choices, value) = self.best.as_ref().map_or((none, 0.0), |best| {
            let choices = best.taken.iter();
            let choices = choices.map(|taken| taken.map(|at| whole.items[at].number));
            (choices.collect(), number(best.value))
        });
        let bound = match status {
            Status::Optimal | Status::Infeasible => value,
            Status::Feasible => self.most.floor().max(value),
            Status::Unknown => self.most,
        };
        Plan {
            status,
            value: whole.shown(value),
            bound: whole.shown(if bound.is_finite() { bound } else { 0.0 }),
            nodes: self.nodes,
            known: whole.known(choices.clone(), &self.prices),
            choices,
        }
    }
}

/// The least value of plans that a pass looks for: a whole number, as values are, so that a pass which finds none says that
/// all are at least one below.
fn aim(most: f64, allowed: f64, next: f64) -> f64 {
    if allowed > most.abs() {
        return next;
    }
    (most.floor() - allowed).floor().max(next)
}

#[cfg(test)]
mod tests {
    use super::aim;

    /// An aim of 96.5 was missed, all plans were taken to be below 95.5, and one of 96 was passed over.
    #[test]
    fn an_aim_between_two_whole_numbers_passed_over_a_plan() {
        for (most, allowed, wanted) in [
            (100.7, 3.5, 96.0),
            (-6_198.7, 3.63, -6_203.0),
            (100.7, 0.0, 100.0),
            (100.7, 50.0, 60.0),
            (-0.5, 2.0, 60.0),
        ] {
            let found = aim(most, allowed, if wanted > 0.0 { 60.0 } else { -7_000.0 });
            assert!((found - wanted).abs() < 1e-12, "{most} {allowed}: {found}");
        }
    }
}
