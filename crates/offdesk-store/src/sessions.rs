//! Sessions: who is signed in where. Only the hash of a token is kept.

use uuid::Uuid;

use crate::{Row, StoreError, Tx, Value};

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Id, to list and end it by.
    pub id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// The workspace that is open in it.
    pub workspace_id: Option<Uuid>,
    /// What the browser calls itself.
    pub agent: String,
    /// When it began.
    pub created_at: i64,
    /// When it was last used, to a few minutes.
    pub seen_at: i64,
    /// When it ends at the latest.
    pub expires_at: i64,
    /// It ends sooner when it is not used for so long, in microseconds.
    pub idle_micros: i64,
    /// Whether the second factor was given, where there is one.
    pub is_verified: bool,
    /// Whether it was begun with more than a password: with a code of a second factor, or by a passkey.
    pub has_factor: bool,
}

impl SessionRow {
    /// When it ends by itself, where it is not used again.
    #[must_use]
    pub fn ends_at(&self) -> i64 {
        let unused = self.seen_at.saturating_add(self.idle_micros);
        self.expires_at.min(unused)
    }
}

fn read(row: &Row<'_>) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        id: row.id(0)?,
        account_id: row.id(1)?,
        workspace_id: row.opt_id(2)?,
        agent: row.text(3)?,
        created_at: row.int(4)?,
        seen_at: row.int(5)?,
        expires_at: row.int(6)?,
        idle_micros: row.int(7)?,
        is_verified: row.bool(8)?,
        has_factor: row.bool(9)?,
    })
}

/// A session with its account's name and what it may do in its workspace: all that a request needs, in one look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The session.
    pub session: SessionRow,
    /// The account's name.
    pub name: String,
    /// Its address.
    pub email: String,
    /// The role in the open workspace; `None` where it is no member (any more).
    pub role: Option<String>,
    /// Whether the account is suspended there.
    pub is_suspended: bool,
    /// Whether the open workspace asks for a second factor that this session was not begun with, or the account has none.
    pub lacks_factor: bool,
    /// The name of the open workspace; empty where there is none.
    pub workspace_name: String,
    /// The zone of the open workspace; empty where it has none.
    pub zone: String,
    /// Whether the workspace is the example.
    pub is_demo: bool,
    /// The revision of the open workspace; 0 where there is none.
    pub revision: i64,
}

/// Who is signed in with a token, at a moment.
///
/// # Errors
/// [`StoreError`].
pub fn load_signed_in(
    tx: &mut Tx<'_>,
    token_hash: [u8; 32],
    now: i64,
) -> Result<Option<SignedIn>, StoreError> {
    tx.first(
        // Whether there is a passkey is looked up only where all hangs on it.
        "SELECT s.id, s.account_id, s.workspace_id, s.agent, s.created_at, s.seen_at, s.expires_at, s.idle_micros, s.is_verified, s.has_factor, \
         a.name, a.email, m.role, w.name, w.is_demo, w.revision, m.suspended_at, \
         CASE WHEN NOT w.needs_factor THEN FALSE WHEN NOT s.has_factor THEN TRUE WHEN a.totp_secret <> '' THEN FALSE \
           ELSE NOT EXISTS (SELECT 1 FROM passkey p WHERE p.account_id = a.id) END, w.zone \
         FROM session s JOIN account a ON a.id = s.account_id \
         LEFT JOIN member m ON m.workspace_id = s.workspace_id AND m.account_id = s.account_id \
         LEFT JOIN workspace w ON w.id = m.workspace_id \
         WHERE s.token_hash = ? AND s.expires_at > ? AND s.seen_at + s.idle_micros > ?",
        &[token_hash.into(), now.into(), now.into()],
        |row| {
            Ok(SignedIn {
                session: read(row)?,
                name: row.text(10)?,
                email: row.text(11)?,
                role: row.opt_text(12)?,
                workspace_name: row.opt_text(13)?.unwrap_or_default(),
                is_demo: row.bool_or_no(14)?,
                revision: row.opt_int(15)?.unwrap_or(0),
                is_suspended: row.opt_int(16)?.is_some(),
                lacks_factor: row.bool_or_no(17)?,
                zone: row.opt_text(18)?.unwrap_or_default(),
            })
        },
    )
}

/// Adds a session.
///
/// # Errors
/// [`StoreError`].
pub fn insert_session(
    tx: &mut Tx<'_>,
    token_hash: [u8; 32],
    session: &SessionRow,
) -> Result<(), StoreError> {
    let parameters: [Value; 11] = [
        token_hash.into(),
        session.id.into(),
        session.account_id.into(),
        session.workspace_id.into(),
        session.agent.as_str().into(),
        session.created_at.into(),
        session.seen_at.into(),
        session.expires_at.into(),
        session.idle_micros.into(),
        session.is_verified.into(),
        session.has_factor.into(),
    ];
    tx.execute_one(
        "INSERT INTO session (token_hash, id, account_id, workspace_id, agent, created_at, seen_at, expires_at, idle_micros, is_verified, has_factor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Notes that a session was used.
///
/// # Errors
/// [`StoreError`].
pub fn note_seen(tx: &mut Tx<'_>, id: Uuid, account: Uuid, now: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE session SET seen_at = ? WHERE id = ? AND account_id = ?",
        &[now.into(), id.into(), account.into()],
    )?;
    Ok(())
}

/// Opens a workspace in a session.
///
/// # Errors
/// [`StoreError::Conflict`] where there is no such session.
pub fn open_workspace(
    tx: &mut Tx<'_>,
    id: Uuid,
    account: Uuid,
    workspace: Uuid,
) -> Result<(), StoreError> {
    tx.execute_one(
        "UPDATE session SET workspace_id = ? WHERE id = ? AND account_id = ?",
        &[workspace.into(), id.into(), account.into()],
    )
}

/// Notes that a second factor was proved in a session that was begun without one.
///
/// # Errors
/// [`StoreError::Conflict`] where there is no such session.
pub fn note_factor(tx: &mut Tx<'_>, id: Uuid, account: Uuid) -> Result<(), StoreError> {
    tx.execute_one(
        "UPDATE session SET has_factor = TRUE WHERE id = ? AND account_id = ?",
        &[id.into(), account.into()],
    )
}

/// Gives a session another secret: the one before opens nothing any more.
///
/// # Errors
/// [`StoreError::Conflict`] where there is no such session.
pub fn replace_session(
    tx: &mut Tx<'_>,
    account: Uuid,
    id: Uuid,
    token_hash: [u8; 32],
) -> Result<(), StoreError> {
    tx.execute_one(
        "UPDATE session SET token_hash = ? WHERE id = ? AND account_id = ?",
        &[token_hash.into(), id.into(), account.into()],
    )
}

/// The sessions of an account, the last used first.
///
/// # Errors
/// [`StoreError`].
pub fn list_sessions(
    tx: &mut Tx<'_>,
    account: Uuid,
    now: i64,
) -> Result<Vec<SessionRow>, StoreError> {
    tx.query(
        "SELECT id, account_id, workspace_id, agent, created_at, seen_at, expires_at, idle_micros, is_verified, has_factor FROM session \
         WHERE account_id = ? AND expires_at > ? AND seen_at + idle_micros > ? ORDER BY seen_at DESC, id",
        &[account.into(), now.into(), now.into()],
        read,
    )
}

/// Ends a session of an account, and says whether there was one.
///
/// # Errors
/// [`StoreError`].
pub fn end_session(tx: &mut Tx<'_>, account: Uuid, id: Uuid) -> Result<bool, StoreError> {
    let ended = tx.execute(
        "DELETE FROM session WHERE account_id = ? AND id = ?",
        &[account.into(), id.into()],
    )?;
    Ok(ended > 0)
}

/// Ends all sessions of an account but one.
///
/// # Errors
/// [`StoreError`].
pub fn end_other_sessions(tx: &mut Tx<'_>, account: Uuid, kept: Uuid) -> Result<u64, StoreError> {
    tx.execute(
        "DELETE FROM session WHERE account_id = ? AND id <> ?",
        &[account.into(), kept.into()],
    )
}

/// Ends all sessions of an account.
///
/// # Errors
/// [`StoreError`].
pub fn end_all_sessions(tx: &mut Tx<'_>, account: Uuid) -> Result<u64, StoreError> {
    tx.execute(
        "DELETE FROM session WHERE account_id = ?",
        &[account.into()],
    )
}

/// Removes the sessions that have ended by themselves.
///
/// # Errors
/// [`StoreError`].
pub fn remove_expired(tx: &mut Tx<'_>, now: i64) -> Result<u64, StoreError> {
    tx.execute(
        "DELETE FROM session WHERE expires_at <= ? OR seen_at + idle_micros <= ?",
        &[now.into(), now.into()],
    )
}
