//! What can be said of a person's work from few deliverables, without saying more than they show.

/// 97.5 % of a normal distribution lie below so many deviations.
const Z: f64 = 1.959_963_984_540_054;
/// From so many on a range is shown.
const RANGE_FROM: u32 = 5;
/// From so many on the share itself is shown.
const SHARE_FROM: u32 = 20;

/// Wilson's interval, at 95 %, of a share of which `good` of `all` were seen; from 0 to 1 where none was.
#[must_use]
pub fn wilson(good: u32, all: u32) -> (f64, f64) {
    if all == 0 {
        return (0.0, 1.0);
    }
    let n = f64::from(all);
    let share = f64::from(good.min(all)) / n;
    let square = Z * Z;
    let centre = share + square / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let scale = 1.0 + square / n;
    (
        ((centre - spread) / scale).max(0.0),
        ((centre + spread) / scale).min(1.0),
    )
}

/// So many of so many, and what may be said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Those it holds of.
    pub good: u32,
    /// All.
    pub all: u32,
}

impl Tally {
    /// Counts another one.
    #[must_use]
    pub fn and(self, is_good: bool) -> Self {
        Self {
            good: self.good.saturating_add(u32::from(is_good)),
            all: self.all.saturating_add(1),
        }
    }

    /// The range the share lies in, once there are five.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64)> {
        (self.all >= RANGE_FROM).then(|| wilson(self.good, self.all))
    }

    /// The share itself, once there are twenty.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.all >= SHARE_FROM).then(|| f64::from(self.good) / f64::from(self.all))
    }

    /// In words: a dot for each and "too early to say" below five, a range from five on, the share beside it from twenty on.
    ///
    /// ```
    /// use offdesk_domain::trust::Tally;
    /// assert_eq!(Tally { good: 8, all: 10 }.in_words(), "8 of 10: 49-94 %");
    /// ```
    #[must_use]
    pub fn in_words(&self) -> String {
        if self.all == 0 {
            return "nothing yet".to_owned();
        }
        let Some((low, high)) = self.range() else {
            let dots: String = (0..self.all)
                .map(|at| if at < self.good { '●' } else { '○' })
                .collect();
            return format!("{dots} too early to say");
        };
        let (good, all) = (self.good, self.all);
        let range = format!("{:.0}-{:.0} %", low * 100.0, high * 100.0);
        match self.share() {
            Some(share) => format!("{good} of {all}: {:.0} % ({range})", share * 100.0),
            None => format!("{good} of {all}: {range}"),
        }
    }
}

/// What reviews say of a person, or of a person by one blueprint. Never one number, and never held against another person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Record {
    /// Of what was checked, what had no fault the first time; a preference never counts against it.
    pub first_time: Tally,
    /// Of what was delivered, what was there when it was due.
    pub on_time: Tally,
    /// Of what was checked, what was returned for a fault.
    pub rework: Tally,
    /// Of what was accepted, what a fault was found in later.
    pub escapes: Tally,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_wilsons() {
        let check = |good, all, low: f64, high: f64| {
            let found = wilson(good, all);
            assert!(
                (found.0 - low).abs() < 6e-5 && (found.1 - high).abs() < 6e-5,
                "{good} of {all}: {found:?}"
            );
        };
        check(19, 20, 0.7639, 0.9911);
        check(8, 10, 0.4902, 0.9433);
        check(3, 3, 0.4385, 1.0);
        check(0, 10, 0.0, 0.2775);
        check(0, 0, 0.0, 1.0);
    }

    #[test]
    fn few_numbers_are_honest() {
        let check = |good, all, words: &str| assert_eq!(Tally { good, all }.in_words(), words);
        check(0, 0, "nothing yet");
        check(3, 4, "●●●○ too early to say");
        check(4, 5, "4 of 5: 38-96 %");
        check(8, 10, "8 of 10: 49-94 %");
        check(18, 19, "18 of 19: 75-99 %");
        check(19, 20, "19 of 20: 95 % (76-99 %)");
        assert_eq!(
            Tally::default().and(true).and(false),
            Tally { good: 1, all: 2 }
        );
    }
}
