//! Proves a plan: prices improved at every node, items ruled out by the bound, and the rest tried depth first.

use crate::bound::{Packed, Prices, reduced};
use crate::find::Draft;
use crate::refine::refined;
use crate::state::State;
use crate::whole::{FREE, Whole, number};
use crate::{LIMITS, Plan, Status};

/// Steps of the prices at the first node, and at others.
const FIRST_STEPS: usize = 2_000;
const STEPS: usize = 30;
/// Plans are made from the packed knapsacks once in so many steps at the first node.
const FIND_EVERY: usize = 10;
/// So many rounds for each job, and at most so many, look for a plan better than the first ones.
const ROUNDS: usize = 40;
const MOST_ROUNDS: usize = 3_000;
/// So many steps without a better bound halve the step length.
const PATIENCE: usize = 40;

pub(crate) struct Search<'w> {
    pub(crate) whole: &'w Whole,
    stop: &'w dyn Fn() -> bool,
    best: Option<State>,
    pub(crate) packed: Packed,
    nodes: u64,
    /// The largest bound of what was left open when the time was up.
    open: f64,
    is_stopped: bool,
}

pub(crate) fn search(whole: &Whole, stop: &dyn Fn() -> bool) -> Plan {
    let mut search = Search {
        whole,
        stop,
        best: None,
        packed: Packed::default(),
        nodes: 0,
        open: f64::NEG_INFINITY,
        is_stopped: false,
    };
    let mut prices = Prices {
        jobs: (0..whole.jobs())
            .map(|job| {
                // The second best value: what a job is worth where its best agent is full.
                let mut values: Vec<i64> =
                    whole.of_job(job).map(|at| whole.items[at].value).collect();
                values.sort_unstable();
                let second = values.len().checked_sub(2).and_then(|at| values.get(at));
                number(second.copied().unwrap_or(0)).max(0.0)
            })
            .collect(),
        limits: [0.0; LIMITS],
    };
    let mut state = State::of(whole);
    search.node(&mut state, &mut prices, 0);
    search.plan()
}

impl Search<'_> {
    fn plan(self) -> Plan {
        let whole = self.whole;
        let none = vec![None; whole.jobs()];
        let (status, choices, value) = match (&self.best, self.is_stopped) {
            (Some(best), is_stopped) => {
                let choices = best.taken.iter();
                let choices = choices.map(|taken| taken.map(|at| whole.items[at].number));
                let is_proven = !is_stopped || self.open <= number(best.value) + 0.5;
                let status = if is_proven {
                    Status::Optimal
                } else {
                    Status::Feasible
                };
                (status, choices.collect(), number(best.value))
            }
            (None, true) => (Status::Unknown, none, f64::NEG_INFINITY),
            (None, false) => (Status::Infeasible, none, f64::NEG_INFINITY),
        };
        let bound = match status {
            Status::Optimal | Status::Infeasible => value,
            Status::Feasible | Status::Unknown => self.open.max(value),
        };
        Plan {
            status,
            choices,
            value: if value.is_finite() {
                whole.shown(value)
            } else {
                0.0
            },
            bound: if bound.is_finite() {
                whole.shown(bound)
            } else {
                0.0
            },
            nodes: self.nodes,
        }
    }

    /// Whether nothing at a node with this bound can be better than the best plan: values are whole.
    pub(crate) fn is_hopeless(&self, bound: f64) -> bool {
        let slack = 1e-6 + bound.abs() * 1e-11;
        self.best
            .as_ref()
            .is_some_and(|best| bound < number(best.value) + 1.0 - slack)
    }

    fn found(&mut self, draft: &State) {
        let is_better = self
            .best
            .as_ref()
            .is_none_or(|best| draft.value > best.value);
        if is_better {
            self.best = Some(draft.clone());
        }
    }

    /// Looks at everything that is still open.
    fn node(&mut self, state: &mut State, prices: &mut Prices, depth: usize) {
        self.nodes += 1;
        if !self.settle(state) {
            return;
        }
        let bound = self.improve(state, prices, depth);
        if self.is_hopeless(bound) {
            return;
        }
        if self.is_stopped || (self.stop)() {
            self.is_stopped = true;
            self.open = self.open.max(bound);
            return;
        }
        self.rule_out(state, prices);
        if !self.settle(state) {
            return;
        }
        let Some(job) = self.undecided(state, prices) else {
            self.found_whole(state);
            return;
        };
        let mut items: Vec<(f64, usize)> = self
            .whole
            .of_job(job)
            .filter(|at| state.fits(self.whole, *at))
            .map(|at| (reduced(self.whole, prices, at), at))
            .collect();
        items.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let may_leave = !self.whole.required[job];
        let mut leave_at = usize::MAX;
        if may_leave {
            // Not doing it costs its price.
            let left = -prices.jobs[job];
            leave_at = items.partition_point(|(profit, _)| *profit >= left);
        }
        for index in 0..=items.len() {
            if index == leave_at || (index == items.len() && leave_at > items.len() && may_leave) {
                let mut child = state.clone();
                child.leave(job);
                self.node(&mut child, &mut prices.clone(), depth + 1);
            }
            let Some((_, at)) = items.get(index) else {
                continue;
            };
            let mut child = state.clone();
            child.take(self.whole, *at);
            self.node(&mut child, &mut prices.clone(), depth + 1);
        }
    }

    /// Moves the prices to where the bound is least; gives that bound.
    fn improve(&mut self, state: &State, prices: &mut Prices, depth: usize) -> f64 {
        let whole = self.whole;
        let steps = if depth == 0 { FIRST_STEPS } else { STEPS };
        let mut least = f64::INFINITY;
        let mut best_prices = prices.clone();
        let mut length = if depth == 0 { 1.5 } else { 0.6 };
        let mut without = 0;
        self.packed.forget();
        for step in 0..steps {
            let mut packed = std::mem::take(&mut self.packed);
            packed.pack(whole, state, prices);
            let bound = packed.bound;
            if bound < least - 1e-9 * bound.abs() {
                least = bound;
                best_prices.clone_from(prices);
                without = 0;
            } else {
                without += 1;
                if without >= PATIENCE {
                    length *= 0.5;
                    without = 0;
                }
            }
            let finds = if depth == 0 {
                step % FIND_EVERY == 0
            } else {
                step + 1 == steps && self.nodes.is_multiple_of(64)
            };
            if finds {
                let draft = Draft::of(whole, state, prices, &packed, self.stop);
                if let Some(draft) = draft {
                    self.found(&draft.state);
                }
            }
            let is_over = self.is_hopeless(least) || length < 1e-3 || (self.stop)();
            if !is_over {
                self.step(state, prices, &packed, length, bound);
            }
            self.packed = packed;
            if is_over {
                break;
            }
        }
        *prices = best_prices;
        if depth == 0 && !self.is_hopeless(least) {
            self.refine(state, prices);
        }
        least
    }

    /// Looks for a better plan near the best one, at the first node.
    fn refine(&mut self, state: &State, prices: &Prices) {
        if let Some(best) = self.best.take() {
            let rounds = (self.whole.jobs() * ROUNDS).min(MOST_ROUNDS);
            let rounds = u32::try_from(rounds).unwrap_or(0);
            let better = refined(self.whole, state, &best, prices, rounds, self.stop);
            self.best = Some(better);
        }
    }

    /// One step against what is packed too often or not at all, and against limits that are broken.
    fn step(&self, state: &State, prices: &mut Prices, packed: &Packed, length: f64, bound: f64) {
        let whole = self.whole;
        let aim = self
            .best
            .as_ref()
            .map_or(bound - bound.abs() * 0.05 - 1.0, |best| number(best.value));
        let mut used = [0_i64; LIMITS];
        for at in &packed.items {
            for (sum, of) in used.iter_mut().zip(whole.items[*at].uses) {
                *sum += of;
            }
        }
        let mut square = 0.0;
        for job in 0..whole.jobs() {
            if !state.is_decided[job] {
                let wrong = 1.0 - f64::from(packed.times[job]);
                let is_at_end = !whole.required[job] && wrong > 0.0 && prices.jobs[job] <= 0.0;
                square += if is_at_end { 0.0 } else { wrong * wrong };
            }
        }
        // Limits count in parts of what is left, so that they weigh about as much as jobs.
        let mut parts = [0.0; LIMITS];
        for (at, part) in parts.iter_mut().enumerate() {
            let left = state.limits[at];
            if left < FREE / 2 {
                *part = number(left - used[at]) / number(left.max(1));
                let is_at_end = *part > 0.0 && prices.limits[at] <= 0.0;
                square += if is_at_end { 0.0 } else { *part * *part };
            }
        }
        if square <= 0.0 {
            return;
        }
        let step = length * (bound - aim).max(1.0) / square;
        for job in 0..whole.jobs() {
            if !state.is_decided[job] {
                let price = &mut prices.jobs[job];
                *price -= step * (1.0 - f64::from(packed.times[job]));
                if !whole.required[job] {
                    *price = price.max(0.0);
                }
            }
        }
        for (at, part) in parts.into_iter().enumerate() {
            let left = number(state.limits[at].max(1));
            let price = &mut prices.limits[at];
            *price = (*price - step * part / left).max(0.0);
        }
    }

    fn found_whole(&mut self, state: &State) {
        let is_whole = (0..self.whole.jobs())
            .all(|job| !self.whole.required[job] || state.taken[job].is_some());
        if is_whole {
            self.found(state);
        }
    }
}
