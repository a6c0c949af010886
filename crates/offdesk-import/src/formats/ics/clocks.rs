//! Times of events as instants: which clock a printed time is read from, and how long an event lasts.

use jiff::tz::TimeZone;
use offdesk_domain::Day;

use super::event::{End, Event};
use super::parse::Calendar;
use super::value::{Length, Place, Stamp};
use super::zones::{NoClock, Zones};
use crate::problem::Problem;
use crate::text::clock::{Clock, Local};
use offdesk_domain::recurrence::Budget;

const DAY: i64 = 86_400;

/// Gives every printed time its clock.
pub struct Clocks<'c> {
    zones: &'c mut Zones,
    calendars: &'c [Calendar],
    /// Clock of the zone the caller gave.
    caller: Option<usize>,
    utc: usize,
    /// The moment of reading.
    now: i64,
    /// How far the rules of this file may still walk.
    pub budget: Budget,
    /// Times without any zone were met, and nobody said which one they are in.
    pub has_unzoned: bool,
}

/// How long the instances of an event last.
#[derive(Debug, Clone, Copy)]
pub enum Lasting {
    /// So many seconds, whatever the clock does.
    Exact(i64),
    /// Civil days and seconds.
    Nominal(Length),
}

/// An event's start and how long it lasts.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// Number of its clock.
    pub clock: usize,
    /// Start on that clock.
    pub wall: i64,
    /// How long it lasts.
    pub lasting: Lasting,
    /// From midnight to midnight: a day, not a time.
    pub is_whole_days: bool,
}

impl<'c> Clocks<'c> {
    /// Clocks of a file's calendars.
    pub fn new(
        zones: &'c mut Zones,
        calendars: &'c [Calendar],
        caller: Option<&TimeZone>,
        now: i64,
    ) -> Self {
        let caller = caller.map(|zone| zones.own(zone));
        let utc = zones.own(&TimeZone::UTC);
        Self {
            zones,
            calendars,
            caller,
            utc,
            now,
            budget: Budget::default(),
            has_unzoned: false,
        }
    }

    /// The zones, for what they have to tell.
    pub fn zones(&mut self) -> &mut Zones {
        self.zones
    }

    /// A clock by its number.
    pub fn clock(&self, number: usize) -> &Clock {
        static NONE: std::sync::LazyLock<Clock> =
            std::sync::LazyLock::new(|| Clock::of_changes(0, Vec::new()));
        self.zones.clock(number).unwrap_or(&NONE)
    }

    /// The clock the owner lives by: the caller's, else the calendar's own.
    fn home(&mut self, calendar: usize) -> Option<usize> {
        self.caller.or_else(|| {
            let calendar = self.calendars.get(calendar)?;
            let (name, own) = (calendar.zone?, calendar.definitions.as_slice());
            self.zones
                .resolve(name, own, self.now, &mut self.budget)
                .ok()
        })
    }

    /// The clock of a printed time.
    ///
    /// # Errors
    /// `import.tzid`, `import.zone_ambiguous`.
    pub fn of(&mut self, stamp: Stamp, calendar: usize) -> Result<usize, Problem> {
        let name = match stamp.place {
            Place::Utc => return Ok(self.utc),
            Place::Date | Place::Floating => {
                let home = self.home(calendar);
                self.has_unzoned |= home.is_none() && stamp.place == Place::Floating;
                return Ok(home.unwrap_or(self.utc));
            }
            Place::Zone(name) => name,
        };
        let own = self
            .calendars
            .get(calendar)
            .map_or(&[][..], |c| c.definitions.as_slice());
        let found = self.zones.resolve(name, own, self.now, &mut self.budget);
        found.map_err(|why| {
            let (code, message) = match why {
                NoClock::Unknown => ("import.tzid", "nobody knows the time zone of this event"),
                NoClock::Ambiguous => (
                    "import.zone_ambiguous",
                    "several zones share this abbreviation",
                ),
            };
            Problem::bad(code, message)
                .column("TZID")
                .value(self.zones.name(name))
                .hint("export the calendar with its zones (VTIMEZONE), or write a name such as Europe/Berlin")
        })
    }

    /// The civil day of a start: as printed, or for a time printed in UTC the owner's day.
    pub fn day(&mut self, place: Place, wall: i64, instant: i64, calendar: usize) -> Day {
        let wall = match (place, self.home(calendar)) {
            (Place::Utc, Some(home)) => self.clock(home).wall(instant),
            _ => wall,
        };
        Day::from_epoch_seconds(wall)
    }

    /// The instant of a printed time; times without a zone are read from the event's own clock.
    pub fn instant(&mut self, stamp: Stamp, calendar: usize, own: usize) -> i64 {
        let clock = match stamp.place {
            Place::Utc | Place::Zone(_) => self.of(stamp, calendar).unwrap_or(own),
            Place::Date | Place::Floating => own,
        };
        self.clock(clock).instant(stamp.wall).instant()
    }

    /// Start and length of an event.
    ///
    /// # Errors
    /// `import.no_date`, `import.tzid`, `import.zone_ambiguous`, `import.negative`, `import.time_gap`,
    /// `import.inconsistent`.
    pub fn timing(&mut self, event: &Event) -> Result<Timing, Problem> {
        let start = event
            .start
            .ok_or_else(|| Problem::bad("import.no_date", "this event has no DTSTART"))?;
        let clock = self.of(start, event.calendar)?;
        let local = self.clock(clock).instant(start.wall);
        let begin = local.instant();
        let is_midnight = |wall: i64| wall.rem_euclid(DAY) == 0;
        let (lasting, is_whole_days) = match event.end {
            None => (Lasting::Exact(0), false),
            Some(End::After(length)) => (
                Lasting::Nominal(length),
                is_midnight(start.wall)
                    && length.days * DAY + length.seconds > 0
                    && is_midnight(length.seconds),
            ),
            Some(End::At(end)) if (end.place == Place::Date) != (start.place == Place::Date) => {
                return Err(Problem::bad(
                    "import.inconsistent",
                    "one of start and end is a day, the other a time",
                ));
            }
            Some(End::At(end)) => {
                if matches!(end.place, Place::Zone(_)) {
                    self.of(end, event.calendar)?;
                }
                let seconds = self.instant(end, event.calendar, clock) - begin;
                if seconds <= 0 && matches!(local, Local::Gap(_)) {
                    return Err(Problem::bad(
                        "import.time_gap",
                        "the clock skips this start, and the event ends before the clock has gone on",
                    ));
                }
                if seconds < 0 {
                    return Err(Problem::bad(
                        "import.negative",
                        "this event ends before it starts",
                    ));
                }
                let is_whole = end.place == start.place
                    && end.wall > start.wall
                    && is_midnight(start.wall)
                    && is_midnight(end.wall);
                (Lasting::Exact(seconds), is_whole)
            }
        };
        Ok(Timing {
            clock,
            wall: start.wall,
            lasting,
            is_whole_days,
        })
    }

    /// Start and end of an instance that starts at a time of the clock.
    pub fn span(&self, clock: usize, wall: i64, lasting: Lasting) -> (Local, i64) {
        let clock = self.clock(clock);
        let start = clock.instant(wall);
        let end = match lasting {
            Lasting::Exact(seconds) => start.instant().saturating_add(seconds),
            Lasting::Nominal(length) if length.days == 0 => {
                start.instant().saturating_add(length.seconds)
            }
            Lasting::Nominal(length) => clock
                .instant(wall.saturating_add(length.days * DAY))
                .instant()
                .saturating_add(length.seconds),
        };
        (start, end)
    }
}
