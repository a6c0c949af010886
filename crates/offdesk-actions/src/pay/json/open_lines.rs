//! Lines that are on no statement yet, as JSON.

use serde::Serialize;

use super::super::OpenLine;
use super::{QuantityJson, id, text};
use crate::named::NamedJson;
use crate::people::json::AmountJson;

/// `offdesk.open_lines/1`.
#[derive(Debug, Serialize)]
pub struct OpenLinesJson {
    schema: &'static str,
    lines: Vec<OpenLineJson>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct OpenLineJson {
    posting: u64,
    person: NamedJson,
    takes_back: Option<u64>,
    day: String,
    activity: String,
    assignment: Option<String>,
    number: Option<i64>,
    milestone: Option<String>,
    in_place_of: Option<u64>,
    why: Option<String>,
    quantity: QuantityJson,
    terms: AmountJson,
    amount: String,
    currency: String,
}

impl OpenLineJson {
    fn of(line: &OpenLine) -> Self {
        let about = &line.about;
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self {
            posting: line.posting,
            person: NamedJson::of(line.person_id, &line.person),
            takes_back: about.of.filter(|_| about.takes_back),
            day: line.earned.day.to_string(),
            activity: line.activity.clone(),
            assignment: id(&line.earned),
            number: about.assignment,
            milestone: said(&about.milestone),
            in_place_of: about.of.filter(|_| !about.takes_back),
            why: said(&about.why),
            quantity: QuantityJson::of(line.earned.quantity),
            terms: AmountJson::of(&line.earned.terms),
            amount: text(line.amount),
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
