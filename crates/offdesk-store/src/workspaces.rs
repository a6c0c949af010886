//! Workspaces: one business each.

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Tx, Value, copy};

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceRow {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Currency of worth and prices.
    pub currency: String,
    /// Where work would be bought.
    pub place: String,
    /// Zone of times that carry none; empty: as they stand.
    pub zone: String,
    /// Weeks worked in a year, a decimal number.
    pub weeks_per_year: String,
    /// When the owner's working day begins and ends, in minutes since midnight.
    pub working_day: (i64, i64),
    /// It is the example company.
    pub is_demo: bool,
    /// Grows with every change.
    pub revision: i64,
    /// When it was made.
    pub created_at: i64,
    /// Version, for changes.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<WorkspaceRow, StoreError> {
    Ok(WorkspaceRow {
        id: row.id(0)?,
        name: row.text(1)?,
        currency: row.text(2)?,
        place: row.text(3)?,
        zone: row.text(4)?,
        weeks_per_year: row.text(5)?,
        is_demo: row.bool(6)?,
        revision: row.int(7)?,
        created_at: row.int(8)?,
        version: row.int(9)?,
        working_day: (row.int(10)?, row.int(11)?),
    })
}

/// Adds a workspace.
///
/// # Errors
/// [`StoreError`].
pub fn insert_workspace(tx: &mut Tx<'_>, workspace: &WorkspaceRow) -> Result<(), StoreError> {
    let parameters: [Value; 12] = [
        workspace.id.into(),
        workspace.name.as_str().into(),
        workspace.currency.as_str().into(),
        workspace.place.as_str().into(),
        workspace.zone.as_str().into(),
        workspace.weeks_per_year.as_str().into(),
        workspace.is_demo.into(),
        workspace.revision.into(),
        workspace.created_at.into(),
        workspace.version.into(),
        workspace.working_day.0.into(),
        workspace.working_day.1.into(),
    ];
    tx.execute_one(
        "INSERT INTO workspace (id, name, currency, place, zone, weeks_per_year, is_demo, revision, created_at, version, day_begins, day_ends) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// The workspace of a scope.
///
/// # Errors
/// [`StoreError::Missing`] where there is none any more.
pub fn load_workspace(scope: &mut Scope<'_, '_>) -> Result<WorkspaceRow, StoreError> {
    let parameters = scope.with([]);
    let found = scope.tx.first(
        "SELECT id, name, currency, place, zone, weeks_per_year, is_demo, revision, created_at, version, day_begins, day_ends FROM workspace WHERE id = ?",
        &parameters,
        read,
    )?;
    found.ok_or(StoreError::Missing)
}

/// Changes a workspace that nobody has changed since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_workspace(
    scope: &mut Scope<'_, '_>,
    workspace: &WorkspaceRow,
) -> Result<(), StoreError> {
    let id = scope.workspace().0;
    let parameters: [Value; 9] = [
        workspace.name.as_str().into(),
        workspace.currency.as_str().into(),
        workspace.place.as_str().into(),
        workspace.zone.as_str().into(),
        workspace.weeks_per_year.as_str().into(),
        workspace.working_day.0.into(),
        workspace.working_day.1.into(),
        id.into(),
        workspace.version.into(),
    ];
    scope.tx.execute_one(
        "UPDATE workspace SET name = ?, currency = ?, place = ?, zone = ?, weeks_per_year = ?, day_begins = ?, day_ends = ?, version = version + 1 WHERE id = ? AND version = ?",
        &parameters,
    )
}

/// Removes a workspace with all that is in it.
///
/// # Errors
/// [`StoreError`].
pub fn remove_workspace(scope: &mut Scope<'_, '_>) -> Result<(), StoreError> {
    let parameters = scope.with([]);
    scope.tx.execute(
        "UPDATE session SET workspace_id = NULL WHERE workspace_id = ?",
        &parameters,
    )?;
    for sql in copy::removals() {
        scope.tx.execute(sql, &parameters)?;
    }
    scope
        .tx
        .execute("DELETE FROM workspace WHERE id = ?", &parameters)?;
    Ok(())
}

/// The ids of all workspaces, for checks and copies of the whole store.
///
/// # Errors
/// [`StoreError`].
pub fn list_workspaces(tx: &mut Tx<'_>) -> Result<Vec<Uuid>, StoreError> {
    tx.query("SELECT id FROM workspace ORDER BY id", &[], |row| row.id(0))
}
