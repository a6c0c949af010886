//! What of entries counts: their lines, held against those of other sources.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// What is needed of an entry to hold sources against each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// Id.
    pub id: Uuid,
    /// Source.
    pub source_id: Uuid,
    /// Who did the work.
    pub person: String,
    /// Day.
    pub day: Option<i64>,
    /// Start and end.
    pub span: Option<(i64, i64)>,
    /// Length.
    pub seconds: i64,
    /// Seconds that count so far.
    pub counted: i64,
    /// Whether it counts so far.
    pub is_counted: bool,
    /// Hash of what the source printed.
    pub fingerprint: i64,
    /// The source's own id.
    pub external_id: String,
}

fn line(row: &Row<'_>) -> Result<LineRow, StoreError> {
    let (start, end) = (row.opt_int(4)?, row.opt_int(5)?);
    Ok(LineRow {
        id: row.id(0)?,
        source_id: row.id(1)?,
        person: row.text(2)?,
        day: row.opt_int(3)?,
        span: start.zip(end),
        seconds: row.int(6)?,
        counted: row.int(7)?,
        is_counted: row.bool(8)?,
        fingerprint: row.int(9)?,
        external_id: row.text(10)?,
    })
}

/// Those of it that tell whether it counts, as [`line`] takes them.
macro_rules! lines {
    ($which:literal) => {
        concat!(
            "SELECT e.id, e.source_id, e.person, e.day, e.start_at, e.end_at, e.seconds, e.counted, e.is_counted, e.fingerprint, e.external_id ",
            "FROM entry e ",
            $which
        )
    };
}

/// The lines of a source, in the order of its file.
///
/// # Errors
/// [`StoreError`].
pub fn list_lines(scope: &mut Scope<'_, '_>, source: Uuid) -> Result<Vec<LineRow>, StoreError> {
    let parameters = scope.with([source.into()]);
    scope.tx.query(
        lines!("WHERE e.workspace_id = ? AND e.source_id = ? ORDER BY e.line, e.id"),
        &parameters,
        line,
    )
}

/// The lines of all sources that count, from a day to another, each in the order of its file.
///
/// # Errors
/// [`StoreError`].
pub fn list_lines_between(
    scope: &mut Scope<'_, '_>,
    from: i64,
    to: i64,
) -> Result<Vec<LineRow>, StoreError> {
    let parameters = scope.with([from.into(), to.into()]);
    scope.tx.query(
        lines!(
            "JOIN source s ON s.workspace_id = e.workspace_id AND s.id = e.source_id AND s.state = 'published' \
             WHERE e.workspace_id = ? AND e.day >= ? AND e.day <= ? ORDER BY e.line, e.id"
        ),
        &parameters,
        line,
    )
}

/// Sets what counts of an entry.
///
/// # Errors
/// [`StoreError`].
pub fn update_counted(
    scope: &mut Scope<'_, '_>,
    (source, id): (Uuid, Uuid),
    counted: i64,
    is_counted: bool,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE entry SET counted = ?, is_counted = ? WHERE workspace_id = ? AND source_id = ? AND id = ?",
        &[
            counted.into(),
            is_counted.into(),
            workspace.into(),
            source.into(),
            id.into(),
        ],
    )
}

/// Lets all entries of a source count for what they are, and says for how many that is a change.
///
/// # Errors
/// [`StoreError`].
pub fn count_all(scope: &mut Scope<'_, '_>, source: Uuid) -> Result<u64, StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute(
        "UPDATE entry SET counted = seconds, is_counted = ? WHERE workspace_id = ? AND source_id = ? AND (counted <> seconds OR NOT is_counted)",
        &[true.into(), workspace.into(), source.into()],
    )
}
