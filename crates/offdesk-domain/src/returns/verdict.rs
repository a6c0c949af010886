//! What to do with a handoff: keep it, fix it, change it or take it back, by the reason it was handed off for and the figures that say so.

use rust_decimal::Decimal;

use super::Return;
use super::advice::{Advice, Because};
use super::quality::{Level, Quality};
use super::uses::HourValues;
use crate::handoff::Reason;
use crate::money::{Money, MoneyError};
use crate::time::{Day, Seconds};

/// Before so many weeks nothing is said of hours and money.
pub const EARLY_WEEKS: u32 = 4;

/// What was tried before, since the weeks that are looked at began to be bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tried {
    /// The blueprint or the checking was put right.
    pub is_fixed: bool,
    /// The person or the terms were changed.
    pub is_changed: bool,
}

/// The first of the weeks since when it went down: those after the sum of what weeks brought was highest. `None` where it is highest now.
#[must_use]
pub fn bad_since(weeks: &[(Day, Decimal)]) -> Option<Day> {
    let (mut sum, mut highest) = (Decimal::ZERO, Decimal::ZERO);
    let mut since = None;
    for (monday, brought) in weeks {
        sum += *brought;
        if sum >= highest {
            (highest, since) = (sum, None);
        } else if since.is_none() {
            since = Some(*monday);
        }
    }
    since
}

/// A figure that led to the verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// Hours bought back; of these so many are claimed.
    BoughtBack {
        /// All of them.
        hours: Seconds,
        /// Those that rest on what somebody said.
        claimed: Seconds,
    },
    /// Hours of looking after it.
    Supervision(Seconds),
    /// Hours that the owner still does.
    Residual(Seconds),
    /// Paid less received.
    CashOut(Money),
    /// Paid in a currency of which no rate is known.
    Apart(Money),
    /// Cash for each hour bought back.
    PricePerHour(Money),
    /// What an hour bought back was worth by what it became; by the worth where nobody said.
    ValuePerHour {
        /// The value.
        value: Money,
        /// Whether it is known what the hours became.
        is_known: bool,
    },
    /// Everything in money.
    Result(Money),
    /// Quality and the owner's own level.
    Quality(Quality),
    /// Weeks, and assignments that were accepted.
    SoFar {
        /// Whole weeks.
        weeks: u32,
        /// Accepted in them.
        accepted: u32,
    },
}

/// What to do, why, and the figures that led to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What to do.
    pub advice: Advice,
    /// Why.
    pub because: Because,
    /// The figures.
    pub figures: Vec<Figure>,
}

impl Verdict {
    /// The same of what has ended: there is nothing to do any more.
    #[must_use]
    pub fn over(self) -> Self {
        Self {
            advice: Advice::Over,
            ..self
        }
    }
}

/// Below so many accepted assignments nothing is said.
const EARLY_ACCEPTED: u32 = 5;

/// How much there is to judge by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoFar {
    /// Whole weeks.
    pub weeks: u32,
    /// Assignments that were accepted in them.
    pub accepted: u32,
    /// It is paid by the assignment, so work without one is none.
    pub is_by_assignment: bool,
}

impl SoFar {
    /// Whether that is too little: of what is done by the hour, by milestones or for a retainer weeks are enough, unless it is judged by
    /// its quality.
    fn is_early(self, reason: Reason) -> bool {
        let is_counted = reason == Reason::Better || self.is_by_assignment;
        self.weeks < EARLY_WEEKS || (is_counted && self.accepted < EARLY_ACCEPTED)
    }
}

/// What to do with a handoff: judged by hours and money where it was handed off to focus, by quality where it was to be done better.
///
/// # Errors
/// [`MoneyError::TooLarge`].
pub fn judge(
    reason: Reason,
    found: &Return,
    quality: Quality,
    values: HourValues,
    so_far: SoFar,
    tried: Tried,
) -> Result<Verdict, MoneyError> {
    if so_far.is_early(reason) {
        let figure = Figure::SoFar {
            weeks: so_far.weeks,
            accepted: so_far.accepted,
        };
        return Ok(verdict(Because::TooEarly, tried, vec![figure]));
    }
    let money = Worth::of(found, values)?;
    let level = quality.level();
    let because = match (reason, level) {
        (Reason::Better, Level::Better) => Because::Better,
        (_, Level::Worse) => Because::Worse,
        (Reason::Better, Level::TooEarly | Level::NoLevel) => Because::TooEarly,
        (Reason::Better, Level::Same) => match money.result {
            None => Because::NoRate,
            Some(result) if result.amount < Decimal::ZERO => Because::NoBetter,
            Some(_) => Because::Pays,
        },
        (Reason::Focus, _) => money.because(found),
    };
    let mut figures = match because {
        Because::Worse | Because::Better => vec![Figure::Quality(quality)],
        _ if reason == Reason::Better => vec![Figure::Quality(quality)],
        _ => Vec::new(),
    };
    figures.extend(money.figures(found));
    Ok(verdict(because, tried, figures))
}

fn verdict(because: Because, tried: Tried, figures: Vec<Figure>) -> Verdict {
    let is_tried = |advice: &&Advice| match advice {
        Advice::Fix => tried.is_fixed,
        Advice::Change => tried.is_changed,
        Advice::Over | Advice::TooEarly | Advice::Keep | Advice::NoRate | Advice::TakeBack => false,
    };
    let next = because.remedies().iter().find(|advice| !is_tried(advice));
    Verdict {
        advice: next.copied().unwrap_or(Advice::TakeBack),
        because,
        figures,
    }
}

/// A return in money.
struct Worth {
    /// `None` where no rate is known of a part of the cost.
    result: Option<Money>,
    /// What it would be, had every hour bought back become work.
    at_best: Money,
    value_per_hour: Option<(Money, bool)>,
}

impl Worth {
    /// Hours of which nobody said what they became count as work here, and the figures say so.
    fn of(found: &Return, values: HourValues) -> Result<Self, MoneyError> {
        let currency = values.work.currency;
        let bought_back = found.hours.bought_back().total();
        let unknown = values.of_work(found.opportunity.unknown)?;
        let opportunity = found.opportunity.total()?.plus(unknown)?;
        let cost = found.cash.net_out();
        let minus = Money::new(-cost - found.set_up_value.amount, currency);
        let per_hour = (bought_back > Seconds::ZERO).then(|| {
            let value = opportunity.amount / bought_back.hours();
            let is_known = found.opportunity.unknown == Seconds::ZERO;
            (Money::new(value, currency), is_known)
        });
        Ok(Self {
            result: match found.cash.is_whole() {
                true => Some(opportunity.plus(minus)?),
                false => None,
            },
            at_best: values.of_work(bought_back)?.plus(minus)?,
            value_per_hour: per_hour,
        })
    }

    fn because(&self, found: &Return) -> Because {
        let hours = &found.hours;
        let supervision = hours.supervision;
        if hours.bought_back().total() <= Seconds::ZERO {
            let left = hours.baseline.total() - hours.residual.total();
            let most = supervision
                .reviewing
                .max(supervision.answering)
                .max(supervision.reworking);
            return match most {
                _ if left <= Seconds::ZERO => Because::NeverLeft,
                most if most == supervision.reworking => Because::Reworking,
                most if most == supervision.answering => Because::Answering,
                _ => Because::Reviewing,
            };
        }
        match self.result {
            None => return Because::NoRate,
            Some(result) if result.amount >= Decimal::ZERO => return Because::Pays,
            Some(_) => {}
        }
        if self.at_best.amount >= Decimal::ZERO {
            return Because::Vanished;
        }
        Because::TooDear
    }

    fn figures(&self, found: &Return) -> Vec<Figure> {
        let (hours, currency) = (&found.hours, found.cash.currency());
        let bought_back = hours.bought_back();
        let price = found.price_per_hour();
        let mut figures = vec![
            Figure::BoughtBack {
                hours: bought_back.total(),
                claimed: bought_back.claimed,
            },
            Figure::Supervision(hours.supervision.total()),
            Figure::Residual(hours.residual.total()),
        ];
        let cash = Money::new(found.cash.net_out(), currency);
        if found.cash.is_whole() || !cash.amount.is_zero() {
            figures.push(Figure::CashOut(cash));
        }
        figures.extend(found.cash.without_rate().map(Figure::Apart));
        figures.extend(price.map(|price| Figure::PricePerHour(Money::new(price, currency))));
        let value = self.value_per_hour;
        figures.extend(value.map(|(value, is_known)| Figure::ValuePerHour { value, is_known }));
        figures.extend(self.result.map(Figure::Result));
        figures
    }
}
