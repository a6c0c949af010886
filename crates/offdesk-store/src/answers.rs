//! Answers kept under the key a program gave, so that the same request asked again does nothing twice.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// A kept answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// Hash of the request that was answered.
    pub request: Vec<u8>,
    /// HTTP status.
    pub status: i64,
    /// Body.
    pub body: String,
}

/// The answer under a key of an account.
///
/// # Errors
/// [`StoreError`].
pub fn load_answer(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
    name: &str,
) -> Result<Option<AnswerRow>, StoreError> {
    let parameters = scope.with([account.into(), name.into()]);
    scope.tx.first(
        "SELECT request, status, body FROM answer WHERE workspace_id = ? AND account_id = ? AND name = ?",
        &parameters,
        |row| {
            Ok(AnswerRow {
                request: row.bytes(0)?,
                status: row.int(1)?,
                body: row.text(2)?,
            })
        },
    )
}

/// Keeps an answer.
///
/// # Errors
/// [`StoreError::Conflict`] where the key is used already.
pub fn insert_answer(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
    name: &str,
    answer: &AnswerRow,
    now: i64,
) -> Result<(), StoreError> {
    let parameters = scope.with([
        account.into(),
        name.into(),
        answer.request.clone().into(),
        answer.status.into(),
        answer.body.as_str().into(),
        now.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO answer (workspace_id, account_id, name, request, status, body, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Forgets answers from before a moment.
///
/// # Errors
/// [`StoreError`].
pub fn remove_answers(scope: &mut Scope<'_, '_>, before: i64) -> Result<u64, StoreError> {
    let parameters = scope.with([before.into()]);
    scope.tx.execute(
        "DELETE FROM answer WHERE workspace_id = ? AND created_at < ?",
        &parameters,
    )
}
