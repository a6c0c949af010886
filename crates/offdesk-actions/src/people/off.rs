//! Whether somebody is off: by the day it is where they are.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use offdesk_domain::Day;
use offdesk_domain::pay::day_in;
use offdesk_store::people::{PersonRow, load_person};
use offdesk_store::{Scope, Tx, Uuid};

use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::moment::Moment;
use crate::pay::zone_of;

/// Who is off at a moment, of the people of one workspace.
#[derive(Debug, Clone)]
pub struct OffDays {
    zone: TimeZone,
    moment: Moment,
}

impl OffDays {
    pub(crate) fn of(scope: &mut Scope<'_, '_>, moment: Moment) -> Result<Self, Error> {
        let zone = zone_of(scope)?;
        Ok(Self { zone, moment })
    }

    /// The day it is where a person is: in their own zone, as their due dates are; else in the workspace's.
    #[must_use]
    pub fn today_of(&self, row: &PersonRow) -> Day {
        let own = Some(row.zone.as_str()).filter(|zone| !zone.is_empty());
        let own = own.and_then(|zone| TimeZone::get(zone).ok());
        day_in(self.moment.now, own.as_ref().unwrap_or(&self.zone))
    }

    /// The first day on which a person is back, where they are off.
    #[must_use]
    pub fn off_until(&self, row: &PersonRow) -> Option<Day> {
        let back = row.off_until.and_then(Day::from_number)?;
        (back > self.today_of(row)).then_some(back)
    }
}

/// Those of some people who are off now, each with the first day on which they are back.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_off(
    tx: &mut Tx<'_>,
    actor: &Actor,
    people: impl IntoIterator<Item = Uuid>,
    moment: Moment,
) -> Result<BTreeMap<Uuid, Day>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let days = OffDays::of(&mut scope, moment)?;
    let mut off = BTreeMap::new();
    for person in people.into_iter().collect::<BTreeSet<Uuid>>() {
        let row = load_person(&mut scope, person)?;
        off.extend(row.and_then(|row| Some((person, days.off_until(&row)?))));
    }
    Ok(off)
}

/// Who is off now.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_off_days(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<OffDays, Error> {
    OffDays::of(&mut actor.within(tx, Permission::See)?, moment)
}
