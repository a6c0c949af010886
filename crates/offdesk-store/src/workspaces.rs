//! Workspaces: one business each.

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Tx, Value};

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
    })
}

/// Adds a workspace.
///
/// # Errors
/// [`StoreError`].
pub fn insert_workspace(tx: &mut Tx<'_>, workspace: &WorkspaceRow) -> Result<(), StoreError> {
    let parameters: [Value; 10] = [
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
    ];
    tx.execute_one(
        "INSERT INTO workspace (id, name, currency, place, zone, weeks_per_year, is_demo, revision, created_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        "SELECT id, name, currency, place, zone, weeks_per_year, is_demo, revision, created_at, version FROM workspace WHERE id = ?",
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
    let parameters: [Value; 7] = [
        workspace.name.as_str().into(),
        workspace.currency.as_str().into(),
        workspace.place.as_str().into(),
        workspace.zone.as_str().into(),
        workspace.weeks_per_year.as_str().into(),
        id.into(),
        workspace.version.into(),
    ];
    scope.tx.execute_one(
        "UPDATE workspace SET name = ?, currency = ?, place = ?, zone = ?, weeks_per_year = ?, version = version + 1 WHERE id = ? AND version = ?",
        &parameters,
    )
}

/// Removes a workspace with all that is in it.
///
/// # Errors
/// [`StoreError`].
pub fn remove_workspace(scope: &mut Scope<'_, '_>) -> Result<(), StoreError> {
    let parameters = scope.with([]);
    for sql in [
        "DELETE FROM answer WHERE workspace_id = ?",
        "DELETE FROM event WHERE workspace_id = ?",
        "DELETE FROM mail WHERE workspace_id = ?",
        "DELETE FROM calendar WHERE workspace_id = ?",
        "DELETE FROM upload_part WHERE workspace_id = ?",
        "DELETE FROM upload WHERE workspace_id = ?",
        "DELETE FROM day_time WHERE workspace_id = ?",
        "DELETE FROM wording_time WHERE workspace_id = ?",
        "DELETE FROM entry WHERE workspace_id = ?",
        "DELETE FROM wording WHERE workspace_id = ?",
        "DELETE FROM stress_answer WHERE workspace_id = ?",
        "DELETE FROM freed_hours WHERE workspace_id = ?",
        "DELETE FROM statement_posting WHERE workspace_id = ?",
        "DELETE FROM posting WHERE workspace_id = ?",
        "DELETE FROM statement WHERE workspace_id = ?",
        "DELETE FROM payer WHERE workspace_id = ?",
        "DELETE FROM person_pay WHERE workspace_id = ?",
        "DELETE FROM supervision WHERE workspace_id = ?",
        "DELETE FROM finding WHERE workspace_id = ?",
        "DELETE FROM review WHERE workspace_id = ?",
        "DELETE FROM deliverable_part WHERE workspace_id = ?",
        "DELETE FROM deliverable_file WHERE workspace_id = ?",
        "DELETE FROM deliverable WHERE workspace_id = ?",
        "DELETE FROM question WHERE workspace_id = ?",
        "DELETE FROM assignment_step WHERE workspace_id = ?",
        "DELETE FROM assignment WHERE workspace_id = ?",
        "DELETE FROM recurrence WHERE workspace_id = ?",
        "DELETE FROM handoff_event WHERE workspace_id = ?",
        "DELETE FROM handoff WHERE workspace_id = ?",
        "DELETE FROM person_invitation WHERE workspace_id = ?",
        "DELETE FROM person_access WHERE workspace_id = ?",
        "DELETE FROM person_terms WHERE workspace_id = ?",
        "DELETE FROM person WHERE workspace_id = ?",
        "DELETE FROM blueprint_word WHERE workspace_id = ?",
        "DELETE FROM known_word WHERE workspace_id = ?",
        "DELETE FROM test_run WHERE workspace_id = ?",
        "DELETE FROM blueprint_version WHERE workspace_id = ?",
        "DELETE FROM blueprint WHERE workspace_id = ?",
        "DELETE FROM activity_key WHERE workspace_id = ?",
        "DELETE FROM activity_option WHERE workspace_id = ?",
        "DELETE FROM activity WHERE workspace_id = ?",
        "DELETE FROM source WHERE workspace_id = ?",
        "DELETE FROM worth WHERE workspace_id = ?",
        "DELETE FROM api_token WHERE workspace_id = ?",
        "DELETE FROM invitation WHERE workspace_id = ?",
        "UPDATE session SET workspace_id = NULL WHERE workspace_id = ?",
        "DELETE FROM member WHERE workspace_id = ?",
        "DELETE FROM workspace WHERE id = ?",
    ] {
        scope.tx.execute(sql, &parameters)?;
    }
    Ok(())
}

/// The ids of all workspaces, for checks and copies of the whole store.
///
/// # Errors
/// [`StoreError`].
pub fn list_workspaces(tx: &mut Tx<'_>) -> Result<Vec<Uuid>, StoreError> {
    tx.query("SELECT id FROM workspace ORDER BY id", &[], |row| row.id(0))
}
