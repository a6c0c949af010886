//! Budgets: how much may be earned in a month by a handoff, by a person or in all, in one currency, and how what was earned and what is
//! promised stand to it. A budget never adds two currencies.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::money::{Currency, Money, typed_amount};
use crate::pay::{Exact, PayError};

/// The share of a budget, in hundredths, from which it is warned where nobody chose another one.
pub const USUAL_WARNING: u8 = 80;
/// The largest budget.
const MOST: i64 = 1_000_000_000;

/// Why something is no budget.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BudgetError {
    /// Not a number.
    #[error("\"{text}\" is no amount: {why}")]
    Amount {
        /// What was read.
        text: String,
        /// Why.
        why: String,
    },
    /// Nothing, less, or more than can be.
    #[error("a budget is more than 0 and at most 1,000,000,000, and this is {0}")]
    Range(Decimal),
    /// Parts of the smallest unit.
    #[error("{} has more digits after the point than {} has", .0.amount, .0.currency)]
    Digits(Money),
    /// Not a currency.
    #[error("\"{0}\" is not a currency code: use three letters, such as USD or EUR")]
    Currency(String),
    /// No share of a budget.
    #[error("it is warned from 1 to 100 % of a budget, and this is \"{0}\"")]
    Warning(String),
}

impl BudgetError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Amount { .. } => "budget.amount",
            Self::Range(_) => "budget.range",
            Self::Digits(_) => "budget.digits",
            Self::Currency(_) => "budget.currency",
            Self::Warning(_) => "budget.warning",
        }
    }

    /// The field it is about.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Currency(_) => "currency",
            Self::Warning(_) => "warn_at",
            Self::Amount { .. } | Self::Range(_) | Self::Digits(_) => "amount",
        }
    }
}

/// What may be earned in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    limit: Money,
    warn_at: u8,
    /// Whether nothing is given any more that would pass it.
    pub blocks: bool,
}

impl Budget {
    /// A budget of an amount that can be paid, with a warning from a share of it on.
    ///
    /// # Errors
    /// [`BudgetError::Range`], [`BudgetError::Digits`], [`BudgetError::Warning`].
    pub fn new(limit: Money, warn_at: u8, blocks: bool) -> Result<Self, BudgetError> {
        let amount = limit.amount.normalize();
        if amount <= Decimal::ZERO || amount > Decimal::from(MOST) {
            return Err(BudgetError::Range(amount));
        }
        let limit = Money::new(amount, limit.currency);
        if amount.scale() > limit.currency.minor_digits() {
            return Err(BudgetError::Digits(limit));
        }
        if !(1..=100).contains(&warn_at) {
            return Err(BudgetError::Warning(warn_at.to_string()));
        }
        Ok(Self {
            limit,
            warn_at,
            blocks,
        })
    }

    /// A budget as somebody types it; the usual warning where nothing is said.
    ///
    /// # Errors
    /// [`BudgetError`], about the first field that is not right.
    pub fn typed(
        amount: &str,
        currency: &str,
        warn_at: &str,
        blocks: bool,
    ) -> Result<Self, BudgetError> {
        let currency: Currency = currency
            .parse()
            .map_err(|_| BudgetError::Currency(currency.trim().to_owned()))?;
        let number =
            typed_amount(amount.trim(), Some(currency)).map_err(|why| BudgetError::Amount {
                text: amount.trim().to_owned(),
                why,
            })?;
        let share = warn_at.trim().trim_end_matches('%').trim_end();
        let warn_at = match share {
            "" => USUAL_WARNING,
            share => share
                .parse()
                .map_err(|_| BudgetError::Warning(warn_at.trim().to_owned()))?,
        };
        Self::new(Money::new(number, currency), warn_at, blocks)
    }

    /// How much.
    #[must_use]
    pub fn limit(&self) -> Money {
        self.limit
    }

    /// From which share on it is warned, in hundredths.
    #[must_use]
    pub fn warn_at(&self) -> u8 {
        self.warn_at
    }

    /// How what was earned and what is promised stand to it.
    ///
    /// # Errors
    /// [`PayError::Currencies`] for another currency, [`PayError::TooLarge`].
    pub fn reckon(&self, earned: Exact, promised: Exact) -> Result<Reckoned, PayError> {
        let limit = Exact::of(self.limit)?;
        let counted = earned.plus(promised)?;
        let warning = limit.times(self.warn_at)?;
        let standing = if counted.compared(limit)? == Ordering::Greater {
            Standing::Over
        } else if counted.times(100_u8)?.compared(warning)? == Ordering::Less {
            Standing::Within
        } else {
            Standing::Near
        };
        // What is counted and what is left come to the limit, to the smallest unit.
        let rounded = counted.rounded()?;
        let left = limit.plus(Exact::of(rounded)?.negated())?.rounded()?;
        Ok(Reckoned {
            earned: earned.rounded()?,
            promised: promised.rounded()?,
            counted: rounded,
            left,
            percent: percent(rounded.amount, self.limit.amount),
            standing,
        })
    }

    /// Whether something that is to be given would pass it: with its price where that is known, and else where nothing is left already.
    ///
    /// # Errors
    /// As [`Budget::reckon`].
    pub fn would_be_passed(&self, counted: Exact, price: Option<Exact>) -> Result<bool, PayError> {
        let limit = Exact::of(self.limit)?;
        match price {
            Some(price) if price.is_zero() => Ok(false),
            Some(price) => Ok(counted.plus(price)?.compared(limit)? == Ordering::Greater),
            None => Ok(counted.compared(limit)? != Ordering::Less),
        }
    }
}

/// A share in whole hundredths, rounded down, so that nothing is full before it is.
fn percent(part: Decimal, whole: Decimal) -> i64 {
    let share = part
        .checked_mul(Decimal::ONE_HUNDRED)
        .and_then(|part| part.checked_div(whole));
    share.map_or(0, |share| share.floor().to_i64().unwrap_or(i64::MAX))
}

/// Where a budget stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Below the warning.
    Within,
    /// The warning is passed, the budget is not.
    Near,
    /// More was earned and promised than the budget has.
    Over,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Within, Self::Near, Self::Over];

    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Near => "near",
            Self::Over => "over",
        }
    }

    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Near => "near its end",
            Self::Over => "passed",
        }
    }

    /// The standing of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// How what was earned and what is promised stand to a budget, each rounded to the smallest unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reckoned {
    /// What was earned.
    pub earned: Money,
    /// What is open and promised.
    pub promised: Money,
    /// Both.
    pub counted: Money,
    /// What is left; less than nothing where it is passed.
    pub left: Money,
    /// Both as a share of the budget, in whole hundredths, rounded down.
    pub percent: i64,
    /// Where it stands.
    pub standing: Standing,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Seconds;

    fn money(amount: &str, currency: &str) -> Money {
        Money::new(amount.parse().unwrap(), currency.parse().unwrap())
    }

    fn exact(amount: &str, currency: &str) -> Exact {
        Exact::of(money(amount, currency)).unwrap()
    }

    #[test]
    fn budgets_are_typed() {
        let check = |amount: &str, currency: &str, warn_at: &str, is: &str| {
            let found = Budget::typed(amount, currency, warn_at, false);
            let said = match found {
                Ok(it) => format!("{} from {}", it.limit(), it.warn_at()),
                Err(error) => format!("{} {}", error.code(), error.field()),
            };
            assert_eq!(said, is, "{amount} {currency} {warn_at}");
        };
        check("500", "eur", "", "500.00 EUR from 80");
        check(" 1,250.50 ", "USD", "90 %", "1250.50 USD from 90");
        check("2k", "JPY", "100", "2000 JPY from 100");
        check("0.001", "KWD", "1", "0.001 KWD from 1");
        check("1000000000", "USD", "80", "1000000000.00 USD from 80");
        check("1000000000.01", "USD", "", "budget.range amount");
        check("0", "USD", "", "budget.range amount");
        check("-5", "USD", "", "budget.range amount");
        check("0.5", "JPY", "", "budget.digits amount");
        check("much", "USD", "", "budget.amount amount");
        check("5", "dollars", "", "budget.currency currency");
        for wrong in ["0", "101", "256", "-1", "half", "80.5"] {
            check("5", "USD", wrong, "budget.warning warn_at");
        }
    }

    #[test]
    fn the_warning_comes_before_the_line_and_the_line_itself_is_within() {
        let check = |limit: &str, warn_at: u8, earned: &str, promised: &str, is: &str| {
            let budget = Budget::new(money(limit, "EUR"), warn_at, false).unwrap();
            let it = budget.reckon(exact(earned, "EUR"), exact(promised, "EUR"));
            let it = it.unwrap();
            let said = format!(
                "{} {} left, {} %",
                it.standing.word(),
                it.left.amount,
                it.percent
            );
            assert_eq!(said, is, "{limit} at {warn_at}: {earned} and {promised}");
            assert_eq!(Standing::of(it.standing.word()), Some(it.standing));
        };
        check("100", 80, "0", "0", "within 100.00 left, 0 %");
        check("100", 80, "79.99", "0", "within 20.01 left, 79 %");
        check("100", 80, "40", "40", "near 20.00 left, 80 %");
        check("100", 80, "60", "40", "near 0.00 left, 100 %");
        check("100", 80, "60", "40.01", "over -0.01 left, 100 %");
        check("100", 100, "99.99", "0", "within 0.01 left, 99 %");
        check("100", 100, "100", "0", "near 0.00 left, 100 %");
        check("100", 1, "0.99", "0", "within 99.01 left, 0 %");
        // Corrections may take more back than was earned.
        check("100", 80, "-20", "10", "within 110.00 left, -10 %");
        check("0.01", 80, "5", "0", "over -4.99 left, 50000 %");
    }

    #[test]
    fn a_third_of_a_cent_over_is_over() {
        let budget = Budget::new(money("0.01", "USD"), 80, false).unwrap();
        let third = Exact::of_time(Seconds(1_200), money("0.01", "USD")).unwrap();
        let cent = third.times(3_u8).unwrap();
        let none = exact("0", "USD");
        assert_eq!(budget.reckon(cent, none).unwrap().standing, Standing::Near);
        let over = budget.reckon(cent, third).unwrap();
        assert_eq!(over.standing, Standing::Over);
        assert_eq!(over.counted.to_string(), "0.01 USD");
    }

    #[test]
    fn what_is_to_be_given_is_held_against_what_is_left() {
        let check = |counted: &str, price: Option<&str>, is_passed: bool| {
            let budget = Budget::new(money("100", "USD"), 80, true).unwrap();
            let price = price.map(|price| exact(price, "USD"));
            let found = budget.would_be_passed(exact(counted, "USD"), price);
            assert_eq!(found, Ok(is_passed), "{counted} and {price:?}");
        };
        check("80", Some("20"), false);
        check("80", Some("20.01"), true);
        check("120", Some("0"), false);
        check("120", Some("1"), true);
        check("99.99", None, false);
        check("100", None, true);
    }

    #[test]
    fn two_currencies_are_never_added() {
        let budget = Budget::new(money("100", "USD"), 80, false).unwrap();
        let mixed = budget.reckon(exact("1", "EUR"), exact("1", "EUR"));
        assert_eq!(mixed.unwrap_err().code(), "pay.currencies");
        let mixed = budget.reckon(exact("1", "USD"), exact("1", "EUR"));
        assert_eq!(mixed.unwrap_err().code(), "pay.currencies");
    }
}
