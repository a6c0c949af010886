//! Recurrences: when work of a handoff comes back.

use uuid::Uuid;

use crate::claims::{put_off, unclaimed};
use crate::{Row, Scope, StoreError, Tx, Value};

/// A recurrence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecurrenceRow {
    /// Id.
    pub id: Uuid,
    /// The handoff.
    pub handoff_id: Uuid,
    /// What is done, in a line.
    pub title: String,
    /// What the person is told with each.
    pub note: String,
    /// The rule, as a calendar writes it.
    pub rule: String,
    /// The first moment it may fall on, in seconds of the wall clock.
    pub start_wall: i64,
    /// The zone of that clock.
    pub zone: String,
    /// Days of the week that are off, from Monday as bit 0.
    pub off_weekdays: i64,
    /// Single days that are off, as dates with a blank between them.
    pub off_days: String,
    /// It is given so many hours before it is due.
    pub lead_hours: i64,
    /// The last occurrence that was dealt with, in seconds of the wall clock.
    pub done_wall: Option<i64>,
    /// When the next one is to be given; none where there is no next one.
    pub next_at: Option<i64>,
    /// `active` or `stopped`.
    pub state: String,
    /// Who has made it.
    pub created_by: Uuid,
    /// When.
    pub created_at: i64,
    /// When it was changed.
    pub changed_at: i64,
    /// Version, for changes.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<RecurrenceRow, StoreError> {
    Ok(RecurrenceRow {
        id: row.id(0)?,
        handoff_id: row.id(1)?,
        title: row.text(2)?,
        note: row.text(3)?,
        rule: row.text(4)?,
        start_wall: row.int(5)?,
        zone: row.text(6)?,
        off_weekdays: row.int(7)?,
        off_days: row.text(8)?,
        lead_hours: row.int(9)?,
        done_wall: row.opt_int(10)?,
        next_at: row.opt_int(11)?,
        state: row.text(12)?,
        created_by: row.id(13)?,
        created_at: row.int(14)?,
        changed_at: row.int(15)?,
        version: row.int(16)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, handoff_id, title, note, rule, start_wall, zone, off_weekdays, off_days, lead_hours, done_wall, next_at, state, ",
            "created_by, created_at, changed_at, version FROM recurrence WHERE workspace_id = ? ",
            $which
        )
    };
}

/// The recurrences of a handoff, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_recurrences(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
) -> Result<Vec<RecurrenceRow>, StoreError> {
    let parameters = scope.with([handoff.into()]);
    scope
        .tx
        .query(select!("AND handoff_id = ? ORDER BY id"), &parameters, read)
}

/// A recurrence by its id.
///
/// # Errors
/// [`StoreError`].
pub fn load_recurrence(
    scope: &mut Scope<'_, '_>,
    id: Uuid,
) -> Result<Option<RecurrenceRow>, StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.first(select!("AND id = ?"), &parameters, read)
}

/// The columns that can change, in the order of both statements.
fn changing(row: &RecurrenceRow) -> Vec<Value> {
    vec![
        row.title.as_str().into(),
        row.note.as_str().into(),
        row.zone.as_str().into(),
        row.off_weekdays.into(),
        row.off_days.as_str().into(),
        row.lead_hours.into(),
        row.done_wall.into(),
        row.next_at.into(),
        row.state.as_str().into(),
        row.changed_at.into(),
    ]
}

/// Adds a recurrence.
///
/// # Errors
/// [`StoreError::Missing`] where the handoff is not there.
pub fn insert_recurrence(scope: &mut Scope<'_, '_>, row: &RecurrenceRow) -> Result<(), StoreError> {
    let mut parameters = changing(row);
    parameters.extend(scope.with([
        row.id.into(),
        row.handoff_id.into(),
        row.rule.as_str().into(),
        row.start_wall.into(),
        row.created_by.into(),
        row.created_at.into(),
        row.version.into(),
    ]));
    scope.tx.execute_one(
        "INSERT INTO recurrence (title, note, zone, off_weekdays, off_days, lead_hours, done_wall, next_at, state, changed_at, \
         workspace_id, id, handoff_id, rule, start_wall, created_by, created_at, version) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Changes a recurrence that nobody has changed since it was read: its zone, its days off, how far it has come.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_recurrence(scope: &mut Scope<'_, '_>, row: &RecurrenceRow) -> Result<(), StoreError> {
    let mut parameters = changing(row);
    parameters.extend(scope.with([row.id.into(), row.version.into()]));
    scope.tx.execute_one(
        "UPDATE recurrence SET title = ?, note = ?, zone = ?, off_weekdays = ?, off_days = ?, lead_hours = ?, done_wall = ?, next_at = ?, state = ?, changed_at = ?, version = version + 1 \
         WHERE workspace_id = ? AND id = ? AND version = ?",
        &parameters,
    )
}

/// Claims a recurrence of which something is to be given, of whatever workspace, so that of several processes one does it: nobody else
/// is given it until then.
///
/// # Errors
/// [`StoreError`].
pub fn claim_due(
    tx: &mut Tx<'_>,
    now: i64,
    until: i64,
) -> Result<Option<(Uuid, Uuid)>, StoreError> {
    let due = unclaimed!(
        tx,
        "SELECT workspace_id, id, version FROM recurrence WHERE next_at <= ? ORDER BY next_at LIMIT 1"
    );
    let later =
        "UPDATE recurrence SET next_at = ? WHERE workspace_id = ? AND id = ? AND version = ?";
    put_off(tx, (due, later), now, until)
}
