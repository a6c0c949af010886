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

/// The handoffs whose terms have changed, with the day from which on others held, once for each change. What changed something else, as the
/// version of the blueprint or the first day, is none.
///
/// # Errors
/// [`StoreError`].
pub fn list_changed_terms(scope: &mut Scope<'_, '_>) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let workspace = scope.workspace().0;
    let parameters = scope.with([workspace.into()]);
    let rows = scope.tx.query(
        "SELECT handoff_id, from_day, 0 AS place, unit, amount, currency FROM former_terms WHERE workspace_id = ? \
         UNION ALL SELECT id, start_day, 1 AS place, unit, amount, currency FROM handoff WHERE workspace_id = ? \
         ORDER BY 1, 2, 3",
        &parameters,
        |row| Ok((row.id(0)?, row.int(1)?, [row.text(3)?, row.text(4)?, row.text(5)?])),
    )?;
    let pairs = rows.iter().zip(rows.iter().skip(1));
    let changed = pairs.filter(|(before, after)| before.0 == after.0 && before.2 != after.2);
    Ok(changed.map(|(_, after)| (after.0, after.1)).collect())
}
