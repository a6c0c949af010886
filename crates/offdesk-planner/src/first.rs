//! The first node: prices moved for long, and good plans looked for on the way.

use crate::LIMITS;
use crate::bound::Prices;
use crate::dual::{Descent, Pace};
use crate::find::Draft;
use crate::node::Node;
use crate::search::Search;
use crate::whole::{Whole, number};

/// How prices are moved at the first node.
const PACE: Pace = Pace {
    steps: 2_000,
    length: 1.5,
    patience: 20,
};
/// Large problems have fewer steps: all together look at so many items, but so many steps there are.
const MOST_WORK: usize = 60_000_000;
const FEWEST_STEPS: usize = 300;
/// Once steps have become shorter the aim is no further below the bound than this share of it.
const NEAR: f64 = 0.01;
/// Without a plan it is so far below at first.
const FAR: f64 = 0.05;
/// Plans are made from the packed knapsacks once in so many steps.
const FIND_EVERY: usize = 100;

/// What a job is worth where its best agent is full: the second best value.
pub(crate) fn first_prices(whole: &Whole) -> Prices {
    let of_job = |job| {
        let mut values: Vec<i64> = whole.of_job(job).map(|at| whole.items[at].value).collect();
        values.sort_unstable();
        let second = values.len().checked_sub(2).and_then(|at| values.get(at));
        number(second.copied().unwrap_or(0)).max(0.0)
    };
    Prices {
        jobs: (0..whole.jobs()).map(of_job).collect(),
        limits: [0.0; LIMITS],
    }
}

impl Search<'_> {
    /// Moves the prices at the first node and makes plans of what is packed; gives the bound.
    pub(crate) fn first(&mut self, root: &Node, prices: &mut Prices) -> f64 {
        let whole = self.whole;
        let mut packed = std::mem::take(&mut self.packed);
        packed.begin(whole, root);
        let mut descent = Descent::of(prices, PACE);
        let steps = (MOST_WORK / root.open.len().max(1)).clamp(FEWEST_STEPS, PACE.steps);
        for step in 0..steps {
            packed.pack(whole, root, prices);
            descent.notice(&packed, prices);
            if step % FIND_EVERY == 0 {
                let draft = Draft::of(whole, &root.state, prices, &packed, self.stop);
                if let Some(draft) = draft {
                    self.found(&draft.state);
                }
            }
            // A poor plan is no aim: prices would swing.
            let near = descent.least - descent.least.abs() * NEAR - 1.0;
            let best = self.best.as_ref().map(|best| number(best.value));
            let far = best.unwrap_or(descent.least - descent.least.abs() * FAR - 1.0);
            let aim = if descent.has_slowed() {
                far.max(near)
            } else {
                far
            };
            if self.is_hopeless(descent.least)
                || descent.is_over()
                || (self.stop)()
                || !descent.step(whole, root, prices, &packed, aim)
            {
                break;
            }
        }
        self.packed = packed;
        *prices = descent.best;
        descent.least
    }
}
