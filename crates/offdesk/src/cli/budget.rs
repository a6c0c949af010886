//! `offdesk budget`: what may be earned in a month in all, by a person or by a handoff, and how it stands.

mod text;

pub use self::text::told;

use clap::{Args, Subcommand};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::budgets::json::{BudgetJson, BudgetsJson};
use offdesk_actions::budgets::{
    BudgetStanding, Budgets, NewBudget, Which, Whose, drop_budget, list_budgets, month_of,
    set_budget,
};
use offdesk_actions::store::Store;

use super::audit::json;
use super::desk::At;
use super::error::CliError;
use super::handoff::find_handoff;
use super::people::find_person;
use super::{Done, exit, output};
use crate::clock;

/// Budgets of a month: set, drop, and how they stand
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk budget list
  offdesk budget set 2,000                      all that is handed off
  offdesk budget set 500 --person Ana --warn-at 70
  offdesk budget set 300 --handoff Inbox --block
  offdesk budget drop --person Ana

What was earned in the month counts, and what is open and promised. Without
--block a budget warns, and nothing is refused.")]
pub struct BudgetCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    List(ListArgs),
    Set(SetArgs),
    Drop(DropArgs),
}

/// All budgets, and how they stand in a month
#[derive(Args, Debug)]
struct ListArgs {
    /// Another month than the one that runs, such as 2026-11
    #[arg(long, value_name = "MONTH")]
    month: Option<String>,
    /// Print JSON (offdesk.budgets/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// What a budget is of.
#[derive(Args, Debug)]
struct Of {
    /// Of this person, by all that is handed off to them
    #[arg(long, value_name = "WHO", conflicts_with = "handoff")]
    person: Option<String>,
    /// Of the handoff of this activity, or of this id
    #[arg(long, value_name = "WHICH")]
    handoff: Option<String>,
}

impl Of {
    fn whose(&self, store: &Store, actor: &Actor) -> Result<Whose, CliError> {
        if let Some(who) = &self.person {
            return Ok(Whose::Person(find_person(store, actor, who)?));
        }
        match &self.handoff {
            Some(which) => Ok(Whose::Handoff(find_handoff(store, actor, which)?)),
            None => Ok(Whose::Workspace),
        }
    }
}

/// Set a budget, in the place of the one there is in its currency
#[derive(Args, Debug)]
struct SetArgs {
    /// How much in a calendar month
    #[arg(value_name = "AMOUNT")]
    amount: String,
    #[command(flatten)]
    of: Of,
    /// Its currency; that of the workspace where none is named
    #[arg(long, value_name = "CODE", default_value = "")]
    currency: String,
    /// Warn from this share of it on, in per cent
    #[arg(long, value_name = "PERCENT", default_value = "80")]
    warn_at: String,
    /// Refuse to give what would pass it
    #[arg(long)]
    block: bool,
    /// Print JSON (offdesk.budget/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Take a budget away
#[derive(Args, Debug)]
struct DropArgs {
    #[command(flatten)]
    of: Of,
    /// Its currency, where there are several
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    #[command(flatten)]
    at: At,
}

impl BudgetCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::List(args) => args.run(),
            What::Set(args) => args.run(),
            What::Drop(args) => args.run(),
        }
    }
}

fn load(store: &Store, actor: &Actor, month: Option<&str>) -> Result<Budgets, CliError> {
    let month = month.map(month_of).transpose()?;
    let (actor, moment) = (actor.clone(), clock::moment());
    let found: Result<Budgets, Error> = store
        .read(move |tx| list_budgets(tx, &actor, Which::All, month, moment))
        .wait();
    Ok(found?)
}

impl ListArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let budgets = load(&store, &actor, self.month.as_deref())?;
        if self.json {
            output::print(&json::to_text(&BudgetsJson::of(&budgets, None))?)?;
        } else {
            output::print(&text::list(&budgets))?;
        }
        Ok(0)
    }
}

impl SetArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let new = NewBudget {
            whose: self.of.whose(&store, &actor)?,
            amount: self.amount,
            currency: self.currency,
            warn_at: self.warn_at,
            blocks: self.block,
        };
        let moment = clock::moment();
        let set: Result<BudgetStanding, Error> = store
            .write(move |tx| set_budget(tx, &actor, &new, moment))
            .wait();
        let set = set?;
        if self.json {
            output::print(&json::to_text(&BudgetJson::of(&set))?)?;
        } else {
            output::print(&text::one(&set))?;
        }
        Ok(0)
    }
}

impl DropArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let whose = self.of.whose(&store, &actor)?;
        let all = load(&store, &actor, None)?.all;
        let currency = self.currency.as_deref().map(str::to_ascii_uppercase);
        let is_it = |one: &&BudgetStanding| {
            let is_in = currency.as_ref().is_none_or(|it| *it == one.row.currency);
            one.whose == whose && is_in
        };
        let found: Vec<&BudgetStanding> = all.iter().filter(is_it).collect();
        let one = match found.as_slice() {
            [one] => *one,
            [] => return Err(Error::not_found("budget").into()),
            [..] => {
                return Err(CliError::new(
                    exit::CONFLICT,
                    "budget.which",
                    "there are several, each in its currency",
                )
                .line("name one:  --currency EUR"));
            }
        };
        let (id, moment) = (one.row.id, clock::moment());
        let dropped: Result<Whose, Error> = store
            .write(move |tx| drop_budget(tx, &actor, id, moment))
            .wait();
        dropped?;
        output::print("Dropped.\n")?;
        Ok(0)
    }
}
