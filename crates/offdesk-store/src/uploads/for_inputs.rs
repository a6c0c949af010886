//! Uploads that are given with an assignment: each waits for its sender alone, and is moved to the assignment or dropped.

use uuid::Uuid;

use super::remove_parts;
use crate::{Scope, StoreError, Tx, WorkspaceId};

/// The state of an upload that is to be given with an assignment; nobody imports it.
pub const FOR_INPUT: &str = "for_input";

/// How many of them an account has in the workspace.
///
/// # Errors
/// [`StoreError`].
pub fn count_for_inputs(scope: &mut Scope<'_, '_>, account: Uuid) -> Result<u64, StoreError> {
    let parameters = scope.with([account.into()]);
    let count = scope.tx.first(
        "SELECT COUNT(*) FROM upload WHERE workspace_id = ? AND account_id = ? AND state = 'for_input'",
        &parameters,
        |row| row.count(0),
    )?;
    Ok(count.unwrap_or(0))
}

/// Copies the parts of an upload to a file of an assignment, within the database.
///
/// # Errors
/// [`StoreError::Missing`] where the file is not there.
pub fn copy_parts(scope: &mut Scope<'_, '_>, upload: Uuid, file: Uuid) -> Result<u64, StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute(
        "INSERT INTO deliverable_part (workspace_id, file_id, start, bytes) \
         SELECT workspace_id, ?, start, bytes FROM upload_part WHERE workspace_id = ? AND upload_id = ?",
        &[file.into(), workspace.into(), upload.into()],
    )
}

/// Removes one with its parts.
///
/// # Errors
/// [`StoreError`].
pub fn remove_for_input(scope: &mut Scope<'_, '_>, upload: Uuid) -> Result<(), StoreError> {
    remove_parts(scope, upload)?;
    let parameters = scope.with([upload.into()]);
    scope.tx.execute(
        "DELETE FROM upload WHERE workspace_id = ? AND id = ? AND state = 'for_input'",
        &parameters,
    )?;
    Ok(())
}

/// One of whatever workspace that was begun before a moment, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn find_forgotten(
    tx: &mut Tx<'_>,
    before: i64,
) -> Result<Option<(WorkspaceId, Uuid)>, StoreError> {
    tx.first(
        "SELECT workspace_id, id FROM upload WHERE state = 'for_input' AND created_at < ? ORDER BY created_at, id LIMIT 1",
        &[before.into()],
        |row| Ok((WorkspaceId(row.id(0)?), row.id(1)?)),
    )
}
