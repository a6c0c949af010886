//! What counts for budgets, added up by person and handoff: what was earned on days, what was given and is not accepted yet, and hours
//! that were handed in and are not approved yet.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// What was earned on some days on the same terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarnedRow {
    /// By whom.
    pub person_id: Uuid,
    /// By which handoff.
    pub handoff_id: Uuid,
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
}

/// What was earned, and what was taken back of it, of which postings; added up where the terms are the same.
macro_rules! earned {
    ($which:literal) => {
        concat!(
            "SELECT person_id, handoff_id, (kind = 'reversed'), counted, CAST(SUM(quantity) AS BIGINT), quantity_of, amount, currency ",
            "FROM posting WHERE workspace_id = ? ",
            $which,
            " AND kind IN ('earned', 'reversed') AND counted IS NOT NULL AND amount IS NOT NULL ",
            "GROUP BY person_id, handoff_id, (kind = 'reversed'), counted, quantity_of, amount, currency ",
            "ORDER BY person_id, handoff_id, counted, amount"
        )
    };
}

/// What was earned from a day to another one, both included, and what was taken back of it, on whatever day that was noted.
///
/// # Errors
/// [`StoreError`].
pub fn list_earned(
    scope: &mut Scope<'_, '_>,
    from: i64,
    to: i64,
) -> Result<Vec<EarnedRow>, StoreError> {
    let parameters = scope.with([from.into(), to.into()]);
    scope.tx.query(
        earned!("AND day BETWEEN ? AND ? AND handoff_id IS NOT NULL"),
        &parameters,
        read_earned,
    )
}

fn read_earned(row: &Row<'_>) -> Result<EarnedRow, StoreError> {
    Ok(EarnedRow {
        person_id: row.id(0)?,
        handoff_id: row.id(1)?,
        is_reversed: row.bool(2)?,
        counted: row.text(3)?,
        quantity: row.int(4)?,
        quantity_of: row.opt_int(5)?,
        amount: row.text(6)?,
        currency: row.text(7)?,
    })
}

/// Assignments that were given on the same terms and are not accepted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromisedRow {
    /// To whom.
    pub person_id: Uuid,
    /// Under which handoff.
    pub handoff_id: Uuid,
    /// What is paid for, in one word.
    pub unit: String,
    /// The price for one unit.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    /// So many.
    pub assignments: i64,
    /// The time that was typed in for them so far.
    pub seconds: i64,
}

/// Assignments that may still be accepted and are due from one moment on and before another one; by what was agreed, while a change waits.
///
/// # Errors
/// [`StoreError`].
pub fn list_promised(
    scope: &mut Scope<'_, '_>,
    from: i64,
    until: i64,
) -> Result<Vec<PromisedRow>, StoreError> {
    let parameters = scope.with([from.into(), until.into()]);
    scope.tx.query(
        "SELECT person_id, handoff_id, unit, COALESCE(agreed_amount, amount), currency, COUNT(*), CAST(SUM(seconds) AS BIGINT) FROM assignment \
         WHERE workspace_id = ? AND state IN ('assigned', 'agreed', 'in_progress', 'waiting', 'delivered', 'returned') \
         AND COALESCE(agreed_due, due_at) >= ? AND COALESCE(agreed_due, due_at) < ? \
         GROUP BY person_id, handoff_id, unit, COALESCE(agreed_amount, amount), currency ORDER BY 1, 2, 3, 4",
        &parameters,
        |row| {
            Ok(PromisedRow {
                person_id: row.id(0)?,
                handoff_id: row.id(1)?,
                unit: row.text(2)?,
                amount: row.text(3)?,
                currency: row.text(4)?,
                assignments: row.int(5)?,
                seconds: row.int(6)?,
            })
        },
    )
}

/// Hours of a day that were handed in and are not approved yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmittedRow {
    /// Under which handoff.
    pub handoff_id: Uuid,
    /// On which day.
    pub day: i64,
    /// So many seconds.
    pub seconds: i64,
}

/// Hours from a day to another one, both included, that were handed in and are not approved yet.
///
/// # Errors
/// [`StoreError`].
pub fn list_submitted(
    scope: &mut Scope<'_, '_>,
    from: i64,
    to: i64,
) -> Result<Vec<SubmittedRow>, StoreError> {
    let parameters = scope.with([from.into(), to.into()]);
    scope.tx.query(
        "SELECT l.handoff_id, l.day, l.seconds FROM timesheet t \
         JOIN timesheet_line l ON l.workspace_id = t.workspace_id AND l.person_id = t.person_id AND l.week_day = t.week_day \
         WHERE t.workspace_id = ? AND t.state = 'submitted' AND l.day BETWEEN ? AND ? ORDER BY l.handoff_id, l.day",
        &parameters,
        |row| {
            Ok(SubmittedRow {
                handoff_id: row.id(0)?,
                day: row.int(1)?,
                seconds: row.int(2)?,
            })
        },
    )
}
