//! What AI agents cost by handoff and day: a usage on its day, a flat plan over what was accepted in its month, each on its day.
//!
//! A month of a plan in which nothing was accepted is paid all the same. It is borne by the agent's handoffs that were live in the month,
//! else by all of its handoffs that ever were, in equal shares; where there was none it is a cost of the agent, and of no handoff.

use std::collections::{BTreeMap, HashMap};

use jiff::tz::TimeZone;
use offdesk_domain::agent::{Rate, plan_cost, usage_rate};
use offdesk_domain::pay::Cycle;
use offdesk_domain::time::Period;
use offdesk_domain::{Currency, Day, Money};
use offdesk_store::agents::{list_agents, list_usage_days};
use offdesk_store::handoffs::list_of_person;
use offdesk_store::{Scope, Uuid};
use rust_decimal::Decimal;

use super::costs::{dated, large, usage_of};
use super::plans::{accepted_by_month, shares};
use crate::error::Error;
use crate::returns::{Days, live_of};

/// What an agent cost on a day, or will cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AgentSpent {
    /// The agent.
    pub(crate) person: Uuid,
    /// Under which handoff; `None` for a plan of an agent that never had one.
    pub(crate) handoff: Option<Uuid>,
    /// On which day.
    pub(crate) day: Day,
    /// How much, not rounded.
    pub(crate) cost: Money,
    /// Whether it is a plan of days that are yet to come.
    pub(crate) is_ahead: bool,
}

/// What all agents cost, within days where some are named, and otherwise from the first until today.
///
/// # Errors
/// `pay.too_large`, and those of the store.
pub(crate) fn list_agent_spent(
    scope: &mut Scope<'_, '_>,
    (zone, today): (&TimeZone, Day),
    month: Option<Period>,
) -> Result<Vec<AgentSpent>, Error> {
    let within = month.map(|month| (month.from.0.into(), month.to.0.into()));
    let mut all = Vec::new();
    let mut live = None;
    for person in list_agents(scope)? {
        let rates = dated(scope, person)?;
        if rates.is_empty() {
            continue;
        }
        let rows = list_of_person(scope, person)?;
        let handoffs: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        for handoff in &handoffs {
            for row in list_usage_days(scope, *handoff, within)? {
                let day = Day::from_number(row.day).unwrap_or(today);
                let rate = usage_rate(&rates, day);
                if let Some(rate) = rate {
                    all.push(AgentSpent {
                        person,
                        handoff: Some(*handoff),
                        day,
                        cost: rate.cost(usage_of(&row)).map_err(large)?,
                        is_ahead: false,
                    });
                }
            }
        }
        let mut plans = Plans {
            person,
            rates,
            handoffs,
            today,
            live: &mut live,
        };
        plans.list(scope, zone, month, &mut all)?;
    }
    all.retain(|it| !it.cost.amount.is_zero());
    Ok(all)
}

/// When handoffs were live, once it was looked up.
type Live = Option<HashMap<Uuid, Vec<Period>>>;

/// The plans of an agent.
struct Plans<'l> {
    person: Uuid,
    rates: Vec<(Day, Rate)>,
    handoffs: Vec<Uuid>,
    today: Day,
    live: &'l mut Live,
}

impl Plans<'_> {
    fn list(
        &mut self,
        scope: &mut Scope<'_, '_>,
        zone: &TimeZone,
        month: Option<Period>,
        all: &mut Vec<AgentSpent>,
    ) -> Result<(), Error> {
        let mut plans = self.rates.iter();
        let Some((first, _)) = plans.find(|(_, rate)| matches!(rate, Rate::Plan(_))) else {
            return Ok(());
        };
        let mut days = month.unwrap_or(Cycle::Monthly.period(*first));
        let last = month.map_or(self.today, |month| month.to);
        let months = accepted_by_month(scope, self.person, zone, month)?;
        while days.from <= last {
            let accepted = months.get(&days.from).cloned().unwrap_or_default();
            let end = days.to.min(self.today);
            let past = Period { to: end, ..days };
            let so_far = plan_cost(&self.rates, past).map_err(large)?;
            let mut ahead = BTreeMap::new();
            if month.is_some() {
                ahead = plan_cost(&self.rates, days).map_err(large)?;
                for (currency, amount) in &so_far {
                    *ahead.entry(*currency).or_default() -= amount;
                }
            }
            if !so_far.is_empty() || !ahead.is_empty() {
                let bearers = self.bearers(scope, zone, (days, end), accepted)?;
                self.add(&bearers, &so_far, false, all)?;
                self.add(&bearers, &ahead, true, all)?;
            }
            days = Cycle::Monthly.next(days);
        }
        Ok(())
    }

    /// Who bears the plan of a month, and on which days.
    fn bearers(
        &mut self,
        scope: &mut Scope<'_, '_>,
        zone: &TimeZone,
        (month, end): (Period, Day),
        accepted: Vec<(Uuid, Day)>,
    ) -> Result<Vec<(Option<Uuid>, Day)>, Error> {
        if !accepted.is_empty() {
            let all = accepted.into_iter();
            return Ok(all.map(|(id, day)| (Some(id), day)).collect());
        }
        if self.live.is_none() {
            *self.live = Some(live_of(scope, &Days::of_zone(zone), self.today)?);
        }
        let live = self.live.as_ref();
        let days = |id: &Uuid| live.and_then(|live| live.get(id));
        // What goes on is known to be live until today.
        let from = month.from.min(self.today);
        let is_in = |period: &Period| period.from <= month.to && period.to >= from;
        let ever: Vec<&Uuid> = self
            .handoffs
            .iter()
            .filter(|id| days(id).is_some())
            .collect();
        let within = ever.iter().copied();
        let mut found: Vec<&Uuid> = within
            .filter(|id| days(id).is_some_and(|days| days.iter().any(is_in)))
            .collect();
        if found.is_empty() {
            found = ever;
        }
        let mut bearers: Vec<_> = found.into_iter().map(|id| (Some(*id), end)).collect();
        if bearers.is_empty() {
            bearers.push((None, end));
        }
        Ok(bearers)
    }

    fn add(
        &self,
        bearers: &[(Option<Uuid>, Day)],
        cost: &BTreeMap<Currency, Decimal>,
        is_ahead: bool,
        all: &mut Vec<AgentSpent>,
    ) -> Result<(), Error> {
        for (currency, amount) in cost {
            let shares = shares(*amount, bearers.len())?;
            all.extend(
                bearers
                    .iter()
                    .zip(shares)
                    .map(|((handoff, day), share)| AgentSpent {
                        person: self.person,
                        handoff: *handoff,
                        day: *day,
                        cost: Money::new(share, *currency),
                        is_ahead,
                    }),
            );
        }
        Ok(())
    }
}
