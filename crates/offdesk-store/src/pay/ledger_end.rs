//! Where the ledger ends, noted beside it with the last posting.

use crate::{Scope, StoreError, Value};

/// Notes where the ledger ends: so many postings, and the hash of the last. It is written with the last of them.
///
/// # Errors
/// [`StoreError`].
pub fn note_end(scope: &mut Scope<'_, '_>, postings: i64, hash: &[u8]) -> Result<(), StoreError> {
    let parameters = scope.with([postings.into(), Value::Bytes(hash.to_vec())]);
    scope.tx.execute_one(
        "INSERT INTO ledger_end (workspace_id, postings, hash) VALUES (?, ?, ?) \
         ON CONFLICT (workspace_id) DO UPDATE SET postings = excluded.postings, hash = excluded.hash",
        &parameters,
    )
}

/// Where the ledger was noted to end; `None` before anything is posted.
///
/// # Errors
/// [`StoreError`].
pub fn load_end(scope: &mut Scope<'_, '_>) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.first(
        "SELECT postings, hash FROM ledger_end WHERE workspace_id = ?",
        &parameters,
        |row| Ok((row.int(0)?, row.bytes(1)?)),
    )
}
