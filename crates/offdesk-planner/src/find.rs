//! Finds good plans: what the agents pack, put right, filled up and improved by small exchanges.

use crate::Known;
use crate::bound::{Packed, Prices};
use crate::open::Open;
use crate::state::State;
use crate::whole::Whole;

/// Passes of improvement, at most.
const PASSES: usize = 30;
/// Pairs of jobs are exchanged where there are at most so many jobs.
const MOST_EXCHANGED: usize = 600;

/// Of more jobs than this each gets its place in one pass before those left are compared.
const MOST_COMPARED: usize = 200;

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
        (packed, open): (&Packed, &Open),
        stop: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let mut draft = Self {
            state: start.clone(),
        };
        let mut packed: Vec<(f64, usize)> = packed
            .rows
            .iter()
            .map(|at| {
                (
                    prices.profit(&whole.grid, &open.rows[*at]),
                    open.rows[*at].item,
                )
            })
            .collect();
        packed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, at) in packed {
            if draft.state.fits(whole, at) {
                draft.state.take(whole, at);
            }
        }
        draft.finished(whole, start, prices, stop)
    }

    /// What is left of a plan that is known, filled up and improved.
    pub(crate) fn near(
        whole: &Whole,
        start: &State,
        prices: &Prices,
        known: &Known,
        stop: &dyn Fn() -> bool,
    ) -> Option<Self> {
        let mut draft = Self {
            state: start.clone(),
        };
        for (job, choice) in (0..whole.jobs()).zip(&known.choices) {
            let is_chosen = |at: &usize| Some(whole.items[*at].number) == *choice;
            if let Some(at) = whole.of_job(job).find(is_chosen)
                && draft.state.fits(whole, at)
            {
                draft.state.take(whole, at);
            }
        }
        draft.finished(whole, start, prices, stop)
    }

    fn finished(
        mut self,
        whole: &Whole,
        start: &State,
        prices: &Prices,
        stop: &dyn Fn() -> bool,
    ) -> Option<Self> {
        if whole.jobs() > MOST_COMPARED {
            self.fill_in_order(whole, prices);
        }
        self.fill(whole, prices, stop);
        self.improve(whole, start, stop);
        let is_whole =
            (0..whole.jobs()).all(|job| !whole.required[job] || self.state.taken[job].is_some());
        is_whole.then_some(self)
    }

    /// Gives jobs without a place the best that fits in one pass, required ones and those that make most first.
    fn fill_in_order(&mut self, whole: &Whole, prices: &Prices) {
        let best = |state: &State, job: usize| {
            whole
                .of_job(job)
                .filter(|at| state.fits(whole, *at))
                .map(|at| (prices.profit_of(whole, at), at))
                .max_by(|a, b| a.0.total_cmp(&b.0))
        };
        let mut order: Vec<(bool, f64, usize)> = (0..whole.jobs())
            .filter(|job| !self.state.is_decided[*job])
            .filter_map(|job| Some((whole.required[job], best(&self.state, job)?.0, job)))
            .collect();
        order.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
        for (is_required, _, job) in order {
            if let Some((_, at)) = best(&self.state, job)
                && (is_required || whole.items[at].value > 0)
            {
                self.state.take(whole, at);
            }
        }
    }

    /// Gives jobs without a place the best that fits, those with the fewest places first.
    fn fill(&mut self, whole: &Whole, prices: &Prices, stop: &dyn Fn() -> bool) {
        while !stop() {
            let mut next: Option<(bool, f64, usize)> = None;
            for job in (0..whole.jobs()).filter(|job| !self.state.is_decided[*job]) {
                let mut best: [Option<(f64, usize)>; 2] = [None, None];
                for at in whole.of_job(job).filter(|at| self.state.fits(whole, *at)) {
                    let profit = prices.profit_of(whole, at);
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

    /// How good the draft is as far as some jobs go: more of them placed that are required, then more value.
    fn worth(&self, whole: &Whole, jobs: &[usize]) -> (usize, i64) {
        let placed = jobs
            .iter()
            .filter(|job| whole.required[**job] && self.state.taken[**job].is_some());
        (placed.count(), self.state.value)
    }

    fn move_one(&mut self, whole: &Whole, job: usize) -> bool {
        let before = self.state.taken[job];
        let worth_before = self.worth(whole, &[job]);
        self.state.give_back(whole, job);
        // Nothing, where that is best and may be.
        let mut best: Option<(usize, i64, usize)> = None;
        let worth_without = self.worth(whole, &[job]);
        for at in whole.of_job(job) {
            if self.state.fits(whole, at) {
                self.state.take(whole, at);
                let (placed, value) = self.worth(whole, &[job]);
                self.state.give_back(whole, job);
                if best.is_none_or(|(known, worth, _)| (placed, value) > (known, worth)) {
                    best = Some((placed, value, at));
                }
            }
        }
        let best = best.filter(|(placed, value, _)| (*placed, *value) > worth_without);
        let reached = best.map_or(worth_without, |(placed, value, _)| (placed, value));
        let is_gain = reached > worth_before;
        let next = if is_gain {
            best.map(|(.., at)| at)
        } else {
            before
        };
        if let Some(at) = next {
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
        let worth_before = self.worth(whole, &[a, b]);
        self.state.give_back(whole, a);
        self.state.give_back(whole, b);
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
        if self.worth(whole, &[a, b]) > worth_before {
            return true;
        }
        self.state.give_back(whole, a);
        self.state.give_back(whole, b);
        for at in before.into_iter().flatten() {
            self.state.take(whole, at);
        }
        false
    }
}
