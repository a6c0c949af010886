//! The entries of an activity, as far as a first draft of its blueprint is made of them.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// An entry of an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkRow {
    /// Its wording.
    pub wording_id: Uuid,
    /// What was written.
    pub description: String,
    /// Task.
    pub task: String,
    /// Project.
    pub project: String,
    /// Tags.
    pub tags: String,
    /// Day since 1970.
    pub day: Option<i64>,
    /// Start, seconds since 1970 in UTC.
    pub start_at: Option<i64>,
    /// Length.
    pub seconds: i64,
}

/// The latest entries of an activity that count, in the order of their days and starts.
///
/// # Errors
/// [`StoreError`].
pub fn list_work(
    scope: &mut Scope<'_, '_>,
    activity: Uuid,
    most: u32,
) -> Result<Vec<WorkRow>, StoreError> {
    let parameters = scope.with([activity.into(), i64::from(most).into()]);
    let mut rows = scope.tx.query(
        "SELECT e.wording_id, e.description, e.task, e.project, e.tags, e.day, e.start_at, e.seconds FROM entry e \
         JOIN source s ON s.workspace_id = e.workspace_id AND s.id = e.source_id AND s.state = 'published' \
         JOIN wording w ON w.workspace_id = e.workspace_id AND w.id = e.wording_id \
         WHERE e.workspace_id = ? AND w.activity_id = ? AND e.is_counted ORDER BY e.day DESC, e.id DESC LIMIT ?",
        &parameters,
        |row| {
            Ok(WorkRow {
                wording_id: row.id(0)?,
                description: row.text(1)?,
                task: row.text(2)?,
                project: row.text(3)?,
                tags: row.text(4)?,
                day: row.opt_int(5)?,
                start_at: row.opt_int(6)?,
                seconds: row.int(7)?,
            })
        },
    )?;
    rows.sort_by_key(|row| (row.day, row.start_at));
    Ok(rows)
}

/// Drafts that workers wrote and nobody has published, the latest first: id, title, the person who wrote it, and when.
///
/// # Errors
/// [`StoreError`].
pub fn list_drafts_of_workers(
    scope: &mut Scope<'_, '_>,
    most: u32,
) -> Result<Vec<(Uuid, String, Uuid, i64)>, StoreError> {
    let parameters = scope.with([i64::from(most).into()]);
    scope.tx.query(
        "SELECT b.id, b.title, p.id, v.changed_at FROM blueprint b \
         JOIN blueprint_version v ON v.workspace_id = b.workspace_id AND v.blueprint_id = b.id AND v.number = b.latest \
         JOIN member m ON m.workspace_id = b.workspace_id AND m.account_id = v.author_id AND m.role = 'worker' \
         JOIN person p ON p.workspace_id = b.workspace_id AND p.account_id = v.author_id \
         WHERE b.workspace_id = ? AND b.published = 0 ORDER BY b.changed_at DESC, b.id LIMIT ?",
        &parameters,
        |row| Ok((row.id(0)?, row.text(1)?, row.id(2)?, row.int(3)?)),
    )
}
