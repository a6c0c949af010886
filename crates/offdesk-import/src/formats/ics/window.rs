//! What counts: the asked days, and nothing later than the moment of reading.

use offdesk_domain::Day;

use crate::options::Options;

const DAY: i64 = 86_400;

/// What counts: days from and to, and the moment of reading.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
    /// Whether the owner asked for the first day; else it is five years back.
    pub is_asked: bool,
    /// The moment of reading, UTC seconds.
    pub now: i64,
}

impl Window {
    /// The asked period, else the five years before its end.
    pub fn of(options: &Options<'_>) -> Self {
        let now = options.now.as_second();
        let today = Day::from_epoch_seconds(now);
        let last = options.to.unwrap_or(Day(i32::MAX));
        let end = last.min(today).date();
        let year = i32::from(end.year()) - 5;
        let (month, day) = (end.month().unsigned_abs(), end.day().unsigned_abs());
        // 29 February has no fellow five years earlier.
        let back = Day::from_ymd(year, month.into(), day.into())
            .or_else(|| Day::from_ymd(year, month.into(), 28))
            .unwrap_or(today);
        Self {
            first: options.from.unwrap_or(back),
            last,
            is_asked: options.from.is_some(),
            now,
        }
    }

    /// Seconds on any clock between which instances are looked for; later than now, to see whether a series goes on.
    pub fn walls(self) -> (i64, i64) {
        let from = (i64::from(self.first.0) - 2) * DAY;
        let to = (i64::from(self.last.0) + 2) * DAY;
        (from, to.min(self.now + 400 * DAY))
    }
}
