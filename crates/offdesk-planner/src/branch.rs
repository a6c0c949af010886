//! What is settled and ruled out at a node, and which job is tried next.

use crate::bound::{Packed, Prices, reduced};
use crate::search::Search;
use crate::state::State;

impl Search<'_> {
    /// Decides jobs that have one way left; whether the node is still possible.
    pub(crate) fn settle(&self, state: &mut State) -> bool {
        loop {
            let mut is_changed = false;
            for job in 0..self.whole.jobs() {
                if state.is_decided[job] {
                    continue;
                }
                let mut fitting = self
                    .whole
                    .of_job(job)
                    .filter(|at| state.fits(self.whole, *at));
                match (fitting.next(), self.whole.required[job]) {
                    (None, true) => return false,
                    (None, false) => state.leave(job),
                    (Some(at), true) if fitting.next().is_none() => {
                        state.take(self.whole, at);
                        is_changed = true;
                    }
                    _ => {}
                }
            }
            if !is_changed {
                return true;
            }
        }
    }

    /// Rules out items with which no plan can be better than the best one.
    pub(crate) fn rule_out(&mut self, state: &mut State, prices: &Prices) {
        let mut packed = std::mem::take(&mut self.packed);
        packed.forget();
        packed.pack(self.whole, state, prices);
        let bound = packed.bound;
        for at in 0..self.whole.items.len() {
            if state.fits(self.whole, at) {
                let profit = reduced(self.whole, prices, at);
                // Taken although it is a loss at these prices, it lowers the bound by that loss at least.
                if profit < 0.0 && self.is_hopeless(bound + profit) {
                    state.allowed[at] = false;
                }
            }
        }
        packed.forget();
        packed.pack(self.whole, state, prices);
        self.packed = packed;
    }

    /// The job to branch on: one that is packed twice or not at all, where most is at stake; else any that is open.
    pub(crate) fn undecided(&self, state: &State, prices: &Prices) -> Option<usize> {
        let whole = self.whole;
        let open = (0..whole.jobs()).filter(|job| !state.is_decided[*job]);
        let stake = |job: usize| {
            let mut profits: Vec<f64> = whole
                .of_job(job)
                .filter(|at| state.fits(whole, *at))
                .map(|at| reduced(whole, prices, at))
                .collect();
            if !whole.required[job] {
                profits.push(-prices.jobs[job]);
            }
            profits.sort_by(|a, b| b.total_cmp(a));
            match profits.as_slice() {
                [first, second, ..] => first - second,
                _ => f64::INFINITY,
            }
        };
        let is_wrong = |job: usize| {
            let times = packed_times(&self.packed, job);
            times > 1 || (times == 0 && (whole.required[job] || prices.jobs[job] > 1e-9))
        };
        let ways = |job: usize| {
            whole
                .of_job(job)
                .filter(|at| state.fits(whole, *at))
                .count()
        };
        open.map(|job| (is_wrong(job), job))
            .max_by(|a, b| {
                a.0.cmp(&b.0)
                    .then_with(|| ways(b.1).cmp(&ways(a.1)))
                    .then_with(|| stake(a.1).total_cmp(&stake(b.1)))
                    .then_with(|| b.1.cmp(&a.1))
            })
            .map(|(_, job)| job)
    }
}

fn packed_times(packed: &Packed, job: usize) -> u16 {
    packed.times.get(job).copied().unwrap_or(0)
}
