//! What was expected beside what came: hours a year, and the week of the break-even.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::money::Money;
use crate::time::Seconds;

/// The weeks whose mean is what goes on.
const RECENT: usize = 4;

/// What was reckoned when the work was handed off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// Hours bought back in each week, from the first one.
    pub weeks: Vec<Seconds>,
    /// The week of the break-even, from 1.
    pub break_even: Option<u32>,
}

impl Forecast {
    /// Hours of all weeks.
    #[must_use]
    pub fn planned(&self) -> Seconds {
        self.weeks.iter().copied().sum()
    }

    /// What all weeks come to if they go on as the days did of which so much came and so much was planned: as the plan, in the proportion
    /// in which hours came so far. Where nothing was planned for them yet, the plan is added to what came.
    #[must_use]
    pub fn on_course(&self, actual: Seconds, planned: Seconds) -> Seconds {
        let all = self.planned();
        if planned <= Seconds::ZERO {
            return actual + (all - planned);
        }
        let product = i128::from(actual.0) * i128::from(all.0);
        Seconds(i64::try_from(product / i128::from(planned.0)).unwrap_or(i64::MAX))
    }
}

/// Where the break-even is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakEven {
    /// It was reached.
    Reached {
        /// In which week, from 1.
        week: u32,
        /// In which it was planned.
        planned: Option<u32>,
    },
    /// It is ahead, if it goes on as in the last four weeks.
    Ahead {
        /// In which week.
        week: u32,
        /// In which it was planned.
        planned: Option<u32>,
    },
    /// It moves away, or is not before the end of the second year.
    OutOfSight {
        /// In which week it was planned.
        planned: Option<u32>,
    },
}

impl BreakEven {
    /// Weeks by which it is later than planned; less than nothing where it is earlier. `None` where either is not known.
    #[must_use]
    pub fn moved_by(self) -> Option<i64> {
        match self {
            Self::Reached { week, planned } | Self::Ahead { week, planned } => {
                planned.map(|planned| i64::from(week) - i64::from(planned))
            }
            Self::OutOfSight { .. } => None,
        }
    }
}

/// The last week that is looked at.
const HORIZON: u32 = 104;

/// Where the break-even is, from what the set-up cost, what each whole week brought since, and what came in the one that runs, which tells
/// nothing of how it goes on. A sum that was reached once counts as reached. `None` before there is a whole week to go by.
#[must_use]
pub fn break_even(
    set_up: Money,
    weekly: &[Money],
    running: Option<Money>,
    planned: Option<u32>,
) -> Option<BreakEven> {
    let mut left = set_up.amount;
    let mut week = 0;
    for brought in weekly {
        week += 1;
        left -= brought.amount;
        if left <= Decimal::ZERO {
            return Some(BreakEven::Reached { week, planned });
        }
    }
    if running.is_some_and(|brought| left <= brought.amount) {
        let week = week + 1;
        return Some(BreakEven::Reached { week, planned });
    }
    let recent = weekly.iter().rev().take(RECENT);
    let (count, sum) = recent.fold((0_u32, Decimal::ZERO), |(count, sum), brought| {
        (count + 1, sum + brought.amount)
    });
    if count == 0 {
        return None;
    }
    if sum <= Decimal::ZERO {
        return Some(BreakEven::OutOfSight { planned });
    }
    let more = left
        .checked_mul(Decimal::from(count))
        .and_then(|left| left.checked_div(sum))
        .and_then(|weeks| weeks.ceil().to_u32());
    Some(match more.and_then(|more| week.checked_add(more)) {
        Some(week) if week <= HORIZON => BreakEven::Ahead { week, planned },
        _ => BreakEven::OutOfSight { planned },
    })
}
