//! How often somebody is paid, and which days belong together because of it.

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use super::earning::{month_of, months_later};
use crate::time::{Day, Period};

/// The first day of a period from the 20th on.
const TWENTIETH: i8 = 20;

/// How often a person is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cycle {
    /// Monday to Sunday.
    Weekly,
    /// The 1st to the 15th, and the 16th to the end of the month.
    HalfMonthly,
    /// A calendar month.
    Monthly,
    /// The 20th to the 19th of the next month.
    FromTwentieth,
}

/// A word that is no cycle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no period of pay: use weekly, half_monthly, monthly or from_20th")]
pub struct CycleError(pub String);

impl CycleError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "pay.cycle"
    }
}

impl Cycle {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Weekly,
        Self::HalfMonthly,
        Self::Monthly,
        Self::FromTwentieth,
    ];

    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::HalfMonthly => "half_monthly",
            Self::Monthly => "monthly",
            Self::FromTwentieth => "from_20th",
        }
    }

    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Weekly => "every week, Monday to Sunday",
            Self::HalfMonthly => "twice a month, up to the 15th and up to the end",
            Self::Monthly => "every month",
            Self::FromTwentieth => "every month, from the 20th to the 19th",
        }
    }

    /// The cycle of a word.
    ///
    /// # Errors
    /// [`CycleError`].
    pub fn of(word: &str) -> Result<Self, CycleError> {
        let found = Self::ALL
            .into_iter()
            .find(|cycle| cycle.word() == word.trim());
        found.ok_or_else(|| CycleError(word.to_owned()))
    }

    /// The period that a day is in.
    #[must_use]
    pub fn period(self, day: Day) -> Period {
        let month = month_of(day);
        let (first, last) = (month.from, month.to);
        let (from, to) = match self {
            Self::Weekly => {
                let since = i32::from(day.weekday().since(Weekday::Monday));
                (Day(day.0 - since), Day(day.0 - since + 6))
            }
            Self::HalfMonthly if day.date().day() <= 15 => (first, Day(first.0 + 14)),
            Self::HalfMonthly => (Day(first.0 + 15), last),
            Self::Monthly => (first, last),
            Self::FromTwentieth => {
                let twentieth = Day(first.0 + i32::from(TWENTIETH) - 1);
                if day.date().day() >= TWENTIETH {
                    (twentieth, Day(months_later(twentieth, 1).0 - 1))
                } else {
                    (months_later(twentieth, -1), Day(twentieth.0 - 1))
                }
            }
        };
        Period { from, to }
    }

    /// The period after one.
    #[must_use]
    pub fn next(self, period: Period) -> Period {
        self.period(Day(period.to.0.saturating_add(1)))
    }

    /// The last period that is over at a moment, in a zone.
    #[must_use]
    pub fn last_over(self, now: Timestamp, zone: &TimeZone) -> Period {
        let running = self.period(day_in(now, zone));
        self.period(Day(running.from.0.saturating_sub(1)))
    }
}

/// The day that a moment falls on in a zone.
#[must_use]
pub fn day_in(moment: Timestamp, zone: &TimeZone) -> Day {
    let offset = i64::from(zone.to_offset(moment).seconds());
    Day::from_epoch_seconds(moment.as_microsecond().div_euclid(1_000_000) + offset)
}

/// The moments of a period in a zone: from the first of its first day to before the first of the day after its last.
///
/// Where clocks were set forward over midnight a day begins at one; where a whole day was left out, it begins and ends where the next
/// one begins. `None` outside of the years that have moments.
#[must_use]
pub fn moments(period: Period, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    let start = |day: Day| {
        let zoned = zone.to_zoned_datetime(day.date().at(0, 0, 0, 0)).ok()?;
        // Of a day that does not exist the zone gives a moment of the next one.
        let zoned = zoned.start_of_day().ok()?;
        Some(zoned.timestamp())
    };
    Some((
        start(period.from)?,
        start(Day(period.to.0.checked_add(1)?))?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::from_date(text.parse().unwrap())
    }

    #[test]
    fn the_period_of_a_day() {
        use Cycle::{FromTwentieth, HalfMonthly, Monthly, Weekly};
        let check = |cycle: Cycle, on: &str, from: &str, to: &str| {
            let period = cycle.period(day(on));
            assert_eq!(
                (period.from, period.to),
                (day(from), day(to)),
                "{cycle:?} {on}"
            );
        };
        check(Weekly, "2026-03-29", "2026-03-23", "2026-03-29");
        check(Weekly, "2026-03-30", "2026-03-30", "2026-04-05");
        check(Weekly, "2026-01-01", "2025-12-29", "2026-01-04");
        check(HalfMonthly, "2026-02-15", "2026-02-01", "2026-02-15");
        check(HalfMonthly, "2026-02-16", "2026-02-16", "2026-02-28");
        check(HalfMonthly, "2024-02-29", "2024-02-16", "2024-02-29");
        check(HalfMonthly, "2026-12-31", "2026-12-16", "2026-12-31");
        check(Monthly, "2026-02-28", "2026-02-01", "2026-02-28");
        check(Monthly, "2024-02-29", "2024-02-01", "2024-02-29");
        check(Monthly, "2026-12-31", "2026-12-01", "2026-12-31");
        check(FromTwentieth, "2026-02-19", "2026-01-20", "2026-02-19");
        check(FromTwentieth, "2026-02-20", "2026-02-20", "2026-03-19");
        check(FromTwentieth, "2026-01-01", "2025-12-20", "2026-01-19");
        check(FromTwentieth, "2026-12-31", "2026-12-20", "2027-01-19");
    }

    #[test]
    fn the_moments_of_a_period() {
        let check = |cycle: Cycle, on: &str, zone: &str, from: &str, to: &str| {
            let zone = TimeZone::get(zone).unwrap();
            let (start, end) = moments(cycle.period(day(on)), &zone).unwrap();
            assert_eq!(
                (start.to_string(), end.to_string()),
                (from.into(), to.into()),
                "{on}"
            );
        };
        use Cycle::{HalfMonthly, Monthly, Weekly};
        // A week of 167 hours, one of 169, and one of 168 in UTC.
        check(
            Weekly,
            "2026-03-29",
            "Europe/Berlin",
            "2026-03-22T23:00:00Z",
            "2026-03-29T22:00:00Z",
        );
        check(
            Weekly,
            "2026-10-25",
            "Europe/Berlin",
            "2026-10-18T22:00:00Z",
            "2026-10-25T23:00:00Z",
        );
        check(
            Weekly,
            "2026-03-29",
            "UTC",
            "2026-03-23T00:00:00Z",
            "2026-03-30T00:00:00Z",
        );
        check(
            Monthly,
            "2026-11-01",
            "America/New_York",
            "2026-11-01T04:00:00Z",
            "2026-12-01T05:00:00Z",
        );
        // Half an hour only.
        check(
            Monthly,
            "2026-04-01",
            "Australia/Lord_Howe",
            "2026-03-31T13:00:00Z",
            "2026-04-30T13:30:00Z",
        );
        // A day that began at one o'clock: Sao Paulo, 4 November 2018.
        check(
            Weekly,
            "2018-11-04",
            "America/Sao_Paulo",
            "2018-10-29T03:00:00Z",
            "2018-11-05T02:00:00Z",
        );
        check(
            HalfMonthly,
            "2018-10-31",
            "America/Sao_Paulo",
            "2018-10-16T03:00:00Z",
            "2018-11-01T03:00:00Z",
        );
        // Samoa left out 30 December 2011.
        check(
            Weekly,
            "2011-12-30",
            "Pacific/Apia",
            "2011-12-26T10:00:00Z",
            "2012-01-01T10:00:00Z",
        );
    }

    #[test]
    fn the_last_period_that_is_over() {
        let check = |now: &str, zone: &str, from: &str, to: &str| {
            let zone = TimeZone::get(zone).unwrap();
            let period = Cycle::Monthly.last_over(now.parse().unwrap(), &zone);
            assert_eq!((period.from, period.to), (day(from), day(to)), "{now}");
        };
        check(
            "2026-03-01T04:59:59Z",
            "America/New_York",
            "2026-01-01",
            "2026-01-31",
        );
        check(
            "2026-03-01T05:00:00Z",
            "America/New_York",
            "2026-02-01",
            "2026-02-28",
        );
        check(
            "2026-02-28T10:00:00Z",
            "Pacific/Kiritimati",
            "2026-02-01",
            "2026-02-28",
        );
    }

    #[test]
    fn words_lead_back() {
        for cycle in Cycle::ALL {
            assert_eq!(Cycle::of(cycle.word()), Ok(cycle));
        }
        assert_eq!(Cycle::of("daily").unwrap_err().code(), "pay.cycle");
    }

    proptest! {
        /// Periods follow each other without a gap, and every day is in the one it leads to.
        #[test]
        fn periods_cover_all_days(number in -100_000..200_000_i32, at in 0..4_usize) {
            let cycle = Cycle::ALL[at];
            let period = cycle.period(Day(number));
            prop_assert!(period.from.0 <= number && number <= period.to.0);
            prop_assert_eq!(cycle.period(period.from), period);
            prop_assert_eq!(cycle.period(period.to), period);
            prop_assert_eq!(cycle.next(period).from.0, period.to.0 + 1);
        }

        /// A moment is within the moments of the period of its day.
        #[test]
        fn a_moment_is_in_its_period(
            second in 0..4_000_000_000_i64,
            at in 0..4_usize,
            zone in proptest::sample::select(vec!["Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu", "Africa/Cairo"]),
        ) {
            let (zone, now) = (TimeZone::get(zone).unwrap(), Timestamp::from_second(second).unwrap());
            let period = Cycle::ALL[at].period(day_in(now, &zone));
            let (from, to) = moments(period, &zone).unwrap();
            prop_assert!(from <= now && now < to, "{} in {} to {}", now, from, to);
        }
    }
}
