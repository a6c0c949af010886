//! Milestones that were reached, each beside the posting of what it earned.

use uuid::Uuid;

use crate::proofs::hash_of_reached;
use crate::{Scope, StoreError};

/// A milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneRow {
    /// The number of its posting.
    pub posting: i64,
    /// What was reached; empty where nothing was said.
    pub title: String,
    /// On which day.
    pub day: i64,
}

/// Notes what was reached with a posting of a handoff.
///
/// # Errors
/// [`StoreError::Conflict`] where it is noted already, [`StoreError::Missing`] where there is no such posting.
pub fn insert_milestone(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    posting: i64,
    title: &str,
) -> Result<(), StoreError> {
    let hash = hash_of_reached(scope, (posting, handoff), title)?;
    let parameters = scope.with([
        posting.into(),
        handoff.into(),
        title.into(),
        hash.as_str().into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO milestone (workspace_id, posting, handoff_id, title, hash) VALUES (?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// The milestones of a handoff that were not taken back, in their order.
///
/// # Errors
/// [`StoreError`].
pub fn list_milestones(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
) -> Result<Vec<MilestoneRow>, StoreError> {
    let parameters = scope.with([handoff.into()]);
    scope.tx.query(
        "SELECT m.posting, m.title, COALESCE(p.day, 0) FROM milestone m \
         JOIN posting p ON p.workspace_id = m.workspace_id AND p.number = m.posting \
         WHERE m.workspace_id = ? AND m.handoff_id = ? AND NOT EXISTS (SELECT 1 FROM posting b \
         WHERE b.workspace_id = m.workspace_id AND b.of_number = m.posting) ORDER BY m.posting",
        &parameters,
        |row| {
            Ok(MilestoneRow {
                posting: row.int(0)?,
                title: row.text(1)?,
                day: row.int(2)?,
            })
        },
    )
}
