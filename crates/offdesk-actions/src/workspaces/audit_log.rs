//! The audit log of a workspace, with names in the place of ids.

use std::collections::HashMap;

use offdesk_store::activities::load_activity;
use offdesk_store::assignments::load_numbered;
use offdesk_store::events::{EventRow, list_events as stored};
use offdesk_store::handoffs::load_handoff;
use offdesk_store::people::load_person;
use offdesk_store::{Scope, Tx, Uuid};

use crate::actor::{Actor, Permission};
use crate::assignments::is_judged_blind;
use crate::error::Error;

/// A line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEvent {
    /// The line as it is kept; what it was done to is a name, where that is known.
    pub row: EventRow,
    /// The id of what it was done to, where it was kept by its id.
    pub object_id: Option<Uuid>,
    /// It is about work that waits to be judged, by the one who does it: who that is is said once it is judged.
    pub is_blind: bool,
}

/// A page of the audit log: what was changed in the workspace, and of those who run it how they came in and which credentials they changed,
/// never from where. Of work that waits for a review it is not said who has handed it in: reviewing is blind here, too.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_events(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<Uuid>,
    most: u32,
) -> Result<Vec<LoggedEvent>, Error> {
    let mut scope = actor.within(tx, Permission::Administer)?;
    let (mut names, mut hidden) = (HashMap::new(), HashMap::new());
    let mut events = Vec::new();
    for mut row in stored(&mut scope, before, most)? {
        let object_id = Uuid::try_parse(&row.object).ok();
        if let Some(id) = object_id {
            let known = match names.get(&id) {
                Some(known) => Option::clone(known),
                None => {
                    let found = name_of_object(&mut scope, id)?;
                    names.insert(id, found.clone());
                    found
                }
            };
            row.object = known.unwrap_or_else(|| "what is not there any more".to_owned());
        }
        let is_blind = match assignment_of(&row) {
            Some(number) => {
                let account = match hidden.get(&number) {
                    Some(known) => *known,
                    None => account_hidden(&mut scope, number)?,
                };
                hidden.insert(number, account);
                account == Some(row.account_id)
            }
            None => false,
        };
        if is_blind {
            row.account_id = Uuid::nil();
            row.account_name.clear();
        }
        events.push(LoggedEvent {
            row,
            object_id,
            is_blind,
        });
    }
    Ok(events)
}

/// The number of the assignment that a line is about.
fn assignment_of(row: &EventRow) -> Option<i64> {
    let is_about = row.action.ends_with("_assignment");
    let number = row.object.split(' ').next().filter(|_| is_about);
    number.and_then(|number| number.parse().ok())
}

/// The account of whoever does an assignment that waits to be judged.
fn account_hidden(scope: &mut Scope<'_, '_>, number: i64) -> Result<Option<Uuid>, Error> {
    let row = load_numbered(scope, number)?;
    let Some(row) = row.filter(is_judged_blind) else {
        return Ok(None);
    };
    let person = load_person(scope, row.person_id)?;
    Ok(person.and_then(|person| person.account_id))
}

/// The name of a person, or of a handoff by its activity and its person.
fn name_of_object(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<Option<String>, Error> {
    if let Some(person) = load_person(scope, id)? {
        return Ok(Some(person.name));
    }
    let Some(handoff) = load_handoff(scope, id)? else {
        return Ok(None);
    };
    let activity = load_activity(scope, handoff.activity_id)?.map(|row| row.name);
    let person = load_person(scope, handoff.person_id)?.map(|row| row.name);
    Ok(match (activity, person) {
        (Some(activity), Some(person)) => Some(format!("{activity}, by {person}")),
        (activity, person) => activity.or(person),
    })
}
