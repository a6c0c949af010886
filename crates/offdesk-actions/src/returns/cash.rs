//! What handoffs have cost: from the postings, and from the prices of accepted assignments that have none yet.

use std::collections::{BTreeMap, HashMap};

use offdesk_domain::pay::PayError;
use offdesk_domain::returns::Flow;
use offdesk_domain::{Currency, Day, Money};
use offdesk_store::returns::AcceptedDayRow;
use offdesk_store::returns::cash::{EarnedDayRow, list_earned_days, list_exchanged};
use offdesk_store::{Scope, StoreError, Uuid};
use rust_decimal::Decimal;

use crate::error::Error;

/// Flows by their handoff and day.
pub(super) type Flows = HashMap<Uuid, BTreeMap<Day, Vec<Flow>>>;

/// All flows, in their currencies; in the owner's, too, where their payment was exchanged.
pub(super) fn flows(
    scope: &mut Scope<'_, '_>,
    accepted: &[AcceptedDayRow],
    own: Currency,
) -> Result<Flows, Error> {
    let mut all = Flows::new();
    let rates = rates(scope, own)?;
    for row in list_earned_days(scope)? {
        let flow = flow_of(&row, &rates, own)?;
        add(&mut all, row.handoff_id, row.day, flow);
    }
    for row in accepted.iter().filter(|row| row.unposted > 0) {
        let each = number(&row.amount)?;
        let sum = match row.unit.as_str() {
            "assignment" => each.checked_mul(Decimal::from(row.unposted)),
            "hour" => each
                .checked_mul(Decimal::from(row.unposted_seconds))
                .map(|sum| sum / SECONDS),
            // A retainer or a milestone is not earned by an assignment.
            _ => continue,
        };
        let amount = Money::new(sum.ok_or_else(large)?, currency(&row.currency)?);
        add(&mut all, row.handoff_id, row.day, Flow::paid(amount));
    }
    Ok(all)
}

const SECONDS: Decimal = Decimal::from_parts(3_600, 0, 0, false, 0);

/// Adds a flow to its day. What is taken back stands on the day on which it was earned, and is no money that came in: the two are one
/// flow, as are all of a day in one currency.
fn add(all: &mut Flows, handoff: Uuid, day: i64, flow: Flow) {
    let Some(day) = Day::from_number(day) else {
        return;
    };
    let flows = all.entry(handoff).or_default().entry(day).or_default();
    let is_alike = |known: &&mut Flow| {
        known.out.currency == flow.out.currency && known.own.is_some() == flow.own.is_some()
    };
    let Some(known) = flows.iter_mut().find(is_alike) else {
        flows.push(flow);
        return;
    };
    known.out.amount += flow.out.amount;
    if let (Some(sum), Some(own)) = (&mut known.own, flow.own) {
        sum.amount += own.amount;
    }
}

/// What one of a statement's units was sent for in the owner's currency, of statements whose payments were exchanged into it.
fn rates(scope: &mut Scope<'_, '_>, own: Currency) -> Result<HashMap<i64, Decimal>, Error> {
    let mut sums: HashMap<i64, (Decimal, Decimal)> = HashMap::new();
    for row in list_exchanged(scope)? {
        if currency(&row.currency)? != own {
            continue;
        }
        let (paid, sent) = sums.entry(row.statement).or_default();
        *paid += number(&row.amount)?;
        *sent += number(&row.sent)?;
    }
    let rates = sums
        .into_iter()
        .filter_map(|(statement, (paid, sent))| Some((statement, sent.checked_div(paid)?)));
    Ok(rates.collect())
}

fn flow_of(
    row: &EarnedDayRow,
    rates: &HashMap<i64, Decimal>,
    own: Currency,
) -> Result<Flow, Error> {
    let each = number(&row.amount)?;
    let of = match (row.counted.as_str(), row.quantity_of) {
        ("seconds", _) => SECONDS,
        ("days", Some(days)) => Decimal::from(days),
        _ => Decimal::ONE,
    };
    let product = each.checked_mul(Decimal::from(row.quantity));
    let amount = product
        .and_then(|it| it.checked_div(of))
        .ok_or_else(large)?;
    let amount = if row.is_reversed { -amount } else { amount };
    let paid = Money::new(amount, currency(&row.currency)?);
    let rate = row
        .statement
        .filter(|_| paid.currency != own)
        .and_then(|statement| rates.get(&statement));
    let in_own = rate.map(|rate| amount.checked_mul(*rate).ok_or_else(large));
    Ok(Flow {
        out: paid,
        own: in_own.transpose()?.map(|amount| Money::new(amount, own)),
    })
}

fn number(text: &str) -> Result<Decimal, Error> {
    let number = text.parse::<Decimal>();
    number.map_err(|_| damaged(text))
}

fn currency(text: &str) -> Result<Currency, Error> {
    text.parse().map_err(|_| damaged(text))
}

fn damaged(text: &str) -> Error {
    StoreError::Damaged(format!("\"{text}\" is no amount or currency of ours")).into()
}

fn large() -> Error {
    PayError::TooLarge.into()
}
