//! Values of calendar properties: dates and times, durations, escaped text, offsets.

use offdesk_domain::Day;
use offdesk_domain::recurrence::{Printed, PrintedOn, printed};

/// Whose clock a time is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// UTC, as printed with a `Z`.
    Utc,
    /// No zone printed.
    Floating,
    /// A named zone, by its number in the file.
    Zone(u32),
    /// No time at all: a day.
    Date,
}

/// A time as printed: seconds since 1970 on the clock of its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Seconds since 1970 on that clock.
    pub wall: i64,
    /// Whose clock it is.
    pub place: Place,
}

impl Stamp {
    /// The civil day printed.
    pub fn day(self) -> Day {
        Day::from_epoch_seconds(self.wall)
    }
}

/// A length as printed: civil days, and seconds besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length {
    /// Civil days, which a clock change may make longer or shorter.
    pub days: i64,
    /// Seconds besides.
    pub seconds: i64,
}

/// A `YYYYMMDD` or `YYYYMMDDTHHMMSS[Z]`; `zone` is the place of a time without `Z`.
pub fn stamp(text: &str, zone: Place) -> Option<Stamp> {
    let is_day = zone == Place::Date;
    let text = match text.split_once(['T', 't']) {
        Some((date, _)) if is_day => date,
        _ => text,
    };
    let Printed { wall, on } = printed(text)?;
    let place = match on {
        PrintedOn::Utc => Place::Utc,
        PrintedOn::Wall => zone,
        PrintedOn::Day => Place::Date,
    };
    Some(Stamp { wall, place })
}

/// A number of decimal digits only.
fn digits(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 9 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// A duration such as `PT1H30M`, `P1D` or `-PT15M`; the flag tells that it is negative.
pub fn length(text: &str) -> Option<(Length, bool)> {
    let text = text.trim().to_ascii_uppercase();
    let (text, is_negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (text.strip_prefix('+').unwrap_or(&text), false),
    };
    let mut rest = text.strip_prefix('P')?;
    let mut out = Length::default();
    let mut is_time = false;
    let mut any = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            if is_time {
                return None;
            }
            is_time = true;
            rest = after;
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let number = digits(rest.get(..end)?)?;
        let mut after = rest.get(end..)?.chars();
        match (after.next()?, is_time) {
            ('W', false) => out.days += number * 7,
            ('D', false) => out.days += number,
            ('H', true) => out.seconds += number * 3600,
            ('M', true) => out.seconds += number * 60,
            ('S', true) => out.seconds += number,
            _ => return None,
        }
        any = true;
        rest = after.as_str();
    }
    // A hundred years are more than any event needs, and leave all sums far from overflow.
    let is_sane = any && out.days < 36_600 && out.seconds < 36_600 * 86_400;
    is_sane.then_some((out, is_negative && out != Length::default()))
}

/// An offset such as `+0100`, `-05:30` or `+003012`, in seconds; the sign is needed.
pub fn offset(text: &str) -> Option<i64> {
    let text = text.trim();
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let numbers: String = text.get(1..)?.chars().filter(|c| *c != ':').collect();
    let (hour, rest) = match numbers.len() {
        1 => (numbers.as_str(), ""),
        2 | 4 | 6 => numbers.split_at_checked(2)?,
        _ => return None,
    };
    let (minute, second) = rest.split_at_checked(2).unwrap_or(("0", "0"));
    let second = if second.is_empty() { "0" } else { second };
    let (hour, minute, second) = (digits(hour)?, digits(minute)?, digits(second)?);
    (hour <= 15 && minute <= 59 && second <= 59)
        .then_some(sign * (hour * 3600 + minute * 60 + second))
}

/// A text with its escapes undone.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'N') => out.push('\n'),
            Some(c @ (',' | ';' | '\\' | ':' | '"')) => out.push(c),
            Some(c) => out.extend(['\\', c]),
            None => out.push('\\'),
        }
    }
    out
}

/// The parts of a list, split at commas that are not escaped; still escaped themselves.
pub fn list(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut is_escaped = false;
        let comma = text.bytes().position(|b| {
            let is_end = b == b',' && !is_escaped;
            is_escaped = b == b'\\' && !is_escaped;
            is_end
        });
        let Some(comma) = comma else {
            rest = None;
            return Some(text);
        };
        rest = text.get(comma + 1..);
        text.get(..comma)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps() {
        let wall = |text| stamp(text, Place::Floating).map(|s| (s.wall, s.place));
        let cases = [
            ("19700102T000001Z", Some((86_401, Place::Utc))),
            ("19700102T000001", Some((86_401, Place::Floating))),
            ("19700102", Some((86_400, Place::Date))),
            ("19700101T240000", Some((86_400, Place::Floating))),
            ("19700101T235960", Some((86_400, Place::Floating))),
            ("19700101T0100", Some((3600, Place::Floating))),
            ("19700101T240001", None),
            ("19700230", None),
            ("1970-01-01", None),
            ("19700101T1", None),
            ("19700101T\u{e9}1234", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(wall(text), expected, "{text}");
        }
    }

    #[test]
    fn lengths() {
        let of = |text| length(text).map(|(l, n)| (l.days, l.seconds, n));
        let cases = [
            ("PT1H30M", Some((0, 5400, false))),
            ("P1DT2H", Some((1, 7200, false))),
            ("P2W", Some((14, 0, false))),
            ("+PT0S", Some((0, 0, false))),
            ("-PT15M", Some((0, 900, true))),
            ("-PT0S", Some((0, 0, false))),
            ("P", None),
            ("PT", None),
            ("PT1D", None),
            ("P1", None),
            ("1H", None),
            ("PT99999999999H", None),
            ("PTT1H", None),
        ];
        for (text, expected) in cases {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn offsets_texts_and_lists() {
        let cases = [
            ("+0100", Some(3600)),
            ("-05:30", Some(-19_800)),
            ("+1", Some(3600)),
            ("+003012", Some(1812)),
            ("0100", None),
            ("+9900", None),
            ("+", None),
        ];
        for (text, expected) in cases {
            assert_eq!(offset(text), expected, "{text}");
        }
        assert_eq!(unescape(r"a\, b\; c\nd\\e\x\"), "a, b; c\nd\\e\\x\\");
        let parts: Vec<&str> = list(r"a\,b,c,,d\\,e").collect();
        assert_eq!(parts, [r"a\,b", "c", "", r"d\\", "e"]);
    }
}
