//! Attachments of blueprints: files that belong to versions of them, kept in parts.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// A file of a blueprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    /// Id.
    pub id: Uuid,
    /// The blueprint.
    pub blueprint_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its length, in bytes.
    pub length: i64,
    /// The number of the version it came with.
    pub since: i64,
    /// The number of the first version that does not have it any more.
    pub gone: Option<i64>,
    /// Who attached it.
    pub created_by: Uuid,
    /// When.
    pub created_at: i64,
}

fn read(row: &Row<'_>) -> Result<AttachmentRow, StoreError> {
    Ok(AttachmentRow {
        id: row.id(0)?,
        blueprint_id: row.id(1)?,
        name: row.text(2)?,
        length: row.int(3)?,
        since: row.int(4)?,
        gone: row.opt_int(5)?,
        created_by: row.id(6)?,
        created_at: row.int(7)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, blueprint_id, name, length, since, gone, created_by, created_at FROM attachment WHERE workspace_id = ? ",
            $which
        )
    };
}

/// The attachments of a version, by name.
///
/// # Errors
/// [`StoreError`].
pub fn list_attachments(
    scope: &mut Scope<'_, '_>,
    blueprint: Uuid,
    number: i64,
) -> Result<Vec<AttachmentRow>, StoreError> {
    let parameters = scope.with([blueprint.into(), number.into(), number.into()]);
    scope.tx.query(
        select!(
            "AND blueprint_id = ? AND since <= ? AND (gone IS NULL OR gone > ?) ORDER BY name, id"
        ),
        &parameters,
        read,
    )
}

/// The attachments of the newest versions of all blueprints, by blueprint and name.
///
/// # Errors
/// [`StoreError`].
pub fn list_newest_attachments(
    scope: &mut Scope<'_, '_>,
) -> Result<Vec<AttachmentRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        select!("AND gone IS NULL ORDER BY blueprint_id, name, id"),
        &parameters,
        read,
    )
}

/// An attachment of a blueprint, whichever version has it.
///
/// # Errors
/// [`StoreError`].
pub fn load_attachment(
    scope: &mut Scope<'_, '_>,
    blueprint: Uuid,
    id: Uuid,
) -> Result<Option<AttachmentRow>, StoreError> {
    let parameters = scope.with([blueprint.into(), id.into()]);
    scope.tx.first(
        select!("AND blueprint_id = ? AND id = ?"),
        &parameters,
        read,
    )
}

/// Adds an attachment; its parts come behind it.
///
/// # Errors
/// [`StoreError::Missing`] where the blueprint is not there.
pub fn insert_attachment(scope: &mut Scope<'_, '_>, row: &AttachmentRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.id.into(),
        row.blueprint_id.into(),
        row.name.as_str().into(),
        row.length.into(),
        row.since.into(),
        row.gone.into(),
        row.created_by.into(),
        row.created_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO attachment (workspace_id, id, blueprint_id, name, length, since, gone, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Takes an attachment out of the draft of a number: versions before keep it, and one that came with the draft is removed.
///
/// # Errors
/// [`StoreError`].
pub fn end_attachment(
    scope: &mut Scope<'_, '_>,
    row: &AttachmentRow,
    draft: i64,
) -> Result<(), StoreError> {
    let parameters = scope.with([row.id.into()]);
    if row.since < draft {
        let workspace = scope.workspace().0;
        return scope.tx.execute_one(
            "UPDATE attachment SET gone = ? WHERE workspace_id = ? AND id = ?",
            &[draft.into(), workspace.into(), row.id.into()],
        );
    }
    for sql in [
        "DELETE FROM attachment_part WHERE workspace_id = ? AND attachment_id = ?",
        "DELETE FROM attachment WHERE workspace_id = ? AND id = ?",
    ] {
        scope.tx.execute(sql, &parameters)?;
    }
    Ok(())
}

/// Undoes what a draft did with attachments: those that came with it are removed, those it took out are there again.
///
/// # Errors
/// [`StoreError`].
pub fn drop_attachments_of_draft(
    scope: &mut Scope<'_, '_>,
    blueprint: Uuid,
    draft: i64,
) -> Result<(), StoreError> {
    let parameters = scope.with([blueprint.into(), draft.into()]);
    for sql in [
        "DELETE FROM attachment_part WHERE workspace_id = ? AND attachment_id IN (SELECT id FROM attachment WHERE workspace_id = attachment_part.workspace_id AND blueprint_id = ? AND since = ?)",
        "DELETE FROM attachment WHERE workspace_id = ? AND blueprint_id = ? AND since = ?",
        "UPDATE attachment SET gone = NULL WHERE workspace_id = ? AND blueprint_id = ? AND gone = ?",
    ] {
        scope.tx.execute(sql, &parameters)?;
    }
    Ok(())
}

/// Adds a part.
///
/// # Errors
/// [`StoreError::Conflict`] where that part is there already.
pub fn insert_attachment_part(
    scope: &mut Scope<'_, '_>,
    attachment: Uuid,
    start: i64,
    bytes: Vec<u8>,
) -> Result<(), StoreError> {
    let parameters = scope.with([attachment.into(), start.into(), bytes.into()]);
    scope.tx.execute_one(
        "INSERT INTO attachment_part (workspace_id, attachment_id, start, bytes) VALUES (?, ?, ?, ?)",
        &parameters,
    )
}

/// The part that begins at a place.
///
/// # Errors
/// [`StoreError`].
pub fn load_attachment_part(
    scope: &mut Scope<'_, '_>,
    attachment: Uuid,
    start: i64,
) -> Result<Option<Vec<u8>>, StoreError> {
    let parameters = scope.with([attachment.into(), start.into()]);
    scope.tx.first(
        "SELECT bytes FROM attachment_part WHERE workspace_id = ? AND attachment_id = ? AND start = ?",
        &parameters,
        |row| row.bytes(0),
    )
}

/// The parts of an attachment, in their order.
///
/// # Errors
/// [`StoreError`].
pub fn list_attachment_parts(
    scope: &mut Scope<'_, '_>,
    attachment: Uuid,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let parameters = scope.with([attachment.into()]);
    scope.tx.query(
        "SELECT bytes FROM attachment_part WHERE workspace_id = ? AND attachment_id = ? ORDER BY start",
        &parameters,
        |row| row.bytes(0),
    )
}
