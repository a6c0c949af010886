//! Lines as they are typed: `2h inbox`.

use crate::error::Error;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Words of an hour and of a minute.
const UNITS: [(&str, i64); 11] = [
    ("h", 3600),
    ("hr", 3600),
    ("hrs", 3600),
    ("hour", 3600),
    ("hours", 3600),
    ("m", 60),
    ("min", 60),
    ("mins", 60),
    ("minute", 60),
    ("minutes", 60),
    ("'", 60),
];
/// Words that say that a figure before them is no number of hours.
const OTHER_UNITS: &str = "s sec secs second seconds d day days w wk wks week weeks mo month months y year years am pm k x";
/// A day.
const LONGEST: i64 = 86_400;

/// A line as it is typed: `2h inbox`, `1:30 invoices`, `1h 30m payroll`, `1.5 proposals`, `2h - 3 offers`.
///
/// What could be meant otherwise is refused: a count (`3 emails`), from when to when (`9:00-11:00 inbox`), other units (`2 days inbox`).
///
/// # Errors
/// `log.duration`, `log.text`.
pub fn read_log_line(text: &str) -> Result<(i64, String), Error> {
    let text = text.trim();
    let length = Length::of(text).ok_or_else(|| no_length(text))?;
    if length.is_bare_count() {
        return Err(no_length(text));
    }
    let seconds = length.in_a_day()?;
    let name = length.name().ok_or_else(|| no_length(text))?;
    if name.is_empty() {
        return Err(Error::invalid("line", "log.text", "what was it?")
            .hint("write it behind the time:  2h inbox"));
    }
    Ok((seconds, name.to_owned()))
}

fn no_length(text: &str) -> Error {
    Error::invalid(
        "line",
        "log.duration",
        format!(
            "\"{}\" does not begin with a length of time",
            offdesk_import::problem::shown(text)
        ),
    )
    .hint("such as:  2h inbox   1:30 invoices   1h 30m calls;  before a text that begins with a figure a dash:  2h - 3 offers")
}

/// A length of time by itself: `1:30`, `90 min`, and `0:45:30` with seconds.
pub(super) fn read_length(text: &str) -> Result<i64, Error> {
    if let [hours, minutes, seconds] = text.split(':').collect::<Vec<_>>().as_slice()
        && let Ok(more) = seconds.parse::<u8>()
        && more < 60
    {
        // The minutes may be none beside the seconds.
        let minutes = format!("{hours}:{minutes}");
        let whole = match minutes.trim_matches(['0', ':']) {
            "" => 0,
            _ => read_length(&minutes)?,
        };
        if (1..=LONGEST).contains(&(whole + i64::from(more))) {
            return Ok(whole + i64::from(more));
        }
    }
    match Length::of(text.trim()) {
        Some(length) if length.rest.is_empty() => length.in_a_day(),
        _ => Err(Error::invalid(
            "line",
            "log.duration",
            format!(
                "\"{}\" is not a length of time",
                offdesk_import::problem::shown(text)
            ),
        )
        .hint("such as:  2h   1:30   45m")),
    }
}

/// How a length of time was said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    /// With a unit.
    Unit,
    /// As on a clock, or with decimals: hours.
    Hours,
    /// As a whole number, which may as well count something else.
    Count,
}

/// A length of time at the begin of a text.
struct Length<'t> {
    seconds: i64,
    said: Said,
    /// What stands behind it.
    rest: &'t str,
}

impl<'t> Length<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let (number, rest) = number_of(text)?;
        let Some((per, mut rest)) = unit_of(rest) else {
            let is_count = number.bytes().all(|byte| byte.is_ascii_digit());
            let said = if is_count { Said::Count } else { Said::Hours };
            let seconds = seconds_of(number, 3600)?;
            return Some(Self {
                seconds,
                said,
                rest,
            });
        };
        let (mut seconds, mut last) = (seconds_of(number, per)?, per);
        // "1h30m", "1h 30m", "1 hour and 30 minutes", "1h30": each part smaller than the one before.
        while let Some((part, per, after)) = part_of(rest, last) {
            seconds = seconds.checked_add(part)?;
            (rest, last) = (after, per);
        }
        Some(Self {
            seconds,
            said: Said::Unit,
            rest,
        })
    }

    fn is_bare_count(&self) -> bool {
        self.said == Said::Count && !self.rest.is_empty()
    }

    fn in_a_day(&self) -> Result<i64, Error> {
        if (1..=LONGEST).contains(&self.seconds) {
            return Ok(self.seconds);
        }
        Err(Error::invalid(
            "line",
            "log.duration",
            "the length is more than nothing and at most a day",
        ))
    }

    /// What it was; nothing where the length does not end where it seems to.
    fn name(&self) -> Option<&'t str> {
        let is_apart = self.rest.starts_with(char::is_whitespace) || self.rest.is_empty();
        let rest = self.rest.trim();
        let first = rest.split_whitespace().next().unwrap_or_default();
        let dashes = ["-", "\u{2013}", "\u{2014}", ":", ","];
        if let Some(dash) = dashes.iter().find(|dash| first == **dash) {
            let name = rest.strip_prefix(dash).unwrap_or(rest).trim_start();
            // "9:00 - 11:00" and "9h - 11h" are from when to when.
            let is_span = Length::of(name).is_some_and(|it| it.said != Said::Count);
            let is_clear = self.said == Said::Unit || !begins_with_figure(name);
            return (is_clear && !is_span).then_some(name);
        }
        let is_other = self.said != Said::Unit && is_other_unit(first);
        let is_sound = is_apart
            && !is_other
            && !begins_with_figure(rest)
            && !rest.starts_with(['-', '\u{2013}', '\u{2014}', ':', '.', ',', '/', '%', '+']);
        is_sound.then_some(rest)
    }
}

fn begins_with_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_numeric())
}

fn is_other_unit(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ',']).to_lowercase();
    OTHER_UNITS.split(' ').any(|unit| unit == bare)
}

/// The letters of a kind that a text begins with, and the rest.
fn begin_of(text: &str, is_of_kind: impl Fn(char) -> bool) -> (&str, &str) {
    let rest = text.trim_start_matches(is_of_kind);
    text.split_at(text.len() - rest.len())
}

/// The number that a text begins with.
fn number_of(text: &str) -> Option<(&str, &str)> {
    let (number, _) = begin_of(text, |c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'));
    // "2h: inbox" has its colon behind the unit, "1:30: inbox" behind the number.
    let number = number.trim_end_matches(':');
    // "1. inbox" is a list.
    let is_whole = number.ends_with(|c: char| c.is_ascii_digit());
    is_whole.then(|| (number, &text[number.len()..]))
}

/// The seconds of the unit that a text begins with, and what comes behind it.
fn unit_of(text: &str) -> Option<(i64, &str)> {
    let (word, rest) = begin_of(text.trim_start(), |c| c.is_alphabetic() || c == '\'');
    let word = word.to_lowercase();
    let known = UNITS.iter().find(|(unit, _)| *unit == word);
    known.map(|(_, per)| (*per, rest))
}

/// A further part of a length: its seconds, those of its unit, and what comes behind it.
fn part_of(text: &str, last: i64) -> Option<(i64, i64, &str)> {
    if last <= 60 {
        return None;
    }
    let spaced = text.trim_start();
    let joined = ["and ", "& ", "&", "+ ", "+", ", "];
    let spaced = joined
        .iter()
        .find_map(|word| spaced.strip_prefix(word))
        .unwrap_or(spaced)
        .trim_start();
    let (number, rest) = number_of(spaced)?;
    if let Some((per, after)) = unit_of(rest)
        && per < last
    {
        return Some((seconds_of(number, per)?, per, after));
    }
    // "1h30": minutes follow at once, as on a clock.
    let is_clock = text.starts_with(|c: char| c.is_ascii_digit())
        && number.len() == 2
        && number.parse::<i64>().is_ok_and(|minutes| minutes < 60);
    is_clock
        .then(|| seconds_of(number, 60))
        .flatten()
        .map(|seconds| (seconds, 60, rest))
}

fn seconds_of(number: &str, per: i64) -> Option<i64> {
    if let Some((hours, minutes)) = number.split_once(':') {
        let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
        if minutes >= 60 {
            return None;
        }
        return hours
            .checked_mul(3600)?
            .checked_add(minutes.checked_mul(60)?);
    }
    let value: Decimal = number.replace(',', ".").parse().ok()?;
    value.checked_mul(Decimal::from(per))?.round().to_i64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_they_are_typed() {
        for (text, seconds, name) in [
            ("2h inbox", 7200, "inbox"),
            ("2 h inbox", 7200, "inbox"),
            ("1:30 invoices", 5400, "invoices"),
            ("45m calls", 2700, "calls"),
            ("1,5 proposals", 5400, "proposals"),
            ("1.25h  Steuer", 4500, "Steuer"),
            ("1h30m payroll", 5400, "payroll"),
            ("90 min payroll", 5400, "payroll"),
            ("2h minutes of the board", 7200, "minutes of the board"),
        ] {
            assert_eq!(
                read_log_line(text),
                Ok((seconds, name.to_owned())),
                "{text}"
            );
        }
        for (text, code) in [
            ("inbox", "log.duration"),
            ("2h", "log.text"),
            ("0h inbox", "log.duration"),
            ("25h inbox", "log.duration"),
            ("1:75 inbox", "log.duration"),
            ("", "log.duration"),
        ] {
            assert_eq!(read_log_line(text).unwrap_err().code, code, "{text}");
        }
    }

    #[test]
    fn lengths_in_parts_are_read_whole() {
        for (text, seconds, name) in [
            ("1h 30m payroll", 5400, "payroll"),
            ("1 h 30 min payroll", 5400, "payroll"),
            ("2 hours 15 minutes invoices", 8100, "invoices"),
            ("1 hour and 30 minutes calls", 5400, "calls"),
            ("1h, 30m calls", 5400, "calls"),
            ("1h30 payroll", 5400, "payroll"),
            ("1h05 payroll", 3900, "payroll"),
            ("2 Hours and then some", 7200, "and then some"),
            ("2h - inbox", 7200, "inbox"),
            ("2h: inbox", 7200, "inbox"),
            ("2h, inbox", 7200, "inbox"),
            ("2h - 3 offers", 7200, "3 offers"),
            ("1:30 - invoices", 5400, "invoices"),
        ] {
            assert_eq!(
                read_log_line(text),
                Ok((seconds, name.to_owned())),
                "{text}"
            );
        }
        for (text, seconds) in [
            ("1h 30m", 5400),
            ("2", 7200),
            ("1:30", 5400),
            ("90 min", 5400),
        ] {
            assert_eq!(read_length(text), Ok(seconds), "{text}");
        }
    }

    /// None of these is so long that what would be read is refused for that: each was taken, as something else than was meant.
    #[test]
    fn what_could_be_meant_otherwise_is_refused() {
        for text in [
            "9:00-11:00 inbox",
            "9:00 - 11:00 inbox",
            "9-11 inbox",
            "9h - 11h inbox",
            "9am-11am inbox",
            "9:30 am call",
            "2 days inbox",
            "1.5 days inbox",
            "10 sec thing",
            "3 emails",
            "1. inbox",
            "3 5 emails",
            "1.5 2 emails",
            "2h 3 offers",
            "2h 30 payroll",
            "2hinbox",
            "1.5k emails",
            "50% inbox",
            "1.5/2 inbox",
        ] {
            let read = read_log_line(text);
            assert_eq!(read.unwrap_err().code, "log.duration", "{text}");
        }
    }
}
