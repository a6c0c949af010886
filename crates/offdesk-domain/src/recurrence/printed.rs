//! Dates and times as calendars print them: `20260302`, `20260302T090000`, `20260302T080000Z`.

use crate::Day;

/// What a printed time is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintedOn {
    /// UTC, as printed with a `Z`.
    Utc,
    /// A wall clock that is not named.
    Wall,
    /// No clock: a day.
    Day,
}

/// A time as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    /// Seconds since 1970 on the clock it is read from.
    pub wall: i64,
    /// That clock.
    pub on: PrintedOn,
}

/// Reads `YYYYMMDD`, or `YYYYMMDDTHHMM[SS][Z]`; `None` for what is none.
#[must_use]
pub fn printed(text: &str) -> Option<Printed> {
    let text = text.trim();
    let (date, time) = match text.split_once(['T', 't']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    if date.len() != 8 {
        return None;
    }
    let year = i32::try_from(digits(date.get(..4)?)?).ok()?;
    let month = u32::try_from(digits(date.get(4..6)?)?).ok()?;
    let day = u32::try_from(digits(date.get(6..)?)?).ok()?;
    let midnight = i64::from(Day::from_ymd(year, month, day)?.0) * 86_400;
    let Some(time) = time else {
        return Some(Printed {
            wall: midnight,
            on: PrintedOn::Day,
        });
    };
    let (time, on) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, PrintedOn::Utc),
        None => (time, PrintedOn::Wall),
    };
    if time.len() != 6 && time.len() != 4 {
        return None;
    }
    let hour = digits(time.get(..2)?)?;
    let minute = digits(time.get(2..4)?)?;
    let second = time
        .get(4..)
        .filter(|s| !s.is_empty())
        .map_or(Some(0), digits)?;
    let is_day_end = (hour, minute, second) == (24, 0, 0);
    if (hour > 23 && !is_day_end) || minute > 59 || second > 60 {
        return None;
    }
    Some(Printed {
        wall: midnight + hour * 3600 + minute * 60 + second,
        on,
    })
}

/// A number of decimal digits only.
fn digits(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}
