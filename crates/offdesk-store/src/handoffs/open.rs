//! Which handoffs are open: proposed, or accepted and not over; and which were agreed by a unit of pay.

use uuid::Uuid;

use super::{HandoffRow, read, select};
use crate::{Scope, StoreError};

/// How many handoffs to each person are open: proposed, or accepted and not over.
///
/// # Errors
/// [`StoreError`].
pub fn count_open(scope: &mut Scope<'_, '_>) -> Result<Vec<(Uuid, u64)>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT person_id, COUNT(*) FROM handoff WHERE workspace_id = ? AND state NOT IN ('declined', 'ended') GROUP BY person_id",
        &parameters,
        |row| Ok((row.id(0)?, row.count(1)?)),
    )
}

/// The activities that are handed off: those with an open handoff.
///
/// # Errors
/// [`StoreError`].
pub fn list_handed_off(scope: &mut Scope<'_, '_>) -> Result<Vec<Uuid>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT DISTINCT activity_id FROM handoff WHERE workspace_id = ? AND state NOT IN ('declined', 'ended')",
        &parameters,
        |row| row.id(0),
    )
}

/// The handoffs that were agreed to and are paid by a unit now or were before, those that are over with them.
///
/// # Errors
/// [`StoreError`].
pub fn list_paid_by(scope: &mut Scope<'_, '_>, unit: &str) -> Result<Vec<HandoffRow>, StoreError> {
    let parameters = scope.with([unit.into(), unit.into()]);
    scope.tx.query(
        select!(
            "AND state NOT IN ('proposed', 'declined') AND (unit = ? OR EXISTS \
             (SELECT 1 FROM former_terms f WHERE f.workspace_id = handoff.workspace_id AND f.handoff_id = handoff.id AND f.unit = ?)) ORDER BY id"
        ),
        &parameters,
        read,
    )
}
