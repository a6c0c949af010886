//! What happened to an account: who came in, who was refused, which credential was changed. Rows are only added, until they are a year old.

use uuid::Uuid;

use crate::{Row, StoreError, Tx, Value};

/// Something that happened to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEventRow {
    /// Whose account.
    pub account_id: Uuid,
    /// Id; grows with time.
    pub id: Uuid,
    /// When.
    pub at: i64,
    /// What: verb and noun.
    pub event: String,
    /// What is worth knowing of it.
    pub detail: String,
    /// What the browser called itself; empty where there was none.
    pub agent: String,
    /// From which network; empty on the machine itself.
    pub network: String,
    /// Through which door: `web`, `api`, `cli`.
    pub door: String,
}

fn read(row: &Row<'_>) -> Result<AccountEventRow, StoreError> {
    Ok(AccountEventRow {
        account_id: row.id(0)?,
        id: row.id(1)?,
        at: row.int(2)?,
        event: row.text(3)?,
        detail: row.text(4)?,
        agent: row.text(5)?,
        network: row.text(6)?,
        door: row.text(7)?,
    })
}

/// Adds what happened, and removes what happened to the account before a moment.
///
/// # Errors
/// [`StoreError`].
pub fn insert_account_event(
    tx: &mut Tx<'_>,
    event: &AccountEventRow,
    oldest: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM account_event WHERE account_id = ? AND at < ?",
        &[event.account_id.into(), oldest.into()],
    )?;
    let parameters: [Value; 8] = [
        event.account_id.into(),
        event.id.into(),
        event.at.into(),
        event.event.as_str().into(),
        event.detail.as_str().into(),
        event.agent.as_str().into(),
        event.network.as_str().into(),
        event.door.as_str().into(),
    ];
    tx.execute_one(
        "INSERT INTO account_event (account_id, id, at, event, detail, agent, network, door) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// What happened to an account before a given one, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_account_events(
    tx: &mut Tx<'_>,
    account: Uuid,
    before: Option<Uuid>,
    most: u32,
) -> Result<Vec<AccountEventRow>, StoreError> {
    let before = before.unwrap_or(Uuid::max());
    tx.query(
        "SELECT account_id, id, at, event, detail, agent, network, door FROM account_event \
         WHERE account_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
        &[account.into(), before.into(), i64::from(most).into()],
        read,
    )
}
