//! Versions of blueprints: at most the latest is a draft, a published one is never changed.

use uuid::Uuid;

use super::attachments::drop_attachments_of_draft;
use crate::{Row, Scope, StoreError, Value};

/// A version of a blueprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// The blueprint.
    pub blueprint_id: Uuid,
    /// Its number, from one.
    pub number: i64,
    /// The text, as Markdown; empty in a list.
    pub text: String,
    /// What its author noted.
    pub note: String,
    /// Who wrote it last.
    pub author_id: Uuid,
    /// The author's name; read only.
    pub author: String,
    /// When it was written last.
    pub changed_at: i64,
    /// When it was published, and by whom.
    pub published: Option<(i64, Uuid)>,
    /// It was published though nobody else had followed it.
    pub is_untested: bool,
    /// What somebody else had written in this draft before its author wrote over it; empty where nobody had, and in a list.
    pub replaced: String,
}

fn read(row: &Row<'_>) -> Result<VersionRow, StoreError> {
    Ok(VersionRow {
        blueprint_id: row.id(0)?,
        number: row.int(1)?,
        text: row.text(2)?,
        note: row.text(3)?,
        author_id: row.id(4)?,
        author: row.opt_text(5)?.unwrap_or_default(),
        changed_at: row.int(6)?,
        published: row.opt_int(7)?.zip(row.opt_id(8)?),
        is_untested: row.bool(9)?,
        replaced: row.text(10)?,
    })
}

macro_rules! select {
    ($text:literal, $replaced:literal, $which:literal) => {
        concat!(
            "SELECT v.blueprint_id, v.number, ",
            $text,
            ", v.note, v.author_id, a.name, v.changed_at, v.published_at, v.published_by, v.is_untested, ",
            $replaced,
            " FROM blueprint_version v LEFT JOIN account a ON a.id = v.author_id ",
            "WHERE v.workspace_id = ? AND v.blueprint_id = ? ",
            $which
        )
    };
}

/// The versions of a blueprint without their texts, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_versions(
    scope: &mut Scope<'_, '_>,
    blueprint: Uuid,
) -> Result<Vec<VersionRow>, StoreError> {
    let parameters = scope.with([blueprint.into()]);
    scope.tx.query(
        select!("''", "''", "ORDER BY v.number DESC"),
        &parameters,
        read,
    )
}

/// A version by its number.
///
/// # Errors
/// [`StoreError`].
pub fn load_version(
    scope: &mut Scope<'_, '_>,
    blueprint: Uuid,
    number: i64,
) -> Result<Option<VersionRow>, StoreError> {
    let parameters = scope.with([blueprint.into(), number.into()]);
    scope.tx.first(
        select!("v.text", "v.replaced", "AND v.number = ?"),
        &parameters,
        read,
    )
}

/// The newest texts of all blueprints with their titles, by title.
///
/// # Errors
/// [`StoreError`].
pub fn list_texts(scope: &mut Scope<'_, '_>) -> Result<Vec<(Uuid, String, String)>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT b.id, b.title, v.text FROM blueprint b \
         JOIN blueprint_version v ON v.workspace_id = b.workspace_id AND v.blueprint_id = b.id AND v.number = b.latest \
         WHERE b.workspace_id = ? ORDER BY b.title, b.id",
        &parameters,
        |row| Ok((row.id(0)?, row.text(1)?, row.text(2)?)),
    )
}

/// Adds a version.
///
/// # Errors
/// [`StoreError::Conflict`] where the number is taken.
pub fn insert_version(scope: &mut Scope<'_, '_>, version: &VersionRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        version.blueprint_id.into(),
        version.number.into(),
        version.text.as_str().into(),
        version.note.as_str().into(),
        version.author_id.into(),
        version.changed_at.into(),
        version.published.map(|(at, _)| at).into(),
        version.published.map(|(_, by)| by).into(),
        version.is_untested.into(),
        version.replaced.as_str().into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO blueprint_version (workspace_id, blueprint_id, number, text, note, author_id, changed_at, published_at, published_by, is_untested, replaced) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Changes a draft, or publishes it.
///
/// # Errors
/// [`StoreError::Conflict`] where it is published already.
pub fn update_draft(scope: &mut Scope<'_, '_>, version: &VersionRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let parameters: [Value; 11] = [
        version.text.as_str().into(),
        version.note.as_str().into(),
        version.author_id.into(),
        version.changed_at.into(),
        version.published.map(|(at, _)| at).into(),
        version.published.map(|(_, by)| by).into(),
        version.is_untested.into(),
        version.replaced.as_str().into(),
        workspace.into(),
        version.blueprint_id.into(),
        version.number.into(),
    ];
    scope.tx.execute_one(
        "UPDATE blueprint_version SET text = ?, note = ?, author_id = ?, changed_at = ?, published_at = ?, published_by = ?, is_untested = ?, replaced = ? \
         WHERE workspace_id = ? AND blueprint_id = ? AND number = ? AND published_at IS NULL",
        &parameters,
    )
}

/// Removes a draft with its test runs, and undoes what it did with attachments.
///
/// # Errors
/// [`StoreError::Conflict`] where it is published or not there.
pub fn remove_draft(
    scope: &mut Scope<'_, '_>,
    blueprint: Uuid,
    number: i64,
) -> Result<(), StoreError> {
    drop_attachments_of_draft(scope, blueprint, number)?;
    let parameters = scope.with([blueprint.into(), number.into()]);
    scope.tx.execute(
        "DELETE FROM test_run WHERE workspace_id = ? AND blueprint_id = ? AND number = ?",
        &parameters,
    )?;
    scope.tx.execute_one(
        "DELETE FROM blueprint_version WHERE workspace_id = ? AND blueprint_id = ? AND number = ? AND published_at IS NULL",
        &parameters,
    )
}
