//! Lines that are on no statement yet, as JSON.

use serde::Serialize;

use super::super::OpenLine;
use super::LineJson;
use crate::named::NamedJson;

/// `offdesk.open_lines/1`.
#[derive(Debug, Serialize)]
pub struct OpenLinesJson {
    schema: &'static str,
    lines: Vec<OpenLineJson>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct OpenLineJson {
    #[serde(flatten)]
    line: LineJson,
    person: NamedJson,
    currency: String,
}

impl OpenLineJson {
    fn of(line: &OpenLine) -> Self {
        let what = (line.activity.clone(), line.about.clone());
        Self {
            line: LineJson::of(line.posting, &line.earned, what, line.amount),
            person: NamedJson::of(line.person_id, &line.person),
            currency: line.amount.currency.to_string(),
        }
    }
}

impl OpenLinesJson {
    /// A page of lines, and where the next one begins.
    #[must_use]
    pub fn of(lines: &[OpenLine], next: Option<String>) -> Self {
        Self {
            schema: "offdesk.open_lines/1",
            lines: lines.iter().map(OpenLineJson::of).collect(),
            next,
        }
    }
}
