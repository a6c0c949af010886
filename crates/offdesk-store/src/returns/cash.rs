//! What handoffs have earned for those who do the work, day by day, and how payments were exchanged.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use uuid::Uuid;

use super::prices::Prices;
use crate::{Scope, StoreError};

/// What was earned by a handoff on a day on the same terms, and stands on no statement yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EarnedDayRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// Who has earned it.
    pub person_id: Uuid,
    /// The day.
    pub day: i64,
    /// It was taken back.
    pub is_reversed: bool,
    /// It puts right what was stated before.
    pub is_correction: bool,
    /// How much of what is counted.
    pub quantity: i64,
    /// Days of the month, where days are counted.
    pub quantity_of: Option<i64>,
    /// Days of each posting up to its own, where days are counted; else 0.
    pub days: i64,
    /// The place of its price.
    pub price: usize,
}

/// A line of a statement. They sort in the order in which a statement has them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatedLineRow {
    /// The statement.
    pub statement: i64,
    /// The day.
    pub day: i64,
    /// The activity, as it was then.
    pub activity_id: Uuid,
    /// The number of its posting.
    pub posting: i64,
    /// The handoff.
    pub handoff_id: Uuid,
    /// It was taken back.
    pub is_reversed: bool,
    /// How much of what is counted.
    pub quantity: i64,
    /// Days of the month, where days are counted.
    pub quantity_of: Option<i64>,
    /// The place of its price.
    pub price: usize,
    /// It puts right what was stated before.
    pub is_correction: bool,
}

/// A price for one unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PriceRow {
    /// What is counted: `seconds`, `times` or `days`.
    pub counted: String,
    /// A decimal number.
    pub amount: String,
    /// Its currency.
    pub currency: String,
}

/// What was earned by all handoffs, and what was taken back of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EarnedRows {
    /// What is on no statement yet, day by day.
    pub open: Vec<EarnedDayRow>,
    /// The lines of statements, in their order.
    pub stated: Vec<StatedLineRow>,
    /// The prices, which are few.
    pub prices: Vec<PriceRow>,
}

/// What was earned by all handoffs, and what was taken back of it; with the numbers of what puts right what was stated before.
///
/// # Errors
/// [`StoreError`].
pub fn list_earned(
    scope: &mut Scope<'_, '_>,
    corrections: &BTreeSet<i64>,
) -> Result<EarnedRows, StoreError> {
    let parameters = scope.with([]);
    let mut sums: HashMap<EarnedDayRow, i64> = HashMap::new();
    let mut prices = Prices::default();
    let mut rows = EarnedRows::default();
    // Both come in the order of the postings: gone through side by side, where a join looks each one up.
    let mut taken = scope
        .tx
        .query(
            "SELECT posting, statement FROM statement_posting WHERE workspace_id = ? ORDER BY posting",
            &parameters,
            |row| Ok((row.int(0)?, row.int(1)?)),
        )?
        .into_iter()
        .peekable();
    scope.tx.each(
        "SELECT handoff_id, day, (kind = 'reversed'), counted, quantity, quantity_of, amount, currency, number, \
         activity_id, person_id FROM posting \
         WHERE workspace_id = ? AND kind IN ('earned', 'reversed') AND handoff_id IS NOT NULL AND day IS NOT NULL \
         AND counted IS NOT NULL AND amount IS NOT NULL AND activity_id IS NOT NULL ORDER BY number",
        &parameters,
        |row| {
            let price = prices.place((row.str(3)?, row.str(6)?, row.str(7)?));
            let quantity = row.opt_int(4)?.unwrap_or(0);
            let quantity_of = row.opt_int(5)?;
            let posting = row.int(8)?;
            while taken.next_if(|(other, _)| *other < posting).is_some() {}
            let is_correction = corrections.contains(&posting);
            match taken.next_if(|(other, _)| *other == posting) {
                None => {
                    let key = EarnedDayRow {
                        handoff_id: row.id(0)?,
                        person_id: row.id(10)?,
                        day: row.int(1)?,
                        is_reversed: row.bool(2)?,
                        is_correction,
                        quantity: 0,
                        quantity_of,
                        days: quantity_of.map_or(0, |_| quantity),
                        price,
                    };
                    *sums.entry(key).or_default() += quantity;
                }
                Some((_, statement)) => rows.stated.push(StatedLineRow {
                    statement,
                    day: row.int(1)?,
                    activity_id: row.id(9)?,
                    posting,
                    handoff_id: row.id(0)?,
                    is_reversed: row.bool(2)?,
                    quantity,
                    quantity_of,
                    price,
                    is_correction,
                }),
            }
            Ok(())
        },
    )?;
    rows.open = sums
        .into_iter()
        .map(|(key, quantity)| EarnedDayRow { quantity, ..key })
        .collect();
    rows.open.sort_unstable();
    rows.stated.sort_unstable();
    rows.prices = prices.all;
    Ok(rows)
}

/// A statement, by what counts for its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementFrameRow {
    /// Of whom.
    pub person_id: Uuid,
    /// In which currency.
    pub currency: String,
    /// First and last day.
    pub days: (i64, i64),
    /// When it was drawn up.
    pub created_at: i64,
    /// How it rounds, in one word.
    pub rounding: String,
    /// It was drawn up for a bill.
    pub is_billed: bool,
    /// It is below nothing.
    pub is_below: bool,
    /// It carries what an earlier one left below nothing.
    pub carries: bool,
}

/// All statements by their numbers.
///
/// # Errors
/// [`StoreError`].
pub fn list_frames(
    scope: &mut Scope<'_, '_>,
) -> Result<BTreeMap<i64, StatementFrameRow>, StoreError> {
    let parameters = scope.with([]);
    let rows = scope.tx.query(
        "SELECT number, person_id, currency, from_day, COALESCE(bill_to, to_day), rounding, (bill_number IS NOT NULL), (state = 'carried'), (carried LIKE '-%'), created_at \
         FROM statement WHERE workspace_id = ?",
        &parameters,
        |row| {
            let frame = StatementFrameRow {
                person_id: row.id(1)?,
                currency: row.text(2)?,
                days: (row.int(3)?, row.int(4)?),
                rounding: row.text(5)?,
                is_billed: row.bool(6)?,
                is_below: row.bool(7)?,
                carries: row.bool(8)?,
                created_at: row.int(9)?,
            };
            Ok((row.int(0)?, frame))
        },
    )?;
    Ok(rows.into_iter().collect())
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
    /// The day on which that was taken back with it.
    pub fee_back: Option<i64>,
    /// The day it was paid.
    pub day: i64,
    /// It came back; what it cost did not.
    pub has_come_back: bool,
}

/// The payments that were exchanged or cost something, in the order they were noted. What came back is among them: its fee was paid, and where
/// it was taken back that was on a day of its own.
///
/// # Errors
/// [`StoreError`].
pub fn list_paid(scope: &mut Scope<'_, '_>) -> Result<Vec<PaidRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT p.statement, p.amount, p.sent, p.sent_currency, p.fee, p.fee_currency, p.day, \
         (b.number IS NOT NULL), CASE WHEN b.fee IS NOT NULL THEN b.day END \
         FROM posting p LEFT JOIN posting b ON b.workspace_id = p.workspace_id AND b.of_number = p.number AND b.kind = 'payment_returned' \
         WHERE p.workspace_id = ? AND p.kind = 'paid' AND p.day IS NOT NULL \
         AND p.statement IS NOT NULL AND p.amount IS NOT NULL AND (p.sent IS NOT NULL OR p.fee IS NOT NULL) \
         ORDER BY p.number",
        &parameters,
        |row| {
            Ok(PaidRow {
                statement: row.int(0)?,
                amount: row.text(1)?,
                sent: row.opt_text(2)?.zip(row.opt_text(3)?),
                fee: row.opt_text(4)?.zip(row.opt_text(5)?),
                day: row.int(6)?,
                has_come_back: row.bool(7)?,
                fee_back: row.opt_int(8)?,
            })
        },
    )
}
