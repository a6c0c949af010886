//! Statements: drawn up once, and changed by payments alone.

use uuid::Uuid;

use crate::{Row, Scope, StoreError, copy};

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// Its number, from 1.
    pub number: i64,
    /// Of whom.
    pub person_id: Uuid,
    /// In which currency.
    pub currency: String,
    /// First and last day of its period.
    pub days: (i64, i64),
    /// How it rounds, in one word.
    pub rounding: String,
    /// The sum of its lines.
    pub sum: String,
    /// What an earlier one left below nothing.
    pub carried: String,
    /// How it stands, in one word.
    pub state: String,
    /// What is owed of it.
    pub owed: String,
    /// When it was drawn up.
    pub created_at: i64,
    /// Version, for changes.
    pub version: i64,
    /// The bill it was drawn up for: its number and the tax on top.
    pub bill: Option<(String, String)>,
}

fn read(row: &Row<'_>) -> Result<StatementRow, StoreError> {
    let bill = match (row.opt_text(12)?, row.opt_text(13)?) {
        (Some(number), Some(tax)) => Some((number, tax)),
        _ => None,
    };
    Ok(StatementRow {
        number: row.int(0)?,
        person_id: row.id(1)?,
        currency: row.text(2)?,
        days: (row.int(3)?, row.int(4)?),
        rounding: row.text(5)?,
        sum: row.text(6)?,
        carried: row.text(7)?,
        state: row.text(8)?,
        owed: row.text(9)?,
        created_at: row.int(10)?,
        version: row.int(11)?,
        bill,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT number, person_id, currency, from_day, COALESCE(bill_to, to_day), rounding, sum, carried, state, owed, created_at, version, bill_number, bill_tax ",
            "FROM statement WHERE workspace_id = ? ",
            $which
        )
    };
}

/// The number of the next statement. Whoever takes it holds the workspace first.
///
/// # Errors
/// [`StoreError`].
pub fn next_number(scope: &mut Scope<'_, '_>) -> Result<i64, StoreError> {
    let parameters = scope.with([]);
    let last = scope.tx.first(
        "SELECT COALESCE(MAX(number), 0) FROM statement WHERE workspace_id = ?",
        &parameters,
        |row| row.int(0),
    )?;
    Ok(last.unwrap_or(0).saturating_add(1))
}

/// Adds a statement.
///
/// # Errors
/// [`StoreError::Conflict`] where the number is taken, or the person has one in the currency that ends on that day.
pub fn insert_statement(
    scope: &mut Scope<'_, '_>,
    statement: &StatementRow,
) -> Result<(), StoreError> {
    let bill = statement.bill.as_ref();
    let parameters = scope.with([
        statement.number.into(),
        statement.person_id.into(),
        statement.currency.as_str().into(),
        statement.days.0.into(),
        // Of two bills of a month, and of a statement beside them, each may end on the same day.
        bill.map_or(statement.days.1, |_| -statement.number).into(),
        statement.rounding.as_str().into(),
        statement.sum.as_str().into(),
        statement.carried.as_str().into(),
        statement.state.as_str().into(),
        statement.owed.as_str().into(),
        statement.created_at.into(),
        statement.version.into(),
        bill.map(|it| it.0.as_str()).into(),
        bill.map(|it| it.1.as_str()).into(),
        bill.map(|_| statement.days.1).into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO statement (workspace_id, number, person_id, currency, from_day, to_day, rounding, sum, carried, state, owed, created_at, version, \
         bill_number, bill_tax, bill_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Puts postings on a statement.
///
/// # Errors
/// [`StoreError::Conflict`] where one of them is on a statement already.
pub fn take_postings(
    scope: &mut Scope<'_, '_>,
    statement: i64,
    postings: &[i64],
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let rows = postings
        .iter()
        .map(|posting| vec![workspace.into(), (*posting).into(), statement.into()]);
    copy::insert_rows(scope.tx, "statement_posting", rows)?;
    Ok(())
}

/// All pairs of a statement and a posting that it takes.
///
/// # Errors
/// [`StoreError`].
pub fn list_all_taken(scope: &mut Scope<'_, '_>) -> Result<Vec<(i64, i64)>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT statement, posting FROM statement_posting WHERE workspace_id = ? ORDER BY statement, posting",
        &parameters,
        |row| Ok((row.int(0)?, row.int(1)?)),
    )
}

/// Notes how a statement stands after a payment, where nobody has paid since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_statement(
    scope: &mut Scope<'_, '_>,
    statement: &StatementRow,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE statement SET state = ?, owed = ?, version = version + 1 WHERE workspace_id = ? AND number = ? AND version = ?",
        &[
            statement.state.as_str().into(),
            statement.owed.as_str().into(),
            workspace.into(),
            statement.number.into(),
            statement.version.into(),
        ],
    )
}

/// A statement by its number.
///
/// # Errors
/// [`StoreError`].
pub fn load_statement(
    scope: &mut Scope<'_, '_>,
    number: i64,
) -> Result<Option<StatementRow>, StoreError> {
    let parameters = scope.with([number.into()]);
    scope.tx.first(select!("AND number = ?"), &parameters, read)
}

/// The last statement of a person in a currency that was drawn up for no bill.
///
/// # Errors
/// [`StoreError`].
pub fn load_last_of(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    currency: &str,
) -> Result<Option<StatementRow>, StoreError> {
    let parameters = scope.with([person.into(), currency.into()]);
    scope.tx.first(
        select!("AND person_id = ? AND currency = ? AND bill_number IS NULL ORDER BY to_day DESC LIMIT 1"),
        &parameters,
        read,
    )
}

/// The first statement of a tax alone, of a person in a currency, whose days meet some days, and the number of its bill.
///
/// # Errors
/// [`StoreError`].
pub fn find_tax_alone(
    scope: &mut Scope<'_, '_>,
    (person, currency): (Uuid, &str),
    (from, to): (i64, i64),
) -> Result<Option<(i64, String)>, StoreError> {
    let parameters = scope.with([person.into(), currency.into(), to.into(), from.into()]);
    scope.tx.first(
        "SELECT s.number, s.bill_number FROM statement s WHERE s.workspace_id = ? AND s.person_id = ? AND s.currency = ? \
         AND s.bill_number IS NOT NULL AND s.from_day <= ? AND COALESCE(s.bill_to, s.to_day) >= ? \
         AND NOT EXISTS (SELECT 1 FROM statement_posting p WHERE p.workspace_id = s.workspace_id AND p.statement = s.number) \
         ORDER BY s.number LIMIT 1",
        &parameters,
        |row| Ok((row.int(0)?, row.text(1)?)),
    )
}

/// A page of statements before a number, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_statements(
    scope: &mut Scope<'_, '_>,
    before: i64,
    most: u32,
) -> Result<Vec<StatementRow>, StoreError> {
    let parameters = scope.with([before.into(), i64::from(most).into()]);
    scope.tx.query(
        select!("AND number < ? ORDER BY number DESC LIMIT ?"),
        &parameters,
        read,
    )
}

/// The statements of a person, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_of_person(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
) -> Result<Vec<StatementRow>, StoreError> {
    let parameters = scope.with([person.into()]);
    scope.tx.query(
        select!("AND person_id = ? ORDER BY number DESC"),
        &parameters,
        read,
    )
}

/// The statements of which something is owed, in their order.
///
/// # Errors
/// [`StoreError`].
pub fn list_owed(scope: &mut Scope<'_, '_>) -> Result<Vec<StatementRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        select!("AND state IN ('open', 'partly_paid', 'payment_returned') ORDER BY number"),
        &parameters,
        read,
    )
}

/// The statements of a person in a currency that are not paid, that are below nothing, or that carry what an earlier one left, in their order.
///
/// # Errors
/// [`StoreError`].
pub fn list_unsettled(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    currency: &str,
) -> Result<Vec<StatementRow>, StoreError> {
    let parameters = scope.with([person.into(), currency.into()]);
    scope.tx.query(
        select!("AND person_id = ? AND currency = ? AND (state <> 'paid' OR carried LIKE '-%') ORDER BY number"),
        &parameters,
        read,
    )
}

/// The statements that are below nothing, in their order.
///
/// # Errors
/// [`StoreError`].
pub fn list_carried(scope: &mut Scope<'_, '_>) -> Result<Vec<StatementRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        select!("AND state = 'carried' ORDER BY number"),
        &parameters,
        read,
    )
}
