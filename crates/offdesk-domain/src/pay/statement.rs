//! Statements: what a person earned in a period, line by line, in one currency.

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::PayError;
use super::bill::Billed;
use super::exact::Exact;
use super::posting::{Earned, Posted, Posting, RecordId, Stated};
use super::rounding::Rounding;
use crate::money::{Currency, Money};
use crate::time::{Day, Period};

/// A line of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The number of its posting.
    pub posting: u64,
    /// When that was written.
    pub at: Timestamp,
    /// What was earned, or is taken back.
    pub earned: Earned,
    /// The posting it takes back, where it does.
    pub reverses: Option<u64>,
    /// What it comes to before rounding.
    pub exact: Exact,
    /// Its part of the sum: at most the smallest unit away from the exact amount, and together with the others the sum itself.
    pub amount: Money,
}

/// What a person earned in a period, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its number, from 1 in a workspace.
    pub number: u64,
    /// Of whom.
    pub person: RecordId,
    /// Of which days. Lines of earlier days are corrections, and work that was accepted late.
    pub period: Period,
    /// How it rounds.
    pub rounding: Rounding,
    /// Its lines, by day, activity and posting.
    pub lines: Vec<Line>,
    /// What an earlier statement left below zero; nothing, or less.
    pub carried: Money,
    /// The sum of the lines.
    pub sum: Money,
    /// The sum of the lines before rounding.
    pub exact: Exact,
    /// The bill it was drawn up for, where it was for one.
    pub bill: Option<Billed>,
}

impl Statement {
    /// The sum with what is carried and the tax of a bill: to be paid, or left for the next one where it is below nothing.
    ///
    /// # Errors
    /// [`PayError::TooLarge`].
    pub fn balance(&self) -> Result<Money, PayError> {
        balance(self.sum, self.carried, self.bill.as_ref())
    }

    /// What a posting says about it.
    #[must_use]
    pub fn stated(&self) -> Stated {
        let mut postings: Vec<u64> = self.lines.iter().map(|line| line.posting).collect();
        postings.sort_unstable();
        Stated {
            number: self.number,
            person: self.person,
            period: self.period,
            rounding: self.rounding,
            postings,
            exact: self.exact,
            sum: self.sum,
            carried: self.carried,
            bill: self.bill.clone(),
        }
    }
}

/// A sum with what is carried, and with the tax of a bill.
///
/// # Errors
/// [`PayError::TooLarge`].
pub(super) fn balance(
    sum: Money,
    carried: Money,
    bill: Option<&Billed>,
) -> Result<Money, PayError> {
    let balance = sum.plus(carried).map_err(|_| PayError::TooLarge)?;
    match bill {
        Some(bill) => balance.plus(bill.tax).map_err(|_| PayError::TooLarge),
        None => Ok(balance),
    }
}

/// The reference of a statement, on it and on the payment: `ST-0042`.
#[must_use]
pub fn reference(number: u64) -> String {
    format!("ST-{number:04}")
}

/// The days after the last one of its period within which a statement is to be paid.
const DAYS_TO_PAY: i32 = 14;

/// The day by which the statement of a period is to be paid.
#[must_use]
pub fn due_day(period: Period) -> Day {
    Day(period.to.0.saturating_add(DAYS_TO_PAY))
}

/// What a statement is drawn up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub number: u64,
    pub person: RecordId,
    pub currency: Currency,
    pub period: Period,
    pub rounding: Rounding,
    pub carried: Money,
}

/// Draws up a statement from postings that are on no statement yet: those of the person in the currency, up to the last day of the period.
/// Postings of earlier days are taken as well, so nothing that was accepted or corrected late is forgotten. `carried` is what the
/// person's statement before left below zero, and gives the currency.
///
/// # Errors
/// [`PayError::Empty`] where there is nothing to state, [`PayError::TooLarge`], and what is wrong with a posting.
pub fn draw_up<'a>(
    number: u64,
    person: RecordId,
    period: Period,
    rounding: Rounding,
    carried: Money,
    postings: impl IntoIterator<Item = &'a Posting>,
) -> Result<Statement, PayError> {
    draw_up_with_bill(number, person, period, rounding, carried, None, postings)
}

/// The same for a bill, with its tax on top, where it is for one. That of a bill has no lines where only the tax of work is billed that was
/// stated before.
///
/// # Errors
/// As [`draw_up`].
pub fn draw_up_with_bill<'a>(
    number: u64,
    person: RecordId,
    period: Period,
    rounding: Rounding,
    carried: Money,
    bill: Option<Billed>,
    postings: impl IntoIterator<Item = &'a Posting>,
) -> Result<Statement, PayError> {
    let frame = Frame {
        number,
        person,
        currency: carried.currency,
        period,
        rounding,
        carried,
    };
    let mut lines = Vec::new();
    for posting in postings {
        lines.extend(frame.line(posting)?);
    }
    let has_tax = bill.as_ref().is_some_and(Billed::has_tax);
    if lines.is_empty() && carried.amount.is_zero() && !has_tax {
        return Err(PayError::Empty { until: period.to });
    }
    let statement = frame.state(lines)?;
    Ok(Statement { bill, ..statement })
}

impl Frame {
    /// The line of a posting; `None` where it does not belong here.
    pub(super) fn line(&self, posting: &Posting) -> Result<Option<Line>, PayError> {
        let (earned, reverses) = match &posting.posted {
            Posted::Earned(earned) => (*earned, None),
            Posted::Reversed { of, earned, .. } => (*earned, Some(*of)),
            _ => return Ok(None),
        };
        let is_here = earned.person == self.person
            && earned.terms.price.currency == self.currency
            && earned.day <= self.period.to;
        if !is_here {
            return Ok(None);
        }
        Ok(Some(Line {
            posting: posting.number,
            at: posting.at,
            earned,
            reverses,
            exact: posting.posted.owed()?,
            amount: Money::new(Decimal::ZERO, self.currency),
        }))
    }

    fn state(&self, mut lines: Vec<Line>) -> Result<Statement, PayError> {
        lines.sort_unstable_by_key(|line| (line.earned.day, line.earned.activity, line.posting));
        let pieces: Vec<Piece> = lines
            .iter()
            .map(|line| Piece {
                day: line.earned.day,
                activity: line.earned.activity,
                exact: line.exact,
            })
            .collect();
        let shares = allotted(self.rounding, self.currency, &pieces)?;
        let mut sum = Money::new(Decimal::ZERO, self.currency);
        let mut exact = Exact::zero(self.currency);
        for (line, share) in lines.iter_mut().zip(shares) {
            line.amount = share;
            exact = exact.plus(line.exact)?;
            sum = balance(sum, share, None)?;
        }
        Ok(Statement {
            number: self.number,
            person: self.person,
            period: self.period,
            rounding: self.rounding,
            lines,
            carried: self.carried,
            sum,
            exact,
            bill: None,
        })
    }
}

/// A line of a statement, by what counts for its part of the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its day.
    pub day: Day,
    /// Its activity.
    pub activity: RecordId,
    /// What it comes to before rounding.
    pub exact: Exact,
}

/// What each line of a statement is of its rounded sum: the step by which the rounded sum of its cell grows with it, so that the steps add up
/// to the sum. The lines stand as on the statement: by day, activity and posting.
///
/// # Errors
/// [`PayError::Currencies`], [`PayError::TooLarge`].
pub fn allotted(
    rounding: Rounding,
    currency: Currency,
    lines: &[Piece],
) -> Result<Vec<Money>, PayError> {
    let is_one_cell = |a: &Piece, b: &Piece| match rounding {
        Rounding::ExactSum => true,
        Rounding::EachCell => (a.day, a.activity) == (b.day, b.activity),
    };
    let mut shares = Vec::with_capacity(lines.len());
    for cell in lines.chunk_by(is_one_cell) {
        let mut so_far = Exact::zero(currency);
        let mut before = so_far.rounded()?;
        for line in cell {
            so_far = so_far.plus(line.exact)?;
            let now = so_far.rounded()?;
            shares.push(Money::new(now.amount - before.amount, currency));
            before = now;
        }
    }
    Ok(shares)
}
