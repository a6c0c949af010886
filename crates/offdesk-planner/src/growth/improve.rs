//! Makes a placement better by small steps.

use super::placing::Used;
use super::{SLACK, Search};
use crate::Choice;

/// Pairs of jobs are exchanged where there are at most so many jobs.
const MOST_EXCHANGED: usize = 600;

impl Search<'_> {
    /// Moves one job at a time, and exchanges two where they are not too many, as long as that helps.
    pub(super) fn improve(&mut self) {
        let mut used = self.of.used(&self.best.1);
        loop {
            let before = self.best.0;
            for job in 0..self.of.jobs.len() {
                let options = self.of.jobs.get(job).copied().unwrap_or_default();
                if self.best.0 <= SLACK || self.is_over_after(options.len()) {
                    return;
                }
                self.move_one(&mut used, job, options);
                if self.of.jobs.len() <= MOST_EXCHANGED {
                    for other in 0..job {
                        self.exchange(&mut used, [job, other]);
                    }
                }
            }
            if self.best.0 >= before - SLACK {
                return;
            }
        }
    }

    /// Gives two jobs to each other's agents where the growth is less with it.
    fn exchange(&mut self, used: &mut Used, jobs: [usize; 2]) {
        let at = |job: usize| self.best.1.get(job).copied();
        let now = jobs.map(|job| self.of.option(job, at(job)?));
        let [Some(a), Some(b)] = now else { return };
        let there = |job: usize, agent: usize| {
            let options = self.of.jobs.get(job)?;
            options.iter().position(|choice| choice.agent == agent)
        };
        let next = [there(jobs[0], b.agent), there(jobs[1], a.agent)];
        let [Some(to_a), Some(to_b)] = next else {
            return;
        };
        let then = [self.of.option(jobs[0], to_a), self.of.option(jobs[1], to_b)];
        let change = |used: &mut Used, from: [Option<&Choice>; 2], to: [Option<&Choice>; 2]| {
            from.into_iter()
                .flatten()
                .for_each(|choice| self.of.remove(used, choice));
            to.into_iter()
                .flatten()
                .for_each(|choice| self.of.add(used, choice));
        };
        change(used, now, then);
        if used.cost >= self.best.0 - SLACK {
            change(used, then, now);
            return;
        }
        self.best.0 = used.cost.max(0.0);
        for (job, option) in jobs.into_iter().zip([to_a, to_b]) {
            if let Some(place) = self.best.1.get_mut(job) {
                *place = option;
            }
        }
    }

    /// Puts a job where the growth is least.
    fn move_one(&mut self, used: &mut Used, job: usize, options: &[Choice]) {
        let Some(place) = self.best.1.get_mut(job) else {
            return;
        };
        let Some(now) = options.get(*place) else {
            return;
        };
        self.of.remove(used, now);
        let mut best = (self.best.0 - SLACK, *place);
        for (option, choice) in options.iter().enumerate() {
            self.of.add(used, choice);
            if used.cost < best.0 {
                best = (used.cost, option);
            }
            self.of.remove(used, choice);
        }
        *place = best.1;
        if let Some(choice) = options.get(best.1) {
            self.of.add(used, choice);
            self.best.0 = used.cost.max(0.0);
        }
    }
}
