//! What was agreed before a change that the person has not answered, in columns of the assignment.

use crate::{Row, StoreError, Value};

/// What was agreed before a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedRow {
    /// The state it had, in one word.
    pub state: String,
    /// When it was due.
    pub due_at: i64,
    /// The version it was done by.
    pub blueprint_number: i64,
    /// So many times it was returned under that version.
    pub returns: i64,
    /// What was done, in a line.
    pub title: String,
    /// What the person was told with it.
    pub note: String,
    /// A decimal number.
    pub amount: String,
    /// When the person had agreed to it.
    pub at: Option<i64>,
}

/// Reads it from the columns that begin at a place; nothing where no change waits.
pub(super) fn read(row: &Row<'_>, from: usize) -> Result<Option<AgreedRow>, StoreError> {
    let Some(state) = row.opt_text(from)? else {
        return Ok(None);
    };
    Ok(Some(AgreedRow {
        state,
        due_at: row.int(from + 1)?,
        blueprint_number: row.int(from + 2)?,
        returns: row.int(from + 3)?,
        title: row.text(from + 4)?,
        note: row.text(from + 5)?,
        amount: row.text(from + 6)?,
        at: row.opt_int(from + 7)?,
    }))
}

/// The values of its columns, in their order.
pub(super) fn values(agreed: Option<&AgreedRow>) -> [Value; 8] {
    [
        agreed.map(|it| it.state.as_str()).into(),
        agreed.map(|it| it.due_at).into(),
        agreed.map(|it| it.blueprint_number).into(),
        agreed.map(|it| it.returns).into(),
        agreed.map(|it| it.title.as_str()).into(),
        agreed.map(|it| it.note.as_str()).into(),
        agreed.map(|it| it.amount.as_str()).into(),
        agreed.and_then(|it| it.at).into(),
    ]
}
