//! Files on their way in: kept in parts until they are read, so that an interrupted upload goes on where it was.

pub mod for_inputs;

use uuid::Uuid;

use crate::claims::unclaimed;
use crate::{Row, Scope, StoreError, Tx, Value};

/// A file on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadRow {
    /// Id.
    pub id: Uuid,
    /// Who sends it.
    pub account_id: Uuid,
    /// File name.
    pub file: String,
    /// Its length.
    pub length: i64,
    /// How much has come.
    pub received: i64,
    /// `receiving`, `waiting` (for the owner's word), `queued`, `importing`, `done`, `failed`; [`for_inputs::FOR_INPUT`], [`for_inputs::GIVEN`].
    pub state: String,
    /// How it is to be read, as JSON.
    pub choices: String,
    /// What became of it.
    pub source_id: Option<Uuid>,
    /// Why it failed, as JSON.
    pub error: String,
    /// Until when somebody works on it.
    pub claimed_until: Option<i64>,
    /// When it was begun.
    pub created_at: i64,
    /// Version, for changes.
    pub version: i64,
    /// Through which door it was handed over last: `web`, `api` or `cli`.
    pub door: String,
}

fn read(row: &Row<'_>) -> Result<UploadRow, StoreError> {
    Ok(UploadRow {
        id: row.id(0)?,
        account_id: row.id(1)?,
        file: row.text(2)?,
        length: row.int(3)?,
        received: row.int(4)?,
        state: row.text(5)?,
        choices: row.text(6)?,
        source_id: row.opt_id(7)?,
        error: row.text(8)?,
        claimed_until: row.opt_int(9)?,
        created_at: row.int(10)?,
        version: row.int(11)?,
        door: row.text(12)?,
    })
}

/// Adds an upload.
///
/// # Errors
/// [`StoreError`].
pub fn insert_upload(scope: &mut Scope<'_, '_>, upload: &UploadRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        upload.id.into(),
        upload.account_id.into(),
        upload.file.as_str().into(),
        upload.length.into(),
        upload.received.into(),
        upload.state.as_str().into(),
        upload.choices.as_str().into(),
        upload.source_id.into(),
        upload.error.as_str().into(),
        upload.claimed_until.into(),
        upload.created_at.into(),
        upload.version.into(),
        upload.door.as_str().into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO upload (workspace_id, id, account_id, file, length, received, state, choices, source_id, error, claimed_until, created_at, version, door) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

macro_rules! select {
    ($which:expr) => {
        concat!(
            "SELECT id, account_id, file, length, received, state, choices, source_id, error, ",
            "claimed_until, created_at, version, door, workspace_id FROM upload ",
            $which
        )
    };
}

/// An upload by its id.
///
/// # Errors
/// [`StoreError`].
pub fn load_upload(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<Option<UploadRow>, StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.first(
        select!("WHERE workspace_id = ? AND id = ?"),
        &parameters,
        read,
    )
}

/// The uploads to be imported that are not done, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_uploads(scope: &mut Scope<'_, '_>) -> Result<Vec<UploadRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        select!(
            "WHERE workspace_id = ? AND state NOT IN ('done', 'for_input', 'given') ORDER BY created_at DESC, id DESC LIMIT 50"
        ),
        &parameters,
        read,
    )
}

/// Changes an upload that nobody has changed since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_upload(scope: &mut Scope<'_, '_>, upload: &UploadRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE upload SET length = ?, received = ?, state = ?, choices = ?, source_id = ?, error = ?, claimed_until = ?, door = ?, version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?",
        &[
            upload.length.into(),
            upload.received.into(),
            upload.state.as_str().into(),
            upload.choices.as_str().into(),
            upload.source_id.into(),
            upload.error.as_str().into(),
            upload.claimed_until.into(),
            upload.door.as_str().into(),
            workspace.into(),
            upload.id.into(),
            upload.version.into(),
        ],
    )
}

/// Adds a part.
///
/// # Errors
/// [`StoreError::Conflict`] where that part is there already.
pub fn insert_part(
    scope: &mut Scope<'_, '_>,
    upload: Uuid,
    start: i64,
    bytes: Vec<u8>,
) -> Result<(), StoreError> {
    let parameters = scope.with([upload.into(), start.into(), bytes.into()]);
    scope.tx.execute_one(
        "INSERT INTO upload_part (workspace_id, upload_id, start, bytes) VALUES (?, ?, ?, ?)",
        &parameters,
    )
}

/// The part that begins at a place.
///
/// # Errors
/// [`StoreError`].
pub fn load_part(
    scope: &mut Scope<'_, '_>,
    upload: Uuid,
    start: i64,
) -> Result<Option<Vec<u8>>, StoreError> {
    let parameters = scope.with([upload.into(), start.into()]);
    scope.tx.first(
        "SELECT bytes FROM upload_part WHERE workspace_id = ? AND upload_id = ? AND start = ?",
        &parameters,
        |row| row.bytes(0),
    )
}

/// Removes the parts of an upload.
///
/// # Errors
/// [`StoreError`].
pub fn remove_parts(scope: &mut Scope<'_, '_>, upload: Uuid) -> Result<u64, StoreError> {
    let parameters = scope.with([upload.into()]);
    scope.tx.execute(
        "DELETE FROM upload_part WHERE workspace_id = ? AND upload_id = ?",
        &parameters,
    )
}

/// Claims an upload that waits to be imported, of whatever workspace, so that of several processes one does it.
///
/// # Errors
/// [`StoreError`].
pub fn claim_queued(
    tx: &mut Tx<'_>,
    now: i64,
    until: i64,
) -> Result<Option<(Uuid, UploadRow)>, StoreError> {
    // Those whose import was cut off wait again, too.
    let sql = unclaimed!(
        tx,
        select!(
            "WHERE state = 'queued' OR (state = 'importing' AND claimed_until < ?) ORDER BY created_at, id LIMIT 1"
        )
    );
    let found = tx.first(sql, &[now.into()], |row| Ok((row.id(13)?, read(row)?)))?;
    let Some((workspace, mut upload)) = found else {
        return Ok(None);
    };
    let parameters: [Value; 4] = [
        until.into(),
        workspace.into(),
        upload.id.into(),
        upload.version.into(),
    ];
    tx.execute_one(
        "UPDATE upload SET state = 'importing', claimed_until = ?, version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?",
        &parameters,
    )?;
    upload.state = "importing".to_owned();
    upload.claimed_until = Some(until);
    upload.version += 1;
    Ok(Some((workspace, upload)))
}

/// Keeps a claim for longer, while the import goes on. Its version stays: it is still the same piece of work.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody else has it now.
pub fn keep_claim(
    scope: &mut Scope<'_, '_>,
    upload: Uuid,
    version: i64,
    until: i64,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let parameters = [
        until.into(),
        workspace.into(),
        upload.into(),
        version.into(),
    ];
    scope.tx.execute_one(
        "UPDATE upload SET claimed_until = ? WHERE workspace_id = ? AND id = ? AND version = ? AND state = 'importing'",
        &parameters,
    )
}

/// Lets go of all imports that are under way, of whatever workspace: for one that begins to work where nobody else does. One that was cut
/// off twice is not tried again, in case it is what ends the program: it has failed, with what is said of it.
///
/// # Errors
/// [`StoreError`].
pub fn release_claims(tx: &mut Tx<'_>, cut_off: &str) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE upload SET state = 'failed', claimed_until = NULL, version = version + 1 WHERE state = 'importing' AND error <> ''",
        &[],
    )?;
    tx.execute(
        "UPDATE upload SET claimed_until = 0, error = ? WHERE state = 'importing'",
        &[cut_off.into()],
    )
}
