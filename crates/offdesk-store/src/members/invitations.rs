//! Invitations to become a member of a workspace; only the hashes of their secrets are kept.

use uuid::Uuid;

use crate::{Scope, StoreError, Tx, Value};

/// An invitation that was not accepted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    /// Id.
    pub id: Uuid,
    /// Whom it is for.
    pub email: String,
    /// The role they will have.
    pub role: String,
    /// When it was made.
    pub created_at: i64,
    /// Until when it can be accepted.
    pub expires_at: i64,
}

/// Adds an invitation; only the hash of its token is kept.
///
/// # Errors
/// [`StoreError`].
pub fn insert_invitation(
    scope: &mut Scope<'_, '_>,
    invitation: &InvitationRow,
    token_hash: [u8; 32],
) -> Result<(), StoreError> {
    let parameters: Vec<Value> = scope.with([
        invitation.id.into(),
        invitation.email.as_str().into(),
        invitation.role.as_str().into(),
        token_hash.into(),
        invitation.created_at.into(),
        invitation.expires_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO invitation (workspace_id, id, email, role, token_hash, created_at, expires_at, accepted_at) VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
        &parameters,
    )
}

/// The invitations that can still be accepted.
///
/// # Errors
/// [`StoreError`].
pub fn list_invitations(
    scope: &mut Scope<'_, '_>,
    now: i64,
) -> Result<Vec<InvitationRow>, StoreError> {
    let parameters = scope.with([now.into()]);
    scope.tx.query(
        "SELECT id, email, role, created_at, expires_at FROM invitation \
         WHERE workspace_id = ? AND accepted_at IS NULL AND expires_at > ? ORDER BY created_at, id",
        &parameters,
        |row| {
            Ok(InvitationRow {
                id: row.id(0)?,
                email: row.text(1)?,
                role: row.text(2)?,
                created_at: row.int(3)?,
                expires_at: row.int(4)?,
            })
        },
    )
}

/// Lets an open invitation be accepted by another secret than before, and gives the name of the workspace it is for.
///
/// # Errors
/// [`StoreError`].
pub fn renew_invitation(
    scope: &mut Scope<'_, '_>,
    id: Uuid,
    token_hash: [u8; 32],
    now: i64,
) -> Result<Option<String>, StoreError> {
    let workspace = scope.workspace().0;
    let renewed = scope.tx.execute(
        "UPDATE invitation SET token_hash = ? WHERE workspace_id = ? AND id = ? AND accepted_at IS NULL AND expires_at > ?",
        &[
            token_hash.into(),
            workspace.into(),
            id.into(),
            now.into(),
        ],
    )?;
    if renewed == 0 {
        return Ok(None);
    }
    let parameters = scope.with([]);
    scope.tx.first(
        "SELECT name FROM workspace WHERE id = ?",
        &parameters,
        |row| row.text(0),
    )
}

/// Takes an invitation back, and gives whom it was for where there was one.
///
/// # Errors
/// [`StoreError`].
pub fn remove_invitation(
    scope: &mut Scope<'_, '_>,
    id: Uuid,
) -> Result<Option<String>, StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.execute(
        "DELETE FROM person_invitation WHERE workspace_id = ? AND invitation_id = ? AND EXISTS ( \
         SELECT 1 FROM invitation i WHERE i.workspace_id = person_invitation.workspace_id AND i.id = person_invitation.invitation_id AND i.accepted_at IS NULL)",
        &parameters,
    )?;
    scope.tx.first(
        "DELETE FROM invitation WHERE workspace_id = ? AND id = ? AND accepted_at IS NULL RETURNING email",
        &parameters,
        |row| row.text(0),
    )
}

/// An invitation by its token, with its workspace, while it can be accepted.
///
/// # Errors
/// [`StoreError`].
pub fn load_invitation(
    tx: &mut Tx<'_>,
    token_hash: [u8; 32],
    now: i64,
) -> Result<Option<(Uuid, InvitationRow, String)>, StoreError> {
    tx.first(
        "SELECT i.workspace_id, i.id, i.email, i.role, i.created_at, i.expires_at, w.name FROM invitation i \
         JOIN workspace w ON w.id = i.workspace_id WHERE i.token_hash = ? AND i.accepted_at IS NULL AND i.expires_at > ?",
        &[token_hash.into(), now.into()],
        |row| {
            let invitation = InvitationRow {
                id: row.id(1)?,
                email: row.text(2)?,
                role: row.text(3)?,
                created_at: row.int(4)?,
                expires_at: row.int(5)?,
            };
            Ok((row.id(0)?, invitation, row.text(6)?))
        },
    )
}

/// Uses an invitation up; of several who try at once exactly one succeeds.
///
/// # Errors
/// [`StoreError::Conflict`] where it was used meanwhile.
pub fn accept_invitation(scope: &mut Scope<'_, '_>, id: Uuid, now: i64) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE invitation SET accepted_at = ? WHERE workspace_id = ? AND id = ? AND accepted_at IS NULL",
        &[now.into(), workspace.into(), id.into()],
    )
}
