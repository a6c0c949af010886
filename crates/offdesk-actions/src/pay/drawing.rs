//! Statements are drawn up: of everybody at once or of some, each for the last of their periods that is over.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use offdesk_domain::Day;
use offdesk_domain::money::{Currency, Money, to_minor_text};
use offdesk_domain::pay::{
    Billed, Cycle, PayError, Payments, Posted, Rounding, day_in, draw_up as drawn_up,
};
use offdesk_domain::time::Period;
use offdesk_store::handoffs::open::list_paid_by;
use offdesk_store::pay::bills::is_billed;
use offdesk_store::pay::person_pay::list_person_pay;
use offdesk_store::pay::postings::{PostingRow, list_open, list_whose_open};
use offdesk_store::pay::stated_work::statement_of;
use offdesk_store::pay::statements::{
    StatementRow, insert_statement, load_last_of, load_statement, next_number, take_postings,
};
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;

use super::earning::{earn_forgotten, earn_retained, not_to_come, zone_of};
use super::ledger::{append, earned_of, record};
use super::netting::{OnTheWay, carried_on};
use super::statements::{StatementSummary, summaries};
use super::{damaged, money_of};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::Error;
use crate::moment::Moment;

/// What is drawn up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewRun {
    /// Up to which day, it included; where nothing is said, each person's last period that is over.
    pub until: Option<Day>,
    /// Of whom; of everybody where nobody is named.
    pub people: Vec<Uuid>,
}

/// How a person is paid, where something was said of it: monthly and with an exact sum otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    pub(super) cycle: Cycle,
    pub(super) rounding: Rounding,
}

impl Manner {
    pub(super) const USUAL: Self = Self {
        cycle: Cycle::Monthly,
        rounding: Rounding::ExactSum,
    };

    pub(super) fn of(cycle: &str, rounding: &str) -> Result<Self, Error> {
        Ok(Self {
            cycle: Cycle::of(cycle).map_err(|_| damaged("how somebody is paid"))?,
            rounding: Rounding::of(rounding).ok_or_else(|| damaged("how somebody is paid"))?,
        })
    }

    /// The period that a statement is drawn up for now: up to a day, or the last one that is over.
    pub(super) fn period(self, until: Option<Day>, moment: Moment, zone: &TimeZone) -> Period {
        match until {
            Some(day) => Period {
                from: self.cycle.period(day).from,
                to: day,
            },
            None => self.cycle.last_over(moment.now, zone),
        }
    }
}

/// How everybody is paid of whom something was said.
pub(super) fn manners(scope: &mut Scope<'_, '_>) -> Result<BTreeMap<Uuid, Manner>, Error> {
    let rows = list_person_pay(scope)?;
    let all = rows
        .iter()
        .map(|row| Ok((row.person_id, Manner::of(&row.cycle, &row.rounding)?)));
    all.collect()
}

/// Draws up statements: one for each person and currency of which something is on none yet.
///
/// # Errors
/// `pay.future` for a day that is yet to come, `pay.empty` where nobody has earned anything up to then.
pub fn draw_up_statements(
    tx: &mut Tx<'_>,
    actor: &Actor,
    run: &NewRun,
    moment: Moment,
) -> Result<Vec<StatementSummary>, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let zone = zone_of(&mut scope)?;
    let today = day_in(moment.now, &zone);
    let until = run
        .until
        .map(|day| not_to_come("until", day, today))
        .transpose()?;
    let manners = manners(&mut scope)?;
    let manner = |person| manners.get(&person).copied().unwrap_or(Manner::USUAL);
    earn_forgotten(&mut scope, moment)?;
    for row in list_paid_by(&mut scope, "retainer")? {
        let period = manner(row.person_id).period(until, moment, &zone);
        earn_retained(&mut scope, &row, period.to, moment)?;
    }
    let wanted: BTreeSet<Uuid> = run.people.iter().copied().collect();
    let (mut drawn, mut sent) = (Vec::new(), OnTheWay::default());
    let mut last_day = None;
    for (person, currency) in list_whose_open(&mut scope)? {
        if !wanted.is_empty() && !wanted.contains(&person) {
            continue;
        }
        let manner = manner(person);
        let period = manner.period(until, moment, &zone);
        last_day = last_day.max(Some(period.to));
        drawn.extend(draw_up(
            &mut scope,
            (person, &currency),
            period,
            manner.rounding,
            (&mut sent, moment),
        )?);
    }
    if drawn.is_empty() {
        let until = last_day.or(until).unwrap_or(today);
        return Err(PayError::Empty { until }.into());
    }
    let count = format!("{} statements", drawn.len());
    note(&mut scope, actor, moment, "draw_up_statements", count, "")?;
    summaries(&mut scope, drawn)
}

/// Draws up the next statement of a person in a currency; none where there is nothing up to the period's end, or that was stated already.
fn draw_up(
    scope: &mut Scope<'_, '_>,
    (person, currency): (Uuid, &str),
    period: Period,
    rounding: Rounding,
    (sent, moment): (&mut OnTheWay, Moment),
) -> Result<Option<StatementRow>, Error> {
    let unit: Currency = currency.parse().map_err(|_| damaged("a currency"))?;
    let last = load_last_of(scope, person, currency)?;
    let mut carried = Money::new(Decimal::ZERO, unit);
    let mut period = period;
    if let Some(last) = last {
        if i64::from(period.to.0) <= last.days.1 {
            return Ok(None);
        }
        carried.amount = carried_on(scope, person, currency, sent)?;
        let next = Day::from_number(last.days.1 + 1).ok_or_else(|| damaged("a statement"))?;
        period.from = period.from.max(next);
    }
    let rows = list_open(scope, person, currency, period.to.0.into())?;
    if rows.is_empty() {
        return Ok(None);
    }
    let postings: Result<Vec<_>, Error> = rows.iter().map(earned_of).collect();
    let number = next_number(scope)?;
    let counted = u64::try_from(number).map_err(|_| damaged("a statement"))?;
    let statement = drawn_up(
        counted,
        record(person),
        period,
        rounding,
        carried,
        &postings?,
    )?;
    if statement.sum.amount < Decimal::ZERO && takes_back_billed(scope, &rows)? {
        return Ok(None);
    }
    let payments = Payments::none(statement.balance()?);
    let text = |amount: Money| to_minor_text(amount.amount, amount.currency);
    let row = StatementRow {
        number,
        person_id: person,
        currency: currency.to_owned(),
        days: (period.from.0.into(), period.to.0.into()),
        rounding: rounding.word().to_owned(),
        sum: text(statement.sum),
        carried: text(carried),
        state: payments.state()?.word().to_owned(),
        owed: text(payments.owed()?),
        created_at: moment.micros(),
        version: 1,
        bill: None,
    };
    insert_statement(scope, &row)?;
    let taken: Vec<i64> = rows.iter().map(|row| row.number).collect();
    append(scope, Posted::Stated(statement.stated()), moment.now)?;
    take_postings(scope, number, &taken)?;
    Ok(Some(row))
}

/// Whether something that was paid by a bill is taken back. What is below nothing of it waits for the next bill, or for other work: a bill's
/// statement carries nothing, so what is left on another one would never be taken off.
fn takes_back_billed(scope: &mut Scope<'_, '_>, rows: &[PostingRow]) -> Result<bool, Error> {
    for of in rows.iter().filter_map(|row| row.of_number) {
        let Some(number) = statement_of(scope, of)? else {
            continue;
        };
        // A statement is of a bill, or was there when the bill came.
        if is_billed(scope, number)?
            || load_statement(scope, number)?.is_some_and(|row| row.bill.is_some())
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a statement comes to with what it carries, and with the tax of the bill it is for.
pub(super) fn balance_of(row: &StatementRow) -> Result<Money, Error> {
    let sum = money_of(&row.sum, &row.currency)?;
    let carried = money_of(&row.carried, &row.currency)?;
    let balance = sum.plus(carried).map_err(|_| PayError::TooLarge)?;
    match bill_of(row)? {
        Some(bill) => balance
            .plus(bill.tax)
            .map_err(|_| PayError::TooLarge.into()),
        None => Ok(balance),
    }
}

/// The bill that a statement is for.
pub(super) fn bill_of(row: &StatementRow) -> Result<Option<Billed>, Error> {
    let Some((number, tax)) = &row.bill else {
        return Ok(None);
    };
    Ok(Some(Billed {
        number: number.clone(),
        tax: money_of(tax, &row.currency)?,
    }))
}
