//! Mails that wait to be sent: put in with what they tell of, claimed by one process, gone once they are sent.

use uuid::Uuid;

use crate::claims::unclaimed;
use crate::{Row, Scope, StoreError, Tx, Value};

/// A mail that waits. What it says is put together when it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRow {
    /// Id, which the mail carries.
    pub id: Uuid,
    /// What it is: `reset`, `invitation`, `join`, `notice`, `answer`, `digest`.
    pub kind: String,
    /// Whom it is for.
    pub address: String,
    /// The workspace it is about: that of the invitation, or of the assignment.
    pub workspace_id: Option<Uuid>,
    /// The invitation.
    pub invitation_id: Option<Uuid>,
    /// What a notice tells; the id of the assignment that waits for an answer.
    pub detail: String,
    /// `waiting`, `sending`, `failed`.
    pub state: String,
    /// How often it was tried.
    pub tries: i64,
    /// How many of these tries may have sent it.
    pub unsure: i64,
    /// When it is tried next; while it is being sent, until when nobody else does.
    pub next_at: i64,
    /// Why it was not sent.
    pub error: String,
    /// When it was put in.
    pub created_at: i64,
    /// Version, for changes.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<MailRow, StoreError> {
    Ok(MailRow {
        id: row.id(0)?,
        kind: row.text(1)?,
        address: row.text(2)?,
        workspace_id: row.opt_id(3)?,
        invitation_id: row.opt_id(4)?,
        detail: row.text(5)?,
        state: row.text(6)?,
        tries: row.int(7)?,
        unsure: row.int(8)?,
        next_at: row.int(9)?,
        error: row.text(10)?,
        created_at: row.int(11)?,
        version: row.int(12)?,
    })
}

macro_rules! select {
    ($which:expr) => {
        concat!(
            "SELECT id, kind, address, workspace_id, invitation_id, detail, state, tries, unsure, next_at, error, created_at, version ",
            "FROM mail WHERE ",
            $which
        )
    };
}

/// Puts a mail in.
///
/// # Errors
/// [`StoreError`].
pub fn insert_mail(tx: &mut Tx<'_>, mail: &MailRow) -> Result<(), StoreError> {
    let parameters: [Value; 13] = [
        mail.id.into(),
        mail.kind.as_str().into(),
        mail.address.as_str().into(),
        mail.workspace_id.into(),
        mail.invitation_id.into(),
        mail.detail.as_str().into(),
        mail.state.as_str().into(),
        mail.tries.into(),
        mail.unsure.into(),
        mail.next_at.into(),
        mail.error.as_str().into(),
        mail.created_at.into(),
        mail.version.into(),
    ];
    tx.execute_one(
        "INSERT INTO mail (id, kind, address, workspace_id, invitation_id, detail, state, tries, unsure, next_at, error, created_at, version) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Claims a mail that is due, so that of several processes one sends it. Its version is the one after the claim.
///
/// # Errors
/// [`StoreError::Conflict`] where another process was quicker.
pub fn claim_mail(tx: &mut Tx<'_>, now: i64, until: i64) -> Result<Option<MailRow>, StoreError> {
    // Those whose sending was cut off are due again, too.
    let sql = unclaimed!(
        tx,
        select!("state IN ('waiting', 'sending') AND next_at <= ? ORDER BY next_at, id LIMIT 1")
    );
    let Some(found) = tx.first(sql, &[now.into()], read)? else {
        return Ok(None);
    };
    let claimed = MailRow {
        state: "sending".to_owned(),
        tries: found.tries + 1,
        unsure: found.unsure + 1,
        next_at: until,
        ..found
    };
    update_mail(tx, &claimed)?;
    Ok(Some(MailRow {
        version: claimed.version + 1,
        ..claimed
    }))
}

/// Changes a mail that nobody has changed since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_mail(tx: &mut Tx<'_>, mail: &MailRow) -> Result<(), StoreError> {
    let parameters: [Value; 7] = [
        mail.state.as_str().into(),
        mail.tries.into(),
        mail.unsure.into(),
        mail.next_at.into(),
        mail.error.as_str().into(),
        mail.id.into(),
        mail.version.into(),
    ];
    tx.execute_one(
        "UPDATE mail SET state = ?, tries = ?, unsure = ?, next_at = ?, error = ?, version = version + 1 WHERE id = ? AND version = ?",
        &parameters,
    )
}

/// Removes a mail, and says whether it was there.
///
/// # Errors
/// [`StoreError`].
pub fn remove_mail(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, StoreError> {
    let removed = tx.execute("DELETE FROM mail WHERE id = ?", &[id.into()])?;
    Ok(removed == 1)
}

/// Removes the mails of a kind to an address that were not sent yet.
///
/// # Errors
/// [`StoreError`].
pub fn remove_waiting(tx: &mut Tx<'_>, kind: &str, address: &str) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM mail WHERE kind = ? AND address = ? AND state = 'waiting'",
        &[kind.into(), address.into()],
    )?;
    Ok(())
}

/// Whether a mail of a kind with that detail waits to be sent to an address.
///
/// # Errors
/// [`StoreError`].
pub fn is_waiting(
    tx: &mut Tx<'_>,
    kind: &str,
    address: &str,
    detail: &str,
) -> Result<bool, StoreError> {
    let found = tx.first(
        "SELECT 1 FROM mail WHERE kind = ? AND address = ? AND detail = ? AND state = 'waiting' LIMIT 1",
        &[kind.into(), address.into(), detail.into()],
        |row| row.int(0),
    )?;
    Ok(found.is_some())
}

/// Removes the mails that were given up before a moment.
///
/// # Errors
/// [`StoreError`].
pub fn remove_failed(tx: &mut Tx<'_>, before: i64) -> Result<u64, StoreError> {
    tx.execute(
        "DELETE FROM mail WHERE state = 'failed' AND next_at < ?",
        &[before.into()],
    )
}

/// How many mails wait.
///
/// # Errors
/// [`StoreError`].
pub fn count_waiting(tx: &mut Tx<'_>) -> Result<u64, StoreError> {
    let found = tx.first(
        "SELECT COUNT(*) FROM mail WHERE state <> 'failed'",
        &[],
        |row| row.count(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// The mails of a workspace that were given up, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_failed_of(scope: &mut Scope<'_, '_>) -> Result<Vec<MailRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        select!("workspace_id = ? AND state = 'failed' ORDER BY next_at DESC, id DESC LIMIT 50"),
        &parameters,
        read,
    )
}

/// The mails that were given up, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_failed(tx: &mut Tx<'_>, most: u32) -> Result<Vec<MailRow>, StoreError> {
    tx.query(
        select!("state = 'failed' ORDER BY next_at DESC, id DESC LIMIT ?"),
        &[i64::from(most).into()],
        read,
    )
}
