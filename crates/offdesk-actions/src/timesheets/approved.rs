//! What a week that was opened again has earned already: that stays, and what is more is earned besides.

use std::collections::BTreeMap;

use offdesk_domain::{Day, Seconds};
use offdesk_store::pay::posted_hours::list_approved_hours;
use offdesk_store::people::PersonRow;
use offdesk_store::{Scope, Uuid};

use super::week::{WeekLine, day_of};
use crate::error::Error;

/// The hours of a week that were approved before, by handoff and day.
pub(super) struct Approved(BTreeMap<(Uuid, Day), Seconds>);

impl Approved {
    /// Those of a person's week.
    pub(super) fn of(
        scope: &mut Scope<'_, '_>,
        person: &PersonRow,
        monday: Day,
    ) -> Result<Self, Error> {
        let days = (i64::from(monday.0), i64::from(monday.0) + 6);
        let mut approved = BTreeMap::new();
        for (handoff, day, seconds) in list_approved_hours(scope, person.id, days)? {
            approved.insert((handoff, day_of(day)?), Seconds(seconds));
        }
        Ok(Self(approved))
    }

    /// The days of each handoff.
    pub(super) fn by_handoff(&self) -> BTreeMap<Uuid, Vec<(Day, Seconds)>> {
        let mut all: BTreeMap<Uuid, Vec<(Day, Seconds)>> = BTreeMap::new();
        for ((handoff, day), time) in &self.0 {
            all.entry(*handoff).or_default().push((*day, *time));
        }
        all
    }

    /// What a line has more than was approved of its day.
    pub(super) fn left_of(&self, line: &WeekLine) -> Seconds {
        let before = self.0.get(&(line.handoff, line.day)).copied();
        line.time - before.unwrap_or(Seconds::ZERO)
    }
}
