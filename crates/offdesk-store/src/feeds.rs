//! Calendars of due dates at secret addresses: only hashes of them are kept, one for a member of a workspace.

use uuid::Uuid;

use crate::{Scope, StoreError, Tx};

/// Whose feed an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedRow {
    /// The workspace.
    pub workspace_id: Uuid,
    /// The member.
    pub account_id: Uuid,
    /// When the address was made.
    pub created_at: i64,
}

/// The feed of an address by its hash.
///
/// # Errors
/// [`StoreError`].
pub fn find_feed(tx: &mut Tx<'_>, token_hash: [u8; 32]) -> Result<Option<FeedRow>, StoreError> {
    tx.first(
        "SELECT workspace_id, account_id, created_at FROM feed WHERE token_hash = ?",
        &[token_hash.into()],
        |row| {
            Ok(FeedRow {
                workspace_id: row.id(0)?,
                account_id: row.id(1)?,
                created_at: row.int(2)?,
            })
        },
    )
}

/// When the feed of a member was made, where there is one.
///
/// # Errors
/// [`StoreError`].
pub fn feed_since(scope: &mut Scope<'_, '_>, account: Uuid) -> Result<Option<i64>, StoreError> {
    let parameters = scope.with([account.into()]);
    scope.tx.first(
        "SELECT created_at FROM feed WHERE workspace_id = ? AND account_id = ?",
        &parameters,
        |row| row.int(0),
    )
}

/// Gives a member's feed an address, in the place of the one it had.
///
/// # Errors
/// [`StoreError`].
pub fn save_feed(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
    token_hash: [u8; 32],
    now: i64,
) -> Result<(), StoreError> {
    let parameters = scope.with([account.into(), token_hash.into(), now.into()]);
    scope.tx.execute_one(
        "INSERT INTO feed (workspace_id, account_id, token_hash, created_at) VALUES (?, ?, ?, ?) \
         ON CONFLICT (workspace_id, account_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at",
        &parameters,
    )
}

/// Ends a member's feed, and says whether there was one.
///
/// # Errors
/// [`StoreError`].
pub fn remove_feed(scope: &mut Scope<'_, '_>, account: Uuid) -> Result<bool, StoreError> {
    let parameters = scope.with([account.into()]);
    let removed = scope.tx.execute(
        "DELETE FROM feed WHERE workspace_id = ? AND account_id = ?",
        &parameters,
    )?;
    Ok(removed == 1)
}
