//! Time entries, each of one source and one wording.

mod lines;
mod typed;

use postgres::types::Type;
use uuid::Uuid;

use crate::database::Insert;
use crate::{Row, Scope, StoreError, Value};

pub use self::lines::{LineRow, count_all, list_lines, list_lines_between, update_counted};
pub use self::typed::{
    TypedRow, change_typed, list_typed, load_typed, recount_source, remove_typed,
};

/// A time entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Id.
    pub id: Uuid,
    /// Source.
    pub source_id: Uuid,
    /// Wording.
    pub wording_id: Uuid,
    /// Who did the work.
    pub person: String,
    /// Customer.
    pub client: String,
    /// Project.
    pub project: String,
    /// Task.
    pub task: String,
    /// Tags.
    pub tags: String,
    /// What was written.
    pub description: String,
    /// Day since 1970.
    pub day: Option<i64>,
    /// Start and end, seconds since 1970 in UTC.
    pub span: Option<(i64, i64)>,
    /// Length.
    pub seconds: i64,
    /// Seconds that count: less where another source has the hour, too.
    pub counted: i64,
    /// Whether it counts at all.
    pub is_counted: bool,
    /// Line in the file.
    pub line: i64,
    /// Hash of what the source printed.
    pub fingerprint: i64,
    /// The source's own id.
    pub external_id: String,
}

const INSERT: Insert<'_> = Insert {
    sql: "INSERT INTO entry (workspace_id, id, source_id, wording_id, person, client, project, task, tags, description, day, start_at, end_at, seconds, counted, is_counted, line, fingerprint, external_id) \
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    copy: "COPY entry (workspace_id, id, source_id, wording_id, person, client, project, task, tags, description, day, start_at, end_at, seconds, counted, is_counted, line, fingerprint, external_id) FROM STDIN BINARY",
    types: &[
        Type::UUID,
        Type::UUID,
        Type::UUID,
        Type::UUID,
        Type::TEXT,
        Type::TEXT,
        Type::TEXT,
        Type::TEXT,
        Type::TEXT,
        Type::TEXT,
        Type::INT8,
        Type::INT8,
        Type::INT8,
        Type::INT8,
        Type::INT8,
        Type::BOOL,
        Type::INT8,
        Type::INT8,
        Type::TEXT,
    ],
};

/// Adds entries.
///
/// # Errors
/// [`StoreError`].
pub fn insert_entries(
    scope: &mut Scope<'_, '_>,
    entries: Vec<EntryRow>,
) -> Result<u64, StoreError> {
    let workspace = scope.workspace().0;
    let rows = entries.into_iter().map(|entry| {
        vec![
            Value::Id(workspace),
            entry.id.into(),
            entry.source_id.into(),
            entry.wording_id.into(),
            entry.person.into(),
            entry.client.into(),
            entry.project.into(),
            entry.task.into(),
            entry.tags.into(),
            entry.description.into(),
            entry.day.into(),
            entry.span.map(|span| span.0).into(),
            entry.span.map(|span| span.1).into(),
            entry.seconds.into(),
            entry.counted.into(),
            entry.is_counted.into(),
            entry.line.into(),
            entry.fingerprint.into(),
            entry.external_id.into(),
        ]
    });
    scope.tx.insert_all(&INSERT, rows)
}

/// An entry as it is shown; its texts are still those of the database's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryView<'r> {
    /// Id.
    pub id: Uuid,
    /// Source.
    pub source_id: Uuid,
    /// Who did the work.
    pub person: &'r str,
    /// Customer.
    pub client: &'r str,
    /// Project.
    pub project: &'r str,
    /// Task.
    pub task: &'r str,
    /// Tags.
    pub tags: &'r str,
    /// What was written.
    pub description: &'r str,
    /// Day since 1970.
    pub day: Option<i64>,
    /// Start and end, seconds since 1970 in UTC.
    pub span: Option<(i64, i64)>,
    /// Length.
    pub seconds: i64,
    /// Seconds that count: less where another source has the hour, too.
    pub counted: i64,
}

fn view<'r>(row: &'r Row<'_>) -> Result<EntryView<'r>, StoreError> {
    let (start, end) = (row.opt_int(9)?, row.opt_int(10)?);
    Ok(EntryView {
        id: row.id(0)?,
        source_id: row.id(1)?,
        person: row.str(2)?,
        client: row.str(3)?,
        project: row.str(4)?,
        task: row.str(5)?,
        tags: row.str(6)?,
        description: row.str(7)?,
        day: row.opt_int(8)?,
        span: start.zip(end),
        seconds: row.int(11)?,
        counted: row.int(12)?,
    })
}

/// The columns of an entry as [`view`] takes them.
macro_rules! entries {
    ($which:literal) => {
        concat!(
            "SELECT e.id, e.source_id, e.person, e.client, e.project, e.task, e.tags, e.description, e.day, e.start_at, e.end_at, e.seconds, e.counted ",
            "FROM entry e ",
            $which
        )
    };
}

/// Hands over an entry of a source that counts, and gives what is made of it.
///
/// # Errors
/// [`StoreError`], and those of whoever takes it.
pub fn load_entry<T>(
    scope: &mut Scope<'_, '_>,
    source: Uuid,
    id: Uuid,
    take: impl Fn(&EntryView<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let parameters = scope.with([source.into(), id.into()]);
    scope.tx.first(
        entries!(
            "JOIN source s ON s.workspace_id = e.workspace_id AND s.id = e.source_id AND s.state = 'published' \
             WHERE e.workspace_id = ? AND e.source_id = ? AND e.id = ?"
        ),
        &parameters,
        |row| take(&view(row)?),
    )
}

/// Hands over a page of entries before a given day and id, the latest first. Entries without a day have none here.
///
/// # Errors
/// [`StoreError`], and those of whoever takes them.
pub fn each_entry(
    scope: &mut Scope<'_, '_>,
    (day, id): (i64, Uuid),
    most: u32,
    mut take: impl FnMut(&EntryView<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let own = Value::Id(scope.workspace().0);
    let parameters = scope.with([
        day.into(),
        id.into(),
        own.clone(),
        own,
        i64::from(most).into(),
    ]);
    // Whether some source does not count is asked once, and only then which, once, not for every row; COALESCE keeps the list from being
    // gone through source by source.
    scope.tx.each(
        entries!(
            "WHERE e.workspace_id = ? AND (e.day, e.id) < (?, ?) \
             AND (NOT EXISTS (SELECT 1 FROM source WHERE workspace_id = ? AND state <> 'published') \
             OR COALESCE(e.source_id, e.source_id) IN (SELECT id FROM source WHERE workspace_id = ? AND state = 'published')) \
             ORDER BY e.day DESC, e.id DESC LIMIT ?"
        ),
        &parameters,
        |row| take(&view(row)?),
    )
}

/// An entry that counts, on its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedRow {
    /// Who worked, as the log names them.
    pub person: String,
    /// Its day.
    pub day: i64,
    /// Its time.
    pub seconds: i64,
    /// When it began and ended, in seconds, where it has clock times.
    pub clock: Option<(i64, i64)>,
    /// Its activity.
    pub activity_id: Uuid,
}

/// The entries that count, between two days.
///
/// # Errors
/// [`StoreError`].
pub fn list_dated(
    scope: &mut Scope<'_, '_>,
    from: i64,
    to: i64,
) -> Result<Vec<DatedRow>, StoreError> {
    let parameters = scope.with([from.into(), to.into()]);
    scope.tx.query(
        "SELECT e.person, e.day, e.counted, e.start_at, e.end_at, w.activity_id FROM entry e \
         JOIN source s ON s.workspace_id = e.workspace_id AND s.id = e.source_id AND s.state = 'published' \
         JOIN wording w ON w.workspace_id = e.workspace_id AND w.id = e.wording_id \
         WHERE e.workspace_id = ? AND e.day >= ? AND e.day <= ? AND e.is_counted",
        &parameters,
        |row| {
            Ok(DatedRow {
                person: row.text(0)?,
                day: row.int(1)?,
                seconds: row.int(2)?,
                clock: row.opt_int(3)?.zip(row.opt_int(4)?),
                activity_id: row.id(5)?,
            })
        },
    )
}

/// The spans of entries that count and have clock times, between two days, for a picture of the week.
///
/// # Errors
/// [`StoreError`].
pub fn list_spans(
    scope: &mut Scope<'_, '_>,
    from: i64,
    to: i64,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let parameters = scope.with([from.into(), to.into()]);
    scope.tx.query(
        "SELECT e.start_at, e.end_at FROM entry e \
         JOIN source s ON s.workspace_id = e.workspace_id AND s.id = e.source_id AND s.state = 'published' \
         WHERE e.workspace_id = ? AND e.day >= ? AND e.day <= ? AND e.is_counted AND e.start_at IS NOT NULL",
        &parameters,
        |row| Ok((row.int(0)?, row.int(1)?)),
    )
}
