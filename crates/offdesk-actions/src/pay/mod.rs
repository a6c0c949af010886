//! Pay: the files that a bank or a payment service reads, journals for a bookkeeper, and a statement as a table, and the ledger behind
//! them.

mod about;
mod agreed;
pub mod bills;
mod correcting;
mod desk_journal;
mod details;
mod drawing;
mod earning;
pub mod file;
mod filed;
mod fitting;
pub mod journal;
pub mod json;
pub mod ledger;
mod milestone;
mod netting;
mod open_lines;
mod overview;
mod paying;
mod payments;
pub mod pdf;
mod posted;
mod refunding;
mod returning;
mod sitting;
pub mod statement;
mod statements;

pub use self::about::About;
pub(crate) use self::agreed::{Agreed, Outside};
pub use self::correcting::{Correction, correct_posting};
pub use self::desk_journal::write_desk_journal;
pub use self::details::{
    NewDetails, PersonPay, PersonPayChange, change_own_pay_details, change_pay_of, hidden,
    load_own_pay_details, load_pay_of, load_payer, set_payer,
};
pub use self::drawing::{NewRun, draw_up_statements};
pub use self::earning::today_of;
pub(crate) use self::earning::{
    dated_terms, day_or_today, earn_accepted, not_to_come, retained_parts, terms_on, today_in,
    work_under, zone_of,
};
pub use self::filed::Filed;
pub use self::fitting::{LeftForNext, list_left_for_next};
pub use self::milestone::{NewMilestone, mark_milestone};
pub use self::open_lines::{OpenLine, list_open_lines, list_own_open_lines};
pub use self::overview::{Overview, Unstated, load_overview};
pub(crate) use self::paying::amount_of;
pub use self::paying::{NewPayment, Noting, note_paid_in_full, note_payment};
pub use self::payments::PaymentMade;
pub(crate) use self::posted::{first_free, is_free};
pub use self::refunding::{note_paid_file, note_refund};
pub use self::returning::{Beside, CameBack, NewReturn, Returned, note_returned_payment};
pub use self::sitting::{WantedFile, Written, write_pay_file};
pub use self::statements::{
    StatementDetail, StatementSummary, list_own_statements, list_statements, load_own_statement,
    load_statement, number_of,
};

use offdesk_domain::money::Money;

use offdesk_domain::pay::PayError;
use offdesk_domain::pay::file::FileError;

use crate::error::{Error, ErrorKind};

/// Something in the database that is not understood.
pub(crate) fn damaged(what: &str) -> Error {
    Error::new(
        ErrorKind::Failed,
        "store.damaged",
        format!("{what} in the database is not understood"),
    )
}

/// A statement of which nothing is owed.
fn already_paid(number: i64) -> Error {
    let reference = offdesk_domain::pay::reference(u64::try_from(number).unwrap_or(0));
    Error::new(
        ErrorKind::Conflict,
        "pay.already_paid",
        format!("{reference} is paid already"),
    )
    .hint("look at it: it shows its payments")
}

/// An amount as it is kept.
fn money_of(amount: &str, currency: &str) -> Result<Money, Error> {
    let amount = amount.parse().map_err(|_| damaged("an amount"))?;
    let currency = currency.parse().map_err(|_| damaged("a currency"))?;
    Ok(Money::new(amount, currency))
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        let hint = match &error {
            FileError::NoDetails { .. } => {
                "add their payment details, or write a plain CSV file and pay them another way"
            }
            FileError::Mixed { .. } => {
                "write one file for those with an IBAN, and one for the others"
            }
            FileError::Currency { .. } => "write a file for each currency",
            FileError::NotPaidOut { .. } | FileError::Country { .. } => {
                "write a plain CSV file and pay them another way"
            }
            FileError::Past { .. } => "name today or a day to come",
            FileError::Digits { .. } => "pay them another way, or agree on whole amounts",
            _ => "",
        };
        Self::new(ErrorKind::Invalid, error.code(), error.to_string()).hint(hint)
    }
}

impl From<PayError> for Error {
    fn from(error: PayError) -> Self {
        let kind = match &error {
            PayError::NoPosting(_) | PayError::NoStatement(_) | PayError::NoPayment(_) => {
                ErrorKind::NotFound
            }
            PayError::Reversed(_) | PayError::Backwards { .. } | PayError::TooMuch { .. } => {
                ErrorKind::Conflict
            }
            _ => ErrorKind::Invalid,
        };
        let hint = match &error {
            PayError::Fee { .. } => "look at the amount of the fee",
            PayError::NoFee(_) => "leave the fee out of it",
            _ => "",
        };
        Self::new(kind, error.code(), error.to_string()).hint(hint)
    }
}
