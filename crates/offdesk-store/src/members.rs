//! Members: which account has which role in which workspace; and invitations to become one.

use uuid::Uuid;

use crate::{Scope, StoreError, Tx, Value};

/// A member with their account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// Account.
    pub account_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: String,
    /// Role.
    pub role: String,
    /// Since when.
    pub created_at: i64,
}

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

/// A workspace of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Workspace.
    pub workspace_id: Uuid,
    /// Its name.
    pub name: String,
    /// The account's role in it.
    pub role: String,
    /// Whether it is the example.
    pub is_demo: bool,
}

/// The role of an account in a workspace.
///
/// # Errors
/// [`StoreError`].
pub fn load_role(
    tx: &mut Tx<'_>,
    workspace: Uuid,
    account: Uuid,
) -> Result<Option<String>, StoreError> {
    tx.first(
        "SELECT role FROM member WHERE workspace_id = ? AND account_id = ?",
        &[workspace.into(), account.into()],
        |row| row.text(0),
    )
}

/// The workspaces of an account, in the order of their making.
///
/// # Errors
/// [`StoreError`].
pub fn list_memberships(tx: &mut Tx<'_>, account: Uuid) -> Result<Vec<Membership>, StoreError> {
    tx.query(
        "SELECT m.workspace_id, w.name, m.role, w.is_demo FROM member m JOIN workspace w ON w.id = m.workspace_id \
         WHERE m.account_id = ? ORDER BY w.created_at, w.id",
        &[account.into()],
        |row| {
            Ok(Membership {
                workspace_id: row.id(0)?,
                name: row.text(1)?,
                role: row.text(2)?,
                is_demo: row.bool(3)?,
            })
        },
    )
}

/// The members of a workspace.
///
/// # Errors
/// [`StoreError`].
pub fn list_members(scope: &mut Scope<'_, '_>) -> Result<Vec<MemberRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT m.account_id, a.name, a.email, m.role, m.created_at FROM member m JOIN account a ON a.id = m.account_id \
         WHERE m.workspace_id = ? ORDER BY m.created_at, m.account_id",
        &parameters,
        |row| {
            Ok(MemberRow {
                account_id: row.id(0)?,
                name: row.text(1)?,
                email: row.text(2)?,
                role: row.text(3)?,
                created_at: row.int(4)?,
            })
        },
    )
}

/// Adds a member.
///
/// # Errors
/// [`StoreError::Conflict`] where they are one already.
pub fn insert_member(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
    role: &str,
    now: i64,
) -> Result<(), StoreError> {
    let parameters = scope.with([account.into(), role.into(), now.into()]);
    scope.tx.execute_one(
        "INSERT INTO member (workspace_id, account_id, role, created_at) VALUES (?, ?, ?, ?)",
        &parameters,
    )
}

/// Changes a member's role, and says whether there is such a member.
///
/// # Errors
/// [`StoreError`].
pub fn update_role(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
    role: &str,
) -> Result<bool, StoreError> {
    let workspace = scope.workspace().0;
    let changed = scope.tx.execute(
        "UPDATE member SET role = ? WHERE workspace_id = ? AND account_id = ?",
        &[role.into(), workspace.into(), account.into()],
    )?;
    Ok(changed == 1)
}

/// Removes a member with the tokens they made, and says whether there was one. A person they are stays, without an account.
///
/// # Errors
/// [`StoreError`].
pub fn remove_member(scope: &mut Scope<'_, '_>, account: Uuid) -> Result<bool, StoreError> {
    let parameters = scope.with([account.into()]);
    scope.tx.execute(
        "DELETE FROM api_token WHERE workspace_id = ? AND account_id = ?",
        &parameters,
    )?;
    scope.tx.execute(
        "UPDATE person SET account_id = NULL, version = version + 1 WHERE workspace_id = ? AND account_id = ?",
        &parameters,
    )?;
    let removed = scope.tx.execute(
        "DELETE FROM member WHERE workspace_id = ? AND account_id = ?",
        &parameters,
    )?;
    Ok(removed == 1)
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

/// Lets an open invitation be accepted by another secret than before, and gives whom it is for, into which workspace.
///
/// # Errors
/// [`StoreError`].
pub fn renew_invitation(
    scope: &mut Scope<'_, '_>,
    id: Uuid,
    token_hash: [u8; 32],
    now: i64,
) -> Result<Option<(String, String)>, StoreError> {
    let workspace = scope.workspace().0;
    let email = scope.tx.first(
        "UPDATE invitation SET token_hash = ? WHERE workspace_id = ? AND id = ? AND accepted_at IS NULL AND expires_at > ? RETURNING email",
        &[
            token_hash.into(),
            workspace.into(),
            id.into(),
            now.into(),
        ],
        |row| row.text(0),
    )?;
    let parameters = scope.with([]);
    let name = scope.tx.first(
        "SELECT name FROM workspace WHERE id = ?",
        &parameters,
        |row| row.text(0),
    )?;
    Ok(email.zip(name))
}

/// Takes an invitation back, and says whether there was one.
///
/// # Errors
/// [`StoreError`].
pub fn remove_invitation(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<bool, StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.execute(
        "DELETE FROM person_invitation WHERE workspace_id = ? AND invitation_id = ? AND EXISTS ( \
         SELECT 1 FROM invitation i WHERE i.workspace_id = person_invitation.workspace_id AND i.id = person_invitation.invitation_id AND i.accepted_at IS NULL)",
        &parameters,
    )?;
    let removed = scope.tx.execute(
        "DELETE FROM invitation WHERE workspace_id = ? AND id = ? AND accepted_at IS NULL",
        &parameters,
    )?;
    Ok(removed == 1)
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
