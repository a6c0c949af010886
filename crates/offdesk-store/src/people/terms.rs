//! What people are paid, from which day on.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// Terms from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsRow {
    /// The person.
    pub person_id: Uuid,
    /// Id; grows with time.
    pub id: Uuid,
    /// From this day on.
    pub from_day: i64,
    /// What the amount is for, in one word.
    pub unit: String,
    /// A decimal number.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    /// What the owner notes.
    pub note: String,
    /// When they were noted.
    pub created_at: i64,
}

/// The terms of a person, the earliest day first, of one day in the order they were noted.
///
/// # Errors
/// [`StoreError`].
pub fn list_terms(scope: &mut Scope<'_, '_>, person: Uuid) -> Result<Vec<TermsRow>, StoreError> {
    let parameters = scope.with([person.into()]);
    scope.tx.query(
        "SELECT person_id, id, from_day, unit, amount, currency, note, created_at FROM person_terms \
         WHERE workspace_id = ? AND person_id = ? ORDER BY from_day, id",
        &parameters,
        |row| {
            Ok(TermsRow {
                person_id: row.id(0)?,
                id: row.id(1)?,
                from_day: row.int(2)?,
                unit: row.text(3)?,
                amount: row.text(4)?,
                currency: row.text(5)?,
                note: row.text(6)?,
                created_at: row.int(7)?,
            })
        },
    )
}

/// Adds terms.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such person.
pub fn insert_terms(scope: &mut Scope<'_, '_>, terms: &TermsRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        terms.person_id.into(),
        terms.id.into(),
        terms.from_day.into(),
        terms.unit.as_str().into(),
        terms.amount.as_str().into(),
        terms.currency.as_str().into(),
        terms.note.as_str().into(),
        terms.created_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO person_terms (workspace_id, person_id, id, from_day, unit, amount, currency, note, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Removes terms, and says whether there were such.
///
/// # Errors
/// [`StoreError`].
pub fn remove_terms(scope: &mut Scope<'_, '_>, person: Uuid, id: Uuid) -> Result<bool, StoreError> {
    let parameters = scope.with([person.into(), id.into()]);
    let removed = scope.tx.execute(
        "DELETE FROM person_terms WHERE workspace_id = ? AND person_id = ? AND id = ?",
        &parameters,
    )?;
    Ok(removed == 1)
}
