//! By which terms the work of a handoff is in the ledger, and until when.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// Terms by which something was earned and not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedTermsRow {
    /// What is paid for, in one word.
    pub unit: String,
    /// The price for one, a decimal number.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    /// Whether it was an assignment, which has terms of its own.
    pub is_assignment: bool,
    /// The last day of it.
    pub last_day: i64,
}

/// By which terms the work of a handoff from a day on stands in the ledger.
///
/// # Errors
/// [`StoreError`].
pub fn list_posted_terms(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    from: i64,
) -> Result<Vec<PostedTermsRow>, StoreError> {
    let parameters = scope.with([handoff.into(), from.into()]);
    scope.tx.query(
        "SELECT p.unit, p.amount, p.currency, CAST(CASE WHEN p.assignment_id IS NULL THEN 0 ELSE 1 END AS BIGINT), MAX(p.day) \
         FROM posting p WHERE p.workspace_id = ? AND p.handoff_id = ? AND p.day >= ? AND p.kind = 'earned' \
         AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.workspace_id = p.workspace_id AND r.of_number = p.number) \
         GROUP BY 1, 2, 3, 4 ORDER BY 5",
        &parameters,
        |row| {
            Ok(PostedTermsRow {
                unit: row.text(0)?,
                amount: row.text(1)?,
                currency: row.text(2)?,
                is_assignment: row.int(3)? == 1,
                last_day: row.int(4)?,
            })
        },
    )
}
