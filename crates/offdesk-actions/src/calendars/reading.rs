//! Reading a calendar again: what is new joins the import of its earlier readings, and where nothing is new nothing is left behind.

use super::{AGAIN_SECONDS, Reach, address_of, fetched, file_of, no_key, place};
use crate::accounts::actor_behind;
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind, unless_changed};
use crate::imports::{Choices, Imported, Input, import_news};
use crate::moment::Moment;
use offdesk_store::calendars::{CalendarRow, claim_due, load_calendar, update_calendar};
use offdesk_store::{Scope, Store, Uuid, WorkspaceId};
use std::sync::Arc;

/// Somebody who reads a calendar has it for themselves for so long, in seconds.
const CLAIM_SECONDS: i64 = 15 * 60;
/// A calendar that cannot be read is tried more and more seldom, at least once in so many seconds.
const SELDOM_SECONDS: i64 = 24 * 3600;

/// What came of reading a calendar again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refreshed {
    /// The import of the calendar's readings, with how much was new or changed; `None` where nothing was.
    pub imported: Option<Imported>,
}

/// Reads a calendar again.
///
/// # Errors
/// `not_found`, `calendar.fetch`, `calendar.long`, `calendar.key`, and a problem of the calendar with its own code.
pub fn refresh_calendar(
    store: &Arc<Store>,
    actor: &Actor,
    reach: &Reach,
    id: Uuid,
    moment: Moment,
) -> Result<Refreshed, Error> {
    let workspace = actor.workspace_for(Permission::Import)?;
    let who = actor.clone();
    let row = store
        .read(move |tx| {
            let mut scope = who.within(tx, Permission::Import)?;
            load_calendar(&mut scope, id)?.ok_or_else(|| Error::not_found("calendar"))
        })
        .wait()?;
    let outcome = read_again(store, actor, reach, &row, moment);
    note_outcome(store, workspace, row, outcome.as_ref().err(), moment)?;
    outcome
}

/// Reads a calendar that is due by itself, and says whether there was one. Of several processes exactly one does it.
///
/// # Errors
/// Those of the store; why a calendar could not be read is kept with it.
pub fn refresh_due(store: &Arc<Store>, reach: &Reach, moment: Moment) -> Result<bool, Error> {
    let claimed = store
        .write(move |tx| -> Result<_, Error> {
            let until = moment.after(CLAIM_SECONDS);
            let Some((workspace, row)) = claim_due(tx, moment.micros(), until)? else {
                return Ok(None);
            };
            let workspace = WorkspaceId(workspace);
            let actor = actor_behind(tx, workspace, row.created_by)?;
            Ok(Some((workspace, row, actor)))
        })
        .wait();
    let claimed = match claimed {
        // Another process was quicker.
        Err(error) if error.kind == ErrorKind::Conflict => return Ok(true),
        other => other?,
    };
    let Some((workspace, row, actor)) = claimed else {
        return Ok(false);
    };
    // Whoever brought it in may be no member any more, or may not import any more.
    let outcome = read_again(store, &actor, reach, &row, moment);
    note_outcome(store, workspace, row, outcome.as_ref().err(), moment)?;
    Ok(true)
}

fn read_again(
    store: &Arc<Store>,
    actor: &Actor,
    reach: &Reach,
    row: &CalendarRow,
    moment: Moment,
) -> Result<Refreshed, Error> {
    let workspace = actor.workspace_for(Permission::Import)?;
    let key = reach.key.as_ref().ok_or_else(no_key)?;
    let address = key
        .open(&row.address, &place(workspace, row.id))
        .ok_or_else(no_key)?;
    let bytes = fetched(&reach.fetcher, &address_of(&address)?)?;
    let mut input = Input::memory(file_of(&row.host), bytes)
        .map_err(|problem| crate::imports::of_problem(&problem))?;
    let choices: Choices = serde_json::from_str(&row.choices).unwrap_or_default();
    match import_news(store, actor, &mut input, (&choices, row.id), moment) {
        Ok(imported) => Ok(Refreshed { imported }),
        // An empty calendar is read well, and brings nothing.
        Err(error) if error.code == "import.nothing" => Ok(Refreshed { imported: None }),
        Err(error) => Err(error),
    }
}

/// Keeps how reading a calendar ended, and when it is read next.
fn note_outcome(
    store: &Store,
    workspace: WorkspaceId,
    row: CalendarRow,
    error: Option<&Error>,
    moment: Moment,
) -> Result<(), Error> {
    let failures = if error.is_some() { row.failures + 1 } else { 0 };
    let doubled = AGAIN_SECONDS.saturating_mul(1 << failures.clamp(0, 10));
    let after = CalendarRow {
        fetched_at: if error.is_some() {
            row.fetched_at
        } else {
            Some(moment.micros())
        },
        // What may not be done any more is not tried again by itself.
        is_automatic: row.is_automatic
            && error.is_none_or(|error| {
                error.kind != ErrorKind::Forbidden && error.code != "workspace.none"
            }),
        next_at: moment.after(doubled.min(SELDOM_SECONDS)),
        failures,
        error: error.map_or_else(String::new, |error| error.message.clone()),
        ..row
    };
    store
        .write(move |tx| -> Result<_, Error> {
            // It may have been changed or removed meanwhile; that counts.
            unless_changed(update_calendar(&mut Scope::new(tx, workspace), &after))
        })
        .wait()
}
