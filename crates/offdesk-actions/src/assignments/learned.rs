//! What a handoff has learned from the last thing that happened to one of its assignments, for whoever did it.

use offdesk_store::{Tx, Uuid};

use super::is_judged_blind;
use super::who::{Part, load_for};
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::handoffs::history;

/// What is other now of the handoff of an assignment, in words: its trial is passed, more or less is checked. Nothing while the assignment
/// waits to be looked at, for that would say whose it is.
///
/// # Errors
/// `not_found`.
pub fn learned_with(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<Vec<String>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let (row, _) = load_for(&mut scope, actor, id, Part::See)?;
    if is_judged_blind(&row) {
        return Ok(Vec::new());
    }
    let events = history(&mut scope, row.handoff_id)?;
    let now = events.iter().filter(|it| it.at == row.changed_at);
    let told = now.filter_map(|event| match event.event.as_str() {
        "trial_passed" => Some("its trial is passed".to_owned()),
        "move_rung" => Some(format!("checked from now on: {}", event.detail)),
        _ => None,
    });
    Ok(told.collect())
}
