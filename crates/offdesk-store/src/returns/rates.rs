//! The rates at which payments were exchanged, for costs that no payment is noted of.

use crate::{Scope, StoreError};

/// A rate that was noted with a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotedRateRow {
    /// The currency that was paid.
    pub currency: String,
    /// What was paid.
    pub amount: String,
    /// What was sent for it.
    pub sent: String,
    /// The day of the rate.
    pub day: i64,
    /// Who says so.
    pub source: String,
}

/// The rates that were noted with payments sent in a currency, and that have not come back, the first first.
///
/// # Errors
/// [`StoreError`].
pub fn list_noted_rates(
    scope: &mut Scope<'_, '_>,
    sent_in: &str,
) -> Result<Vec<NotedRateRow>, StoreError> {
    let parameters = scope.with([sent_in.into()]);
    scope.tx.query(
        "SELECT p.currency, p.amount, p.sent, p.rate_day, p.rate_source FROM posting p WHERE p.workspace_id = ? AND p.kind = 'paid' \
         AND p.sent_currency = ? AND p.amount IS NOT NULL AND p.sent IS NOT NULL AND p.rate_day IS NOT NULL AND p.rate_source IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM posting b WHERE b.workspace_id = p.workspace_id AND b.of_number = p.number AND b.kind = 'payment_returned') \
         ORDER BY p.rate_day, p.number",
        &parameters,
        |row| {
            Ok(NotedRateRow {
                currency: row.text(0)?,
                amount: row.text(1)?,
                sent: row.text(2)?,
                day: row.int(3)?,
                source: row.text(4)?,
            })
        },
    )
}
