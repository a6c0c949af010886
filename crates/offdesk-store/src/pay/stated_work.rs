//! Work that is on a statement: which posting on which.

use std::collections::HashMap;

use uuid::Uuid;

use crate::{Scope, StoreError};

/// What a person has earned in a currency on days that is on a statement: the posting, and the statement.
///
/// # Errors
/// [`StoreError`].
pub fn list_stated_work(
    scope: &mut Scope<'_, '_>,
    (person, currency): (Uuid, &str),
    days: (i64, i64),
) -> Result<Vec<(i64, i64)>, StoreError> {
    let parameters = scope.with([person.into(), currency.into(), days.0.into(), days.1.into()]);
    scope.tx.query(
        "SELECT s.posting, s.statement FROM posting p JOIN statement_posting s ON s.workspace_id = p.workspace_id AND s.posting = p.number \
         WHERE p.workspace_id = ? AND p.person_id = ? AND p.currency = ? AND p.day >= ? AND p.day <= ? ORDER BY s.posting",
        &parameters,
        |row| Ok((row.int(0)?, row.int(1)?)),
    )
}

/// The statement that a posting is on, where it is on one.
///
/// # Errors
/// [`StoreError`].
pub fn statement_of(scope: &mut Scope<'_, '_>, posting: i64) -> Result<Option<i64>, StoreError> {
    let parameters = scope.with([posting.into()]);
    scope.tx.first(
        "SELECT statement FROM statement_posting WHERE workspace_id = ? AND posting = ?",
        &parameters,
        |row| row.int(0),
    )
}

/// What a line of a statement is of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineFactsRow {
    /// The number of the assignment.
    pub assignment: Option<i64>,
    /// The milestone, also where it is taken back; empty where it is none, or has no name.
    pub milestone: String,
}

/// What the lines of a statement are of, by their numbers.
///
/// # Errors
/// [`StoreError`].
pub fn list_line_facts(
    scope: &mut Scope<'_, '_>,
    statement: i64,
) -> Result<HashMap<i64, LineFactsRow>, StoreError> {
    let parameters = scope.with([statement.into()]);
    let rows = scope.tx.query(
        "SELECT t.posting, a.number, COALESCE(m.title, '') FROM statement_posting t \
         JOIN posting p ON p.workspace_id = t.workspace_id AND p.number = t.posting \
         LEFT JOIN assignment a ON a.workspace_id = p.workspace_id AND a.id = p.assignment_id \
         LEFT JOIN milestone m ON m.workspace_id = p.workspace_id AND m.posting = COALESCE(p.of_number, p.number) \
         WHERE t.workspace_id = ? AND t.statement = ?",
        &parameters,
        |row| {
            let facts = LineFactsRow {
                assignment: row.opt_int(1)?,
                milestone: row.text(2)?,
            };
            Ok((row.int(0)?, facts))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// Of whom something was taken back that is on no statement yet, and in which currency.
///
/// # Errors
/// [`StoreError`].
pub fn list_whose_taken_back(scope: &mut Scope<'_, '_>) -> Result<Vec<(Uuid, String)>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT DISTINCT p.person_id, p.currency FROM posting p WHERE p.workspace_id = ? AND p.kind = 'reversed' \
         AND NOT EXISTS (SELECT 1 FROM statement_posting s WHERE s.workspace_id = p.workspace_id AND s.posting = p.number)",
        &parameters,
        |row| Ok((row.id(0)?, row.text(1)?)),
    )
}

/// Who has a statement below nothing, and in which currency.
///
/// # Errors
/// [`StoreError`].
pub fn list_whose_carried(scope: &mut Scope<'_, '_>) -> Result<Vec<(Uuid, String)>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT DISTINCT person_id, currency FROM statement WHERE workspace_id = ? AND state = 'carried'",
        &parameters,
        |row| Ok((row.id(0)?, row.text(1)?)),
    )
}
