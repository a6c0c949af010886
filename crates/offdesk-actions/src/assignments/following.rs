//! A recurrence between the store and the rules: wall clocks, zones, days off, and what the rules refuse.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use offdesk_domain::Day;
use offdesk_domain::recurrence::{DaysOff, Recurrence, RecurrenceError, WEEKDAYS};
use offdesk_store::recurrences::RecurrenceRow;

use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

/// When something that is due is given.
pub(super) fn given_at(due: Timestamp, lead_hours: i64) -> i64 {
    due.as_microsecond()
        .saturating_sub(lead_hours.saturating_mul(3_600_000_000))
}

/// A row as the rules see it.
pub(super) fn recurrence_of(row: &RecurrenceRow) -> Result<Recurrence, Error> {
    let damaged = || {
        Error::new(
            ErrorKind::Failed,
            "store.damaged",
            "a recurrence in the database is not understood",
        )
    };
    let days: Option<BTreeSet<Day>> = row
        .off_days
        .split_whitespace()
        .map(|day| day.parse::<Date>().ok().map(Day::from_date))
        .collect();
    let off = DaysOff {
        weekdays: u8::try_from(row.off_weekdays).map_err(|_| damaged())?,
        days: days.ok_or_else(damaged)?,
    };
    let start = civil_of(row.start_wall).ok_or_else(damaged)?;
    Recurrence::new(&row.rule, start, zone_of(&row.zone)?, off).map_err(refused)
}

pub(super) fn zone_of(name: &str) -> Result<TimeZone, Error> {
    TimeZone::get(name.trim()).map_err(|_| {
        Error::invalid(
            "zone",
            "recurrence.zone",
            format!(
                "\"{}\" is no time zone",
                offdesk_import::problem::shown(name)
            ),
        )
        .hint("write a name such as Europe/Berlin or America/New_York")
    })
}

/// What the wall clock of a zone says now, in whole seconds.
pub(super) fn wall_in(zone: &str, moment: Moment) -> Result<DateTime, Error> {
    let wall = zone_of(zone)?.to_datetime(moment.now);
    Ok(wall.with().subsec_nanosecond(0).build().unwrap_or(wall))
}

/// Seconds of a wall clock.
pub(super) fn wall_of(wall: DateTime) -> i64 {
    TimeZone::UTC
        .to_timestamp(wall)
        .map_or(0, Timestamp::as_second)
}

pub(super) fn civil_of(wall: i64) -> Option<DateTime> {
    let at = Timestamp::from_second(wall).ok()?;
    Some(TimeZone::UTC.to_datetime(at))
}

/// What the rules refuse, as an error of the action.
pub(super) fn refused(error: RecurrenceError) -> Error {
    let (code, hint) = match error {
        RecurrenceError::NotARule(_) => (
            "recurrence.rule",
            "write it as calendars do: FREQ=WEEKLY;BYDAY=MO, or FREQ=MONTHLY;BYMONTHDAY=-1",
        ),
        RecurrenceError::Contradicts(_) => (
            "recurrence.rule",
            "say each part once, and only what goes together: FREQ=WEEKLY;BYDAY=MO, or FREQ=MONTHLY;BYDAY=1MO",
        ),
        RecurrenceError::TooMany => (
            "recurrence.many",
            "let it come back less often: an assignment is something to hand in",
        ),
        RecurrenceError::Never => (
            "recurrence.never",
            "look at its days, its end and the days off",
        ),
        RecurrenceError::TooFar => ("recurrence.many", "make the rule simpler"),
    };
    Error::invalid("rule", code, error.to_string()).hint(hint)
}

/// Days off as people and programs write them: `SA`, `SU`, `2026-12-25`.
///
/// # Errors
/// `recurrence.day`.
pub fn days_off<'d>(days: impl Iterator<Item = &'d str>) -> Result<(u8, Vec<Date>), Error> {
    let (mut weekdays, mut single) = (0, Vec::new());
    for text in days.map(str::trim).filter(|text| !text.is_empty()) {
        let weekday = WEEKDAYS.iter().position(|it| it.eq_ignore_ascii_case(text));
        match (weekday, text.parse::<Date>()) {
            (Some(at), _) => weekdays |= 1 << at,
            (None, Ok(date)) => single.push(date),
            _ => {
                let shown = offdesk_import::problem::shown(text);
                return Err(Error::invalid(
                    "days_off",
                    "recurrence.day",
                    format!("\"{shown}\" is no day off"),
                )
                .hint("write MO, TU, WE, TH, FR, SA, SU, or a date such as 2026-12-25"));
            }
        }
    }
    Ok((weekdays, single))
}

/// The first moment of a recurrence, on its wall clock: `2026-03-02T17:00`. What has an offset or a zone of its own, or no time, is none.
///
/// # Errors
/// `recurrence.start`.
pub fn start_of(text: &str) -> Result<DateTime, Error> {
    let typed = text.trim();
    let is_wall = [16, 19].contains(&typed.len())
        && typed.char_indices().all(|(at, letter)| match at {
            4 | 7 => letter == '-',
            10 => matches!(letter, 'T' | 't' | ' '),
            13 | 16 => letter == ':',
            _ => letter.is_ascii_digit(),
        });
    let wall = typed.parse().ok().filter(|_| is_wall);
    wall.ok_or_else(|| {
        let shown = offdesk_import::problem::shown(text);
        Error::invalid(
            "start",
            "recurrence.start",
            format!("\"{shown}\" is no moment of a wall clock"),
        )
        .hint("write it as 2026-03-02T17:00, without an offset: the zone says the rest")
    })
}

#[cfg(test)]
mod tests {
    use super::start_of;

    /// An offset was dropped, and a day without a time was midnight.
    #[test]
    fn a_start_is_a_wall_clock_and_nothing_else() {
        for text in [
            "2026-12-08T09:00",
            " 2026-12-08T09:00:00 ",
            "2026-12-08 09:00",
        ] {
            let start = start_of(text).map(|it| it.to_string());
            assert_eq!(start.unwrap(), "2026-12-08T09:00:00", "{text}");
        }
        for text in [
            "2026-12-08T09:00-08:00",
            "2026-12-08T09:00[America/New_York]",
            "2026-12-08T09:00Z",
            "2026-12-08",
            "2026-12-08T09",
            "2026-12-08T09:00:00.5",
            "20261208T090000",
            "2026-13-08T09:00",
            "",
        ] {
            assert_eq!(
                start_of(text).unwrap_err().code,
                "recurrence.start",
                "{text}"
            );
        }
    }
}
