//! Postings: the lines of the ledger, each of which says one thing that happened and what is owed because of it.

use jiff::Timestamp;

use super::PayError;
use super::bill::Billed;
use super::exact::Exact;
use super::ledger::Hash;
use super::payment::Payment;
use super::rounding::Rounding;
use crate::money::{Currency, Money};
use crate::person::{Terms, Unit};
use crate::time::{Day, Period, Seconds};

/// The id of a record of the store: sixteen bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(pub [u8; 16]);

/// The longest time that is paid in one posting: a year.
const LONGEST: Seconds = Seconds(366 * 86_400);

/// How much of what is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// A time, for terms by the hour.
    Time(Seconds),
    /// So many assignments or milestones.
    Times(u32),
    /// So many days of a month, for a retainer.
    Days {
        /// Days on which the terms held.
        days: u32,
        /// Days of the month.
        of: u32,
    },
}

impl Quantity {
    /// The word for what is counted.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Time(_) => "seconds",
            Self::Times(_) => "times",
            Self::Days { .. } => "days",
        }
    }
}

/// What somebody has earned by one piece of work. The amount follows from quantity and terms, so it cannot contradict them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Earned {
    /// Who.
    pub person: RecordId,
    /// By which handoff.
    pub handoff: RecordId,
    /// Of which activity.
    pub activity: RecordId,
    /// By which assignment, where it was one.
    pub assignment: Option<RecordId>,
    /// On which day.
    pub day: Day,
    /// How much.
    pub quantity: Quantity,
    /// On which terms.
    pub terms: Terms,
}

impl Earned {
    /// Which work it is for: the handoff, the assignment where it is for one, and the day.
    #[must_use]
    pub fn work(&self) -> (RecordId, Option<RecordId>, Day) {
        (self.handoff, self.assignment, self.day)
    }

    /// What it comes to.
    ///
    /// # Errors
    /// [`PayError::Unit`], [`PayError::Time`], [`PayError::Times`], [`PayError::Days`], [`PayError::TooLarge`].
    pub fn exact(&self) -> Result<Exact, PayError> {
        let price = self.terms.price;
        match (self.quantity, self.terms.unit) {
            (Quantity::Time(time), Unit::Hour) => {
                if time <= Seconds::ZERO || time > LONGEST {
                    return Err(PayError::Time(time.0));
                }
                Exact::of_time(time, price)
            }
            (Quantity::Times(0), Unit::Assignment | Unit::Milestone) => Err(PayError::Times),
            (Quantity::Times(times), Unit::Assignment | Unit::Milestone) => {
                Exact::of(price)?.times(times)
            }
            (Quantity::Days { days: 0, of }, Unit::Retainer) => Err(PayError::Days { days: 0, of }),
            (Quantity::Days { days, of }, Unit::Retainer) => Exact::of_days(days, of, price),
            (quantity, unit) => Err(PayError::Unit {
                counted: quantity.word(),
                unit: unit.word(),
            }),
        }
    }
}

/// A statement as it was drawn up: which postings it takes, and what they come to by its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Its number, from 1 in a workspace.
    pub number: u64,
    /// Of whom.
    pub person: RecordId,
    /// Of which days.
    pub period: Period,
    /// How it rounds.
    pub rounding: Rounding,
    /// The postings it takes, in ascending order.
    pub postings: Vec<u64>,
    /// What they come to before rounding.
    pub exact: Exact,
    /// What they come to.
    pub sum: Money,
    /// What an earlier statement left below zero; nothing, or less.
    pub carried: Money,
    /// The bill it was drawn up for, where it was for one. Such a statement takes the postings of the bill and carries nothing.
    pub bill: Option<Billed>,
}

/// What a posting says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Posted {
    /// Something was earned.
    Earned(Earned),
    /// Something that was earned is taken back.
    Reversed {
        /// The number of the posting.
        of: u64,
        /// What that one says.
        earned: Earned,
        /// Why; empty where nothing was said.
        why: String,
    },
    /// A statement was drawn up; what is owed changes by its rounding.
    Stated(Stated),
    /// Something was paid.
    Paid {
        /// Whom.
        person: RecordId,
        /// For which statement.
        statement: u64,
        /// What.
        payment: Payment,
    },
    /// A payment came back.
    PaymentReturned {
        /// Whose.
        person: RecordId,
        /// For which statement it was.
        statement: u64,
        /// The number of its posting.
        of: u64,
        /// How much came back: all of it.
        amount: Money,
        /// On which day.
        day: Day,
        /// Its fee, where that was noted by mistake and is taken back, too; a bank keeps it.
        fee: Option<Money>,
    },
}

impl Posted {
    /// The word for what it says.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Earned(_) => "earned",
            Self::Reversed { .. } => "reversed",
            Self::Stated(_) => "stated",
            Self::Paid { .. } => "paid",
            Self::PaymentReturned { .. } => "payment_returned",
        }
    }

    /// Whom it is about.
    #[must_use]
    pub fn person(&self) -> RecordId {
        match self {
            Self::Earned(earned) | Self::Reversed { earned, .. } => earned.person,
            Self::Stated(stated) => stated.person,
            Self::Paid { person, .. } | Self::PaymentReturned { person, .. } => *person,
        }
    }

    /// In which currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        match self {
            Self::Earned(earned) | Self::Reversed { earned, .. } => earned.terms.price.currency,
            Self::Stated(stated) => stated.exact.currency(),
            Self::Paid { payment, .. } => payment.amount.currency,
            Self::PaymentReturned { amount, .. } => amount.currency,
        }
    }

    /// By how much what is owed to the person changes.
    ///
    /// # Errors
    /// As [`Earned::exact`].
    pub fn owed(&self) -> Result<Exact, PayError> {
        match self {
            Self::Earned(earned) => earned.exact(),
            Self::Reversed { earned, .. } => Ok(earned.exact()?.negated()),
            Self::Stated(stated) => {
                let rounded = Exact::of(stated.sum)?.plus(stated.exact.negated())?;
                match &stated.bill {
                    Some(bill) => rounded.plus(Exact::of(bill.tax)?),
                    None => Ok(rounded),
                }
            }
            Self::Paid { payment, .. } => Ok(Exact::of(payment.amount)?.negated()),
            Self::PaymentReturned { amount, .. } => Exact::of(*amount),
        }
    }
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Its number, from 1, without a gap.
    pub number: u64,
    /// When it was written, to the microsecond.
    pub at: Timestamp,
    /// What it says.
    pub posted: Posted,
    /// The hash of the posting before and of all that this one says.
    pub hash: Hash,
}
