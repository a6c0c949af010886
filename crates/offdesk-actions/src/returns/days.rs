//! On which day something was: in the workspace's zone, as pay counts its days.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_domain::Day;
use offdesk_domain::pay::day_in;
use offdesk_store::Scope;

use crate::error::Error;
use crate::moment::Moment;
use crate::pay::zone_of;

/// The days of a workspace.
pub(crate) struct Days(TimeZone);

impl Days {
    /// Those of the open workspace.
    pub(crate) fn of(scope: &mut Scope<'_, '_>) -> Result<Self, Error> {
        Ok(Self(zone_of(scope)?))
    }

    /// Those of a zone that was read before.
    pub(crate) fn of_zone(zone: &TimeZone) -> Self {
        Self(zone.clone())
    }

    /// Those of a zone by its name; of UTC where there is none of that name.
    pub(crate) fn in_zone(name: &str) -> Self {
        Self(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    /// The zone whose days they are.
    pub(crate) fn zone(&self) -> &TimeZone {
        &self.0
    }

    /// The day of a moment in microseconds.
    pub(crate) fn day(&self, micros: i64) -> Day {
        let moment = Timestamp::from_microsecond(micros);
        moment.map_or(Day(0), |moment| day_in(moment, &self.0))
    }

    /// The same as a number.
    pub(super) fn number(&self, micros: i64) -> i64 {
        self.day(micros).0.into()
    }

    /// Today.
    pub(crate) fn today(&self, moment: Moment) -> Day {
        self.day(moment.micros())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_zone() {
        let check = |zone: &str, at: &str, expected: &str| {
            let at: Timestamp = at.parse().unwrap();
            let day = Days::in_zone(zone).day(at.as_microsecond());
            assert_eq!(day.to_string(), expected, "{at} in {zone}");
        };
        // The edges of a month and of a year, on both sides of Greenwich.
        check("UTC", "2026-11-30T23:59:59.999999Z", "2026-11-30");
        check("America/New_York", "2026-12-01T04:59:59Z", "2026-11-30");
        check("America/New_York", "2026-12-01T05:00:00Z", "2026-12-01");
        check("Asia/Manila", "2026-11-30T15:59:59Z", "2026-11-30");
        check("Asia/Manila", "2026-11-30T16:00:00Z", "2026-12-01");
        check("Pacific/Kiritimati", "2026-12-31T10:00:00Z", "2027-01-01");
        check("Asia/Kolkata", "2027-02-28T18:30:00Z", "2027-03-01");
        // Clocks go forward and back: the day has 23 hours, and 25.
        check("Europe/Berlin", "2027-03-27T22:59:59Z", "2027-03-27");
        check("Europe/Berlin", "2027-03-27T23:00:00Z", "2027-03-28");
        check("Europe/Berlin", "2027-03-28T21:59:59Z", "2027-03-28");
        check("Europe/Berlin", "2027-03-28T22:00:00Z", "2027-03-29");
        check("Europe/Berlin", "2027-10-30T22:00:00Z", "2027-10-31");
        check("Europe/Berlin", "2027-10-31T22:59:59Z", "2027-10-31");
        check("Europe/Berlin", "2027-10-31T23:00:00Z", "2027-11-01");
        check("America/Havana", "2027-03-14T05:00:00Z", "2027-03-14");
        // Before 1970, and a zone that nobody knows.
        check("America/New_York", "1969-12-31T23:00:00Z", "1969-12-31");
        check("Nowhere/At_All", "2026-12-01T00:30:00Z", "2026-12-01");
    }
}
