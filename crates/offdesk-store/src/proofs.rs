//! Proves what stands beside the ledger by hashes: money that came in, and what was reached with milestones.

use offdesk_domain::pay::{Hash, Received, RecordId, hash_of_milestone};
use uuid::Uuid;

use crate::checks::Checked;
use crate::returns::receipts::{ReceiptRow, list_receipts};
use crate::workspaces::list_workspaces;
use crate::{Scope, StoreError, Tx, WorkspaceId};

/// So many faults are told.
const MOST: usize = 100;

/// The id of a record as the domain has it.
fn record(id: Uuid) -> RecordId {
    RecordId(*id.as_bytes())
}

/// The hash that the first row of money that came in follows.
pub(crate) fn first_of(scope: &Scope<'_, '_>) -> Hash {
    Received::first(record(scope.workspace().0))
}

/// The hash of money that came in, after that of the row before.
pub(crate) fn hash_of(row: &ReceiptRow, previous: Hash) -> Hash {
    let received = Received {
        number: row.number,
        handoff: row.handoff_id.map(record),
        day: row.day,
        amount: &row.amount,
        currency: &row.currency,
        note: &row.note,
        of: row.of_number,
        by: record(row.created_by),
        at: row.created_at,
    };
    received.hash(previous)
}

/// What was reached, with the hash of its posting.
struct Reached {
    posting: i64,
    handoff: Uuid,
    title: String,
    hash: String,
    of_posting: Vec<u8>,
}

impl Reached {
    fn hash(&self) -> Option<Hash> {
        let posting = <[u8; 32]>::try_from(self.of_posting.as_slice()).ok()?;
        Some(hash_of_milestone(
            Hash(posting),
            record(self.handoff),
            &self.title,
        ))
    }
}

/// The hash of a milestone that is noted with a posting.
pub(crate) fn hash_of_reached(
    scope: &mut Scope<'_, '_>,
    (posting, handoff): (i64, Uuid),
    title: &str,
) -> Result<String, StoreError> {
    let parameters = scope.with([posting.into()]);
    let found = scope.tx.first(
        "SELECT hash FROM posting WHERE workspace_id = ? AND number = ?",
        &parameters,
        |row| row.bytes(0),
    )?;
    let reached = Reached {
        posting,
        handoff,
        title: title.to_owned(),
        hash: String::new(),
        of_posting: found.ok_or(StoreError::Missing)?,
    };
    let hash = reached.hash();
    let hash = hash.ok_or_else(|| StoreError::Damaged(format!("the hash of posting {posting}")))?;
    Ok(hash.to_string())
}

fn list_reached(scope: &mut Scope<'_, '_>) -> Result<Vec<Reached>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT m.posting, m.handoff_id, m.title, m.hash, p.hash FROM milestone m \
         JOIN posting p ON p.workspace_id = m.workspace_id AND p.number = m.posting \
         WHERE m.workspace_id = ? ORDER BY m.posting",
        &parameters,
        |row| {
            Ok(Reached {
                posting: row.int(0)?,
                handoff: row.id(1)?,
                title: row.text(2)?,
                hash: row.text(3)?,
                of_posting: row.bytes(4)?,
            })
        },
    )
}

/// Whether money that came in, and what was reached with milestones, is as it was noted. The first row of a workspace that is not is named.
///
/// # Errors
/// [`StoreError`].
pub fn check_proofs(tx: &mut Tx<'_>) -> Result<Checked, StoreError> {
    let mut checked = Checked {
        name: "money that came in and milestones are as they were noted",
        looked_at: 0,
        faults: Vec::new(),
    };
    for workspace in list_workspaces(tx)? {
        let scope = &mut Scope::new(tx, WorkspaceId(workspace));
        let receipts = list_receipts(scope)?;
        checked.looked_at += u64::try_from(receipts.len()).unwrap_or(0);
        checked.faults.extend(changed(first_of(scope), &receipts));
        for reached in list_reached(scope)? {
            checked.looked_at += 1;
            if reached.hash().map(|it| it.to_string()).as_ref() != Some(&reached.hash) {
                let number = reached.posting;
                checked.faults.push(format!(
                    "the milestone of posting {number} was changed after it was noted: its hash does not fit what it says"
                ));
            }
        }
    }
    checked.faults.truncate(MOST);
    Ok(checked)
}

/// The first row that was changed, left out or put in between.
fn changed(first: Hash, rows: &[ReceiptRow]) -> Option<String> {
    let mut previous = first;
    for (row, number) in rows.iter().zip(1_i64..) {
        if row.number != number {
            return Some(format!("money that came in has no number {number}"));
        }
        previous = hash_of(row, previous);
        if row.hash != previous.to_string() {
            return Some(format!(
                "IN-{number:04} was changed after it was noted: its hash does not fit what it says"
            ));
        }
    }
    None
}

/// Gives what was noted before there were hashes its own, as it stands: once, when the tables are brought up to date.
///
/// # Errors
/// [`StoreError`].
pub fn seal(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    for workspace in list_workspaces(tx)? {
        seal_one(&mut Scope::new(tx, WorkspaceId(workspace)))?;
    }
    Ok(())
}

/// The same in one workspace: once, when a file brings it in that was written before there were hashes.
///
/// # Errors
/// [`StoreError`].
pub fn seal_one(scope: &mut Scope<'_, '_>) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let mut previous = first_of(scope);
    for row in list_receipts(scope)? {
        previous = hash_of(&row, previous);
        let parameters = [
            previous.to_string().as_str().into(),
            workspace.into(),
            row.number.into(),
        ];
        scope.tx.execute_one(
            "UPDATE receipt SET hash = ? WHERE workspace_id = ? AND number = ?",
            &parameters,
        )?;
    }
    for reached in list_reached(scope)? {
        let hash = reached.hash().map_or_else(String::new, |it| it.to_string());
        let parameters = [
            hash.as_str().into(),
            workspace.into(),
            reached.posting.into(),
        ];
        scope.tx.execute_one(
            "UPDATE milestone SET hash = ? WHERE workspace_id = ? AND posting = ?",
            &parameters,
        )?;
    }
    Ok(())
}
