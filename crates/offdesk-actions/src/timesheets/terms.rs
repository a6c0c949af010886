//! On which days hours can be typed under a handoff: those on which it is paid by the hour, from its first to its last.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use offdesk_domain::Day;
use offdesk_domain::person::{Terms, Unit};
use offdesk_store::handoffs::HandoffRow;
use offdesk_store::{Scope, Uuid};

use crate::error::Error;
use crate::pay::{Agreed, Outside};

/// What was agreed in a handoff under which hours may be typed.
pub(super) struct Held(Agreed);

impl Held {
    /// Of a handoff; none where the person has never agreed to it.
    pub(super) fn of(scope: &mut Scope<'_, '_>, row: &HandoffRow) -> Result<Option<Self>, Error> {
        Ok(Agreed::of(scope, row)?.map(Self))
    }

    /// What was agreed, each with the day from which on it holds.
    pub(super) fn dated(&self) -> &[(Day, Terms)] {
        self.0.dated()
    }

    /// Whether hours of a day can be typed under it.
    pub(super) fn takes(&self, day: Day) -> bool {
        self.check(day).is_ok()
    }

    /// Why hours of a day cannot be typed under it, where they cannot.
    pub(super) fn check(&self, day: Day) -> Result<(), Error> {
        let terms = match self.0.on(day) {
            Ok(terms) => terms,
            Err(Outside::After) => {
                let message = format!("nothing was agreed on {day}: the handoff had ended");
                return Err(Error::invalid("hours", "timesheet.after", message)
                    .hint("type hours up to the day on which it ended"));
            }
            Err(Outside::Before) => {
                let message = format!("nothing was agreed on {day}: it began later");
                return Err(Error::invalid("hours", "timesheet.before", message)
                    .hint("type hours from the day on from which it was agreed"));
            }
        };
        if terms.unit != Unit::Hour {
            let unit = terms.unit.word();
            let message = format!("on {day} this handoff is paid by the {unit}, not by the hour");
            return Err(Error::invalid("handoff", "timesheet.handoff", message));
        }
        Ok(())
    }
}

/// What was agreed in several handoffs, each looked up once.
#[derive(Default)]
pub(super) struct KnownHeld(HashMap<Uuid, Held>);

impl KnownHeld {
    /// What was agreed in a handoff under which hours of a day can be typed.
    pub(super) fn on(
        &mut self,
        scope: &mut Scope<'_, '_>,
        row: &HandoffRow,
        day: Day,
    ) -> Result<&Held, Error> {
        let held = match self.0.entry(row.id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                unknown.insert(Held::of(scope, row)?.ok_or_else(none_of_theirs)?)
            }
        };
        held.check(day)?;
        Ok(held)
    }
}

/// No handoff under which hours can be typed.
pub(super) fn none_of_theirs() -> Error {
    Error::invalid(
        "handoff",
        "timesheet.handoff",
        "hours are typed under a handoff of theirs that is agreed and paid by the hour",
    )
}
