//! The work that a bill is held against: what the person has earned in its currency, on no statement yet or on one of its days.

use std::collections::{BTreeMap, BTreeSet};

use offdesk_domain::Day;
use offdesk_domain::pay::{
    Accepted, BillLine, BillOf, Matching, Posted, Posting, RecordId, Rounding, match_bill,
};
use offdesk_store::pay::bills::{BillLineRow, BillRow};
use offdesk_store::pay::person_pay::load_person_pay;
use offdesk_store::pay::postings::{
    PostingRow, list_of_assignment, list_open, list_stated, load_posting,
};
use offdesk_store::pay::stated_work::{list_stated_work, statement_of};
use offdesk_store::{Scope, Uuid};

use super::super::about::activities_of;
use super::super::ledger::{earned_of, record};
use super::super::{damaged, money_of};
use crate::error::Error;

/// A bill held against the work, and the work.
pub(super) struct Held {
    pub(super) of: BillOf,
    pub(super) matching: Matching,
    pub(super) work: BTreeMap<u64, Accepted>,
}

impl Held {
    /// The postings of numbers.
    pub(super) fn postings(&self, numbers: &[u64]) -> Vec<Posting> {
        let found = numbers.iter().filter_map(|number| self.work.get(number));
        found.map(|it| it.posting.clone()).collect()
    }
}

/// Holds a bill against what was accepted; one that is approved against what is on its statement.
pub(super) fn hold(
    scope: &mut Scope<'_, '_>,
    bill: &BillRow,
    lines: &[BillLineRow],
) -> Result<Held, Error> {
    let stated = match bill.statement {
        Some(statement) => list_stated(scope, statement)?,
        None => Vec::new(),
    };
    // A statement of a tax alone has no work: that is on those before it.
    let found = match stated.is_empty() {
        false => stated.into_iter().map(|row| (row, None)).collect(),
        true => candidates(scope, bill, lines)?,
    };
    let rows: Vec<PostingRow> = found.iter().map(|(row, _)| row.clone()).collect();
    let names = activities_of(scope, &rows)?;
    let mut work = Vec::with_capacity(found.len());
    for (row, statement) in &found {
        let posting = earned_of(row)?;
        let activity = match &posting.posted {
            Posted::Earned(earned) | Posted::Reversed { earned, .. } => earned.activity,
            _ => RecordId([0; 16]),
        };
        work.push(Accepted {
            posting,
            activity: names.get(&activity).cloned().unwrap_or_default(),
            statement: statement.and_then(|number| u64::try_from(number).ok()),
        });
    }
    let of = BillOf {
        person: record(bill.person_id),
        rounding: rounding_of(scope, bill.person_id)?,
        currency: bill.currency.parse().map_err(|_| damaged("a bill"))?,
    };
    let read: Result<Vec<BillLine>, Error> = lines
        .iter()
        .map(|line| {
            Ok(BillLine {
                text: line.text.clone(),
                assignment: line.assignment_id.map(record),
                day: line.day.and_then(Day::from_number),
                amount: money_of(&line.amount, &bill.currency)?,
            })
        })
        .collect();
    let matching = match_bill(of, &read?, &work)?;
    let work = work.into_iter().map(|it| (it.posting.number, it));
    Ok(Held {
        of,
        matching,
        work: work.collect(),
    })
}

fn rounding_of(scope: &mut Scope<'_, '_>, person: Uuid) -> Result<Rounding, Error> {
    match load_person_pay(scope, person)? {
        Some(row) => Rounding::of(&row.rounding).ok_or_else(|| damaged("how somebody is paid")),
        None => Ok(Rounding::ExactSum),
    }
}

/// What is open up to the bill's last day, what is on a statement on its days, and whatever the assignments that it names have earned.
/// What was earned and taken back before anybody was paid is nothing that could be billed.
fn candidates(
    scope: &mut Scope<'_, '_>,
    bill: &BillRow,
    lines: &[BillLineRow],
) -> Result<Vec<(PostingRow, Option<i64>)>, Error> {
    let whose = (bill.person_id, bill.currency.as_str());
    let mut found: BTreeMap<i64, (PostingRow, Option<i64>)> = BTreeMap::new();
    for row in list_open(scope, whose.0, whose.1, bill.days.1)? {
        found.insert(row.number, (row, None));
    }
    for (posting, statement) in list_stated_work(scope, whose, bill.days)? {
        if let Some(row) = load_posting(scope, posting)? {
            found.insert(posting, (row, Some(statement)));
        }
    }
    let named: BTreeSet<Uuid> = lines.iter().filter_map(|it| it.assignment_id).collect();
    for assignment in named {
        for row in list_of_assignment(scope, assignment)? {
            let is_theirs = row.person_id == whose.0 && row.currency == whose.1;
            if is_theirs && matches!(row.kind.as_str(), "earned" | "reversed") {
                let statement = statement_of(scope, row.number)?;
                found.insert(row.number, (row, statement));
            }
        }
    }
    let open_pairs: BTreeSet<i64> = found
        .values()
        .filter(|(_, statement)| statement.is_none())
        .filter_map(|(row, _)| Some((row.number, row.of_number?)))
        .filter(|(_, of)| matches!(found.get(of), Some((_, None))))
        .flat_map(|(number, of)| [number, of])
        .collect();
    found.retain(|number, _| !open_pairs.contains(number));
    Ok(found.into_values().collect())
}
