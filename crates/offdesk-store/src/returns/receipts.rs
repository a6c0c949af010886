//! Money that came in. Rows are only added: there is no statement here that changes or removes one.

use offdesk_domain::pay::Hash;
use offdesk_domain::text::unhex;
use uuid::Uuid;

use crate::proofs::{first_of, hash_of};
use crate::{Row, Scope, StoreError};

/// Money that came in, or what takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Its number, from 1.
    pub number: i64,
    /// By which handoff; `None` where it is of no single one.
    pub handoff_id: Option<Uuid>,
    /// On which day.
    pub day: i64,
    /// A decimal number above nothing.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    /// What it was for.
    pub note: String,
    /// The receipt that is taken back.
    pub of_number: Option<i64>,
    /// Who noted it.
    pub created_by: Uuid,
    /// When.
    pub created_at: i64,
    /// The hash of the one before and of all that this one says; it is reckoned when it is added.
    pub hash: String,
}

fn read(row: &Row<'_>) -> Result<ReceiptRow, StoreError> {
    Ok(ReceiptRow {
        number: row.int(0)?,
        handoff_id: row.opt_id(1)?,
        day: row.int(2)?,
        amount: row.text(3)?,
        currency: row.text(4)?,
        note: row.text(5)?,
        of_number: row.opt_int(6)?,
        created_by: row.id(7)?,
        created_at: row.int(8)?,
        hash: row.text(9)?,
    })
}

/// Adds one, with the next number. Whoever adds one holds the workspace first.
///
/// # Errors
/// [`StoreError::Conflict`] where what it takes back was taken back already, [`StoreError::Missing`] where that or the handoff is not there.
pub fn insert_receipt(
    scope: &mut Scope<'_, '_>,
    receipt: &ReceiptRow,
) -> Result<ReceiptRow, StoreError> {
    let parameters = scope.with([]);
    let last = scope.tx.first(
        "SELECT number, hash FROM receipt WHERE workspace_id = ? ORDER BY number DESC LIMIT 1",
        &parameters,
        |row| Ok((row.int(0)?, row.text(1)?)),
    )?;
    let (last, previous) = match last {
        None => (0, first_of(scope)),
        Some((number, hash)) => (number, hash_read(number, &hash)?),
    };
    let mut numbered = ReceiptRow {
        number: last + 1,
        ..receipt.clone()
    };
    numbered.hash = hash_of(&numbered, previous).to_string();
    let parameters = scope.with([
        numbered.number.into(),
        numbered.handoff_id.into(),
        numbered.day.into(),
        numbered.amount.as_str().into(),
        numbered.currency.as_str().into(),
        numbered.note.as_str().into(),
        numbered.of_number.into(),
        numbered.created_by.into(),
        numbered.created_at.into(),
        numbered.hash.as_str().into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO receipt (workspace_id, number, handoff_id, day, amount, currency, note, of_number, created_by, created_at, hash) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )?;
    Ok(numbered)
}

fn hash_read(number: i64, text: &str) -> Result<Hash, StoreError> {
    let bytes = unhex(text).and_then(|bytes| bytes.try_into().ok());
    let hash = bytes.map(Hash);
    hash.ok_or_else(|| StoreError::Damaged(format!("the hash of receipt {number}")))
}

/// All of them, those that take others back too, in the order of their numbers.
///
/// # Errors
/// [`StoreError`].
pub fn list_receipts(scope: &mut Scope<'_, '_>) -> Result<Vec<ReceiptRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT number, handoff_id, day, amount, currency, note, of_number, created_by, created_at, hash FROM receipt \
         WHERE workspace_id = ? ORDER BY number",
        &parameters,
        read,
    )
}

/// One by its number.
///
/// # Errors
/// [`StoreError`].
pub fn load_receipt(
    scope: &mut Scope<'_, '_>,
    number: i64,
) -> Result<Option<ReceiptRow>, StoreError> {
    let parameters = scope.with([number.into()]);
    scope.tx.first(
        "SELECT number, handoff_id, day, amount, currency, note, of_number, created_by, created_at, hash FROM receipt \
         WHERE workspace_id = ? AND number = ?",
        &parameters,
        read,
    )
}
