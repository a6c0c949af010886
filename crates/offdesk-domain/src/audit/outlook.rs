//! What handing an activity off would bring: the decision at the likeliest numbers, and how ready it is.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Activity, Blueprint, Frame};
use crate::decision::comparison::drop_value;
use crate::decision::usual::{Usual, hours_each, hours_each_remembered, weeks_of};
use crate::decision::{Advice, Because, Case, Decision, Input, decide};

/// What handing an activity off would bring, after everything: the same decision that weighing it begins with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HandoffOutlook {
    /// The net value of a year of work, in cents of the worth's currency.
    pub first_year_gain: Decimal,
    /// Week in which it is square; `None`: not within the weeks of the case, or of the year where that is longer.
    pub payback_week: Option<u32>,
    /// How ready it is to be handed off, in hundredths.
    pub readiness: u8,
    /// The numbers it was weighed with.
    pub case: Case,
    /// What comes of them.
    pub decision: Decision,
    /// What to do.
    pub advice: Advice,
    /// Why.
    pub because: Because,
}

impl HandoffOutlook {
    /// Weighs a case. Of more weeks than the owner's year the share of a year counts; of fewer the same work is weighed over all of the
    /// year, its set-up once.
    #[must_use]
    pub fn of(case: Case, readiness: u8, weeks_per_year: Decimal) -> Self {
        let decision = decide(&case);
        let (advice, because) = decision.verdict(&case);
        let year = weeks_of(weeks_per_year.to_f64().unwrap_or(0.0));
        let weeks = case.get(Input::Weeks);
        let over_year = if weeks < year {
            decide(&case.with(Input::Weeks, year))
        } else {
            decision
        };
        let share = year / weeks.max(year);
        Self {
            first_year_gain: cents(over_year.net_value * share),
            payback_week: over_year.break_even_week,
            readiness,
            case,
            decision,
            advice,
            because,
        }
    }

    /// The same where it is better dropped: what a year without it brings, when each time brings so much, in the place of a handoff.
    #[must_use]
    pub fn dropped(self, brings: f64, weeks_per_year: Decimal) -> Self {
        let year = weeks_of(weeks_per_year.to_f64().unwrap_or(0.0));
        let gain = drop_value(&self.case.with(Input::Weeks, year), brings);
        Self {
            first_year_gain: cents(gain),
            payback_week: None,
            advice: Advice::Drop,
            because: Because::NotNeeded,
            ..self
        }
    }

    /// Whether it is to be handed off: it brings an hour of the owner's or more.
    #[must_use]
    pub fn pays(&self) -> bool {
        matches!(self.advice, Advice::Delegate | Advice::Automate)
    }

    /// Whether it is kept only because its case looks ahead less than a year: over the year it would bring something.
    #[must_use]
    pub fn is_too_short(&self) -> bool {
        let is_kept = matches!(self.because, Because::Price | Because::NoHours);
        is_kept && !self.pays() && self.first_year_gain > Decimal::ZERO
    }

    /// How ready it is, in steps from none to four: ready, nearly ready, in need of preparation.
    #[must_use]
    pub fn steps(&self) -> u8 {
        match self.readiness {
            90.. => 4,
            75..90 => 3,
            50..75 => 2,
            25..50 => 1,
            0..25 => 0,
        }
    }

    /// What handoffs are ranked by: the net value of a year, the less the less ready it is. Where nothing is gained, the
    /// smaller loss comes first, and after everything that gains.
    #[must_use]
    pub fn score(&self) -> Decimal {
        if self.first_year_gain > Decimal::ZERO {
            self.first_year_gain
                .saturating_mul(Decimal::from(self.readiness))
        } else {
            self.first_year_gain
        }
    }
}

fn cents(gain: f64) -> Decimal {
    let gain = Decimal::try_from(gain).unwrap_or_default();
    gain.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// Hours of one time: as the days of the entries say, else by entries, of which a day has one, else as people remember weeks.
pub(super) fn hours_of_one_time(
    activity: &Activity,
    hours_per_week: Decimal,
    frame: &Frame,
) -> f64 {
    let number = |hours: Decimal| hours.to_f64().unwrap_or(0.0);
    if let Some(each) = activity.hours_each {
        return hours_each(number(each));
    }
    if activity.mix.is_remembered() {
        return hours_each_remembered(number(hours_per_week));
    }
    let days = activity.entries.min(u64::from(frame.days_logged)).max(1);
    hours_each(number(activity.mix.total().hours() / Decimal::from(days)))
}

/// The outlook of an activity that nobody has weighed; `None` for figures that cannot be weighed.
pub(super) fn outlook(
    activity: &Activity,
    (hours_per_week, hours_each): (Decimal, f64),
    price: Decimal,
    frame: &Frame,
) -> Option<HandoffOutlook> {
    let number = |value: Decimal| value.to_f64().unwrap_or(0.0);
    let usual = Usual {
        worth: number(frame.worth.hour),
        hours_per_week: number(hours_per_week),
        hours_each,
        weeks_per_year: number(frame.weeks_per_year),
        rate: number(price),
    };
    let case = usual.case()?;
    let readiness = readiness(activity, price, frame);
    Some(HandoffOutlook::of(case, readiness, frame.weeks_per_year))
}

/// Comes back often, asks for little judgement, which its price stands for, and is written down.
pub(super) fn readiness(activity: &Activity, price: Decimal, frame: &Frame) -> u8 {
    let per_week = Decimal::from(activity.entries)
        .checked_div(frame.weeks)
        .unwrap_or_default();
    // Remembered work has one row, whatever its rhythm: it was told as the work of a usual week.
    let rhythm = if per_week >= Decimal::TWO {
        40
    } else if per_week >= Decimal::ONE || activity.mix.is_remembered() {
        36
    } else {
        24
    };
    let worth = frame.worth.hour;
    let judgement = if price.saturating_mul(Decimal::from(4)) <= worth {
        35
    } else if price.saturating_mul(Decimal::TWO) <= worth {
        31
    } else {
        21
    };
    let blueprint = match activity.blueprint {
        Blueprint::None => 0,
        Blueprint::Draft => 10,
        Blueprint::Published => 25,
    };
    rhythm + judgement + blueprint
}
