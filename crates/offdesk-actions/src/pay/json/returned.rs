//! A payment that came back as JSON: its statement, and what became of the others of its row.

use offdesk_domain::Day;
use offdesk_domain::pay::reference;
use serde::Serialize;

use super::StatementJson;
use crate::pay::{Beside, Returned};

/// What became of another statement of a row that came back just now.
#[derive(Debug, Serialize)]
pub(super) struct BesideJson {
    statement: String,
    payment: u64,
    day: String,
    came_back: bool,
}

impl StatementJson {
    /// A statement of which a payment came back, and what became of the others of its row.
    #[must_use]
    pub fn returned(returned: &Returned, today: Day) -> Self {
        let beside = |one: &Beside| BesideJson {
            statement: reference(u64::try_from(one.statement).unwrap_or(0)),
            payment: one.payment,
            day: one.day.to_string(),
            came_back: one.came_back,
        };
        Self {
            row: returned.row.iter().map(beside).collect(),
            ..Self::of(&returned.detail, today)
        }
    }
}
