//! What a workspace asks of its members when they sign in, and for how long they stay signed in.

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Tx, Value};

/// The rules of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RulesRow {
    /// A second factor is asked for.
    pub needs_factor: bool,
    /// A session ends when it is not used for so many days.
    pub idle_days: i64,
    /// A session ends after so many days.
    pub session_days: i64,
    /// Version of the workspace, for changes.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<RulesRow, StoreError> {
    Ok(RulesRow {
        needs_factor: row.bool(0)?,
        idle_days: row.int(1)?,
        session_days: row.int(2)?,
        version: row.int(3)?,
    })
}

/// The rules of a workspace.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such workspace any more.
pub fn load_rules(scope: &mut Scope<'_, '_>) -> Result<RulesRow, StoreError> {
    let parameters = scope.with([]);
    let found = scope.tx.first(
        "SELECT needs_factor, idle_days, session_days, version FROM workspace WHERE id = ?",
        &parameters,
        read,
    )?;
    found.ok_or(StoreError::Missing)
}

/// The rules of all workspaces in which an account is a member, suspended or not.
///
/// # Errors
/// [`StoreError`].
pub fn list_rules_of(tx: &mut Tx<'_>, account: Uuid) -> Result<Vec<RulesRow>, StoreError> {
    tx.query(
        "SELECT w.needs_factor, w.idle_days, w.session_days, w.version FROM member m JOIN workspace w ON w.id = m.workspace_id \
         WHERE m.account_id = ?",
        &[account.into()],
        read,
    )
}

/// Changes the rules of a workspace that nobody has changed since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_rules(scope: &mut Scope<'_, '_>, rules: &RulesRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let parameters: [Value; 5] = [
        rules.needs_factor.into(),
        rules.idle_days.into(),
        rules.session_days.into(),
        workspace.into(),
        rules.version.into(),
    ];
    scope.tx.execute_one(
        "UPDATE workspace SET needs_factor = ?, idle_days = ?, session_days = ?, version = version + 1 WHERE id = ? AND version = ?",
        &parameters,
    )
}

/// How long sessions last, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Where they are not used.
    pub idle: i64,
    /// At the latest.
    pub longest: i64,
}

/// Shortens the sessions of an account to limits; those that are shorter stay as they are.
///
/// # Errors
/// [`StoreError`].
pub fn shorten_sessions_of(
    tx: &mut Tx<'_>,
    account: Uuid,
    limits: Limits,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE session SET idle_micros = CASE WHEN idle_micros > ? THEN ? ELSE idle_micros END, \
         expires_at = CASE WHEN expires_at > created_at + ? THEN created_at + ? ELSE expires_at END WHERE account_id = ?",
        &[
            limits.idle.into(),
            limits.idle.into(),
            limits.longest.into(),
            limits.longest.into(),
            account.into(),
        ],
    )?;
    Ok(())
}
