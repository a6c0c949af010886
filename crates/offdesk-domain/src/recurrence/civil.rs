//! Calendar dates and days counted from 1970, in the proleptic Gregorian calendar.

use crate::Day;
use crate::time::days_in_month;

/// A calendar date, counted without regard to impossible ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// Year.
    pub year: i64,
    /// Month, from 1.
    pub month: i64,
    /// Day of the month, from 1.
    pub day: i64,
}

impl Civil {
    /// A date of the years 0 to 9999.
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        (0..=9999)
            .contains(&year)
            .then_some(Self { year, month, day })
    }

    /// The date of a day counted from 1970, by Howard Hinnant's `civil_from_days`.
    pub fn of(day: i64) -> Self {
        let z = day + 719_468;
        let era = z.div_euclid(146_097);
        let of_era = z.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        Self {
            year: year + era * 400 + i64::from(month <= 2),
            month,
            day,
        }
    }

    /// Days from 1970 to a date; the year may be 10000, to end the year before.
    pub fn days(year: i64, month: i64, day: i64) -> i64 {
        let small = |n: i64| u32::try_from(n).unwrap_or(0);
        let within = i32::try_from(year.min(9999)).unwrap_or(0);
        let days = Day::from_ymd(within, small(month), small(day)).map_or(0, |d| i64::from(d.0));
        days + if year > 9999 { 365 } else { 0 }
    }

    /// Days in its month.
    pub fn month_length(self) -> i64 {
        days_in_month(self.year, self.month)
    }
}

/// Day of the week of a day counted from 1970, from Monday as 0.
pub fn weekday_of(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}
