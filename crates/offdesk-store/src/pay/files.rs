//! What stood in the pay files that were written.

use crate::{Row, Scope, StoreError, copy};

/// A statement in a pay file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayFileRow {
    /// The name of the file.
    pub file: String,
    /// The statement.
    pub statement: i64,
    /// Who reads it, in one word.
    pub kind: String,
    /// How much stood in it, in the statement's currency.
    pub amount: String,
    /// So many postings the ledger had.
    pub postings: i64,
    /// When it was written.
    pub created_at: i64,
}

fn read(row: &Row<'_>) -> Result<PayFileRow, StoreError> {
    Ok(PayFileRow {
        file: row.text(0)?,
        statement: row.int(1)?,
        kind: row.text(2)?,
        amount: row.text(3)?,
        postings: row.int(4)?,
        created_at: row.int(5)?,
    })
}

/// Whether a file of that name was written.
///
/// # Errors
/// [`StoreError`].
pub fn is_file(scope: &mut Scope<'_, '_>, file: &str) -> Result<bool, StoreError> {
    let parameters = scope.with([file.into()]);
    let found = scope.tx.first(
        "SELECT 1 FROM pay_file_row WHERE workspace_id = ? AND file = ? LIMIT 1",
        &parameters,
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// Notes what stands in a file.
///
/// # Errors
/// [`StoreError::Conflict`] where the file is noted already.
pub fn insert_file(scope: &mut Scope<'_, '_>, rows: &[PayFileRow]) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let rows = rows.iter().map(|row| {
        vec![
            workspace.into(),
            row.file.as_str().into(),
            row.statement.into(),
            row.kind.as_str().into(),
            row.amount.as_str().into(),
            row.postings.into(),
            row.created_at.into(),
        ]
    });
    copy::insert_rows(scope.tx, "pay_file_row", rows)?;
    Ok(())
}

/// The row in which a statement stood in the last file before a posting: its statements, which are of the same person in the same currency,
/// that statement among them.
///
/// # Errors
/// [`StoreError`].
pub fn list_row(
    scope: &mut Scope<'_, '_>,
    statement: i64,
    before: i64,
) -> Result<Vec<PayFileRow>, StoreError> {
    let parameters = scope.with([statement.into(), before.into()]);
    let last = scope.tx.first(
        "SELECT file FROM pay_file_row WHERE workspace_id = ? AND statement = ? AND postings < ? \
         ORDER BY postings DESC, created_at DESC, file DESC LIMIT 1",
        &parameters,
        |row| row.text(0),
    )?;
    let Some(file) = last else {
        return Ok(Vec::new());
    };
    let parameters = scope.with([file.into(), statement.into()]);
    scope.tx.query(
        "SELECT r.file, r.statement, r.kind, r.amount, r.postings, r.created_at FROM pay_file_row r \
         JOIN statement s ON s.workspace_id = r.workspace_id AND s.number = r.statement \
         JOIN statement o ON o.workspace_id = r.workspace_id AND o.person_id = s.person_id AND o.currency = s.currency \
         WHERE r.workspace_id = ? AND r.file = ? AND o.number = ? ORDER BY r.statement",
        &parameters,
        read,
    )
}

/// What stands in files since which no payment of it was noted, nor came back, the last file last.
macro_rules! filed {
    ($rest:literal) => {
        concat!(
            "SELECT r.file, r.statement, r.kind, r.amount, r.postings, r.created_at FROM pay_file_row r \
             JOIN statement s ON s.workspace_id = r.workspace_id AND s.number = r.statement \
             WHERE r.workspace_id = ? AND s.state IN ('open', 'partly_paid', 'payment_returned') \
             AND NOT EXISTS (SELECT 1 FROM posting p WHERE p.workspace_id = r.workspace_id AND p.statement = r.statement \
             AND p.kind IN ('paid', 'payment_returned') AND p.number > r.postings) ",
            $rest,
            " ORDER BY r.created_at, r.postings, r.file, r.statement"
        )
    };
}

/// The statements that stand in a file since which no payment of them was noted, nor came back, the last file last.
///
/// # Errors
/// [`StoreError`].
pub fn list_filed(scope: &mut Scope<'_, '_>) -> Result<Vec<PayFileRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(filed!(""), &parameters, read)
}

/// Those rows of one statement alone.
///
/// # Errors
/// [`StoreError`].
pub fn list_filed_of(
    scope: &mut Scope<'_, '_>,
    statement: i64,
) -> Result<Vec<PayFileRow>, StoreError> {
    let parameters = scope.with([statement.into()]);
    scope
        .tx
        .query(filed!("AND r.statement = ?"), &parameters, read)
}

/// The statements in a file, in their order, each with whether a payment of it was noted, or came back, since the file was written.
///
/// # Errors
/// [`StoreError`].
pub fn list_in_file(
    scope: &mut Scope<'_, '_>,
    file: &str,
) -> Result<Vec<(PayFileRow, bool)>, StoreError> {
    let parameters = scope.with([file.into()]);
    scope.tx.query(
        "SELECT r.file, r.statement, r.kind, r.amount, r.postings, r.created_at, EXISTS (SELECT 1 FROM posting p \
         WHERE p.workspace_id = r.workspace_id AND p.statement = r.statement AND p.kind IN ('paid', 'payment_returned') AND p.number > r.postings) \
         FROM pay_file_row r WHERE r.workspace_id = ? AND r.file = ? ORDER BY r.statement",
        &parameters,
        |row| Ok((read(row)?, row.bool(6)?)),
    )
}
