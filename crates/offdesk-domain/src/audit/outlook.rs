//! What handing an activity off would bring: set-up, ramp and review at the owner's worth.

use rust_decimal::Decimal;

use super::Frame;

/// Owner hours to write a blueprint and show it to somebody (`ux.md`, section 7: the break-even example).
const SETUP_HOURS: Decimal = Decimal::from_parts(6, 0, 0, false, 0);
/// Weeks in which the other needs double the time.
const RAMP_WEEKS: u32 = 4;
/// Owner hours of review per hour of the work: while ramping up, and afterwards (1.5 h and 0.5 h on 6 h).
const RAMP_REVIEW: Decimal = Decimal::from_parts(25, 0, 0, false, 2);
const STEADY_REVIEW_DIVISOR: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

/// A first outlook on handing an activity off: set-up, ramp and review counted at the owner's worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandoffOutlook {
    /// What is left of the first year's gap after set-up, ramp and review.
    pub first_year_gain: Decimal,
    /// Week in which the set-up is paid back; `None`: not within a year.
    pub payback_week: Option<u32>,
    /// How ready it is to be handed off, in hundredths.
    pub readiness: u8,
}

impl HandoffOutlook {
    /// What handoffs are ranked by: the gain of the first year, the less the less ready it is. Where nothing is gained, the
    /// smaller loss comes first, and after everything that gains.
    #[must_use]
    pub fn score(&self) -> Decimal {
        if self.first_year_gain > Decimal::ZERO {
            self.first_year_gain * Decimal::from(self.readiness)
        } else {
            self.first_year_gain
        }
    }
}

/// What an outlook is put together from. Money is in the currency of the worth, hours are the owner's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutlookParts {
    /// Hours to write down how it is done and to show it, once.
    pub setup_hours: Decimal,
    /// The same at the owner's worth.
    pub setup: Decimal,
    /// Weeks in which the other needs double the time.
    pub ramp_weeks: u32,
    /// Hours of review a week in these.
    pub ramp_review: Decimal,
    /// Hours of review a week afterwards.
    pub steady_review: Decimal,
    /// What a week brings in the ramp; may be negative.
    pub ramp: Decimal,
    /// What a week brings afterwards; may be negative.
    pub steady: Decimal,
}

impl OutlookParts {
    pub(super) fn of(hours_per_week: Decimal, price: Decimal, worth: Decimal) -> Self {
        let ramp = hours_per_week * (worth - price * Decimal::TWO - worth * RAMP_REVIEW);
        let steady = hours_per_week * (worth - price - worth / STEADY_REVIEW_DIVISOR);
        Self {
            setup_hours: SETUP_HOURS,
            setup: SETUP_HOURS * worth,
            ramp_weeks: RAMP_WEEKS,
            ramp_review: hours_per_week * RAMP_REVIEW,
            steady_review: hours_per_week / STEADY_REVIEW_DIVISOR,
            ramp,
            steady,
        }
    }

    /// The sum after so many weeks of work, set-up included.
    #[must_use]
    pub fn sum_after(&self, weeks: Decimal) -> Decimal {
        let in_ramp = Decimal::from(self.ramp_weeks).min(weeks);
        self.ramp * in_ramp + self.steady * (weeks - in_ramp) - self.setup
    }
}

/// Set-up, double time in the ramp, review in the ramp and after it, all at the owner's worth.
pub(super) fn outlook(
    hours_per_week: Decimal,
    price: Decimal,
    times_per_week: Decimal,
    frame: &Frame,
) -> HandoffOutlook {
    let worth = frame.worth.hour;
    let parts = OutlookParts::of(hours_per_week, price, worth);
    let payback_week = (1..=52).find(|week| parts.sum_after(Decimal::from(*week)) >= Decimal::ZERO);
    HandoffOutlook {
        first_year_gain: parts.sum_after(frame.weeks_per_year),
        payback_week,
        readiness: readiness(price, times_per_week, worth),
    }
}

/// Repeats weekly, and asks for little judgement, which its price stands for.
pub(super) fn readiness(price: Decimal, times_per_week: Decimal, worth: Decimal) -> u8 {
    let rhythm = if times_per_week >= Decimal::TWO {
        50
    } else if times_per_week >= Decimal::ONE {
        45
    } else {
        30
    };
    let judgement = if price * Decimal::from(4) <= worth {
        50
    } else if price * Decimal::TWO <= worth {
        45
    } else {
        30
    };
    rhythm + judgement
}
