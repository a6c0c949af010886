//! What the freed hours became, and what they are worth by that. Hours whose use is not known have no value.

use rust_decimal::Decimal;

use super::hours::Apart;
use crate::money::{Money, MoneyError};
use crate::time::Seconds;

/// What the owner said the freed hours of a week became; of none at all where they cannot say, so that these stay unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Became {
    /// Work at the owner's worth or above it.
    pub work: Seconds,
    /// Rest.
    pub rest: Seconds,
    /// Neither: they are gone, and worth nothing.
    pub vanished: Seconds,
}

impl Became {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> Seconds {
        self.work + self.rest + self.vanished
    }
}

/// What an hour is worth by what it became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourValues {
    /// An hour of work: the worth, never the target.
    pub work: Money,
    /// An hour off, in the same currency.
    pub rest: Decimal,
}

impl HourValues {
    /// What hours of work are worth.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn of_work(&self, hours: Seconds) -> Result<Money, MoneyError> {
        self.of(hours, self.work.amount)
    }

    fn of(&self, hours: Seconds, value: Decimal) -> Result<Money, MoneyError> {
        let amount = hours.hours().checked_mul(value);
        let amount = amount.ok_or(MoneyError::TooLarge)?;
        Ok(Money::new(amount, self.work.currency))
    }
}

/// What hours bought back were worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opportunity {
    /// Of measured hours.
    pub measured: Money,
    /// Of claimed hours.
    pub claimed: Money,
    /// Hours bought back in weeks for which nobody said what they became; in neither sum.
    pub unknown: Seconds,
    /// Hours in the sums.
    pub known: Seconds,
}

impl Opportunity {
    pub(super) fn none(currency: crate::money::Currency) -> Self {
        let zero = Money::new(Decimal::ZERO, currency);
        Self {
            measured: zero,
            claimed: zero,
            unknown: Seconds::ZERO,
            known: Seconds::ZERO,
        }
    }

    /// Both sums.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.measured.plus(self.claimed)
    }

    /// The share of what is known that became work, rest or nothing stands for every handoff of the week, so what was answered for more
    /// hours than were freed makes none of them worth more. Hours that a handoff took instead of giving are lost at the value of work:
    /// it is known what became of them.
    pub(super) fn of_week(
        bought_back: Apart,
        became: Option<Became>,
        values: HourValues,
    ) -> Result<Self, MoneyError> {
        let mut sum = Self::none(values.work.currency);
        let answered = became.filter(|became| became.total() > Seconds::ZERO);
        let value = |hours: Seconds| {
            if hours <= Seconds::ZERO {
                return values.of_work(hours).map(Some);
            }
            let Some(became) = answered else {
                return Ok(None);
            };
            let total = became.total().hours();
            let worked = values.of_work(became.work)?.amount;
            let rested = values.of(became.rest, values.rest)?.amount;
            let average = worked.checked_add(rested).ok_or(MoneyError::TooLarge)? / total;
            values.of(hours, average).map(Some)
        };
        for (hours, place) in [
            (bought_back.measured, &mut sum.measured),
            (bought_back.claimed, &mut sum.claimed),
        ] {
            match value(hours)? {
                Some(worth) => {
                    *place = worth;
                    sum.known += hours;
                }
                None => sum.unknown += hours,
            }
        }
        Ok(sum)
    }

    pub(super) fn plus(self, other: Self) -> Result<Self, MoneyError> {
        Ok(Self {
            measured: self.measured.plus(other.measured)?,
            claimed: self.claimed.plus(other.claimed)?,
            unknown: self.unknown + other.unknown,
            known: self.known + other.known,
        })
    }
}
