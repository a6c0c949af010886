//! What has been done and is in no posting yet: accepted assignments, and the days of retainers.

use uuid::Uuid;

use crate::assignments::{AssignmentRow, read, select};
use crate::{Scope, StoreError};

/// Accepted assignments that earn something by themselves and were never posted, the first accepted first.
///
/// # Errors
/// [`StoreError`].
pub fn list_unearned(scope: &mut Scope<'_, '_>) -> Result<Vec<AssignmentRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        select!(
            "AND accepted_at IS NOT NULL AND (unit = 'assignment' OR (unit = 'hour' AND seconds > 0)) \
             AND NOT EXISTS (SELECT 1 FROM posting p WHERE p.workspace_id = assignment.workspace_id AND p.assignment_id = assignment.id) \
             ORDER BY accepted_at, number"
        ),
        &parameters,
        read,
    )
}

/// The last day of a handoff that a retainer was posted for, whatever became of the posting.
///
/// # Errors
/// [`StoreError`].
pub fn last_retained_day(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
) -> Result<Option<i64>, StoreError> {
    let parameters = scope.with([handoff.into()]);
    let last = scope.tx.first(
        "SELECT MAX(day) FROM posting WHERE workspace_id = ? AND handoff_id = ? AND kind = 'earned' AND unit = 'retainer'",
        &parameters,
        |row| row.opt_int(0),
    )?;
    Ok(last.flatten())
}
