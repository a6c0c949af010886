//! Time as offdesk counts it: whole seconds, civil days, and how an entry came to be known.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;

/// A length of time in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Seconds(pub i64);

impl Seconds {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// Exact hours, as far as a decimal number can hold them (28 digits).
    #[must_use]
    pub fn hours(self) -> Decimal {
        Decimal::from(self.0) / Decimal::from(3600)
    }

    /// Hours, minutes and seconds, as a clock counts them: `1:30:05`, with a minus where it is below nothing.
    #[must_use]
    pub fn in_clock(self) -> String {
        let (sign, time) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (hours, minutes, seconds) = (time / 3_600, time / 60 % 60, time % 60);
        format!("{sign}{hours}:{minutes:02}:{seconds:02}")
    }

    /// Hours as a floating number, for output only.
    #[must_use]
    pub fn hours_f64(self) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "2^53 seconds are 285 million years"
        )]
        let seconds = self.0 as f64;
        seconds / 3600.0
    }
}

impl Add for Seconds {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Seconds {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for Seconds {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Seconds {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

/// A civil day, as days since 1970-01-01; cheap to compare and to count with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(pub i32);

impl Day {
    /// The first day that counts: 2000-01-01. A year before it was mistyped.
    pub const FIRST: Self = Self(10_957);
    /// So many days ahead something may begin: twenty years.
    pub const AHEAD: i32 = 7_305;

    /// The day so many days later.
    #[must_use]
    pub fn ahead(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The day of a calendar date, by the proleptic Gregorian calendar; `None` for an impossible date.
    ///
    /// The arithmetic is Howard Hinnant's `days_from_civil`; years 0 to 9999.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || day < 1 {
            return None;
        }
        if i64::from(day) > days_in_month(year.into(), month.into()) {
            return None;
        }
        let month = i32::try_from(month).ok()?;
        let day = i32::try_from(day).ok()?;
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let yoe = y - era * 400;
        let doy = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        Some(Self(era * 146_097 + doe - 719_468))
    }

    /// The day of a number as databases keep it: days since 1970; `None` where it is too large for one.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        i32::try_from(number).ok().map(Self)
    }

    /// The day of a jiff date.
    #[must_use]
    pub fn from_date(date: Date) -> Self {
        let month = u32::from(date.month().unsigned_abs());
        let day = u32::from(date.day().unsigned_abs());
        Self::from_ymd(i32::from(date.year()), month, day).unwrap_or(Self(0))
    }

    /// The day a count of seconds since 1970 falls on.
    #[must_use]
    pub fn from_epoch_seconds(seconds: i64) -> Self {
        Self(i32::try_from(seconds.div_euclid(86_400)).unwrap_or(i32::MAX))
    }

    /// The calendar date; the first or the last that there is for a day beyond it.
    #[must_use]
    pub fn date(self) -> Date {
        const EPOCH: Date = jiff::civil::date(1970, 1, 1);
        let days = jiff::Span::new().try_days(i64::from(self.0));
        let date = days.and_then(|days| EPOCH.checked_add(days));
        date.unwrap_or(if self.0 < 0 { Date::MIN } else { Date::MAX })
    }

    /// Day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        match (i64::from(self.0) + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

/// The number of the week of a day counted from 1970. The year began on a Thursday, so that a Monday is 3 before a multiple of 7.
#[must_use]
pub fn week_of(day: i64) -> i64 {
    (day + 3).div_euclid(7)
}

/// Days of a month.
pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// How the time of an entry is known. Kinds are never added up for the same person and hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntryKind {
    /// Logged: a tracker's start and stop, or a duration.
    Measured,
    /// Inferred from a calendar or an app log.
    Implied,
    /// Typed from memory.
    Remembered,
}

impl EntryKind {
    /// All kinds, the most trusted first.
    pub const ALL: [Self; 3] = [Self::Measured, Self::Implied, Self::Remembered];

    /// The kind of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Implied => "implied",
            Self::Remembered => "remembered",
        }
    }
}

/// The days an audit covers, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day with an entry.
    pub from: Day,
    /// Last day with an entry.
    pub to: Day,
}

impl Period {
    /// Weeks covered: days / 7, counting a weekend that directly follows the last day, at least one week.
    /// Full weeks are counted as they are.
    ///
    /// Monday 5 January to Friday 27 March 2026 is 12 weeks, not 11.7: nobody worked that last weekend.
    #[must_use]
    pub fn weeks(self) -> Decimal {
        (Decimal::from(self.days_with_weekend()) / Decimal::from(7)).max(Decimal::ONE)
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> i64 {
        i64::from(self.to.0) - i64::from(self.from.0) + 1
    }

    /// Its days, with the weekend that directly follows its last one.
    pub(crate) fn days_with_weekend(self) -> i64 {
        let days = self.days();
        let closing = match self.to.weekday() {
            _ if days % 7 == 0 => 0,
            Weekday::Friday => 2,
            Weekday::Saturday => 1,
            _ => 0,
        };
        days + closing
    }

    /// The same with the weekend that directly follows its last day.
    #[must_use]
    pub fn with_weekend(self) -> Self {
        let closing = match self.to.weekday() {
            Weekday::Friday => 2,
            Weekday::Saturday => 1,
            _ => 0,
        };
        Self {
            to: Day(self.to.0 + closing),
            ..self
        }
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn has(self, day: Day) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_as_a_clock_counts_them() {
        let check = |seconds, expected: &str| assert_eq!(Seconds(seconds).in_clock(), expected);
        check(0, "0:00:00");
        check(59, "0:00:59");
        check(5_405, "1:30:05");
        check(360_000, "100:00:00");
        check(-3_661, "-1:01:01");
    }

    #[test]
    fn days_agree_with_jiff_over_two_centuries() {
        let mut date = jiff::civil::date(1899, 12, 31);
        for _ in 0..80_000 {
            let day = Day::from_date(date);
            assert_eq!(day.date(), date);
            assert_eq!(day.weekday(), date.weekday());
            date = date.tomorrow().unwrap();
        }
    }

    #[test]
    fn days_beyond_the_calendar_are_its_last_ones() {
        let last = Day::from_ymd(9999, 12, 31).unwrap();
        assert_eq!(Day(last.0 + 1).date(), Date::MAX);
        assert_eq!(Day(i32::MAX).date(), Date::MAX);
        assert_eq!(Day(i32::MIN).date(), Date::MIN);
        assert_eq!(Day::FIRST.to_string(), "2000-01-01");
    }

    #[test]
    fn impossible_dates_are_none() {
        for (y, m, d) in [
            (2026, 2, 29),
            (2026, 2, 31),
            (2026, 13, 1),
            (2026, 0, 1),
            (2026, 1, 0),
            (10000, 1, 1),
            (2026, 4, 31),
        ] {
            assert_eq!(Day::from_ymd(y, m, d), None, "{y}-{m}-{d}");
        }
        assert!(Day::from_ymd(2024, 2, 29).is_some());
    }

    #[test]
    fn weeks_of_a_period() {
        let check = |from: (i32, u32, u32), to: (i32, u32, u32), weeks: &str| {
            let day = |(y, m, d)| Day::from_ymd(y, m, d).unwrap();
            let period = Period {
                from: day(from),
                to: day(to),
            };
            assert_eq!(
                period.weeks().round_dp(2).normalize().to_string(),
                weeks,
                "{from:?} {to:?}"
            );
        };
        check((2026, 1, 5), (2026, 3, 27), "12");
        check((2026, 2, 2), (2026, 4, 12), "10");
        check((2026, 2, 4), (2026, 2, 4), "1");
        check((2026, 2, 4), (2026, 2, 10), "1");
        check((2026, 2, 2), (2026, 2, 9), "1.14");
        // A month of four full weeks that ends on a Saturday.
        check((2026, 2, 1), (2026, 2, 28), "4");
    }

    #[test]
    fn hours_are_exact() {
        assert_eq!(Seconds(1_750_500).hours().to_string(), "486.25");
        assert!((Seconds(1_750_500).hours_f64() - 486.25).abs() < f64::EPSILON);
    }
}
