//! Calendars that are read from an address. The address comes and goes sealed.

use uuid::Uuid;

use crate::claims::unclaimed;
use crate::{Row, Scope, StoreError, Tx, Value};

/// A calendar at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRow {
    /// Id.
    pub id: Uuid,
    /// The address's host.
    pub host: String,
    /// The address, sealed.
    pub address: Vec<u8>,
    /// How it is to be read, as JSON.
    pub choices: String,
    /// The upload by which it was first looked at.
    pub upload_id: Option<Uuid>,
    /// It is read again by itself.
    pub is_automatic: bool,
    /// When it was last read.
    pub fetched_at: Option<i64>,
    /// When it is read next, where it is read by itself.
    pub next_at: i64,
    /// How often it could not be read, one after the other.
    pub failures: i64,
    /// Why it could not be read; empty where it could.
    pub error: String,
    /// Who has brought it in, and as whom it is read.
    pub created_by: Uuid,
    /// When.
    pub created_at: i64,
    /// Version, for changes.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<CalendarRow, StoreError> {
    Ok(CalendarRow {
        id: row.id(0)?,
        host: row.text(1)?,
        address: row.bytes(2)?,
        choices: row.text(3)?,
        upload_id: row.opt_id(4)?,
        is_automatic: row.bool(5)?,
        fetched_at: row.opt_int(6)?,
        next_at: row.int(7)?,
        failures: row.int(8)?,
        error: row.text(9)?,
        created_by: row.id(10)?,
        created_at: row.int(11)?,
        version: row.int(12)?,
    })
}

macro_rules! select {
    ($which:expr) => {
        concat!(
            "SELECT id, host, address, choices, upload_id, is_automatic, fetched_at, next_at, failures, error, created_by, created_at, ",
            "version, workspace_id FROM calendar WHERE ",
            $which
        )
    };
}

/// Adds a calendar.
///
/// # Errors
/// [`StoreError`].
pub fn insert_calendar(
    scope: &mut Scope<'_, '_>,
    calendar: &CalendarRow,
) -> Result<(), StoreError> {
    let parameters = scope.with([
        calendar.id.into(),
        calendar.host.as_str().into(),
        calendar.address.clone().into(),
        calendar.choices.as_str().into(),
        calendar.upload_id.into(),
        calendar.is_automatic.into(),
        calendar.fetched_at.into(),
        calendar.next_at.into(),
        calendar.failures.into(),
        calendar.error.as_str().into(),
        calendar.created_by.into(),
        calendar.created_at.into(),
        calendar.version.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO calendar (workspace_id, id, host, address, choices, upload_id, is_automatic, fetched_at, next_at, failures, error, created_by, created_at, version) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// The calendars of a workspace, in the order they came.
///
/// # Errors
/// [`StoreError`].
pub fn list_calendars(scope: &mut Scope<'_, '_>) -> Result<Vec<CalendarRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        select!("workspace_id = ? ORDER BY created_at, id"),
        &parameters,
        read,
    )
}

/// A calendar by its id.
///
/// # Errors
/// [`StoreError`].
pub fn load_calendar(
    scope: &mut Scope<'_, '_>,
    id: Uuid,
) -> Result<Option<CalendarRow>, StoreError> {
    let parameters = scope.with([id.into()]);
    scope
        .tx
        .first(select!("workspace_id = ? AND id = ?"), &parameters, read)
}

/// Changes a calendar that nobody has changed since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_calendar(
    scope: &mut Scope<'_, '_>,
    calendar: &CalendarRow,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE calendar SET choices = ?, is_automatic = ?, fetched_at = ?, next_at = ?, failures = ?, error = ?, version = version + 1 \
         WHERE workspace_id = ? AND id = ? AND version = ?",
        &[
            calendar.choices.as_str().into(),
            calendar.is_automatic.into(),
            calendar.fetched_at.into(),
            calendar.next_at.into(),
            calendar.failures.into(),
            calendar.error.as_str().into(),
            workspace.into(),
            calendar.id.into(),
            calendar.version.into(),
        ],
    )
}

/// Keeps how a calendar is to be read, as it was chosen for the upload it was first looked at by.
///
/// # Errors
/// [`StoreError`].
pub fn keep_choices(
    scope: &mut Scope<'_, '_>,
    upload: Uuid,
    choices: &str,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute(
        "UPDATE calendar SET choices = ?, version = version + 1 WHERE workspace_id = ? AND upload_id = ?",
        &[choices.into(), workspace.into(), upload.into()],
    )?;
    Ok(())
}

/// Removes a calendar, and says whether there was one. What was imported from it stays.
///
/// # Errors
/// [`StoreError`].
pub fn remove_calendar(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<bool, StoreError> {
    let parameters = scope.with([id.into()]);
    let removed = scope.tx.execute(
        "DELETE FROM calendar WHERE workspace_id = ? AND id = ?",
        &parameters,
    )?;
    Ok(removed == 1)
}

/// The calendar that an upload is the first reading of.
///
/// # Errors
/// [`StoreError`].
pub fn find_of_upload(scope: &mut Scope<'_, '_>, upload: Uuid) -> Result<Option<Uuid>, StoreError> {
    let parameters = scope.with([upload.into()]);
    scope.tx.first(
        "SELECT id FROM calendar WHERE workspace_id = ? AND upload_id = ?",
        &parameters,
        |row| row.id(0),
    )
}

/// Removes the calendar that an upload was to be the first reading of, and gives its host.
///
/// # Errors
/// [`StoreError`].
pub fn remove_of_upload(
    scope: &mut Scope<'_, '_>,
    upload: Uuid,
) -> Result<Option<String>, StoreError> {
    let parameters = scope.with([upload.into()]);
    scope.tx.first(
        "DELETE FROM calendar WHERE workspace_id = ? AND upload_id = ? RETURNING host",
        &parameters,
        |row| row.text(0),
    )
}

/// Claims a calendar that is due, of whatever workspace, so that of several processes one reads it: it is due again at a later moment.
///
/// # Errors
/// [`StoreError::Conflict`] where another process was quicker.
pub fn claim_due(
    tx: &mut Tx<'_>,
    now: i64,
    until: i64,
) -> Result<Option<(Uuid, CalendarRow)>, StoreError> {
    let sql = unclaimed!(
        tx,
        select!("is_automatic = ? AND next_at <= ? ORDER BY next_at, id LIMIT 1")
    );
    let found = tx.first(sql, &[true.into(), now.into()], |row| {
        Ok((row.id(13)?, read(row)?))
    })?;
    let Some((workspace, calendar)) = found else {
        return Ok(None);
    };
    let parameters: [Value; 4] = [
        until.into(),
        workspace.into(),
        calendar.id.into(),
        calendar.version.into(),
    ];
    tx.execute_one(
        "UPDATE calendar SET next_at = ?, version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?",
        &parameters,
    )?;
    let claimed = CalendarRow {
        next_at: until,
        version: calendar.version + 1,
        ..calendar
    };
    Ok(Some((workspace, claimed)))
}
