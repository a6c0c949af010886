//! What a return is reckoned from, added up by handoff and day: so that years of work are read as few rows.

pub mod cash;

use uuid::Uuid;

use crate::{Scope, StoreError};

/// Something that has happened to a handoff, by what counts for its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// The state afterwards, in one word.
    pub state: String,
    /// When, in microseconds.
    pub at: i64,
}

/// What has happened to all handoffs, each in its order.
///
/// # Errors
/// [`StoreError`].
pub fn list_moves(scope: &mut Scope<'_, '_>) -> Result<Vec<MoveRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT handoff_id, state, at FROM handoff_event WHERE workspace_id = ? ORDER BY handoff_id, id",
        &parameters,
        |row| {
            Ok(MoveRow {
                handoff_id: row.id(0)?,
                state: row.text(1)?,
                at: row.int(2)?,
            })
        },
    )
}

/// What was logged of an activity on a day, by one person of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRow {
    /// The activity.
    pub activity_id: Uuid,
    /// The day.
    pub day: i64,
    /// Whose entries, as their file has it.
    pub person: String,
    /// Their time.
    pub seconds: i64,
}

/// What was logged on each day of the activities that were ever handed off, by trackers whose entries stand on their days.
///
/// # Errors
/// [`StoreError`].
pub fn list_logged(scope: &mut Scope<'_, '_>) -> Result<Vec<LoggedRow>, StoreError> {
    let workspace = scope.workspace().0;
    let parameters = scope.with([workspace.into()]);
    // The few wordings of these activities are found first: all other entries are passed over without a look at their words.
    scope.tx.query(
        "SELECT w.activity_id, e.day, e.person, CAST(SUM(e.counted) AS BIGINT) FROM source s \
         JOIN entry e ON e.workspace_id = s.workspace_id AND e.source_id = s.id \
         JOIN (SELECT workspace_id, id, activity_id FROM wording WHERE workspace_id = ? AND activity_id IN \
           (SELECT h.activity_id FROM handoff h WHERE h.workspace_id = wording.workspace_id)) w \
         ON w.workspace_id = e.workspace_id AND w.id = e.wording_id \
         WHERE s.workspace_id = ? AND s.state = 'published' AND s.kind = 'measured' AND NOT s.has_totals AND e.is_counted AND e.day IS NOT NULL \
         GROUP BY w.activity_id, e.day, e.person ORDER BY w.activity_id, e.day, e.person",
        &parameters,
        |row| {
            Ok(LoggedRow {
                activity_id: row.id(0)?,
                day: row.int(1)?,
                person: row.text(2)?,
                seconds: row.int(3)?,
            })
        },
    )
}

/// What looking after a handoff took on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpentRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// What was done, in one word.
    pub kind: String,
    /// The day, in UTC.
    pub day: i64,
    /// The time.
    pub seconds: i64,
}

/// What looking after all handoffs took, day by day.
///
/// # Errors
/// [`StoreError`].
pub fn list_spent(scope: &mut Scope<'_, '_>) -> Result<Vec<SpentRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT handoff_id, kind, created_at / 86400000000, CAST(SUM(seconds) AS BIGINT) FROM supervision WHERE workspace_id = ? \
         GROUP BY handoff_id, kind, created_at / 86400000000",
        &parameters,
        |row| {
            Ok(SpentRow {
                handoff_id: row.id(0)?,
                kind: row.text(1)?,
                day: row.int(2)?,
                seconds: row.int(3)?,
            })
        },
    )
}

/// What was accepted of a handoff on a day on the same terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedDayRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// The day, in UTC.
    pub day: i64,
    /// What the amount is for, in one word.
    pub unit: String,
    /// A decimal number.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    /// So many assignments.
    pub assignments: u64,
    /// So many of them have no posting yet.
    pub unposted: u64,
    /// The time typed in for those.
    pub unposted_seconds: i64,
}

/// What was accepted of all handoffs, day by day, and what of it is in no posting yet.
///
/// # Errors
/// [`StoreError`].
pub fn list_accepted_days(scope: &mut Scope<'_, '_>) -> Result<Vec<AcceptedDayRow>, StoreError> {
    let workspace = scope.workspace().0;
    let parameters = scope.with([workspace.into()]);
    scope.tx.query(
        "SELECT a.handoff_id, a.accepted_at / 86400000000, a.unit, a.amount, a.currency, COUNT(*), \
         COUNT(CASE WHEN p.assignment_id IS NULL THEN 1 END), \
         CAST(COALESCE(SUM(CASE WHEN p.assignment_id IS NULL THEN a.seconds END), 0) AS BIGINT) FROM assignment a \
         LEFT JOIN (SELECT DISTINCT workspace_id, assignment_id FROM posting WHERE workspace_id = ? AND assignment_id IS NOT NULL) p \
         ON p.workspace_id = a.workspace_id AND p.assignment_id = a.id \
         WHERE a.workspace_id = ? AND a.accepted_at IS NOT NULL AND a.state IN ('accepted', 'closed') \
         GROUP BY a.handoff_id, a.accepted_at / 86400000000, a.unit, a.amount, a.currency \
         ORDER BY a.handoff_id, a.accepted_at / 86400000000, a.unit, a.amount, a.currency",
        &parameters,
        |row| {
            Ok(AcceptedDayRow {
                handoff_id: row.id(0)?,
                day: row.int(1)?,
                unit: row.text(2)?,
                amount: row.text(3)?,
                currency: row.text(4)?,
                assignments: row.count(5)?,
                unposted: row.count(6)?,
                unposted_seconds: row.int(7)?,
            })
        },
    )
}

/// What reviews of a handoff have found on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedDayRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// The day of the first review, in UTC.
    pub day: i64,
    /// So many were looked at.
    pub checked: u64,
    /// So many of them had a fault.
    pub with_fault: u64,
}

/// What reviews have found, day by day: each assignment counts once, with its first review.
///
/// # Errors
/// [`StoreError`].
pub fn list_checked_days(scope: &mut Scope<'_, '_>) -> Result<Vec<CheckedDayRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT a.handoff_id, r.created_at / 86400000000, COUNT(*), COUNT(CASE WHEN a.has_fault THEN 1 END) FROM assignment a \
         JOIN review r ON r.workspace_id = a.workspace_id AND r.assignment_id = a.id AND r.round = 1 \
         WHERE a.workspace_id = ? GROUP BY a.handoff_id, r.created_at / 86400000000 ORDER BY a.handoff_id, r.created_at / 86400000000",
        &parameters,
        |row| {
            Ok(CheckedDayRow {
                handoff_id: row.id(0)?,
                day: row.int(1)?,
                checked: row.count(2)?,
                with_fault: row.count(3)?,
            })
        },
    )
}

/// By how many blueprint versions a handoff was worked, and on how many terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariedRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// Versions of the blueprint.
    pub versions: u64,
    /// Prices.
    pub terms: u64,
}

/// By how many blueprint versions each handoff was worked, and on how many terms.
///
/// # Errors
/// [`StoreError`].
pub fn list_varied(scope: &mut Scope<'_, '_>) -> Result<Vec<VariedRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT handoff_id, COUNT(DISTINCT blueprint_number), COUNT(DISTINCT unit || ' ' || amount || ' ' || currency) FROM assignment \
         WHERE workspace_id = ? GROUP BY handoff_id ORDER BY handoff_id",
        &parameters,
        |row| {
            Ok(VariedRow {
                handoff_id: row.id(0)?,
                versions: row.count(1)?,
                terms: row.count(2)?,
            })
        },
    )
}
