//! Setting a budget, and taking it away: for whoever manages the workspace.

use offdesk_domain::budget::{Budget, BudgetError};
use offdesk_domain::money::to_minor_text;
use offdesk_domain::pay::{Cycle, day_in};
use offdesk_store::budgets::{
    BudgetRow, find_budget, insert_budget, load_budget, remove_budget, update_budget,
};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Tx, Uuid};

use super::{BudgetStanding, Whose, note_passed, standings};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::Error;
use crate::moment::Moment;
use crate::pay::zone_of;
use crate::{handoffs, people};

/// A budget that is to be set, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBudget {
    /// What it is of.
    pub whose: Whose,
    /// How much in a month.
    pub amount: String,
    /// In which currency; that of the workspace where nothing is said.
    pub currency: String,
    /// From which share on it is warned; 80 % where nothing is said.
    pub warn_at: String,
    /// Whether nothing is given any more that would pass it.
    pub blocks: bool,
}

/// Sets the budget of a subject in a currency, in the place of the one it has.
///
/// # Errors
/// `not_found`, those of [`BudgetError`], and those of the actor and of the store.
pub fn set_budget(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &NewBudget,
    moment: Moment,
) -> Result<BudgetStanding, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let currency = match new.currency.trim() {
        "" => load_workspace(&mut scope)?.currency,
        typed => typed.to_owned(),
    };
    let budget =
        Budget::typed(&new.amount, &currency, &new.warn_at, new.blocks).map_err(refused)?;
    let (subject, person, handoff) = match new.whose {
        Whose::Workspace => (scope.workspace().0, None, None),
        Whose::Person(id) => (people::load(&mut scope, id)?.id, Some(id), None),
        Whose::Handoff(id) => (handoffs::load(&mut scope, id)?.id, None, Some(id)),
    };
    let (limit, now) = (budget.limit(), moment.micros());
    let known = find_budget(&mut scope, subject, limit.currency.code())?;
    let row = BudgetRow {
        id: known.as_ref().map_or_else(|| moment.id(), |it| it.id),
        subject_id: subject,
        person_id: person,
        handoff_id: handoff,
        amount: to_minor_text(limit.amount, limit.currency),
        currency: limit.currency.to_string(),
        warn_at: i64::from(budget.warn_at()),
        blocks: budget.blocks,
        created_at: known.as_ref().map_or(now, |it| it.created_at),
        changed_at: now,
        version: known.as_ref().map_or(1, |it| it.version),
    };
    match known {
        Some(_) => update_budget(&mut scope, &row)?,
        None => insert_budget(&mut scope, &row)?,
    }
    let told = format!("{limit}, warns at {} %", budget.warn_at());
    note(&mut scope, actor, moment, "set_budget", subject, told)?;
    note_passed(&mut scope, moment)?;
    let row = load_budget(&mut scope, row.id)?.ok_or_else(|| Error::not_found("budget"))?;
    let month = Cycle::Monthly.period(day_in(moment.now, &zone_of(&mut scope)?));
    let mut all = standings(&mut scope, vec![row], month, moment)?;
    all.pop().ok_or_else(|| Error::not_found("budget"))
}

/// Takes a budget away.
///
/// # Errors
/// `not_found`, and those of the actor and of the store.
pub fn drop_budget(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    moment: Moment,
) -> Result<Whose, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    let missing = || Error::not_found("budget");
    let row = load_budget(&mut scope, id)?.ok_or_else(missing)?;
    if !remove_budget(&mut scope, id)? {
        return Err(missing());
    }
    let told = format!("{} {}", row.amount, row.currency);
    note(
        &mut scope,
        actor,
        moment,
        "drop_budget",
        row.subject_id,
        told,
    )?;
    Ok(Whose::of(&row))
}

fn refused(error: BudgetError) -> Error {
    let hint = match error {
        BudgetError::Warning(_) => "write a whole number from 1 to 100, such as 80",
        BudgetError::Currency(_) => "write three letters, such as USD or EUR",
        _ => "write an amount for a month, such as 500 or 1,250.50",
    };
    Error::invalid(error.field(), error.code(), error.to_string()).hint(hint)
}
