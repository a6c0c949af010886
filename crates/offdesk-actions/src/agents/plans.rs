//! Flat plans of an agent, spread over what was accepted in their months.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use offdesk_domain::agent::{Rate, plan_cost};
use offdesk_domain::pay::{Cycle, PayError, day_in};
use offdesk_domain::time::Period;
use offdesk_domain::{Currency, Day};
use offdesk_store::agents::list_accepted;
use offdesk_store::{Scope, Uuid};
use rust_decimal::Decimal;

use super::costs::{Reckoning, large};
use crate::error::Error;

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
        let mut months: BTreeMap<Day, BTreeMap<Uuid, u32>> = BTreeMap::new();
        for (handoff, at) in list_accepted(scope, person)? {
            let at = Timestamp::from_microsecond(at).unwrap_or_default();
            let month = Cycle::Monthly.period(day_in(at, &with.zone)).from;
            *months.entry(month).or_default().entry(handoff).or_default() += 1;
        }
        let mut month = Cycle::Monthly.period(*first);
        while month.from <= with.today {
            let days = Period {
                from: month.from,
                to: month.to.min(with.today),
            };
            let cost = plan_cost(rates, days).map_err(large)?;
            plans.add(months.get(&month.from), &cost)?;
            month = Cycle::Monthly.next(month);
        }
        Ok(plans)
    }

    /// Spreads what a month cost over what was accepted in it.
    fn add(
        &mut self,
        accepted: Option<&BTreeMap<Uuid, u32>>,
        cost: &BTreeMap<Currency, Decimal>,
    ) -> Result<(), Error> {
        let all: u32 = accepted.map_or(0, |it| it.values().sum());
        if all == 0 && !cost.is_empty() {
            self.idle_months += 1;
        }
        for (handoff, count) in accepted.into_iter().flatten() {
            for (currency, amount) in cost {
                let part = amount
                    .checked_mul(Decimal::from(*count))
                    .and_then(|part| part.checked_div(Decimal::from(all)))
                    .ok_or(PayError::TooLarge)?;
                let of = self.by_handoff.entry(*handoff).or_default();
                *of.entry(*currency).or_default() += part;
            }
        }
        Ok(())
    }
}
