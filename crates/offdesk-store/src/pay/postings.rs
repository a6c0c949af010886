//! The ledger. Rows are only added: there is no statement here that changes or removes one.

use uuid::Uuid;

use crate::handoffs::sums::add_earned;
use crate::{Row, Scope, StoreError, Value};

/// A posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingRow {
    /// Its number, from 1 without a gap.
    pub number: i64,
    /// When it was written.
    pub at: i64,
    /// What it says: `earned`, `reversed`, `stated`, `paid` or `payment_returned`.
    pub kind: String,
    /// Whom it is about.
    pub person_id: Uuid,
    /// In which currency.
    pub currency: String,
    /// The posting that is reversed, or the payment that came back.
    pub of_number: Option<i64>,
    /// The statement that was drawn up, or is paid.
    pub statement: Option<i64>,
    /// By which handoff something was earned.
    pub handoff_id: Option<Uuid>,
    /// Of which activity, as it was then; it may have been joined with another one since.
    pub activity_id: Option<Uuid>,
    /// By which assignment.
    pub assignment_id: Option<Uuid>,
    /// On which day it was earned, paid or came back.
    pub day: Option<i64>,
    /// What is counted: `seconds`, `times` or `days`.
    pub counted: Option<String>,
    /// How much of it.
    pub quantity: Option<i64>,
    /// Days of the month, where days are counted.
    pub quantity_of: Option<i64>,
    /// What is paid for, in one word.
    pub unit: Option<String>,
    /// The price for one unit, or what was paid or came back.
    pub amount: Option<String>,
    /// What a payment cost besides, and in which currency.
    pub fee: Option<(String, String)>,
    /// How a payment was exchanged.
    pub exchange: Option<ExchangeRow>,
    /// What the owner noted with a payment.
    pub note: String,
    /// The hash.
    pub hash: Vec<u8>,
}

/// How a payment was exchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeRow {
    /// What was sent.
    pub sent: String,
    /// In which currency.
    pub currency: String,
    /// The rate.
    pub rate: String,
    /// The day of the rate.
    pub day: i64,
    /// Who says so.
    pub source: String,
}

pub(super) fn read(row: &Row<'_>) -> Result<PostingRow, StoreError> {
    let fee = match (row.opt_text(16)?, row.opt_text(17)?) {
        (Some(fee), Some(currency)) => Some((fee, currency)),
        _ => None,
    };
    let exchange = match row.opt_text(18)? {
        None => None,
        Some(sent) => Some(ExchangeRow {
            sent,
            currency: row.text(19)?,
            rate: row.text(20)?,
            day: row.int(21)?,
            source: row.text(22)?,
        }),
    };
    Ok(PostingRow {
        number: row.int(0)?,
        at: row.int(1)?,
        kind: row.text(2)?,
        person_id: row.id(3)?,
        currency: row.text(4)?,
        of_number: row.opt_int(5)?,
        statement: row.opt_int(6)?,
        handoff_id: row.opt_id(7)?,
        activity_id: row.opt_id(8)?,
        assignment_id: row.opt_id(9)?,
        day: row.opt_int(10)?,
        counted: row.opt_text(11)?,
        quantity: row.opt_int(12)?,
        quantity_of: row.opt_int(13)?,
        unit: row.opt_text(14)?,
        amount: row.opt_text(15)?,
        fee,
        exchange,
        note: row.text(23)?,
        hash: row.bytes(24)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT p.number, p.at, p.kind, p.person_id, p.currency, p.of_number, p.statement, p.handoff_id, p.activity_id, p.assignment_id, ",
            "p.day, p.counted, p.quantity, p.quantity_of, p.unit, p.amount, p.fee, p.fee_currency, p.sent, p.sent_currency, p.rate, p.rate_day, p.rate_source, p.note, p.hash ",
            "FROM posting p WHERE p.workspace_id = ? ",
            $which
        )
    };
}
pub(super) use select;

/// Adds a posting. Whoever adds one holds the workspace first, so that its number is the next one.
///
/// # Errors
/// [`StoreError::Conflict`] where the number is taken or what it is of was reversed or came back already, [`StoreError::Missing`] where what
/// it refers to is not there.
pub fn insert_posting(scope: &mut Scope<'_, '_>, posting: &PostingRow) -> Result<(), StoreError> {
    let fee = posting.fee.as_ref();
    let exchange = posting.exchange.as_ref();
    let parameters = scope.with([
        posting.number.into(),
        posting.at.into(),
        posting.kind.as_str().into(),
        posting.person_id.into(),
        posting.currency.as_str().into(),
        posting.of_number.into(),
        posting.statement.into(),
        posting.handoff_id.into(),
        posting.activity_id.into(),
        posting.assignment_id.into(),
        posting.day.into(),
        posting.counted.as_deref().into(),
        posting.quantity.into(),
        posting.quantity_of.into(),
        posting.unit.as_deref().into(),
        posting.amount.as_deref().into(),
        fee.map(|it| it.0.as_str()).into(),
        fee.map(|it| it.1.as_str()).into(),
        exchange.map(|it| it.sent.as_str()).into(),
        exchange.map(|it| it.currency.as_str()).into(),
        exchange.map(|it| it.rate.as_str()).into(),
        exchange.map(|it| it.day).into(),
        exchange.map(|it| it.source.as_str()).into(),
        posting.note.as_str().into(),
        Value::Bytes(posting.hash.clone()),
    ]);
    scope.tx.execute_one(
        "INSERT INTO posting (workspace_id, number, at, kind, person_id, currency, of_number, statement, handoff_id, activity_id, assignment_id, day, counted, quantity, quantity_of, unit, \
         amount, fee, fee_currency, sent, sent_currency, rate, rate_day, rate_source, note, hash) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )?;
    add_earned(scope, posting)
}

/// The last posting; the end of the ledger.
///
/// # Errors
/// [`StoreError`].
pub fn load_last(scope: &mut Scope<'_, '_>) -> Result<Option<PostingRow>, StoreError> {
    let parameters = scope.with([]);
    scope
        .tx
        .first(select!("ORDER BY p.number DESC LIMIT 1"), &parameters, read)
}

/// A posting by its number.
///
/// # Errors
/// [`StoreError`].
pub fn load_posting(
    scope: &mut Scope<'_, '_>,
    number: i64,
) -> Result<Option<PostingRow>, StoreError> {
    let parameters = scope.with([number.into()]);
    scope
        .tx
        .first(select!("AND p.number = ?"), &parameters, read)
}

/// Postings after a number, in their order.
///
/// # Errors
/// [`StoreError`].
pub fn list_postings(
    scope: &mut Scope<'_, '_>,
    after: i64,
    most: u32,
) -> Result<Vec<PostingRow>, StoreError> {
    let parameters = scope.with([after.into(), i64::from(most).into()]);
    scope.tx.query(
        select!("AND p.number > ? ORDER BY p.number LIMIT ?"),
        &parameters,
        read,
    )
}

// Without the inner list SQLite goes through the whole ledger in its order, once for each person; without the plus, by its days.
const OPEN: &str = select!(
    "AND p.number IN (SELECT o.number FROM posting o WHERE o.workspace_id = ? AND o.person_id = ? AND o.currency = ?) \
     AND p.kind IN ('earned', 'reversed') AND +p.day <= ? \
     AND NOT EXISTS (SELECT 1 FROM statement_posting s WHERE s.workspace_id = p.workspace_id AND s.posting = p.number) ORDER BY p.number"
);

/// What a person has earned in a currency up to a day, and what was reversed of it, that is on no statement yet.
///
/// # Errors
/// [`StoreError`].
pub fn list_open(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    currency: &str,
    until: i64,
) -> Result<Vec<PostingRow>, StoreError> {
    let workspace = scope.workspace().0;
    let parameters = scope.with([
        workspace.into(),
        person.into(),
        currency.into(),
        until.into(),
    ]);
    scope.tx.query(OPEN, &parameters, read)
}

/// Who has something on no statement yet, and in which currency.
///
/// # Errors
/// [`StoreError`].
pub fn list_whose_open(scope: &mut Scope<'_, '_>) -> Result<Vec<(Uuid, String)>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT DISTINCT p.person_id, p.currency FROM posting p WHERE p.workspace_id = ? AND p.kind IN ('earned', 'reversed') \
         AND NOT EXISTS (SELECT 1 FROM statement_posting s WHERE s.workspace_id = p.workspace_id AND s.posting = p.number) ORDER BY p.person_id, p.currency",
        &parameters,
        |row| Ok((row.id(0)?, row.text(1)?)),
    )
}

/// The lines of a statement.
///
/// # Errors
/// [`StoreError`].
pub fn list_stated(
    scope: &mut Scope<'_, '_>,
    statement: i64,
) -> Result<Vec<PostingRow>, StoreError> {
    let parameters = scope.with([scope.workspace().0.into(), statement.into()]);
    scope.tx.query(
        select!(
            "AND p.number IN (SELECT s.posting FROM statement_posting s WHERE s.workspace_id = ? AND s.statement = ?) ORDER BY p.number"
        ),
        &parameters,
        read,
    )
}

/// The payments of a statement, and those that came back.
///
/// # Errors
/// [`StoreError`].
pub fn list_payments(
    scope: &mut Scope<'_, '_>,
    statement: i64,
) -> Result<Vec<PostingRow>, StoreError> {
    let parameters = scope.with([statement.into()]);
    scope.tx.query(
        select!("AND p.statement = ? AND p.kind IN ('paid', 'payment_returned') ORDER BY p.number"),
        &parameters,
        read,
    )
}

/// What was posted for an assignment.
///
/// # Errors
/// [`StoreError`].
pub fn list_of_assignment(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
) -> Result<Vec<PostingRow>, StoreError> {
    let parameters = scope.with([assignment.into()]);
    scope.tx.query(
        select!("AND p.assignment_id = ? ORDER BY p.number"),
        &parameters,
        read,
    )
}

#[cfg(test)]
pub(crate) mod tests;
