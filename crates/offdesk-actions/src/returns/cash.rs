//! What handoffs have cost: from the statements, from the postings that are on none yet, and from the prices of accepted assignments that have none yet;
//! and what AI agents cost by their rates.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use offdesk_domain::money::round_to_minor;
use offdesk_domain::pay::{PayError, Worked};
use offdesk_domain::returns::{Flow, spread};
use offdesk_domain::{Currency, Day, Money};
use offdesk_store::returns::AcceptedDayRow;
use offdesk_store::returns::cash::{
    EarnedDayRow, EarnedRows, PaidRow, PriceRow, StatementFrameRow, list_frames, list_paid,
};
use offdesk_store::returns::receipts::{ReceiptRow, list_receipts};
use offdesk_store::{Scope, StoreError, Uuid};
use rust_decimal::Decimal;

use super::days::Days;
use super::fees::shared_fees;
use super::rates::{Noted, UsedRate};
use super::remembered::reckoned;
use super::retained::unposted_retainers;
use super::stated::StatedDay;
use crate::agents::list_agent_spent;
use crate::error::Error;
use crate::pay::ledger::record;

/// Flows by their day.
pub(super) type ByDay = BTreeMap<Day, Vec<Flow>>;

/// Flows by their handoff and day.
pub(super) type Flows = HashMap<Uuid, ByDay>;

/// All flows by their handoffs, and apart from them what came in by no single one: in their currencies; in the owner's, too, where their payment was exchanged.
pub(super) fn flows(
    scope: &mut Scope<'_, '_>,
    accepted: &[AcceptedDayRow],
    own: Currency,
    (days, today): (&Days, Day),
) -> Result<(Flows, ByDay, Vec<UsedRate>), Error> {
    let (mut all, mut loose) = (Flows::new(), ByDay::new());
    let frames = list_frames(scope)?;
    let ledger = reckoned(scope, &frames)?;
    let (earned, stated, booked) = (&ledger.earned, &ledger.stated, &ledger.booked);
    let paid = list_paid(scope)?;
    let mut rates = rates_of(&paid, own)?;
    rate_what_was_carried(&mut rates, &frames);
    for row in stated {
        let flow = flow_of(row, own, &rates)?;
        add(&mut all, row.handoff, row.day, flow);
    }
    for fee in shared_fees(&paid, stated, &frames)? {
        add(&mut all, fee.handoff, fee.day, Flow::paid(fee.amount));
    }
    for open in open_parts(scope, earned, today)? {
        // It will stand on the next statement, and counts in its period.
        let whose = (record(open.person), open.amount.currency);
        let day = booked.day(whose, open.worked, None);
        let days = if day == open.worked.day { open.days } else { 1 };
        for (day, part) in spread(open.amount, day, days) {
            add(&mut all, open.handoff, day.0.into(), Flow::paid(part));
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
    let mut noted = Noted::load(scope, own)?;
    for spent in list_agent_spent(scope, (days.zone(), today), None)? {
        if let Some(handoff) = spent.handoff {
            let flow = noted.flow(spent.cost, spent.day);
            add(&mut all, handoff, spent.day.0.into(), flow);
        }
    }
    let receipts = list_receipts(scope)?;
    let taken: BTreeSet<i64> = receipts.iter().filter_map(|row| row.of_number).collect();
    // What was noted by mistake and what takes it back come to nothing on its day: a day that was mistyped counts no weeks.
    let stands = |row: &&ReceiptRow| row.of_number.is_none() && !taken.contains(&row.number);
    for row in receipts.iter().filter(stands) {
        let amount = Money::new(number(&row.amount)?, currency(&row.currency)?);
        let flow = Flow::received(amount);
        match row.handoff_id {
            Some(handoff) => add(&mut all, handoff, row.day, flow),
            None => add_to(&mut loose, row.day, flow),
        }
    }
    Ok((all, loose, noted.used()))
}

/// What was earned, and stands on no statement yet.
struct OpenPart {
    handoff: Uuid,
    person: Uuid,
    worked: Worked,
    /// So many days up to that one, where it is a retainer.
    days: i64,
    /// Less than nothing where it was taken back.
    amount: Money,
}

/// What is on no statement yet: what is in a posting, and the days of retainers until today that are in none.
fn open_parts(
    scope: &mut Scope<'_, '_>,
    earned: &EarnedRows,
    today: Day,
) -> Result<Vec<OpenPart>, Error> {
    let mut parts = Vec::with_capacity(earned.open.len());
    for row in &earned.open {
        if let Some(price) = earned.prices.get(row.price) {
            parts.push(OpenPart {
                handoff: row.handoff_id,
                person: row.person_id,
                worked: Worked {
                    day: Day::from_number(row.day).ok_or_else(large)?,
                    is_correction: row.is_correction,
                },
                days: row.days,
                amount: Money::new(amount_of(row, price)?, currency(&price.currency)?),
            });
        }
    }
    for part in unposted_retainers(scope, today)? {
        parts.push(OpenPart {
            handoff: part.handoff,
            person: part.person,
            worked: Worked {
                day: part.last,
                is_correction: false,
            },
            days: part.days,
            amount: part.amount,
        });
    }
    Ok(parts)
}

/// What each handoff has earned for whoever does it until a day, as it stands on statements; what is on none yet is rounded as a sum.
pub(crate) fn earned_by_handoff(
    scope: &mut Scope<'_, '_>,
    today: Day,
) -> Result<HashMap<Uuid, BTreeMap<Currency, Decimal>>, Error> {
    let frames = list_frames(scope)?;
    let ledger = reckoned(scope, &frames)?;
    let mut open: HashMap<Uuid, BTreeMap<Currency, Decimal>> = HashMap::new();
    for part in open_parts(scope, &ledger.earned, today)? {
        let sums = open.entry(part.handoff).or_default();
        *sums.entry(part.amount.currency).or_default() += part.amount.amount;
    }
    for (currency, sum) in open.values_mut().flatten() {
        *sum = round_to_minor(*sum, *currency);
    }
    for row in &ledger.stated {
        let sums = open.entry(row.handoff).or_default();
        *sums.entry(row.amount.currency).or_default() += row.amount.amount;
    }
    Ok(open)
}

const SECONDS: Decimal = Decimal::from_parts(3_600, 0, 0, false, 0);

/// Adds a flow to its day. What is taken back stands on the day on which it was earned, and is no money that came in: the two are one
/// flow, as are all of a day in one currency.
fn add(all: &mut Flows, handoff: Uuid, day: i64, flow: Flow) {
    add_to(all.entry(handoff).or_default(), day, flow);
}

/// Takes apart what is of handoffs that never began: it counts for the whole, with what came in by no single one.
pub(super) fn of_those_that_began(
    all: Flows,
    mut loose: ByDay,
    has_begun: impl Fn(&Uuid) -> bool,
) -> (Flows, ByDay) {
    let (begun, never): (Flows, Flows) = all.into_iter().partition(|(id, _)| has_begun(id));
    for (day, flows) in never.into_values().flatten() {
        for flow in flows {
            add_to(&mut loose, day.0.into(), flow);
        }
    }
    (begun, loose)
}

fn add_to(days: &mut ByDay, day: i64, flow: Flow) {
    let Some(day) = Day::from_number(day) else {
        return;
    };
    let flows = days.entry(day).or_default();
    let is_alike = |known: &&mut Flow| {
        let is_own = known.own.is_some() == flow.own.is_some();
        known.out.currency == flow.out.currency && is_own && known.is_in == flow.is_in
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

/// What one of a statement's units was sent for in the owner's currency, where its payments were exchanged into it.
fn rates_of(rows: &[PaidRow], own: Currency) -> Result<HashMap<i64, Decimal>, Error> {
    let mut sums: HashMap<i64, (Decimal, Decimal)> = HashMap::new();
    for row in rows.iter().filter(|row| !row.has_come_back) {
        if let Some((sent, of)) = &row.sent
            && currency(of)? == own
        {
            let (whole, exchanged) = sums.entry(row.statement).or_default();
            *whole += number(&row.amount)?;
            *exchanged += number(sent)?;
        }
    }
    let rates = sums.into_iter();
    Ok(rates
        .filter_map(|(statement, (whole, sent))| Some((statement, sent.checked_div(whole)?)))
        .collect())
}

/// A statement below nothing is paid by what it was taken off: by the next one that carries it, or else by
/// the one before it; that of an older one would be the rate of another day's money.
fn rate_what_was_carried(
    rates: &mut HashMap<i64, Decimal>,
    frames: &BTreeMap<i64, StatementFrameRow>,
) {
    let mut found = Vec::new();
    for (number, frame) in frames.iter().filter(|(_, frame)| frame.is_below) {
        if rates.contains_key(number) {
            continue;
        }
        let is_theirs = |(_, other): &(&i64, &StatementFrameRow)| {
            (other.person_id, &other.currency) == (frame.person_id, &frame.currency)
        };
        let rate = |(number, _): (&i64, &StatementFrameRow)| rates.get(number).copied();
        let later = frames.range(number + 1..).filter(is_theirs);
        let mut later = later.filter(|(_, other)| other.carries);
        let mut earlier = frames.range(..*number).rev().filter(is_theirs);
        let rate = later
            .find_map(rate)
            .or_else(|| earlier.next().and_then(rate));
        found.extend(rate.map(|rate| (*number, rate)));
    }
    rates.extend(found);
}

fn flow_of(row: &StatedDay, own: Currency, rates: &HashMap<i64, Decimal>) -> Result<Flow, Error> {
    let out = row.amount;
    let rate = Some(row.statement)
        .filter(|_| out.currency != own)
        .and_then(|statement| rates.get(&statement));
    let in_own = rate.map(|rate| out.amount.checked_mul(*rate).ok_or_else(large));
    Ok(Flow {
        out,
        own: in_own.transpose()?.map(|amount| Money::new(amount, own)),
        is_in: false,
    })
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

pub(super) fn large() -> Error {
    PayError::TooLarge.into()
}
