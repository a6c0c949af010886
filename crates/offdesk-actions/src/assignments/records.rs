//! What the assignments say of a person: in counts, ranges and words that few numbers allow, never in one score.

use offdesk_domain::trust::{Ladder, Record, Tally};
use offdesk_store::assignments::counts::{RecordRow, count_of_handoff, count_of_person};
use offdesk_store::people::load_person_of;
use offdesk_store::{Tx, Uuid};

use super::handing::ladder_of;
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
        rework: tally(row.judged.saturating_sub(row.first_time), row.judged),
    }
}

/// The record of a person: for the owner's side, or for the person themselves.
///
/// # Errors
/// `not_found`.
pub fn record_of_person(tx: &mut Tx<'_>, actor: &Actor, person: Uuid) -> Result<Record, Error> {
    let permission = if actor.may(Permission::Work) {
        Permission::Work
    } else {
        Permission::See
    };
    let mut scope = actor.within(tx, permission)?;
    if permission == Permission::Work {
        let own = load_person_of(&mut scope, actor.account)?;
        if own.is_none_or(|own| own.id != person) {
            return Err(Error::not_found("person"));
        }
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
    let permission = if actor.may(Permission::Work) {
        Permission::Work
    } else {
        Permission::See
    };
    let mut scope = actor.within(tx, permission)?;
    let row = handoffs::load(&mut scope, handoff)?;
    if permission == Permission::Work {
        let own = load_person_of(&mut scope, actor.account)?;
        if own.is_none_or(|own| own.id != row.person_id) {
            return Err(Error::not_found("handoff"));
        }
    }
    let record = record_of(count_of_handoff(&mut scope, handoff)?);
    Ok((record, ladder_of(&row)?))
}
