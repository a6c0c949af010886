//! How much an agent was used for an assignment: noted by hand, or by a program with a token for it.

use offdesk_domain::Day;
use offdesk_store::agents::{
    UsageRow, insert_usage, list_usage as stored_usage, remove_usage as take_usage,
};
use offdesk_store::assignments::{AssignmentRow, load_assignment};
use offdesk_store::{Scope, Tx, Uuid};

use super::{MOST, agent, many};
use crate::actor::{Actor, Permission};
use crate::budgets::note_passed;
use crate::change::note;
use crate::error::Error;
use crate::moment::Moment;
use crate::near::near;
use crate::pay::today_in;
use crate::people;

/// So many uses or tokens are noted at once.
const MOST_USED: i64 = 1_000_000_000_000;
/// So many letters a note may have.
const LONGEST_NOTE: usize = 500;

/// How much an agent was used for an assignment, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewUsage {
    /// On which day; today where nothing is said.
    pub day: Option<Day>,
    /// So many times.
    pub uses: i64,
    /// So many tokens went in.
    pub tokens_in: i64,
    /// So many came out.
    pub tokens_out: i64,
    /// What is noted with it.
    pub note: String,
}

/// Notes how much an agent was used for an assignment of its.
///
/// # Errors
/// `not_found`, `agent.person`, `agent.usage`, `agent.future`, `agent.many`, `text.long`.
pub fn note_usage(
    tx: &mut Tx<'_>,
    actor: &Actor,
    assignment: Uuid,
    new: &NewUsage,
    moment: Moment,
) -> Result<UsageRow, Error> {
    let mut scope = actor.within(tx, Permission::Use)?;
    let row = of_agent(&mut scope, assignment)?;
    let usage = add_usage(&mut scope, actor, &row, new, moment)?;
    let told = format!(
        "{} uses, {} tokens in, {} out",
        usage.uses, usage.tokens_in, usage.tokens_out
    );
    note_passed(&mut scope, moment)?;
    let number = row.number.to_string();
    note(&mut scope, actor, moment, "note_usage", number, told)?;
    Ok(usage)
}

/// An assignment that an agent has.
fn of_agent(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<AssignmentRow, Error> {
    let row = load_assignment(scope, id)?.ok_or_else(|| Error::not_found("assignment"))?;
    agent(scope, row.person_id)?;
    Ok(row)
}

pub(super) fn add_usage(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &AssignmentRow,
    new: &NewUsage,
    moment: Moment,
) -> Result<UsageRow, Error> {
    let counts = [new.uses, new.tokens_in, new.tokens_out];
    let is_sound = |count: &i64| (0..=MOST_USED).contains(count);
    if !counts.iter().all(is_sound) || counts.iter().all(|count| *count == 0) {
        return Err(Error::invalid(
            "uses",
            "agent.usage",
            "a usage is so many uses or tokens, at least one and at most a trillion",
        )
        .hint("say how many times it was used, or how many tokens went in and came out"));
    }
    let today = today_in(scope, moment)?;
    let day = new.day.unwrap_or(today);
    if day > today {
        let message = format!("{day} is yet to come");
        return Err(Error::invalid("day", "agent.future", message));
    }
    near("day", day, today)?;
    if stored_usage(scope, row.id)?.len() >= MOST {
        return Err(many("usages"));
    }
    let usage = UsageRow {
        assignment_id: row.id,
        id: moment.id(),
        day: day.0.into(),
        uses: new.uses,
        tokens_in: new.tokens_in,
        tokens_out: new.tokens_out,
        note: people::text_of("note", &new.note, LONGEST_NOTE)?,
        account_id: actor.account,
        created_at: moment.micros(),
    };
    insert_usage(scope, &usage)?;
    Ok(usage)
}

/// How much an agent was used for an assignment.
///
/// # Errors
/// `not_found`.
pub fn list_usage(
    tx: &mut Tx<'_>,
    actor: &Actor,
    assignment: Uuid,
) -> Result<Vec<UsageRow>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let row = load_assignment(&mut scope, assignment)?;
    let row = row.ok_or_else(|| Error::not_found("assignment"))?;
    Ok(stored_usage(&mut scope, row.id)?)
}

/// Takes a usage away that was noted by mistake.
///
/// # Errors
/// `not_found`.
pub fn remove_usage(
    tx: &mut Tx<'_>,
    actor: &Actor,
    assignment: Uuid,
    id: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    if !take_usage(&mut scope, assignment, id)? {
        return Err(Error::not_found("usage"));
    }
    note(&mut scope, actor, moment, "remove_usage", assignment, "")
}
