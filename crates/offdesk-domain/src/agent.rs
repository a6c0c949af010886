//! What an AI agent costs: by its use, by its tokens, or by a flat plan; and what an accepted assignment costs in all, beside what a
//! person costs. An amount of one currency is never added to one of another.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;

use crate::money::{Currency, Money, MoneyError, typed_number};
use crate::time::{Day, Period};
use crate::trust::wilson;

/// The largest amount of a rate.
const MOST: i64 = 1_000_000_000;
/// Digits after the point that a rate may have: a use, or a million tokens, may cost parts of a cent.
const DIGITS: u32 = 6;
/// Tokens are priced by so many.
const TOKENS: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
/// Below so many accepted assignments it is said that they are few.
pub const FEW: u32 = 5;

/// Why something is no rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// No kind of ours.
    #[error("\"{0}\" is no kind of rate: use use, token or plan")]
    Kind(String),
    /// Not a number, below nothing, or with too many digits.
    #[error(
        "\"{0}\" is no price: write a number from 0 on with at most six digits after the point"
    )]
    Price(&'static str, String),
    /// Not a currency.
    #[error("\"{0}\" is not a currency code: use three letters, such as USD or EUR")]
    Currency(String),
}

impl RateError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Kind(_) => "agent.kind",
            Self::Price(..) => "agent.price",
            Self::Currency(_) => "agent.currency",
        }
    }

    /// The field it is about.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Kind(_) => "per",
            Self::Price(field, _) => field,
            Self::Currency(_) => "currency",
        }
    }
}

/// What an agent is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// An amount for each use.
    Use(Money),
    /// An amount for a million tokens that go in, and for a million that come out.
    Token {
        /// For those that go in.
        input: Money,
        /// For those that come out, in the same currency.
        output: Decimal,
    },
    /// An amount for a month, however much it is used.
    Plan(Money),
}

/// A rate as somebody types it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TypedRate<'t> {
    /// `use`, `token` or `plan`.
    pub per: &'t str,
    /// For a use, or for a month.
    pub amount: &'t str,
    /// For a million tokens that go in.
    pub input: &'t str,
    /// For a million tokens that come out.
    pub output: &'t str,
    /// The currency.
    pub currency: &'t str,
}

impl Rate {
    /// The words for the kinds, as kept and in JSON.
    pub const WORDS: [&'static str; 3] = ["use", "token", "plan"];

    /// A rate as somebody types it.
    ///
    /// # Errors
    /// [`RateError`], about the first field that is not right.
    pub fn typed(typed: TypedRate<'_>) -> Result<Self, RateError> {
        let currency: Currency = typed
            .currency
            .parse()
            .map_err(|_| RateError::Currency(typed.currency.trim().to_owned()))?;
        let money = |field, text| Ok(Money::new(price(field, text)?, currency));
        match typed.per.trim() {
            "use" => Ok(Self::Use(money("amount", typed.amount)?)),
            "plan" => Ok(Self::Plan(money("amount", typed.amount)?)),
            "token" => Ok(Self::Token {
                input: money("input", typed.input)?,
                output: price("output", typed.output)?,
            }),
            other => Err(RateError::Kind(other.to_owned())),
        }
    }

    /// The word for its kind.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Use(_) => "use",
            Self::Token { .. } => "token",
            Self::Plan(_) => "plan",
        }
    }

    /// Whether it is for a month, however much it is used.
    #[must_use]
    pub fn is_plan(self) -> bool {
        matches!(self, Self::Plan(_))
    }

    /// Its currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        match self {
            Self::Use(money) | Self::Plan(money) | Self::Token { input: money, .. } => {
                money.currency
            }
        }
    }

    /// What a usage costs by it, not rounded; nothing by a plan, which is paid anyway.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn cost(self, usage: Usage) -> Result<Money, MoneyError> {
        let times = |price: Decimal, count: u64| {
            let product = price.checked_mul(Decimal::from(count));
            product.ok_or(MoneyError::TooLarge)
        };
        let amount = match self {
            Self::Use(price) => times(price.amount, usage.uses)?,
            Self::Token { input, output } => {
                let sum = times(input.amount, usage.tokens_in)?
                    .checked_add(times(output, usage.tokens_out)?)
                    .ok_or(MoneyError::TooLarge)?;
                sum / TOKENS
            }
            Self::Plan(_) => Decimal::ZERO,
        };
        Ok(Money::new(amount, self.currency()))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let currency = self.currency();
        match self {
            Self::Use(price) => write!(f, "{} {currency} a use", price.amount.normalize()),
            Self::Token { input, output } => write!(
                f,
                "{} {currency} a million tokens in, {} {currency} a million out",
                input.amount.normalize(),
                output.normalize()
            ),
            Self::Plan(price) => write!(f, "{} {currency} a month", price.amount.normalize()),
        }
    }
}

fn price(field: &'static str, text: &str) -> Result<Decimal, RateError> {
    let number = typed_number(text.trim()).ok();
    let number = number.map(|number| number.normalize()).filter(|number| {
        let is_sound = *number >= Decimal::ZERO && *number <= Decimal::from(MOST);
        is_sound && number.scale() <= DIGITS
    });
    number.ok_or_else(|| RateError::Price(field, text.trim().to_owned()))
}

/// How much an agent was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// So many times.
    pub uses: u64,
    /// So many tokens went in.
    pub tokens_in: u64,
    /// So many came out.
    pub tokens_out: u64,
}

/// How rates hold beside each other, as every door says it.
pub const PLAN_RULE: &str = "A plan is paid beside what is paid by the use or the token, and neither ends the other. A plan ends where another one begins, \
     which may be of 0.";

/// The price of use that holds on a day: by the use or by the token; see [`PLAN_RULE`].
#[must_use]
pub fn usage_rate(dated: &[(Day, Rate)], day: Day) -> Option<Rate> {
    let of_use = dated.iter().copied().filter(|(_, rate)| !rate.is_plan());
    crate::person::in_force(of_use, day)
}

/// What a plan costs in a month, for each of its days the plan of that day; apart by currency, and nothing of a currency without a cost. Days without
/// a plan, or with one of 0, cost nothing; see [`PLAN_RULE`].
///
/// # Errors
/// [`MoneyError::TooLarge`].
pub fn plan_cost(
    dated: &[(Day, Rate)],
    days: Period,
) -> Result<BTreeMap<Currency, Decimal>, MoneyError> {
    let mut sums: BTreeMap<Currency, Decimal> = BTreeMap::new();
    let mut held: Vec<(Money, i64, i64)> = Vec::new();
    let mut day = days.from;
    while day <= days.to {
        let plans = dated.iter().copied().filter(|(_, rate)| rate.is_plan());
        if let Some(Rate::Plan(price)) = crate::person::in_force(plans, day)
            && !price.amount.is_zero()
        {
            let of = i64::from(day.date().days_in_month());
            match held.last_mut() {
                Some((known, count, month)) if *known == price && *month == of => *count += 1,
                _ => held.push((price, 1, of)),
            }
        }
        day = Day(day.0 + 1);
    }
    for (price, count, of) in held {
        let part = price
            .amount
            .checked_mul(Decimal::from(count))
            .ok_or(MoneyError::TooLarge)?
            / Decimal::from(of);
        let sum = sums.entry(price.currency).or_default();
        *sum = sum.checked_add(part).ok_or(MoneyError::TooLarge)?;
    }
    Ok(sums)
}

/// What assignments came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// So many were accepted.
    pub accepted: u32,
    /// So many were handed in, and are returned or were taken back: they cost, and count for nothing.
    pub not_accepted: u32,
}

impl Outcome {
    /// What one accepted assignment costs; `None` where none was accepted.
    #[must_use]
    pub fn each(self, cost: Decimal) -> Option<Decimal> {
        cost.checked_div(Decimal::from(self.accepted))
    }

    /// Between which two amounts the cost of an accepted assignment lies, as far as so few can tell: the share that is accepted lies in
    /// its range 19 times of 20. `None` where nothing was accepted.
    #[must_use]
    pub fn range(self, cost: Decimal) -> Option<(Decimal, Decimal)> {
        let all = self.accepted.saturating_add(self.not_accepted);
        if self.accepted == 0 {
            return None;
        }
        let each = cost.checked_div(Decimal::from(all))?;
        let (low, high) = wilson(self.accepted, all);
        let by = |share: f64| each.checked_div(Decimal::try_from(share).ok()?);
        Some((by(high)?, by(low)?))
    }

    /// Whether there are too few to tell one from another.
    #[must_use]
    pub fn is_few(self) -> bool {
        self.accepted < FEW
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(per: &str, numbers: [&str; 3], currency: &str) -> Result<Rate, RateError> {
        let [amount, input, output] = numbers;
        Rate::typed(TypedRate {
            per,
            amount,
            input,
            output,
            currency,
        })
    }

    fn day(text: &str) -> Day {
        Day::from_date(text.parse().unwrap())
    }

    #[test]
    fn rates_are_typed() {
        let check = |per: &str, numbers: [&str; 3], currency: &str, is: &str| {
            let said = match rate(per, numbers, currency) {
                Ok(rate) => rate.to_string(),
                Err(error) => format!("{} {}", error.code(), error.field()),
            };
            assert_eq!(said, is, "{per} {numbers:?} {currency}");
        };
        check("use", ["0.0025", "", ""], "usd", "0.0025 USD a use");
        check("plan", ["20", "", ""], "EUR", "20 EUR a month");
        let tokens = "3 USD a million tokens in, 15.5 USD a million out";
        check("token", ["", "3", "15.50"], "USD", tokens);
        check("token", ["", "3", ""], "USD", "agent.price output");
        check("token", ["", "x", "1"], "USD", "agent.price input");
        check("use", ["-1", "", ""], "USD", "agent.price amount");
        check("use", ["0.0000001", "", ""], "USD", "agent.price amount");
        check("hour", ["1", "", ""], "USD", "agent.kind per");
        check("use", ["1", "", ""], "dollars", "agent.currency currency");
        for word in Rate::WORDS {
            assert_eq!(rate(word, ["1", "1", "1"], "USD").unwrap().word(), word);
        }
    }

    #[test]
    fn a_usage_costs_what_its_rate_says_to_the_last_digit() {
        let usage = Usage {
            uses: 3,
            tokens_in: 123_457,
            tokens_out: 9_001,
        };
        let check = |rate: Rate, is: &str| {
            let cost = rate.cost(usage).unwrap();
            assert_eq!(cost.amount.normalize().to_string(), is, "{rate}");
        };
        check(rate("use", ["0.0025", "", ""], "USD").unwrap(), "0.0075");
        let tokens = rate("token", ["", "3", "15"], "USD").unwrap();
        check(tokens, "0.505386");
        check(rate("plan", ["20", "", ""], "USD").unwrap(), "0");
        let most = Usage {
            tokens_in: u64::MAX,
            tokens_out: u64::MAX,
            ..usage
        };
        assert_eq!(
            tokens.cost(most).unwrap().amount.round().to_string(),
            "332041393326772"
        );
        let dear = rate("use", ["1000000000", "", ""], "USD").unwrap();
        let all = dear.cost(Usage {
            uses: u64::MAX,
            ..usage
        });
        assert_eq!(
            all.unwrap().amount,
            Decimal::from(u64::MAX) * Decimal::from(MOST)
        );
    }

    #[test]
    fn a_plan_costs_by_its_days_and_currencies_stand_apart() {
        let plan = |amount, currency| rate("plan", [amount, "", ""], currency).unwrap();
        let dated = [
            (day("2026-11-16"), plan("30", "USD")),
            (day("2026-12-01"), plan("31", "EUR")),
            (
                day("2026-12-11"),
                rate("use", ["1", "", ""], "EUR").unwrap(),
            ),
            // What is paid by the use is paid besides: a plan of nothing ends it.
            (day("2026-12-11"), plan("0", "EUR")),
        ];
        let cost = |from, to| {
            let sums = plan_cost(
                &dated,
                Period {
                    from: day(from),
                    to: day(to),
                },
            )
            .unwrap();
            let all: Vec<String> = sums
                .iter()
                .map(|(currency, sum)| format!("{} {currency}", sum.normalize()))
                .collect();
            all.join(", ")
        };
        assert_eq!(cost("2026-11-01", "2026-11-30"), "15 USD");
        assert_eq!(cost("2026-11-30", "2026-12-31"), "10 EUR, 1 USD");
        assert_eq!(cost("2026-01-01", "2026-01-31"), "");
        assert_eq!(usage_rate(&dated, day("2026-12-10")), None);
        let by_use = usage_rate(&dated, day("2026-12-11"));
        assert_eq!(by_use.map(Rate::word), Some("use"));
    }

    #[test]
    fn what_was_returned_costs_and_few_say_little() {
        let check = |accepted, not_accepted, cost: &str, is: &str| {
            let outcome = Outcome {
                accepted,
                not_accepted,
            };
            let cost: Decimal = cost.parse().unwrap();
            let said = match (outcome.each(cost), outcome.range(cost)) {
                (Some(each), Some((low, high))) => {
                    assert!(low <= each && each <= high, "{low} {each} {high}");
                    format!("{} {}", each.round_dp(2).normalize(), outcome.is_few())
                }
                _ => "none".to_owned(),
            };
            assert_eq!(said, is);
        };
        check(0, 3, "12", "none");
        check(1, 0, "12", "12 true");
        check(4, 1, "10", "2.5 true");
        check(8, 2, "10", "1.25 false");
        // More of the same share say more.
        let width = |count: u32| {
            let outcome = Outcome {
                accepted: 8 * count,
                not_accepted: 2 * count,
            };
            let (low, high) = outcome.range(Decimal::from(100 * count)).unwrap();
            high - low
        };
        assert!(width(10) < width(1));
    }
}
