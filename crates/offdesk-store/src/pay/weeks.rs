//! Weekly answers: what the freed hours became, and the question of stress.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// What the freed hours of a week became, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreedHoursRow {
    /// The week's Monday.
    pub week_day: i64,
    /// Work at the owner's worth or above it.
    pub work: i64,
    /// Rest.
    pub rest: i64,
    /// Neither.
    pub vanished: i64,
    /// Who said so.
    pub account_id: Uuid,
    /// When.
    pub changed_at: i64,
}

/// Notes what the freed hours of a week became; a later answer counts in the place of an earlier one.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such workspace.
pub fn save_freed_hours(scope: &mut Scope<'_, '_>, row: FreedHoursRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.week_day.into(),
        row.work.into(),
        row.rest.into(),
        row.vanished.into(),
        row.account_id.into(),
        row.changed_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO freed_hours (workspace_id, week_day, work, rest, vanished, account_id, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (workspace_id, week_day) DO UPDATE SET work = excluded.work, rest = excluded.rest, vanished = excluded.vanished, \
         account_id = excluded.account_id, changed_at = excluded.changed_at",
        &parameters,
    )
}

/// What the freed hours of weeks became, from one Monday to another, both included.
///
/// # Errors
/// [`StoreError`].
pub fn list_freed_hours(
    scope: &mut Scope<'_, '_>,
    (first, last): (i64, i64),
) -> Result<Vec<FreedHoursRow>, StoreError> {
    let parameters = scope.with([first.into(), last.into()]);
    scope.tx.query(
        "SELECT week_day, work, rest, vanished, account_id, changed_at FROM freed_hours WHERE workspace_id = ? AND week_day >= ? AND week_day <= ? ORDER BY week_day",
        &parameters,
        |row| {
            Ok(FreedHoursRow {
                week_day: row.int(0)?,
                work: row.int(1)?,
                rest: row.int(2)?,
                vanished: row.int(3)?,
                account_id: row.id(4)?,
                changed_at: row.int(5)?,
            })
        },
    )
}

/// Notes an answer to the weekly question of stress; a later one counts in the place of an earlier one.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such workspace.
pub fn save_stress(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
    week_day: i64,
    answer: i64,
    now: i64,
) -> Result<(), StoreError> {
    let parameters = scope.with([account.into(), week_day.into(), answer.into(), now.into()]);
    scope.tx.execute_one(
        "INSERT INTO stress_answer (workspace_id, account_id, week_day, answer, changed_at) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (workspace_id, account_id, week_day) DO UPDATE SET answer = excluded.answer, changed_at = excluded.changed_at",
        &parameters,
    )
}

/// The last answers of an account, by the Monday of their week, in order.
///
/// # Errors
/// [`StoreError`].
pub fn list_stress(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
    most: u32,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let parameters = scope.with([account.into(), i64::from(most).into()]);
    let mut last = scope.tx.query(
        "SELECT week_day, answer FROM stress_answer WHERE workspace_id = ? AND account_id = ? ORDER BY week_day DESC LIMIT ?",
        &parameters,
        |row| Ok((row.int(0)?, row.int(1)?)),
    )?;
    last.reverse();
    Ok(last)
}
