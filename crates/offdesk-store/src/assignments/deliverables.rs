//! What was handed in, one for each round.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// A deliverable, without its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliverableRow {
    /// The assignment.
    pub assignment_id: Uuid,
    /// Its round, from one.
    pub round: i64,
    /// The version of the blueprint it was made by.
    pub blueprint_number: i64,
    /// Its text.
    pub text: String,
    /// Its link.
    pub link: String,
    /// The number drawn once it was there.
    pub drawn: i64,
    /// One in so many was looked at then.
    pub one_in: i64,
    /// Who has handed it in.
    pub created_by: Uuid,
    /// When.
    pub created_at: i64,
    /// The places of the steps that were ticked then, with blanks between them; none where that was not kept.
    pub ticked: Option<String>,
}

/// The deliverables of an assignment, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_deliverables(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
) -> Result<Vec<DeliverableRow>, StoreError> {
    let parameters = scope.with([assignment.into()]);
    scope.tx.query(
        "SELECT assignment_id, round, text, link, drawn, one_in, created_by, created_at, blueprint_number, ticked FROM deliverable \
         WHERE workspace_id = ? AND assignment_id = ? ORDER BY round DESC",
        &parameters,
        |row| {
            Ok(DeliverableRow {
                assignment_id: row.id(0)?,
                round: row.int(1)?,
                text: row.text(2)?,
                link: row.text(3)?,
                drawn: row.int(4)?,
                one_in: row.int(5)?,
                created_by: row.id(6)?,
                created_at: row.int(7)?,
                blueprint_number: row.int(8)?,
                ticked: row.opt_text(9)?,
            })
        },
    )
}

/// Adds a deliverable.
///
/// # Errors
/// [`StoreError::Conflict`] where there is one of that round already.
pub fn insert_deliverable(
    scope: &mut Scope<'_, '_>,
    row: &DeliverableRow,
) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.assignment_id.into(),
        row.round.into(),
        row.text.as_str().into(),
        row.link.as_str().into(),
        row.drawn.into(),
        row.one_in.into(),
        row.created_by.into(),
        row.created_at.into(),
        row.blueprint_number.into(),
        row.ticked.as_deref().into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO deliverable (workspace_id, assignment_id, round, text, link, drawn, one_in, created_by, created_at, blueprint_number, ticked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}
