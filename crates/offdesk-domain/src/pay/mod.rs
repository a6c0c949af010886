//! Pay: what people earn, in a record to which lines are only added; statements of a period, payments, and what a pay file needs.
//!
//! A posting says what was earned and never changes: a correction is a posting that reverses it, and lands in the next statement.
//! A statement takes every posting once. Amounts are exact until a statement is drawn up, which rounds by a rule it names.

mod bill;
mod booked;
mod books;
mod cycle;
mod details;
mod earning;
mod exact;
pub mod file;
mod hours;
mod ledger;
mod netting;
mod payment;
mod posting;
mod proof;
mod rounding;
mod statement;
mod timesheet;

pub use bill::{Accepted, BillLine, BillOf, BillState, Billed, LineMatch, Matching, match_bill};
pub use booked::{BILLED_AHEAD, Booked, Landing, TakenBack, Worked, corrections, is_in_its_place};
pub use books::{Books, Broken, Standing};
pub use cycle::{Cycle, CycleError, day_in, moments};
pub use details::{Bic, Details, DetailsError, Iban};
pub use earning::{Done, Work, earned, retained};
pub use exact::Exact;
pub use hours::{Candidate, RowMatch, match_row};
pub use ledger::{Hash, Head, canonical};
pub use netting::{Netted, net};
pub use payment::{Exchange, Payment, Payments, State};
pub use posting::{Earned, Posted, Posting, Quantity, RecordId, Stated};
pub use proof::{Received, hash_of_milestone};
pub use rounding::Rounding;
pub use statement::{
    Line, Piece, Statement, allotted, draw_up, draw_up_with_bill, due_day, reference,
};
pub use timesheet::{TimesheetError, WeekEvent, WeekHours, WeekState, fits_in_a_day, week};

use crate::money::{Currency, Money};
use crate::time::Day;

/// Why something cannot be posted, stated or paid. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayError {
    /// No terms hold on the day of the work.
    #[error("no terms hold on {0}: add terms that begin on that day or before")]
    NoTerms(Day),
    /// A time that is no time.
    #[error(
        "{0} seconds are no time that can be paid: it is more than nothing, and at most a year"
    )]
    Time(i64),
    /// A number of times that is none.
    #[error("it is paid for at least one time")]
    Times,
    /// A month has not so many days.
    #[error("{days} days of a month of {of} cannot be: a month has 28 to 31 days")]
    Days {
        /// The days.
        days: u32,
        /// Of so many.
        of: u32,
    },
    /// What is counted does not fit what is paid for.
    #[error("work counted in {counted} cannot be paid by {unit}")]
    Unit {
        /// What is counted.
        counted: &'static str,
        /// What is paid for.
        unit: &'static str,
    },
    /// Parts of the smallest unit.
    #[error("{} has more digits after the point than {} has", .0.amount, .0.currency)]
    Digits(Money),
    /// Two currencies in one sum.
    #[error("{0} and {1} cannot be added: convert one of them first")]
    Currencies(Currency, Currency),
    /// The number does not fit.
    #[error("the amount is too large")]
    TooLarge,
    /// There is no such posting.
    #[error("there is no posting {0}")]
    NoPosting(u64),
    /// Only what was earned can be reversed.
    #[error("posting {0} is nothing that was earned: only that can be reversed")]
    NotEarned(u64),
    /// It was reversed before.
    #[error("posting {0} was reversed already")]
    Reversed(u64),
    /// It is on a statement already, or is not the person's.
    #[error("posting {0} is on a statement already, or is nothing of theirs")]
    NotOpen(u64),
    /// There is nothing to draw up.
    #[error(
        "nothing was earned until {until}, nothing was corrected, and nothing is left from before"
    )]
    Empty {
        /// The last day of the period.
        until: Day,
    },
    /// There is no such statement.
    #[error("there is no statement {}", reference(*.0))]
    NoStatement(u64),
    /// A statement that follows already carries what was left.
    #[error("{} was drawn up for a period that ends on {last}: the next one ends later", reference(*.number))]
    Backwards {
        /// The statement before.
        number: u64,
        /// Its last day.
        last: Day,
    },
    /// An amount that is no payment.
    #[error("{0} cannot be paid: an amount is more than nothing")]
    NotPositive(Money),
    /// More than is owed.
    #[error("{paid} is more than is owed: {owed} is")]
    TooMuch {
        /// What was to be paid.
        paid: Money,
        /// What is owed.
        owed: Money,
    },
    /// More is paid back than is owed back.
    #[error("{back} is more than is owed back: {owed} is")]
    TooMuchBack {
        /// What was to be paid back.
        back: Money,
        /// What is owed back.
        owed: Money,
    },
    /// There is no such payment, or it was returned before.
    #[error("there is no payment {0} that could come back")]
    NoPayment(u64),
    /// A fee that is taken back and was none of the payment's.
    #[error("payment {0} noted no such fee: there is none to take back")]
    NoFee(u64),
    /// A fee that is too much for its payment.
    #[error("a fee of {fee} is more than {most}, the most that it can be for this payment")]
    Fee {
        /// The fee.
        fee: Money,
        /// The most it can be.
        most: Money,
    },
    /// An exchange whose figures contradict each other.
    #[error(
        "{sent} at a rate of {rate} come to {comes_to}, and {amount} was to be paid: one of the three is wrong"
    )]
    Exchange {
        /// What was sent.
        sent: Money,
        /// The rate.
        rate: rust_decimal::Decimal,
        /// What they come to.
        comes_to: Money,
        /// What was to be paid.
        amount: Money,
    },
    /// A text that is missing or too long.
    #[error("{what} is at most {most} characters long, and not empty")]
    Text {
        /// Which text.
        what: &'static str,
        /// The most it may have.
        most: usize,
    },
}

impl PayError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoTerms(_) => "pay.no_terms",
            Self::Time(_) => "pay.time",
            Self::Times => "pay.times",
            Self::Days { .. } => "pay.days",
            Self::Unit { .. } => "pay.unit",
            Self::Digits(_) => "pay.digits",
            Self::Currencies(..) => "pay.currencies",
            Self::TooLarge => "pay.too_large",
            Self::NoPosting(_) => "pay.no_posting",
            Self::NotEarned(_) => "pay.not_earned",
            Self::Reversed(_) => "pay.reversed",
            Self::NotOpen(_) => "pay.not_open",
            Self::Empty { .. } => "pay.empty",
            Self::NoStatement(_) => "pay.no_statement",
            Self::Backwards { .. } => "pay.backwards",
            Self::NotPositive(_) => "pay.not_positive",
            Self::TooMuch { .. } => "pay.too_much",
            Self::TooMuchBack { .. } => "pay.too_much_back",
            Self::NoPayment(_) => "pay.no_payment",
            Self::NoFee(_) => "pay.no_fee",
            Self::Fee { .. } => "pay.fee",
            Self::Exchange { .. } => "pay.exchange",
            Self::Text { .. } => "pay.text",
        }
    }
}

#[cfg(test)]
mod tests;
