//! What was agreed in a handoff before other terms were.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// Terms that held from a day on, until others did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerRow {
    /// From this day on.
    pub from_day: i64,
    /// What the amount is for, in one word.
    pub unit: String,
    /// A decimal number.
    pub amount: String,
    /// Its currency.
    pub currency: String,
}

/// Keeps what was agreed until other terms are, which hold from a day on: whatever was agreed from that day on or a later one is replaced.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such handoff.
pub fn keep_former(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    row: &FormerRow,
    until: i64,
) -> Result<(), StoreError> {
    let replaced = scope.with([handoff.into(), row.from_day.min(until).into()]);
    scope.tx.execute(
        "DELETE FROM former_terms WHERE workspace_id = ? AND handoff_id = ? AND from_day >= ?",
        &replaced,
    )?;
    if row.from_day >= until {
        return Ok(());
    }
    let parameters = scope.with([
        handoff.into(),
        row.from_day.into(),
        row.unit.as_str().into(),
        row.amount.as_str().into(),
        row.currency.as_str().into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO former_terms (workspace_id, handoff_id, from_day, unit, amount, currency) VALUES (?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// What was agreed in a handoff before, the first first.
///
/// # Errors
/// [`StoreError`].
pub fn list_former(scope: &mut Scope<'_, '_>, handoff: Uuid) -> Result<Vec<FormerRow>, StoreError> {
    let parameters = scope.with([handoff.into()]);
    scope.tx.query(
        "SELECT from_day, unit, amount, currency FROM former_terms WHERE workspace_id = ? AND handoff_id = ? ORDER BY from_day",
        &parameters,
        |row| {
            Ok(FormerRow {
                from_day: row.int(0)?,
                unit: row.text(1)?,
                amount: row.text(2)?,
                currency: row.text(3)?,
            })
        },
    )
}
