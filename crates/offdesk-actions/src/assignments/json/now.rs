//! Where an assignment stands after it was changed.

use serde::Serialize;

use super::SummaryJson;
use crate::assignments::AssignmentNow;

/// `offdesk.assignment_now/1`.
#[derive(Debug, Serialize)]
pub struct AssignmentNowJson {
    schema: &'static str,
    #[serde(flatten)]
    summary: SummaryJson,
}

impl AssignmentNowJson {
    /// An assignment that was just changed.
    #[must_use]
    pub fn of(now: &AssignmentNow) -> Self {
        let name = (!now.is_blind()).then_some(now.person.name.as_str());
        Self {
            schema: "offdesk.assignment_now/1",
            summary: SummaryJson::of(&now.row, name),
        }
    }
}
