//! An activity of the desk by its name, as people type it.

use offdesk_actions::Error;
use offdesk_actions::activities::list_activities;
use offdesk_actions::actor::Actor;
use offdesk_actions::imports::key_of_name;
use offdesk_actions::store::activities::ActivityRow;
use offdesk_actions::store::{Store, Uuid};

use super::error::CliError;
use super::exit;

/// So many names are offered.
const OFFERED: usize = 4;

/// The activity of a name: as it is written, else the only one that has it in it.
///
/// # Errors
/// `desk.activity` with the nearest names.
pub fn find_activity(store: &Store, actor: &Actor, name: &str) -> Result<Uuid, CliError> {
    activity_named(&all(store, actor)?, name)
}

/// The activity that has this very name, where there is one.
///
/// # Errors
/// Those of the desk.
pub fn find_exactly(store: &Store, actor: &Actor, name: &str) -> Result<Option<Uuid>, CliError> {
    let wanted = key_of_name(name);
    let rows = all(store, actor)?;
    Ok(rows
        .iter()
        .find(|row| row.name_key == wanted)
        .map(|row| row.id))
}

fn all(store: &Store, actor: &Actor) -> Result<Vec<ActivityRow>, CliError> {
    let who = actor.clone();
    let rows: Result<Vec<ActivityRow>, Error> =
        store.read(move |tx| list_activities(tx, &who)).wait();
    Ok(rows?)
}

fn activity_named(rows: &[ActivityRow], name: &str) -> Result<Uuid, CliError> {
    let wanted = key_of_name(name);
    if let Some(row) = rows.iter().find(|row| row.name_key == wanted) {
        return Ok(row.id);
    }
    let part: Vec<_> = rows
        .iter()
        .filter(|row| !wanted.is_empty() && row.name_key.contains(&wanted))
        .collect();
    if let [only] = part.as_slice() {
        return Ok(only.id);
    }
    let shown = offdesk_import::problem::shown(name);
    let message = if part.is_empty() {
        format!("there is no activity \"{shown}\"")
    } else {
        format!("{} activities have \"{shown}\" in their names", part.len())
    };
    let mut near: Vec<&str> = if part.is_empty() {
        rows.iter().map(|row| row.name.as_str()).collect()
    } else {
        part.iter().map(|row| row.name.as_str()).collect()
    };
    let likeness = |other: &str| strsim::jaro_winkler(&other.to_lowercase(), &wanted);
    near.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
    near.truncate(OFFERED);
    let error = CliError::new(exit::NOTHING, "desk.activity", message);
    if near.is_empty() {
        return Err(error.line("bring hours in first:  offdesk import FILES..."));
    }
    let near = near.into_iter().map(offdesk_import::problem::shown);
    Err(near.fold(error, |error, name| {
        error.line(format!("did you mean:  \"{name}\""))
    }))
}
