//! Hours that are in the ledger, by day.

#[cfg(test)]
mod tests;

use uuid::Uuid;

use crate::{Scope, StoreError};

/// Hours that an assignment has earned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentHoursRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// The day they are paid for.
    pub day: i64,
    /// So many seconds.
    pub seconds: i64,
    /// The number of the assignment.
    pub assignment: i64,
    /// When it was taken on, or given where nobody said so.
    pub begun_at: i64,
    /// When it was handed in last, or accepted.
    pub done_at: i64,
}

/// By the index over the days of each handoff, which the order of the tables asks for: most of what a person has ever earned lies before.
const ASSIGNMENT_HOURS: &str = "SELECT p.handoff_id, p.day, p.quantity, a.number, a.created_at, a.agreed_at, COALESCE(a.delivered_at, a.accepted_at, a.created_at) \
     FROM handoff h CROSS JOIN posting p JOIN assignment a ON a.workspace_id = p.workspace_id AND a.id = p.assignment_id \
     WHERE h.workspace_id = ? AND h.person_id = ? AND p.workspace_id = h.workspace_id AND p.handoff_id = h.id AND p.day >= ? AND p.kind = 'earned' AND p.counted = 'seconds' \
     AND (p.day BETWEEN ? AND ? OR (COALESCE(a.delivered_at, a.accepted_at, a.created_at) >= ? AND a.created_at < ?)) \
     AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.workspace_id = p.workspace_id AND r.of_number = p.number) ORDER BY p.number";

/// The hours that a person's assignments have earned, less what was taken back: those that were under way between two moments, or are
/// paid for one of the days.
///
/// # Errors
/// [`StoreError`].
pub fn list_assignment_hours(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    days: (i64, i64),
    moments: (i64, i64),
) -> Result<Vec<AssignmentHoursRow>, StoreError> {
    // What was under way within the days is paid for one of them or for a later one, by the clock of some zone.
    let parameters = scope.with([
        person.into(),
        days.0.saturating_sub(1).into(),
        days.0.into(),
        days.1.into(),
        moments.0.into(),
        moments.1.into(),
    ]);
    scope.tx.query(ASSIGNMENT_HOURS, &parameters, |row| {
        let (created_at, done_at) = (row.int(4)?, row.int(6)?);
        Ok(AssignmentHoursRow {
            handoff_id: row.id(0)?,
            day: row.int(1)?,
            seconds: row.int(2)?,
            assignment: row.int(3)?,
            begun_at: begun_at(created_at, row.opt_int(5)?, done_at),
            done_at,
        })
    })
}

/// When work on an assignment began: where it was agreed to once more after it was handed in, it had begun before.
#[must_use]
pub fn begun_at(created_at: i64, agreed_at: Option<i64>, done_at: i64) -> i64 {
    agreed_at.filter(|at| *at <= done_at).unwrap_or(created_at)
}

/// The hours that weeks have earned under a handoff on some days, less what was taken back: each day with its seconds.
///
/// # Errors
/// [`StoreError`].
pub fn list_week_hours(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    days: (i64, i64),
) -> Result<Vec<(i64, i64)>, StoreError> {
    let parameters = scope.with([handoff.into(), days.0.into(), days.1.into()]);
    scope.tx.query(
        "SELECT p.day, CAST(SUM(p.quantity) AS BIGINT) FROM posting p WHERE p.workspace_id = ? AND p.handoff_id = ? \
         AND p.day BETWEEN ? AND ? AND p.kind = 'earned' AND p.counted = 'seconds' AND p.assignment_id IS NULL \
         AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.workspace_id = p.workspace_id AND r.of_number = p.number) GROUP BY p.day ORDER BY p.day",
        &parameters,
        |row| Ok((row.int(0)?, row.int(1)?)),
    )
}

/// The hours that weeks of a person have earned on a day, less what was taken back, beside those of one posting.
///
/// # Errors
/// [`StoreError`].
pub fn hours_beside(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    day: i64,
    posting: i64,
) -> Result<i64, StoreError> {
    let parameters = scope.with([person.into(), day.into(), posting.into()]);
    let sum = scope.tx.first(
        "SELECT CAST(SUM(p.quantity) AS BIGINT) FROM posting p WHERE p.workspace_id = ? AND p.person_id = ? AND p.day = ? AND p.number <> ? \
         AND p.kind = 'earned' AND p.counted = 'seconds' AND p.assignment_id IS NULL \
         AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.workspace_id = p.workspace_id AND r.of_number = p.number)",
        &parameters,
        |row| row.opt_int(0),
    )?;
    Ok(sum.flatten().unwrap_or(0))
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
