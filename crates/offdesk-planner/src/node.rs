//! A node of the tree: options ruled out by the bound, a job to branch on, and its ways.

use crate::bound::Prices;
use crate::open::{Open, Row};
use crate::search::Search;
use crate::state::State;

/// With more options than this open on the way to a node the search goes no deeper.
const MOST_OPEN: usize = 4_000_000;
/// With less than this part of the options ruled out there is no second look.
const FEW_RULED_OUT: usize = 10;
/// So often a way halves, and a little more, where it loses all the room that is left.
const STEEP: f64 = 8.0;

/// What is decided and open at a node.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) state: State,
    pub(crate) open: Open,
    pub(crate) prices: Prices,
}

/// A way to decide a job: an item, or none; with what no plan that has it is better than.
#[derive(Debug, Clone, Copy)]
struct Way {
    estimate: f64,
    item: Option<usize>,
}

/// What is known of the ways of a job.
#[derive(Debug, Clone, Copy)]
struct Outlook {
    /// What no plan without any of its items is better than.
    left: f64,
    /// About how many nodes its ways take.
    score: f64,
    ways: u32,
    best: Way,
    second: f64,
}

impl Outlook {
    const NONE: Self = Self {
        left: f64::NEG_INFINITY,
        score: 0.0,
        ways: 0,
        best: Way {
            estimate: f64::NEG_INFINITY,
            item: None,
        },
        second: f64::NEG_INFINITY,
    };
}

impl Search<'_> {
    /// Looks at everything that is still open.
    pub(crate) fn node(&mut self, mut node: Node, mut bound: f64, rows: usize) {
        let whole = self.whole;
        if self.is_stopped || self.nodes >= self.until {
            self.is_cut = true;
            self.left_open = self.left_open.max(bound);
            return;
        }
        self.nodes += 1;
        if rows > MOST_OPEN || (self.stop)() {
            // A part is given up, the whole ends here.
            self.is_cut = true;
            self.is_stopped |= self.until == u64::MAX;
            self.left_open = self.left_open.max(bound);
            return;
        }
        self.refine_between();
        // What is open and prices are improved in turn, as long as that rules out much.
        let (job, ways) = loop {
            if !node.open.settle(whole, &mut node.state) {
                return;
            }
            bound = bound.min(self.improve(&mut node));
            if self.is_hopeless(bound) {
                return;
            }
            let before = node.open.rows.len();
            if before == 0 {
                self.found_whole(&node.state);
                return;
            }
            let Some(branch) = self.rule_out(&mut node, bound) else {
                return;
            };
            if (before - node.open.rows.len()) * FEW_RULED_OUT < before {
                break branch;
            }
        };
        let rows = rows + node.open.rows.len();
        if self.is_diving && self.take_surest(&mut node) {
            self.node(node, bound, rows);
            return;
        }
        for way in ways {
            if self.is_hopeless(way.estimate) {
                continue;
            }
            let mut child = node.clone();
            match way.item {
                Some(item) => child.state.take(whole, item),
                None => child.state.leave(job),
            }
            self.node(child, way.estimate.min(bound), rows);
        }
    }

    /// Rules out options with which no plan is looked for, and gives the job to branch on with its ways, the most
    /// promising first; none where a job has no way left.
    fn rule_out(&mut self, node: &mut Node, bound: f64) -> Option<(usize, Vec<Way>)> {
        let whole = self.whole;
        let room = (bound - self.sought()).max(0.0) + 1.0;
        self.packed
            .weigh(whole, &node.state, &node.open, &node.prices, room);
        let bound = self.packed.bound;
        let without = self.without(node);
        let estimates = self.estimates(node, &without);
        let outlooks = self.outlooks(node, bound, &estimates, &without);
        let mut chosen: Option<(f64, usize)> = None;
        for job in node.open.jobs.iter().copied() {
            let outlook = &outlooks[job];
            if outlook.ways == 0 {
                return None;
            }
            if self.is_hopeless(outlook.left) {
                node.state.required[job] = true;
            }
            if chosen.is_none_or(|(least, _)| outlook.score < least) {
                chosen = Some((outlook.score, job));
            }
        }
        let (_, job) = chosen?;
        if self.is_diving {
            self.surest.clear();
            let stakes = outlooks.iter().filter_map(|outlook| {
                let item = outlook.best.item?;
                Some((outlook.best.estimate - outlook.second, item))
            });
            self.surest.extend(stakes);
        }
        let mut ways = Vec::new();
        if !node.state.required[job] {
            ways.push(Way {
                estimate: outlooks[job].left,
                item: None,
            });
        }
        let mut estimates = estimates.into_iter();
        node.open.rows.retain(|row| {
            let estimate = estimates.next().unwrap_or(f64::INFINITY);
            let is_kept = !self.is_hopeless(estimate);
            if is_kept && row.job == job {
                ways.push(Way {
                    estimate,
                    item: Some(row.item),
                });
            }
            is_kept
        });
        ways.sort_by(|a, b| b.estimate.total_cmp(&a.estimate));
        Some((job, ways))
    }

    /// What no plan is better than that has an option: with the option in its agent's knapsack, and the job in no other.
    fn estimates(&self, node: &Node, without: &[f64]) -> Vec<f64> {
        let bound = self.packed.bound;
        let losses = node.open.rows.iter().zip(&self.packed.losses);
        let estimate = |(row, (with, loss)): (&Row, &(f64, f64))| {
            bound - with - (without[row.job] - loss).max(0.0)
        };
        losses.map(estimate).collect()
    }

    /// What the bound loses for each job where no agent has it.
    fn without(&self, node: &Node) -> Vec<f64> {
        let mut without = vec![0.0; self.whole.jobs()];
        for (row, (_, loss)) in node.open.rows.iter().zip(&self.packed.losses) {
            // Where one agent has two options of a job, its losses are not independent.
            if !self.whole.is_double[row.job] {
                without[row.job] += loss;
            }
        }
        without
    }

    fn outlooks(
        &self,
        node: &Node,
        bound: f64,
        estimates: &[f64],
        without: &[f64],
    ) -> Vec<Outlook> {
        let room = (bound - self.sought()).max(1e-9);
        let mut outlooks = vec![Outlook::NONE; self.whole.jobs()];
        for job in node.open.jobs.iter().copied() {
            if !node.state.required[job] {
                let left = bound - without[job] - node.prices.jobs[job];
                outlooks[job].left = left;
                outlooks[job].best.estimate = left;
            }
        }
        let add = |outlook: &mut Outlook, estimate: f64| {
            outlook.score += (-(bound - estimate) / room * STEEP).exp();
            outlook.ways += 1;
        };
        for job in &node.open.jobs {
            let outlook = &mut outlooks[*job];
            if !self.is_hopeless(outlook.left) {
                add(outlook, outlook.left);
            }
        }
        for (row, estimate) in node.open.rows.iter().zip(estimates) {
            if self.is_hopeless(*estimate) {
                continue;
            }
            let outlook = &mut outlooks[row.job];
            add(outlook, *estimate);
            if *estimate > outlook.best.estimate {
                outlook.second = outlook.best.estimate;
                outlook.best = Way {
                    estimate: *estimate,
                    item: Some(row.item),
                };
            } else {
                outlook.second = outlook.second.max(*estimate);
            }
        }
        outlooks
    }
}
