//! Sources: what was imported, each as one batch that can be undone.

mod removing;
mod renewing;

use uuid::Uuid;

pub use self::removing::{list_left_over, remove_entries, remove_unseen};
pub use self::renewing::{move_entries, remove_entry};
use crate::{Row, Scope, StoreError};

/// An import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Id.
    pub id: Uuid,
    /// Number within the workspace, from 1.
    pub number: i64,
    /// Format id.
    pub format: String,
    /// The format in words.
    pub label: String,
    /// File name.
    pub file: String,
    /// Hash of the file and of how it was read.
    pub digest: Vec<u8>,
    /// How its entries are known: `measured`, `implied`, `remembered`.
    pub kind: String,
    /// Rows looked at.
    pub rows: u64,
    /// Entries taken.
    pub entries: u64,
    /// Their length.
    pub seconds: i64,
    /// Rows left out.
    pub skipped: u64,
    /// Those of them that were not understood.
    pub bad: u64,
    /// First and last day.
    pub days: Option<(i64, i64)>,
    /// Its entries are totals without days of their own.
    pub has_totals: bool,
    /// Questions, decisions and problems, as JSON.
    pub remarks: String,
    /// `reading`, `published` or `undone`.
    pub state: String,
    /// Who imported it.
    pub created_by: Uuid,
    /// When.
    pub created_at: i64,
    /// Version, for changes.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<SourceRow, StoreError> {
    let (first, last) = (row.opt_int(12)?, row.opt_int(13)?);
    Ok(SourceRow {
        id: row.id(0)?,
        number: row.int(1)?,
        format: row.text(2)?,
        label: row.text(3)?,
        file: row.text(4)?,
        digest: row.bytes(5)?,
        kind: row.text(6)?,
        rows: row.count(7)?,
        entries: row.count(8)?,
        seconds: row.int(9)?,
        skipped: row.count(10)?,
        bad: row.count(11)?,
        days: first.zip(last),
        has_totals: row.bool(14)?,
        remarks: row.text(15)?,
        state: row.text(16)?,
        created_by: row.id(17)?,
        created_at: row.int(18)?,
        version: row.int(19)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, number, format, label, file, digest, kind, line_count, entries, seconds, skipped, bad, ",
            "first_day, last_day, has_totals, remarks, state, created_by, created_at, version ",
            "FROM source WHERE workspace_id = ? AND ",
            $which
        )
    };
}

/// All imports that were not undone, in their order; those that are being read, too.
///
/// # Errors
/// [`StoreError`].
pub fn list_sources(scope: &mut Scope<'_, '_>) -> Result<Vec<SourceRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        select!("state <> 'undone' ORDER BY number"),
        &parameters,
        read,
    )
}

/// The imports that count, in their order.
///
/// # Errors
/// [`StoreError`].
pub fn list_published(scope: &mut Scope<'_, '_>) -> Result<Vec<SourceRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        select!("state = 'published' ORDER BY number"),
        &parameters,
        read,
    )
}

/// The first import of a format that counts.
///
/// # Errors
/// [`StoreError`].
pub fn find_published(
    scope: &mut Scope<'_, '_>,
    format: &str,
) -> Result<Option<SourceRow>, StoreError> {
    let parameters = scope.with([format.into()]);
    scope.tx.first(
        select!("state = 'published' AND format = ? ORDER BY number LIMIT 1"),
        &parameters,
        read,
    )
}

/// Whether another import that counts has days from one day to another.
///
/// # Errors
/// [`StoreError`].
pub fn has_others_between(
    scope: &mut Scope<'_, '_>,
    source: Uuid,
    from: i64,
    to: i64,
) -> Result<bool, StoreError> {
    let parameters = scope.with([source.into(), from.into(), to.into()]);
    let found = scope.tx.first(
        "SELECT 1 FROM source WHERE workspace_id = ? AND state = 'published' AND id <> ? AND last_day >= ? AND first_day <= ? LIMIT 1",
        &parameters,
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// An import by its number, in whatever state.
///
/// # Errors
/// [`StoreError`].
pub fn load_source(
    scope: &mut Scope<'_, '_>,
    number: i64,
) -> Result<Option<SourceRow>, StoreError> {
    let parameters = scope.with([number.into()]);
    scope.tx.first(select!("number = ?"), &parameters, read)
}

/// The number the next import has.
///
/// # Errors
/// [`StoreError`].
pub fn next_number(scope: &mut Scope<'_, '_>) -> Result<i64, StoreError> {
    let parameters = scope.with([]);
    let last = scope.tx.first(
        "SELECT COALESCE(MAX(number), 0) FROM source WHERE workspace_id = ?",
        &parameters,
        |row| row.int(0),
    )?;
    Ok(last.unwrap_or(0) + 1)
}

/// Adds an import.
///
/// # Errors
/// [`StoreError`].
pub fn insert_source(scope: &mut Scope<'_, '_>, source: &SourceRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        source.id.into(),
        source.number.into(),
        source.format.as_str().into(),
        source.label.as_str().into(),
        source.file.as_str().into(),
        source.digest.clone().into(),
        source.kind.as_str().into(),
        source.rows.into(),
        source.entries.into(),
        source.seconds.into(),
        source.skipped.into(),
        source.bad.into(),
        source.days.map(|days| days.0).into(),
        source.days.map(|days| days.1).into(),
        source.has_totals.into(),
        source.remarks.as_str().into(),
        source.state.as_str().into(),
        source.created_by.into(),
        source.created_at.into(),
        source.version.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO source (workspace_id, id, number, format, label, file, digest, kind, line_count, entries, seconds, skipped, bad, first_day, last_day, has_totals, remarks, state, created_by, created_at, version) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Changes what was read of an import and its state.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has changed it meanwhile.
pub fn update_source(scope: &mut Scope<'_, '_>, source: &SourceRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE source SET line_count = ?, entries = ?, seconds = ?, skipped = ?, bad = ?, first_day = ?, last_day = ?, has_totals = ?, remarks = ?, state = ?, version = version + 1 \
         WHERE workspace_id = ? AND id = ? AND version = ?",
        &[
            source.rows.into(),
            source.entries.into(),
            source.seconds.into(),
            source.skipped.into(),
            source.bad.into(),
            source.days.map(|days| days.0).into(),
            source.days.map(|days| days.1).into(),
            source.has_totals.into(),
            source.remarks.as_str().into(),
            source.state.as_str().into(),
            workspace.into(),
            source.id.into(),
            source.version.into(),
        ],
    )
}

/// Adds entries to what an import that counts has, and says how many lines it has had. Of several who add at once each adds its own.
///
/// # Errors
/// [`StoreError::Conflict`] where the import does not count any more.
pub fn grow_source(
    scope: &mut Scope<'_, '_>,
    source: Uuid,
    (entries, seconds): (u64, i64),
    days: Option<(i64, i64)>,
) -> Result<u64, StoreError> {
    let workspace = scope.workspace().0;
    let (first, last) = (days.map(|days| days.0), days.map(|days| days.1));
    let grown = scope.tx.first(
        "UPDATE source SET line_count = line_count + ?, entries = entries + ?, seconds = seconds + ?, \
         first_day = CASE WHEN first_day <= ? THEN first_day ELSE COALESCE(?, first_day) END, \
         last_day = CASE WHEN last_day >= ? THEN last_day ELSE COALESCE(?, last_day) END, version = version + 1 \
         WHERE workspace_id = ? AND id = ? AND state = 'published' RETURNING line_count",
        &[
            entries.into(),
            entries.into(),
            seconds.into(),
            first.into(),
            first.into(),
            last.into(),
            last.into(),
            workspace.into(),
            source.into(),
        ],
        |row| row.count(0),
    )?;
    grown.ok_or(StoreError::Conflict)
}
