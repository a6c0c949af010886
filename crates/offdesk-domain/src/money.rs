//! Exact money: a decimal amount and its currency; different currencies are never added.

mod known;
mod typed;

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

pub use self::typed::{as_typed, typed_amount, typed_number};

/// The most that an amount is, above or below nothing, wherever one comes in: 10^15. No door takes more, and so an export comes back.
pub const MOST_AMOUNT: Decimal = Decimal::from_parts(0xA4C6_8000, 0x0003_8D7E, 0, false, 0);

/// An ISO 4217 currency code, such as `USD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// What can go wrong with money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not three letters.
    #[error("\"{0}\" is not a currency code: use three letters, such as USD or EUR")]
    NotACurrency(String),
    /// Two currencies in one sum.
    #[error("{0} and {1} cannot be added: convert one of them first")]
    MixedCurrencies(Currency, Currency),
    /// The number does not fit.
    #[error("the amount is too large")]
    TooLarge,
}

impl Currency {
    /// US dollars.
    pub const USD: Self = Self(*b"USD");

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// The sign people write before an amount, where it is unmistakable; otherwise the code and a space.
    #[must_use]
    pub fn sign(&self) -> &str {
        match &self.0 {
            b"USD" => "$",
            b"EUR" => "€",
            b"GBP" => "£",
            _ => self.code(),
        }
    }

    /// Digits after the decimal point in the smallest unit (ISO 4217).
    #[must_use]
    pub fn minor_digits(&self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let bytes = text.trim().as_bytes();
        match bytes {
            [a, b, c] if bytes.iter().all(u8::is_ascii_alphabetic) => Ok(Self([
                a.to_ascii_uppercase(),
                b.to_ascii_uppercase(),
                c.to_ascii_uppercase(),
            ])),
            _ => Err(MoneyError::NotACurrency(text.trim().to_owned())),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An exact amount in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// The amount in major units (dollars, not cents).
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
}

impl Money {
    /// An amount in a currency.
    #[must_use]
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// The sum of two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::MixedCurrencies`] for two currencies, [`MoneyError::TooLarge`] on overflow.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::MixedCurrencies(self.currency, other.currency));
        }
        let amount = self
            .amount
            .checked_add(other.amount)
            .ok_or(MoneyError::TooLarge)?;
        Ok(Self::new(amount, self.currency))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}",
            to_minor_text(self.amount, self.currency),
            self.currency
        )
    }
}

/// The one rounding of money: half away from zero to the currency's smallest unit.
#[must_use]
pub fn round_to_minor(amount: Decimal, currency: Currency) -> Decimal {
    let mut rounded = amount.round_dp_with_strategy(
        currency.minor_digits(),
        RoundingStrategy::MidpointAwayFromZero,
    );
    rounded.rescale(currency.minor_digits());
    rounded
}

/// An amount as a decimal string with the currency's number of digits: `75.00`, `1200` (JPY).
#[must_use]
pub fn to_minor_text(amount: Decimal, currency: Currency) -> String {
    round_to_minor(amount, currency).to_string()
}

/// An estimate for people: two significant figures, in whole units where there are two of them or more.
#[must_use]
pub fn two_significant(amount: Decimal) -> Decimal {
    amount
        .round_sf_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
        .unwrap_or(amount)
        .normalize()
}

/// A difference and a part as estimates, in whole units, with the whole that they add up to as they are shown.
///
/// The difference has two significant figures, the part two or more. The whole is their sum, so it may differ from its own rounding by
/// one unit of the last figure.
#[must_use]
pub fn estimates_that_add_up(difference: Decimal, part: Decimal) -> [Decimal; 3] {
    let unit = |amount: Decimal| {
        let mut unit = Decimal::ONE;
        while amount.abs() / unit >= Decimal::ONE_HUNDRED {
            unit *= Decimal::TEN;
        }
        unit
    };
    let to = |amount: Decimal, unit: Decimal| {
        (amount / unit)
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
            .saturating_mul(unit)
    };
    let difference_unit = unit(difference);
    let shown = to(difference, difference_unit);
    let part = to(part, difference_unit.min(unit(part)));
    [shown, part, shown.saturating_add(part)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_read_and_refuse() {
        assert_eq!("eur".parse::<Currency>().unwrap().code(), "EUR");
        for bad in ["", "E", "EURO", "E1R", "€"] {
            assert!(bad.parse::<Currency>().is_err(), "{bad}");
        }
    }

    #[test]
    fn mixed_currencies_are_never_added() {
        let usd = Money::new(Decimal::ONE, Currency::USD);
        let eur = Money::new(Decimal::ONE, "EUR".parse().unwrap());
        assert_eq!(usd.plus(usd).unwrap().to_string(), "2.00 USD");
        assert!(matches!(
            usd.plus(eur),
            Err(MoneyError::MixedCurrencies(..))
        ));
    }

    #[test]
    fn rounding_and_estimates() {
        let check = |amount: &str, currency: &str, text: &str, estimate: &str| {
            let amount: Decimal = amount.parse().unwrap();
            assert_eq!(to_minor_text(amount, currency.parse().unwrap()), text);
            assert_eq!(two_significant(amount).to_string(), estimate);
        };
        check("75", "USD", "75.00", "75");
        check("70955.5", "USD", "70955.50", "71000");
        check("1.005", "USD", "1.01", "1");
        check("1234.5", "JPY", "1235", "1200");
        check("0.12345", "KWD", "0.123", "0.12");
        check("-70955", "USD", "-70955.00", "-71000");
        check("0", "USD", "0.00", "0");
    }

    #[test]
    fn what_is_shown_adds_up() {
        let check = |difference: &str, part: &str, shown: [&str; 3]| {
            let found = estimates_that_add_up(difference.parse().unwrap(), part.parse().unwrap());
            assert_eq!(found.map(|it| it.normalize().to_string()), shown);
        };
        check("70955", "28405", ["71000", "28000", "99000"]);
        check("60120", "29880", ["60000", "30000", "90000"]);
        check("43210.4", "104321.3", ["43000", "104000", "147000"]);
        check("70955", "4321", ["71000", "4300", "75300"]);
        check("95.4", "4.6", ["95", "5", "100"]);
        check("0", "0", ["0", "0", "0"]);
    }
}
