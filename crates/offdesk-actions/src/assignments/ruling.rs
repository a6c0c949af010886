//! What happens by rule, without anybody: nobody answered, nobody looked, a record is closed, an occurrence is given.
//!
//! Each is claimed in the database, so that of several processes one does it, and looked at again before it is done.

use offdesk_domain::assignment::{Event, State};
use offdesk_store::assignments::{claim_due, load_assignment};
use offdesk_store::recurrences::claim_due as claim_recurrence;
use offdesk_store::{Scope, Store, Tx, Uuid, WorkspaceId};

use super::course::{course_of, happen};
use super::handing::tell_lapsed;
use super::occurring::give_occurrences;
use crate::accounts::actor_behind;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

/// Whoever has claimed something has it for themselves for so long, in seconds.
const CLAIM_SECONDS: i64 = 60;

/// Does the next thing that is due by rule, and says whether there was one.
///
/// # Errors
/// Those of the store.
pub fn rule_next(store: &Store, moment: Moment) -> Result<bool, Error> {
    let until = moment.after(CLAIM_SECONDS);
    let now = moment.micros();
    let claim = |what: fn(&mut Tx<'_>, i64, i64) -> Result<_, offdesk_store::StoreError>| {
        let claimed = store
            .write(move |tx| -> Result<Option<(Uuid, Uuid)>, Error> { Ok(what(tx, now, until)?) })
            .wait();
        match claimed {
            // Somebody has changed it meanwhile: it is looked at anew.
            Err(error) if error.kind == ErrorKind::Conflict => Ok(None),
            other => other,
        }
    };
    if let Some((workspace, id)) = claim(claim_due)? {
        let workspace = WorkspaceId(workspace);
        let done = store
            .write(move |tx| rule(tx, workspace, id, moment))
            .wait();
        return unless_quicker(done);
    }
    if let Some((workspace, id)) = claim(claim_recurrence)? {
        let workspace = WorkspaceId(workspace);
        let done = store.write(move |tx| give_occurrences(tx, workspace, id, moment));
        return unless_quicker(done.wait());
    }
    Ok(false)
}

/// Where somebody was quicker, theirs counts.
fn unless_quicker(done: Result<(), Error>) -> Result<bool, Error> {
    match done {
        Err(error) if error.kind != ErrorKind::Conflict => Err(error),
        _ => Ok(true),
    }
}

fn rule(tx: &mut Tx<'_>, workspace: WorkspaceId, id: Uuid, moment: Moment) -> Result<(), Error> {
    let mut scope = Scope::new(tx, workspace);
    scope.hold()?;
    let Some(row) = load_assignment(&mut scope, id)? else {
        return Ok(());
    };
    let course = course_of(&row)?;
    let event = match course.state {
        State::Assigned { .. } => Event::Expire,
        State::Delivered { .. } => Event::TimeOut,
        State::Accepted { .. } => Event::Close,
        _ => return Ok(()),
    };
    let actor = actor_behind(tx, workspace, row.created_by)?;
    let mut scope = Scope::new(tx, workspace);
    let row = happen(&mut scope, &actor, row, event, moment)?;
    if event == Event::Expire && course.agreed_before().is_some() {
        tell_lapsed(&mut scope, &actor, &row, moment)?;
    }
    Ok(())
}
