//! On which day something counts in the books and in the return: a period of which a statement was drawn up does not change any more, so what
//! is put right or approved of it later counts in the period of the statement it lands on.

use std::collections::{BTreeMap, BTreeSet};
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

/// Something that was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenBack<N> {
    /// The number of what takes it back.
    pub number: N,
    /// The number of what is taken back.
    pub of: N,
    /// Whether that stood on a statement before: on another one than what takes it back.
    pub was_stated: bool,
    /// The number of what stands in its place, where something does.
    pub in_its_place: Option<N>,
}

/// The numbers of all that puts right what was stated before: it counts in the period it lands in, and what stands in its place does with it.
/// What was taken back before it was on any statement changes no period that was stated, and counts where that did. They come in the order of
/// their numbers.
pub fn corrections<N: Copy + Ord>(all: impl IntoIterator<Item = TakenBack<N>>) -> BTreeSet<N> {
    let mut found = BTreeSet::new();
    for it in all {
        if it.was_stated || found.contains(&it.of) {
            found.insert(it.number);
            found.extend(it.in_its_place);
        }
    }
    found
}

/// A line, by what counts for its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worked {
    /// The day of the work.
    pub day: Day,
    /// Whether it is one of the [`corrections`].
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

/// So many days ahead of its recording a bill may reach.
pub const BILLED_AHEAD: i32 = 366;

impl Landing {
    /// The same as of the day on which it was drawn up: a bill whose last day was mistyped, before that was refused, holds nothing up until then.
    #[must_use]
    pub fn drawn_up(self, on: Day) -> Self {
        if !self.is_billed {
            return self;
        }
        let to = self.period.to.min(on.ahead(BILLED_AHEAD));
        let from = self.period.from.min(to);
        Self {
            period: Period { from, to },
            ..self
        }
    }
}

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
