//! What was agreed before a change that waits for an answer, as JSON.

use offdesk_store::assignments::agreed::AgreedRow;
use serde::Serialize;

use crate::moment::at;

#[derive(Debug, Serialize)]
pub(super) struct AgreedJson {
    state: String,
    title: String,
    note: String,
    due: Option<String>,
    amount: String,
    blueprint_number: i64,
    agreed_at: Option<String>,
}

impl AgreedJson {
    pub(super) fn of(row: &AgreedRow) -> Self {
        Self {
            state: row.state.clone(),
            title: row.title.clone(),
            note: row.note.clone(),
            due: at(row.due_at),
            amount: row.amount.clone(),
            blueprint_number: row.blueprint_number,
            agreed_at: row.at.and_then(at),
        }
    }
}
