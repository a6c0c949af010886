//! Members: which account has which role in which workspace, and who of them is suspended; and invitations to become one.

mod invitations;

use uuid::Uuid;

use crate::{Scope, StoreError, Tx};

pub use self::invitations::{
    InvitationRow, accept_invitation, insert_invitation, list_invitations, load_invitation,
    remove_invitation, renew_invitation,
};

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
    /// Since when they are suspended: they reach nothing, and keep their rows.
    pub suspended_at: Option<i64>,
    /// Whether they have a second factor: an authenticator app or a passkey.
    pub has_factor: bool,
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
    /// Whether the account is suspended there.
    pub is_suspended: bool,
}

/// The role of an account in a workspace, where it is not suspended there.
///
/// # Errors
/// [`StoreError`].
pub fn load_role(
    tx: &mut Tx<'_>,
    workspace: Uuid,
    account: Uuid,
) -> Result<Option<String>, StoreError> {
    tx.first(
        "SELECT role FROM member WHERE workspace_id = ? AND account_id = ? AND suspended_at IS NULL",
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
        "SELECT m.workspace_id, w.name, m.role, w.is_demo, m.suspended_at FROM member m JOIN workspace w ON w.id = m.workspace_id \
         WHERE m.account_id = ? ORDER BY w.created_at, w.id",
        &[account.into()],
        |row| {
            Ok(Membership {
                workspace_id: row.id(0)?,
                name: row.text(1)?,
                role: row.text(2)?,
                is_demo: row.bool(3)?,
                is_suspended: row.opt_int(4)?.is_some(),
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
        "SELECT m.account_id, a.name, a.email, m.role, m.created_at, m.suspended_at, \
         a.totp_secret <> '' OR EXISTS (SELECT 1 FROM passkey p WHERE p.account_id = a.id) FROM member m JOIN account a ON a.id = m.account_id \
         WHERE m.workspace_id = ? ORDER BY m.created_at, m.account_id",
        &parameters,
        |row| {
            Ok(MemberRow {
                account_id: row.id(0)?,
                name: row.text(1)?,
                email: row.text(2)?,
                role: row.text(3)?,
                created_at: row.int(4)?,
                suspended_at: row.opt_int(5)?,
                has_factor: row.bool(6)?,
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

/// Suspends a member from a moment on, or lets them back in, and says whether there is such a member.
///
/// # Errors
/// [`StoreError`].
pub fn update_suspension(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
    since: Option<i64>,
) -> Result<bool, StoreError> {
    let workspace = scope.workspace().0;
    let changed = scope.tx.execute(
        "UPDATE member SET suspended_at = ? WHERE workspace_id = ? AND account_id = ?",
        &[since.into(), workspace.into(), account.into()],
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
    for sql in [
        "DELETE FROM digest WHERE workspace_id = ? AND account_id = ?",
        "DELETE FROM feed WHERE workspace_id = ? AND account_id = ?",
    ] {
        scope.tx.execute(sql, &parameters)?;
    }
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
