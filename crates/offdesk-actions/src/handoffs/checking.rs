//! How a handoff is checked, changed after it was proposed: tightened at once, never loosened past what the ladder's rules allow.

use offdesk_domain::handoff::CheckingChange;
use offdesk_store::{Tx, Uuid};

use super::gate::times_of;
use super::rows::save;
use super::{HandoffDetail, detail, is_over, load_seen};
use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

/// What is changed; what is not said stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NewChecking {
    /// How much is checked.
    pub change: CheckingChange,
    /// Hours within which a question is answered; of what is given from now on.
    pub answer_by_hours: Option<u32>,
    /// Days after which what was handed in counts as accepted; of what is given from now on.
    pub accept_after_days: Option<u32>,
}

/// Changes how a handoff is checked. It holds at once: all can be checked again, but nobody goes up a rung by it, and where fewer clean ones in
/// a row are asked for they are counted anew. The person reads it in the history.
///
/// # Errors
/// `not_found`, `handoff.changed`, `handoff.over`, `handoff.same`, `handoff.in_a_row`, `handoff.answer_by`, `handoff.accept_after`.
pub fn change_checking(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    new: NewChecking,
    seen: Seen,
    moment: Moment,
) -> Result<HandoffDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let mut handoff = load_seen(&mut scope, id, seen)?;
    if is_over(&handoff.row) {
        let message = format!(
            "this handoff is {}: nothing of it is checked",
            handoff.row.state
        );
        return Err(Error::new(ErrorKind::Conflict, "handoff.over", message)
            .hint("make a new handoff, or propose it again"));
    }
    let checking = handoff
        .checking
        .changed(new.change)
        .map_err(|error| Error::invalid(error.field(), error.code(), error.to_string()))?;
    let number = |kept: i64| u32::try_from(kept).unwrap_or(u32::MAX);
    let row = &handoff.row;
    let hours = new.answer_by_hours.unwrap_or(number(row.answer_by_hours));
    let days = new
        .accept_after_days
        .unwrap_or(number(row.accept_after_days));
    times_of(hours, days)?;
    let is_same = checking == handoff.checking
        && (i64::from(hours), i64::from(days)) == (row.answer_by_hours, row.accept_after_days);
    if is_same {
        let message = "it is checked in this way already";
        return Err(Error::new(ErrorKind::Conflict, "handoff.same", message));
    }
    handoff.checking = checking;
    handoff.row.is_critical = checking.is_critical;
    handoff.row.rung = checking.rung.into();
    handoff.row.in_a_row = checking.in_a_row.into();
    handoff.row.clean_in_row = checking.clean.into();
    handoff.row.answer_by_hours = hours.into();
    handoff.row.accept_after_days = days.into();
    let told = format!(
        "{}; questions within {hours} hours, no review within {days} days counts as accepted",
        checking.in_words()
    );
    let row = save(
        &mut scope,
        actor,
        handoff,
        ("change_checking", told),
        moment,
    )?;
    detail(&mut scope, row)
}
