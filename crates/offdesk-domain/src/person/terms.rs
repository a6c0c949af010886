//! What a person is paid: an amount for a unit, from a day on.

use std::fmt;

use rust_decimal::Decimal;

use crate::money::{Currency, Money, to_minor_text, typed_amount};
use crate::pay::Exact;
use crate::time::{Day, Seconds};

/// What an amount is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// An hour of work.
    Hour,
    /// One time it is done.
    Assignment,
    /// A part of it that was agreed.
    Milestone,
    /// A month, however much is done.
    Retainer,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Hour,
        Self::Assignment,
        Self::Milestone,
        Self::Retainer,
    ];

    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Assignment => "assignment",
            Self::Milestone => "milestone",
            Self::Retainer => "retainer",
        }
    }

    /// In words, after an amount.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hour => "an hour",
            Self::Assignment => "an assignment",
            Self::Milestone => "a milestone",
            Self::Retainer => "a month",
        }
    }

    /// The unit of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.word() == word)
    }
}

/// The most that can be agreed for one unit.
const MOST: i64 = 1_000_000_000;

/// Why something is no terms.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// No unit of ours.
    #[error("\"{0}\" is no unit: use hour, assignment, milestone or retainer")]
    Unit(String),
    /// Not a number.
    #[error("\"{text}\" is no amount: {why}")]
    Amount {
        /// What was read.
        text: String,
        /// Why.
        why: String,
    },
    /// Not a currency.
    #[error("\"{0}\" is not a currency code: use three letters, such as USD or EUR")]
    Currency(String),
    /// Less than nothing, or more than can be.
    #[error("an amount is between 0 and 1,000,000,000, and this is {0}")]
    Range(Decimal),
    /// Parts of the smallest unit.
    #[error(
        "{amount} has more digits after the point than {currency} has: {currency} has {digits}"
    )]
    Digits {
        /// The amount.
        amount: Decimal,
        /// Its currency.
        currency: Currency,
        /// So many it may have.
        digits: u32,
    },
}

impl TermsError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unit(_) => "terms.unit",
            Self::Amount { .. } => "terms.amount",
            Self::Currency(_) => "terms.currency",
            Self::Range(_) => "terms.range",
            Self::Digits { .. } => "terms.digits",
        }
    }

    /// The field it is about.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Unit(_) => "unit",
            Self::Currency(_) => "currency",
            Self::Amount { .. } | Self::Range(_) | Self::Digits { .. } => "amount",
        }
    }
}

/// An amount for a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Terms {
    /// What it is paid for.
    pub unit: Unit,
    /// How much, in one currency; never less than nothing, in whole smallest units.
    pub price: Money,
}

impl Terms {
    /// Terms of an amount that can be paid.
    ///
    /// # Errors
    /// [`TermsError::Range`], [`TermsError::Digits`].
    pub fn new(unit: Unit, price: Money) -> Result<Self, TermsError> {
        let amount = price.amount.normalize();
        if amount.is_sign_negative() && !amount.is_zero() || amount > Decimal::from(MOST) {
            return Err(TermsError::Range(amount));
        }
        let (currency, digits) = (price.currency, price.currency.minor_digits());
        if amount.scale() > digits {
            return Err(TermsError::Digits {
                amount,
                currency,
                digits,
            });
        }
        Ok(Self {
            unit,
            price: Money::new(amount, currency),
        })
    }

    /// Terms as somebody types them.
    ///
    /// # Errors
    /// [`TermsError`], about the first field that is not right.
    pub fn typed(unit: &str, amount: &str, currency: &str) -> Result<Self, TermsError> {
        let unit = Unit::of(unit.trim()).ok_or_else(|| TermsError::Unit(unit.to_owned()))?;
        let currency = currency
            .parse()
            .map_err(|_| TermsError::Currency(currency.to_owned()))?;
        let number =
            typed_amount(amount.trim(), Some(currency)).map_err(|why| TermsError::Amount {
                text: amount.to_owned(),
                why,
            })?;
        Self::new(unit, Money::new(number, currency))
    }

    /// What accepted work comes to: so many assignments that took so much time in all. The exact sum, rounded once to the smallest
    /// unit of the currency; `None` for a retainer, which is paid for the month, and for what is too large to say.
    #[must_use]
    pub fn earned(&self, assignments: u64, time: Seconds) -> Option<Money> {
        let exact = match self.unit {
            Unit::Hour => Exact::of_time(time, self.price),
            Unit::Assignment | Unit::Milestone => {
                Exact::of(self.price).and_then(|one| one.times(assignments))
            }
            Unit::Retainer => return None,
        };
        exact.and_then(Exact::rounded).ok()
    }

    /// The amount as a decimal number with the currency's digits.
    #[must_use]
    pub fn amount(&self) -> String {
        to_minor_text(self.price.amount, self.price.currency)
    }
}

impl fmt::Display for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.price, self.unit.name())
    }
}

/// The terms that hold on a day: of those whose day has come the latest, of several from one day the one that was noted last.
pub fn in_force<T: Copy>(dated: impl IntoIterator<Item = (Day, T)>, day: Day) -> Option<T> {
    let mut held: Option<(Day, T)> = None;
    for (from, terms) in dated {
        if from <= day && held.is_none_or(|(since, _)| since <= from) {
            held = Some((from, terms));
        }
    }
    held.map(|(_, terms)| terms)
}

/// The same, where there is something that begins first: before that has begun it holds, too.
pub fn in_force_or_first<T: Copy>(dated: &[(Day, T)], day: Day) -> Option<T> {
    let first = dated.first().map(|it| it.1);
    in_force(dated.iter().copied(), day).or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_read_and_refuse() {
        let check = |unit: &str, amount: &str, currency: &str, expected: &str| {
            let said = match Terms::typed(unit, amount, currency) {
                Ok(terms) => terms.to_string(),
                Err(error) => error.code().to_owned(),
            };
            assert_eq!(said, expected, "{unit} {amount} {currency}");
        };
        check("hour", "14", "usd", "14.00 USD an hour");
        check("assignment", "1,250.5", "EUR", "1250.50 EUR an assignment");
        check("milestone", "2k", "JPY", "2000 JPY a milestone");
        check("retainer", "0", "USD", "0.00 USD a month");
        check("day", "14", "USD", "terms.unit");
        check("hour", "a lot", "USD", "terms.amount");
        check("hour", "", "USD", "terms.amount");
        check("hour", "14", "dollars", "terms.currency");
        check("hour", "-1", "USD", "terms.range");
        check("hour", "1000000001", "USD", "terms.range");
        check("hour", "14.005", "USD", "terms.digits");
        check("hour", "14.50", "JPY", "terms.digits");
        check("hour", "14.500", "USD", "terms.amount");
        check("hour", "14.500", "KWD", "14.500 KWD an hour");
        for unit in Unit::ALL {
            assert_eq!(Unit::of(unit.word()), Some(unit));
        }
    }

    #[test]
    fn accepted_work_comes_to_its_terms() {
        let check =
            |unit: &str, amount: &str, currency: &str, done: u64, seconds: i64, sum: &str| {
                let terms = Terms::typed(unit, amount, currency).unwrap();
                let earned = terms.earned(done, Seconds(seconds));
                let said = earned.map_or_else(|| "none".to_owned(), |sum| sum.to_string());
                assert_eq!(said, sum, "{terms}, {done}, {seconds} s");
            };
        check("hour", "14", "USD", 3, 9_000, "35.00 USD");
        // Seven minutes three times over: the sum is rounded, not each of them.
        check("hour", "14", "USD", 3, 1_260, "4.90 USD");
        check("hour", "10", "USD", 1, 1, "0.00 USD");
        check("hour", "1000", "JPY", 1, 1_801, "500 JPY");
        check("assignment", "20", "EUR", 3, 0, "60.00 EUR");
        check("milestone", "12.345", "KWD", 2, 7_200, "24.690 KWD");
        check("retainer", "900", "USD", 9, 7_200, "none");
        check(
            "assignment",
            "1000000000",
            "USD",
            1_000_000,
            0,
            "1000000000000000.00 USD",
        );
    }

    #[test]
    fn the_latest_day_that_has_come_counts() {
        let dated = [
            (Day(10), 'a'),
            (Day(30), 'c'),
            (Day(20), 'b'),
            (Day(20), 'd'),
        ];
        let check = |day: i32, expected| assert_eq!(in_force(dated, Day(day)), expected, "{day}");
        check(9, None);
        check(10, Some('a'));
        check(19, Some('a'));
        check(20, Some('d'));
        check(31, Some('c'));
    }
}
