//! An import that is read anew: what was read joins what it has.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// Lets the entries of one import belong to another one; what both add up to is to be reckoned anew.
///
/// # Errors
/// [`StoreError`].
pub fn move_entries(scope: &mut Scope<'_, '_>, from: Uuid, to: Uuid) -> Result<u64, StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute(
        "UPDATE entry SET source_id = ? WHERE workspace_id = ? AND source_id = ?",
        &[to.into(), workspace.into(), from.into()],
    )
}

/// Removes an entry of an import; what that adds up to is to be reckoned anew.
///
/// # Errors
/// [`StoreError::Conflict`] where it is not there.
pub fn remove_entry(scope: &mut Scope<'_, '_>, source: Uuid, id: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([source.into(), id.into()]);
    scope.tx.execute_one(
        "DELETE FROM entry WHERE workspace_id = ? AND source_id = ? AND id = ?",
        &parameters,
    )
}
