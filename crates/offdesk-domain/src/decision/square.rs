//! From when on a handoff has paid for itself.

/// The sum since the beginning, and from when on it is no longer negative.
pub(super) struct Square {
    sum: f64,
    /// The time and the week from which it stays so, as far as it has been seen.
    pub(super) from: Option<(u32, u32)>,
}

impl Square {
    pub(super) fn begun(sum: f64) -> Self {
        Self { sum, from: None }
    }

    pub(super) fn add(&mut self, amount: f64) {
        self.sum += amount;
        if self.sum < 0.0 {
            self.from = None;
        }
    }

    pub(super) fn stays_from(&mut self, times: u32, week: u32) {
        if self.sum >= 0.0 {
            self.from = self.from.or(Some((times, week)));
        }
    }
}
