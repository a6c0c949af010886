//! When work comes back: a rule from a first moment on, on the wall clock of a zone, less the days off.

use std::collections::{BTreeSet, VecDeque};
use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{Budget, PrintedOn, Rule};
use crate::Day;

const DAY: i64 = 86_400;
/// A rule may give so many occurrences in its first [`YEARS`] years.
pub const MOST: usize = 5_000;
/// So many years of a rule are looked at before it is taken.
pub const YEARS: i64 = 5;
/// So many years ahead the next occurrence is looked for.
const AHEAD_YEARS: i64 = 40;

/// Days on which nothing is due: an occurrence that falls on one is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DaysOff {
    /// Days of the week, from Monday as bit 0.
    pub weekdays: u8,
    /// Holidays and other single days.
    pub days: BTreeSet<Day>,
}

impl DaysOff {
    /// Whether a day is off.
    #[must_use]
    pub fn has(&self, day: Day) -> bool {
        let weekday = day.weekday().to_monday_zero_offset();
        self.weekdays >> weekday & 1 == 1 || self.days.contains(&day)
    }
}

/// One time it comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// On the wall clock of the zone, as the rule has it.
    pub wall: DateTime,
    /// The moment: a time that the clocks leave out is as much later as they are put forward, one that comes twice is the first.
    pub at: Timestamp,
}

/// Why a recurrence is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecurrenceError {
    /// The rule is not understood.
    #[error("\"{0}\" is no rule of a recurrence")]
    NotARule(String),
    /// Its parts contradict each other.
    #[error("this rule contradicts itself: {0}")]
    Contradicts(String),
    /// It gives too many occurrences.
    #[error("this rule comes back more than {MOST} times in {YEARS} years")]
    TooMany,
    /// It gives none.
    #[error("this rule never comes back")]
    Never,
    /// It would take too long to follow.
    #[error("this rule takes too long to follow")]
    TooFar,
}

/// When work comes back.
#[derive(Debug, Clone)]
pub struct Recurrence {
    rule: Rule,
    start: DateTime,
    zone: TimeZone,
    off: DaysOff,
}

impl Recurrence {
    /// A recurrence from a rule such as `FREQ=WEEKLY;BYDAY=MO`, the first moment it may fall on, and a zone. A first moment that the
    /// rule does not have is not an occurrence.
    ///
    /// # Errors
    /// [`RecurrenceError`] for what is no rule, comes back too often, or never.
    pub fn new(
        rule: &str,
        start: DateTime,
        zone: TimeZone,
        off: DaysOff,
    ) -> Result<Self, RecurrenceError> {
        let text = rule.trim();
        let text = match text.get(..6) {
            Some(name) if name.eq_ignore_ascii_case("RRULE:") => &text[6..],
            _ => text,
        };
        let rule = Rule::parse(text).ok_or_else(|| RecurrenceError::NotARule(shown(text)))?;
        let recurrence = Self {
            rule,
            start,
            zone,
            off,
        };
        recurrence.is_seldom()?;
        match recurrence.after(None)? {
            Some(_) => Ok(recurrence),
            None => Err(RecurrenceError::Never),
        }
    }

    /// Refuses a rule that comes back more than [`MOST`] times in any [`YEARS`] years: in the first of them, and around the time it comes
    /// back next where years lie between.
    fn is_seldom(&self) -> Result<(), RecurrenceError> {
        let from = wall_of(self.start);
        // Between two leap days there may be eight years.
        let years = YEARS + self.rule.interval_years().clamp(4, AHEAD_YEARS);
        let mut last: VecDeque<i64> = VecDeque::new();
        let mut is_often = false;
        self.walk((from, from + years * 366 * DAY), &mut |wall| {
            last.push_back(wall);
            if last.len() <= MOST {
                return ControlFlow::Continue(());
            }
            let first = last.pop_front().unwrap_or(wall);
            is_often = wall - first < YEARS * 366 * DAY;
            match is_often {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        })?;
        match is_often {
            true => Err(RecurrenceError::TooMany),
            false => Ok(()),
        }
    }

    /// The next occurrence after one on the wall clock; the first where none is given. `None` where the rule has come to its end.
    ///
    /// # Errors
    /// [`RecurrenceError::TooFar`].
    pub fn after(&self, wall: Option<DateTime>) -> Result<Option<Occurrence>, RecurrenceError> {
        let from = wall.map_or_else(|| wall_of(self.start), |wall| wall_of(wall) + 1);
        // Two times of the wall clock may be one moment where the clocks are put forward: it comes once.
        let before = wall.and_then(|wall| self.occurrence(wall_of(wall)));
        let mut found = None;
        self.walk((from, from + AHEAD_YEARS * 366 * DAY), &mut |wall| {
            let day = Day::from_epoch_seconds(wall);
            if self.off.has(day) {
                return ControlFlow::Continue(());
            }
            let next = self.occurrence(wall);
            if next.is_some_and(|it| before.is_some_and(|before| it.at <= before.at)) {
                return ControlFlow::Continue(());
            }
            found = next;
            ControlFlow::Break(())
        })?;
        Ok(found)
    }

    /// The same on the wall clock of another zone: what was due at nine is due at nine there. Occurrences are counted on by the wall
    /// clock, so none comes twice and none is left out by the move.
    #[must_use]
    pub fn in_zone(&self, zone: TimeZone) -> Self {
        Self {
            zone,
            ..self.clone()
        }
    }

    fn occurrence(&self, wall: i64) -> Option<Occurrence> {
        let day = Day::from_epoch_seconds(wall);
        let second = i32::try_from(wall.rem_euclid(DAY)).ok()?;
        let time = jiff::civil::Time::midnight()
            .wrapping_add(jiff::SignedDuration::from_secs(second.into()));
        let wall = day.date().to_datetime(time);
        let zoned = self.zone.to_ambiguous_timestamp(wall).compatible().ok()?;
        Some(Occurrence { wall, at: zoned })
    }

    fn walk(
        &self,
        window: (i64, i64),
        emit: &mut dyn FnMut(i64) -> ControlFlow<()>,
    ) -> Result<(), RecurrenceError> {
        let start = wall_of(self.start);
        let until = self.rule.until.map(|until| match until.on {
            PrintedOn::Day => until.wall + DAY - 1,
            PrintedOn::Wall => until.wall,
            PrintedOn::Utc => Timestamp::from_second(until.wall)
                .map_or(until.wall, |at| wall_of(self.zone.to_datetime(at))),
        });
        let has_start = self.rule.has(start);
        // The start stands at the head of every walk, so it takes one of the count even where it is none of the rule.
        let mut rule = self.rule.clone();
        rule.count = rule.count.map(|count| count + u64::from(!has_start));
        rule.each(start, until, window, &mut Budget::default(), &mut |wall| {
            if wall == start && !has_start {
                return ControlFlow::Continue(());
            }
            emit(wall)
        })
        .map_err(|_| RecurrenceError::TooFar)
    }
}

fn wall_of(wall: DateTime) -> i64 {
    let time = wall.time();
    i64::from(Day::from_date(wall.date()).0) * DAY
        + i64::from(time.hour()) * 3600
        + i64::from(time.minute()) * 60
        + i64::from(time.second())
}

/// What was typed, as far as a message has room for it.
fn shown(text: &str) -> String {
    text.chars()
        .filter(|c| !crate::text::is_unseen(*c))
        .take(80)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recurrence(rule: &str, start: &str, zone: &str) -> Result<Recurrence, RecurrenceError> {
        let zone = TimeZone::get(zone).unwrap();
        Recurrence::new(rule, start.parse().unwrap(), zone, DaysOff::default())
    }

    fn moments(recurrence: &Recurrence, most: usize) -> Vec<String> {
        let mut all: Vec<Occurrence> = Vec::new();
        while all.len() < most {
            let last = all.last().map(|one| one.wall);
            match recurrence.after(last).unwrap() {
                Some(next) => all.push(next),
                None => break,
            }
        }
        all.iter().map(|one| one.at.to_string()).collect()
    }

    #[test]
    fn occurrences_in_a_zone() {
        let check = |rule: &str, start: &str, zone: &str, expected: &[&str]| {
            let found = moments(&recurrence(rule, start, zone).unwrap(), expected.len());
            assert_eq!(found, expected, "{rule} {start} {zone}");
        };
        // The wall clock stays; the moment moves by the hour the clocks are put forward or back.
        check(
            "FREQ=DAILY",
            "2026-03-28T09:00:00",
            "Europe/Berlin",
            &[
                "2026-03-28T08:00:00Z",
                "2026-03-29T07:00:00Z",
                "2026-03-30T07:00:00Z",
            ],
        );
        // Half past two is not there on the day of the change: half past three then.
        check(
            "FREQ=DAILY",
            "2026-03-28T02:30:00",
            "Europe/Berlin",
            &[
                "2026-03-28T01:30:00Z",
                "2026-03-29T01:30:00Z",
                "2026-03-30T00:30:00Z",
            ],
        );
        // Half past two is there twice: the first counts, and once.
        check(
            "FREQ=DAILY",
            "2026-10-24T02:30:00",
            "Europe/Berlin",
            &[
                "2026-10-24T00:30:00Z",
                "2026-10-25T00:30:00Z",
                "2026-10-26T01:30:00Z",
            ],
        );
        check(
            "RRULE:FREQ=WEEKLY;BYDAY=MO",
            "2026-03-02T17:00:00",
            "America/New_York",
            &["2026-03-02T22:00:00Z", "2026-03-09T21:00:00Z"],
        );
        // Half past two is half past three on that day, which is there anyway: it comes once.
        check(
            "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=30",
            "2026-03-29T00:00:00",
            "Europe/Berlin",
            &[
                "2026-03-29T01:30:00Z",
                "2026-03-30T00:30:00Z",
                "2026-03-30T01:30:00Z",
            ],
        );
        // A day that a country left out: what was due on it falls on the next, on which it comes once.
        check(
            "FREQ=DAILY",
            "2011-12-29T12:00:00",
            "Pacific/Apia",
            &[
                "2011-12-29T22:00:00Z",
                "2011-12-30T22:00:00Z",
                "2011-12-31T22:00:00Z",
            ],
        );
        // The thirty-first is left out where there is none; the last of a month is always there.
        check(
            "FREQ=MONTHLY",
            "2026-01-31T09:00:00",
            "UTC",
            &[
                "2026-01-31T09:00:00Z",
                "2026-03-31T09:00:00Z",
                "2026-05-31T09:00:00Z",
            ],
        );
        check(
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            "2028-01-31T09:00:00",
            "UTC",
            &[
                "2028-01-31T09:00:00Z",
                "2028-02-29T09:00:00Z",
                "2028-03-31T09:00:00Z",
            ],
        );
        check(
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "2026-01-01T17:00:00",
            "UTC",
            &[
                "2026-01-30T17:00:00Z",
                "2026-02-27T17:00:00Z",
                "2026-03-31T17:00:00Z",
            ],
        );
        check(
            "FREQ=YEARLY",
            "2028-02-29T09:00:00",
            "UTC",
            &["2028-02-29T09:00:00Z", "2032-02-29T09:00:00Z"],
        );
        // 2100 is no leap year: eight years lie between.
        check(
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            "2096-01-01T09:00:00",
            "UTC",
            &["2096-02-29T09:00:00Z", "2104-02-29T09:00:00Z"],
        );
        // A first day that is none of the rule's does not count, also not in a number of times.
        check(
            "FREQ=WEEKLY;BYDAY=MO;COUNT=2",
            "2026-03-04T09:00:00",
            "UTC",
            &["2026-03-09T09:00:00Z", "2026-03-16T09:00:00Z"],
        );
    }

    #[test]
    fn rules_end() {
        let check = |rule: &str, expected: usize| {
            let found = recurrence(rule, "2026-03-02T09:00:00", "Europe/Berlin").unwrap();
            assert_eq!(moments(&found, 50).len(), expected, "{rule}");
        };
        check("FREQ=DAILY;COUNT=3", 3);
        check("FREQ=WEEKLY;BYDAY=MO;COUNT=3", 3);
        check("FREQ=WEEKLY;BYDAY=TU;COUNT=3", 3);
        check("FREQ=DAILY;UNTIL=20260304", 3);
        check("FREQ=DAILY;UNTIL=20260304T080000Z", 3);
        check("FREQ=DAILY;UNTIL=20260304T075959Z", 2);
        check("FREQ=DAILY;UNTIL=20260304T085959", 2);
        check("FREQ=DAILY", 50);
    }

    #[test]
    fn days_off_are_left_out() {
        let day = |text: &str| Day::from_date(text.parse().unwrap());
        let off = DaysOff {
            weekdays: 0b110_0000,
            days: BTreeSet::from([day("2026-05-01"), day("2026-05-04")]),
        };
        let start = "2026-04-30T09:00:00".parse().unwrap();
        let daily = Recurrence::new("FREQ=DAILY", start, TimeZone::UTC, off.clone()).unwrap();
        assert_eq!(
            moments(&daily, 3),
            [
                "2026-04-30T09:00:00Z",
                "2026-05-05T09:00:00Z",
                "2026-05-06T09:00:00Z"
            ]
        );
        let never = Recurrence::new("FREQ=WEEKLY;BYDAY=SA", start, TimeZone::UTC, off);
        assert_eq!(never.map(|_| ()), Err(RecurrenceError::Never));
    }

    #[test]
    fn a_move_to_another_zone_neither_repeats_nor_leaves_out() {
        let here = recurrence("FREQ=DAILY", "2026-06-01T09:00:00", "Asia/Tokyo").unwrap();
        let last = here.after(None).unwrap().unwrap();
        for zone in ["America/Los_Angeles", "Pacific/Kiritimati", "Europe/Lisbon"] {
            let there = here.in_zone(TimeZone::get(zone).unwrap());
            let next = there.after(Some(last.wall)).unwrap().unwrap();
            assert_eq!(next.wall.to_string(), "2026-06-02T09:00:00", "{zone}");
            assert!(next.at > last.at, "{zone}");
        }
    }

    #[test]
    fn what_is_no_recurrence_is_refused() {
        let check = |rule: &str, expected: RecurrenceError| {
            let found = recurrence(rule, "2026-03-02T09:00:00", "UTC").map(|_| ());
            assert_eq!(found, Err(expected), "{rule}");
        };
        check(
            "every Monday",
            RecurrenceError::NotARule("every Monday".to_owned()),
        );
        check("", RecurrenceError::NotARule(String::new()));
        check("é", RecurrenceError::NotARule("é".to_owned()));
        check("FREQ=SECONDLY", RecurrenceError::TooMany);
        check("FREQ=SECONDLY;COUNT=1000000", RecurrenceError::TooMany);
        check("FREQ=MINUTELY;BYMONTH=12", RecurrenceError::TooMany);
        check("FREQ=HOURLY", RecurrenceError::TooMany);
        let all = |n: u32| (0..n).map(|i| i.to_string()).collect::<Vec<_>>().join(",");
        let leap = format!(
            "FREQ=YEARLY;BYYEARDAY=366;BYHOUR={};BYMINUTE={};BYSECOND={}",
            all(24),
            all(60),
            all(60)
        );
        check(&leap, RecurrenceError::TooMany);
        // The year it begins in is over at once, and years lie between: the next one counts.
        let late = |rule: &str| {
            let found = recurrence(rule, "2026-12-31T23:59:59", "UTC");
            assert_eq!(found.map(|_| ()), Err(RecurrenceError::TooMany), "{rule}");
        };
        let times = format!(
            "BYHOUR={};BYMINUTE={};BYSECOND={}",
            all(24),
            all(60),
            all(60)
        );
        let months = (1..=12)
            .map(|i: u32| i.to_string())
            .collect::<Vec<_>>()
            .join(",");
        late(&format!(
            "FREQ=YEARLY;INTERVAL=7;BYMONTH={months};BYMONTHDAY=1,2,3;{times}"
        ));
        late(&format!(
            "FREQ=MONTHLY;INTERVAL=84;BYMONTHDAY=1,2,3,31;{times}"
        ));
        let found = recurrence(&leap, "2097-01-01T00:00:00", "UTC").map(|_| ());
        assert_eq!(found, Err(RecurrenceError::TooMany));
        check("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", RecurrenceError::Never);
        check("FREQ=DAILY;UNTIL=20250101", RecurrenceError::Never);
    }
}
