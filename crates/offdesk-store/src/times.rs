//! What the entries that count add up to, by wording and by day: kept beside the entries, and reckoned anew when they change.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// Reckons anew what the entries of a source add up to.
///
/// # Errors
/// [`StoreError`].
pub fn reckon_times(scope: &mut Scope<'_, '_>, source: Uuid) -> Result<(), StoreError> {
    remove_times(scope, source)?;
    let workspace = scope.workspace().0;
    let parameters = scope.with([source.into(), workspace.into()]);
    scope.tx.execute(
        "INSERT INTO wording_time (workspace_id, wording_id, source_id, activity_id, entries, seconds) \
         SELECT t.workspace_id, t.wording_id, t.source_id, w.activity_id, t.number, t.spent FROM ( \
           SELECT workspace_id, wording_id, source_id, COUNT(*) AS number, CAST(SUM(counted) AS BIGINT) AS spent FROM entry \
           WHERE workspace_id = ? AND source_id = ? AND is_counted GROUP BY workspace_id, wording_id, source_id) t \
         JOIN wording w ON w.workspace_id = t.workspace_id AND w.id = t.wording_id WHERE w.workspace_id = ?",
        &parameters,
    )?;
    let parameters = scope.with([source.into()]);
    scope.tx.execute(
        "INSERT INTO day_time (workspace_id, source_id, day, seconds) \
         SELECT workspace_id, source_id, day, CAST(SUM(counted) AS BIGINT) FROM entry \
         WHERE workspace_id = ? AND source_id = ? AND is_counted AND day IS NOT NULL GROUP BY workspace_id, source_id, day",
        &parameters,
    )?;
    Ok(())
}

/// Entries of one wording and one day that are added to a source and count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddedTime {
    /// Their source.
    pub source: Uuid,
    /// Their wording.
    pub wording: Uuid,
    /// Their day.
    pub day: i64,
    /// Their number.
    pub entries: i64,
    /// Their time.
    pub seconds: i64,
}

/// Adds entries that count to what the entries of their source add up to.
///
/// # Errors
/// [`StoreError::Conflict`] where there is no such source or wording.
pub fn add_time(scope: &mut Scope<'_, '_>, added: AddedTime) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let seconds = added.seconds;
    scope.tx.execute_one(
        "INSERT INTO wording_time (workspace_id, wording_id, source_id, activity_id, entries, seconds) \
         SELECT w.workspace_id, w.id, s.id, w.activity_id, CAST(? AS BIGINT), CAST(? AS BIGINT) FROM wording w JOIN source s ON s.workspace_id = w.workspace_id \
         WHERE w.workspace_id = ? AND w.id = ? AND s.id = ? \
         ON CONFLICT (workspace_id, wording_id, source_id) DO UPDATE SET entries = wording_time.entries + excluded.entries, seconds = wording_time.seconds + excluded.seconds",
        &[
            added.entries.into(),
            seconds.into(),
            workspace.into(),
            added.wording.into(),
            added.source.into(),
        ],
    )?;
    scope.tx.execute_one(
        "INSERT INTO day_time (workspace_id, source_id, day, seconds) VALUES (?, ?, ?, ?) \
         ON CONFLICT (workspace_id, source_id, day) DO UPDATE SET seconds = day_time.seconds + excluded.seconds",
        &[
            workspace.into(),
            added.source.into(),
            added.day.into(),
            seconds.into(),
        ],
    )
}

/// Removes what the entries of a source add up to.
///
/// # Errors
/// [`StoreError`].
pub fn remove_times(scope: &mut Scope<'_, '_>, source: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([source.into()]);
    for sql in [
        "DELETE FROM wording_time WHERE workspace_id = ? AND source_id = ?",
        "DELETE FROM day_time WHERE workspace_id = ? AND source_id = ?",
    ] {
        scope.tx.execute(sql, &parameters)?;
    }
    Ok(())
}

/// How many entries of a source count, and their time.
///
/// # Errors
/// [`StoreError`].
pub fn counted_of_source(
    scope: &mut Scope<'_, '_>,
    source: Uuid,
) -> Result<(u64, i64), StoreError> {
    let parameters = scope.with([source.into()]);
    let found = scope.tx.first(
        "SELECT CAST(COALESCE(SUM(entries), 0) AS BIGINT), CAST(COALESCE(SUM(seconds), 0) AS BIGINT) FROM wording_time WHERE workspace_id = ? AND source_id = ?",
        &parameters,
        |row| Ok((row.count(0)?, row.int(1)?)),
    )?;
    Ok(found.unwrap_or_default())
}

/// What the entries of an activity and a kind add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumRow {
    /// Activity.
    pub activity_id: Uuid,
    /// How they are known.
    pub kind: String,
    /// They are hours of a week, told from memory, without days.
    pub is_weekly: bool,
    /// Their number.
    pub entries: u64,
    /// Their time.
    pub seconds: i64,
}

/// The sums of all activities over the sources that count.
///
/// # Errors
/// [`StoreError`].
pub fn sum_by_activity(scope: &mut Scope<'_, '_>) -> Result<Vec<SumRow>, StoreError> {
    let workspace = scope.workspace().0;
    let parameters = scope.with([workspace.into()]);
    // Added up within each source first, in the order of the index, before anything is looked up.
    scope.tx.query(
        "SELECT t.activity_id, s.kind, (s.format = 'memory') AS weekly, CAST(SUM(t.number) AS BIGINT), CAST(SUM(t.spent) AS BIGINT) FROM ( \
           SELECT workspace_id, source_id, activity_id, SUM(entries) AS number, SUM(seconds) AS spent FROM wording_time \
           WHERE workspace_id = ? GROUP BY workspace_id, source_id, activity_id) t \
         JOIN source s ON s.workspace_id = t.workspace_id AND s.id = t.source_id \
         WHERE s.workspace_id = ? AND s.state = 'published' GROUP BY t.activity_id, s.kind, (s.format = 'memory')",
        &parameters,
        |row| {
            Ok(SumRow {
                activity_id: row.id(0)?,
                kind: row.text(1)?,
                is_weekly: row.bool(2)?,
                entries: row.count(3)?,
                seconds: row.int(4)?,
            })
        },
    )
}

/// How an activity comes back: its days, those on which it was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaysRow {
    /// Activity.
    pub activity_id: Uuid,
    /// Days on which it was done.
    pub days: u64,
    /// Time on them.
    pub seconds: i64,
    /// The squares of the minutes of each day, added up.
    pub square_minutes: i64,
}

/// The days of every activity between two days, of entries that stand on the day they were done. Reads every entry.
///
/// # Errors
/// [`StoreError`].
pub fn days_by_activity(
    scope: &mut Scope<'_, '_>,
    from: i64,
    to: i64,
) -> Result<Vec<DaysRow>, StoreError> {
    let parameters = scope.with([from.into(), to.into()]);
    scope.tx.query(
        "SELECT t.activity_id, COUNT(*), CAST(SUM(t.spent) AS BIGINT), CAST(SUM((t.spent / 60) * (t.spent / 60)) AS BIGINT) FROM ( \
           SELECT w.activity_id, e.day, CAST(SUM(e.counted) AS BIGINT) AS spent FROM source s \
           JOIN entry e ON e.workspace_id = s.workspace_id AND e.source_id = s.id \
           JOIN wording w ON w.workspace_id = e.workspace_id AND w.id = e.wording_id \
           WHERE s.workspace_id = ? AND s.state = 'published' AND NOT s.has_totals AND e.is_counted AND e.day >= ? AND e.day <= ? \
           GROUP BY w.activity_id, e.day HAVING SUM(e.counted) > 0) t \
         GROUP BY t.activity_id ORDER BY t.activity_id",
        &parameters,
        |row| {
            Ok(DaysRow {
                activity_id: row.id(0)?,
                days: row.count(1)?,
                seconds: row.int(2)?,
                square_minutes: row.int(3)?,
            })
        },
    )
}

/// The number of days with an entry that counts.
///
/// # Errors
/// [`StoreError`].
pub fn covered_days(scope: &mut Scope<'_, '_>) -> Result<u64, StoreError> {
    let parameters = scope.with([]);
    let found = scope.tx.first(
        "SELECT COUNT(DISTINCT t.day) FROM source s \
         JOIN day_time t ON t.workspace_id = s.workspace_id AND t.source_id = s.id \
         WHERE s.workspace_id = ? AND s.state = 'published'",
        &parameters,
        |row| row.count(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// First and last day with an entry that counts, of every source that counts.
///
/// # Errors
/// [`StoreError`].
pub fn covered_by_source(scope: &mut Scope<'_, '_>) -> Result<Vec<(Uuid, i64, i64)>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT s.id, MIN(t.day), MAX(t.day) FROM source s \
         JOIN day_time t ON t.workspace_id = s.workspace_id AND t.source_id = s.id \
         WHERE s.workspace_id = ? AND s.state = 'published' GROUP BY s.id",
        &parameters,
        |row| Ok((row.id(0)?, row.int(1)?, row.int(2)?)),
    )
}

/// The days with an entry that counts of a source, in order.
///
/// # Errors
/// [`StoreError`].
pub fn days_of_source(scope: &mut Scope<'_, '_>, source: Uuid) -> Result<Vec<i64>, StoreError> {
    let parameters = scope.with([source.into()]);
    scope.tx.query(
        "SELECT day FROM day_time WHERE workspace_id = ? AND source_id = ? ORDER BY day",
        &parameters,
        |row| row.int(0),
    )
}

/// The time of each day that counts, between two days.
///
/// # Errors
/// [`StoreError`].
pub fn sum_by_day(
    scope: &mut Scope<'_, '_>,
    from: i64,
    to: i64,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let parameters = scope.with([from.into(), to.into()]);
    scope.tx.query(
        "SELECT t.day, CAST(SUM(t.seconds) AS BIGINT) FROM source s \
         JOIN day_time t ON t.workspace_id = s.workspace_id AND t.source_id = s.id \
         WHERE s.workspace_id = ? AND s.state = 'published' AND t.day >= ? AND t.day <= ? GROUP BY t.day ORDER BY t.day",
        &parameters,
        |row| Ok((row.int(0)?, row.int(1)?)),
    )
}

/// Lets the times of a wording, which has moved, stand under its activity.
///
/// # Errors
/// [`StoreError`].
pub(crate) fn follow_wording(
    scope: &mut Scope<'_, '_>,
    wording: Uuid,
    activity: Uuid,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute(
        "UPDATE wording_time SET activity_id = ? WHERE workspace_id = ? AND wording_id = ?",
        &[activity.into(), workspace.into(), wording.into()],
    )?;
    Ok(())
}
