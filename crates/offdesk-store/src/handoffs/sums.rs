//! What handoffs came to so far: kept added up, since a handoff may have the work of years.

use uuid::Uuid;

use crate::pay::postings::PostingRow;
use crate::{Scope, StoreError};

/// How the time that looking after a handoff took is counted.
pub const SUPERVISION: &str = "supervision";

/// What was earned by a handoff at one price so far, less what was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumRow {
    /// What is counted: `seconds`, `times` or `days`; [`SUPERVISION`] where it is what looking after it took, in seconds.
    pub counted: String,
    /// Days of the month, where days are counted; else 0.
    pub quantity_of: i64,
    /// The price for one unit, a decimal number; empty for time spent.
    pub amount: String,
    /// Its currency; empty for time spent.
    pub currency: String,
    /// How much of it.
    pub quantity: i64,
}

/// What a handoff came to so far.
///
/// # Errors
/// [`StoreError`].
pub fn list_sums(scope: &mut Scope<'_, '_>, handoff: Uuid) -> Result<Vec<SumRow>, StoreError> {
    let parameters = scope.with([handoff.into()]);
    scope.tx.query(
        "SELECT counted, quantity_of, amount, currency, quantity FROM handoff_sum WHERE workspace_id = ? AND handoff_id = ? \
         ORDER BY counted, quantity_of, currency, amount",
        &parameters,
        |row| {
            Ok(SumRow {
                counted: row.text(0)?,
                quantity_of: row.int(1)?,
                amount: row.text(2)?,
                currency: row.text(3)?,
                quantity: row.int(4)?,
            })
        },
    )
}

/// Counts in what a posting says was earned, or taken back.
pub(crate) fn add_earned(
    scope: &mut Scope<'_, '_>,
    posting: &PostingRow,
) -> Result<(), StoreError> {
    let sign = match posting.kind.as_str() {
        "earned" => 1,
        "reversed" => -1,
        _ => return Ok(()),
    };
    let (Some(handoff), Some(counted), Some(quantity), Some(amount)) = (
        posting.handoff_id,
        posting.counted.clone(),
        posting.quantity,
        posting.amount.clone(),
    ) else {
        return Ok(());
    };
    let added = SumRow {
        counted,
        quantity_of: posting.quantity_of.unwrap_or(0),
        amount,
        currency: posting.currency.clone(),
        quantity: quantity.saturating_mul(sign),
    };
    add(scope, handoff, added)
}

/// Counts in time that looking after a handoff took; less where it was put right.
pub(crate) fn add_spent(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    seconds: i64,
) -> Result<(), StoreError> {
    let added = SumRow {
        counted: SUPERVISION.to_owned(),
        quantity_of: 0,
        amount: String::new(),
        currency: String::new(),
        quantity: seconds,
    };
    add(scope, handoff, added)
}

fn add(scope: &mut Scope<'_, '_>, handoff: Uuid, added: SumRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        handoff.into(),
        added.counted.into(),
        added.quantity_of.into(),
        added.amount.into(),
        added.currency.into(),
        added.quantity.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO handoff_sum (workspace_id, handoff_id, counted, quantity_of, amount, currency, quantity) VALUES (?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (workspace_id, handoff_id, counted, quantity_of, currency, amount) DO UPDATE SET quantity = handoff_sum.quantity + excluded.quantity",
        &parameters,
    )
}
