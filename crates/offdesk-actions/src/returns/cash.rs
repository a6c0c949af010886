//! What handoffs have cost: from the statements, from the postings that are on none yet, and from the prices of accepted assignments that have none yet;
//! and what AI agents cost by their rates.

use std::collections::{BTreeMap, HashMap};

use offdesk_domain::money::round_to_minor;
use offdesk_domain::pay::{PayError, Worked};
use offdesk_domain::returns::Flow;
use offdesk_domain::{Currency, Day, Money};
use offdesk_store::returns::AcceptedDayRow;
use offdesk_store::returns::cash::{
    EarnedDayRow, PaidRow, PriceRow, StatementFrameRow, list_earned, list_frames, list_paid,
};
use offdesk_store::{Scope, StoreError, Uuid};
use rust_decimal::Decimal;

use super::rates::{Noted, UsedRate};
use super::stated::{StatedDay, stated_days};
use crate::agents::list_agent_spent;
use crate::error::Error;
use crate::pay::ledger::record;
use crate::pay::zone_of;

/// Flows by their handoff and day.
pub(super) type Flows = HashMap<Uuid, BTreeMap<Day, Vec<Flow>>>;

/// All flows, in their currencies; in the owner's, too, where their payment was exchanged.
pub(super) fn flows(
    scope: &mut Scope<'_, '_>,
    accepted: &[AcceptedDayRow],
    own: Currency,
    today: Day,
) -> Result<(Flows, Vec<UsedRate>), Error> {
    let mut all = Flows::new();
    let earned = list_earned(scope)?;
    let frames = list_frames(scope)?;
    let (stated, booked) = stated_days(&earned, &frames)?;
    let mut paid = Paid::of(&list_paid(scope)?, own)?;
    paid.rate_what_was_carried(&frames);
    let mut sums: HashMap<i64, Decimal> = HashMap::new();
    for row in &stated {
        *sums.entry(row.statement).or_default() += row.amount.amount;
    }
    for row in &stated {
        let flow = paid.flow(row, own)?;
        add(&mut all, row.handoff, row.day, flow);
        // What paying a statement cost is shared by all that is on it.
        for fee in paid.fees(row.statement) {
            let sum = sums.get(&row.statement);
            let share = sum.and_then(|sum| row.amount.amount.checked_div(*sum));
            let share = share.and_then(|share| fee.amount.checked_mul(share));
            if let Some(amount) = share {
                let fee = Flow::paid(Money::new(amount, fee.currency));
                add(&mut all, row.handoff, row.day, fee);
            }
        }
    }
    for row in &earned.open {
        if let Some(price) = earned.prices.get(row.price) {
            let amount = Money::new(amount_of(row, price)?, currency(&price.currency)?);
            let worked = Worked {
                day: Day::from_number(row.day).ok_or_else(large)?,
                is_correction: row.is_reversed,
            };
            // It will stand on the next statement, and counts in its period.
            let whose = (record(row.person_id), amount.currency);
            let day = booked.day(whose, worked, None);
            add(&mut all, row.handoff_id, day.0.into(), Flow::paid(amount));
        }
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
    let (zone, mut noted) = (zone_of(scope)?, Noted::load(scope, own)?);
    for spent in list_agent_spent(scope, (&zone, today), None)? {
        if let Some(handoff) = spent.handoff {
            let flow = noted.flow(spent.cost, spent.day);
            add(&mut all, handoff, spent.day.0.into(), flow);
        }
    }
    Ok((all, noted.used()))
}

/// What each handoff has earned for whoever does it, as it stands on statements; what is on none yet is rounded as a sum.
pub(crate) fn earned_by_handoff(
    scope: &mut Scope<'_, '_>,
) -> Result<HashMap<Uuid, BTreeMap<Currency, Decimal>>, Error> {
    let earned = list_earned(scope)?;
    let (stated, _) = stated_days(&earned, &list_frames(scope)?)?;
    let mut open: HashMap<Uuid, BTreeMap<Currency, Decimal>> = HashMap::new();
    for row in &earned.open {
        if let Some(price) = earned.prices.get(row.price) {
            let sums = open.entry(row.handoff_id).or_default();
            *sums.entry(currency(&price.currency)?).or_default() += amount_of(row, price)?;
        }
    }
    for (currency, sum) in open.values_mut().flatten() {
        *sum = round_to_minor(*sum, *currency);
    }
    for row in stated {
        let sums = open.entry(row.handoff).or_default();
        *sums.entry(row.amount.currency).or_default() += row.amount.amount;
    }
    Ok(open)
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

/// What is known of the payments of statements.
#[derive(Default)]
struct Paid {
    /// What one of a statement's units was sent for in the owner's currency, where all its payments were exchanged into it.
    rates: HashMap<i64, Decimal>,
    fees: HashMap<i64, Vec<Money>>,
}

impl Paid {
    fn of(rows: &[PaidRow], own: Currency) -> Result<Self, Error> {
        let mut paid = Self::default();
        let mut sums: HashMap<i64, (Decimal, Decimal)> = HashMap::new();
        for row in rows {
            if let Some((fee, of)) = &row.fee {
                let fee = Money::new(number(fee)?, currency(of)?);
                paid.fees.entry(row.statement).or_default().push(fee);
            }
            if let Some((sent, of)) = &row.sent
                && currency(of)? == own
            {
                let (whole, exchanged) = sums.entry(row.statement).or_default();
                *whole += number(&row.amount)?;
                *exchanged += number(sent)?;
            }
        }
        paid.rates = sums
            .into_iter()
            .filter_map(|(statement, (whole, sent))| Some((statement, sent.checked_div(whole)?)))
            .collect();
        Ok(paid)
    }

    /// A statement below nothing is paid by what it was taken off: by the next one that carries it, or else by an earlier one that was open.
    fn rate_what_was_carried(&mut self, frames: &BTreeMap<i64, StatementFrameRow>) {
        let mut found = Vec::new();
        for (number, frame) in frames.iter().filter(|(_, frame)| frame.is_below) {
            if self.rates.contains_key(number) {
                continue;
            }
            let is_theirs = |(_, other): &(&i64, &StatementFrameRow)| {
                (other.person_id, &other.currency) == (frame.person_id, &frame.currency)
            };
            let rate = |(number, _): (&i64, &StatementFrameRow)| self.rates.get(number).copied();
            let later = frames.range(number + 1..).filter(is_theirs);
            let mut later = later.filter(|(_, other)| other.carries);
            let mut earlier = frames.range(..*number).rev().filter(is_theirs);
            let rate = later.find_map(rate).or_else(|| earlier.find_map(rate));
            found.extend(rate.map(|rate| (*number, rate)));
        }
        self.rates.extend(found);
    }

    fn fees(&self, statement: i64) -> &[Money] {
        self.fees.get(&statement).map_or(&[], Vec::as_slice)
    }

    fn flow(&self, row: &StatedDay, own: Currency) -> Result<Flow, Error> {
        let out = row.amount;
        let rate = Some(row.statement)
            .filter(|_| out.currency != own)
            .and_then(|statement| self.rates.get(&statement));
        let in_own = rate.map(|rate| out.amount.checked_mul(*rate).ok_or_else(large));
        Ok(Flow {
            out,
            own: in_own.transpose()?.map(|amount| Money::new(amount, own)),
            is_in: false,
        })
    }
}

/// What was earned and is on no statement yet; less than nothing where it was taken back.
fn amount_of(row: &EarnedDayRow, price: &PriceRow) -> Result<Decimal, Error> {
    let of = match (price.counted.as_str(), row.quantity_of) {
        ("seconds", _) => SECONDS,
        ("days", Some(days)) => Decimal::from(days),
        _ => Decimal::ONE,
    };
    let product = number(&price.amount)?.checked_mul(Decimal::from(row.quantity));
    let amount = product
        .and_then(|it| it.checked_div(of))
        .ok_or_else(large)?;
    Ok(if row.is_reversed { -amount } else { amount })
}

pub(super) fn number(text: &str) -> Result<Decimal, Error> {
    let number = text.parse::<Decimal>();
    number.map_err(|_| damaged(text))
}

pub(super) fn currency(text: &str) -> Result<Currency, Error> {
    text.parse().map_err(|_| damaged(text))
}

fn damaged(text: &str) -> Error {
    StoreError::Damaged(format!("\"{text}\" is no amount or currency of ours")).into()
}

fn large() -> Error {
    PayError::TooLarge.into()
}
