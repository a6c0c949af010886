//! What was taken back, with the statements it is on and with what stands in its place.

use crate::{Scope, StoreError};

/// Something that was taken back, by its number and that of what it takes back, with the statements both are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenBackRow {
    /// What takes it back, and its statement.
    pub number: (i64, Option<i64>),
    /// What is taken back, and its statement.
    pub of: (i64, Option<i64>),
    /// What was earned next, in the same moment for the same work, where something was.
    pub next: Option<i64>,
}

/// All that was taken back, in the order of its numbers.
///
/// # Errors
/// [`StoreError`].
pub fn list_taken_back(scope: &mut Scope<'_, '_>) -> Result<Vec<TakenBackRow>, StoreError> {
    let parameters = scope.with([]);
    // There are few of them, and an index knows which have a number that they are of.
    scope.tx.query(
        "SELECT p.number, t.statement, p.of_number, o.statement, n.number FROM posting p \
         LEFT JOIN statement_posting t ON t.workspace_id = p.workspace_id AND t.posting = p.number \
         LEFT JOIN statement_posting o ON o.workspace_id = p.workspace_id AND o.posting = p.of_number \
         LEFT JOIN posting n ON n.workspace_id = p.workspace_id AND n.number = p.number + 1 AND n.kind = 'earned' AND n.at = p.at \
         AND n.handoff_id = p.handoff_id AND n.day = p.day AND n.assignment_id IS NOT DISTINCT FROM p.assignment_id \
         WHERE p.workspace_id = ? AND p.of_number > 0 AND p.kind = 'reversed' ORDER BY p.number",
        &parameters,
        |row| {
            Ok(TakenBackRow {
                number: (row.int(0)?, row.opt_int(1)?),
                of: (row.int(2)?, row.opt_int(3)?),
                next: row.opt_int(4)?,
            })
        },
    )
}
