//! Why a pay file cannot be written.

use super::Kind;
use crate::money::{Currency, Money};
use crate::time::Day;

/// Why a pay file cannot be written. None was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nobody is owed anything.
    #[error("nothing is owed to anybody, so there is nothing to write")]
    Empty,
    /// Some have told nothing that the file can hold.
    #[error("{} needs {} of each person, and these have none: {}", .kind.name(), .kind.needs(), names(.of))]
    NoDetails {
        /// The file.
        kind: Kind,
        /// Their names, all of them.
        of: Vec<String>,
    },
    /// Some give an IBAN, and some an address.
    #[error("Wise takes IBANs in one file and addresses in another; by address are paid: {}", names(.of))]
    Mixed {
        /// The names of those with an address.
        of: Vec<String>,
    },
    /// The payer has no account that the file can name.
    #[error(
        "a SEPA credit transfer needs the IBAN that is paid from: add it in the settings of the workspace"
    )]
    NoPayer,
    /// A currency that the file cannot hold, or cannot hold beside another.
    #[error("{} is in one currency: {wanted} here, and {name} is owed {amount}", .kind.name())]
    Currency {
        /// The file.
        kind: Kind,
        /// The currency of the file.
        wanted: Currency,
        /// Who.
        name: String,
        /// What is owed.
        amount: Money,
    },
    /// A currency that its reader pays nothing out in.
    #[error("{} pays nothing out in {}, and {name} is owed {amount}", .kind.name(), .amount.currency)]
    NotPaidOut {
        /// The file.
        kind: Kind,
        /// Who.
        name: String,
        /// What is owed.
        amount: Money,
    },
    /// An account in a country that SEPA does not reach.
    #[error("a SEPA credit transfer reaches no account in {country}, where the one of {name} is")]
    Country {
        /// Whose account.
        name: String,
        /// Two letters.
        country: String,
    },
    /// A day that is over.
    #[error("{day} is over: a bank takes no transfer for a day that is past")]
    Past {
        /// The day.
        day: Day,
    },
    /// An amount that is no payment, or too large.
    #[error("{name} is owed {amount}, and {} takes more than nothing and up to {most}", .kind.name())]
    Amount {
        /// The file.
        kind: Kind,
        /// Who.
        name: String,
        /// What is owed.
        amount: Money,
        /// The most it takes.
        most: String,
    },
    /// More digits after the point than the reader takes.
    #[error("{name} is owed {amount}, and {} takes {digits} digits after the point of it", .kind.name())]
    Digits {
        /// The file.
        kind: Kind,
        /// Who.
        name: String,
        /// What is owed.
        amount: Money,
        /// So many it takes.
        digits: u32,
    },
    /// Too many rows.
    #[error("{} takes {most} rows, and there are {rows}: choose fewer people", .kind.name())]
    Rows {
        /// The file.
        kind: Kind,
        /// The most it takes.
        most: usize,
        /// So many there are.
        rows: usize,
    },
    /// A name of which nothing is left in the letters that a bank knows.
    #[error(
        "\"{0}\" cannot be written in the letters that banks know: give the account holder's name in Latin letters"
    )]
    Name(String),
    /// Two rows with one reference, or a reference or word that the file cannot hold.
    #[error(
        "\"{0}\" is no reference of one row: it has letters, digits and hyphens, up to 30 of them, and stands once"
    )]
    Reference(String),
}

impl FileError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "pay.file_empty",
            Self::NoDetails { .. } => "pay.no_details",
            Self::Mixed { .. } => "pay.mixed_details",
            Self::NoPayer => "pay.no_payer",
            Self::Currency { .. } | Self::NotPaidOut { .. } => "pay.file_currency",
            Self::Country { .. } => "pay.file_country",
            Self::Past { .. } => "pay.file_day",
            Self::Amount { .. } => "pay.file_amount",
            Self::Digits { .. } => "pay.file_digits",
            Self::Rows { .. } => "pay.file_rows",
            Self::Name(_) => "pay.file_name",
            Self::Reference(_) => "pay.file_reference",
        }
    }
}

fn names(of: &[String]) -> String {
    of.join(", ")
}
