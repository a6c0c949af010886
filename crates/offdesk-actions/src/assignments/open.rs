//! What lies on a person's desk and is not done: named, and taken back, where their handoff ends or they go.

use offdesk_domain::assignment::Event;
use offdesk_store::Scope;
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::lists::list_open_of_person;
use offdesk_store::handoffs::HandoffRow;

use super::course::happen;
use super::is_judged_blind;
use crate::actor::Actor;
use crate::error::Error;
use crate::moment::Moment;

/// So many are named.
const NAMED: usize = 8;

/// The assignments of a handoff that are not done; what was handed in waits for a review and is not among them.
pub(crate) fn list_undone(
    scope: &mut Scope<'_, '_>,
    handoff: &HandoffRow,
) -> Result<Vec<AssignmentRow>, Error> {
    let mut rows = list_open_of_person(scope, handoff.person_id)?;
    rows.retain(|row| row.handoff_id == handoff.id && !is_judged_blind(row));
    Ok(rows)
}

/// Their numbers and titles, the first few.
pub(crate) fn named(rows: &[AssignmentRow]) -> String {
    let first = rows.iter().take(NAMED);
    let mut names: Vec<String> = first
        .map(|row| format!("{} {}", row.number, row.title))
        .collect();
    if rows.len() > NAMED {
        names.push(format!("{} more", rows.len() - NAMED));
    }
    names.join(", ")
}

/// Takes them back. What was handed in once and returned is done to its end.
pub(crate) fn take_back(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    rows: Vec<AssignmentRow>,
    moment: Moment,
) -> Result<(), Error> {
    for row in rows.into_iter().filter(|row| row.rounds == 0) {
        happen(scope, actor, row, Event::Cancel, moment)?;
    }
    Ok(())
}
