//! What counts for budgets in a month: what was earned on its days, as the ledger has it, and what is open and promised.
//!
//! Promised is: the price of each assignment that was given and is not accepted yet, with what was typed in so far where hours are paid;
//! hours that were handed in and are not approved; days of a retainer that are in no posting; days of an agent's flat plan that are yet to
//! come. What agents cost until today counts as earned. An assignment counts in the month it is due in; one that is overdue counts in the
//! month that runs.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use offdesk_domain::money::round_to_minor;
use offdesk_domain::pay::{Done, Exact, PayError, day_in, earned, moments};
use offdesk_domain::person::Unit;
use offdesk_domain::time::Period;
use offdesk_domain::{Currency, Day, Money, Seconds};
use offdesk_store::budgets::counted::{
    EarnedRow, PromisedRow, list_earned, list_promised, list_submitted,
};
use offdesk_store::handoffs::HandoffRow;
use offdesk_store::handoffs::open::list_paid_by;
use offdesk_store::pay::posted_hours::list_approved_hours;
use offdesk_store::{Scope, Uuid};
use rust_decimal::Decimal;

use super::Whose;
use crate::agents::{AgentSpent, list_agent_spent};
use crate::error::Error;
use crate::handoffs;
use crate::moment::Moment;
use crate::pay::{damaged, dated_terms, retained_parts, work_under, zone_of};
use crate::people::read_terms;

/// What counts of a handoff.
struct Part {
    person: Uuid,
    handoff: Uuid,
    amount: Exact,
    is_promised: bool,
    unpriced: u64,
}

/// What counts in a month.
pub(super) struct Counted {
    parts: Vec<Part>,
    agents: Vec<AgentSpent>,
}

/// What counts for a budget.
pub(super) struct Sums {
    pub(super) earned: Exact,
    pub(super) promised: Exact,
    pub(super) unpriced: u64,
}

impl Counted {
    /// Adds up what counts in a month.
    pub(super) fn load(
        scope: &mut Scope<'_, '_>,
        month: Period,
        moment: Moment,
    ) -> Result<Self, Error> {
        let zone = zone_of(scope)?;
        let today = day_in(moment.now, &zone);
        let mut parts = Vec::new();
        let days = (i64::from(month.from.0), i64::from(month.to.0));
        for row in list_earned(scope, days.0, days.1)? {
            parts.push(earned_part(&row)?);
        }
        // What is over promises nothing any more: what is open of it is overdue now.
        if today <= month.to
            && let Some((start, end)) = moments(month, &zone)
        {
            let from = if month.has(today) {
                i64::MIN
            } else {
                start.as_microsecond()
            };
            for row in list_promised(scope, from, end.as_microsecond())? {
                parts.push(promised_part(&row)?);
            }
        }
        parts.extend(submitted(scope, days)?);
        parts.extend(retainers(scope, month)?);
        let agents = list_agent_spent(scope, (&zone, today), Some(month))?;
        Ok(Self { parts, agents })
    }

    /// What counts for the budget of somebody in a currency.
    pub(super) fn of(&self, whose: Whose, currency: Currency) -> Result<Sums, Error> {
        let mut sums = Sums {
            earned: Exact::zero(currency),
            promised: Exact::zero(currency),
            unpriced: 0,
        };
        let is_its = |part: &&Part| match whose {
            Whose::Workspace => true,
            Whose::Person(id) => part.person == id,
            Whose::Handoff(id) => part.handoff == id,
        };
        let parts = self.parts.iter().filter(is_its);
        for part in parts.filter(|part| part.amount.currency() == currency) {
            let sum = if part.is_promised {
                &mut sums.promised
            } else {
                &mut sums.earned
            };
            *sum = sum.plus(part.amount)?;
            sums.unpriced = sums.unpriced.saturating_add(part.unpriced);
        }
        sums.earned = sums.earned.plus(self.of_agents(whose, currency, false)?)?;
        sums.promised = sums.promised.plus(self.of_agents(whose, currency, true)?)?;
        Ok(sums)
    }

    /// What agents cost of it, rounded once for the sum, since a use costs parts of the smallest unit.
    fn of_agents(&self, whose: Whose, currency: Currency, is_ahead: bool) -> Result<Exact, Error> {
        let is_its = |it: &&AgentSpent| match whose {
            Whose::Workspace => true,
            Whose::Person(id) => it.person == id,
            Whose::Handoff(id) => it.handoff == Some(id),
        };
        let its = self.agents.iter().filter(is_its);
        let sum = its
            .filter(|it| it.is_ahead == is_ahead && it.cost.currency == currency)
            .try_fold(Decimal::ZERO, |sum, it| sum.checked_add(it.cost.amount));
        let sum = round_to_minor(sum.ok_or(PayError::TooLarge)?, currency);
        Ok(Exact::of(Money::new(sum, currency))?)
    }
}

fn price_of(amount: &str, currency: &str) -> Result<Money, Error> {
    let amount = amount.parse().map_err(|_| damaged("an amount"))?;
    let currency = currency.parse().map_err(|_| damaged("a currency"))?;
    Ok(Money::new(amount, currency))
}

fn earned_part(row: &EarnedRow) -> Result<Part, Error> {
    Ok(Part {
        person: row.person_id,
        handoff: row.handoff_id,
        amount: earned_exact(row)?,
        is_promised: false,
        unpriced: 0,
    })
}

/// What was earned, less than nothing where it was taken back.
///
/// # Errors
/// `store.damaged`.
fn earned_exact(row: &EarnedRow) -> Result<Exact, Error> {
    let counted = (row.counted.as_str(), row.quantity, row.quantity_of);
    let exact = exact_of(counted, (&row.amount, &row.currency))?;
    Ok(if row.is_reversed {
        exact.negated()
    } else {
        exact
    })
}

/// What so much of what is counted comes to at a price for one of it: hours, times, or days of a month with so many.
///
/// # Errors
/// `store.damaged`.
pub(crate) fn exact_of(
    (counted, quantity, quantity_of): (&str, i64, Option<i64>),
    (amount, currency): (&str, &str),
) -> Result<Exact, Error> {
    let price = price_of(amount, currency)?;
    let count = u64::try_from(quantity).map_err(|_| damaged("a quantity"))?;
    Ok(match counted {
        "seconds" => Exact::of_time(Seconds(quantity), price)?,
        "times" => Exact::of(price)?.times(count)?,
        "days" => {
            let of = quantity_of.and_then(|of| u32::try_from(of).ok());
            let of = of.ok_or_else(|| damaged("a month"))?;
            Exact::of_days(1, of, price)?.times(count)?
        }
        _ => return Err(damaged("what is counted")),
    })
}

fn promised_part(row: &PromisedRow) -> Result<Part, Error> {
    let terms = read_terms(&row.unit, &row.amount, &row.currency)?;
    let count = u64::try_from(row.assignments).unwrap_or(0);
    let (amount, unpriced) = match terms.unit {
        Unit::Assignment => (Exact::of(terms.price)?.times(count)?, 0),
        Unit::Hour => (Exact::of_time(Seconds(row.seconds), terms.price)?, count),
        Unit::Milestone => (Exact::zero(terms.price.currency), count),
        Unit::Retainer => (Exact::zero(terms.price.currency), 0),
    };
    Ok(Part {
        person: row.person_id,
        handoff: row.handoff_id,
        amount,
        is_promised: true,
        unpriced,
    })
}

/// Hours that were handed in and are not approved, each at the terms of its day.
fn submitted(scope: &mut Scope<'_, '_>, days: (i64, i64)) -> Result<Vec<Part>, Error> {
    let mut known: HashMap<Uuid, (HandoffRow, Vec<_>)> = HashMap::new();
    let mut approved: HashMap<Uuid, HashMap<(Uuid, i64), i64>> = HashMap::new();
    let mut parts = Vec::new();
    for row in list_submitted(scope, days.0, days.1)? {
        let (handoff, dated) = match known.entry(row.handoff_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let handoff = handoffs::load(scope, row.handoff_id)?;
                let dated = dated_terms(scope, &handoff)?;
                place.insert((handoff, dated))
            }
        };
        let before = match approved.entry(handoff.person_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let all = list_approved_hours(scope, handoff.person_id, days)?.into_iter();
                place.insert(all.map(|(id, day, time)| ((id, day), time)).collect())
            }
        };
        // What a week that was opened again has earned already counts as earned.
        let earlier = before.get(&(row.handoff_id, row.day)).copied();
        let left = row.seconds.saturating_sub(earlier.unwrap_or(0));
        if left <= 0 {
            continue;
        }
        let day = Day::from_number(row.day).ok_or_else(|| damaged("a day"))?;
        let work = work_under(handoff, day, Done::Hours(Seconds(left)));
        if let Some(earned) = earned(&work, dated)? {
            parts.push(promised(handoff, earned.exact()?));
        }
    }
    Ok(parts)
}

/// Days of retainers in a month that are in no posting.
fn retainers(scope: &mut Scope<'_, '_>, month: Period) -> Result<Vec<Part>, Error> {
    let mut parts = Vec::new();
    for row in list_paid_by(scope, Unit::Retainer.word())? {
        for part in retained_parts(scope, &row, Some(month.from), month.to)? {
            parts.push(promised(&row, part.exact()?));
        }
    }
    Ok(parts)
}

fn promised(handoff: &HandoffRow, amount: Exact) -> Part {
    Part {
        person: handoff.person_id,
        handoff: handoff.id,
        amount,
        is_promised: true,
        unpriced: 0,
    }
}
