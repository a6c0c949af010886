//! On which day something counts in the books and in the return: a period of which a statement was drawn up does not change any more, so what
//! is put right or approved of it later counts in the period of the statement it lands on.

use std::collections::BTreeMap;
use std::ops::Add;

use super::posting::RecordId;
use crate::money::Currency;
use crate::time::{Day, Period};

/// Whether what was earned stands in the place of what was taken back: the next posting, written with it and for the same work. Each has its
/// number, and when it was written and for what.
pub fn is_in_its_place<N, W>(taken: (N, W), earned: (N, W)) -> bool
where
    N: Add<Output = N> + From<u8> + PartialEq,
    W: PartialEq,
{
    taken.0 + N::from(1) == earned.0 && taken.1 == earned.1
}

/// A line, by what counts for its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worked {
    /// The day of the work.
    pub day: Day,
    /// Whether it takes something back, or was earned anew in the place of that.
    pub is_correction: bool,
}

/// The statement that a line lands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landing {
    /// Its days.
    pub period: Period,
    /// Whether it was drawn up for a bill.
    pub is_billed: bool,
}

/// The last days of which statements were drawn up: of those that are for no bill, and of all.
#[derive(Debug, Clone, Copy, Default)]
struct Last {
    unbilled: Option<Day>,
    all: Option<Day>,
}

/// The last days of which there are statements, by person and currency.
#[derive(Debug, Clone, Default)]
pub struct Booked(BTreeMap<(RecordId, Currency), Last>);

impl Booked {
    /// Notes a statement, after the days of its own lines were asked for.
    pub fn note(&mut self, whose: (RecordId, Currency), landing: Landing) {
        let last = self.0.entry(whose).or_default();
        let to = Some(landing.period.to);
        last.all = last.all.max(to);
        if !landing.is_billed {
            last.unbilled = last.unbilled.max(to);
        }
    }

    /// On which day a line counts that lands on a statement, or, where none is named, on the next one.
    #[must_use]
    pub fn day(
        &self,
        whose: (RecordId, Currency),
        worked: Worked,
        landing: Option<Landing>,
    ) -> Day {
        let last = self.0.get(&whose).copied().unwrap_or_default();
        let is_billed = landing.is_some_and(|landing| landing.is_billed);
        let last = match (worked.is_correction, is_billed) {
            (true, _) => last.all,
            // A bill is of its own days, whatever else was paid of them.
            (false, true) => None,
            (false, false) => last.unbilled,
        };
        match last {
            Some(last) if worked.day <= last => {
                let next = Day(last.0.saturating_add(1));
                landing.map_or(next, |landing| next.max(landing.period.from))
            }
            _ => worked.day,
        }
    }
}
