//! What a return is reckoned from, added up by handoff and day: so that years of work are few rows. The rows are
//! added up here, in one pass over each table: SQLite would sort them first, which takes longer than to read them.

pub mod cash;
pub mod firsts;
pub mod hours;
pub mod items;
mod prices;
pub mod rates;
pub mod receipts;
pub mod taken_back;
mod worked;

use std::collections::HashMap;

use uuid::Uuid;

use crate::{Scope, StoreError};

/// The day of a moment in microseconds. Which one that is hangs on the zone, which is not known here.
pub type DayOf<'d> = &'d dyn Fn(i64) -> i64;

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
    let parameters = scope.with([]);
    let wordings: HashMap<Uuid, Uuid> = scope
        .tx
        .query(
            "SELECT DISTINCT w.id, w.activity_id FROM handoff h \
             JOIN wording w ON w.workspace_id = h.workspace_id AND w.activity_id = h.activity_id WHERE h.workspace_id = ?",
            &parameters,
            |row| Ok((row.id(0)?, row.id(1)?)),
        )?
        .into_iter()
        .collect();
    let sources = scope.tx.query(
        "SELECT id FROM source WHERE workspace_id = ? AND state = 'published' AND kind = 'measured' AND NOT has_totals",
        &parameters,
        |row| row.id(0),
    )?;
    let mut sums: HashMap<(Uuid, i64, String), i64> = HashMap::new();
    // Source by source, in the order in which entries lie there; the few wordings are one list that is looked up for each entry.
    for source in sources {
        let parameters = scope.with([source.into(), workspace.into()]);
        let rows = scope.tx.query(
            "SELECT wording_id, day, person, CAST(SUM(counted) AS BIGINT) FROM entry \
             WHERE workspace_id = ? AND source_id = ? AND is_counted AND day IS NOT NULL AND wording_id IN ( \
               SELECT w.id FROM handoff h JOIN wording w ON w.workspace_id = h.workspace_id AND w.activity_id = h.activity_id \
               WHERE h.workspace_id = ?) \
             GROUP BY wording_id, day, person",
            &parameters,
            |row| Ok((row.id(0)?, row.int(1)?, row.text(2)?, row.int(3)?)),
        )?;
        for (wording, day, person, seconds) in rows {
            if let Some(activity) = wordings.get(&wording) {
                *sums.entry((*activity, day, person)).or_default() += seconds;
            }
        }
    }
    let rows = sums
        .into_iter()
        .map(|((activity_id, day, person), seconds)| LoggedRow {
            activity_id,
            day,
            person,
            seconds,
        });
    let mut rows: Vec<LoggedRow> = rows.collect();
    rows.sort_by(|a, b| (a.activity_id, a.day, &a.person).cmp(&(b.activity_id, b.day, &b.person)));
    Ok(rows)
}

/// What looking after a handoff took on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpentRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// What was done, in one word.
    pub kind: String,
    /// The day.
    pub day: i64,
    /// The time.
    pub seconds: i64,
}

/// What looking after all handoffs took, day by day.
///
/// # Errors
/// [`StoreError`].
pub fn list_spent(
    scope: &mut Scope<'_, '_>,
    day_of: DayOf<'_>,
) -> Result<Vec<SpentRow>, StoreError> {
    let parameters = scope.with([]);
    let mut sums: HashMap<(Uuid, usize, i64), i64> = HashMap::new();
    // The kinds are few: they are named by their place.
    let mut kinds: Vec<String> = Vec::new();
    scope.tx.each(
        "SELECT handoff_id, kind, created_at, seconds FROM supervision WHERE workspace_id = ?",
        &parameters,
        |row| {
            let kind = row.str(1)?;
            let known = kinds.iter().position(|it| it == kind);
            let kind = known.unwrap_or_else(|| {
                kinds.push(kind.to_owned());
                kinds.len() - 1
            });
            let sum = sums.entry((row.id(0)?, kind, day_of(row.int(2)?)));
            *sum.or_default() += row.int(3)?;
            Ok(())
        },
    )?;
    let mut rows: Vec<SpentRow> = sums
        .into_iter()
        .map(|((handoff_id, kind, day), seconds)| SpentRow {
            handoff_id,
            kind: kinds.get(kind).cloned().unwrap_or_default(),
            day,
            seconds,
        })
        .collect();
    rows.sort_by(|a, b| (a.handoff_id, a.day, &a.kind).cmp(&(b.handoff_id, b.day, &b.kind)));
    Ok(rows)
}

/// What was accepted of a handoff on a day on the same terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedDayRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// The day.
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

/// What reviews of a handoff have found on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedDayRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// The day of the first review.
    pub day: i64,
    /// So many were looked at.
    pub checked: u64,
    /// So many of them had a fault.
    pub with_fault: u64,
}

/// What became of the assignments of all handoffs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkedRows {
    /// What was accepted, day by day, and what of it is in no posting yet.
    pub accepted: Vec<AcceptedDayRow>,
    /// Each version by which a handoff was worked after its first one, with the day of its first assignment.
    pub versions: Vec<(Uuid, i64)>,
    /// What reviews have found, day by day.
    pub checked: Vec<CheckedDayRow>,
}

/// What became of the assignments of all handoffs, which are gone through once. Of reviews, each assignment counts with its first.
///
/// # Errors
/// [`StoreError`].
pub fn list_worked(scope: &mut Scope<'_, '_>, day_of: DayOf<'_>) -> Result<WorkedRows, StoreError> {
    let mut worked = worked::Worked::begin(scope)?;
    let parameters = scope.with([]);
    scope.tx.each(
        "SELECT id, handoff_id, blueprint_number, unit, amount, currency, seconds, accepted_at, state, has_fault, created_at FROM assignment \
         WHERE workspace_id = ? ORDER BY id",
        &parameters,
        |row| worked.take(row, day_of),
    )?;
    Ok(worked.rows())
}
