//! What agents cost as JSON, `offdesk.agent_rates/1`, `offdesk.usage/1`, `offdesk.usages/1`, `offdesk.usage_table/1` and `offdesk.costs/1`: the
//! command line and the API give the same.

use offdesk_domain::agent::Rate;
use offdesk_domain::money::to_minor_text;
use offdesk_domain::{Currency, Day};
use offdesk_store::Uuid;
use offdesk_store::agents::UsageRow;
use rust_decimal::Decimal;
use serde::Serialize;

use super::{CostIn, Costs, ProviderCost, Rates};
use crate::moment::at;
use crate::named::NamedJson;

#[derive(Debug, Serialize)]
struct RateJson {
    id: String,
    from: String,
    per: &'static str,
    amount: Option<String>,
    input: Option<String>,
    output: Option<String>,
    currency: String,
    in_words: String,
}

impl RateJson {
    fn of(id: Uuid, from: Day, rate: Rate) -> Self {
        let text = |number: Decimal| Some(number.normalize().to_string());
        let (amount, input, output) = match rate {
            Rate::Use(price) | Rate::Plan(price) => (text(price.amount), None, None),
            Rate::Token { input, output } => (None, text(input.amount), text(output)),
        };
        Self {
            id: id.to_string(),
            from: from.date().to_string(),
            per: rate.word(),
            amount,
            input,
            output,
            currency: rate.currency().to_string(),
            in_words: rate.to_string(),
        }
    }
}

/// `offdesk.agent_rates/1`.
#[derive(Debug, Serialize)]
pub struct RatesJson {
    schema: &'static str,
    person: NamedJson,
    rates: Vec<RateJson>,
    next: Option<String>,
}

impl RatesJson {
    /// What an agent is paid for by day, and where the next page begins.
    #[must_use]
    pub fn of(rates: &Rates, next: Option<String>) -> Self {
        let all = rates.all.iter();
        Self {
            schema: "offdesk.agent_rates/1",
            person: NamedJson::of(rates.person_id, &rates.name),
            rates: all.map(|it| RateJson::of(it.0, it.1, it.2)).collect(),
            next,
        }
    }
}

#[derive(Debug, Serialize)]
struct UsageLineJson {
    id: String,
    assignment: String,
    day: Option<String>,
    uses: i64,
    tokens_in: i64,
    tokens_out: i64,
    note: String,
    noted_at: Option<String>,
}

impl UsageLineJson {
    fn of(row: &UsageRow) -> Self {
        Self {
            id: row.id.to_string(),
            assignment: row.assignment_id.to_string(),
            day: Day::from_number(row.day).map(|day| day.date().to_string()),
            uses: row.uses,
            tokens_in: row.tokens_in,
            tokens_out: row.tokens_out,
            note: row.note.clone(),
            noted_at: at(row.created_at),
        }
    }
}

/// `offdesk.usage/1`.
#[derive(Debug, Serialize)]
pub struct UsageJson {
    schema: &'static str,
    #[serde(flatten)]
    line: UsageLineJson,
}

impl UsageJson {
    /// What was noted, and nothing of what it costs.
    #[must_use]
    pub fn of(row: &UsageRow) -> Self {
        Self {
            schema: "offdesk.usage/1",
            line: UsageLineJson::of(row),
        }
    }
}

/// `offdesk.usages/1`.
#[derive(Debug, Serialize)]
pub struct UsagesJson {
    schema: &'static str,
    usages: Vec<UsageLineJson>,
    next: Option<String>,
}

impl UsagesJson {
    /// A page of them.
    #[must_use]
    pub fn of(rows: &[UsageRow], next: Option<String>) -> Self {
        Self {
            schema: "offdesk.usages/1",
            usages: rows.iter().map(UsageLineJson::of).collect(),
            next,
        }
    }
}

/// `offdesk.usage_table/1`.
#[derive(Debug, Serialize)]
pub struct UsageTableJson {
    schema: &'static str,
    lines: u64,
}

impl UsageTableJson {
    /// So many lines were noted.
    #[must_use]
    pub fn of(lines: u64) -> Self {
        Self {
            schema: "offdesk.usage_table/1",
            lines,
        }
    }
}

#[derive(Debug, Serialize)]
struct CostInJson {
    currency: String,
    earned: String,
    used: String,
    plan: String,
    own_time: String,
    total: String,
    per_accepted: Option<String>,
    per_accepted_low: Option<String>,
    per_accepted_high: Option<String>,
}

impl CostInJson {
    fn of(cost: &CostIn, one: &ProviderCost) -> Self {
        let currency: Currency = cost.currency;
        let text = |amount: Decimal| to_minor_text(amount, currency);
        let range = one.outcome.range(cost.total());
        Self {
            currency: currency.to_string(),
            earned: text(cost.earned),
            used: text(cost.used),
            plan: text(cost.plan),
            own_time: text(cost.own_time),
            total: text(cost.total()),
            per_accepted: one.outcome.each(cost.total()).map(text),
            per_accepted_low: range.map(|it| text(it.0)),
            per_accepted_high: range.map(|it| text(it.1)),
        }
    }
}

#[derive(Debug, Serialize)]
struct CostJson {
    handoff: String,
    activity: NamedJson,
    person: NamedJson,
    kind: &'static str,
    accepted: u32,
    not_accepted: u32,
    few: bool,
    own_hours: f64,
    own_time_counted: bool,
    idle_plan_months: u32,
    costs: Vec<CostInJson>,
}

/// `offdesk.costs/1`.
#[derive(Debug, Serialize)]
pub struct CostsJson {
    schema: &'static str,
    handoffs: Vec<CostJson>,
}

impl CostsJson {
    /// What accepted assignments cost, those of the same activity beside each other.
    #[must_use]
    pub fn of(costs: &Costs) -> Self {
        let one = |one: &ProviderCost| {
            let row = &one.handoff.handoff.row;
            CostJson {
                handoff: row.id.to_string(),
                activity: NamedJson::of(row.activity_id, &one.handoff.activity),
                person: NamedJson::of(row.person_id, &one.handoff.person),
                kind: one.kind.word(),
                accepted: one.outcome.accepted,
                not_accepted: one.outcome.not_accepted,
                few: one.outcome.is_few(),
                own_hours: one.own.hours_f64(),
                own_time_counted: one.is_own_counted,
                idle_plan_months: one.idle_months,
                costs: one.costs.iter().map(|it| CostInJson::of(it, one)).collect(),
            }
        };
        Self {
            schema: "offdesk.costs/1",
            handoffs: costs.all.iter().map(one).collect(),
        }
    }
}
