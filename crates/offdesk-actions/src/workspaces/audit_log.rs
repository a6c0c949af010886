//! The audit log of a workspace, with names in the place of ids.

use std::collections::HashMap;

use offdesk_store::activities::load_activity;
use offdesk_store::events::{EventRow, list_events as stored};
use offdesk_store::handoffs::load_handoff;
use offdesk_store::people::load_person;
use offdesk_store::{Scope, Tx, Uuid};

use crate::actor::{Actor, Permission};
use crate::error::Error;

/// A line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEvent {
    /// The line as it is kept; what it was done to is a name, where that is known.
    pub row: EventRow,
    /// The id of what it was done to, where it was kept by its id.
    pub object_id: Option<Uuid>,
}

/// A page of the audit log: what was changed in the workspace, and of those who run it how they came in and which credentials they changed,
/// never from where.
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
    let mut names = HashMap::new();
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
        events.push(LoggedEvent { row, object_id });
    }
    Ok(events)
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
