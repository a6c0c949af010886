//! What was agreed to be paid, as the figures of a case: by the hour, by the time, or by the month.

use rust_decimal::prelude::ToPrimitive;

use super::Input;
use crate::person::{Terms, Unit};

/// Months in a year.
const MONTHS: f64 = 12.0;
/// Days in a year, on average.
const DAYS: f64 = 365.25;

/// An amount in one currency, and what it is paid for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Paid {
    /// An hour of the person's.
    Hour(f64),
    /// One time it is done.
    Time(f64),
    /// A month, however much is done.
    Month(f64),
}

/// What is known of the work that is paid for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Work {
    /// How often it comes up in a week.
    pub times_per_week: f64,
    /// Weeks of a year in which it does.
    pub weeks_per_year: f64,
    /// Fees and employer's share, as a factor.
    pub load: f64,
    /// What each time costs beside what the person is paid.
    pub beside: f64,
}

impl Paid {
    /// What terms pay for; `None` for milestones, of which nobody can say how many a year has.
    #[must_use]
    pub fn of(terms: &Terms) -> Option<Self> {
        let amount = terms.price.amount.to_f64()?;
        match terms.unit {
            Unit::Hour => Some(Self::Hour(amount)),
            Unit::Assignment => Some(Self::Time(amount)),
            Unit::Retainer => Some(Self::Month(amount)),
            Unit::Milestone => None,
        }
    }

    /// The price of an hour, and what each time costs beside it. Fees and the employer's share are on every pay; a case has them on
    /// hours only. A month is paid in weeks without work, too, so a year of it stands on the weeks that have some.
    #[must_use]
    pub fn figures(self, work: Work) -> [(Input, f64); 2] {
        let (rate, each) = match self {
            Self::Hour(rate) => (rate, 0.0),
            Self::Time(price) => (0.0, work.load * price),
            Self::Month(price) => {
                let times = work.times_per_week * work.weeks_per_year;
                (0.0, work.load * price * MONTHS / times)
            }
        };
        [
            (Input::Rate, rate),
            (Input::CostEachTime, work.beside + each),
        ]
    }

    /// What is paid for so many hours of the person's.
    pub(super) fn by_hours(self, hours: f64) -> f64 {
        match self {
            Self::Hour(rate) => rate * hours,
            Self::Time(_) | Self::Month(_) => 0.0,
        }
    }

    /// What is paid for so many times.
    pub(super) fn by_times(self, times: f64) -> f64 {
        match self {
            Self::Time(price) => price * times,
            Self::Hour(_) | Self::Month(_) => 0.0,
        }
    }

    /// What is paid for so many days.
    pub(super) fn by_days(self, days: f64) -> f64 {
        match self {
            Self::Month(price) => price * MONTHS / DAYS * days,
            Self::Hour(_) | Self::Time(_) => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_agreed_stands_in_the_figures() {
        let work = Work {
            times_per_week: 5.0,
            weeks_per_year: 48.0,
            load: 1.1,
            beside: 2.0,
        };
        let check = |unit: &str, amount: &str, expected: Option<(f64, f64)>| {
            let paid = Terms::typed(unit, amount, "USD")
                .ok()
                .and_then(|terms| Paid::of(&terms));
            let figures = paid.map(|paid| paid.figures(work).map(|(_, number)| number));
            match (figures, expected) {
                (Some([rate, each]), Some((of_hour, of_time))) => {
                    assert!((rate - of_hour).abs() < 1e-9, "{unit}: {rate}");
                    assert!((each - of_time).abs() < 1e-9, "{unit}: {each}");
                }
                (figures, expected) => assert_eq!(figures.is_none(), expected.is_none(), "{unit}"),
            }
        };
        check("hour", "14", Some((14.0, 2.0)));
        check("assignment", "500", Some((0.0, 552.0)));
        // 1,000 a month with fees are 13,200 a year, for 240 times.
        check("retainer", "1000", Some((0.0, 57.0)));
        check("milestone", "900", None);
    }
}
