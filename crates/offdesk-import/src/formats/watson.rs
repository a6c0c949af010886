//! Watson: its `frames` file, `log --json`, and the tables of `log --csv` and `report --csv`.
//!
//! A frame is a list: start, stop (unix seconds), project, id, tags, time of the last change. What is running
//! is in another file. The report repeats a project's time once for each of its tags.

use std::fmt;

use offdesk_domain::{Day, EntryKind};
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, SeqAccess, Visitor};

use crate::detect::{Format, Head, Nature};
use crate::entry::{Entry, Tags};
use crate::formats::timewarrior::days_clock;
use crate::input::Input;
use crate::options::{DateOrder, Field};
use crate::problem::Problem;
use crate::reading::Reading;
use crate::table::{Layout, Skip, SkipRule, Unit};
use crate::text::elements::{Element, each_in_place};
use crate::text::loose::{TAG_SEPARATOR, TagList, Text};
use crate::text::span::stamp;

/// The file `frames` in Watson's folder.
pub const FRAMES: Format = Format {
    id: "watson.frames",
    label: "Watson frames",
    kind: EntryKind::Measured,
    sniff: is_frames,
    read: read_frames,
};

/// What `watson log --json` prints.
pub const LOG_JSON: Format = Format {
    id: "watson.log.json",
    label: "Watson log as JSON",
    kind: EntryKind::Measured,
    sniff: |head| {
        head.nature == Nature::Json
            && head.json.starts().starts_with("[{")
            && head
                .json
                .has_all(&["id", "project", "start", "stop", "tags"])
    },
    read: read_log,
};

/// What `watson log --csv` prints: wall-clock times without a zone, ids cut to seven characters.
pub static LOG: Layout = Layout {
    id: "watson.log",
    label: "Watson log",
    all_of: &[&["id", "start", "stop", "project", "tags"]],
    columns: &[
        (Field::Start, &["start"]),
        (Field::End, &["stop"]),
        (Field::Project, &["project"]),
        (Field::Tags, &["tags"]),
        (Field::Id, &["id"]),
    ],
    date_order: Some(DateOrder::Ymd),
    ..Layout::NONE
};

/// What `watson report --csv` and `watson aggregate --csv` print: seconds for each project, then for each of its tags.
pub static REPORT: Layout = Layout {
    id: "watson.report",
    label: "Watson report",
    all_of: &[&["from", "to", "project", "tag", "time"]],
    columns: &[
        (Field::Date, &["from"]),
        (Field::EndDate, &["to"]),
        (Field::Project, &["project"]),
        (Field::Duration, &["time"]),
    ],
    bare_duration: Unit::Seconds,
    is_dated_only: true,
    skip: &[SkipRule {
        columns: &["tag"],
        when: |tag| {
            (!tag.is_empty()).then_some(Skip {
                code: "import.repeated_total",
                why: "this row repeats time that the project's own row holds",
            })
        },
    }],
    totals: true,
    remark: "a report has totals, not entries: no days and no single times",
    ..Layout::NONE
};

/// `[[1770884100,1770889200,"…` and nothing else that begins with two brackets.
fn is_frames(head: &Head<'_>) -> bool {
    let mut chars = head.text.chars().filter(|c| !c.is_whitespace()).peekable();
    let mut take = |wanted: char| chars.next_if_eq(&wanted).is_some();
    if head.nature != Nature::Json || !take('[') || !take('[') {
        return false;
    }
    for _ in 0..2 {
        let mut digits = 0;
        while chars.next_if(|c| c.is_ascii_digit() || *c == '.').is_some() {
            digits += 1;
        }
        if digits < 9 || chars.next_if_eq(&',').is_none() {
            return false;
        }
    }
    chars.next() == Some('"')
}

struct Frame<'b> {
    start: i64,
    stop: i64,
    project: Text<'b>,
    id: Text<'b>,
    tags: TagList<'b>,
}

impl<'de: 'b, 'b> Deserialize<'de> for Frame<'b> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts;
        impl<'de> Visitor<'de> for Parts {
            type Value = Frame<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a frame of start, stop, project, id, tags")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Frame<'de>, A::Error> {
                let short = |missing: &str| A::Error::custom(format!("a frame without {missing}"));
                let frame = Frame {
                    start: seq
                        .next_element::<UnixSeconds>()?
                        .ok_or_else(|| short("start"))?
                        .0,
                    stop: seq
                        .next_element::<UnixSeconds>()?
                        .ok_or_else(|| short("stop"))?
                        .0,
                    project: seq.next_element()?.ok_or_else(|| short("project"))?,
                    id: seq.next_element()?.ok_or_else(|| short("id"))?,
                    // The oldest files end here.
                    tags: seq.next_element()?.unwrap_or_default(),
                };
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(frame)
            }
        }
        deserializer.deserialize_seq(Parts)
    }
}

struct UnixSeconds(i64);

impl<'de> Deserialize<'de> for UnixSeconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = UnixSeconds;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("unix seconds")
            }
            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<UnixSeconds, E> {
                i64::try_from(value)
                    .map(UnixSeconds)
                    .map_err(|_| E::custom("seconds beyond all clocks"))
            }
            fn visit_i64<E>(self, value: i64) -> Result<UnixSeconds, E> {
                Ok(UnixSeconds(value))
            }
            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<UnixSeconds, E> {
                crate::text::loose::milliseconds(value)
                    .map(|ms| UnixSeconds(ms.div_euclid(1000)))
                    .ok_or_else(|| E::custom("seconds beyond all clocks"))
            }
        }
        deserializer.deserialize_any(Number)
    }
}

struct Frames;

impl Element for Frames {
    type Value<'b> = Frame<'b>;
}

fn read_frames(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let clock = days_clock(reading);
    each_in_place::<Frames>(input, reading, |line, frame, reading| {
        reading.entry(&Entry {
            line,
            project: frame.project.0.trim(),
            tags: Tags::new(&frame.tags.0, TAG_SEPARATOR),
            day: Some(Day::from_epoch_seconds(clock.wall(frame.start))),
            span: Some((frame.start, frame.stop)),
            seconds: frame.stop.saturating_sub(frame.start),
            external_id: &frame.id.0,
            ..Entry::default()
        });
        Ok(())
    })
}

#[derive(serde::Deserialize)]
#[serde(expecting = "a frame")]
struct Logged<'b> {
    #[serde(borrow)]
    id: Text<'b>,
    #[serde(borrow)]
    start: Text<'b>,
    #[serde(borrow)]
    stop: Option<Text<'b>>,
    #[serde(borrow)]
    project: Text<'b>,
    #[serde(borrow, default)]
    tags: TagList<'b>,
}

struct Log;

impl Element for Log {
    type Value<'b> = Logged<'b>;
}

fn read_log(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    each_in_place::<Log>(input, reading, |line, logged, reading| {
        let no_time = |text: &str, column: &str| {
            Problem::bad(
                "import.time",
                "this is no time with an offset such as 2026-02-12T08:15:00+01:00",
            )
            .at(line)
            .column(column)
            .value(text)
        };
        let Some(Text(stop)) = &logged.stop else {
            reading.problem(
                Problem::left_out("import.running", "this frame is still running").at(line),
            );
            return Ok(());
        };
        let Some(start) = stamp(&logged.start.0) else {
            reading.problem(no_time(&logged.start.0, "start"));
            return Ok(());
        };
        let Some(end) = stamp(stop) else {
            reading.problem(no_time(stop, "stop"));
            return Ok(());
        };
        let times = [(start, &logged.start.0, "start"), (end, stop, "stop")];
        for (at, text, column) in times {
            if let Some(note) = at.leap_second(text) {
                reading.problem(note.at(line).column(column));
            }
        }
        reading.entry(&Entry {
            line,
            project: logged.project.0.trim(),
            tags: Tags::new(&logged.tags.0, TAG_SEPARATOR),
            day: Some(Day::from_epoch_seconds(start.wall)),
            span: Some((start.utc, end.utc)),
            seconds: end.utc - start.utc,
            external_id: &logged.id.0,
            ..Entry::default()
        });
        Ok(())
    })
}
