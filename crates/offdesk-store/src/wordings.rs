//! Wordings: entries that say the same, though they are written differently. Each belongs to an activity.

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Value};

/// A wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordingRow {
    /// Id.
    pub id: Uuid,
    /// What it is known by: a digest of what its entries have in common.
    pub digest: [u8; 16],
    /// The first entry's text.
    pub description: String,
    /// Its project, where the text alone says nothing.
    pub project: String,
    /// Its task.
    pub task: String,
    /// Its tags.
    pub tags: String,
    /// The activity.
    pub activity_id: Uuid,
}

fn read(row: &Row<'_>) -> Result<WordingRow, StoreError> {
    let digest = row.bytes(1)?;
    Ok(WordingRow {
        id: row.id(0)?,
        digest: digest
            .try_into()
            .map_err(|_| StoreError::Damaged("a wording's digest".to_owned()))?,
        description: row.text(2)?,
        project: row.text(3)?,
        task: row.text(4)?,
        tags: row.text(5)?,
        activity_id: row.id(6)?,
    })
}

/// The id of the wording that is known by a digest.
///
/// # Errors
/// [`StoreError`].
pub fn find_wording(
    scope: &mut Scope<'_, '_>,
    digest: [u8; 16],
) -> Result<Option<Uuid>, StoreError> {
    let parameters = scope.with([digest.into()]);
    scope.tx.first(
        "SELECT id FROM wording WHERE workspace_id = ? AND digest = ?",
        &parameters,
        |row| row.id(0),
    )
}

/// Whether there are more wordings than so many.
///
/// # Errors
/// [`StoreError`].
pub fn has_more(scope: &mut Scope<'_, '_>, than: u32) -> Result<bool, StoreError> {
    let parameters = scope.with([i64::from(than).into()]);
    let found = scope.tx.first(
        "SELECT 1 FROM wording WHERE workspace_id = ? ORDER BY id LIMIT 1 OFFSET ?",
        &parameters,
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// How many wordings an activity has.
///
/// # Errors
/// [`StoreError`].
pub fn count_of_activity(scope: &mut Scope<'_, '_>, activity: Uuid) -> Result<u64, StoreError> {
    let parameters = scope.with([activity.into()]);
    let count = scope.tx.first(
        "SELECT COUNT(*) FROM wording WHERE workspace_id = ? AND activity_id = ?",
        &parameters,
        |row| row.count(0),
    )?;
    Ok(count.unwrap_or(0))
}

/// All wordings.
///
/// # Errors
/// [`StoreError`].
pub fn list_wordings(scope: &mut Scope<'_, '_>) -> Result<Vec<WordingRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT id, digest, description, project, task, tags, activity_id FROM wording WHERE workspace_id = ? ORDER BY id",
        &parameters,
        read,
    )
}

/// The wordings of an activity with the time of their entries that count, the most time first.
///
/// # Errors
/// [`StoreError`].
pub fn list_of_activity(
    scope: &mut Scope<'_, '_>,
    activity: Uuid,
) -> Result<Vec<(WordingRow, u64, i64)>, StoreError> {
    let parameters = scope.with([activity.into()]);
    scope.tx.query(
        "SELECT w.id, w.digest, w.description, w.project, w.task, w.tags, w.activity_id, CAST(COALESCE(SUM(CASE WHEN s.id IS NULL THEN 0 ELSE t.entries END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN s.id IS NULL THEN 0 ELSE t.seconds END), 0) AS BIGINT) AS spent \
         FROM wording w LEFT JOIN wording_time t ON t.workspace_id = w.workspace_id AND t.wording_id = w.id \
         LEFT JOIN source s ON s.workspace_id = t.workspace_id AND s.id = t.source_id AND s.state = 'published' \
         WHERE w.workspace_id = ? AND w.activity_id = ? \
         GROUP BY w.id, w.digest, w.description, w.project, w.task, w.tags, w.activity_id ORDER BY spent DESC, w.id",
        &parameters,
        |row| Ok((read(row)?, row.count(7)?, row.int(8)?)),
    )
}

/// Adds wordings.
///
/// # Errors
/// [`StoreError`].
pub fn insert_wordings(
    scope: &mut Scope<'_, '_>,
    wordings: &[WordingRow],
) -> Result<(), StoreError> {
    for wording in wordings {
        let parameters = scope.with([
            wording.id.into(),
            wording.digest.into(),
            wording.description.as_str().into(),
            wording.project.as_str().into(),
            wording.task.as_str().into(),
            wording.tags.as_str().into(),
            wording.activity_id.into(),
        ]);
        scope.tx.execute_one(
            "INSERT INTO wording (workspace_id, id, digest, description, project, task, tags, activity_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            &parameters,
        )?;
    }
    Ok(())
}

/// Moves a wording of an activity to another one, and says whether it was there.
///
/// # Errors
/// [`StoreError`].
pub fn move_wording(
    scope: &mut Scope<'_, '_>,
    id: Uuid,
    from: Uuid,
    to: Uuid,
) -> Result<bool, StoreError> {
    let workspace = scope.workspace().0;
    let parameters: [Value; 4] = [to.into(), workspace.into(), id.into(), from.into()];
    let moved = scope.tx.execute(
        "UPDATE wording SET activity_id = ? WHERE workspace_id = ? AND id = ? AND activity_id = ?",
        &parameters,
    )?;
    if moved == 1 {
        crate::times::follow_wording(scope, id, to)?;
    }
    Ok(moved == 1)
}
