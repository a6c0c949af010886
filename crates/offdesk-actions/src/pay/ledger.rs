//! The ledger as it is kept: postings are added at its end, and the whole of it is walked through to see whether it holds.

mod kept;

use jiff::Timestamp;
use offdesk_domain::money::to_minor_text;
use offdesk_domain::pay::{Books, Hash, Head, Payment, Posted, Posting, RecordId, reference};
use offdesk_store::checks::Checked;
use offdesk_store::pay::postings::{PostingRow, insert_posting, list_postings, load_last};
use offdesk_store::pay::statements::{StatementRow, list_all_taken, list_statements};
use offdesk_store::workspaces::list_workspaces;
use offdesk_store::{Scope, StoreError, Tx, Uuid, WorkspaceId};

use self::kept::{Statements, payment_of, posting_of, row_of};
use crate::error::Error;

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
    Ok(())
}

/// The end of the ledger: to be kept elsewhere, so that a ledger written anew is found.
///
/// # Errors
/// Those of the store.
pub fn head(scope: &mut Scope<'_, '_>) -> Result<Head, Error> {
    let Some(last) = load_last(scope)? else {
        return Ok(Head::new(record(scope.workspace().0)));
    };
    let hash = <[u8; 32]>::try_from(last.hash.as_slice());
    let hash = hash.map_err(|_| damaged(last.number, "its hash has no 32 bytes"))?;
    Ok(Head {
        count: u64::try_from(last.number).unwrap_or(0),
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

/// Whether the ledgers of all workspaces hold: numbers, hashes, rules, and what statements come to. The first posting that does not is
/// named.
///
/// # Errors
/// Those of the store.
pub fn check_ledgers(tx: &mut Tx<'_>) -> Result<Checked, StoreError> {
    let mut checked = Checked {
        name: "the ledger is unbroken, and statements are what their postings come to",
        looked_at: 0,
        faults: Vec::new(),
    };
    for workspace in list_workspaces(tx)? {
        let scope = &mut Scope::new(tx, WorkspaceId(workspace));
        let postings = match load_ledger(scope) {
            Ok(postings) => postings,
            Err(StoreError::Damaged(why)) => {
                checked.faults.push(why);
                continue;
            }
            Err(error) => return Err(error),
        };
        checked.looked_at += u64::try_from(postings.len()).unwrap_or(0);
        match Books::verify(record(workspace), &postings, None) {
            Err(broken) => checked.faults.push(broken.to_string()),
            Ok(books) => {
                let rows = list_statements(scope, i64::MAX, u32::MAX)?;
                checked.faults.extend(differing(&rows, &books));
            }
        }
    }
    Ok(checked)
}

/// The statements that do not stand as their postings have it: what is owed of them and where they stand is in no hash.
fn differing(rows: &[StatementRow], books: &Books) -> Vec<String> {
    let mut faults = Vec::new();
    for row in rows {
        let number = u64::try_from(row.number).unwrap_or(0);
        let name = reference(number);
        let Some(standing) = books.standings().get(&number) else {
            faults.push(format!("statement {name} is in no posting"));
            continue;
        };
        let payments = &standing.payments;
        let (Ok(owed), Ok(state)) = (payments.owed(), payments.state()) else {
            faults.push(format!("statement {name} comes to more than can be reckoned"));
            continue;
        };
        let reckoned = to_minor_text(owed.amount, owed.currency);
        if row.owed != reckoned {
            let said = &row.owed;
            faults.push(format!(
                "statement {name} says that {said} is owed, and by its postings it is {reckoned}"
            ));
        }
        if row.state != state.word() {
            let (said, state) = (&row.state, state.word());
            faults.push(format!(
                "statement {name} is noted as {said}, and by its postings it is {state}"
            ));
        }
    }
    faults
}

fn damaged(number: i64, why: &str) -> StoreError {
    StoreError::Damaged(format!("posting {number} cannot be read: {why}"))
}
