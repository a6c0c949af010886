//! What people were let into, and what of it was taken back.

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Value};

/// An access that a person was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRow {
    /// The person.
    pub person_id: Uuid,
    /// Id; grows with time.
    pub id: Uuid,
    /// What it is.
    pub what: String,
    /// Where it is; may be empty.
    pub location: String,
    /// Since which day.
    pub granted_day: i64,
    /// The day it was taken back.
    pub revoked_day: Option<i64>,
    /// When it was noted.
    pub created_at: i64,
}

/// What a person was granted, in the order it was.
///
/// # Errors
/// [`StoreError`].
pub fn list_access(scope: &mut Scope<'_, '_>, person: Uuid) -> Result<Vec<AccessRow>, StoreError> {
    let parameters = scope.with([person.into()]);
    scope.tx.query(
        "SELECT person_id, id, what, location, granted_day, revoked_day, created_at FROM person_access \
         WHERE workspace_id = ? AND person_id = ? ORDER BY id",
        &parameters,
        read,
    )
}

/// What those who are former people of the workspace were let into and what was not taken back, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_to_take_back(
    scope: &mut Scope<'_, '_>,
    most: u32,
) -> Result<Vec<AccessRow>, StoreError> {
    let parameters = scope.with([i64::from(most).into()]);
    scope.tx.query(
        "SELECT a.person_id, a.id, a.what, a.location, a.granted_day, a.revoked_day, a.created_at FROM person_access a \
         JOIN person p ON p.workspace_id = a.workspace_id AND p.id = a.person_id \
         WHERE a.workspace_id = ? AND p.state = 'former' AND a.revoked_day IS NULL ORDER BY a.id LIMIT ?",
        &parameters,
        read,
    )
}

fn read(row: &Row<'_>) -> Result<AccessRow, StoreError> {
    Ok(AccessRow {
        person_id: row.id(0)?,
        id: row.id(1)?,
        what: row.text(2)?,
        location: row.text(3)?,
        granted_day: row.int(4)?,
        revoked_day: row.opt_int(5)?,
        created_at: row.int(6)?,
    })
}

/// Adds an access.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such person.
pub fn insert_access(scope: &mut Scope<'_, '_>, access: &AccessRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        access.person_id.into(),
        access.id.into(),
        access.what.as_str().into(),
        access.location.as_str().into(),
        access.granted_day.into(),
        access.revoked_day.into(),
        access.created_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO person_access (workspace_id, person_id, id, what, location, granted_day, revoked_day, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Notes the day an access was taken back, once, and says whether there was such an access that was not.
///
/// # Errors
/// [`StoreError`].
pub fn revoke_access(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    id: Uuid,
    day: i64,
) -> Result<bool, StoreError> {
    let workspace = scope.workspace().0;
    let parameters: [Value; 4] = [day.into(), workspace.into(), person.into(), id.into()];
    let changed = scope.tx.execute(
        "UPDATE person_access SET revoked_day = ? WHERE workspace_id = ? AND person_id = ? AND id = ? AND revoked_day IS NULL",
        &parameters,
    )?;
    Ok(changed == 1)
}
