//! The return: what a handoff really gave, in lines that are never added up in silence: hours bought back, cash, what the hours became,
//! quality, and how it stands against what was expected. It may be negative, and then says so first.

mod advice;
mod bands;
mod course;
mod dials;
mod hours;
mod live;
mod money;
mod quality;
mod record;
mod strain;
mod stress;
mod two_lines;
mod uses;
mod verdict;
mod words;
mod working;

pub use advice::{Advice, Because};
pub use bands::{Band, Bands};
pub use course::{BreakEven, Forecast, break_even};
pub use dials::{Clocked, Dials, dials};
pub use hours::{Apart, Baseline, Hours, Supervision, Week};
pub use live::{EarnedSince, Held, Standing, held, live_days, live_moves};
pub use money::{Cash, Flow, spread};
pub use quality::{Level, Quality};
pub use record::{Around, Record, monday_of, sum_of};
pub use strain::{Dial, Reading, WeekDials, readings};
pub use stress::{Answer, AnswerError, is_at_risk, usual};
pub use two_lines::{Without, Work, effective_hour, without_top};
pub use uses::{Became, HourValues, Opportunity};
pub use verdict::{EARLY_WEEKS, Figure, SoFar, Tried, Verdict, bad_since, judge};
pub use words::{headline, reasons};
pub use working::{ClockTime, WorkingDay, WorkingDayError};

use rust_decimal::Decimal;

use crate::money::{Currency, Money, MoneyError};
use crate::time::Seconds;

/// What is known of one handoff over some weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// What the work took the owner before.
    pub baseline: Baseline,
    /// Its weeks, in order.
    pub weeks: Vec<Week>,
    /// Hours of the owner's for the blueprint and for explaining, where they fall into these weeks.
    pub set_up: Seconds,
    /// What was paid for the set-up, such as training.
    pub set_up_cash: Vec<Flow>,
}

/// What a handoff gave over some weeks; also the sum of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Return {
    /// Its hours.
    pub hours: Hours,
    /// Its cash.
    pub cash: Cash,
    /// What the hours bought back were worth by what they became.
    pub opportunity: Opportunity,
    /// The owner's hours for setting it up.
    pub set_up: Seconds,
    /// Those hours, at what an hour of the owner's work is worth.
    pub set_up_value: Money,
}

impl Return {
    /// Nothing yet.
    #[must_use]
    pub fn nothing(currency: Currency) -> Self {
        Self {
            hours: Hours::default(),
            cash: Cash::none(currency),
            opportunity: Opportunity::none(currency),
            set_up: Seconds::ZERO,
            set_up_value: Money::new(Decimal::ZERO, currency),
        }
    }

    /// What facts come to.
    ///
    /// # Errors
    /// [`MoneyError`] where amounts are too large, or their own currency is not the one of the values.
    pub fn of(facts: &Facts, values: HourValues) -> Result<Self, MoneyError> {
        let mut sum = Self::nothing(values.work.currency);
        for week in &facts.weeks {
            let hours = Hours::of_week(facts.baseline, week);
            sum.opportunity = sum.opportunity.plus(Opportunity::of_week(
                hours.bought_back(),
                week.became,
                values,
            )?)?;
            sum.hours = sum.hours.plus(hours);
            sum.cash = sum.cash.with(&week.cash)?;
        }
        sum.cash = sum.cash.with(&facts.set_up_cash)?;
        sum.set_up = facts.set_up;
        sum.set_up_value = values.of_work(facts.set_up)?;
        Ok(sum)
    }

    /// The sum of two.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        Ok(Self {
            hours: self.hours.plus(other.hours),
            cash: self.cash.plus(&other.cash)?,
            opportunity: self.opportunity.plus(other.opportunity)?,
            set_up: self.set_up + other.set_up,
            set_up_value: self.set_up_value.plus(other.set_up_value)?,
        })
    }

    /// What it cost in cash for each hour bought back; `None` where no hour was, or where no rate is known of a part of the cost. Needs no
    /// worth of anybody's hour.
    #[must_use]
    pub fn price_per_hour(&self) -> Option<Decimal> {
        let hours = self.hours.bought_back().total();
        let is_known = hours > Seconds::ZERO && self.cash.is_whole();
        is_known.then(|| self.cash.net_out().checked_div(hours.hours()))?
    }

    /// Everything in money: what the hours became, and cash, less the set-up. Only for a verdict, and named as what it is; it says nothing
    /// where [`Cash::is_whole`] does not hold.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn result(&self) -> Result<Money, MoneyError> {
        let minus = |amount: Decimal| Money::new(-amount, self.set_up_value.currency);
        self.opportunity
            .total()?
            .plus(minus(self.cash.net_out()))?
            .plus(minus(self.set_up_value.amount))
    }
}

/// What a handoff brought in each week, in money, without its set-up: the steps to its break-even.
///
/// # Errors
/// [`MoneyError`].
pub fn weekly_results(facts: &Facts, values: HourValues) -> Result<Vec<Money>, MoneyError> {
    let one = |week: &Week| {
        let facts = Facts {
            baseline: facts.baseline,
            weeks: vec![week.clone()],
            set_up: Seconds::ZERO,
            set_up_cash: Vec::new(),
        };
        Return::of(&facts, values)?.result()
    };
    facts.weeks.iter().map(one).collect()
}

#[cfg(test)]
mod tests;
