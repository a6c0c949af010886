//! The journal of all that was posted, from the desk's own data.

use std::collections::HashMap;

use offdesk_domain::Money;
use offdesk_domain::pay::{Posted, Posting, RecordId, Statement, draw_up_with_bill};
use offdesk_store::activities::list_activities;
use offdesk_store::handoffs::load_handoff;
use offdesk_store::people::list_people;
use offdesk_store::{Scope, Tx, Uuid};

use super::journal::{CameIn, Names, Tool, write as write_journal};
use super::ledger::{load_ledger, record};
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::returns::receipts::{Receipt, all as receipts};

/// Writes the journal of all statements and payments, for a bookkeeper's tool.
///
/// # Errors
/// Those of the actor and of the store.
pub fn write_desk_journal(tx: &mut Tx<'_>, actor: &Actor, tool: Tool) -> Result<String, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let postings = load_ledger(&mut scope)?;
    let statements = statements_of(&postings)?;
    let activities = activity_names(&mut scope, &postings)?;
    let people: HashMap<RecordId, String> =
        list_people(&mut scope, ("", "", Uuid::nil()), u32::MAX)?
            .into_iter()
            .map(|row| (record(row.id), row.name))
            .collect();
    let name = |id: RecordId| people.get(&id).cloned().unwrap_or_default();
    let activity = |id: RecordId| activities.get(&id).cloned().unwrap_or_default();
    let names = Names {
        person: &name,
        activity: &activity,
    };
    let came_in = receipts(&mut scope)?.into_iter().map(came_in);
    let came_in = came_in.collect();
    Ok(write_journal(tool, &statements, &postings, came_in, &names))
}

/// Money that came in; what takes it back is less than nothing, on the same day.
fn came_in(receipt: Receipt) -> CameIn {
    let amount = match receipt.of {
        None => receipt.amount,
        Some(_) => Money::new(-receipt.amount.amount, receipt.amount.currency),
    };
    let by = receipt.handoff.map(|(_, name)| name);
    let mut about = by.unwrap_or_else(|| "by no single handoff".to_owned());
    for part in [
        receipt.note,
        receipt
            .of
            .map_or_else(String::new, |of| format!("takes back IN-{of:04}")),
    ] {
        if !part.is_empty() {
            about += &format!(", {part}");
        }
    }
    CameIn {
        number: receipt.number,
        day: receipt.day,
        amount,
        about,
    }
}

/// All statements with their lines, from the postings that state them.
fn statements_of(postings: &[Posting]) -> Result<Vec<Statement>, Error> {
    let place = |number: &u64| usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
    let mut all = Vec::new();
    for posting in postings {
        let Posted::Stated(stated) = &posting.posted else {
            continue;
        };
        let lines: Vec<Posting> = stated
            .postings
            .iter()
            .filter_map(|number| postings.get(place(number)).cloned())
            .collect();
        let statement = draw_up_with_bill(
            stated.number,
            stated.person,
            stated.period,
            stated.rounding,
            stated.carried,
            stated.bill.clone(),
            &lines,
        )?;
        all.push(statement);
    }
    Ok(all)
}

fn activity_names(
    scope: &mut Scope<'_, '_>,
    postings: &[Posting],
) -> Result<HashMap<RecordId, String>, Error> {
    let known: HashMap<RecordId, String> = list_activities(scope)?
        .into_iter()
        .map(|row| (record(row.id), row.name))
        .collect();
    let mut names = known.clone();
    for posting in postings {
        let Posted::Earned(earned) = &posting.posted else {
            continue;
        };
        if names.contains_key(&earned.activity) {
            continue;
        }
        let handoff = load_handoff(scope, Uuid::from_bytes(earned.handoff.0))?;
        let now = handoff.and_then(|it| known.get(&record(it.activity_id)).cloned());
        names.insert(earned.activity, now.unwrap_or_default());
    }
    Ok(names)
}
