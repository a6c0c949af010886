//! Files of deliverables, kept in parts, so that a long one is never in memory as a whole.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Id.
    pub id: Uuid,
    /// The assignment.
    pub assignment_id: Uuid,
    /// The round it was handed in with; none before.
    pub round: Option<i64>,
    /// Its name.
    pub name: String,
    /// Its length.
    pub length: i64,
    /// How much has come.
    pub received: i64,
    /// Who sends it.
    pub created_by: Uuid,
    /// When it was begun.
    pub created_at: i64,
    /// Version, for changes.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<FileRow, StoreError> {
    Ok(FileRow {
        id: row.id(0)?,
        assignment_id: row.id(1)?,
        round: row.opt_int(2)?,
        name: row.text(3)?,
        length: row.int(4)?,
        received: row.int(5)?,
        created_by: row.id(6)?,
        created_at: row.int(7)?,
        version: row.int(8)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, assignment_id, round, name, length, received, created_by, created_at, version ",
            "FROM deliverable_file WHERE workspace_id = ? ",
            $which
        )
    };
}

/// The files of an assignment, in the order they came.
///
/// # Errors
/// [`StoreError`].
pub fn list_files(scope: &mut Scope<'_, '_>, assignment: Uuid) -> Result<Vec<FileRow>, StoreError> {
    let parameters = scope.with([assignment.into()]);
    scope.tx.query(
        select!("AND assignment_id = ? ORDER BY created_at, id"),
        &parameters,
        read,
    )
}

/// A file of an assignment.
///
/// # Errors
/// [`StoreError`].
pub fn load_file(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
    id: Uuid,
) -> Result<Option<FileRow>, StoreError> {
    let parameters = scope.with([assignment.into(), id.into()]);
    scope.tx.first(
        select!("AND assignment_id = ? AND id = ?"),
        &parameters,
        read,
    )
}

/// Adds a file of which nothing has come yet.
///
/// # Errors
/// [`StoreError::Missing`] where the assignment is not there.
pub fn insert_file(scope: &mut Scope<'_, '_>, row: &FileRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.id.into(),
        row.assignment_id.into(),
        row.round.into(),
        row.name.as_str().into(),
        row.length.into(),
        row.received.into(),
        row.created_by.into(),
        row.created_at.into(),
        row.version.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO deliverable_file (workspace_id, id, assignment_id, round, name, length, received, created_by, created_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Changes how much of a file has come, or with which round it was handed in, where nobody has since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_file(scope: &mut Scope<'_, '_>, row: &FileRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE deliverable_file SET round = ?, received = ?, version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?",
        &[
            row.round.into(),
            row.received.into(),
            workspace.into(),
            row.id.into(),
            row.version.into(),
        ],
    )
}

/// Says how long a file is of which that was not known before it had come, where nobody has changed it since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn end_file(scope: &mut Scope<'_, '_>, row: &FileRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE deliverable_file SET length = received, version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?",
        &[workspace.into(), row.id.into(), row.version.into()],
    )
}

/// Moves the files of a round from one assignment to another, and says how many there were.
///
/// # Errors
/// [`StoreError::Missing`] where the other assignment is not there.
pub fn move_files(
    scope: &mut Scope<'_, '_>,
    from: Uuid,
    to: Uuid,
    round: i64,
) -> Result<u64, StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute(
        "UPDATE deliverable_file SET assignment_id = ?, version = version + 1 WHERE workspace_id = ? AND assignment_id = ? AND round = ?",
        &[to.into(), workspace.into(), from.into(), round.into()],
    )
}

/// Removes a file with its parts.
///
/// # Errors
/// [`StoreError`].
pub fn remove_file(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([id.into()]);
    for sql in [
        "DELETE FROM upload_part WHERE workspace_id = ? AND upload_id = ?",
        "DELETE FROM upload WHERE workspace_id = ? AND id = ? AND state = 'given'",
        "DELETE FROM deliverable_part WHERE workspace_id = ? AND file_id = ?",
        "DELETE FROM deliverable_file WHERE workspace_id = ? AND id = ?",
    ] {
        scope.tx.execute(sql, &parameters)?;
    }
    Ok(())
}

/// Adds a part.
///
/// # Errors
/// [`StoreError::Conflict`] where that part is there already.
pub fn insert_part(
    scope: &mut Scope<'_, '_>,
    file: Uuid,
    start: i64,
    bytes: Vec<u8>,
) -> Result<(), StoreError> {
    let parameters = scope.with([file.into(), start.into(), bytes.into()]);
    scope.tx.execute_one(
        "INSERT INTO deliverable_part (workspace_id, file_id, start, bytes) VALUES (?, ?, ?, ?)",
        &parameters,
    )
}

/// The part that begins at a place, also where it is still to be moved to the others of its file.
///
/// # Errors
/// [`StoreError`].
pub fn load_part(
    scope: &mut Scope<'_, '_>,
    file: Uuid,
    start: i64,
) -> Result<Option<Vec<u8>>, StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.first(
        "SELECT bytes FROM deliverable_part WHERE workspace_id = ? AND file_id = ? AND start = ? UNION ALL \
         SELECT bytes FROM upload_part WHERE workspace_id = ? AND upload_id = ? AND start = ?",
        &[
            workspace.into(),
            file.into(),
            start.into(),
            workspace.into(),
            file.into(),
            start.into(),
        ],
        |row| row.bytes(0),
    )
}
