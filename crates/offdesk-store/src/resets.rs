//! Passwords that may be chosen anew by a link: only the hash of the link's secret is kept, one for an account.

use uuid::Uuid;

use crate::{StoreError, Tx, Value};

/// Lets an account choose a new password by a secret, and by no earlier one.
///
/// # Errors
/// [`StoreError`].
pub fn save_reset(
    tx: &mut Tx<'_>,
    account: Uuid,
    token_hash: [u8; 32],
    expires_at: i64,
) -> Result<(), StoreError> {
    let parameters: [Value; 3] = [account.into(), token_hash.into(), expires_at.into()];
    tx.execute(
        "INSERT INTO password_reset (account_id, token_hash, expires_at) VALUES (?, ?, ?) \
         ON CONFLICT (account_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at",
        &parameters,
    )?;
    Ok(())
}

/// Whose password a secret lets choose, while it counts.
///
/// # Errors
/// [`StoreError`].
pub fn load_reset(
    tx: &mut Tx<'_>,
    token_hash: [u8; 32],
    now: i64,
) -> Result<Option<Uuid>, StoreError> {
    tx.first(
        "SELECT account_id FROM password_reset WHERE token_hash = ? AND expires_at > ?",
        &[token_hash.into(), now.into()],
        |row| row.id(0),
    )
}

/// Uses a secret up; of several who try at once exactly one gets the account.
///
/// # Errors
/// [`StoreError`].
pub fn take_reset(
    tx: &mut Tx<'_>,
    token_hash: [u8; 32],
    now: i64,
) -> Result<Option<Uuid>, StoreError> {
    tx.first(
        "DELETE FROM password_reset WHERE token_hash = ? AND expires_at > ? RETURNING account_id",
        &[token_hash.into(), now.into()],
        |row| row.id(0),
    )
}

/// Takes back what an account was let choose by.
///
/// # Errors
/// [`StoreError`].
pub fn remove_reset(tx: &mut Tx<'_>, account: Uuid) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM password_reset WHERE account_id = ?",
        &[account.into()],
    )?;
    Ok(())
}

/// Takes back what the account of an address, where there is one, was let choose by.
///
/// # Errors
/// [`StoreError`].
pub fn remove_reset_of(tx: &mut Tx<'_>, email: &str) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM password_reset WHERE account_id IN (SELECT id FROM account WHERE email = ?)",
        &[email.into()],
    )?;
    Ok(())
}

/// Removes what does not count any more.
///
/// # Errors
/// [`StoreError`].
pub fn remove_expired(tx: &mut Tx<'_>, now: i64) -> Result<u64, StoreError> {
    tx.execute(
        "DELETE FROM password_reset WHERE expires_at <= ?",
        &[now.into()],
    )
}
