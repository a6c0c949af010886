//! A bill as it is looked at: line by line with what was accepted of it, what was never accepted, and what is not billed.

use std::collections::BTreeMap;

use offdesk_domain::money::Money;
use offdesk_domain::pay::{Accepted, BillState, LineMatch, Matching, Posted};
use offdesk_domain::time::{Day, Period};
use offdesk_store::Scope;
use offdesk_store::Uuid;
use offdesk_store::assignments::load_assignment;
use offdesk_store::pay::bills::{BillLineRow, BillRow, list_bill_lines, load_bill_file_name};
use offdesk_store::pay::statements::load_statement;

use super::super::money_of;
use super::super::statements::{StatementSummary, day, summaries};
use super::taxed::is_tax_alone;
use super::work::{Held, hold};
use crate::error::Error;
use crate::people::Names;

/// A piece of work that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillWork {
    /// The number of its posting.
    pub posting: u64,
    /// The name of its activity.
    pub activity: String,
    /// The number of its assignment.
    pub assignment: Option<i64>,
    /// Its day.
    pub day: Day,
    /// What it comes to.
    pub amount: Money,
    /// The statement that it was on before the bill.
    pub statement: Option<u64>,
}

/// A line of a bill with what was accepted of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownLine {
    /// The line.
    pub row: BillLineRow,
    /// What it bills.
    pub amount: Money,
    /// The number of the assignment that it names.
    pub assignment: Option<i64>,
    /// What was accepted of it.
    pub found: LineMatch,
}

/// A bill with what matches of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillDetail {
    /// The bill.
    pub row: BillRow,
    /// The name of who sent it.
    pub person: String,
    /// Its day.
    pub day: Day,
    /// The days it is for.
    pub period: Period,
    /// Where it stands.
    pub state: BillState,
    /// The tax on top.
    pub tax: Money,
    /// Lines and tax.
    pub total: Money,
    /// Its lines.
    pub lines: Vec<ShownLine>,
    /// All of it held against what was accepted.
    pub matching: Matching,
    /// The work that is spoken of, by the number of its posting.
    pub work: BTreeMap<u64, BillWork>,
    /// The statement it is paid by.
    pub statement: Option<StatementSummary>,
    /// The name of the file it came as.
    pub file: Option<String>,
}

impl BillDetail {
    /// A piece of work.
    #[must_use]
    pub fn work_of(&self, posting: u64) -> Option<&BillWork> {
        self.work.get(&posting)
    }
}

/// A bill with what matches of it.
pub(super) fn detail(scope: &mut Scope<'_, '_>, row: BillRow) -> Result<BillDetail, Error> {
    let lines = list_bill_lines(scope, row.id)?;
    let held = hold(scope, &row, &lines)?;
    let tax = money_of(&row.tax, &row.currency)?;
    let total = held.matching.billed.plus(tax).map_err(|_| too_large())?;
    let statement = match row.statement {
        Some(number) => {
            let stored = load_statement(scope, number)?;
            summaries(scope, stored.into_iter().collect())?.pop()
        }
        None => None,
    };
    let state = match &statement {
        Some(one) if one.is_owed() => BillState::Approved,
        Some(_) => BillState::Paid,
        None if row.state == BillState::Queried.word() => BillState::Queried,
        None if can_be_approved_whole(scope, &held, tax)? => BillState::Matched,
        None => BillState::Received,
    };
    let mut shown = Vec::with_capacity(lines.len());
    for (line, found) in lines.into_iter().zip(&held.matching.lines) {
        shown.push(ShownLine {
            amount: money_of(&line.amount, &row.currency)?,
            assignment: number_of(scope, line.assignment_id)?,
            found: found.clone(),
            row: line,
        });
    }
    let mut work = BTreeMap::new();
    for (number, accepted) in &held.work {
        work.insert(*number, work_of(scope, &held, accepted)?);
    }
    Ok(BillDetail {
        person: Names::default().of(scope, row.person_id)?,
        day: day(row.day)?,
        period: Period {
            from: day(row.days.0)?,
            to: day(row.days.1)?,
        },
        state,
        tax,
        total,
        lines: shown,
        matching: held.matching,
        work,
        statement,
        file: load_bill_file_name(scope, row.id)?,
        row,
    })
}

/// Whether all of it was accepted, to the smallest unit, and can be paid: it is on no statement, or is all of one.
fn can_be_approved_whole(
    scope: &mut Scope<'_, '_>,
    held: &Held,
    tax: Money,
) -> Result<bool, Error> {
    if !held.matching.is_whole() {
        return Ok(false);
    }
    if held.matching.statements.is_empty() {
        return Ok(true);
    }
    let total = held.matching.billed.plus(tax).map_err(|_| too_large())?;
    Ok(statement_of_all(scope, held, total)?.is_some() || is_tax_alone(scope, held, tax, false)?)
}

fn too_large() -> Error {
    offdesk_domain::pay::PayError::TooLarge.into()
}

/// The one statement that a bill is all of, where it is: nothing of the bill is on no statement or on another, and what is to be paid is the same.
pub(super) fn statement_of_all(
    scope: &mut Scope<'_, '_>,
    held: &Held,
    total: Money,
) -> Result<Option<i64>, Error> {
    let mut statements = held.matching.statements.iter();
    let (Some(only), None) = (statements.next(), statements.next()) else {
        return Ok(None);
    };
    let number = i64::try_from(*only).unwrap_or(i64::MAX);
    let stored = load_statement(scope, number)?;
    let found = summaries(scope, stored.into_iter().collect())?.pop();
    let is_all = held.matching.is_whole()
        && held.matching.open.is_empty()
        && found.is_some_and(|one| one.row.bill.is_none() && one.balance == total);
    Ok(is_all.then_some(number))
}

fn number_of(scope: &mut Scope<'_, '_>, assignment: Option<Uuid>) -> Result<Option<i64>, Error> {
    let Some(id) = assignment else {
        return Ok(None);
    };
    Ok(load_assignment(scope, id)?.map(|row| row.number))
}

fn work_of(scope: &mut Scope<'_, '_>, held: &Held, accepted: &Accepted) -> Result<BillWork, Error> {
    let (Posted::Earned(earned) | Posted::Reversed { earned, .. }) = &accepted.posting.posted
    else {
        return Err(super::super::damaged("a line of a bill"));
    };
    let assignment = earned.assignment.map(|id| Uuid::from_bytes(id.0));
    Ok(BillWork {
        posting: accepted.posting.number,
        activity: accepted.activity.clone(),
        assignment: number_of(scope, assignment)?,
        day: earned.day,
        amount: held.of.sum_of([&accepted.posting])?,
        statement: accepted.statement,
    })
}
