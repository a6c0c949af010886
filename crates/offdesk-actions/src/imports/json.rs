//! Imports as JSON, `offdesk.sources/1` and `offdesk.source/1`: the command line and the API give the same.

use jiff::Timestamp;
use offdesk_domain::{Day, Seconds};
use offdesk_store::sources::SourceRow;
use serde::Serialize;

use super::Remarks;

/// An import: `offdesk.source/1` where it stands alone.
#[derive(Serialize)]
pub struct SourceJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    number: i64,
    file: String,
    format: String,
    label: String,
    kind: String,
    rows: u64,
    entries: u64,
    hours: f64,
    skipped: u64,
    bad: u64,
    from: Option<String>,
    to: Option<String>,
    imported_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<Remarks>,
}

impl SourceJson {
    /// One of several.
    fn of(row: &SourceRow) -> Self {
        let day = |day: i64| Day::from_number(day).map_or_else(String::new, |day| day.to_string());
        Self {
            schema: None,
            number: row.number,
            file: row.file.clone(),
            format: row.format.clone(),
            label: row.label.clone(),
            kind: row.kind.clone(),
            rows: row.rows,
            entries: row.entries,
            hours: Seconds(row.seconds).hours_f64(),
            skipped: row.skipped,
            bad: row.bad,
            from: row.days.map(|(first, _)| day(first)),
            to: row.days.map(|(_, last)| day(last)),
            imported_at: Timestamp::from_microsecond(row.created_at)
                .ok()
                .map(|at| at.to_string()),
            remarks: None,
        }
    }

    /// One alone, with its remarks.
    #[must_use]
    pub fn alone(row: &SourceRow) -> Self {
        Self {
            schema: Some("offdesk.source/1"),
            remarks: Some(Remarks::of_source(row)),
            ..Self::of(row)
        }
    }
}

/// `offdesk.sources/1`.
#[derive(Serialize)]
pub struct SourcesJson {
    schema: &'static str,
    undone: Vec<i64>,
    sources: Vec<SourceJson>,
    next: Option<String>,
}

impl SourcesJson {
    /// The imports that count, the numbers of those that were just undone, and the place where the next page begins.
    #[must_use]
    pub fn of(sources: &[SourceRow], undone: Vec<i64>, next: Option<String>) -> Self {
        Self {
            schema: "offdesk.sources/1",
            undone,
            sources: sources.iter().map(SourceJson::of).collect(),
            next,
        }
    }
}
