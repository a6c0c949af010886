//! What the owner's hour was worth since when: a history, never changed.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// The worth since a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorthRow {
    /// Id.
    pub id: Uuid,
    /// Since which day.
    pub from_day: i64,
    /// Basis in one word.
    pub basis: String,
    /// The figures of the basis, as JSON.
    pub figures: String,
    /// Target as a multiple of the worth.
    pub multiple: String,
    /// Worth of an hour.
    pub hour: String,
    /// Target.
    pub target: String,
    /// The most to pay for an hour.
    pub ceiling: String,
    /// Currency.
    pub currency: String,
    /// When it was said.
    pub created_at: i64,
}

fn read(row: &Row<'_>) -> Result<WorthRow, StoreError> {
    Ok(WorthRow {
        id: row.id(0)?,
        from_day: row.int(1)?,
        basis: row.text(2)?,
        figures: row.text(3)?,
        multiple: row.text(4)?,
        hour: row.text(5)?,
        target: row.text(6)?,
        ceiling: row.text(7)?,
        currency: row.text(8)?,
        created_at: row.int(9)?,
    })
}

/// All of them, the one that counts first.
///
/// # Errors
/// [`StoreError`].
pub fn list_worths(scope: &mut Scope<'_, '_>) -> Result<Vec<WorthRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT id, from_day, basis, figures, multiple, hour, target, ceiling, currency, created_at FROM worth \
         WHERE workspace_id = ? ORDER BY from_day DESC, created_at DESC, id DESC",
        &parameters,
        read,
    )
}

/// Adds one.
///
/// # Errors
/// [`StoreError`].
pub fn insert_worth(scope: &mut Scope<'_, '_>, worth: &WorthRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        worth.id.into(),
        worth.from_day.into(),
        worth.basis.as_str().into(),
        worth.figures.as_str().into(),
        worth.multiple.as_str().into(),
        worth.hour.as_str().into(),
        worth.target.as_str().into(),
        worth.ceiling.as_str().into(),
        worth.currency.as_str().into(),
        worth.created_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO worth (workspace_id, id, from_day, basis, figures, multiple, hour, target, ceiling, currency, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}
