//! Dates and times of day as the generated files print them.

use std::fmt;

/// Seconds of a day, printed as `08:15:00`.
#[derive(Clone, Copy)]
pub struct Clock(pub u64);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(seconds) = self;
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        write!(f, "{hours:02}:{minutes:02}:{:02}", seconds % 60)
    }
}

/// A date of the proleptic Gregorian calendar, printed as `2026-02-12`.
#[derive(Clone, Copy)]
pub struct Date {
    year: u64,
    month: u64,
    day: u64,
}

impl Date {
    /// The date of a number of days since 1970, by Howard Hinnant's `civil_from_days`.
    pub fn of(days: u64) -> Self {
        let shifted = days + 719_468;
        let era = shifted / 146_097;
        let of_era = shifted % 146_097;
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        Self {
            year: year_of_era + era * 400 + u64::from(month <= 2),
            month,
            day: of_year - (153 * from_march + 2) / 5 + 1,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (days, date) in [
            (0, "1970-01-01"),
            (16_804, "2016-01-04"),
            (16_860, "2016-02-29"),
            (16_861, "2016-03-01"),
            (20_635, "2026-07-01"),
        ] {
            assert_eq!(Date::of(days).to_string(), date);
        }
    }
}
