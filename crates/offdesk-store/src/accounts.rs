//! Accounts: who can sign in, and with what.

use uuid::Uuid;

use crate::{Row, StoreError, Tx, Value};

/// A person who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Id.
    pub id: Uuid,
    /// Address, in small letters.
    pub email: String,
    /// Name.
    pub name: String,
    /// Hash of the password, as argon2 prints it; empty where there is none.
    pub password_hash: String,
    /// Secret of the second factor, sealed; empty where there is none.
    pub totp_secret: String,
    /// The last step of the second factor that was used, so that none is used twice.
    pub totp_step: i64,
    /// When it was made.
    pub created_at: i64,
    /// Version, for changes.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<AccountRow, StoreError> {
    Ok(AccountRow {
        id: row.id(0)?,
        email: row.text(1)?,
        name: row.text(2)?,
        password_hash: row.text(3)?,
        totp_secret: row.text(4)?,
        totp_step: row.int(5)?,
        created_at: row.int(6)?,
        version: row.int(7)?,
    })
}

/// How many accounts there are.
///
/// # Errors
/// [`StoreError`].
pub fn count_accounts(tx: &mut Tx<'_>) -> Result<u64, StoreError> {
    let found = tx.first("SELECT COUNT(*) FROM account", &[], |row| row.count(0))?;
    Ok(found.unwrap_or(0))
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, email, name, password_hash, totp_secret, totp_step, created_at, version ",
            "FROM account WHERE ",
            $which
        )
    };
}

/// An account by its id.
///
/// # Errors
/// [`StoreError`].
pub fn load_account(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<AccountRow>, StoreError> {
    tx.first(select!("id = ?"), &[id.into()], read)
}

/// An account by its address in small letters.
///
/// # Errors
/// [`StoreError`].
pub fn load_account_by_email(
    tx: &mut Tx<'_>,
    email: &str,
) -> Result<Option<AccountRow>, StoreError> {
    tx.first(select!("email = ?"), &[email.into()], read)
}

/// Adds an account.
///
/// # Errors
/// [`StoreError::Conflict`] where the address is taken.
pub fn insert_account(tx: &mut Tx<'_>, account: &AccountRow) -> Result<(), StoreError> {
    let parameters: [Value; 8] = [
        account.id.into(),
        account.email.as_str().into(),
        account.name.as_str().into(),
        account.password_hash.as_str().into(),
        account.totp_secret.as_str().into(),
        account.totp_step.into(),
        account.created_at.into(),
        account.version.into(),
    ];
    tx.execute_one(
        "INSERT INTO account (id, email, name, password_hash, totp_secret, totp_step, created_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Changes an account that nobody has changed since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_account(tx: &mut Tx<'_>, account: &AccountRow) -> Result<(), StoreError> {
    let parameters: [Value; 7] = [
        account.email.as_str().into(),
        account.name.as_str().into(),
        account.password_hash.as_str().into(),
        account.totp_secret.as_str().into(),
        account.totp_step.into(),
        account.id.into(),
        account.version.into(),
    ];
    tx.execute_one(
        "UPDATE account SET email = ?, name = ?, password_hash = ?, totp_secret = ?, totp_step = ?, version = version + 1 WHERE id = ? AND version = ?",
        &parameters,
    )
}

/// Replaces the hash of a password by another one of the same password, unless the password was changed since it was read.
///
/// # Errors
/// [`StoreError`].
pub fn replace_hash(tx: &mut Tx<'_>, account: &AccountRow, hash: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE account SET password_hash = ? WHERE id = ? AND password_hash = ?",
        &[
            hash.into(),
            account.id.into(),
            account.password_hash.as_str().into(),
        ],
    )?;
    Ok(())
}

/// The accounts that have an authenticator app, in the order of their making.
///
/// # Errors
/// [`StoreError`].
pub fn list_seeds(tx: &mut Tx<'_>) -> Result<Vec<Uuid>, StoreError> {
    tx.query(
        "SELECT id FROM account WHERE totp_secret <> '' ORDER BY id",
        &[],
        |row| row.id(0),
    )
}

/// Keeps the secret of an authenticator app in another form, unless it was changed since it was read.
///
/// # Errors
/// [`StoreError`].
pub fn replace_seed(tx: &mut Tx<'_>, account: &AccountRow, seed: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE account SET totp_secret = ? WHERE id = ? AND totp_secret = ?",
        &[
            seed.into(),
            account.id.into(),
            account.totp_secret.as_str().into(),
        ],
    )?;
    Ok(())
}

/// Replaces the recovery codes of an account by others, given as hashes.
///
/// # Errors
/// [`StoreError`].
pub fn replace_recovery_codes(
    tx: &mut Tx<'_>,
    account: Uuid,
    hashes: &[[u8; 32]],
) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM recovery_code WHERE account_id = ?",
        &[account.into()],
    )?;
    for hash in hashes {
        tx.execute_one(
            "INSERT INTO recovery_code (account_id, code_hash, used_at) VALUES (?, ?, NULL)",
            &[account.into(), (*hash).into()],
        )?;
    }
    Ok(())
}

/// Uses a recovery code up, and says whether it was a good one.
///
/// # Errors
/// [`StoreError`].
pub fn use_recovery_code(
    tx: &mut Tx<'_>,
    account: Uuid,
    hash: [u8; 32],
    now: i64,
) -> Result<bool, StoreError> {
    let used = tx.execute(
        "UPDATE recovery_code SET used_at = ? WHERE account_id = ? AND code_hash = ? AND used_at IS NULL",
        &[now.into(), account.into(), hash.into()],
    )?;
    Ok(used == 1)
}

/// How many recovery codes are left.
///
/// # Errors
/// [`StoreError`].
pub fn count_recovery_codes(tx: &mut Tx<'_>, account: Uuid) -> Result<u64, StoreError> {
    let found = tx.first(
        "SELECT COUNT(*) FROM recovery_code WHERE account_id = ? AND used_at IS NULL",
        &[account.into()],
        |row| row.count(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// The ids of the first accounts, in the order of their making.
///
/// # Errors
/// [`StoreError`].
pub fn list_accounts(tx: &mut Tx<'_>, most: u32) -> Result<Vec<Uuid>, StoreError> {
    tx.query(
        "SELECT id FROM account ORDER BY id LIMIT ?",
        &[i64::from(most).into()],
        |row| row.id(0),
    )
}
