//! What the owner's side spent on an assignment, as JSON.

use offdesk_store::assignments::supervision::SupervisionRow;
use serde::Serialize;

use super::hours;
use crate::moment::at;

#[derive(Debug, Serialize)]
pub(super) struct SpentJson {
    id: String,
    kind: String,
    hours: f64,
    captured_hours: f64,
    at: Option<String>,
    version: i64,
}

impl SpentJson {
    pub(super) fn of(row: &SupervisionRow) -> Self {
        Self {
            id: row.id.to_string(),
            kind: row.kind.clone(),
            hours: hours(row.seconds),
            captured_hours: hours(row.captured),
            at: at(row.created_at),
            version: row.version,
        }
    }
}
