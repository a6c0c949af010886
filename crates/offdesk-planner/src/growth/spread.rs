//! Of growths that are as small, one that is spread: an hour more for each of ten people is done sooner than ten for one.

use super::{SLACK, Search};

/// Passes over all jobs, at most.
const PASSES: usize = 10;

impl Search<'_> {
    /// Moves one job at a time where the growth stays as small and is spread over more limits.
    pub(super) fn spread(&mut self) {
        let mut used = self.of.used(&self.best.1);
        let mut unevenness = self.of.unevenness(&used);
        for _ in 0..PASSES {
            let before = unevenness;
            for job in 0..self.of.jobs.len() {
                let options = self.of.jobs.get(job).copied().unwrap_or_default();
                for (option, choice) in options.iter().enumerate() {
                    if self.is_over_after(used.rows.len()) {
                        return;
                    }
                    let Some(place) = self.best.1.get_mut(job) else {
                        return;
                    };
                    let Some(now) = options.get(*place) else {
                        return;
                    };
                    self.of.remove(&mut used, now);
                    self.of.add(&mut used, choice);
                    let next = self.of.unevenness(&used);
                    if used.cost <= self.best.0 + SLACK && next < unevenness - SLACK {
                        (*place, unevenness) = (option, next);
                    } else {
                        self.of.remove(&mut used, choice);
                        self.of.add(&mut used, now);
                    }
                }
            }
            if unevenness >= before - SLACK {
                break;
            }
        }
    }
}
