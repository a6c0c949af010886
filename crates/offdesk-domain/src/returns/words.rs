//! A return and its verdict in words: what is below nothing is said first.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Return;
use super::advice::{Advice, Because};
use super::uses::HourValues;
use super::verdict::{Figure, Verdict};
use crate::activity::capital;
use crate::money::{Money, MoneyError};
use crate::time::Seconds;

/// The sentence a return begins with; what an hour is worth, where that may be said, since a loss in money hangs on it.
///
/// # Errors
/// [`MoneyError::TooLarge`].
pub fn headline(found: &Return, values: Option<HourValues>) -> Result<String, MoneyError> {
    let hours = found.hours.bought_back().total();
    let cash = Money::new(found.cash.net_out(), found.cash.currency());
    let cost = cost_of(found, cash);
    let took = || {
        format!(
            "It has taken {} more than it gave",
            in_hours(Seconds::ZERO - hours)
        )
    };
    let is_whole = found.cash.is_whole();
    if hours < Seconds::ZERO && (cash.amount > Decimal::ZERO || !is_whole) {
        let besides = if is_whole { " besides" } else { "" };
        return Ok(format!("{}, and cost {cost}{besides}.", took()));
    }
    if hours < Seconds::ZERO {
        return Ok(format!("{}.", took()));
    }
    if found.hours.baseline.total() <= Seconds::ZERO && hours == Seconds::ZERO {
        return Ok(match cash.amount < Decimal::ZERO && is_whole {
            true => {
                let brought = Money::new(-cash.amount, cash.currency);
                format!("It brought {brought} in; no hours are known that it gave back.")
            }
            false => format!("It cost {cost}; no hours are known that it gave back."),
        });
    }
    let gave = match found.price_per_hour() {
        Some(price) if cash.amount > Decimal::ZERO => {
            let price = Money::new(price, cash.currency);
            let hours = in_hours(hours);
            format!("it gave {hours} back for {cash}: {price} for an hour")
        }
        Some(_) if cash.amount < Decimal::ZERO => {
            let brought = Money::new(-cash.amount, cash.currency);
            let hours = in_hours(hours);
            format!("it gave {hours} back, and brought {brought} in besides")
        }
        Some(_) => format!("it gave {} back, and cost nothing", in_hours(hours)),
        None if is_whole && cash.amount < Decimal::ZERO => {
            let brought = Money::new(-cash.amount, cash.currency);
            let hours = match hours > Seconds::ZERO {
                true => in_hours(hours),
                false => "no hour".to_owned(),
            };
            format!("it gave {hours} back, and brought {brought} in")
        }
        None if hours > Seconds::ZERO => {
            format!("it gave {} back, and cost {cost}", in_hours(hours))
        }
        None => format!("it gave no hour back, and cost {cost}"),
    };
    Ok(
        match values.map(|values| lost(found, values)).transpose()? {
            Some(Some(lost)) => format!("{lost}; {gave}."),
            _ => format!("{}.", capital(&gave)),
        },
    )
}

/// What was lost for certain. Hours of which nobody said what they became have no value yet: it is a loss where it were one, had they all
/// become work.
fn lost(found: &Return, values: HourValues) -> Result<Option<String>, MoneyError> {
    let unknown = found.opportunity.unknown;
    let at_best = found.result()?.plus(values.of_work(unknown)?)?;
    if !found.cash.is_whole() || at_best.amount >= Decimal::ZERO {
        return Ok(None);
    }
    let lost = Money::new(-at_best.amount, at_best.currency);
    Ok(Some(if unknown > Seconds::ZERO {
        format!("It has lost at least {lost}, whatever the hours became")
    } else if found.opportunity.known > Seconds::ZERO {
        format!("It has lost {lost} by what the hours became")
    } else {
        format!("It has lost {lost}")
    }))
}

/// What it cost, with what no rate is known for.
fn cost_of(found: &Return, cash: Money) -> String {
    let others: Vec<String> = found.cash.without_rate().map(|it| it.to_string()).collect();
    if others.is_empty() {
        return cash.to_string();
    }
    let in_own = (!cash.amount.is_zero()).then(|| cash.to_string());
    let all: Vec<String> = in_own.into_iter().chain(others).collect();
    format!("{}, for which no rate is known", all.join(" and "))
}

/// The verdict in a sentence, and a sentence for each figure that led to it.
#[must_use]
pub fn reasons(verdict: &Verdict) -> Vec<String> {
    let figures = verdict.figures.iter().map(sentence);
    let advice = match verdict.advice {
        Advice::Over => {
            let first = format!("It is over: {}.", why_it_was(verdict.because));
            return std::iter::once(first).chain(figures).collect();
        }
        Advice::Keep => "Keep it",
        Advice::Fix => "Fix it",
        Advice::Change => "Change it",
        Advice::TakeBack => "Take it back",
        Advice::TooEarly => "It is too early to say what to do",
        Advice::NoRate => "Not judged yet",
    };
    let first = format!("{advice}: {}.", why(verdict.because));
    std::iter::once(first).chain(figures).collect()
}

fn why(because: Because) -> &'static str {
    match because {
        Because::Pays => "it gives hours for less than they are worth",
        Because::Better => "it is done better than you did it",
        Because::TooEarly => "there is too little to go by",
        Because::NoRate => {
            "no rate is known for a part of what it cost, so note what its payment was exchanged at"
        }
        Because::NeverLeft => "you still do as much of it as before",
        Because::Answering => {
            "answering questions takes the hours it gives, so the blueprint leaves something open"
        }
        Because::Reviewing => "looking at it takes the hours it gives",
        Because::Reworking => "doing it again takes the hours it gives",
        Because::TooDear => "it costs more than the hours are worth",
        Because::Vanished => "it would pay if the freed hours became work",
        Because::Worse => "it is done worse than you did it",
        Because::NoBetter => "it was to be done better, is not, and does not pay either",
    }
}

/// The same of what is over.
fn why_it_was(because: Because) -> &'static str {
    match because {
        Because::Pays => "it gave hours for less than they are worth",
        Because::Better => "it was done better than you did it",
        Because::TooEarly => "there was too little to go by",
        Because::NoRate => {
            "no rate is known for a part of what it cost, so note what its payment was exchanged at"
        }
        Because::NeverLeft => "you still did as much of it as before",
        Because::Answering => "answering questions took the hours it gave",
        Because::Reviewing => "looking at it took the hours it gave",
        Because::Reworking => "doing it again took the hours it gave",
        Because::TooDear => "it cost more than the hours were worth",
        Because::Vanished => "it would have paid, had the freed hours become work",
        Because::Worse => "it was done worse than you did it",
        Because::NoBetter => "it was to be done better, was not, and did not pay either",
    }
}

fn sentence(figure: &Figure) -> String {
    match figure {
        Figure::BoughtBack { hours, claimed } if *claimed == Seconds::ZERO => {
            format!("Hours bought back: {}, measured.", in_hours(*hours))
        }
        Figure::BoughtBack { hours, claimed } => format!(
            "Hours bought back: {}, of which {} are claimed and not measured.",
            in_hours(*hours),
            in_hours(*claimed)
        ),
        Figure::Supervision(hours) => format!("Looking after it took {}.", in_hours(*hours)),
        Figure::Residual(hours) => format!("You still did {} of it.", in_hours(*hours)),
        Figure::CashOut(cash) if cash.amount < Decimal::ZERO => {
            let brought = Money::new(-cash.amount, cash.currency);
            format!("It brought in {brought} more than was paid.")
        }
        Figure::CashOut(cash) => format!("It cost {cash}."),
        Figure::Apart(cash) => format!("It cost {cash}, for which no rate is known."),
        Figure::PricePerHour(price) => format!("That is {price} for an hour bought back."),
        Figure::ValuePerHour { value, is_known } => {
            let known = if *is_known {
                "by what it became"
            } else {
                "by what it became; what nobody has said counts as work"
            };
            format!("An hour bought back is worth {value} {known}.")
        }
        Figure::Result(result) => format!("In money, with the hours and the set-up: {result}."),
        Figure::Quality(quality) => {
            let own = quality
                .own
                .map(|own| format!("; yours: {:.0} %", own * 100.0));
            let found = quality.clean.in_words();
            format!("Without a fault: {found}{}.", own.unwrap_or_default())
        }
        Figure::SoFar { weeks, accepted } => {
            format!("Weeks so far: {weeks}; accepted in them: {accepted}.")
        }
    }
}

/// Hours with one digit after the point.
fn in_hours(time: Seconds) -> String {
    let hours = time
        .hours()
        .round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)
        .normalize();
    format!("{hours} h")
}
