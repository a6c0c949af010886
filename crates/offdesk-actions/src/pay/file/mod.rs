//! Pay files: one row for each person, in the shape that its reader takes. Everything is checked before anything is written.

mod letters;
mod sepa;
mod tables;

use jiff::Timestamp;
use offdesk_domain::pay::file::{Due, FileError, Kind, Payer};

/// A file as it is downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayFile {
    /// Its name, such as `PAY-7-sepa.xml`.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it, in UTF-8.
    pub text: String,
}

/// Writes a pay file.
///
/// # Errors
/// [`FileError`]; nothing is written then.
pub fn write(
    kind: Kind,
    payer: &Payer,
    rows: &[Due],
    now: Timestamp,
) -> Result<PayFile, FileError> {
    kind.check(payer, rows)?;
    let text = match kind {
        Kind::Plain => tables::plain(payer, rows),
        Kind::PayPal => tables::paypal(rows),
        Kind::Wise => tables::wise(payer, rows),
        Kind::Payoneer => tables::payoneer(rows),
        Kind::Sepa => sepa::transfer(payer, rows, now)?,
    };
    let (ending, media_type) = match kind {
        Kind::Sepa => ("xml", "application/xml"),
        _ => ("csv", "text/csv; charset=utf-8"),
    };
    Ok(PayFile {
        name: format!("{}-{}.{ending}", payer.id, kind.word()),
        media_type,
        text,
    })
}
