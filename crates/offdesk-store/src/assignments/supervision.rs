//! What the owner spent on a handoff besides its price.

use uuid::Uuid;

use crate::handoffs::sums::add_spent;
use crate::{Row, Scope, StoreError};

/// Time spent on a handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupervisionRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// Id.
    pub id: Uuid,
    /// The assignment, where it was about one.
    pub assignment_id: Option<Uuid>,
    /// What was done: `reviewing`, `answering` or `reworking`.
    pub kind: String,
    /// Seconds the page took.
    pub captured: i64,
    /// Seconds that count.
    pub seconds: i64,
    /// Whose time it was.
    pub account_id: Uuid,
    /// When.
    pub created_at: i64,
    /// Version, for changes.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<SupervisionRow, StoreError> {
    Ok(SupervisionRow {
        handoff_id: row.id(0)?,
        id: row.id(1)?,
        assignment_id: row.opt_id(2)?,
        kind: row.text(3)?,
        captured: row.int(4)?,
        seconds: row.int(5)?,
        account_id: row.id(6)?,
        created_at: row.int(7)?,
        version: row.int(8)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT handoff_id, id, assignment_id, kind, captured, seconds, account_id, created_at, version ",
            "FROM supervision WHERE workspace_id = ? ",
            $which
        )
    };
}

/// The latest time spent on a handoff, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_supervision(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    most: u32,
) -> Result<Vec<SupervisionRow>, StoreError> {
    let parameters = scope.with([handoff.into(), i64::from(most).into()]);
    scope.tx.query(
        select!("AND handoff_id = ? ORDER BY id DESC LIMIT ?"),
        &parameters,
        read,
    )
}

/// The time spent on an assignment, the first first.
///
/// # Errors
/// [`StoreError`].
pub fn list_of_assignment(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
) -> Result<Vec<SupervisionRow>, StoreError> {
    let parameters = scope.with([assignment.into()]);
    scope.tx.query(
        select!("AND assignment_id = ? ORDER BY id"),
        &parameters,
        read,
    )
}

/// Time spent, by its id.
///
/// # Errors
/// [`StoreError`].
pub fn load_supervision(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    id: Uuid,
) -> Result<Option<SupervisionRow>, StoreError> {
    let parameters = scope.with([handoff.into(), id.into()]);
    scope
        .tx
        .first(select!("AND handoff_id = ? AND id = ?"), &parameters, read)
}

/// What was spent on a handoff in all, by what was done.
///
/// # Errors
/// [`StoreError`].
pub fn sum_supervision(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
) -> Result<Vec<(String, i64)>, StoreError> {
    let parameters = scope.with([handoff.into()]);
    scope.tx.query(
        "SELECT kind, CAST(SUM(seconds) AS BIGINT) FROM supervision WHERE workspace_id = ? AND handoff_id = ? GROUP BY kind ORDER BY kind",
        &parameters,
        |row| Ok((row.text(0)?, row.int(1)?)),
    )
}

/// The time spent on all handoffs since a moment.
///
/// # Errors
/// [`StoreError`].
pub fn sum_since(scope: &mut Scope<'_, '_>, since: i64) -> Result<i64, StoreError> {
    let parameters = scope.with([since.into()]);
    let sum = scope.tx.first(
        "SELECT CAST(COALESCE(SUM(seconds), 0) AS BIGINT) FROM supervision WHERE workspace_id = ? AND created_at >= ?",
        &parameters,
        |row| row.int(0),
    )?;
    Ok(sum.unwrap_or(0))
}

/// Adds time spent.
///
/// # Errors
/// [`StoreError::Missing`] where its handoff or assignment is not there.
pub fn insert_supervision(
    scope: &mut Scope<'_, '_>,
    row: &SupervisionRow,
) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.handoff_id.into(),
        row.id.into(),
        row.assignment_id.into(),
        row.kind.as_str().into(),
        row.captured.into(),
        row.seconds.into(),
        row.account_id.into(),
        row.created_at.into(),
        row.version.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO supervision (workspace_id, handoff_id, id, assignment_id, kind, captured, seconds, account_id, created_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )?;
    add_spent(scope, row.handoff_id, row.seconds)
}

/// Puts right what counts, where nobody has since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_supervision(
    scope: &mut Scope<'_, '_>,
    row: &SupervisionRow,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let before = load_supervision(scope, row.handoff_id, row.id)?.map_or(0, |it| it.seconds);
    scope.tx.execute_one(
        "UPDATE supervision SET seconds = ?, version = version + 1 WHERE workspace_id = ? AND handoff_id = ? AND id = ? AND version = ?",
        &[
            row.seconds.into(),
            workspace.into(),
            row.handoff_id.into(),
            row.id.into(),
            row.version.into(),
        ],
    )?;
    add_spent(scope, row.handoff_id, row.seconds.saturating_sub(before))
}
