//! What people type with an assignment, checked: texts, links, hours, places in lists.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use offdesk_import::text::duration::{DurationStyle, duration};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::error::Error;
pub(super) use crate::people::text_of;

/// So many letters a title may have.
pub(super) const LONGEST_TITLE: usize = 160;
/// So many letters a note, a question, an answer or a finding may have.
pub(super) const LONGEST_NOTE: usize = 4_000;
/// So many letters a deliverable's text may have.
pub(super) const LONGEST_TEXT: usize = 60_000;
/// So many letters a link may have.
const LONGEST_LINK: usize = 2_000;
/// So many seconds an assignment may have taken: a thousand hours.
pub(super) const MOST_SECONDS: i64 = 3_600_000;

/// A text that has to be there.
pub(super) fn said(
    field: &'static str,
    code: &'static str,
    text: &str,
    missing: &str,
) -> Result<String, Error> {
    let text = text_of(field, text, LONGEST_NOTE)?;
    if text.is_empty() {
        return Err(Error::invalid(field, code, missing));
    }
    Ok(text)
}

/// A link as it is kept; empty where none is given. Only the web's own schemes, so that no link runs something where it is opened.
pub(super) fn link_of(text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let lower = text.to_ascii_lowercase();
    let is_web = ["https://", "http://"].iter().any(|scheme| {
        lower
            .strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty())
    });
    let is_clean = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    if is_web && is_clean && text.len() <= LONGEST_LINK {
        return Ok(text.to_owned());
    }
    let shown = offdesk_import::problem::shown(text);
    Err(
        Error::invalid("link", "assignment.link", format!("\"{shown}\" is no link"))
            .hint("it begins with https:// and has no blanks in it"),
    )
}

/// A place in a list, from one; refused where the list is shorter.
pub(super) fn place_of(
    field: &'static str,
    place: Option<i64>,
    length: usize,
) -> Result<Option<i64>, Error> {
    let Some(place) = place else {
        return Ok(None);
    };
    let is_there = usize::try_from(place).is_ok_and(|at| (1..=length).contains(&at));
    if is_there {
        return Ok(Some(place));
    }
    let code = match field {
        "criterion" => "assignment.criterion",
        _ => "assignment.step",
    };
    let message = match length {
        0 => format!("there is no {field} {place}: the blueprint has none"),
        _ => format!("there is no {field} {place}: they are 1 to {length}"),
    };
    Err(Error::invalid(field, code, message))
}

/// Seconds that somebody says something took.
pub(crate) fn seconds_of(field: &'static str, seconds: i64) -> Result<i64, Error> {
    if (0..=MOST_SECONDS).contains(&seconds) {
        return Ok(seconds);
    }
    Err(Error::invalid(
        field,
        "assignment.hours",
        "this is no time that it can have taken",
    )
    .hint("write hours between 0 and 1000, such as 1.5"))
}

/// Hours as people type them: `1:30`, `1h30`, `90 min`, `1.5 h`, `1,5`, `1.5`. A comma is a decimal mark, since nobody works thousands.
///
/// # Errors
/// What to type, in words.
pub fn hours_typed(text: &str) -> Result<Decimal, String> {
    let text = text.trim();
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-');
    if text.chars().all(is_number)
        && let Ok(hours) = text.replace(',', ".").parse()
    {
        return Ok(hours);
    }
    // The minutes of 1h30 have no unit.
    let spelled = match text.ends_with(|c: char| c.is_ascii_digit()) && text.contains(['h', 'H']) {
        true => format!("{text}m"),
        false => text.to_owned(),
    };
    let style = DurationStyle {
        has_decimal_comma: true,
        ..DurationStyle::PLAIN
    };
    let seconds = duration(&spelled, style);
    let hours = seconds.and_then(|it| Decimal::from(it).checked_div(Decimal::from(3600)));
    hours.ok_or_else(|| {
        "it is no time: write hours and minutes as 1:30, 1h30 or 90 min, or hours as 1.5".to_owned()
    })
}

/// Hours as programs write them, in seconds.
///
/// # Errors
/// `assignment.hours` for what is no time that something can have taken.
pub fn seconds_of_hours(field: &'static str, hours: Decimal) -> Result<i64, Error> {
    let seconds = hours
        .checked_mul(Decimal::from(3600))
        .and_then(|seconds| seconds.round().to_i64());
    seconds_of(field, seconds.unwrap_or(-1))
}

/// A moment as people and programs write it: `2026-03-27T17:00:00+01:00`; without an offset on the wall clock of a zone, where one is
/// known. A day alone is its last minute there.
///
/// # Errors
/// `assignment.moment`.
pub fn moment_of(
    field: &'static str,
    text: &str,
    zone: Option<&TimeZone>,
) -> Result<Timestamp, Error> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let last_minute = |day: Date| day.at(23, 59, 0, 0);
    let civil = match text.len() {
        10 => text.parse().ok().map(last_minute),
        _ => text.parse::<DateTime>().ok(),
    };
    let is_unzoned = civil.is_some() && zone.is_none();
    let at = civil
        .zip(zone)
        .and_then(|(wall, zone)| zone.to_ambiguous_timestamp(wall).compatible().ok());
    at.ok_or_else(|| {
        let shown = offdesk_import::problem::shown(text);
        Error::invalid(
            field,
            "assignment.moment",
            format!("\"{shown}\" is no moment"),
        )
        .hint(if is_unzoned {
            "no time zone is known here: write it as 2026-03-27T17:00:00+01:00, with its offset from UTC"
        } else {
            "write it as 2026-03-27T17:00:00+01:00; without the offset, or as a day alone, where a time zone is known"
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_three_ways() {
        let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
        let check = |text: &str, zone: Option<&TimeZone>, expected: &str| {
            let said = moment_of("due", text, zone);
            let said = said.map_or_else(|error| error.code.to_string(), |at| at.to_string());
            assert_eq!(said, expected, "{text}");
        };
        let zone = Some(&lisbon);
        check("2026-07-01T17:00+02:00", None, "2026-07-01T15:00:00Z");
        check(" 2026-07-01T17:00 ", zone, "2026-07-01T16:00:00Z");
        check("2026-07-01", zone, "2026-07-01T22:59:00Z");
        check("2026-07-01", None, "assignment.moment");
        check("2026-07-01T17:00", None, "assignment.moment");
        check("2026-02-30", zone, "assignment.moment");
        check("1 July 26", zone, "assignment.moment");
        check("", zone, "assignment.moment");
        // Where the clocks skip an hour, the moment they skip to.
        check("2026-03-29T01:30", zone, "2026-03-29T01:30:00Z");
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        let read = |text: &str| {
            let hours = hours_typed(text).ok()?;
            seconds_of_hours("hours", hours).ok()
        };
        for text in [
            "1:30",
            "1h30",
            "1h30m",
            "1 h 30 min",
            "90 min",
            "90m",
            "1.5 h",
            "1,5",
            "1.5",
            "1,5 h",
            "1:30 h",
            "PT1H30M",
        ] {
            assert_eq!(read(text), Some(5_400), "{text}");
        }
        assert_eq!(read("1:10"), Some(4_200));
        assert_eq!(read("1.166666667"), Some(4_200));
        assert_eq!(read("0"), Some(0));
        for text in ["", "much", "1:90", "-1", "1.5.5", "1;30"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(hours_typed("much").unwrap_err().contains("1:30"));
    }
}
