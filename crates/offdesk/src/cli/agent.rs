//! `offdesk agent`: what AI agents cost: rates, usage, and the cost of an accepted assignment beside that of people.

mod text;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::agents::json::{CostsJson, RatesJson, UsageJson, UsageTableJson, UsagesJson};
use offdesk_actions::agents::{
    Costs, NewRate, NewUsage, Rates, WhichCosts, add_rate, list_rates, list_usage, load_costs,
    note_usage, note_usage_table, remove_rate, remove_usage,
};
use offdesk_actions::assignments::identify_assignment;
use offdesk_actions::store::agents::UsageRow;
use offdesk_actions::store::{Store, Uuid};
use offdesk_domain::Day;
use offdesk_domain::agent::PLAN_RULE;

use super::audit::json;
use super::desk::At;
use super::error::CliError;
use super::find::find_activity;
use super::people::find_person;
use super::values::day;
use super::{Done, exit, output};
use crate::clock;

/// What AI agents cost: rates, usage, the cost of an accepted assignment
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk agent rate Sorter --per token --in 3 --out 15
  offdesk agent rate Sorter --per plan --amount 20
  offdesk agent rate Sorter                     its rates by day
  offdesk agent use 12 --tokens-in 84000 --tokens-out 2100
  offdesk agent use --csv usage.csv
  offdesk agent cost Inbox                      beside people who do the same")]
pub struct AgentCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    Rate(RateArgs),
    Use(UseArgs),
    Cost(CostArgs),
}

/// What a rate is for.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Per {
    Use,
    Token,
    Plan,
}

impl Per {
    fn word(self) -> &'static str {
        match self {
            Self::Use => "use",
            Self::Token => "token",
            Self::Plan => "plan",
        }
    }
}

/// What an agent is paid for: note a rate, take one away, or list them
#[derive(Args, Debug)]
#[command(after_help = PLAN_RULE)]
struct RateArgs {
    /// The agent: name or id
    #[arg(value_name = "WHO")]
    who: String,
    /// For each use, by the token, or a flat plan for a month
    #[arg(long, value_name = "KIND", conflicts_with = "remove")]
    per: Option<Per>,
    /// For a use, or for a month
    #[arg(long, value_name = "AMOUNT", default_value = "")]
    amount: String,
    /// For a million tokens that go in
    #[arg(long = "in", value_name = "AMOUNT", default_value = "")]
    input: String,
    /// For a million tokens that come out
    #[arg(long = "out", value_name = "AMOUNT", default_value = "")]
    output: String,
    /// Its currency; that of the workspace where none is named
    #[arg(long, value_name = "CODE", default_value = "")]
    currency: String,
    /// From which day on; today where none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// Take the rate of this id away
    #[arg(long, value_name = "ID")]
    remove: Option<Uuid>,
    /// Print JSON (offdesk.agent_rates/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Note how much an agent was used for an assignment, or for those of a table;
/// without amounts, what is noted of it is listed
#[derive(Args, Debug)]
struct UseArgs {
    /// The assignment: its number or id
    #[arg(value_name = "NUMBER", required_unless_present = "csv")]
    which: Option<String>,
    /// So many times
    #[arg(long, value_name = "N", default_value_t = 0)]
    uses: i64,
    /// So many tokens that went in
    #[arg(long, value_name = "N", default_value_t = 0)]
    tokens_in: i64,
    /// So many tokens that came out
    #[arg(long, value_name = "N", default_value_t = 0)]
    tokens_out: i64,
    /// On which day; today where none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,
    /// What is noted with it
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Take the usage of this id away
    #[arg(long, value_name = "ID", conflicts_with_all = ["uses", "tokens_in", "tokens_out", "csv"])]
    remove: Option<Uuid>,
    /// A table with the column assignment and any of day, uses, tokens_in,
    /// tokens_out and note: all of its lines are noted, or none
    #[arg(long, value_name = "FILE", conflicts_with = "which")]
    csv: Option<PathBuf>,
    /// Print JSON (offdesk.usage/1, listed offdesk.usages/1, with --csv offdesk.usage_table/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// What an accepted assignment costs, by who does the same activity
#[derive(Args, Debug)]
struct CostArgs {
    /// Only of this activity; else of all that an agent does
    #[arg(value_name = "ACTIVITY")]
    activity: Option<String>,
    /// Print JSON (offdesk.costs/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl AgentCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::Rate(args) => args.run(),
            What::Use(args) => args.run(),
            What::Cost(args) => args.run(),
        }
    }
}

impl RateArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let person = find_person(&store, &actor, &self.who)?;
        let moment = clock::moment();
        let who = actor.clone();
        if let Some(id) = self.remove {
            let removed: Result<(), Error> = store
                .write(move |tx| remove_rate(tx, &who, person, id, moment))
                .wait();
            removed?;
        } else if let Some(per) = self.per {
            let new = NewRate {
                per: per.word().to_owned(),
                amount: self.amount,
                input: self.input,
                output: self.output,
                currency: self.currency,
                from: self.from,
            };
            let added: Result<Rates, Error> = store
                .write(move |tx| add_rate(tx, &who, person, &new, moment))
                .wait();
            added?;
        }
        let found: Result<Rates, Error> =
            store.read(move |tx| list_rates(tx, &actor, person)).wait();
        let rates = found?;
        if self.json {
            output::print(&json::to_text(&RatesJson::of(&rates, None))?)?;
        } else {
            output::print(&text::rates(&rates))?;
        }
        Ok(0)
    }
}

impl UseArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        if let Some(path) = &self.csv {
            let table = std::fs::read_to_string(path).map_err(|error| {
                let message = format!("{} cannot be read: {error}", path.display());
                CliError::new(exit::FAILED, "agent.unread", message)
            })?;
            let lines: Result<u64, Error> = store
                .write(move |tx| note_usage_table(tx, &actor, &table, moment))
                .wait();
            let lines = lines?;
            if self.json {
                output::print(&json::to_text(&UsageTableJson::of(lines))?)?;
            } else {
                output::print(&format!("Noted: {lines} lines\n"))?;
            }
            return Ok(0);
        }
        let which = self.which.unwrap_or_default();
        if self.remove.is_some() || self.uses == 0 && self.tokens_in == 0 && self.tokens_out == 0 {
            return list(&(store, actor), which, self.remove, self.json);
        }
        let new = NewUsage {
            day: self.on,
            uses: self.uses,
            tokens_in: self.tokens_in,
            tokens_out: self.tokens_out,
            note: self.note,
        };
        let noted: Result<UsageRow, Error> = store
            .write(move |tx| {
                let id = identify_assignment(tx, &actor, &which)?;
                note_usage(tx, &actor, id, &new, moment)
            })
            .wait();
        let noted = noted?;
        if self.json {
            output::print(&json::to_text(&UsageJson::of(&noted))?)?;
        } else {
            output::print("Noted.\n")?;
        }
        Ok(0)
    }
}

/// Lists what is noted of an assignment, after one usage was taken away where that is asked for.
fn list(
    (store, actor): &(Store, Actor),
    which: String,
    remove: Option<Uuid>,
    as_json: bool,
) -> Done {
    let (moment, who) = (clock::moment(), actor.clone());
    let rows: Result<Vec<UsageRow>, Error> = store
        .write(move |tx| {
            let id = identify_assignment(tx, &who, &which)?;
            if let Some(usage) = remove {
                remove_usage(tx, &who, id, usage, moment)?;
            }
            list_usage(tx, &who, id)
        })
        .wait();
    let rows = rows?;
    if as_json {
        output::print(&json::to_text(&UsagesJson::of(&rows, None))?)?;
    } else {
        output::print(&text::usages(&rows))?;
    }
    Ok(0)
}

impl CostArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let which = match &self.activity {
            Some(name) => WhichCosts::Of(find_activity(&store, &actor, name)?),
            None => WhichCosts::Compared,
        };
        let moment = clock::moment();
        let found: Result<Costs, Error> = store
            .read(move |tx| load_costs(tx, &actor, which, moment))
            .wait();
        let costs = found?;
        if self.json {
            output::print(&json::to_text(&CostsJson::of(&costs))?)?;
        } else {
            output::print(&text::costs(&costs))?;
        }
        Ok(0)
    }
}
