//! Lines that somebody typed, one by one: they are listed, changed and removed, where those of a file stay as the file has them.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// A typed line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedRow {
    /// Id.
    pub id: Uuid,
    /// Its day.
    pub day: i64,
    /// How long it took.
    pub seconds: i64,
    /// The seconds that count.
    pub counted: i64,
    /// What it was.
    pub text: String,
}

fn read(row: &Row<'_>) -> Result<TypedRow, StoreError> {
    Ok(TypedRow {
        id: row.id(0)?,
        day: row.int(1)?,
        seconds: row.int(2)?,
        counted: if row.bool(4)? { row.int(3)? } else { 0 },
        text: row.text(5)?,
    })
}

/// The typed lines of a source before a day and an id, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_typed(
    scope: &mut Scope<'_, '_>,
    source: Uuid,
    (day, id): (i64, Uuid),
    most: u32,
) -> Result<Vec<TypedRow>, StoreError> {
    let parameters = scope.with([
        source.into(),
        day.into(),
        day.into(),
        id.into(),
        i64::from(most).into(),
    ]);
    scope.tx.query(
        "SELECT id, day, seconds, counted, is_counted, description FROM entry \
         WHERE workspace_id = ? AND source_id = ? AND day IS NOT NULL AND (day < ? OR (day = ? AND id < ?)) ORDER BY day DESC, id DESC LIMIT ?",
        &parameters,
        read,
    )
}

/// A typed line of a source.
///
/// # Errors
/// [`StoreError`].
pub fn load_typed(
    scope: &mut Scope<'_, '_>,
    source: Uuid,
    id: Uuid,
) -> Result<Option<TypedRow>, StoreError> {
    let parameters = scope.with([source.into(), id.into()]);
    scope.tx.first(
        "SELECT id, day, seconds, counted, is_counted, description FROM entry \
         WHERE workspace_id = ? AND source_id = ? AND id = ? AND day IS NOT NULL",
        &parameters,
        read,
    )
}

/// Changes a typed line of a source; all of it counts until it is held against others again.
///
/// # Errors
/// [`StoreError::Conflict`] where it is not there.
pub fn change_typed(
    scope: &mut Scope<'_, '_>,
    source: Uuid,
    wording: Uuid,
    line: &TypedRow,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE entry SET wording_id = ?, description = ?, day = ?, seconds = ?, counted = ?, is_counted = ? \
         WHERE workspace_id = ? AND source_id = ? AND id = ?",
        &[
            wording.into(),
            line.text.as_str().into(),
            line.day.into(),
            line.seconds.into(),
            line.seconds.into(),
            true.into(),
            workspace.into(),
            source.into(),
            line.id.into(),
        ],
    )
}

/// Removes a typed line of a source.
///
/// # Errors
/// [`StoreError::Conflict`] where it is not there.
pub fn remove_typed(scope: &mut Scope<'_, '_>, source: Uuid, id: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([source.into(), id.into()]);
    scope.tx.execute_one(
        "DELETE FROM entry WHERE workspace_id = ? AND source_id = ? AND id = ?",
        &parameters,
    )
}

/// Lets a source say what its entries come to: their number, their time, their first and their last day. Gives their number.
///
/// # Errors
/// [`StoreError::Conflict`] where it does not count any more.
pub fn recount_source(scope: &mut Scope<'_, '_>, source: Uuid) -> Result<u64, StoreError> {
    let parameters = scope.with([source.into()]);
    let (entries, seconds, first, last) = scope
        .tx
        .first(
            "SELECT COUNT(*), CAST(COALESCE(SUM(seconds), 0) AS BIGINT), MIN(day), MAX(day) FROM entry WHERE workspace_id = ? AND source_id = ?",
            &parameters,
            |row| Ok((row.count(0)?, row.int(1)?, row.opt_int(2)?, row.opt_int(3)?)),
        )?
        .unwrap_or_default();
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE source SET entries = ?, seconds = ?, first_day = ?, last_day = ?, version = version + 1 \
         WHERE workspace_id = ? AND id = ? AND state = 'published'",
        &[
            entries.into(),
            seconds.into(),
            first.into(),
            last.into(),
            workspace.into(),
            source.into(),
        ],
    )?;
    Ok(entries)
}
