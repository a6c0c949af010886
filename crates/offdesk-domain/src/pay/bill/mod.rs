//! Bills that come in: what is billed held against work that was accepted, line by line, to the smallest unit.

mod matching;

use std::collections::BTreeSet;

pub use matching::match_bill;

use super::PayError;
use super::booked::is_in_its_place;
use super::posting::{Posted, Posting, RecordId};
use super::rounding::Rounding;
use super::statement::draw_up;
use crate::money::{Currency, Money};
use crate::time::{Day, Period};

/// The bill that a statement was drawn up for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billed {
    /// The number that the bill has from the one who sent it.
    pub number: String,
    /// The tax on top of what was earned.
    pub tax: Money,
}

impl Billed {
    /// Whether there is a tax.
    #[must_use]
    pub fn has_tax(&self) -> bool {
        self.tax.amount > rust_decimal::Decimal::ZERO
    }
}

/// Where a bill stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BillState {
    /// It is there, and something in it differs from what was accepted.
    Received,
    /// It is what was accepted, to the smallest unit.
    Matched,
    /// The one who sent it was asked about it.
    Queried,
    /// What was accepted of it is to be paid.
    Approved,
    /// It is paid.
    Paid,
}

impl BillState {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Received,
        Self::Matched,
        Self::Queried,
        Self::Approved,
        Self::Paid,
    ];

    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Matched => "matched",
            Self::Queried => "queried",
            Self::Approved => "approved",
            Self::Paid => "paid",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether nothing was decided yet.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Matched | Self::Queried)
    }
}

/// A line of a bill. A bill that has none but its sum is one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLine {
    /// What it says.
    pub text: String,
    /// The assignment it names.
    pub assignment: Option<RecordId>,
    /// The day it names.
    pub day: Option<Day>,
    /// What is billed, without tax; below nothing where something is given back.
    pub amount: Money,
}

/// Work that was accepted: a posting, and the statement it is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Something that was earned, or taken back.
    pub posting: Posting,
    /// The name of its activity.
    pub activity: String,
    /// The statement that it is on, where it is on one.
    pub statement: Option<u64>,
}

impl Accepted {
    fn assignment(&self) -> Option<RecordId> {
        match &self.posting.posted {
            Posted::Earned(earned) | Posted::Reversed { earned, .. } => earned.assignment,
            _ => None,
        }
    }

    /// Whether something is taken back.
    fn is_back(&self) -> bool {
        matches!(self.posting.posted, Posted::Reversed { .. })
    }

    /// Whether something that was paid is taken back, and was not taken off yet.
    fn is_credit(&self) -> bool {
        self.is_back() && self.statement.is_none()
    }

    /// Whether it puts right what another one takes back: the same work in its place, with another quantity or at another price.
    fn puts_right(&self, back: &Self) -> bool {
        match (&self.posting.posted, &back.posting.posted) {
            // One that was put right again leaves a gap between the two: of an assignment there is one such line at most.
            (Posted::Earned(right), Posted::Reversed { earned, .. })
                if right.assignment.is_some() =>
            {
                self.posting.number > back.posting.number && right.work() == earned.work()
            }
            (Posted::Earned(right), Posted::Reversed { earned, .. }) => is_in_its_place(
                (back.posting.number, (back.posting.at, earned.work())),
                (self.posting.number, (self.posting.at, right.work())),
            ),
            _ => false,
        }
    }

    fn day(&self) -> Day {
        match &self.posting.posted {
            Posted::Earned(earned) | Posted::Reversed { earned, .. } => earned.day,
            _ => Day(0),
        }
    }
}

/// What was accepted of a line of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineMatch {
    /// The postings that it is held against, in ascending order; none where nothing of it was accepted.
    pub postings: Vec<u64>,
    /// The statements that some of them are on already.
    pub statements: BTreeSet<u64>,
    /// What they come to.
    pub accepted: Money,
    /// What is billed beyond that; below nothing where less is billed.
    pub difference: Money,
}

impl LineMatch {
    /// Whether it is what was accepted, and on no statement yet.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.postings.is_empty() && self.difference.amount.is_zero()
    }
}

/// A bill held against what was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// What was accepted of each line, in their order.
    pub lines: Vec<LineMatch>,
    /// What is billed in all, without tax.
    pub billed: Money,
    /// What was accepted of it in all, less what was taken back since of earlier bills, rounded as a statement is.
    pub accepted: Money,
    /// What is billed beyond that.
    pub difference: Money,
    /// The postings of it that are on no statement yet.
    pub open: Vec<u64>,
    /// The statements that others are on already.
    pub statements: BTreeSet<u64>,
    /// What was accepted and is not billed.
    pub unbilled: Vec<u64>,
    /// What was paid, is taken back or put right since, and is taken off this bill, though no line of it says so.
    pub credits: Vec<u64>,
    /// What those come to: nothing, or less as a rule.
    pub taken_off: Money,
}

impl Matching {
    /// Whether everything that is billed was accepted, to the smallest unit.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.difference.amount.is_zero() && self.lines.iter().all(|line| !line.postings.is_empty())
    }
}

/// Whose bill is held against what: the person, and the rule their statements are rounded by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BillOf {
    /// The person.
    pub person: RecordId,
    /// How their statements are rounded.
    pub rounding: Rounding,
    /// The currency of the bill.
    pub currency: Currency,
}

impl BillOf {
    /// What postings come to, as a statement of them would.
    ///
    /// # Errors
    /// What is wrong with a posting, [`PayError::TooLarge`].
    pub fn sum_of<'a>(
        &self,
        postings: impl IntoIterator<Item = &'a Posting>,
    ) -> Result<Money, PayError> {
        let zero = Money::new(rust_decimal::Decimal::ZERO, self.currency);
        let always = Period {
            from: Day(i32::MIN),
            to: Day(i32::MAX),
        };
        match draw_up(0, self.person, always, self.rounding, zero, postings) {
            Ok(statement) => Ok(statement.sum),
            Err(PayError::Empty { .. }) => Ok(zero),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests;
