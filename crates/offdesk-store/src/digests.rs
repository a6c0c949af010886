//! When members are mailed what waits for them: one mail a day at most, looked at by one process each.

use uuid::Uuid;

use crate::claims::unclaimed;
use crate::{Row, Scope, StoreError, Tx};

/// When a member is mailed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestRow {
    /// The workspace.
    pub workspace_id: Uuid,
    /// The member.
    pub account_id: Uuid,
    /// Whether they want it.
    pub is_on: bool,
    /// At which hour of their clock, 0 to 23.
    pub hour: i64,
    /// When it is looked next whether there is something to tell.
    pub next_at: i64,
    /// The day of the last one on their clock, since 1970.
    pub sent_day: Option<i64>,
    /// Version, for changes.
    pub version: i64,
    /// Up to when they were told of budgets that were passed.
    pub told_at: Option<i64>,
}

fn read(row: &Row<'_>) -> Result<DigestRow, StoreError> {
    Ok(DigestRow {
        workspace_id: row.id(0)?,
        account_id: row.id(1)?,
        is_on: row.bool(2)?,
        hour: row.int(3)?,
        next_at: row.int(4)?,
        sent_day: row.opt_int(5)?,
        version: row.int(6)?,
        told_at: row.opt_int(7)?,
    })
}

macro_rules! select {
    ($which:expr) => {
        concat!(
            "SELECT workspace_id, account_id, is_on, hour, next_at, sent_day, version, told_at FROM digest WHERE ",
            $which
        )
    };
}

/// A member of whom nothing is noted yet, of whatever workspace.
///
/// # Errors
/// [`StoreError`].
pub fn find_unnoted(tx: &mut Tx<'_>) -> Result<Option<(Uuid, Uuid)>, StoreError> {
    tx.first(
        "SELECT m.workspace_id, m.account_id FROM member m LEFT JOIN digest d ON d.workspace_id = m.workspace_id AND d.account_id = m.account_id \
         WHERE d.account_id IS NULL AND m.suspended_at IS NULL ORDER BY m.workspace_id, m.account_id LIMIT 1",
        &[],
        |row| Ok((row.id(0)?, row.id(1)?)),
    )
}

/// The next digest that is to be looked at, of whatever workspace.
///
/// # Errors
/// [`StoreError`].
pub fn find_due(tx: &mut Tx<'_>, now: i64) -> Result<Option<DigestRow>, StoreError> {
    let sql = unclaimed!(
        tx,
        select!("next_at <= ? ORDER BY next_at, account_id LIMIT 1")
    );
    tx.first(sql, &[now.into()], read)
}

/// What is noted of a member.
///
/// # Errors
/// [`StoreError`].
pub fn load_digest(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
) -> Result<Option<DigestRow>, StoreError> {
    let parameters = scope.with([account.into()]);
    scope.tx.first(
        select!("workspace_id = ? AND account_id = ?"),
        &parameters,
        read,
    )
}

/// Notes a member.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has noted them meanwhile.
pub fn insert_digest(scope: &mut Scope<'_, '_>, row: &DigestRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.account_id.into(),
        row.is_on.into(),
        row.hour.into(),
        row.next_at.into(),
        row.sent_day.into(),
        row.version.into(),
        row.told_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO digest (workspace_id, account_id, is_on, hour, next_at, sent_day, version, told_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (workspace_id, account_id) DO NOTHING",
        &parameters,
    )
}

/// Changes what nobody has changed since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_digest(scope: &mut Scope<'_, '_>, row: &DigestRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE digest SET is_on = ?, hour = ?, next_at = ?, sent_day = ?, told_at = ?, version = version + 1 WHERE workspace_id = ? AND account_id = ? AND version = ?",
        &[
            row.is_on.into(),
            row.hour.into(),
            row.next_at.into(),
            row.sent_day.into(),
            row.told_at.into(),
            workspace.into(),
            row.account_id.into(),
            row.version.into(),
        ],
    )
}
