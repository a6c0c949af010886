//! When assignments were open, and when somebody asked about one.

use crate::{Scope, StoreError};

/// An assignment from when it was given to when it was accepted, or else came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemRow {
    /// When it was given, in microseconds.
    pub given_at: i64,
    /// When it is due.
    pub due_at: i64,
    /// When it was no longer open; `None` while it is.
    pub ended_at: Option<i64>,
}

/// The assignments that were open at any moment between two.
///
/// # Errors
/// [`StoreError`].
pub fn list_items(
    scope: &mut Scope<'_, '_>,
    (from, to): (i64, i64),
) -> Result<Vec<ItemRow>, StoreError> {
    let parameters = scope.with([to.into(), from.into(), from.into()]);
    scope.tx.query(
        "SELECT created_at, due_at, CASE WHEN accepted_at IS NOT NULL THEN accepted_at \
         WHEN state IN ('accepted', 'closed', 'declined', 'cancelled', 'expired', 'missed') THEN changed_at END FROM assignment \
         WHERE workspace_id = ? AND created_at < ? AND ((accepted_at IS NOT NULL AND accepted_at >= ?) \
         OR (accepted_at IS NULL AND (changed_at >= ? OR state NOT IN ('accepted', 'closed', 'declined', 'cancelled', 'expired', 'missed'))))",
        &parameters,
        |row| {
            Ok(ItemRow {
                given_at: row.int(0)?,
                due_at: row.int(1)?,
                ended_at: row.opt_int(2)?,
            })
        },
    )
}

/// When the first assignment was given.
///
/// # Errors
/// [`StoreError`].
pub fn first_given(scope: &mut Scope<'_, '_>) -> Result<Option<i64>, StoreError> {
    let parameters = scope.with([]);
    let found = scope.tx.first(
        "SELECT MIN(created_at) FROM assignment WHERE workspace_id = ?",
        &parameters,
        |row| row.opt_int(0),
    )?;
    Ok(found.flatten())
}

/// When questions were asked, between two moments.
///
/// # Errors
/// [`StoreError`].
pub fn list_asked(
    scope: &mut Scope<'_, '_>,
    (from, to): (i64, i64),
) -> Result<Vec<i64>, StoreError> {
    let parameters = scope.with([from.into(), to.into()]);
    scope.tx.query(
        "SELECT asked_at FROM question WHERE workspace_id = ? AND asked_at >= ? AND asked_at < ?",
        &parameters,
        |row| row.int(0),
    )
}
