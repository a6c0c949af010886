//! Bills that came in: what they say, the file they came as, and the statement that an approved one has.

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Value};

/// A bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillRow {
    /// Id.
    pub id: Uuid,
    /// From whom.
    pub person_id: Uuid,
    /// Its number, as they wrote it.
    pub number: String,
    /// The number without what people write differently.
    pub number_key: String,
    /// Its day.
    pub day: i64,
    /// First and last day it is for.
    pub days: (i64, i64),
    /// In which currency.
    pub currency: String,
    /// The tax on top of its lines.
    pub tax: String,
    /// What the owner notes.
    pub note: String,
    /// What was said when it was queried or approved.
    pub said: String,
    /// Where it stands, in one word.
    pub state: String,
    /// The statement it is paid by, once it is approved.
    pub statement: Option<i64>,
    /// Who recorded it.
    pub created_by: Uuid,
    /// When.
    pub created_at: i64,
    /// When something happened last.
    pub changed_at: i64,
    /// Version, for changes.
    pub version: i64,
}

/// A line of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLineRow {
    /// What it says.
    pub text: String,
    /// The assignment it names.
    pub assignment_id: Option<Uuid>,
    /// The day it names.
    pub day: Option<i64>,
    /// What is billed, without tax.
    pub amount: String,
}

fn read(row: &Row<'_>) -> Result<BillRow, StoreError> {
    Ok(BillRow {
        id: row.id(0)?,
        person_id: row.id(1)?,
        number: row.text(2)?,
        number_key: row.text(3)?,
        day: row.int(4)?,
        days: (row.int(5)?, row.int(6)?),
        currency: row.text(7)?,
        tax: row.text(8)?,
        note: row.text(9)?,
        said: row.text(10)?,
        state: row.text(11)?,
        statement: row.opt_int(12)?,
        created_by: row.id(13)?,
        created_at: row.int(14)?,
        changed_at: row.int(15)?,
        version: row.int(16)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, person_id, number, number_key, day, from_day, to_day, currency, tax, note, said, state, statement, created_by, ",
            "created_at, changed_at, version FROM bill WHERE workspace_id = ? ",
            $which
        )
    };
}

/// Adds a bill with its lines.
///
/// # Errors
/// [`StoreError::Conflict`] where the person has a bill of that number, [`StoreError::Missing`] where there is no such person or assignment.
pub fn insert_bill(
    scope: &mut Scope<'_, '_>,
    bill: &BillRow,
    lines: &[BillLineRow],
) -> Result<(), StoreError> {
    let parameters = scope.with([
        bill.id.into(),
        bill.person_id.into(),
        bill.number.as_str().into(),
        bill.number_key.as_str().into(),
        bill.day.into(),
        bill.days.0.into(),
        bill.days.1.into(),
        bill.currency.as_str().into(),
        bill.tax.as_str().into(),
        bill.note.as_str().into(),
        bill.said.as_str().into(),
        bill.state.as_str().into(),
        bill.statement.into(),
        bill.created_by.into(),
        bill.created_at.into(),
        bill.changed_at.into(),
        bill.version.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO bill (workspace_id, id, person_id, number, number_key, day, from_day, to_day, currency, tax, note, said, state, statement, created_by, \
         created_at, changed_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )?;
    for (place, line) in (0_i64..).zip(lines) {
        let parameters = scope.with([
            bill.id.into(),
            place.into(),
            line.text.as_str().into(),
            line.assignment_id.into(),
            line.day.into(),
            line.amount.as_str().into(),
        ]);
        scope.tx.execute_one(
            "INSERT INTO bill_line (workspace_id, bill_id, place, text, assignment_id, day, amount) VALUES (?, ?, ?, ?, ?, ?, ?)",
            &parameters,
        )?;
    }
    Ok(())
}

/// A bill.
///
/// # Errors
/// [`StoreError`].
pub fn load_bill(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<Option<BillRow>, StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.first(select!("AND id = ?"), &parameters, read)
}

/// A page of bills before an id, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_bills(
    scope: &mut Scope<'_, '_>,
    before: Option<Uuid>,
    most: u32,
) -> Result<Vec<BillRow>, StoreError> {
    let before = before.unwrap_or(Uuid::max());
    let parameters = scope.with([before.into(), i64::from(most).into()]);
    scope.tx.query(
        select!("AND id < ? ORDER BY id DESC LIMIT ?"),
        &parameters,
        read,
    )
}

/// The lines of a bill, in their order.
///
/// # Errors
/// [`StoreError`].
pub fn list_bill_lines(
    scope: &mut Scope<'_, '_>,
    bill: Uuid,
) -> Result<Vec<BillLineRow>, StoreError> {
    let parameters = scope.with([bill.into()]);
    scope.tx.query(
        "SELECT text, assignment_id, day, amount FROM bill_line WHERE workspace_id = ? AND bill_id = ? ORDER BY place",
        &parameters,
        |row| {
            Ok(BillLineRow {
                text: row.text(0)?,
                assignment_id: row.opt_id(1)?,
                day: row.opt_int(2)?,
                amount: row.text(3)?,
            })
        },
    )
}

/// Notes where a bill stands, where nobody has since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has, or where the statement has a bill.
pub fn update_bill(scope: &mut Scope<'_, '_>, bill: &BillRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE bill SET state = ?, said = ?, statement = ?, changed_at = ?, version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?",
        &[
            bill.state.as_str().into(),
            bill.said.as_str().into(),
            bill.statement.into(),
            bill.changed_at.into(),
            workspace.into(),
            bill.id.into(),
            bill.version.into(),
        ],
    )
}

/// Removes a bill with its lines and its file.
///
/// # Errors
/// [`StoreError`].
pub fn remove_bill(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([id.into()]);
    for sql in [
        "DELETE FROM bill_file WHERE workspace_id = ? AND bill_id = ?",
        "DELETE FROM bill_line WHERE workspace_id = ? AND bill_id = ?",
    ] {
        scope.tx.execute(sql, &parameters)?;
    }
    scope.tx.execute_one(
        "DELETE FROM bill WHERE workspace_id = ? AND id = ?",
        &parameters,
    )
}

/// Keeps the file that a bill came as, in the place of one that was there.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such bill.
pub fn save_bill_file(
    scope: &mut Scope<'_, '_>,
    bill: Uuid,
    name: &str,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let parameters = scope.with([bill.into(), name.into(), Value::Bytes(bytes.to_vec())]);
    scope.tx.execute_one(
        "INSERT INTO bill_file (workspace_id, bill_id, name, bytes) VALUES (?, ?, ?, ?) \
         ON CONFLICT (workspace_id, bill_id) DO UPDATE SET name = excluded.name, bytes = excluded.bytes",
        &parameters,
    )
}

/// The name of the file that a bill came as.
///
/// # Errors
/// [`StoreError`].
pub fn load_bill_file_name(
    scope: &mut Scope<'_, '_>,
    bill: Uuid,
) -> Result<Option<String>, StoreError> {
    let parameters = scope.with([bill.into()]);
    scope.tx.first(
        "SELECT name FROM bill_file WHERE workspace_id = ? AND bill_id = ?",
        &parameters,
        |row| row.text(0),
    )
}

/// The file that a bill came as: its name and what is in it.
///
/// # Errors
/// [`StoreError`].
pub fn load_bill_file(
    scope: &mut Scope<'_, '_>,
    bill: Uuid,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let parameters = scope.with([bill.into()]);
    scope.tx.first(
        "SELECT name, bytes FROM bill_file WHERE workspace_id = ? AND bill_id = ?",
        &parameters,
        |row| Ok((row.text(0)?, row.bytes(1)?)),
    )
}

/// Whether a bill is paid by a statement.
///
/// # Errors
/// [`StoreError`].
pub fn is_billed(scope: &mut Scope<'_, '_>, statement: i64) -> Result<bool, StoreError> {
    let parameters = scope.with([statement.into()]);
    let found = scope.tx.first(
        "SELECT 1 FROM bill WHERE workspace_id = ? AND statement = ?",
        &parameters,
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}
