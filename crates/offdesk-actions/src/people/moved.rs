//! A person has moved to another zone: what comes back stays on the clock it was promised on, and the owner's side is told.

use offdesk_store::Scope;
use offdesk_store::handoffs::list_of_person;
use offdesk_store::people::PersonRow;
use offdesk_store::recurrences::{RecurrenceRow, list_recurrences};

use crate::actor::Actor;
use crate::error::Error;
use crate::handoffs::{Handoff, is_over, save as save_handoff};
use crate::moment::Moment;

/// The word for it in the history of a handoff.
pub(crate) const MOVED: &str = "move_zone";

/// Notes with each handoff of a person what of it comes back on the clock they were on before.
pub(super) fn tell_moved(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    before: &PersonRow,
    zone: &str,
    moment: Moment,
) -> Result<(), Error> {
    if zone.is_empty() || zone == before.zone {
        return Ok(());
    }
    for row in list_of_person(scope, before.id)? {
        if is_over(&row) {
            continue;
        }
        let mut stay = left_behind(list_recurrences(scope, row.id)?, zone);
        stay.retain(|it| before.zone.is_empty() || it.zone == before.zone);
        let Some(first) = stay.first() else {
            continue;
        };
        let told = format!("{}{zone}", stays_on(&first.zone));
        let handoff = Handoff::of(row)?;
        save_handoff(scope, actor, handoff, (MOVED, told), moment)?;
    }
    Ok(())
}

/// Whether something still comes back on the clock of which it was told.
pub(crate) fn is_left_behind(all: Vec<RecurrenceRow>, zone: &str, told: &str) -> bool {
    let stay = left_behind(all, zone);
    stay.iter().any(|it| told.starts_with(&stays_on(&it.zone)))
}

fn stays_on(zone: &str) -> String {
    format!("what comes back stays on the clock of {zone}, not of ")
}

/// What comes back on another clock than that of a zone.
fn left_behind(mut all: Vec<RecurrenceRow>, zone: &str) -> Vec<RecurrenceRow> {
    all.retain(|it| it.state == "active" && it.zone != zone);
    all
}
