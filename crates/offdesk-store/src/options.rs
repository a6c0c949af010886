//! Who could do an activity, and on which terms: what the owner has typed, kept so that it need not be typed twice.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// One who could do an activity; at place 0 what was said of the owner and the work itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionRow {
    /// The activity.
    pub activity_id: Uuid,
    /// Place in the list, from 1; 0 for the owner.
    pub place: i64,
    /// Name.
    pub name: String,
    /// Kind in one word.
    pub kind: String,
    /// Figures, as JSON.
    pub figures: String,
    /// The currency of its amounts.
    pub currency: String,
    /// When it was said.
    pub created_at: i64,
}

fn read(row: &Row<'_>) -> Result<OptionRow, StoreError> {
    Ok(OptionRow {
        activity_id: row.id(0)?,
        place: row.int(1)?,
        name: row.text(2)?,
        kind: row.text(3)?,
        figures: row.text(4)?,
        currency: row.text(5)?,
        created_at: row.int(6)?,
    })
}

/// Those of all activities, by activity and place.
///
/// # Errors
/// [`StoreError`].
pub fn list_options(scope: &mut Scope<'_, '_>) -> Result<Vec<OptionRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT activity_id, place, name, kind, figures, currency, created_at FROM activity_option \
         WHERE workspace_id = ? ORDER BY activity_id, place",
        &parameters,
        read,
    )
}

/// Puts those of an activity in the place of what was there.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such activity.
pub fn replace_options(
    scope: &mut Scope<'_, '_>,
    activity: Uuid,
    options: &[OptionRow],
) -> Result<(), StoreError> {
    let parameters = scope.with([activity.into()]);
    scope.tx.execute(
        "DELETE FROM activity_option WHERE workspace_id = ? AND activity_id = ?",
        &parameters,
    )?;
    for option in options {
        let parameters = scope.with([
            activity.into(),
            option.place.into(),
            option.name.as_str().into(),
            option.kind.as_str().into(),
            option.figures.as_str().into(),
            option.currency.as_str().into(),
            option.created_at.into(),
        ]);
        scope.tx.execute_one(
            "INSERT INTO activity_option (workspace_id, activity_id, place, name, kind, figures, currency, created_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            &parameters,
        )?;
    }
    Ok(())
}
