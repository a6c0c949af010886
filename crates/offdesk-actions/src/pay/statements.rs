//! Statements as they are looked at: in a list with where they stand, and one with its lines and payments.

use std::collections::BTreeMap;

use offdesk_domain::Day;
use offdesk_domain::money::Money;
use offdesk_domain::pay::{Posting, RecordId, Rounding, State, Statement, draw_up_with_bill};
use offdesk_domain::time::Period;
use offdesk_store::pay::postings::{list_payments, list_stated};
use offdesk_store::pay::statements::{
    StatementRow, list_of_person, list_statements as stored, load_statement as stored_one,
};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx};
use rust_decimal::Decimal;

use super::about::{About, abouts_of, activities_of};
use super::drawing::{balance_of, bill_of};
use super::filed::{Filed, filed, filed_of};
use super::ledger::{earned_of, record};
use super::netting::Netting;
use super::payments::{PaymentMade, payments_of};
use super::{damaged, money_of};
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};
use crate::people::Names;
use crate::people::own::own;

/// A statement in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementSummary {
    /// The statement.
    pub row: StatementRow,
    /// The person's name.
    pub person: String,
    /// Where it stands.
    pub state: State,
    /// What it comes to with what it carries.
    pub balance: Money,
    /// What is owed of it, after what the person owes back was taken off.
    pub owed: Money,
    /// What the person owes back and is taken off it; mostly nothing.
    pub taken_off: Money,
    /// What of it the person still owes back, where it is below nothing and nothing else was there to take that off.
    pub back: Money,
    /// First and last day.
    pub period: Period,
    /// The last pay file it is in, since which no payment was noted.
    pub filed: Option<Filed>,
}

impl StatementSummary {
    /// Its number as it stands in references, such as 42 of `ST-0042`.
    #[must_use]
    pub fn number(&self) -> u64 {
        u64::try_from(self.row.number).unwrap_or(0)
    }

    /// Its reference: `ST-0042`.
    #[must_use]
    pub fn reference(&self) -> String {
        offdesk_domain::pay::reference(self.number())
    }

    /// The day by which it is to be paid.
    #[must_use]
    pub fn due(&self) -> Day {
        offdesk_domain::pay::due_day(self.period)
    }

    /// Whether something is owed of it after the day it was to be paid by.
    #[must_use]
    pub fn is_overdue(&self, today: Day) -> bool {
        self.is_owed() && self.due() < today
    }

    /// Whether something is owed of it.
    #[must_use]
    pub fn is_owed(&self) -> bool {
        !self.owed.amount.is_zero()
    }
}

/// A statement with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementDetail {
    /// The statement in short.
    pub summary: StatementSummary,
    /// Its lines.
    pub statement: Statement,
    /// The names of the activities of its lines.
    pub activities: BTreeMap<RecordId, String>,
    /// What its lines pay, by the numbers of their postings.
    pub abouts: BTreeMap<u64, About>,
    /// Its payments, the first first.
    pub payments: Vec<PaymentMade>,
    /// The name of the workspace, which pays.
    pub business: String,
}

impl StatementDetail {
    /// What a line pays.
    #[must_use]
    pub fn about(&self, posting: u64) -> About {
        self.abouts.get(&posting).cloned().unwrap_or_default()
    }

    /// The name of an activity of a line.
    #[must_use]
    pub fn activity(&self, id: RecordId) -> String {
        self.activities.get(&id).cloned().unwrap_or_default()
    }
}

/// A page of statements before a number, the latest first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_statements(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<i64>,
    most: u32,
) -> Result<Vec<StatementSummary>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let rows = stored(&mut scope, before.unwrap_or(i64::MAX), most)?;
    summaries(&mut scope, rows)
}

/// A statement by its number.
///
/// # Errors
/// `pay.no_statement`.
pub fn load_statement(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i64,
) -> Result<StatementDetail, Error> {
    detail(&mut actor.within(tx, Permission::See)?, number)
}

/// The statements of the person the actor is, the latest first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_own_statements(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<StatementSummary>, Error> {
    let (mut scope, person) = own(tx, actor)?;
    let rows = list_of_person(&mut scope, person.id)?;
    unmarked(&mut scope, rows)
}

/// A statement of the person the actor is. What a payment cost the business, and what was noted of it, is left out.
///
/// # Errors
/// `not_found`, also for somebody else's.
pub fn load_own_statement(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i64,
) -> Result<StatementDetail, Error> {
    let (mut scope, person) = own(tx, actor)?;
    let row = stored_one(&mut scope, number)?;
    if row.is_none_or(|row| row.person_id != person.id) {
        return Err(Error::not_found("statement"));
    }
    let mut detail = unmarked_detail(&mut scope, number)?;
    for made in &mut detail.payments {
        made.payment.fee = None;
        made.payment.exchange = None;
        made.payment.note.clear();
    }
    Ok(detail)
}

/// The number of a reference such as `ST-0042`, or of the number alone.
///
/// # Errors
/// `pay.reference`.
pub fn number_of(reference: &str) -> Result<i64, Error> {
    let trimmed = reference.trim();
    let digits = trimmed
        .strip_prefix("ST-")
        .or_else(|| trimmed.strip_prefix("st-"))
        .unwrap_or(trimmed);
    let number = digits.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| {
        let shown = offdesk_import::problem::shown(reference);
        Error::new(
            ErrorKind::Invalid,
            "pay.reference",
            format!("\"{shown}\" is no statement"),
        )
        .hint("write it as it stands on it, such as ST-0042")
    })
}

fn missing() -> Error {
    let message = "there is no such statement";
    Error::new(ErrorKind::NotFound, "pay.no_statement", message)
}

pub(super) fn load(scope: &mut Scope<'_, '_>, number: i64) -> Result<StatementRow, Error> {
    stored_one(scope, number)?.ok_or_else(missing)
}

pub(super) fn summaries(
    scope: &mut Scope<'_, '_>,
    rows: Vec<StatementRow>,
) -> Result<Vec<StatementSummary>, Error> {
    let mut all = unmarked(scope, rows)?;
    let mut filed = filed(scope)?;
    for one in &mut all {
        one.filed = filed.remove(&one.row.number);
    }
    Ok(all)
}

/// Without the pay files they are in, which are none of a worker's.
fn unmarked(
    scope: &mut Scope<'_, '_>,
    rows: Vec<StatementRow>,
) -> Result<Vec<StatementSummary>, Error> {
    let mut names = Names::default();
    let all = rows.into_iter().map(|row| {
        let name = names.of(scope, row.person_id)?;
        summary(row, name)
    });
    let mut all = all.collect::<Result<Vec<_>, Error>>()?;
    let is_open = |one: &StatementSummary| one.is_owed() || one.state == State::Carried;
    if all.iter().any(is_open) {
        let netting = Netting::load(scope)?;
        all.iter_mut().for_each(|one| netting.put(one));
    }
    Ok(all)
}

fn summary(row: StatementRow, person: String) -> Result<StatementSummary, Error> {
    let balance = balance_of(&row)?;
    let nothing = Money::new(Decimal::ZERO, balance.currency);
    Ok(StatementSummary {
        person,
        state: State::of(&row.state).ok_or_else(|| damaged("a statement"))?,
        balance,
        taken_off: nothing,
        back: nothing,
        owed: money_of(&row.owed, &row.currency)?,
        period: Period {
            from: day(row.days.0)?,
            to: day(row.days.1)?,
        },
        filed: None,
        row,
    })
}

pub(super) fn day(number: i64) -> Result<Day, Error> {
    Day::from_number(number).ok_or_else(|| damaged("a day of a statement"))
}

/// A statement with its lines, as they were when it was drawn up.
pub(super) fn detail(scope: &mut Scope<'_, '_>, number: i64) -> Result<StatementDetail, Error> {
    let mut detail = unmarked_detail(scope, number)?;
    detail.summary.filed = filed_of(scope, number)?;
    Ok(detail)
}

fn unmarked_detail(scope: &mut Scope<'_, '_>, number: i64) -> Result<StatementDetail, Error> {
    let row = load(scope, number)?;
    let person = Names::default().of(scope, row.person_id)?;
    let lines = list_stated(scope, number)?;
    let activities = activities_of(scope, &lines)?;
    let abouts = abouts_of(scope, number, &lines)?;
    let postings: Result<Vec<Posting>, Error> = lines.iter().map(earned_of).collect();
    let mut summary = summary(row, person)?;
    let netting = Netting::of(scope, summary.row.person_id, &summary.row.currency)?;
    netting.put(&mut summary);
    let statement = draw_up_with_bill(
        summary.number(),
        record(summary.row.person_id),
        summary.period,
        Rounding::of(&summary.row.rounding).ok_or_else(|| damaged("a statement"))?,
        money_of(&summary.row.carried, &summary.row.currency)?,
        bill_of(&summary.row)?,
        &postings?,
    )?;
    Ok(StatementDetail {
        payments: payments_of(&list_payments(scope, number)?)?,
        business: load_workspace(scope)?.name,
        summary,
        statement,
        activities,
        abouts,
    })
}
