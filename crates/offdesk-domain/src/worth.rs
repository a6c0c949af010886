//! What an hour of the owner is worth, on a named basis; the target and the ceiling.

mod error;

use rust_decimal::Decimal;

pub use self::error::WorthError;
use crate::money::Currency;
use crate::price::MOST_AN_HOUR;

/// The most of a figure that a worth is reckoned from, such as a yearly income.
const MOST: i64 = 1_000_000_000_000_000;
/// The most that a target is of the worth.
const MOST_MULTIPLE: i64 = 1_000;

/// From what the worth of an hour is reckoned (`decision-science.md`, section 1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// B1: income wanted / (days x hours).
    Wanted {
        /// Income wanted in a year.
        income: Decimal,
        /// Working days a year.
        days: Decimal,
        /// Hours a day.
        hours: Decimal,
    },
    /// B2: income really made / hours really worked.
    Made {
        /// Income made in a year.
        income: Decimal,
        /// Hours really worked in that year.
        hours_worked: Decimal,
    },
    /// B3: (profit + the owner's pay) / hours really worked.
    Profit {
        /// Profit of the business in a year.
        profit: Decimal,
        /// What the owner is paid by the business in a year.
        owner_pay: Decimal,
        /// Hours really worked in that year.
        hours_worked: Decimal,
    },
    /// B4: market salary / share of wages in the cost of an employee / 2,080 hours.
    Replacement {
        /// Yearly salary of somebody who would replace the owner.
        salary: Decimal,
        /// Wages as a share of what an employee costs (0.705: BLS ECEC, December 2024).
        wage_share: Decimal,
    },
    /// The owner says it.
    Stated {
        /// Worth of an hour.
        hour: Decimal,
    },
    /// B3r: revenue / hours. An upper bound only, always refused.
    Revenue,
}

impl Basis {
    /// The basis in one word, as in JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Wanted { .. } => "wanted",
            Self::Made { .. } => "made",
            Self::Profit { .. } => "profit",
            Self::Replacement { .. } => "replacement",
            Self::Stated { .. } => "stated",
            Self::Revenue => "revenue",
        }
    }

    /// Worth of an hour on this basis, unrounded.
    ///
    /// # Errors
    /// [`WorthError`] for revenue, and for figures that are not above zero or cannot be.
    pub fn hour(&self) -> Result<Decimal, WorthError> {
        match *self {
            Self::Wanted {
                income,
                days,
                hours,
            } => {
                positive("income", income)?;
                positive("days", days)?;
                positive("hours", hours)?;
                at_most("days", days, 366)?;
                at_most("hours", hours, 24)?;
                divide(income, days.checked_mul(hours).ok_or(WorthError::TooLarge)?)
            }
            Self::Made {
                income,
                hours_worked,
            } => {
                positive("income", income)?;
                hours_in_a_year(hours_worked)?;
                divide(income, hours_worked)
            }
            Self::Profit {
                profit,
                owner_pay,
                hours_worked,
            } => {
                if owner_pay.is_sign_negative() && !owner_pay.is_zero() {
                    return Err(WorthError::NotPositive {
                        what: "owner pay",
                        value: owner_pay,
                    });
                }
                hours_in_a_year(hours_worked)?;
                let sum = profit.checked_add(owner_pay).ok_or(WorthError::TooLarge)?;
                positive("profit and owner pay together", sum)?;
                divide(sum, hours_worked)
            }
            Self::Replacement { salary, wage_share } => {
                positive("salary", salary)?;
                positive("wage share", wage_share)?;
                at_most("wage share", wage_share, 1)?;
                divide(divide(salary, wage_share)?, Decimal::from(2080))
            }
            Self::Stated { hour } => {
                positive("rate", hour)?;
                Ok(hour)
            }
            Self::Revenue => Err(WorthError::Revenue),
        }
    }

    /// How the figure was reckoned, in words: `150,000 / 250 days / 8 hours`.
    #[must_use]
    pub fn reckoning(&self) -> String {
        match *self {
            Self::Wanted {
                income,
                days,
                hours,
            } => {
                format!(
                    "{} a year / {} days / {} hours",
                    grouped(income),
                    grouped(days),
                    grouped(hours)
                )
            }
            Self::Made {
                income,
                hours_worked,
            } => {
                format!(
                    "{} a year / {} hours really worked",
                    grouped(income),
                    grouped(hours_worked)
                )
            }
            Self::Profit {
                profit,
                owner_pay,
                hours_worked,
            } => format!(
                "({} profit + {} own pay) / {} hours really worked",
                grouped(profit),
                grouped(owner_pay),
                grouped(hours_worked)
            ),
            Self::Replacement { salary, wage_share } => {
                format!(
                    "{} salary / {} wage share / 2,080 hours",
                    grouped(salary),
                    wage_share.normalize()
                )
            }
            Self::Stated { .. } => "stated by you".to_owned(),
            Self::Revenue => "revenue".to_owned(),
        }
    }
}

/// The owner's three hourly rates on a basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worth {
    /// What it was reckoned from.
    pub basis: Basis,
    /// Currency of the three rates.
    pub currency: Currency,
    /// What the hour is worth.
    pub hour: Decimal,
    /// What it should become: multiple x hour.
    pub target: Decimal,
    /// The most to pay for an hour: the worth, or less if the owner says so.
    pub ceiling: Decimal,
}

impl Worth {
    /// The three rates; the ceiling is the worth unless given.
    ///
    /// # Errors
    /// What [`Basis::hour`] refuses, a multiple not above zero, a ceiling not above zero or above the worth.
    pub fn new(
        basis: Basis,
        currency: Currency,
        target_multiple: Decimal,
        ceiling: Option<Decimal>,
    ) -> Result<Self, WorthError> {
        let hour = basis.hour()?;
        if hour > MOST_AN_HOUR {
            return Err(WorthError::TooLarge);
        }
        positive("target multiple", target_multiple)?;
        at_most("target multiple", target_multiple, MOST_MULTIPLE)?;
        let target = hour
            .checked_mul(target_multiple)
            .ok_or(WorthError::TooLarge)?;
        let ceiling = ceiling.unwrap_or(hour);
        positive("ceiling", ceiling)?;
        Ok(Self {
            basis,
            currency,
            hour,
            target,
            ceiling: ceiling.min(hour),
        })
    }

    /// Hand off without reckoning below this: a quarter of the worth (Martell's rule of thumb, untested).
    #[must_use]
    pub fn buyback_rate(&self) -> Decimal {
        self.hour / Decimal::from(4)
    }
}

fn positive(what: &'static str, value: Decimal) -> Result<(), WorthError> {
    if value > Decimal::ZERO {
        at_most(what, value, MOST)
    } else {
        Err(WorthError::NotPositive { what, value })
    }
}

fn at_most(what: &'static str, value: Decimal, limit: i64) -> Result<(), WorthError> {
    if value <= Decimal::from(limit) {
        Ok(())
    } else {
        Err(WorthError::TooMuch { what, value, limit })
    }
}

fn hours_in_a_year(hours: Decimal) -> Result<(), WorthError> {
    positive("hours worked", hours)?;
    at_most("hours worked", hours, 8784)
}

fn divide(a: Decimal, b: Decimal) -> Result<Decimal, WorthError> {
    a.checked_div(b).ok_or(WorthError::TooLarge)
}

/// A number with thousands separators, for people.
#[must_use]
pub fn grouped(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (sign, text) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn check(basis: Basis, hour: &str) {
        assert_eq!(basis.hour().unwrap().round_dp(2), d(hour), "{basis:?}");
    }

    #[test]
    fn every_basis_of_the_science_document() {
        check(
            Basis::Wanted {
                income: d("150000"),
                days: d("250"),
                hours: d("8"),
            },
            "75",
        );
        check(
            Basis::Wanted {
                income: d("150000"),
                days: d("240"),
                hours: d("10"),
            },
            "62.5",
        );
        check(
            Basis::Made {
                income: d("150000"),
                hours_worked: d("2400"),
            },
            "62.5",
        );
        check(
            Basis::Profit {
                profit: d("40000"),
                owner_pay: d("80000"),
                hours_worked: d("2400"),
            },
            "50",
        );
        check(
            Basis::Replacement {
                salary: d("60000"),
                wage_share: d("0.705"),
            },
            "40.92",
        );
        check(Basis::Stated { hour: d("90") }, "90");
    }

    #[test]
    fn w01_is_exactly_75_and_150() {
        let basis = Basis::Wanted {
            income: d("150000"),
            days: d("250"),
            hours: d("8"),
        };
        let worth = Worth::new(basis, Currency::USD, Decimal::TWO, None).unwrap();
        assert_eq!(
            (worth.hour, worth.target, worth.ceiling),
            (d("75"), d("150"), d("75"))
        );
        assert_eq!(worth.buyback_rate(), d("18.75"));
        assert_eq!(basis.reckoning(), "150,000 a year / 250 days / 8 hours");
    }

    #[test]
    fn a_ceiling_above_the_worth_is_the_worth() {
        let basis = Basis::Stated { hour: d("75") };
        let ceiling = |c: &str| {
            Worth::new(basis, Currency::USD, Decimal::TWO, Some(d(c)))
                .unwrap()
                .ceiling
        };
        assert_eq!((ceiling("60"), ceiling("100")), (d("60"), d("75")));
    }

    #[test]
    fn bad_figures_are_refused_with_a_code() {
        let refused = |basis: Basis| basis.hour().unwrap_err().code();
        assert_eq!(refused(Basis::Revenue), "worth.revenue");
        assert_eq!(
            refused(Basis::Stated { hour: d("0") }),
            "worth.not_positive"
        );
        assert_eq!(
            refused(Basis::Stated { hour: d("-5") }),
            "worth.not_positive"
        );
        assert_eq!(
            refused(Basis::Wanted {
                income: d("1"),
                days: d("367"),
                hours: d("8")
            }),
            "worth.too_much"
        );
        assert_eq!(
            refused(Basis::Wanted {
                income: d("1"),
                days: d("250"),
                hours: d("25")
            }),
            "worth.too_much"
        );
        assert_eq!(
            refused(Basis::Made {
                income: d("1"),
                hours_worked: d("9000")
            }),
            "worth.too_much"
        );
    }

    #[test]
    fn numbers_are_grouped() {
        for (value, text) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-1234567.5", "-1,234,567.5"),
            ("75.00", "75"),
        ] {
            assert_eq!(grouped(d(value)), text);
        }
    }
}
