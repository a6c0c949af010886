//! API tokens: only their hashes are kept.

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Tx};

/// A token for programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Id.
    pub id: Uuid,
    /// Who made it; it can do no more than they can.
    pub account_id: Uuid,
    /// Its name.
    pub name: String,
    /// What it may do, words set apart by spaces.
    pub scopes: String,
    /// When it was made.
    pub created_at: i64,
    /// When it was last used, to a few minutes.
    pub used_at: Option<i64>,
    /// Since when it does not count any more.
    pub revoked_at: Option<i64>,
    /// When it ends; those of an earlier offdesk do not.
    pub expires_at: Option<i64>,
}

impl TokenRow {
    /// Whether it counts at a moment.
    #[must_use]
    pub fn is_live(&self, now: i64) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| end > now)
    }
}

fn read(row: &Row<'_>) -> Result<TokenRow, StoreError> {
    Ok(TokenRow {
        id: row.id(0)?,
        account_id: row.id(1)?,
        name: row.text(2)?,
        scopes: row.text(3)?,
        created_at: row.int(4)?,
        used_at: row.opt_int(5)?,
        revoked_at: row.opt_int(6)?,
        expires_at: row.opt_int(7)?,
    })
}

/// A token with what may be done with it: all that a request needs, in one look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The token.
    pub token: TokenRow,
    /// Its workspace.
    pub workspace_id: Uuid,
    /// The role of its maker there.
    pub role: String,
    /// The workspace's revision.
    pub revision: i64,
    /// Whether its maker is suspended there.
    pub is_suspended: bool,
    /// Whether the workspace asks for a second factor, and its maker has none.
    pub lacks_factor: bool,
}

/// A token by its hash, where it was not revoked and its maker is still a member; it may have ended.
///
/// # Errors
/// [`StoreError`].
pub fn load_token(tx: &mut Tx<'_>, token_hash: [u8; 32]) -> Result<Option<Bearer>, StoreError> {
    tx.first(
        "SELECT t.id, t.account_id, t.name, t.scopes, t.created_at, t.used_at, t.revoked_at, t.expires_at, t.workspace_id, m.role, w.revision, m.suspended_at, \
         CASE WHEN NOT w.needs_factor THEN FALSE ELSE EXISTS (SELECT 1 FROM account a WHERE a.id = t.account_id AND a.totp_secret = '' \
           AND NOT EXISTS (SELECT 1 FROM passkey p WHERE p.account_id = a.id)) END FROM api_token t \
         JOIN member m ON m.workspace_id = t.workspace_id AND m.account_id = t.account_id \
         JOIN workspace w ON w.id = t.workspace_id \
         WHERE t.token_hash = ? AND t.revoked_at IS NULL",
        &[token_hash.into()],
        |row| {
            Ok(Bearer {
                token: read(row)?,
                workspace_id: row.id(8)?,
                role: row.text(9)?,
                revision: row.int(10)?,
                is_suspended: row.opt_int(11)?.is_some(),
                lacks_factor: row.bool(12)?,
            })
        },
    )
}

/// The tokens of a workspace, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_tokens(scope: &mut Scope<'_, '_>) -> Result<Vec<TokenRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT id, account_id, name, scopes, created_at, used_at, revoked_at, expires_at FROM api_token \
         WHERE workspace_id = ? ORDER BY created_at DESC, id DESC",
        &parameters,
        read,
    )
}

/// Adds a token.
///
/// # Errors
/// [`StoreError`].
pub fn insert_token(
    scope: &mut Scope<'_, '_>,
    token: &TokenRow,
    token_hash: [u8; 32],
) -> Result<(), StoreError> {
    let parameters = scope.with([
        token.id.into(),
        token_hash.into(),
        token.account_id.into(),
        token.name.as_str().into(),
        token.scopes.as_str().into(),
        token.created_at.into(),
        token.expires_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO api_token (workspace_id, id, token_hash, account_id, name, scopes, created_at, expires_at, used_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        &parameters,
    )
}

/// Revokes a token, and gives its name where there was one that counted.
///
/// # Errors
/// [`StoreError`].
pub fn revoke_token(
    scope: &mut Scope<'_, '_>,
    id: Uuid,
    now: i64,
) -> Result<Option<String>, StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.first(
        "UPDATE api_token SET revoked_at = ? WHERE workspace_id = ? AND id = ? AND revoked_at IS NULL RETURNING name",
        &[now.into(), workspace.into(), id.into()],
        |row| row.text(0),
    )
}

/// Revokes all tokens that an account has made, in whatever workspace.
///
/// # Errors
/// [`StoreError`].
pub fn revoke_all_of(tx: &mut Tx<'_>, account: Uuid, now: i64) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE api_token SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL",
        &[now.into(), account.into()],
    )
}

/// Notes that a token was used.
///
/// # Errors
/// [`StoreError`].
pub fn note_used(scope: &mut Scope<'_, '_>, id: Uuid, now: i64) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute(
        "UPDATE api_token SET used_at = ? WHERE workspace_id = ? AND id = ?",
        &[now.into(), workspace.into(), id.into()],
    )?;
    Ok(())
}
