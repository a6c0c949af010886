//! What every change of a workspace leaves behind: a line in the audit log, and a new revision.

use offdesk_domain::text::seen_line;
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
    let revision = scope.touch(1)?;
    let line = (object.into(), detail.into());
    Ok(insert_event(
        scope,
        &event(actor, moment, action, line, revision),
    )?)
}

/// Notes several changes of one kind, each of somebody at a moment, with what it was done to and what is worth knowing of it.
pub(crate) fn note_all(
    scope: &mut Scope<'_, '_>,
    action: &str,
    changes: Vec<(&Actor, Moment, (String, String))>,
) -> Result<(), Error> {
    let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
    let before = scope.touch(count)?.saturating_sub(count);
    for ((actor, moment, line), revision) in changes.into_iter().zip(before + 1..) {
        insert_event(scope, &event(actor, moment, action, line, revision))?;
    }
    Ok(())
}

fn event(
    actor: &Actor,
    moment: Moment,
    action: &str,
    (object, detail): (String, String),
    revision: i64,
) -> EventRow {
    EventRow {
        id: moment.id_in_order(revision),
        at: moment.micros(),
        account_id: actor.account,
        account_name: String::new(),
        door: actor.door.word().to_owned(),
        action: action.to_owned(),
        object,
        detail,
    }
}

/// A text for a name: trimmed, on one line, without what cannot be seen, neither empty nor too long.
pub(crate) fn name_of(field: &'static str, text: &str, most: usize) -> Result<String, Error> {
    let clean = seen_line(text);
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
