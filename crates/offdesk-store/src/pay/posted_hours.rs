//! Hours that are in the ledger, by day.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// Hours of a day under a handoff that are in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedHoursRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// The day.
    pub day: i64,
    /// So many seconds.
    pub seconds: i64,
    /// The number of the assignment that earned them; none where a week did.
    pub assignment: Option<i64>,
}

/// The hours that were earned by a person from one day to another, less what was taken back.
///
/// # Errors
/// [`StoreError`].
pub fn list_posted_hours(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    days: (i64, i64),
) -> Result<Vec<PostedHoursRow>, StoreError> {
    let parameters = scope.with([person.into(), days.0.into(), days.1.into()]);
    scope.tx.query(
        "SELECT p.handoff_id, p.day, p.quantity, a.number FROM posting p \
         JOIN handoff h ON h.workspace_id = p.workspace_id AND h.id = p.handoff_id \
         LEFT JOIN assignment a ON a.workspace_id = p.workspace_id AND a.id = p.assignment_id \
         WHERE p.workspace_id = ? AND h.person_id = ? AND p.day BETWEEN ? AND ? AND p.kind = 'earned' AND p.counted = 'seconds' \
         AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.workspace_id = p.workspace_id AND r.of_number = p.number) ORDER BY p.number",
        &parameters,
        |row| {
            Ok(PostedHoursRow {
                handoff_id: row.id(0)?,
                day: row.int(1)?,
                seconds: row.int(2)?,
                assignment: row.opt_int(3)?,
            })
        },
    )
}

/// The hours of weeks that were approved, by handoff and day, whatever was put right of them since: what was earned in the place of something
/// stands right behind what takes that back.
///
/// # Errors
/// [`StoreError`].
pub fn list_approved_hours(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    days: (i64, i64),
) -> Result<Vec<(Uuid, i64, i64)>, StoreError> {
    let parameters = scope.with([person.into(), days.0.into(), days.1.into()]);
    scope.tx.query(
        "SELECT p.handoff_id, p.day, CAST(SUM(p.quantity) AS BIGINT) FROM posting p WHERE p.workspace_id = ? AND p.person_id = ? \
         AND p.day BETWEEN ? AND ? AND p.kind = 'earned' AND p.counted = 'seconds' AND p.assignment_id IS NULL \
         AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.workspace_id = p.workspace_id AND r.number = p.number - 1 AND r.kind = 'reversed' \
         AND r.at = p.at AND r.handoff_id = p.handoff_id AND r.day = p.day) GROUP BY p.handoff_id, p.day ORDER BY p.day, p.handoff_id",
        &parameters,
        |row| Ok((row.id(0)?, row.int(1)?, row.int(2)?)),
    )
}
