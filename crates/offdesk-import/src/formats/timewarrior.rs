//! Timewarrior: the JSON of `timew export`, and the data files with one `inc` line per interval; both in UTC.
//!
//! `inc 20260212T081500Z - 20260212T094000Z # halden "two words" # "note"`: tags, then an annotation; no end
//! while it runs. The export's `id` counts back from the newest interval and shifts, so it is never used.

use std::borrow::Cow;

use offdesk_domain::{Day, EntryKind};

use crate::detect::{Format, Head, Nature};
use crate::entry::{Entry, Tags};
use crate::input::Input;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::clock::Clock;
use crate::text::elements::{Element, each_in_place};
use crate::text::lines::each_line;
use crate::text::loose::{TAG_SEPARATOR, TagList, Text};
use crate::text::span::stamp;

/// The JSON that `timew export` writes.
pub const JSON: Format = Format {
    id: "timewarrior.json",
    label: "Timewarrior export",
    kind: EntryKind::Measured,
    sniff: is_export,
    read: read_export,
};

/// A data file of one month, `YYYY-MM.data`.
pub const DATA: Format = Format {
    id: "timewarrior.data",
    label: "Timewarrior data file",
    kind: EntryKind::Measured,
    sniff: is_data,
    read: read_data,
};

fn is_export(head: &Head<'_>) -> bool {
    if head.nature != Nature::Json || !head.json.has_all(&["start"]) {
        return false;
    }
    let after = |text: &'_ str, mark: char| -> Option<usize> {
        let rest = text.trim_start();
        rest.starts_with(mark)
            .then_some(text.len() - rest.len() + mark.len_utf8())
    };
    head.text
        .split_once("\"start\"")
        .and_then(|(_, rest)| rest.get(after(rest, ':')?..))
        .and_then(|rest| rest.get(after(rest, '"')?..))
        .and_then(|rest| rest.get(..16))
        .is_some_and(|text| text.contains('T') && text.ends_with('Z') && stamp(text).is_some())
}

fn is_data(head: &Head<'_>) -> bool {
    head.nature == Nature::Text
        && head
            .text
            .lines()
            .find(|line| !line.trim().is_empty())
            .and_then(|line| line.strip_prefix("inc "))
            .and_then(|rest| rest.get(..16))
            .is_some_and(|text| stamp(text).is_some())
}

#[derive(serde::Deserialize)]
#[serde(expecting = "an interval")]
struct Exported<'b> {
    #[serde(borrow)]
    start: Text<'b>,
    #[serde(borrow, default)]
    end: Option<Text<'b>>,
    #[serde(borrow, default)]
    tags: TagList<'b>,
    #[serde(borrow, default)]
    annotation: Option<Text<'b>>,
}

struct Intervals;

impl Element for Intervals {
    type Value<'b> = Exported<'b>;
}

fn read_export(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let clock = days_clock(reading);
    each_in_place::<Intervals>(input, reading, |line, interval, reading| {
        let given = Given {
            line,
            start: &interval.start.0,
            end: interval.end.as_ref().map(|end| end.0.as_ref()),
            tags: &interval.tags.0,
            annotation: interval.annotation.as_ref().map_or("", |text| &text.0),
        };
        given.hand_on(&clock, reading);
        Ok(())
    })
}

fn read_data(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let clock = days_clock(reading);
    let mut tags = String::new();
    each_line(input, reading, |line, text, reading| {
        if !text.starts_with("inc ") && text.trim().is_empty() {
            return Ok(());
        }
        match data_line(text, &mut tags) {
            Some((start, end, annotation)) => Given {
                line,
                start,
                end,
                tags: &tags,
                annotation: &annotation,
            }
            .hand_on(&clock, reading),
            None => reading.problem(
                Problem::bad(
                    "import.line",
                    "this is no interval: a line reads inc START - END # tags",
                )
                .at(line)
                .value(text),
            ),
        }
        Ok(())
    })
}

/// The clock that tells the day of an instant: the caller's zone, else UTC, said once.
pub(crate) fn days_clock(reading: &mut Reading<'_>) -> Clock {
    if reading.options.zone.is_none() {
        reading.decide("times are in UTC, and so are the days; name your zone with --tz Area/City");
    }
    Clock::new(&reading.zone())
}

struct Given<'g> {
    line: u64,
    start: &'g str,
    end: Option<&'g str>,
    tags: &'g str,
    annotation: &'g str,
}

impl Given<'_> {
    fn hand_on(&self, clock: &Clock, reading: &mut Reading<'_>) {
        let no_time = |text: &str, column: &str| {
            Problem::bad("import.time", "this is no time such as 20260212T081500Z")
                .at(self.line)
                .column(column)
                .value(text)
        };
        let Some(start) = stamp(self.start) else {
            reading.problem(no_time(self.start, "start"));
            return;
        };
        let Some(end) = self.end else {
            reading.problem(
                Problem::left_out("import.running", "this interval is still running").at(self.line),
            );
            return;
        };
        let end_text = end;
        let Some(end) = stamp(end_text) else {
            reading.problem(no_time(end_text, "end"));
            return;
        };
        let times = [(start, self.start, "start"), (end, end_text, "end")];
        for (at, text, column) in times {
            if let Some(note) = at.leap_second(text) {
                reading.problem(note.at(self.line).column(column));
            }
        }
        reading.entry(&Entry {
            line: self.line,
            description: self.annotation.trim(),
            tags: Tags::new(self.tags, TAG_SEPARATOR),
            day: Some(Day::from_epoch_seconds(clock.wall(start.utc))),
            span: Some((start.utc, end.utc)),
            seconds: end.utc - start.utc,
            ..Entry::default()
        });
    }
}

/// Start, end and annotation of an `inc` line; its tags go to `tags`, joined.
fn data_line<'l>(
    text: &'l str,
    tags: &mut String,
) -> Option<(&'l str, Option<&'l str>, Cow<'l, str>)> {
    tags.clear();
    let text = text.strip_prefix("inc ")?;
    let (start, mut rest) = word(text);
    let mut end = None;
    if let Some(behind) = rest.strip_prefix("- ") {
        let (word, behind) = word(behind);
        end = Some(word);
        rest = behind;
    }
    if rest.is_empty() {
        return Some((start, end, Cow::Borrowed("")));
    }
    let (mark, mut rest) = word(rest);
    if mark != "#" {
        return None;
    }
    let mut annotation = Cow::Borrowed("");
    while !rest.is_empty() {
        let (token, behind) = token(rest);
        // A tag that is a lone hash sign would be quoted: this one begins the annotation.
        if token == "#" && !rest.starts_with('"') {
            annotation = self::token(behind).0;
            break;
        }
        if !tags.is_empty() {
            tags.push_str(TAG_SEPARATOR);
        }
        tags.push_str(&token);
        rest = behind;
    }
    Some((start, end, annotation))
}

/// What stands before the next blank, and what behind it.
fn word(text: &str) -> (&str, &str) {
    let text = behind_blanks(text);
    // Words are short: looking at one byte after the other is faster than a search made ready for long texts.
    let end = text.bytes().position(|byte| byte == b' ');
    let (word, rest) = text
        .split_at_checked(end.unwrap_or(text.len()))
        .unwrap_or((text, ""));
    (word, behind_blanks(rest))
}

fn behind_blanks(text: &str) -> &str {
    let blanks = text.bytes().take_while(|byte| *byte == b' ').count();
    text.get(blanks..).unwrap_or("")
}

/// A word, or a text in quotation marks, in which `\"` is a quotation mark.
fn token(text: &str) -> (Cow<'_, str>, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (word, rest) = word(text);
        return (Cow::Borrowed(word), rest);
    };
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'"', quoted.get(from..).unwrap_or("").as_bytes()) {
        let end = from + at;
        let (inside, rest) = quoted.split_at_checked(end).unwrap_or((quoted, ""));
        if !inside.ends_with('\\') {
            let rest = behind_blanks(rest.get(1..).unwrap_or(""));
            // Any mark before this one stands behind a backslash.
            let inside = if from > 0 {
                Cow::Owned(inside.replace("\\\"", "\""))
            } else {
                Cow::Borrowed(inside)
            };
            return (inside, rest);
        }
        from = end + 1;
    }
    (Cow::Borrowed(quoted), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_lines() {
        let check = |line: &str, expected: Option<(&str, Option<&str>, &str, &str)>| {
            let mut tags = String::new();
            let read = data_line(line, &mut tags);
            let read = read.map(|(start, end, note)| (start, end, note.into_owned()));
            let expected = expected.map(|(start, end, joined, note)| {
                assert_eq!(tags.replace(TAG_SEPARATOR, "|"), joined, "{line}");
                (start, end, note.to_owned())
            });
            assert_eq!(read, expected, "{line}");
        };
        let (a, b) = ("20260212T081500Z", "20260212T094000Z");
        let line = |rest: &str| format!("inc {a} - {b}{rest}");
        check(&line(""), Some((a, Some(b), "", "")));
        check(&line(" # x"), Some((a, Some(b), "x", "")));
        check(
            &line(" # #tag a,b back\\slash o'neil"),
            Some((a, Some(b), "#tag|a,b|back\\slash|o'neil", "")),
        );
        check(
            &line(r#" # it#hash "say \"hi\"" "two words" # "a note, \"quoted\" # hash""#),
            Some((
                a,
                Some(b),
                "it#hash|say \"hi\"|two words",
                "a note, \"quoted\" # hash",
            )),
        );
        check(
            &line(r#" # # "only a note""#),
            Some((a, Some(b), "", "only a note")),
        );
        check(&format!("inc {a}"), Some((a, None, "", "")));
        check(&format!("inc {a} # foo"), Some((a, None, "foo", "")));
        check(
            &line(r#" # "never closed"#),
            Some((a, Some(b), "never closed", "")),
        );
        check(&line(" foo"), None);
        check("exc mon", None);
    }
}
