//! Recurrences as JSON.

use offdesk_domain::recurrence::{WEEKDAYS, left_out};
use serde::Serialize;

use crate::assignments::recurring::RecurrenceDetail;
use crate::moment::at;

/// `offdesk.recurrence/1`.
#[derive(Debug, Serialize)]
pub struct RecurrenceJson {
    schema: &'static str,
    id: String,
    handoff: String,
    title: String,
    note: String,
    rule: String,
    zone: String,
    days_off: Vec<String>,
    lead_hours: i64,
    leaves_out: Option<String>,
    state: String,
    next_given_at: Option<String>,
    next_due: Vec<String>,
    version: i64,
}

impl RecurrenceJson {
    /// A recurrence with its next occurrences.
    #[must_use]
    pub fn of(detail: &RecurrenceDetail) -> Self {
        let row = &detail.row;
        let weekdays = (0..)
            .zip(WEEKDAYS)
            .filter(|(bit, _)| row.off_weekdays >> bit & 1 == 1)
            .map(|(_, name)| name.to_owned());
        let days = row.off_days.split_whitespace().map(str::to_owned);
        Self {
            schema: "offdesk.recurrence/1",
            id: row.id.to_string(),
            handoff: row.handoff_id.to_string(),
            title: row.title.clone(),
            note: row.note.clone(),
            rule: row.rule.clone(),
            zone: row.zone.clone(),
            days_off: weekdays.chain(days).collect(),
            lead_hours: row.lead_hours,
            leaves_out: left_out(&row.rule),
            state: row.state.clone(),
            next_given_at: row.next_at.and_then(at),
            next_due: detail.next.iter().map(|one| one.at.to_string()).collect(),
            version: row.version,
        }
    }
}

/// `offdesk.recurrences/1`.
#[derive(Debug, Serialize)]
pub struct RecurrencesJson {
    schema: &'static str,
    recurrences: Vec<RecurrenceJson>,
    next: Option<String>,
}

impl RecurrencesJson {
    /// Those of a handoff, with the place where the next page begins.
    #[must_use]
    pub fn of(all: &[RecurrenceDetail], next: Option<String>) -> Self {
        Self {
            schema: "offdesk.recurrences/1",
            recurrences: all.iter().map(RecurrenceJson::of).collect(),
            next,
        }
    }
}
