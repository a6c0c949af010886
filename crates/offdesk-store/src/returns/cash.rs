//! What handoffs have earned for those who do the work, day by day, and how payments were exchanged.

use std::collections::HashMap;

use uuid::Uuid;

use crate::{Scope, StoreError};

/// What was earned by a handoff on a day on the same terms, and stands on the same statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EarnedDayRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// The day.
    pub day: i64,
    /// It was taken back.
    pub is_reversed: bool,
    /// What is counted: `seconds`, `times` or `days`.
    pub counted: String,
    /// How much of it.
    pub quantity: i64,
    /// Days of the month, where days are counted.
    pub quantity_of: Option<i64>,
    /// The price for one unit.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    /// The statement it is on.
    pub statement: Option<i64>,
}

/// What was earned by all handoffs, and what was taken back of it, day by day.
///
/// # Errors
/// [`StoreError`].
pub fn list_earned_days(scope: &mut Scope<'_, '_>) -> Result<Vec<EarnedDayRow>, StoreError> {
    let parameters = scope.with([]);
    let mut sums: HashMap<EarnedDayRow, i64> = HashMap::new();
    scope.tx.each(
        "SELECT p.handoff_id, p.day, (p.kind = 'reversed'), p.counted, p.quantity, p.quantity_of, p.amount, p.currency, t.statement \
         FROM posting p LEFT JOIN statement_posting t ON t.workspace_id = p.workspace_id AND t.posting = p.number \
         WHERE p.workspace_id = ? AND p.kind IN ('earned', 'reversed') AND p.handoff_id IS NOT NULL AND p.day IS NOT NULL \
         AND p.counted IS NOT NULL AND p.amount IS NOT NULL",
        &parameters,
        |row| {
            let key = EarnedDayRow {
                handoff_id: row.id(0)?,
                day: row.int(1)?,
                is_reversed: row.bool(2)?,
                counted: row.text(3)?,
                quantity: 0,
                quantity_of: row.opt_int(5)?,
                amount: row.text(6)?,
                currency: row.text(7)?,
                statement: row.opt_int(8)?,
            };
            *sums.entry(key).or_default() += row.opt_int(4)?.unwrap_or(0);
            Ok(())
        },
    )?;
    let rows = sums
        .into_iter()
        .map(|(key, quantity)| EarnedDayRow { quantity, ..key });
    let mut rows: Vec<EarnedDayRow> = rows.collect();
    rows.sort();
    Ok(rows)
}

/// A payment of a statement, by what counts for its cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidRow {
    /// The statement.
    pub statement: i64,
    /// What was paid, a decimal number in the currency of the statement.
    pub amount: String,
    /// What was sent for it, a decimal number, and its currency, where it was exchanged.
    pub sent: Option<(String, String)>,
    /// What it cost besides, and in which currency.
    pub fee: Option<(String, String)>,
}

/// The payments that were exchanged or cost something and have not come back, by their statements.
///
/// # Errors
/// [`StoreError`].
pub fn list_paid(scope: &mut Scope<'_, '_>) -> Result<Vec<PaidRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT p.statement, p.amount, p.sent, p.sent_currency, p.fee, p.fee_currency FROM posting p WHERE p.workspace_id = ? AND p.kind = 'paid' \
         AND p.statement IS NOT NULL AND p.amount IS NOT NULL AND (p.sent IS NOT NULL OR p.fee IS NOT NULL) \
         AND NOT EXISTS (SELECT 1 FROM posting b WHERE b.workspace_id = p.workspace_id AND b.of_number = p.number AND b.kind = 'payment_returned') \
         ORDER BY p.number",
        &parameters,
        |row| {
            Ok(PaidRow {
                statement: row.int(0)?,
                amount: row.text(1)?,
                sent: row.opt_text(2)?.zip(row.opt_text(3)?),
                fee: row.opt_text(4)?.zip(row.opt_text(5)?),
            })
        },
    )
}
