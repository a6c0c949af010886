//! The ledger as it is kept: postings are added at its end, and the whole of it is walked through to see whether it holds.

mod checking;
mod kept;

use jiff::Timestamp;
use offdesk_domain::pay::{Broken, Hash, Head, Payment, Posted, Posting, RecordId};
use offdesk_store::pay::ledger_end::{load_end, note_end};
use offdesk_store::pay::postings::{PostingRow, insert_posting, list_postings, load_last};
use offdesk_store::pay::statements::{list_all_taken, list_statements};
use offdesk_store::{Scope, StoreError, Uuid};

pub use self::checking::{LedgerEnd, check_ledgers};
use self::kept::{Statements, payment_of, posting_of, row_of};
use crate::error::{Error, ErrorKind};

/// Postings that are read at once.
const PAGE: u32 = 10_000;

/// The id of a record as the domain has it.
#[must_use]
pub fn record(id: Uuid) -> RecordId {
    RecordId(*id.as_bytes())
}

/// Adds a posting at the end of the ledger. The workspace is held, so two that post at once do it one after the other.
///
/// # Errors
/// Those of the store; a conflict where something would be reversed, or a payment come back, a second time.
pub fn append(scope: &mut Scope<'_, '_>, posted: Posted, now: Timestamp) -> Result<Posting, Error> {
    scope.hold()?;
    let posting = head(scope)?.posting(posted, now);
    insert_posting(scope, &row_of(&posting)?)?;
    keep_end(scope, Head::after(&posting))?;
    Ok(posting)
}

/// Adds postings at the end of the ledger, one after the other, as [`append`] does one.
///
/// # Errors
/// As [`append`].
pub(super) fn append_all(
    scope: &mut Scope<'_, '_>,
    all: impl IntoIterator<Item = Posted>,
    now: Timestamp,
) -> Result<(), Error> {
    scope.hold()?;
    let mut end = head(scope)?;
    for posted in all {
        let posting = end.posting(posted, now);
        insert_posting(scope, &row_of(&posting)?)?;
        end = Head::after(&posting);
    }
    keep_end(scope, end)
}

/// Notes the end of the ledger beside it, so that a cut end is found.
fn keep_end(scope: &mut Scope<'_, '_>, end: Head) -> Result<(), Error> {
    if end.count > 0 {
        let count = i64::try_from(end.count).unwrap_or(i64::MAX);
        note_end(scope, count, &end.hash.0)?;
    }
    Ok(())
}

/// The end of the ledger: to be kept elsewhere, so that a ledger written anew is found.
///
/// # Errors
/// `pay.broken_cut` where it is not the end that was noted: nothing is posted after a cut, which would hide it. Those of the store.
pub fn head(scope: &mut Scope<'_, '_>) -> Result<Head, Error> {
    let found = match load_last(scope)? {
        None => Head::new(record(scope.workspace().0)),
        Some(last) => head_of(last.number, &last.hash)?,
    };
    let noted = kept_end(scope)?;
    if noted == found {
        return Ok(found);
    }
    let broken = Broken::Cut {
        expected: noted.count,
        found: found.count,
    };
    Err(
        Error::new(ErrorKind::Failed, broken.code(), broken.to_string())
            .hint("run  offdesk verify  and restore the last backup"),
    )
}

/// The end of the ledger as it was noted.
fn kept_end(scope: &mut Scope<'_, '_>) -> Result<Head, StoreError> {
    match load_end(scope)? {
        None => Ok(Head::new(record(scope.workspace().0))),
        Some((count, hash)) => head_of(count, &hash),
    }
}

fn head_of(number: i64, hash: &[u8]) -> Result<Head, StoreError> {
    let hash = <[u8; 32]>::try_from(hash);
    let hash = hash.map_err(|_| damaged(number, "its hash has no 32 bytes"))?;
    Ok(Head {
        count: u64::try_from(number).unwrap_or(0),
        hash: Hash(hash),
    })
}

/// Something that was earned, or taken back, as the rules see it.
///
/// # Errors
/// `store.damaged`.
pub(super) fn earned_of(row: &PostingRow) -> Result<Posting, Error> {
    let none = Statements::of(Vec::new(), Vec::new());
    let posting = posting_of(row, &none, &[]);
    posting.map_err(|why| damaged(row.number, &why).into())
}

/// A payment as the rules see it.
///
/// # Errors
/// `store.damaged`.
pub(super) fn paid_of(row: &PostingRow) -> Result<Payment, Error> {
    payment_of(row).map_err(|why| damaged(row.number, &why).into())
}

/// All postings of a workspace, in their order.
///
/// # Errors
/// Those of the store; damaged data where a row is no posting.
pub fn load_ledger(scope: &mut Scope<'_, '_>) -> Result<Vec<Posting>, StoreError> {
    let statements = Statements::of(
        list_statements(scope, i64::MAX, u32::MAX)?,
        list_all_taken(scope)?,
    );
    let mut postings: Vec<Posting> = Vec::new();
    loop {
        let after = postings.last().map_or(0, |posting| posting.number);
        let page = list_postings(scope, i64::try_from(after).unwrap_or(i64::MAX), PAGE)?;
        if page.is_empty() {
            return Ok(postings);
        }
        for row in &page {
            let posting = posting_of(row, &statements, &postings);
            postings.push(posting.map_err(|why| damaged(row.number, &why))?);
        }
    }
}

fn damaged(number: i64, why: &str) -> StoreError {
    StoreError::Damaged(format!("posting {number} cannot be read: {why}"))
}
