//! Work that is on a statement: which posting on which.

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
