//! Finds good plans: what the agents pack, put right, filled up and improved by small exchanges.

use crate::bound::{Packed, Prices, State, reduced};
use crate::whole::Whole;

/// Passes of improvement, at most.
const PASSES: usize = 30;
/// Pairs of jobs are exchanged where there are at most so many jobs.
const MOST_EXCHANGED: usize = 600;

/// A plan being made: one item or none for every job.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) state: State,
}

impl Draft {
    /// What the agents pack, each job once, filled up and improved; `None` where a required job finds no place.
    pub(crate) fn of(
        whole: &Whole,
        start: &State,
        prices: &Prices,
        packed: &Packed,
        stop: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let mut draft = Self {
            state: start.clone(),
        };
        let mut packed: Vec<(f64, usize)> = packed
            .items
            .iter()
            .map(|at| (reduced(whole, prices, *at), *at))
            .collect();
        packed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, at) in packed {
            if draft.state.fits(whole, at) {
                draft.state.take(whole, at);
            }
        }
        draft.fill(whole, prices);
        draft.improve(whole, start, stop);
        let is_whole =
            (0..whole.jobs()).all(|job| !whole.required[job] || draft.state.taken[job].is_some());
        is_whole.then_some(draft)
    }

    /// Gives jobs without a place the best that fits, those with the fewest places first.
    fn fill(&mut self, whole: &Whole, prices: &Prices) {
        loop {
            let mut next: Option<(bool, f64, usize)> = None;
            for job in (0..whole.jobs()).filter(|job| !self.state.is_decided[*job]) {
                let mut best: [Option<(f64, usize)>; 2] = [None, None];
                for at in whole.of_job(job).filter(|at| self.state.fits(whole, *at)) {
                    let profit = reduced(whole, prices, at);
                    if best[0].is_none_or(|(known, _)| profit > known) {
                        best[1] = best[0];
                        best[0] = Some((profit, at));
                    } else if best[1].is_none_or(|(known, _)| profit > known) {
                        best[1] = Some((profit, at));
                    }
                }
                let Some((profit, at)) = best[0] else {
                    continue;
                };
                let is_required = whole.required[job];
                if !is_required && whole.items[at].value <= 0 {
                    continue;
                }
                let regret = best[1].map_or(f64::MAX, |(second, _)| profit - second);
                let is_better = next
                    .is_none_or(|(required, known, _)| (is_required, regret) > (required, known));
                if is_better {
                    next = Some((is_required, regret, at));
                }
            }
            let Some((_, _, at)) = next else { return };
            self.state.take(whole, at);
        }
    }

    fn drop_item(&mut self, whole: &Whole, job: usize) {
        let Some(at) = self.state.taken[job].take() else {
            return;
        };
        let item = &whole.items[at];
        self.state.is_decided[job] = false;
        self.state.capacities[item.agent] += item.load;
        for (left, of) in self.state.limits.iter_mut().zip(item.uses) {
            *left += of;
        }
        self.state.value -= item.value;
    }

    /// Moves one job, exchanges two, or puts one in the place of another, as long as that makes more value, or places
    /// a required job.
    fn improve(&mut self, whole: &Whole, start: &State, stop: &dyn Fn() -> bool) {
        let open: Vec<usize> = (0..whole.jobs())
            .filter(|job| !start.is_decided[*job])
            .collect();
        for _ in 0..PASSES {
            let mut is_better = false;
            for job in &open {
                is_better |= self.move_one(whole, *job);
            }
            if open.len() <= MOST_EXCHANGED {
                for (index, a) in open.iter().enumerate() {
                    if stop() {
                        return;
                    }
                    for b in open.iter().skip(index + 1) {
                        is_better |= self.exchange(whole, *a, *b);
                    }
                }
            }
            if !is_better {
                return;
            }
        }
    }

    /// The best item for a job that fits beside the others.
    fn best_fitting(&self, whole: &Whole, job: usize) -> Option<usize> {
        whole
            .of_job(job)
            .filter(|at| self.state.fits(whole, *at))
            .max_by_key(|at| whole.items[*at].value)
    }

    /// What a job's place is worth: more than anything where the job is required.
    fn worth(whole: &Whole, job: usize, taken: Option<usize>) -> (bool, i64) {
        let value = taken.map_or(0, |at| whole.items[at].value);
        (whole.required[job] && taken.is_some(), value)
    }

    fn move_one(&mut self, whole: &Whole, job: usize) -> bool {
        let before = self.state.taken[job];
        self.drop_item(whole, job);
        let best = self.best_fitting(whole, job);
        let is_better = Self::worth(whole, job, best) > Self::worth(whole, job, before);
        let is_gain = best.is_some() && is_better;
        if let Some(at) = if is_gain { best } else { before } {
            self.state.take(whole, at);
        }
        is_gain
    }

    /// Takes two jobs out and puts them back in the other order.
    fn exchange(&mut self, whole: &Whole, a: usize, b: usize) -> bool {
        let before = [self.state.taken[a], self.state.taken[b]];
        let agents = before.map(|taken| taken.map(|at| whole.items[at].agent));
        if agents[0] == agents[1] {
            return false;
        }
        let sum = |state: &State| {
            let (x, y) = (
                Self::worth(whole, a, state.taken[a]),
                Self::worth(whole, b, state.taken[b]),
            );
            (u8::from(x.0) + u8::from(y.0), x.1 + y.1)
        };
        let worth_before = sum(&self.state);
        self.drop_item(whole, a);
        self.drop_item(whole, b);
        // Each goes where the other was, or wherever it fits best after that.
        let in_place = |draft: &Self, job: usize, agent: Option<usize>| {
            whole
                .of_job(job)
                .filter(|at| Some(whole.items[*at].agent) == agent && draft.state.fits(whole, *at))
                .max_by_key(|at| whole.items[*at].value)
        };
        let first = in_place(self, a, agents[1]);
        if let Some(at) = first {
            self.state.take(whole, at);
        }
        let second = in_place(self, b, agents[0]).or_else(|| self.best_fitting(whole, b));
        if let Some(at) = second {
            self.state.take(whole, at);
        }
        if first.is_none()
            && let Some(at) = self.best_fitting(whole, a)
        {
            self.state.take(whole, at);
        }
        if sum(&self.state) > worth_before {
            return true;
        }
        self.drop_item(whole, a);
        self.drop_item(whole, b);
        for at in before.into_iter().flatten() {
            self.state.take(whole, at);
        }
        false
    }
}
