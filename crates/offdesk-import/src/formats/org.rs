//! Org mode: the clock lines under the headings of an outline, `CLOCK: [2026-02-12 Thu 8:15]--[… 9:40] =>  1:25`.
//!
//! The printed sum may be stale, so the two stamps count. Times are local, to the minute; names of days are in
//! any language or `???`. Tags are inherited. Headings of fifteen and more stars are tasks within the text.

use offdesk_domain::{Day, EntryKind};

use crate::detect::{Format, Head, Nature};
use crate::entry::{Entry, Tags};
use crate::formats::org_outline::Outline;
use crate::input::Input;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::clock::Clock;
use crate::text::date::{self, DateText};
use crate::text::duration::{DurationStyle, duration};
use crate::text::lines::each_line;
use crate::text::span::{between, wall_seconds};

/// An Org file with clock lines.
pub const FORMAT: Format = Format {
    id: "org",
    label: "Org mode file",
    kind: EntryKind::Measured,
    sniff: is_org,
    read,
};

/// A clock line, or headings beside other things only Org has.
fn is_org(head: &Head<'_>) -> bool {
    if head.nature != Nature::Text {
        return false;
    }
    let is_clock = |line: &str| {
        clock_text(line).is_some_and(|text| {
            text.starts_with("=>")
                || text
                    .strip_prefix('[')
                    .is_some_and(|stamp| stamp.starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let has = |wanted: &dyn Fn(&str) -> bool| head.text.lines().any(wanted);
    let is_heading =
        |line: &str| line.starts_with('*') && line.trim_start_matches('*').starts_with(' ');
    let is_mark = |line: &str| {
        let line = line.trim();
        line.eq_ignore_ascii_case(":properties:")
            || line.eq_ignore_ascii_case(":logbook:")
            || line.starts_with("#+TITLE:")
            || line.starts_with("#+FILETAGS:")
            || line.starts_with("#+TODO:")
    };
    has(&is_clock) || has(&is_heading) && has(&is_mark)
}

/// What stands behind `CLOCK:`.
fn clock_text(line: &str) -> Option<&str> {
    let line = line.trim();
    let (mark, rest) = line.split_at_checked(6)?;
    mark.eq_ignore_ascii_case("CLOCK:")
        .then_some(rest.trim_start())
}

fn read(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let clock = Clock::new(&reading.zone());
    let mut outline = Outline::default();
    let mut id = String::new();
    let mut clocks: u64 = 0;
    each_line(input, reading, |line, text, reading| {
        if let Some(text) = clock_text(text) {
            clocks += 1;
            match ClockLine::of(text) {
                Ok(read) => hand_on(line, &read, &clock, &outline, &mut id, reading),
                Err(problem) => reading.problem(problem.at(line).value(text)),
            }
        } else {
            outline.line(text);
        }
        Ok(())
    })?;
    if clocks == 0 {
        reading.decide("there is no CLOCK line in this file");
    }
    Ok(())
}

#[derive(Debug, PartialEq)]
enum ClockLine {
    Running,
    /// Only the length, in seconds.
    Length(i64),
    /// Start and end on the wall clock, and the printed length.
    Closed(i64, i64, Option<i64>),
}

impl ClockLine {
    fn of(text: &str) -> Result<Self, Problem> {
        if let Some(length) = text.strip_prefix("=>") {
            return duration(length, DurationStyle::PLAIN)
                .map(Self::Length)
                .ok_or_else(|| Problem::bad("import.duration", "this is no length such as 1:25"));
        }
        let ((day, time), rest) = stamp(text)?;
        if time >= 86_400 {
            return Err(Problem::bad(
                "import.time",
                "24:00 ends a day, but nothing starts then",
            ));
        }
        let start = wall_seconds(day, time);
        let Some(rest) = rest.trim_start().strip_prefix("--") else {
            return if rest.trim().is_empty() {
                Ok(Self::Running)
            } else {
                Err(Problem::bad(
                    "import.time",
                    "two dashes and a second time in brackets should follow the first",
                ))
            };
        };
        let ((day, time), rest) = stamp(rest)?;
        let printed = rest
            .split_once("=>")
            .and_then(|(_, length)| duration(length, DurationStyle::PLAIN));
        Ok(Self::Closed(start, wall_seconds(day, time), printed))
    }
}

/// Day and time of `[2026-02-12 Thu 8:15]`, and what follows.
fn stamp(text: &str) -> Result<((Day, i32), &str), Problem> {
    let wrong = || {
        Problem::bad(
            "import.time",
            "this is no time in brackets such as [2026-02-12 Thu 08:15]",
        )
    };
    let (inside, rest) = text
        .strip_prefix('[')
        .and_then(|text| text.split_once(']'))
        .ok_or_else(wrong)?;
    let Some((DateText::Known(day), inside)) = date::date_prefix(inside) else {
        return Err(wrong());
    };
    let time = inside
        .split_ascii_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .and_then(date::time_of_day)
        .ok_or_else(wrong)?;
    Ok(((day, time), rest))
}

fn hand_on(
    line: u64,
    read: &ClockLine,
    clock: &Clock,
    outline: &Outline,
    id: &mut String,
    reading: &mut Reading<'_>,
) {
    let heading = outline.heading();
    let entry = Entry {
        line,
        project: &heading.path,
        task: &heading.title,
        tags: Tags::new(&heading.tags, ":"),
        ..Entry::default()
    };
    match *read {
        ClockLine::Running => reading.problem(
            Problem::left_out("import.running", "this clock has no end: still running").at(line),
        ),
        ClockLine::Length(seconds) => reading.entry(&Entry {
            seconds,
            is_total: true,
            ..entry
        }),
        ClockLine::Closed(start, end, printed) => {
            let span = between(clock, start, end, printed);
            if let Some(doubt) = span.doubt {
                reading.problem(doubt.remark().at(line));
            }
            let seconds = span.end - span.start;
            if let Some(printed) = printed
                && (printed - seconds).abs() > 60
            {
                reading.problem(
                    Problem::note(
                        "import.inconsistent",
                        format!(
                            "the line says {}, its two times say {}; the times count",
                            hours_and_minutes(printed),
                            hours_and_minutes(seconds)
                        ),
                    )
                    .at(line),
                );
            }
            let day = Day::from_epoch_seconds(start);
            id.clear();
            if !heading.id.is_empty() {
                let minute = start.rem_euclid(86_400) / 60;
                id.push_str(&heading.id);
                id.push_str(&format!("/{day}T{:02}:{:02}", minute / 60, minute % 60));
            }
            reading.entry(&Entry {
                day: Some(day),
                span: Some((span.start, span.end)),
                seconds,
                external_id: id,
                ..entry
            });
        }
    }
}

fn hours_and_minutes(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let minutes = seconds.abs() / 60;
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_lines() {
        let start = 1_770_884_100;
        for (text, expected) in [
            (
                "[2026-02-12 Thu 8:15]--[2026-02-12 Thu 09:40] =>  1:25",
                ClockLine::Closed(start, start + 5100, Some(5100)),
            ),
            (
                "[2026-02-12 ??? 08:15]--[2026-02-12 09:40]",
                ClockLine::Closed(start, start + 5100, None),
            ),
            (
                "[2026-02-12 čt 8:15]--[2026-02-17 ma. 20:25] => 132:10",
                ClockLine::Closed(start, start + 475_800, Some(475_800)),
            ),
            (
                "[2026-02-12 Do 8:15]--[2026-02-12 Do 24:00]",
                ClockLine::Closed(start, start + 56_700, None),
            ),
            ("[2026-02-12 Thu 8:15]", ClockLine::Running),
            ("=> 2:30", ClockLine::Length(9000)),
        ] {
            assert_eq!(ClockLine::of(text).unwrap(), expected, "{text}");
        }
        for text in [
            "[2026-02-12 Thu]--[2026-02-12 Thu]",
            "[2026-02-30 Mon 8:15]",
            "[2026-02-12 Thu 8:15",
            "[2026-02-12 Thu 24:00]",
            "[2026-02-12 Thu 8:15] and more",
            "<2026-02-12 Thu 8:15>--<2026-02-12 Thu 9:15>",
            "[12-02-2026 Thu 8:15]",
            "",
        ] {
            assert_eq!(
                ClockLine::of(text).unwrap_err().code,
                "import.time",
                "{text}"
            );
        }
    }
}
