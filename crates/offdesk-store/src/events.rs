//! The audit log: who changed what, when, through which door. Rows are only added.

use uuid::Uuid;

use crate::{Scope, StoreError, Value};

/// A line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Id; grows with time.
    pub id: Uuid,
    /// When.
    pub at: i64,
    /// Who.
    pub account_id: Uuid,
    /// Their name now.
    pub account_name: String,
    /// Through which door: `web`, `api`, `cli`.
    pub door: String,
    /// What was done, verb and noun.
    pub action: String,
    /// To what.
    pub object: String,
    /// What is worth knowing of it.
    pub detail: String,
}

/// Adds a line.
///
/// # Errors
/// [`StoreError`].
pub fn insert_event(scope: &mut Scope<'_, '_>, event: &EventRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        event.id.into(),
        event.at.into(),
        event.account_id.into(),
        event.door.as_str().into(),
        event.action.as_str().into(),
        event.object.as_str().into(),
        event.detail.as_str().into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO event (workspace_id, id, at, account_id, door, action, object, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// A page of lines before a given one, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_events(
    scope: &mut Scope<'_, '_>,
    before: Option<Uuid>,
    most: u32,
) -> Result<Vec<EventRow>, StoreError> {
    let before = before.unwrap_or(Uuid::max());
    let most = i64::from(most);
    let workspace = scope.workspace().0;
    let parameters: [Value; 7] = [
        workspace.into(),
        before.into(),
        most.into(),
        workspace.into(),
        before.into(),
        most.into(),
        most.into(),
    ];
    scope.tx.query(
        // Of those who run the business also how they came in, since they joined; never from where, and never of workers.
        "SELECT id, at, account_id, name, door, action, object, detail FROM ( \
           SELECT * FROM (SELECT e.id, e.at, e.account_id, COALESCE(a.name, '') AS name, e.door, e.action, e.object, e.detail FROM event e \
             LEFT JOIN account a ON a.id = e.account_id WHERE e.workspace_id = ? AND e.id < ? ORDER BY e.id DESC LIMIT ?) own \
           UNION ALL \
           SELECT * FROM (SELECT v.id, v.at, v.account_id, a.name, v.door, v.event AS action, '' AS object, v.detail FROM member m \
             JOIN account a ON a.id = m.account_id JOIN account_event v ON v.account_id = m.account_id \
             WHERE m.workspace_id = ? AND m.role <> 'worker' AND v.at >= m.created_at AND v.id < ? ORDER BY v.id DESC LIMIT ?) known \
         ) line ORDER BY id DESC LIMIT ?",
        &parameters,
        |row| {
            Ok(EventRow {
                id: row.id(0)?,
                at: row.int(1)?,
                account_id: row.id(2)?,
                account_name: row.text(3)?,
                door: row.text(4)?,
                action: row.text(5)?,
                object: row.text(6)?,
                detail: row.text(7)?,
            })
        },
    )
}
