//! Steps of a blueprint that were ticked in an assignment.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// The places of the steps that are ticked, in order.
///
/// # Errors
/// [`StoreError`].
pub fn list_ticked(scope: &mut Scope<'_, '_>, assignment: Uuid) -> Result<Vec<i64>, StoreError> {
    let parameters = scope.with([assignment.into()]);
    scope.tx.query(
        "SELECT step FROM assignment_step WHERE workspace_id = ? AND assignment_id = ? ORDER BY step",
        &parameters,
        |row| row.int(0),
    )
}

/// Ticks a step; one that is ticked stays as it is. When it was is kept nowhere.
///
/// # Errors
/// [`StoreError::Missing`] where the assignment is not there.
pub fn tick_step(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
    step: i64,
    by: Uuid,
) -> Result<(), StoreError> {
    let parameters = scope.with([assignment.into(), step.into(), by.into()]);
    scope.tx.execute(
        "INSERT INTO assignment_step (workspace_id, assignment_id, step, ticked_by) VALUES (?, ?, ?, ?) \
         ON CONFLICT (workspace_id, assignment_id, step) DO NOTHING",
        &parameters,
    )?;
    Ok(())
}

/// Takes all ticks away: the assignment goes on by other steps.
///
/// # Errors
/// [`StoreError`].
pub fn untick_all(scope: &mut Scope<'_, '_>, assignment: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([assignment.into()]);
    scope.tx.execute(
        "DELETE FROM assignment_step WHERE workspace_id = ? AND assignment_id = ?",
        &parameters,
    )?;
    Ok(())
}

/// Takes a tick away; one that is not there is not missed.
///
/// # Errors
/// [`StoreError`].
pub fn untick_step(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
    step: i64,
) -> Result<(), StoreError> {
    let parameters = scope.with([assignment.into(), step.into()]);
    scope.tx.execute(
        "DELETE FROM assignment_step WHERE workspace_id = ? AND assignment_id = ? AND step = ?",
        &parameters,
    )?;
    Ok(())
}
