//! What every change of a workspace leaves behind: a line in the audit log, and a new revision.

use offdesk_domain::activity::one_line;
use offdesk_store::Scope;
use offdesk_store::events::{EventRow, insert_event};

use crate::actor::Actor;
use crate::error::Error;
use crate::moment::Moment;

/// Notes a change in the audit log and counts the workspace's revision up.
pub(crate) fn note(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    moment: Moment,
    action: &str,
    object: impl Into<String>,
    detail: impl Into<String>,
) -> Result<(), Error> {
    let revision = scope.touch()?;
    let event = EventRow {
        id: moment.id_in_order(revision),
        at: moment.micros(),
        account_id: actor.account,
        account_name: String::new(),
        door: actor.door.word().to_owned(),
        action: action.to_owned(),
        object: object.into(),
        detail: detail.into(),
    };
    Ok(insert_event(scope, &event)?)
}

/// A text for a name: trimmed, on one line, neither empty nor too long.
pub(crate) fn name_of(field: &'static str, text: &str, most: usize) -> Result<String, Error> {
    let clean = one_line(text);
    let clean: String = clean.chars().filter(|c| !c.is_control()).collect();
    if clean.is_empty() {
        return Err(Error::invalid(field, "name.empty", "a name is missing"));
    }
    let length = clean.chars().count();
    if length > most {
        return Err(Error::invalid(
            field,
            "name.long",
            format!("the name has {length} letters; {most} are allowed"),
        ));
    }
    Ok(clean)
}
