//! Cash out and in. What is in a currency without a recorded rate stands apart and is in no sum.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::money::{Currency, Money, MoneyError, round_to_minor};
use crate::time::Day;

/// An amount that went out or came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// How much; out is more than nothing, in less than nothing, and what was taken back the other way round.
    pub out: Money,
    /// The same in the owner's currency, where a rate was recorded.
    pub own: Option<Money>,
    /// It is money that came in, or takes such money back; else it was paid.
    pub is_in: bool,
}

impl Flow {
    /// What was paid.
    #[must_use]
    pub fn paid(amount: Money) -> Self {
        Self {
            out: amount,
            own: None,
            is_in: false,
        }
    }

    /// What came in.
    #[must_use]
    pub fn received(amount: Money) -> Self {
        Self {
            is_in: true,
            ..Self::paid(Money::new(-amount.amount, amount.currency))
        }
    }
}

/// Cash out and in, in the owner's currency, and apart from it what has no rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cash {
    currency: Currency,
    /// What went out.
    pub out: Decimal,
    /// What came in.
    pub into: Decimal,
    /// By currency what went out less what came in, where no rate was recorded.
    pub apart: BTreeMap<Currency, Decimal>,
}

impl Cash {
    /// None.
    #[must_use]
    pub fn none(currency: Currency) -> Self {
        Self {
            currency,
            out: Decimal::ZERO,
            into: Decimal::ZERO,
            apart: BTreeMap::new(),
        }
    }

    /// The owner's currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// Out less in, in the owner's currency.
    #[must_use]
    pub fn net_out(&self) -> Decimal {
        self.out.saturating_sub(self.into)
    }

    /// What no rate is known for, by currency; it is in no sum, so a sum beside it is not the whole cost.
    pub fn without_rate(&self) -> impl Iterator<Item = Money> {
        let others = self.apart.iter().filter(|(_, amount)| !amount.is_zero());
        others.map(|(currency, amount)| Money::new(*amount, *currency))
    }

    /// Whether everything is in the sums.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.without_rate().next().is_none()
    }

    /// With amounts.
    pub(super) fn with(mut self, flows: &[Flow]) -> Result<Self, MoneyError> {
        for flow in flows {
            let own = flow.own.unwrap_or(flow.out);
            // What was taken back whole leaves nothing, and no sign before it.
            if own.amount.is_zero() {
                continue;
            }
            if own.currency == self.currency {
                if flow.is_in {
                    self.into = sum(self.into, -own.amount)?;
                } else {
                    self.out = sum(self.out, own.amount)?;
                }
            } else if flow.own.is_some() {
                return Err(MoneyError::MixedCurrencies(own.currency, self.currency));
            } else {
                let place = self.apart.entry(own.currency).or_default();
                *place = sum(*place, own.amount)?;
            }
        }
        Ok(self)
    }

    pub(super) fn plus(mut self, other: &Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::MixedCurrencies(self.currency, other.currency));
        }
        self.out = sum(self.out, other.out)?;
        self.into = sum(self.into, other.into)?;
        for (currency, amount) in &other.apart {
            let place = self.apart.entry(*currency).or_default();
            *place = sum(*place, *amount)?;
        }
        Ok(self)
    }
}

/// An amount for so many days up to the last one, in equal parts by the smallest unit of its currency. They add up to it.
pub fn spread(amount: Money, last: Day, days: i64) -> impl Iterator<Item = (Day, Money)> {
    let days = i32::try_from(days).unwrap_or(1).max(1);
    let mut before = Decimal::ZERO;
    (1..=days).map(move |number| {
        let until = match number == days {
            true => amount.amount,
            false => part_of(amount, number, days),
        };
        let part = until - before;
        before = until;
        let day = Day(last.0 - (days - number));
        (day, Money::new(part, amount.currency))
    })
}

/// What so many of the days come to.
fn part_of(amount: Money, days: i32, of: i32) -> Decimal {
    let exact = amount.amount * (Decimal::from(days) / Decimal::from(of));
    round_to_minor(exact, amount.currency)
}

fn sum(a: Decimal, b: Decimal) -> Result<Decimal, MoneyError> {
    a.checked_add(b).ok_or(MoneyError::TooLarge)
}
