//! Pay: the files that a bank or a payment service reads, journals for a bookkeeper, and a statement as a table, and the ledger behind
//! them.

pub mod file;
pub mod journal;
pub mod ledger;
pub mod statement;

use offdesk_domain::pay::PayError;
use offdesk_domain::pay::file::FileError;

use crate::error::{Error, ErrorKind};

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
        Self::new(kind, error.code(), error.to_string())
    }
}
