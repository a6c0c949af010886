//! Bills as JSON, `offdesk.bill/1` and `offdesk.bills/1`: the command line and the API give the same.

use offdesk_domain::pay::reference;
use serde::Serialize;

use super::{BillDetail, BillWork, ShownLine};
use crate::named::NamedJson;
use crate::pay::json::text;
use crate::people::json::day;

/// A bill in a list.
#[derive(Debug, Serialize)]
pub struct SummaryJson {
    id: String,
    number: String,
    person: NamedJson,
    day: String,
    from: String,
    to: String,
    currency: String,
    net: String,
    tax: String,
    total: String,
    accepted: String,
    difference: String,
    state: &'static str,
    statement: Option<String>,
    version: i64,
}

impl SummaryJson {
    fn of(bill: &BillDetail) -> Self {
        Self {
            id: bill.row.id.to_string(),
            number: bill.row.number.clone(),
            person: NamedJson::of(bill.row.person_id, &bill.person),
            day: bill.day.to_string(),
            from: bill.period.from.to_string(),
            to: bill.period.to.to_string(),
            currency: bill.row.currency.clone(),
            net: text(bill.matching.billed),
            tax: text(bill.tax),
            total: text(bill.total),
            accepted: text(bill.matching.accepted),
            difference: text(bill.matching.difference),
            state: bill.state.word(),
            statement: bill.statement.as_ref().map(|one| one.reference()),
            version: bill.row.version,
        }
    }
}

/// `offdesk.bills/1`.
#[derive(Debug, Serialize)]
pub struct BillsJson {
    schema: &'static str,
    bills: Vec<SummaryJson>,
    next: Option<String>,
}

impl BillsJson {
    /// A page of bills, and where the next one begins.
    #[must_use]
    pub fn of(all: &[BillDetail], next: Option<String>) -> Self {
        Self {
            schema: "offdesk.bills/1",
            bills: all.iter().map(SummaryJson::of).collect(),
            next,
        }
    }
}

/// `offdesk.bill/1`.
#[derive(Debug, Serialize)]
pub struct BillJson {
    schema: &'static str,
    #[serde(flatten)]
    summary: SummaryJson,
    note: String,
    said: String,
    file: Option<String>,
    lines: Vec<LineJson>,
    not_billed: Vec<WorkJson>,
    taken_off: String,
    taken_back: Vec<WorkJson>,
}

#[derive(Debug, Serialize)]
struct LineJson {
    text: String,
    day: Option<String>,
    assignment: Option<i64>,
    amount: String,
    accepted: String,
    difference: String,
    work: Vec<WorkJson>,
}

#[derive(Debug, Serialize)]
struct WorkJson {
    posting: u64,
    activity: String,
    assignment: Option<i64>,
    day: String,
    amount: String,
    statement: Option<String>,
}

impl WorkJson {
    fn of(work: &BillWork) -> Self {
        Self {
            posting: work.posting,
            activity: work.activity.clone(),
            assignment: work.assignment,
            day: work.day.to_string(),
            amount: text(work.amount),
            statement: work.statement.map(reference),
        }
    }

    fn all(bill: &BillDetail, postings: &[u64]) -> Vec<Self> {
        let found = postings.iter().filter_map(|number| bill.work_of(*number));
        found.map(Self::of).collect()
    }
}

impl BillJson {
    /// A bill with what matches of it.
    #[must_use]
    pub fn of(bill: &BillDetail) -> Self {
        let line = |line: &ShownLine| LineJson {
            text: line.row.text.clone(),
            day: line.row.day.and_then(day),
            assignment: line.assignment,
            amount: text(line.amount),
            accepted: text(line.found.accepted),
            difference: text(line.found.difference),
            work: WorkJson::all(bill, &line.found.postings),
        };
        Self {
            schema: "offdesk.bill/1",
            summary: SummaryJson::of(bill),
            note: bill.row.note.clone(),
            said: bill.row.said.clone(),
            file: bill.file.clone(),
            lines: bill.lines.iter().map(line).collect(),
            not_billed: WorkJson::all(bill, &bill.matching.unbilled),
            taken_off: text(bill.matching.taken_off),
            taken_back: WorkJson::all(bill, &bill.matching.credits),
        }
    }
}
