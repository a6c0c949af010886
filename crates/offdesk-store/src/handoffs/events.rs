//! What became of handoffs, in order. Rows are only added.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// Something that has happened to a handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoffEventRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// Id; grows with time.
    pub id: Uuid,
    /// What happened, in one word.
    pub event: String,
    /// The state afterwards, in one word.
    pub state: String,
    /// What was said with it.
    pub detail: String,
    /// Who did it.
    pub account_id: Uuid,
    /// Their name now; may be empty.
    pub account_name: String,
    /// Through which door.
    pub door: String,
    /// When.
    pub at: i64,
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT e.handoff_id, e.id, e.event, e.state, e.detail, e.account_id, COALESCE(a.name, ''), e.door, e.at FROM handoff_event e ",
            $which
        )
    };
}

/// The history of a handoff, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_handoff_events(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
) -> Result<Vec<HandoffEventRow>, StoreError> {
    let parameters = scope.with([handoff.into()]);
    scope.tx.query(
        select!(
            "LEFT JOIN account a ON a.id = e.account_id WHERE e.workspace_id = ? AND e.handoff_id = ? ORDER BY e.id DESC"
        ),
        &parameters,
        read,
    )
}

/// When a handoff was ended; none where it has not.
///
/// # Errors
/// [`StoreError`].
pub fn load_end(scope: &mut Scope<'_, '_>, handoff: Uuid) -> Result<Option<i64>, StoreError> {
    load_last(scope, handoff, "end")
}

/// When something happened to a handoff last; none where it has not.
///
/// # Errors
/// [`StoreError`].
pub fn load_last(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    event: &str,
) -> Result<Option<i64>, StoreError> {
    let parameters = scope.with([handoff.into(), event.into()]);
    scope.tx.first(
        "SELECT at FROM handoff_event WHERE workspace_id = ? AND handoff_id = ? AND event = ? ORDER BY id DESC LIMIT 1",
        &parameters,
        |row| row.int(0),
    )
}

/// What of one kind somebody else than the reader did since a moment and still stands, the latest first: an answer to a handoff or to a
/// change of it. Where something was given since, it was proposed once more or is over, it is no news.
///
/// # Errors
/// [`StoreError`].
pub fn list_told_since(
    scope: &mut Scope<'_, '_>,
    event: &str,
    reader: Uuid,
    (since, most): (i64, u32),
) -> Result<Vec<HandoffEventRow>, StoreError> {
    let parameters = scope.with([
        event.into(),
        reader.into(),
        since.into(),
        i64::from(most).into(),
    ]);
    scope.tx.query(
        select!(
            "JOIN handoff h ON h.workspace_id = e.workspace_id AND h.id = e.handoff_id \
         LEFT JOIN account a ON a.id = e.account_id WHERE e.workspace_id = ? AND e.event = ? AND e.account_id <> ? AND e.at > ? \
         AND ((e.event = 'accept' AND h.state = 'accepted') OR (e.event = 'decline' AND h.state = 'declined') \
         OR e.event IN ('accept_change', 'decline_change', 'decline_assignment_change')) \
         ORDER BY e.at DESC, e.handoff_id LIMIT ?"
        ),
        &parameters,
        read,
    )
}

/// What was noted of handoffs by one word since a moment, whoever reads it, the latest first: what came back too late to be kept, hours that
/// may be paid twice, a rung that has moved.
///
/// # Errors
/// [`StoreError`].
pub fn list_noted_since(
    scope: &mut Scope<'_, '_>,
    event: &str,
    (since, most): (i64, u32),
) -> Result<Vec<HandoffEventRow>, StoreError> {
    let parameters = scope.with([event.into(), since.into(), i64::from(most).into()]);
    scope.tx.query(
        select!(
            "LEFT JOIN account a ON a.id = e.account_id WHERE e.workspace_id = ? AND e.event = ? AND e.at > ? \
         ORDER BY e.at DESC, e.handoff_id LIMIT ?"
        ),
        &parameters,
        read,
    )
}

/// What was noted by one word of the handoffs of one person since a moment, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_noted_of(
    scope: &mut Scope<'_, '_>,
    event: &str,
    person: Uuid,
    (since, most): (i64, u32),
) -> Result<Vec<HandoffEventRow>, StoreError> {
    let parameters = scope.with([
        event.into(),
        since.into(),
        person.into(),
        i64::from(most).into(),
    ]);
    scope.tx.query(
        select!(
            "JOIN handoff h ON h.workspace_id = e.workspace_id AND h.id = e.handoff_id \
         LEFT JOIN account a ON a.id = e.account_id WHERE e.workspace_id = ? AND e.event = ? AND e.at > ? \
         AND h.person_id = ? AND h.state <> 'ended' ORDER BY e.at DESC, e.handoff_id LIMIT ?"
        ),
        &parameters,
        read,
    )
}

fn read(row: &Row<'_>) -> Result<HandoffEventRow, StoreError> {
    Ok(HandoffEventRow {
        handoff_id: row.id(0)?,
        id: row.id(1)?,
        event: row.text(2)?,
        state: row.text(3)?,
        detail: row.text(4)?,
        account_id: row.id(5)?,
        account_name: row.text(6)?,
        door: row.text(7)?,
        at: row.int(8)?,
    })
}

/// Adds to the history of a handoff.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such handoff.
pub fn insert_handoff_event(
    scope: &mut Scope<'_, '_>,
    event: &HandoffEventRow,
) -> Result<(), StoreError> {
    let parameters = scope.with([
        event.handoff_id.into(),
        event.id.into(),
        event.event.as_str().into(),
        event.state.as_str().into(),
        event.detail.as_str().into(),
        event.account_id.into(),
        event.door.as_str().into(),
        event.at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO handoff_event (workspace_id, handoff_id, id, event, state, detail, account_id, door, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// The states a handoff was in and since when, in order.
///
/// # Errors
/// [`StoreError`].
pub fn list_states_of(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
) -> Result<Vec<(String, i64)>, StoreError> {
    let parameters = scope.with([handoff.into()]);
    scope.tx.query(
        "SELECT state, at FROM handoff_event WHERE workspace_id = ? AND handoff_id = ? ORDER BY id",
        &parameters,
        |row| Ok((row.text(0)?, row.int(1)?)),
    )
}
