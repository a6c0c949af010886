//! Lines that are on no statement yet, the latest first.

use uuid::Uuid;

use super::postings::{PostingRow, read, select};
use super::stated_work::LineFactsRow;
use crate::{Scope, StoreError};

const ALL: &str = select!(
    "AND p.kind IN ('earned', 'reversed') AND p.number < ? \
     AND NOT EXISTS (SELECT 1 FROM statement_posting s WHERE s.workspace_id = p.workspace_id AND s.posting = p.number) ORDER BY p.number DESC LIMIT ?"
);

// Without the inner list SQLite goes through the whole ledger in its order.
const OF_PERSON: &str = select!(
    "AND p.number IN (SELECT o.number FROM posting o WHERE o.workspace_id = ? AND o.person_id = ?) \
     AND p.kind IN ('earned', 'reversed') AND p.number < ? \
     AND NOT EXISTS (SELECT 1 FROM statement_posting s WHERE s.workspace_id = p.workspace_id AND s.posting = p.number) ORDER BY p.number DESC LIMIT ?"
);

/// What was earned or taken back before a number that is on no statement yet, of everybody or of a person.
///
/// # Errors
/// [`StoreError`].
pub fn list_open_lines(
    scope: &mut Scope<'_, '_>,
    person: Option<Uuid>,
    (before, most): (i64, u32),
) -> Result<Vec<PostingRow>, StoreError> {
    let most = i64::from(most);
    let Some(person) = person else {
        let parameters = scope.with([before.into(), most.into()]);
        return scope.tx.query(ALL, &parameters, read);
    };
    let workspace = scope.workspace().0;
    let parameters = scope.with([workspace.into(), person.into(), before.into(), most.into()]);
    scope.tx.query(OF_PERSON, &parameters, read)
}

/// What a line is of, by its number.
///
/// # Errors
/// [`StoreError`].
pub fn load_line_facts(scope: &mut Scope<'_, '_>, number: i64) -> Result<LineFactsRow, StoreError> {
    let parameters = scope.with([number.into()]);
    let found = scope.tx.first(
        "SELECT a.number, COALESCE(m.title, '') FROM posting p \
         LEFT JOIN assignment a ON a.workspace_id = p.workspace_id AND a.id = p.assignment_id \
         LEFT JOIN milestone m ON m.workspace_id = p.workspace_id AND m.posting = COALESCE(p.of_number, p.number) \
         WHERE p.workspace_id = ? AND p.number = ?",
        &parameters,
        |row| {
            Ok(LineFactsRow {
                assignment: row.opt_int(0)?,
                milestone: row.text(1)?,
            })
        },
    )?;
    Ok(found.unwrap_or_default())
}
