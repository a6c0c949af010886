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

/// Set-up, double time in the ramp, review in the ramp and after it, all at the owner's worth.
pub(super) fn outlook(
    hours_per_week: Decimal,
    price: Decimal,
    times_per_week: Decimal,
    frame: &Frame,
) -> HandoffOutlook {
    let worth = frame.worth.hour;
    let ramp = hours_per_week * (worth - price * Decimal::TWO - worth * RAMP_REVIEW);
    let steady = hours_per_week * (worth - price - worth / STEADY_REVIEW_DIVISOR);
    let setup = SETUP_HOURS * worth;
    let ramp_weeks = Decimal::from(RAMP_WEEKS).min(frame.weeks_per_year);
    let first_year_gain = ramp * ramp_weeks + steady * (frame.weeks_per_year - ramp_weeks) - setup;
    let mut balance = -setup;
    let payback_week = (1..=52).find(|week| {
        balance += if *week <= RAMP_WEEKS { ramp } else { steady };
        balance >= Decimal::ZERO
    });
    HandoffOutlook {
        first_year_gain,
        payback_week,
        readiness: readiness(price, times_per_week, worth),
    }
}

/// Repeats weekly, and asks for little judgement, which its price stands for.
fn readiness(price: Decimal, times_per_week: Decimal, worth: Decimal) -> u8 {
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
