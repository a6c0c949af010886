//! Passkeys of accounts, and what a browser was asked when one is made or shown.

use uuid::Uuid;

use crate::{Row, StoreError, Tx, Value};

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// Whose it is.
    pub account_id: Uuid,
    /// Id, to list and remove it by.
    pub id: Uuid,
    /// What the authenticator calls it.
    pub credential_id: Vec<u8>,
    /// Its public key and counter, as JSON.
    pub credential: String,
    /// Name its owner has given it.
    pub name: String,
    /// When it was made.
    pub created_at: i64,
    /// When it was last used.
    pub used_at: Option<i64>,
}

fn read(row: &Row<'_>) -> Result<PasskeyRow, StoreError> {
    Ok(PasskeyRow {
        account_id: row.id(0)?,
        id: row.id(1)?,
        credential_id: row.bytes(2)?,
        credential: row.text(3)?,
        name: row.text(4)?,
        created_at: row.int(5)?,
        used_at: row.opt_int(6)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT account_id, id, credential_id, credential, name, created_at, used_at FROM passkey WHERE ",
            $which
        )
    };
}

/// The passkeys of an account, in the order of their making.
///
/// # Errors
/// [`StoreError`].
pub fn list_passkeys(tx: &mut Tx<'_>, account: Uuid) -> Result<Vec<PasskeyRow>, StoreError> {
    tx.query(
        select!("account_id = ? ORDER BY created_at, id"),
        &[account.into()],
        read,
    )
}

/// A passkey by what the authenticator calls it.
///
/// # Errors
/// [`StoreError`].
pub fn load_passkey(
    tx: &mut Tx<'_>,
    credential_id: &[u8],
) -> Result<Option<PasskeyRow>, StoreError> {
    tx.first(
        select!("credential_id = ?"),
        &[credential_id.to_vec().into()],
        read,
    )
}

/// Adds a passkey.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has it already.
pub fn insert_passkey(tx: &mut Tx<'_>, passkey: &PasskeyRow) -> Result<(), StoreError> {
    let parameters: [Value; 7] = [
        passkey.account_id.into(),
        passkey.id.into(),
        passkey.credential_id.clone().into(),
        passkey.credential.as_str().into(),
        passkey.name.as_str().into(),
        passkey.created_at.into(),
        passkey.used_at.into(),
    ];
    tx.execute_one(
        "INSERT INTO passkey (account_id, id, credential_id, credential, name, created_at, used_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Notes that a passkey was used, with the counter it has now, unless somebody has used it since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn note_used(
    tx: &mut Tx<'_>,
    passkey: &PasskeyRow,
    credential: &str,
    now: i64,
) -> Result<(), StoreError> {
    let parameters: [Value; 5] = [
        credential.into(),
        now.into(),
        passkey.account_id.into(),
        passkey.id.into(),
        passkey.credential.as_str().into(),
    ];
    tx.execute_one(
        "UPDATE passkey SET credential = ?, used_at = ? WHERE account_id = ? AND id = ? AND credential = ?",
        &parameters,
    )
}

/// Removes a passkey of an account, and gives its name where there was one.
///
/// # Errors
/// [`StoreError`].
pub fn remove_passkey(
    tx: &mut Tx<'_>,
    account: Uuid,
    id: Uuid,
) -> Result<Option<String>, StoreError> {
    tx.first(
        "DELETE FROM passkey WHERE account_id = ? AND id = ? RETURNING name",
        &[account.into(), id.into()],
        |row| row.text(0),
    )
}

/// Removes all passkeys of an account.
///
/// # Errors
/// [`StoreError`].
pub fn remove_all_passkeys(tx: &mut Tx<'_>, account: Uuid) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM passkey WHERE account_id = ?",
        &[account.into()],
    )?;
    Ok(())
}

/// What a browser was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CeremonyRow {
    /// Who makes a passkey; nobody yet where one signs in.
    pub account_id: Option<Uuid>,
    /// `registration` or `sign_in`.
    pub kind: String,
    /// What its answer is held against.
    pub state: String,
    /// Until when it may answer.
    pub expires_at: i64,
}

/// Keeps what a browser was asked, under the hash of the secret it answers with.
///
/// # Errors
/// [`StoreError`].
pub fn insert_ceremony(
    tx: &mut Tx<'_>,
    token_hash: [u8; 32],
    ceremony: &CeremonyRow,
) -> Result<(), StoreError> {
    let parameters: [Value; 5] = [
        token_hash.into(),
        ceremony.account_id.into(),
        ceremony.kind.as_str().into(),
        ceremony.state.as_str().into(),
        ceremony.expires_at.into(),
    ];
    tx.execute_one(
        "INSERT INTO ceremony (token_hash, account_id, kind, state, expires_at) VALUES (?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Takes what a browser was asked, so that it is answered once; of several who try at once exactly one gets it.
///
/// # Errors
/// [`StoreError`].
pub fn take_ceremony(
    tx: &mut Tx<'_>,
    token_hash: [u8; 32],
    kind: &str,
    now: i64,
) -> Result<Option<CeremonyRow>, StoreError> {
    tx.first(
        "DELETE FROM ceremony WHERE token_hash = ? AND kind = ? AND expires_at > ? RETURNING account_id, kind, state, expires_at",
        &[token_hash.into(), kind.into(), now.into()],
        |row| {
            Ok(CeremonyRow {
                account_id: row.opt_id(0)?,
                kind: row.text(1)?,
                state: row.text(2)?,
                expires_at: row.int(3)?,
            })
        },
    )
}

/// Takes back what an account was asked to make.
///
/// # Errors
/// [`StoreError`].
pub fn remove_ceremonies(tx: &mut Tx<'_>, account: Uuid) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM ceremony WHERE account_id = ?",
        &[account.into()],
    )?;
    Ok(())
}

/// Removes what nobody has answered in time.
///
/// # Errors
/// [`StoreError`].
pub fn remove_expired(tx: &mut Tx<'_>, now: i64) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM ceremony WHERE expires_at <= ?", &[now.into()])
}
