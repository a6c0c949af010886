//! Uploads that are given with an assignment: each waits for its sender alone, and is given or dropped. What is given keeps its id as a file
//! of the assignment at once, and its parts follow one by one: a long file holds up nobody else who writes.

use uuid::Uuid;

use super::remove_parts;
use crate::{Scope, StoreError, Tx, Value, WorkspaceId};

/// The state of an upload that is to be given with an assignment; nobody imports it.
pub const FOR_INPUT: &str = "for_input";
/// The state of one that was given and whose parts are still to be moved.
pub const GIVEN: &str = "given";

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

/// Makes an upload one that is given: nobody sees it as an upload any more, and its parts are those of the file of the same id.
///
/// # Errors
/// [`StoreError::Conflict`] where it does not wait to be given.
pub fn give_upload(scope: &mut Scope<'_, '_>, upload: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([upload.into()]);
    scope.tx.execute_one(
        "UPDATE upload SET state = 'given', version = version + 1 WHERE workspace_id = ? AND id = ? AND state = 'for_input'",
        &parameters,
    )
}

/// A file of whatever workspace that is given and whose parts are not all where they belong, the first first.
///
/// # Errors
/// [`StoreError`].
pub fn find_given(tx: &mut Tx<'_>) -> Result<Option<(WorkspaceId, Uuid)>, StoreError> {
    tx.first(
        "SELECT workspace_id, id FROM upload WHERE state = 'given' ORDER BY created_at, id LIMIT 1",
        &[],
        |row| Ok((WorkspaceId(row.id(0)?), row.id(1)?)),
    )
}

/// Moves the next part of a given file to where it belongs; what is left of the upload goes with the last one.
///
/// # Errors
/// [`StoreError`].
pub fn move_part(scope: &mut Scope<'_, '_>, file: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([file.into()]);
    let next = scope.tx.first(
        "SELECT start FROM upload_part WHERE workspace_id = ? AND upload_id = ? ORDER BY start LIMIT 1",
        &parameters,
        |row| row.int(0),
    )?;
    let Some(start) = next else {
        scope.tx.execute(
            "DELETE FROM upload WHERE workspace_id = ? AND id = ? AND state = 'given'",
            &parameters,
        )?;
        return Ok(());
    };
    let parameters = scope.with([file.into(), start.into()]);
    for sql in [
        "INSERT INTO deliverable_part (workspace_id, file_id, start, bytes) \
         SELECT workspace_id, upload_id, start, bytes FROM upload_part WHERE workspace_id = ? AND upload_id = ? AND start = ?",
        "DELETE FROM upload_part WHERE workspace_id = ? AND upload_id = ? AND start = ?",
    ] {
        scope.tx.execute_one(sql, &parameters)?;
    }
    Ok(())
}

/// Hands over the parts of all files of the workspace in the order of their key, wherever they are; says whether some are still to be moved.
/// Where none are, nothing is handed over: they all stand in their table.
///
/// # Errors
/// [`StoreError`].
pub fn each_part_with_given(
    scope: &mut Scope<'_, '_>,
    mut take: impl FnMut(Vec<Value>) -> Result<(), StoreError>,
) -> Result<bool, StoreError> {
    let parameters = scope.with([]);
    let is_any = scope.tx.first(
        "SELECT 1 FROM upload WHERE workspace_id = ? AND state = 'given' LIMIT 1",
        &parameters,
        |_| Ok(()),
    )?;
    if is_any.is_none() {
        return Ok(false);
    }
    let workspace = scope.workspace().0;
    scope.tx.each(
        "SELECT workspace_id, file_id, start, bytes FROM deliverable_part WHERE workspace_id = ? UNION ALL \
         SELECT p.workspace_id, p.upload_id, p.start, p.bytes FROM upload_part p JOIN upload u ON u.workspace_id = p.workspace_id AND u.id = p.upload_id \
         WHERE p.workspace_id = ? AND u.state = 'given' ORDER BY 2, 3",
        &[workspace.into(), workspace.into()],
        |row| {
            take(vec![
                Value::Id(row.id(0)?),
                Value::Id(row.id(1)?),
                Value::Int(row.int(2)?),
                Value::Bytes(row.bytes(3)?),
            ])
        },
    )?;
    Ok(true)
}

/// Removes one with its parts.
///
/// # Errors
/// [`StoreError`].
pub fn remove_for_input(scope: &mut Scope<'_, '_>, upload: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([upload.into()]);
    let is_theirs = scope.tx.first(
        "SELECT 1 FROM upload WHERE workspace_id = ? AND id = ? AND state = 'for_input'",
        &parameters,
        |row| row.int(0),
    )?;
    // Where it was given meanwhile, its parts are the file.
    if is_theirs.is_none() {
        return Ok(());
    }
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
