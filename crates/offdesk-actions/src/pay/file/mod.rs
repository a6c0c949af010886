//! Pay files: one row for each person, in the shape that its reader takes. Everything is checked before anything is written.

mod letters;
mod sepa;
mod tables;

use jiff::Timestamp;
use offdesk_domain::pay::file::{Due, Kind, Payer};

use crate::error::Error;
use crate::sheet::XLSX;

/// A file as it is downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayFile {
    /// Its name, such as `PAY-7-sepa.xml`.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it; a text is in UTF-8.
    pub bytes: Vec<u8>,
}

/// Writes a pay file.
///
/// # Errors
/// Those of [`FileError`](offdesk_domain::pay::file::FileError), and `write.workbook`; nothing is written then.
pub fn write(kind: Kind, payer: &Payer, rows: &[Due], now: Timestamp) -> Result<PayFile, Error> {
    kind.check(payer, rows)?;
    let bytes = match kind {
        Kind::Plain => tables::plain(payer, rows).to_csv().into_bytes(),
        Kind::Workbook => tables::plain(payer, rows).to_xlsx(now)?,
        Kind::PayPal => tables::paypal(rows).into_bytes(),
        Kind::Wise => tables::wise(payer, rows).into_bytes(),
        Kind::Payoneer => tables::payoneer(rows).into_bytes(),
        Kind::Sepa => sepa::transfer(payer, rows, now)?.into_bytes(),
    };
    let (ending, media_type) = match kind {
        Kind::Sepa => ("xml", "application/xml"),
        Kind::Workbook => ("xlsx", XLSX),
        _ => ("csv", "text/csv; charset=utf-8"),
    };
    Ok(PayFile {
        name: format!("{}-{}.{ending}", payer.id, kind.word()),
        media_type,
        bytes,
    })
}
