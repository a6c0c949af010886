//! Amounts before they are rounded: whole numbers of a part of the currency's smallest unit, so that no sum depends on its order.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::PayError;
use crate::money::{Currency, Money};
use crate::time::Seconds;

/// Parts of the smallest unit: seconds divide an hour and days a month of 28, 29, 30 or 31 days without a remainder.
const PARTS: i128 = 22_654_800;

/// Seconds of an hour.
const HOUR: i128 = 3600;

/// An exact amount in one currency, of either sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exact {
    parts: i128,
    currency: Currency,
}

impl Exact {
    /// Nothing, in a currency.
    #[must_use]
    pub fn zero(currency: Currency) -> Self {
        Self { parts: 0, currency }
    }

    /// An amount that is whole in the smallest unit of its currency.
    ///
    /// # Errors
    /// [`PayError::Digits`] for parts of the smallest unit, [`PayError::TooLarge`].
    pub fn of(money: Money) -> Result<Self, PayError> {
        Self::new(minor(money)?.checked_mul(PARTS), money.currency)
    }

    /// What a time comes to at a price for an hour.
    ///
    /// # Errors
    /// As [`Exact::of`].
    pub fn of_time(time: Seconds, hour: Money) -> Result<Self, PayError> {
        let parts = minor(hour)?
            .checked_mul(i128::from(time.0))
            .and_then(|parts| parts.checked_mul(PARTS / HOUR));
        Self::new(parts, hour.currency)
    }

    /// What some days of a month come to at a price for the whole month.
    ///
    /// # Errors
    /// [`PayError::Days`] where a month has not so many days, else as [`Exact::of`].
    pub fn of_days(days: u32, of: u32, month: Money) -> Result<Self, PayError> {
        if !(28..=31).contains(&of) || days > of {
            return Err(PayError::Days { days, of });
        }
        let parts = minor(month)?
            .checked_mul(i128::from(days))
            .and_then(|parts| parts.checked_mul(PARTS / i128::from(of)));
        Self::new(parts, month.currency)
    }

    /// The same so many times.
    ///
    /// # Errors
    /// [`PayError::TooLarge`].
    pub fn times(self, times: impl Into<u64>) -> Result<Self, PayError> {
        let times = i128::from(times.into());
        Self::new(self.parts.checked_mul(times), self.currency)
    }

    /// The sum of two amounts of one currency.
    ///
    /// # Errors
    /// [`PayError::Currencies`], [`PayError::TooLarge`].
    pub fn plus(self, other: Self) -> Result<Self, PayError> {
        if self.currency != other.currency {
            return Err(PayError::Currencies(self.currency, other.currency));
        }
        Self::new(self.parts.checked_add(other.parts), self.currency)
    }

    /// How it compares with an amount of the same currency.
    ///
    /// # Errors
    /// [`PayError::Currencies`].
    pub fn compared(self, other: Self) -> Result<Ordering, PayError> {
        if self.currency != other.currency {
            return Err(PayError::Currencies(self.currency, other.currency));
        }
        Ok(self.parts.cmp(&other.parts))
    }

    /// The same with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            parts: -self.parts,
            ..self
        }
    }

    /// Its currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.parts == 0
    }

    /// Whether it is whole in the smallest unit of its currency.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.parts % PARTS == 0
    }

    /// Rounded to the smallest unit, half away from zero.
    ///
    /// # Errors
    /// [`PayError::TooLarge`].
    pub fn rounded(self) -> Result<Money, PayError> {
        let half = if self.parts < 0 { -PARTS } else { PARTS } / 2;
        let minor = self.parts.checked_add(half).ok_or(PayError::TooLarge)? / PARTS;
        money(minor, self.currency)
    }

    fn new(parts: Option<i128>, currency: Currency) -> Result<Self, PayError> {
        // Below this everything can be rounded to an amount, and its sign be turned.
        match parts {
            Some(parts) if parts.unsigned_abs() < 1 << 110 => Ok(Self { parts, currency }),
            _ => Err(PayError::TooLarge),
        }
    }
}

/// An amount in whole smallest units.
pub(super) fn minor(amount: Money) -> Result<i128, PayError> {
    let factor = Decimal::from(10_i64.pow(amount.currency.minor_digits()));
    let minor = amount.amount.checked_mul(factor);
    let minor = minor.ok_or(PayError::TooLarge)?.normalize();
    if minor.scale() > 0 {
        return Err(PayError::Digits(amount));
    }
    minor.to_i128().ok_or(PayError::TooLarge)
}

/// The amount of so many smallest units.
fn money(minor: i128, currency: Currency) -> Result<Money, PayError> {
    Decimal::try_from_i128_with_scale(minor, currency.minor_digits())
        .map(|amount| Money::new(amount, currency))
        .map_err(|_| PayError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, currency: &str) -> Money {
        Money::new(text.parse().unwrap(), currency.parse().unwrap())
    }

    #[test]
    fn hours_are_exact_and_round_half_away_from_zero() {
        let check = |seconds: i64, hour: &str, currency: &str, rounded: &str| {
            let exact = Exact::of_time(Seconds(seconds), of(hour, currency)).unwrap();
            assert_eq!(exact.rounded().unwrap().to_string(), rounded);
            let opposite = exact.negated().rounded().unwrap();
            assert_eq!(opposite.amount, -exact.rounded().unwrap().amount);
        };
        check(3600, "14.00", "USD", "14.00 USD");
        check(1200, "14.00", "USD", "4.67 USD");
        check(2400, "14.00", "USD", "9.33 USD");
        // A cent and a half.
        check(54, "1.00", "USD", "0.02 USD");
        check(53, "1.00", "USD", "0.01 USD");
        check(1800, "1201", "JPY", "601 JPY");
        check(1, "1.000", "KWD", "0.000 KWD");
        check(2, "1.000", "KWD", "0.001 KWD");
    }

    #[test]
    fn thirds_add_up_to_the_whole() {
        let third = Exact::of_time(Seconds(1200), of("0.01", "USD")).unwrap();
        let whole = third.plus(third).unwrap().plus(third).unwrap();
        assert!(!third.is_whole() && whole.is_whole());
        assert_eq!(whole, Exact::of(of("0.01", "USD")).unwrap());
    }

    #[test]
    fn a_month_is_the_sum_of_its_days() {
        for days in 28..=31 {
            let month = of("1000.01", "EUR");
            let day = Exact::of_days(1, days, month).unwrap();
            assert_eq!(day.times(days).unwrap(), Exact::of(month).unwrap());
        }
        let refused = Exact::of_days(32, 31, of("1", "EUR"));
        assert_eq!(refused, Err(PayError::Days { days: 32, of: 31 }));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let parts = Exact::of(of("0.001", "USD")).unwrap_err();
        assert_eq!(parts.code(), "pay.digits");
        let (usd, eur) = (of("1", "USD"), of("1", "EUR"));
        let mixed = Exact::of(usd).unwrap().plus(Exact::of(eur).unwrap());
        assert_eq!(mixed.unwrap_err().code(), "pay.currencies");
        let most = Exact::of_time(Seconds(i64::MAX), of("1000000000", "KWD"));
        assert_eq!(most.unwrap_err().code(), "pay.too_large");
    }
}
