//! Flat plans of an agent, spread over what was accepted in their months.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_domain::agent::{Rate, plan_cost};
use offdesk_domain::pay::{Cycle, PayError, day_in};
use offdesk_domain::time::Period;
use offdesk_domain::{Currency, Day};
use offdesk_store::agents::list_accepted;
use offdesk_store::{Scope, Uuid};
use rust_decimal::Decimal;

use super::costs::{Reckoning, large};
use crate::error::Error;
use crate::moment::DAY_MICROS;

/// The plans of an agent, spread over what was accepted in their months.
#[derive(Default, Clone)]
pub(super) struct Plans {
    /// By handoff, each currency apart.
    pub(super) by_handoff: HashMap<Uuid, BTreeMap<Currency, Decimal>>,
    /// Months in which nothing was accepted.
    pub(super) idle_months: u32,
}

impl Plans {
    /// Up to today, month by month over what was accepted of the agent in the month.
    pub(super) fn spread(
        scope: &mut Scope<'_, '_>,
        person: Uuid,
        rates: &[(Day, Rate)],
        with: &Reckoning,
    ) -> Result<Self, Error> {
        let mut plans = Self::default();
        let first = rates.iter().find(|(_, rate)| matches!(rate, Rate::Plan(_)));
        let Some((first, _)) = first else {
            return Ok(plans);
        };
        let months = accepted_by_month(scope, person, &with.zone, None)?;
        let mut month = Cycle::Monthly.period(*first);
        while month.from <= with.today {
            let days = Period {
                from: month.from,
                to: month.to.min(with.today),
            };
            let cost = plan_cost(rates, days).map_err(large)?;
            let accepted = months.get(&month.from).map_or(&[][..], Vec::as_slice);
            plans.add(accepted, &cost)?;
            month = Cycle::Monthly.next(month);
        }
        Ok(plans)
    }

    /// Spreads what a month cost over what was accepted in it.
    fn add(
        &mut self,
        accepted: &[(Uuid, Day)],
        cost: &BTreeMap<Currency, Decimal>,
    ) -> Result<(), Error> {
        if accepted.is_empty() && !cost.is_empty() {
            self.idle_months += 1;
        }
        for (currency, amount) in cost {
            let shares = shares(*amount, accepted.len())?;
            for ((handoff, _), part) in accepted.iter().zip(shares) {
                let of = self.by_handoff.entry(*handoff).or_default();
                *of.entry(*currency).or_default() += part;
            }
        }
        Ok(())
    }
}

/// What was accepted of an agent, by the first day of its month: under which handoff, and on which day. Of one month alone where it is named,
/// with what is next to it elsewhere on the globe.
pub(super) fn accepted_by_month(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    zone: &TimeZone,
    month: Option<Period>,
) -> Result<BTreeMap<Day, Vec<(Uuid, Day)>>, Error> {
    let midnight = |day: Day, more: i64| (i64::from(day.0) + more) * DAY_MICROS;
    let moments = month.map_or((i64::MIN, i64::MAX), |month| {
        (midnight(month.from, -1), midnight(month.to, 2))
    });
    let mut months: BTreeMap<Day, Vec<(Uuid, Day)>> = BTreeMap::new();
    for (handoff, at) in list_accepted(scope, person, moments)? {
        let day = day_in(Timestamp::from_microsecond(at).unwrap_or_default(), zone);
        let month = Cycle::Monthly.period(day).from;
        months.entry(month).or_default().push((handoff, day));
    }
    Ok(months)
}

/// An amount in so many equal shares that together are the amount again.
///
/// # Errors
/// `pay.too_large`.
pub(super) fn shares(
    amount: Decimal,
    count: usize,
) -> Result<impl Iterator<Item = Decimal>, Error> {
    let each = amount.checked_div(Decimal::from(count)).unwrap_or_default();
    let others = each.checked_mul(Decimal::from(count.saturating_sub(1)));
    let last = amount - others.ok_or(PayError::TooLarge)?;
    let is_last = move |at: usize| at + 1 == count;
    Ok((0..count).map(move |at| if is_last(at) { last } else { each }))
}
