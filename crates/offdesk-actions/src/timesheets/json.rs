//! Weeks of hours as JSON, `offdesk.week_hours/1` and `offdesk.timesheets/1`: the command line and the API give the same.

use serde::Serialize;

use super::{PaidBeside, Week, WeekSummary};
use crate::moment::at;
use crate::named::NamedJson;

/// `offdesk.week_hours/1`.
#[derive(Debug, Serialize)]
pub struct WeekJson {
    schema: &'static str,
    person: NamedJson,
    week: String,
    state: &'static str,
    hours: f64,
    lines: Vec<LineJson>,
    paid_beside: Vec<BesideJson>,
    off: Vec<String>,
    said: String,
    submitted_at: Option<String>,
    version: i64,
}

#[derive(Debug, Serialize)]
struct LineJson {
    handoff: String,
    activity: String,
    day: String,
    hours: f64,
    note: String,
}

/// Hours that are paid with an assignment.
#[derive(Debug, Serialize)]
struct BesideJson {
    handoff: String,
    activity: String,
    day: String,
    from: String,
    to: String,
    hours: f64,
    assignment: i64,
}

impl BesideJson {
    fn of(beside: &PaidBeside) -> Self {
        Self {
            handoff: beside.handoff.to_string(),
            activity: beside.activity.clone(),
            day: beside.day.to_string(),
            from: beside.ran.from.to_string(),
            to: beside.ran.to.to_string(),
            hours: beside.time.hours_f64(),
            assignment: beside.assignment,
        }
    }
}

impl WeekJson {
    /// A week with its hours.
    #[must_use]
    pub fn of(week: &Week) -> Self {
        let lines = week.lines.iter().map(|line| LineJson {
            handoff: line.handoff.to_string(),
            activity: line.activity.clone(),
            day: line.day.to_string(),
            hours: line.time.hours_f64(),
            note: line.note.clone(),
        });
        Self {
            schema: "offdesk.week_hours/1",
            person: NamedJson::of(week.person_id, &week.person),
            week: week.monday.to_string(),
            state: week.state.word(),
            hours: week.time().hours_f64(),
            lines: lines.collect(),
            paid_beside: week.beside.iter().map(BesideJson::of).collect(),
            off: week.off.iter().map(ToString::to_string).collect(),
            said: week.said.clone(),
            submitted_at: week.submitted_at.and_then(at),
            version: week.version,
        }
    }
}

/// `offdesk.timesheets/1`.
#[derive(Debug, Serialize)]
pub struct TimesheetsJson {
    schema: &'static str,
    timesheets: Vec<SummaryJson>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct SummaryJson {
    person: NamedJson,
    week: String,
    state: &'static str,
    hours: f64,
}

impl TimesheetsJson {
    /// Weeks in a list, and the place where the next page of it begins.
    #[must_use]
    pub fn of(all: &[WeekSummary], next: Option<String>) -> Self {
        let one = |one: &WeekSummary| SummaryJson {
            person: NamedJson::of(one.person_id, &one.person),
            week: one.monday.to_string(),
            state: one.state.word(),
            hours: one.time.hours_f64(),
        };
        Self {
            schema: "offdesk.timesheets/1",
            timesheets: all.iter().map(one).collect(),
            next,
        }
    }
}
