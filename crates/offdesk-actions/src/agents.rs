//! What AI agents cost: their rates by day, how much they were used, and what an accepted assignment costs in all beside what it costs
//! with a person.
//!
//! It is the owner's side alone that sees what something costs. A program with a token for usage notes usage, and learns nothing else.

mod costs;
pub mod json;
mod plans;
mod spending;
mod table;
mod usage;

use offdesk_domain::Day;
use offdesk_domain::agent::{Rate, RateError, TypedRate};
use offdesk_domain::person::PersonKind;
use offdesk_store::agents::{
    RateRow, insert_rate, list_rates as stored_rates, remove_rate as take_rate,
};
use offdesk_store::people::PersonRow;
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};

pub use self::costs::{CostIn, Costs, ProviderCost, WhichCosts, load_costs};
pub(crate) use self::spending::{AgentSpent, list_agent_spent};
pub use self::table::note_usage_table;
use self::usage::add_usage;
pub use self::usage::{NewUsage, list_usage, note_usage, remove_usage};
use crate::actor::{Actor, Permission};
use crate::budgets::note_passed;
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::pay::day_or_today;
use crate::people;

/// An agent has at most so many rates, and an assignment so many usages.
const MOST: usize = 1_000;

/// A rate that is to be noted, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewRate {
    /// `use`, `token` or `plan`.
    pub per: String,
    /// For a use, or for a month.
    pub amount: String,
    /// For a million tokens that go in.
    pub input: String,
    /// For a million tokens that come out.
    pub output: String,
    /// The currency; that of the workspace where nothing is said.
    pub currency: String,
    /// From which day on; today where nothing is said.
    pub from: Option<Day>,
}

/// An agent with its rates by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// The agent.
    pub person_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its rates with their ids, by day.
    pub all: Vec<(Uuid, Day, Rate)>,
}

/// What an agent is paid for, by day.
///
/// # Errors
/// `not_found`, `agent.person` for a person who is none.
pub fn list_rates(tx: &mut Tx<'_>, actor: &Actor, person: Uuid) -> Result<Rates, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let row = agent(&mut scope, person)?;
    rates_of(&mut scope, &row)
}

fn rates_of(scope: &mut Scope<'_, '_>, row: &PersonRow) -> Result<Rates, Error> {
    let all = stored_rates(scope, row.id)?
        .iter()
        .map(read)
        .collect::<Result<_, _>>();
    Ok(Rates {
        person_id: row.id,
        name: row.name.clone(),
        all: all?,
    })
}

fn read(row: &RateRow) -> Result<(Uuid, Day, Rate), Error> {
    let damaged = || crate::pay::damaged("a rate of an agent");
    let rate = Rate::typed(TypedRate {
        per: &row.per,
        amount: &row.amount,
        input: &row.input,
        output: &row.output,
        currency: &row.currency,
    });
    let day = Day::from_number(row.from_day).ok_or_else(damaged)?;
    Ok((row.id, day, rate.map_err(|_| damaged())?))
}

/// The person of an id, where they are an AI agent.
fn agent(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<PersonRow, Error> {
    let row = people::load(scope, id)?;
    if people::kind_of(&row)? == PersonKind::Agent {
        return Ok(row);
    }
    Err(Error::new(
        ErrorKind::Conflict,
        "agent.person",
        "this is no AI agent: people have terms, and no rates or usage",
    )
    .hint("note terms, or change what kind of person it is"))
}

/// Notes what an agent is paid for from a day on.
///
/// # Errors
/// `not_found`, `agent.person`, `agent.many`, and those of [`RateError`].
pub fn add_rate(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    new: &NewRate,
    moment: Moment,
) -> Result<Rates, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = agent(&mut scope, person)?;
    let currency = match new.currency.trim() {
        "" => load_workspace(&mut scope)?.currency,
        typed => typed.to_owned(),
    };
    let rate = Rate::typed(TypedRate {
        per: &new.per,
        amount: &new.amount,
        input: &new.input,
        output: &new.output,
        currency: &currency,
    })
    .map_err(refused)?;
    if stored_rates(&mut scope, person)?.len() >= MOST {
        return Err(many("rates"));
    }
    let from = day_or_today(&mut scope, "from", new.from, moment)?;
    let texts = match rate {
        Rate::Use(price) | Rate::Plan(price) => {
            [price.amount.to_string(), String::new(), String::new()]
        }
        Rate::Token { input, output } => {
            [String::new(), input.amount.to_string(), output.to_string()]
        }
    };
    let [amount, input, output] = texts;
    let kept = RateRow {
        person_id: person,
        id: moment.id(),
        from_day: from.0.into(),
        per: rate.word().to_owned(),
        amount,
        input,
        output,
        currency: rate.currency().to_string(),
        created_at: moment.micros(),
    };
    insert_rate(&mut scope, &kept)?;
    // What was used since then costs another amount.
    note_passed(&mut scope, moment)?;
    let told = format!("{rate} from {}", from.date());
    note(&mut scope, actor, moment, "add_rate", person, told)?;
    rates_of(&mut scope, &row)
}

/// Takes a rate away that was noted by mistake.
///
/// # Errors
/// `not_found`.
pub fn remove_rate(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    id: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    if !take_rate(&mut scope, person, id)? {
        return Err(Error::not_found("rate"));
    }
    note(&mut scope, actor, moment, "remove_rate", person, "")
}

fn many(what: &str) -> Error {
    Error::new(
        ErrorKind::Conflict,
        "agent.many",
        format!("{MOST} {what} are the most"),
    )
}

fn refused(error: RateError) -> Error {
    let hint = match error {
        RateError::Kind(_) => "an amount for a use or for a month, or two for a million tokens",
        RateError::Price(..) => "such as 0.0025 or 20",
        RateError::Currency(_) => "write three letters, such as USD or EUR",
    };
    Error::invalid(error.field(), error.code(), error.to_string()).hint(hint)
}
