//! Imports that count no more, and what is left of them.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// Removes some entries of an import that does not count any more, and says how many.
///
/// # Errors
/// [`StoreError`].
pub fn remove_entries(
    scope: &mut Scope<'_, '_>,
    source: Uuid,
    most: u32,
) -> Result<u64, StoreError> {
    crate::times::remove_times(scope, source)?;
    let workspace = scope.workspace().0;
    scope.tx.execute(
        "DELETE FROM entry WHERE workspace_id = ? AND source_id = ? AND id IN (SELECT id FROM entry WHERE workspace_id = ? AND source_id = ? ORDER BY id LIMIT ?)",
        &[workspace.into(), source.into(), workspace.into(), source.into(), i64::from(most).into()],
    )
}

/// The imports that count no more and have entries left.
///
/// # Errors
/// [`StoreError`].
pub fn list_left_over(scope: &mut Scope<'_, '_>) -> Result<Vec<Uuid>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT s.id FROM source s WHERE s.workspace_id = ? AND s.state = 'undone' \
         AND EXISTS (SELECT 1 FROM entry e WHERE e.workspace_id = s.workspace_id AND e.source_id = s.id)",
        &parameters,
        |row| row.id(0),
    )
}

/// Removes an import that was never published, with nothing left in it.
///
/// # Errors
/// [`StoreError::Missing`] where entries are left.
pub fn remove_unseen(scope: &mut Scope<'_, '_>, source: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([source.into()]);
    scope.tx.execute(
        "DELETE FROM source WHERE workspace_id = ? AND id = ? AND state = 'reading'",
        &parameters,
    )?;
    Ok(())
}
