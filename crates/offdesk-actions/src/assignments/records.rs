//! What the assignments say of a person: in counts, ranges and words that few numbers allow, never in one score.

use offdesk_domain::trust::{Ladder, Record, Tally};
use offdesk_store::assignments::counts::{RecordRow, count_of_handoff, count_of_person};
use offdesk_store::people::load_person_of;
use offdesk_store::{Scope, Tx, Uuid};

use super::handing::ladder_of;
use super::who::{Part, enter};
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::{handoffs, people};

fn record_of(row: RecordRow) -> Record {
    let tally = |good: u64, all: u64| Tally {
        good: u32::try_from(good).unwrap_or(u32::MAX),
        all: u32::try_from(all).unwrap_or(u32::MAX),
    };
    Record {
        first_time: tally(row.first_time, row.judged),
        on_time: tally(row.on_time, row.delivered),
        rework: tally(row.returned, row.judged),
        escapes: tally(row.escapes, row.accepted),
    }
}

/// Whether the actor may see what is said of a person: a worker of themselves only.
fn may_see(scope: &mut Scope<'_, '_>, actor: &Actor, person: Uuid) -> Result<bool, Error> {
    if !actor.may(Permission::Work) {
        return Ok(true);
    }
    let own = load_person_of(scope, actor.account)?;
    Ok(own.is_some_and(|own| own.id == person))
}

/// The record of a person: for the owner's side, or for the person themselves.
///
/// # Errors
/// `not_found`.
pub fn record_of_person(tx: &mut Tx<'_>, actor: &Actor, person: Uuid) -> Result<Record, Error> {
    let mut scope = enter(tx, actor, Part::See)?;
    if !may_see(&mut scope, actor, person)? {
        return Err(Error::not_found("person"));
    }
    people::load(&mut scope, person)?;
    Ok(record_of(count_of_person(&mut scope, person)?))
}

/// The record of a handoff, and where it stands on the ladder: for the owner's side, or for the person it is to.
///
/// # Errors
/// `not_found`.
pub fn record_of_handoff(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
) -> Result<(Record, Ladder), Error> {
    let mut scope = enter(tx, actor, Part::See)?;
    let row = handoffs::load(&mut scope, handoff)?;
    if !may_see(&mut scope, actor, row.person_id)? {
        return Err(Error::not_found("handoff"));
    }
    let record = record_of(count_of_handoff(&mut scope, handoff)?);
    Ok((record, ladder_of(&row)?))
}
