//! Addresses of handoffs to which assignments are mailed, by the hashes of their secrets, and what came.

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Tx};

/// The address of a handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailboxRow {
    /// The workspace.
    pub workspace_id: Uuid,
    /// The handoff.
    pub handoff_id: Uuid,
    /// What comes is due so many hours later, where it does not say when itself.
    pub due_hours: i64,
    /// In whose name what comes is given.
    pub created_by: Uuid,
    /// When it was made.
    pub created_at: i64,
}

fn read(row: &Row<'_>) -> Result<MailboxRow, StoreError> {
    Ok(MailboxRow {
        workspace_id: row.id(0)?,
        handoff_id: row.id(1)?,
        due_hours: row.int(2)?,
        created_by: row.id(3)?,
        created_at: row.int(4)?,
    })
}

/// The mailbox of an address by its hash, of whatever workspace.
///
/// # Errors
/// [`StoreError`].
pub fn find_mailbox(
    tx: &mut Tx<'_>,
    token_hash: [u8; 32],
) -> Result<Option<MailboxRow>, StoreError> {
    tx.first(
        "SELECT workspace_id, handoff_id, due_hours, created_by, created_at FROM mailbox WHERE token_hash = ?",
        &[token_hash.into()],
        read,
    )
}

/// The mailbox of a handoff, where it has one.
///
/// # Errors
/// [`StoreError`].
pub fn load_mailbox(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
) -> Result<Option<MailboxRow>, StoreError> {
    let parameters = scope.with([handoff.into()]);
    scope.tx.first(
        "SELECT workspace_id, handoff_id, due_hours, created_by, created_at FROM mailbox WHERE workspace_id = ? AND handoff_id = ?",
        &parameters,
        read,
    )
}

/// Gives a handoff an address, in the place of the one it had.
///
/// # Errors
/// [`StoreError`].
pub fn save_mailbox(
    scope: &mut Scope<'_, '_>,
    row: &MailboxRow,
    token_hash: [u8; 32],
) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.handoff_id.into(),
        token_hash.into(),
        row.due_hours.into(),
        row.created_by.into(),
        row.created_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO mailbox (workspace_id, handoff_id, token_hash, due_hours, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?) \
         ON CONFLICT (workspace_id, handoff_id) DO UPDATE SET token_hash = excluded.token_hash, due_hours = excluded.due_hours, \
           created_by = excluded.created_by, created_at = excluded.created_at",
        &parameters,
    )
}

/// Ends the address of a handoff, and says whether there was one.
///
/// # Errors
/// [`StoreError`].
pub fn remove_mailbox(scope: &mut Scope<'_, '_>, handoff: Uuid) -> Result<bool, StoreError> {
    let parameters = scope.with([handoff.into()]);
    let removed = scope.tx.execute(
        "DELETE FROM mailbox WHERE workspace_id = ? AND handoff_id = ?",
        &parameters,
    )?;
    Ok(removed == 1)
}

/// The assignment that a message has become already.
///
/// # Errors
/// [`StoreError`].
pub fn find_mailed(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    message_hash: [u8; 32],
) -> Result<Option<Uuid>, StoreError> {
    let parameters = scope.with([handoff.into(), message_hash.into()]);
    scope.tx.first(
        "SELECT assignment_id FROM mailed WHERE workspace_id = ? AND handoff_id = ? AND message_hash = ?",
        &parameters,
        |row| row.id(0),
    )
}

/// Notes what a message has become.
///
/// # Errors
/// [`StoreError`].
pub fn note_mailed(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    message_hash: [u8; 32],
    assignment: Uuid,
) -> Result<(), StoreError> {
    let parameters = scope.with([handoff.into(), message_hash.into(), assignment.into()]);
    scope.tx.execute_one(
        "INSERT INTO mailed (workspace_id, handoff_id, message_hash, assignment_id) VALUES (?, ?, ?, ?)",
        &parameters,
    )
}
