//! What an assignment has of the inputs of its blueprint.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// An input that is there: they have it already, where it has neither a link nor a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRow {
    /// Its place in the version it was given by, from one.
    pub place: i64,
    /// The input, as the version says it.
    pub name: String,
    /// A link to it; may be empty.
    pub link: String,
    /// The file that came with the assignment.
    pub file_id: Option<Uuid>,
}

/// The inputs of an assignment that are there, in the order of its version.
///
/// # Errors
/// [`StoreError`].
pub fn list_inputs(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
) -> Result<Vec<InputRow>, StoreError> {
    let parameters = scope.with([assignment.into()]);
    scope.tx.query(
        "SELECT place, name, link, file_id FROM assignment_input WHERE workspace_id = ? AND assignment_id = ? ORDER BY place",
        &parameters,
        |row| {
            Ok(InputRow {
                place: row.int(0)?,
                name: row.text(1)?,
                link: row.text(2)?,
                file_id: row.opt_id(3)?,
            })
        },
    )
}

/// Adds one.
///
/// # Errors
/// [`StoreError::Missing`] where the assignment is not there, [`StoreError::Conflict`] where that input has one.
pub fn insert_input(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
    row: &InputRow,
) -> Result<(), StoreError> {
    let parameters = scope.with([
        assignment.into(),
        row.place.into(),
        row.name.as_str().into(),
        row.link.as_str().into(),
        row.file_id.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO assignment_input (workspace_id, assignment_id, place, name, link, file_id) VALUES (?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Removes those of an assignment that have a file, which goes elsewhere.
///
/// # Errors
/// [`StoreError`].
pub fn remove_inputs_with_files(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
) -> Result<(), StoreError> {
    let parameters = scope.with([assignment.into()]);
    scope.tx.execute(
        "DELETE FROM assignment_input WHERE workspace_id = ? AND assignment_id = ? AND file_id IS NOT NULL",
        &parameters,
    )?;
    Ok(())
}
