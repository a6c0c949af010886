//! What an accepted assignment costs, by who does the same activity: what was earned, what was used, the share of a plan, and the owner's
//! own time of looking after it. What was returned costs, and counts for nothing.
//!
//! Nobody is ranked: those who do the same stand by their names, each with how few or many their figures rest on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::tz::TimeZone;
use offdesk_domain::agent::{Outcome, Rate, Usage, usage_rate};
use offdesk_domain::money::MoneyError;
use offdesk_domain::pay::{PayError, day_in};
use offdesk_domain::person::PersonKind;
use offdesk_domain::{Currency, Day, Seconds};
use offdesk_store::agents::{UsageDayRow, count_outcome, list_agents, list_rates, list_usage_days};
use offdesk_store::assignments::supervision::sum_supervision;
use offdesk_store::handoffs::{HandoffRow, list_of_activity, list_of_person};
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;

use super::plans::Plans;
use super::read;
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::handoffs::{HandoffSummary, summaries};
use crate::moment::Moment;
use crate::pay::zone_of;
use crate::people;
use crate::returns::earned_by_handoff;
use crate::worths::{read_worths, worth_in};
use offdesk_store::workspaces::load_workspace;

/// What somebody cost in a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostIn {
    /// The currency.
    pub currency: Currency,
    /// What was earned, by the ledger.
    pub earned: Decimal,
    /// What was used, by the use or the token.
    pub used: Decimal,
    /// The share of plans.
    pub plan: Decimal,
    /// What the owner's own time of looking after it is worth, where a worth in this currency is known.
    pub own_time: Decimal,
}

impl CostIn {
    fn nothing(currency: Currency) -> Self {
        Self {
            currency,
            earned: Decimal::ZERO,
            used: Decimal::ZERO,
            plan: Decimal::ZERO,
            own_time: Decimal::ZERO,
        }
    }

    /// All of it.
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.earned + self.used + self.plan + self.own_time
    }
}

/// What a handoff cost in all.
#[derive(Debug, Clone)]
pub struct ProviderCost {
    /// The handoff with its names.
    pub handoff: HandoffSummary,
    /// What kind of person it is to.
    pub kind: PersonKind,
    /// What its assignments came to.
    pub outcome: Outcome,
    /// By currency; never added.
    pub costs: Vec<CostIn>,
    /// The owner's own time of looking after it.
    pub own: Seconds,
    /// Whether that time is in the cost; it is not where no worth is known.
    pub is_own_counted: bool,
    /// Months of a plan in which nothing at all was accepted: what they cost is in no figure here.
    pub idle_months: u32,
}

/// Which costs are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichCosts {
    /// Of activities that an AI agent does.
    Compared,
    /// Of an activity.
    Of(Uuid),
    /// Of what is handed off to a person.
    By(Uuid),
}

/// What accepted assignments cost.
#[derive(Debug, Clone)]
pub struct Costs {
    /// By activity, and in it by name.
    pub all: Vec<ProviderCost>,
}

/// What accepted assignments cost, those of the same activity beside each other.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_costs(
    tx: &mut Tx<'_>,
    actor: &Actor,
    which: WhichCosts,
    moment: Moment,
) -> Result<Costs, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let rows = match which {
        WhichCosts::Compared => beside_agents(&mut scope)?,
        WhichCosts::Of(activity) => list_of_activity(&mut scope, activity)?,
        WhichCosts::By(person) => list_of_person(&mut scope, person)?,
    };
    let mut found = Vec::new();
    for one in summaries(&mut scope, rows)? {
        let row = people::load(&mut scope, one.handoff.row.person_id)?;
        let kind = people::kind_of(&row)?;
        let (accepted, not_accepted) = count_outcome(&mut scope, one.handoff.row.id)?;
        let outcome = Outcome {
            accepted: u32::try_from(accepted).unwrap_or(u32::MAX),
            not_accepted: u32::try_from(not_accepted).unwrap_or(u32::MAX),
        };
        if outcome != Outcome::default() {
            found.push((one, kind, outcome));
        }
    }
    let mut reckoning = Reckoning::new(&mut scope, moment)?;
    let mut all = Vec::with_capacity(found.len());
    for (handoff, kind, outcome) in found {
        all.push(reckoning.cost(&mut scope, handoff, kind, outcome)?);
    }
    all.sort_by(|a, b| {
        let key = |it: &ProviderCost| {
            let names = &it.handoff;
            (
                names.activity.clone(),
                names.person.clone(),
                names.handoff.row.id,
            )
        };
        key(a).cmp(&key(b))
    });
    Ok(Costs { all })
}

/// The handoffs of all activities that an AI agent does or has done; none, and nothing is counted, where there is no agent.
fn beside_agents(scope: &mut Scope<'_, '_>) -> Result<Vec<HandoffRow>, Error> {
    let mut activities = BTreeSet::new();
    for agent in list_agents(scope)? {
        let its = list_of_person(scope, agent)?;
        activities.extend(its.iter().map(|row| row.activity_id));
    }
    let mut rows = Vec::new();
    for activity in activities {
        rows.extend(list_of_activity(scope, activity)?);
    }
    Ok(rows)
}

/// What all costs of a workspace are reckoned with.
pub(super) struct Reckoning {
    pub(super) zone: TimeZone,
    pub(super) today: Day,
    hour: Option<(Currency, Decimal)>,
    /// What was earned by each handoff, as on its statements.
    earned: HashMap<Uuid, BTreeMap<Currency, Decimal>>,
    plans: HashMap<Uuid, Plans>,
}

impl Reckoning {
    fn new(scope: &mut Scope<'_, '_>, moment: Moment) -> Result<Self, Error> {
        let zone = zone_of(scope)?;
        let today = day_in(moment.now, &zone);
        let worths = read_worths(scope)?;
        let currency = load_workspace(scope)?.currency.parse();
        let currency = currency.map_err(|_| crate::pay::damaged("a currency"))?;
        let hour = worth_in(&worths, currency, today).map(|it| (it.worth.currency, it.worth.hour));
        Ok(Self {
            zone,
            today,
            hour,
            earned: earned_by_handoff(scope, today)?,
            plans: HashMap::new(),
        })
    }

    fn cost(
        &mut self,
        scope: &mut Scope<'_, '_>,
        handoff: HandoffSummary,
        kind: PersonKind,
        outcome: Outcome,
    ) -> Result<ProviderCost, Error> {
        let (id, person) = (handoff.handoff.row.id, handoff.handoff.row.person_id);
        let mut sums = Sums::default();
        for (currency, earned) in self.earned.get(&id).into_iter().flatten() {
            sums.of(*currency).earned += *earned;
        }
        let mut idle_months = 0;
        if kind == PersonKind::Agent {
            let rates = dated(scope, person)?;
            for row in list_usage_days(scope, id, None)? {
                let day = Day::from_number(row.day).unwrap_or(self.today);
                if let Some(rate) = usage_rate(&rates, day) {
                    let cost = rate.cost(usage_of(&row)).map_err(large)?;
                    sums.of(cost.currency).used += cost.amount;
                }
            }
            if !self.plans.contains_key(&person) {
                let spread = Plans::spread(scope, person, &rates, self)?;
                self.plans.insert(person, spread);
            }
            let plans = self.plans.get(&person);
            idle_months = plans.map_or(0, |it| it.idle_months);
            let share = plans.and_then(|it| it.by_handoff.get(&id));
            for (currency, amount) in share.into_iter().flatten() {
                sums.of(*currency).plan += *amount;
            }
        }
        let own: i64 = sum_supervision(scope, id)?.iter().map(|it| it.1).sum();
        let own = Seconds(own);
        if let Some((currency, hour)) = self.hour.filter(|_| own > Seconds::ZERO) {
            let worth = hour.checked_mul(own.hours()).ok_or(PayError::TooLarge)?;
            sums.of(currency).own_time += worth;
        }
        Ok(ProviderCost {
            handoff,
            kind,
            outcome,
            costs: sums.0.into_values().collect(),
            own,
            is_own_counted: self.hour.is_some(),
            idle_months,
        })
    }
}

/// What was added up so far, by currency.
#[derive(Default)]
struct Sums(BTreeMap<Currency, CostIn>);

impl Sums {
    fn of(&mut self, currency: Currency) -> &mut CostIn {
        self.0
            .entry(currency)
            .or_insert_with(|| CostIn::nothing(currency))
    }
}

/// How much was used on a day.
pub(super) fn usage_of(row: &UsageDayRow) -> Usage {
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    Usage {
        uses: count(row.uses),
        tokens_in: count(row.tokens_in),
        tokens_out: count(row.tokens_out),
    }
}

/// The rates of an agent by day.
pub(super) fn dated(scope: &mut Scope<'_, '_>, person: Uuid) -> Result<Vec<(Day, Rate)>, Error> {
    let rows = list_rates(scope, person)?;
    let read = rows
        .iter()
        .map(|row| read(row).map(|(_, day, rate)| (day, rate)));
    read.collect()
}

pub(super) fn large(_: MoneyError) -> Error {
    PayError::TooLarge.into()
}
