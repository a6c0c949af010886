//! What a worker had and has no more: work that was taken back or not answered in time, handoffs that were paused or have ended.

use offdesk_domain::handoff::State;
use offdesk_store::assignments::lists::list_gone_of_person;
use offdesk_store::handoffs::events::load_last;
use offdesk_store::handoffs::list_of_person;
use offdesk_store::{Tx, Uuid};

use super::own::{Expected, OwnAssignment};
use crate::actor::Actor;
use crate::error::Error;
use crate::handoffs::Handoff;
use crate::moment::Moment;
use crate::people::own::{OwnHandoff, list_own_handoffs, own};

/// It is told of for so long, in seconds: two weeks.
const TOLD_SECONDS: i64 = 14 * 86_400;
/// So many are told of.
const MOST: u32 = 50;

/// What somebody had and has no more, the latest first.
#[derive(Debug, Clone, Default)]
pub struct OwnGone {
    /// Taken back, or not answered in time.
    pub assignments: Vec<OwnAssignment>,
    /// Handoffs that were paused or have ended.
    pub handoffs: Vec<OwnHandoff>,
}

/// What the actor had and has no more, since a moment; of the last two weeks where none is named.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_own_gone(
    tx: &mut Tx<'_>,
    actor: &Actor,
    since: Option<i64>,
    moment: Moment,
) -> Result<OwnGone, Error> {
    let since = since.unwrap_or(moment.after(-TOLD_SECONDS));
    let (mut scope, person) = own(tx, actor)?;
    let mut expected = Expected::default();
    let mut assignments = Vec::new();
    for row in list_gone_of_person(&mut scope, person.id, since, MOST)? {
        assignments.push(expected.own(&mut scope, row)?);
    }
    let mut gone: Vec<Uuid> = Vec::new();
    for row in list_of_person(&mut scope, person.id)? {
        // Its row changes later, too, as where a fault is found in what was accepted.
        let handoff = Handoff::of(row)?;
        let stopped = match handoff.state {
            State::Paused(_) => load_last(&mut scope, handoff.row.id, "pause")?,
            State::Ended(_) => load_last(&mut scope, handoff.row.id, "end")?,
            _ => continue,
        };
        if stopped.is_some_and(|at| at > since) {
            gone.push(handoff.row.id);
        }
    }
    let mut handoffs = list_own_handoffs(tx, actor)?;
    handoffs.retain(|it| gone.contains(&it.id));
    Ok(OwnGone {
        assignments,
        handoffs,
    })
}
