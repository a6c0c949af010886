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
        packed.forget(whole);
        let mut descent = Descent::of(prices, PACE);
        for step in 0..PACE.steps {
            packed.pack(whole, root, prices);
            descent.notice(&packed, prices);
            if step % FIND_EVERY == 0 {
                let draft = Draft::of(whole, &root.state, prices, &packed, self.stop);
                if let Some(draft) = draft {
                    self.found(&draft.state);
                }
            }
            let bound = packed.bound;
            let aim = self
                .best
                .as_ref()
                .map_or(bound - bound.abs() * 0.05 - 1.0, |best| number(best.value));
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
