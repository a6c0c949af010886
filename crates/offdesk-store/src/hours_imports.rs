//! Files of hours that a tracker exported: what became of them, the rows that came of them, and what was said about rows that named no handoff.

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Value};

/// A file of hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursImportRow {
    /// Id.
    pub id: Uuid,
    /// Whose hours.
    pub person_id: Uuid,
    /// The name of the file.
    pub file: String,
    /// Its format, once it was read.
    pub format: String,
    /// Where it stands: `looked_at`, `imported` or `undone`.
    pub state: String,
    /// So many rows were imported.
    pub entries: i64,
    /// So much time.
    pub seconds: i64,
    /// Who brought it.
    pub created_by: Uuid,
    /// When.
    pub created_at: i64,
    /// When something happened last.
    pub changed_at: i64,
    /// Version, for changes.
    pub version: i64,
}

/// A row of a file that was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursRow {
    /// What tells it from others.
    pub hash: Vec<u8>,
    /// Under which handoff.
    pub handoff_id: Uuid,
    /// On which day.
    pub day: i64,
    /// How long.
    pub seconds: i64,
}

fn read(row: &Row<'_>) -> Result<HoursImportRow, StoreError> {
    Ok(HoursImportRow {
        id: row.id(0)?,
        person_id: row.id(1)?,
        file: row.text(2)?,
        format: row.text(3)?,
        state: row.text(4)?,
        entries: row.int(5)?,
        seconds: row.int(6)?,
        created_by: row.id(7)?,
        created_at: row.int(8)?,
        changed_at: row.int(9)?,
        version: row.int(10)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, person_id, file, format, state, entries, seconds, created_by, created_at, changed_at, version FROM hours_import ",
            "WHERE workspace_id = ? ",
            $which
        )
    };
}

/// Keeps a file to be looked at.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such person.
pub fn insert_hours_import(
    scope: &mut Scope<'_, '_>,
    row: &HoursImportRow,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.id.into(),
        row.person_id.into(),
        row.file.as_str().into(),
        row.format.as_str().into(),
        row.state.as_str().into(),
        Value::Bytes(bytes.to_vec()),
        row.entries.into(),
        row.seconds.into(),
        row.created_by.into(),
        row.created_at.into(),
        row.changed_at.into(),
        row.version.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO hours_import (workspace_id, id, person_id, file, format, state, bytes, entries, seconds, created_by, created_at, changed_at, version) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// A file of hours of a person.
///
/// # Errors
/// [`StoreError`].
pub fn load_hours_import(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    id: Uuid,
) -> Result<Option<HoursImportRow>, StoreError> {
    let parameters = scope.with([person.into(), id.into()]);
    scope
        .tx
        .first(select!("AND person_id = ? AND id = ?"), &parameters, read)
}

/// What is in a file that is looked at.
///
/// # Errors
/// [`StoreError`].
pub fn load_hours_bytes(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<Vec<u8>, StoreError> {
    let parameters = scope.with([id.into()]);
    let bytes = scope.tx.first(
        "SELECT bytes FROM hours_import WHERE workspace_id = ? AND id = ?",
        &parameters,
        |row| row.bytes(0),
    )?;
    Ok(bytes.unwrap_or_default())
}

/// The files of hours of a person before an id, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_hours_imports(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    before: Option<Uuid>,
    most: u32,
) -> Result<Vec<HoursImportRow>, StoreError> {
    let before = before.unwrap_or(Uuid::max());
    let parameters = scope.with([person.into(), before.into(), i64::from(most).into()]);
    scope.tx.query(
        select!("AND person_id = ? AND id < ? ORDER BY id DESC LIMIT ?"),
        &parameters,
        read,
    )
}

/// Notes what became of a file, where nobody has since it was read; what is in it goes.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_hours_import(
    scope: &mut Scope<'_, '_>,
    row: &HoursImportRow,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE hours_import SET format = ?, state = ?, bytes = ?, entries = ?, seconds = ?, changed_at = ?, version = version + 1 \
         WHERE workspace_id = ? AND id = ? AND version = ?",
        &[
            row.format.as_str().into(),
            row.state.as_str().into(),
            Value::Bytes(Vec::new()),
            row.entries.into(),
            row.seconds.into(),
            row.changed_at.into(),
            workspace.into(),
            row.id.into(),
            row.version.into(),
        ],
    )
}

/// Adds the rows of a file that is imported.
///
/// # Errors
/// [`StoreError::Conflict`] where one of them is there already.
pub fn insert_hours_rows(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    import: Uuid,
    rows: &[HoursRow],
) -> Result<(), StoreError> {
    for row in rows {
        let parameters = scope.with([
            person.into(),
            Value::Bytes(row.hash.clone()),
            import.into(),
            row.handoff_id.into(),
            row.day.into(),
            row.seconds.into(),
        ]);
        scope.tx.execute_one(
            "INSERT INTO hours_row (workspace_id, person_id, row_hash, import_id, handoff_id, day, seconds) VALUES (?, ?, ?, ?, ?, ?, ?)",
            &parameters,
        )?;
    }
    Ok(())
}

/// The hashes of all rows of a person that were imported.
///
/// # Errors
/// [`StoreError`].
pub fn list_hours_hashes(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let parameters = scope.with([person.into()]);
    scope.tx.query(
        "SELECT row_hash FROM hours_row WHERE workspace_id = ? AND person_id = ? ORDER BY row_hash",
        &parameters,
        |row| row.bytes(0),
    )
}

/// The rows of a file, by day and handoff.
///
/// # Errors
/// [`StoreError`].
pub fn list_hours_rows(
    scope: &mut Scope<'_, '_>,
    import: Uuid,
) -> Result<Vec<HoursRow>, StoreError> {
    let parameters = scope.with([import.into()]);
    scope.tx.query(
        "SELECT row_hash, handoff_id, day, seconds FROM hours_row WHERE workspace_id = ? AND import_id = ? ORDER BY day, handoff_id, row_hash",
        &parameters,
        |row| {
            Ok(HoursRow {
                hash: row.bytes(0)?,
                handoff_id: row.id(1)?,
                day: row.int(2)?,
                seconds: row.int(3)?,
            })
        },
    )
}

/// Removes the rows of a file, so that it can be imported again.
///
/// # Errors
/// [`StoreError`].
pub fn remove_hours_rows(scope: &mut Scope<'_, '_>, import: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([import.into()]);
    scope.tx.execute(
        "DELETE FROM hours_row WHERE workspace_id = ? AND import_id = ?",
        &parameters,
    )?;
    Ok(())
}

/// Notes which handoff rows are for that name none, or several; none where they are for none.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such handoff.
pub fn save_hours_match(
    scope: &mut Scope<'_, '_>,
    (person, key): (Uuid, &str),
    handoff: Option<Uuid>,
    now: i64,
) -> Result<(), StoreError> {
    let parameters = scope.with([person.into(), key.into(), handoff.into(), now.into()]);
    scope.tx.execute_one(
        "INSERT INTO hours_match (workspace_id, person_id, match_key, handoff_id, changed_at) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (workspace_id, person_id, match_key) DO UPDATE SET handoff_id = excluded.handoff_id, changed_at = excluded.changed_at",
        &parameters,
    )
}

/// What was said about rows of a person.
///
/// # Errors
/// [`StoreError`].
pub fn list_hours_matches(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
) -> Result<Vec<(String, Option<Uuid>)>, StoreError> {
    let parameters = scope.with([person.into()]);
    scope.tx.query(
        "SELECT match_key, handoff_id FROM hours_match WHERE workspace_id = ? AND person_id = ? ORDER BY match_key",
        &parameters,
        |row| Ok((row.text(0)?, row.opt_id(1)?)),
    )
}
