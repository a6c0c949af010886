//! The search for a plan and its proof, in stages: plans near the bound first.

use crate::bound::{Losses, Packed};
use crate::first::first_prices;
use crate::node::Node;
use crate::state::State;
use crate::whole::{Whole, number};
use crate::{Plan, Status};

/// With more jobs than this a plan is improved piece by piece, since searches of the whole take too long.
const LARGE: usize = 500;
/// Any value is looked for.
const NONE: i64 = i64::MIN / 4;
/// The first stage looks at this share of what is between the best plan and the bound, and each next at so much more.
const FIRST_SHARE: f64 = 0.2;
const WIDER: f64 = 2.5;

pub(crate) struct Search<'w> {
    pub(crate) whole: &'w Whole,
    pub(crate) stop: &'w dyn Fn() -> bool,
    pub(crate) best: Option<State>,
    /// Only plans of at least this value are looked for.
    pub(crate) target: i64,
    pub(crate) packed: Packed,
    pub(crate) losses: Losses,
    pub(crate) nodes: u64,
    /// The largest bound of what was left open when the time was up.
    pub(crate) open: f64,
    /// No plan has more value than this.
    pub(crate) proven: f64,
    pub(crate) on_the_way: usize,
    /// The search ends after so many nodes.
    pub(crate) until: u64,
    pub(crate) is_stopped: bool,
}

pub(crate) fn search(whole: &Whole, stop: &dyn Fn() -> bool) -> Plan {
    let mut search = Search {
        whole,
        stop,
        best: None,
        target: NONE,
        packed: Packed::default(),
        losses: Losses::default(),
        nodes: 0,
        open: f64::NEG_INFINITY,
        proven: f64::INFINITY,
        on_the_way: 0,
        until: u64::MAX,
        is_stopped: false,
    };
    search.run();
    search.plan()
}

impl Search<'_> {
    fn run(&mut self) {
        let mut root = Node::of(self.whole);
        let mut prices = first_prices(self.whole);
        self.nodes += 1;
        if !root.settle(self.whole) {
            return;
        }
        let bound = self.first(&root, &mut prices);
        self.proven = bound;
        if self.is_hopeless(bound) {
            return;
        }
        if self.whole.jobs() > LARGE {
            self.plunge(&root, &prices);
            // With a good plan to aim at the prices go straight to where the bound is least.
            let bound = self.first(&root, &mut prices);
            self.proven = self.proven.min(bound);
            self.refine(&prices);
        } else {
            self.dive(&root, &prices);
        }
        // Where no plan is near the bound, what is further off is cheaper to rule out than it would have been, and where
        // there is one, nothing below has to be looked at.
        let mut share = FIRST_SHARE;
        while !self.is_stopped && !self.is_done() {
            let best = self.best.as_ref().map(|best| best.value);
            self.target = target(best, self.proven, share);
            self.below(&mut root.clone(), &mut prices.clone());
            if self.is_stopped || self.is_closed() {
                return;
            }
            share *= WIDER;
        }
    }

    /// Takes notice that all plans of the value looked for were looked at; whether nothing is left to look for.
    pub(crate) fn is_closed(&mut self) -> bool {
        let Some(best) = &self.best else {
            return self.target <= NONE;
        };
        let proven = best.value.max(self.target - 1);
        self.proven = self.proven.min(number(proven));
        self.is_done()
    }

    /// Whether the best plan is proven.
    pub(crate) fn is_done(&mut self) -> bool {
        self.target = NONE;
        self.best.is_some() && self.is_hopeless(self.proven)
    }

    fn plan(self) -> Plan {
        let whole = self.whole;
        let none = vec![None; whole.jobs()];
        let open = if self.is_stopped {
            self.proven.min(self.open.max(number(self.target - 1)))
        } else {
            f64::NEG_INFINITY
        };
        let (status, choices, value) = match &self.best {
            Some(best) => {
                let choices = best.taken.iter();
                let choices = choices.map(|taken| taken.map(|at| whole.items[at].number));
                let is_proven = open <= number(best.value) + 0.5;
                let status = if is_proven {
                    Status::Optimal
                } else {
                    Status::Feasible
                };
                (status, choices.collect(), number(best.value))
            }
            None if self.is_stopped => (Status::Unknown, none, f64::NEG_INFINITY),
            None => (Status::Infeasible, none, f64::NEG_INFINITY),
        };
        let bound = match status {
            Status::Optimal | Status::Infeasible => value,
            Status::Feasible | Status::Unknown => open.max(value),
        };
        let shown = |value: f64| {
            if value.is_finite() {
                whole.shown(value)
            } else {
                0.0
            }
        };
        Plan {
            status,
            choices,
            value: shown(value),
            bound: shown(bound),
            nodes: self.nodes,
        }
    }

    /// The least value that is looked for.
    pub(crate) fn wanted(&self) -> f64 {
        let better = self.best.as_ref().map_or(NONE, |best| best.value + 1);
        number(better.max(self.target)).max(self.whole.least)
    }

    /// What prices are moved towards from a bound: the least value that is looked for; without a plan as far below it, so
    /// that where there is none the bound soon says so.
    pub(crate) fn aim(&self, bound: f64) -> f64 {
        let wanted = self.wanted();
        if self.best.is_some() {
            wanted
        } else {
            wanted - (bound - wanted).max(0.0)
        }
    }

    /// Whether nothing at a node with this bound is looked for: values are whole.
    pub(crate) fn is_hopeless(&self, bound: f64) -> bool {
        let slack = 1e-6 + bound.abs() * 1e-11;
        bound < self.wanted() - slack
    }

    pub(crate) fn found(&mut self, draft: &State) {
        let is_better = self
            .best
            .as_ref()
            .is_none_or(|best| draft.value > best.value);
        if is_better {
            self.best = Some(draft.clone());
        }
    }
}

/// The value that is looked for next: below the bound by a share of the way to the best known one, at most all of it.
pub(crate) fn target(best: Option<i64>, bound: f64, share: f64) -> i64 {
    let Some(best) = best else {
        return NONE;
    };
    let room = bound - number(best);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a difference of values that were whole numbers below 2^60"
    )]
    let above = (room * (1.0 - share.min(1.0))).floor() as i64;
    best + above.max(1)
}
