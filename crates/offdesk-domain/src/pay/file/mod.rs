//! What a pay file needs before it is written: who is paid how much to where, and what each kind of file can hold.

mod check;
mod error;
mod fitting;
mod places;
mod purpose;

pub use self::check::Misfit;
pub use self::error::FileError;
pub use self::purpose::DueOf;

use rust_decimal::Decimal;

use super::Details;
use crate::money::{Currency, Money};
use crate::time::Day;

/// Who reads the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A person, or a spreadsheet.
    Plain,
    /// A spreadsheet, as a workbook (XLSX).
    Workbook,
    /// PayPal's payouts.
    PayPal,
    /// Wise's batch payments.
    Wise,
    /// Payoneer's batch payments.
    Payoneer,
    /// A bank: a credit transfer by ISO 20022, in euros.
    Sepa,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Plain,
        Self::Workbook,
        Self::PayPal,
        Self::Wise,
        Self::Payoneer,
        Self::Sepa,
    ];

    /// The word for it, as an option and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "csv",
            Self::Workbook => "xlsx",
            Self::PayPal => "paypal",
            Self::Wise => "wise",
            Self::Payoneer => "payoneer",
            Self::Sepa => "sepa",
        }
    }

    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "a plain CSV file",
            Self::Workbook => "a workbook (XLSX)",
            Self::PayPal => "a file for PayPal",
            Self::Wise => "a file for Wise",
            Self::Payoneer => "a file for Payoneer",
            Self::Sepa => "a SEPA credit transfer",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What a person has to give for it, in words.
    fn needs(self) -> &'static str {
        match self {
            Self::Plain | Self::Workbook => "nothing",
            Self::PayPal => "the address of a PayPal account",
            Self::Wise => "the address of a Wise account, or an IBAN",
            Self::Payoneer => "the address of a Payoneer account",
            Self::Sepa => "an IBAN",
        }
    }

    /// Whether it can hold anybody, with payment details or without.
    #[must_use]
    pub fn takes_everybody(self) -> bool {
        matches!(self, Self::Plain | Self::Workbook)
    }

    /// Whether it can hold where somebody's money goes.
    #[must_use]
    pub fn takes(self, details: &Details) -> bool {
        matches!(
            (self, details),
            (Self::Plain | Self::Workbook, _)
                | (Self::PayPal, Details::PayPal { .. })
                | (Self::Wise, Details::Wise { .. } | Details::Bank { .. })
                | (Self::Payoneer, Details::Payoneer { .. })
                | (Self::Sepa, Details::Bank { .. })
        )
    }

    /// The most rows of one file, as its reader publishes.
    fn most_rows(self) -> usize {
        match self {
            Self::Plain => usize::MAX,
            // 1,048,576 with the row of names.
            Self::Workbook => 1_048_575,
            Self::PayPal => 5_000,
            Self::Wise => 1_000,
            Self::Payoneer => 5_000,
            // As many as the number of transfers, which has fifteen digits, and a bank's patience.
            Self::Sepa => 100_000,
        }
    }

    /// The most that one row may be, in units of any currency.
    fn most(self) -> Option<Decimal> {
        match self {
            Self::Plain | Self::Workbook => None,
            // Ten characters, the point and two digits with them.
            Self::PayPal => Some(Decimal::new(999_999_999, 2)),
            Self::Wise | Self::Payoneer => Some(Decimal::new(99_999_999_999, 2)),
            // SEPA: 999,999,999.99 euros.
            Self::Sepa => Some(Decimal::new(99_999_999_999, 2)),
        }
    }

    /// Whether a file holds one currency only.
    fn has_one_currency(self) -> bool {
        matches!(self, Self::PayPal | Self::Payoneer | Self::Sepa)
    }

    /// Digits after the point that its reader takes of a currency.
    #[must_use]
    pub fn digits(self, currency: Currency) -> u32 {
        match (self, currency.code()) {
            // PayPal takes whole amounts of these only.
            (Self::PayPal, "HUF" | "TWD") => 0,
            _ => currency.minor_digits(),
        }
    }
}

/// A row of a pay file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The person's name.
    pub name: String,
    /// The person's address, where there is one.
    pub email: Option<String>,
    /// Whether it is an agency or another business.
    pub is_business: bool,
    /// The statements that it pays, the first one first; no statement is in two rows.
    pub of: Vec<DueOf>,
    /// What is owed of them.
    pub amount: Money,
    /// Where it goes.
    pub details: Option<Details>,
}

/// Who pays, on which day; banks want to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// The name of the business.
    pub name: String,
    /// The account it is paid from; a SEPA credit transfer needs a bank account.
    pub details: Option<Details>,
    /// The currency that is paid from.
    pub currency: Currency,
    /// On which day it is to be paid.
    pub day: Day,
    /// A word of the file's own, so that a bank can tell two files apart: letters, digits and hyphens.
    pub id: String,
}
