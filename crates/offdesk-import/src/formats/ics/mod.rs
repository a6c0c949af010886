//! Calendars (iCalendar, RFC 5545), as Google, Exchange and Apple write them, alone or several in a zip.
//!
//! A calendar is components (`BEGIN:VEVENT` to `END:VEVENT`) of content lines (`NAME;PARAM=VALUE:VALUE`), folded where
//! a line begins with a blank. An event has a start, an end or a length, and may repeat by rule (`RRULE`) and by list
//! (`RDATE`, `EXDATE`); an event with the same `UID` and a `RECURRENCE-ID` replaces one instance, before or after its
//! series in the file. Times are in UTC, in a named zone, or in none. What is read is the whole file, kept compact;
//! then every event is expanded within the asked period and never past now, and overlapping time is shared out.
//! All-day, cancelled, declined, free and private events are left out, each with its line.

mod archive;
mod clocks;
mod event;
mod expand;
mod lines;
mod parse;
mod roles;
mod series;
mod share;
mod value;
mod window;
mod windows;
mod zones;

pub(crate) use zones::{NoClock, clock_named};

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read};

use jiff::Timestamp;
use offdesk_domain::{EntryKind, Seconds};

use crate::detect::{Format, Nature};
use crate::entry::{Entry, Tags};
use crate::input::{Input, unreadable};
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::{encoding, lines as text_lines};

use clocks::Clocks;
use event::{Event, TAG_SEPARATOR};
use expand::{Expander, Instance, Original};
use parse::{Calendars, Parser};
use window::Window;
use zones::Remark;

/// A calendar file.
pub const FORMAT: Format = Format {
    id: "ics",
    label: "calendar (ICS)",
    kind: EntryKind::Implied,
    sniff: |head| head.nature == Nature::Calendar,
    read: read_file,
};

/// A zip with calendar files in it, such as a take-out.
pub const ARCHIVE: Format = Format {
    id: "ics.archive",
    label: "calendars (ICS in a zip)",
    kind: EntryKind::Implied,
    sniff: archive::is_archive,
    read: archive::read,
};

fn read_file(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let name = input.file_name().to_owned();
    let mut kept = Calendars::default();
    read_stream(input.start()?, "", stem(&name), &mut kept, reading)?;
    give(kept, reading)
}

/// A file's name without its ending.
fn stem(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Reads one calendar file; `file` is its name in an archive.
fn read_stream(
    stream: impl Read,
    file: &str,
    stem: &str,
    kept: &mut Calendars,
    reading: &mut Reading<'_>,
) -> Result<(), Problem> {
    let mut reader = BufReader::with_capacity(256 * 1024, stream);
    let head = reader.fill_buf().map_err(|error| unreadable(&error))?;
    if encoding::is_utf16(head) {
        let text = text_lines::decode_utf16(reader)?;
        reading.decide("UTF-16");
        return Parser::new(kept, reading, file, stem).read(&mut text.as_bytes());
    }
    Parser::new(kept, reading, file, stem).read(&mut reader)
}

/// Gives the instances of all events as entries.
fn give(kept: Calendars, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let Calendars {
        calendars,
        events,
        mut zones,
        others,
        links,
        odd_lines,
    } = kept;
    let window = Window::of(reading.options);
    let zone = reading.options.zone.clone();
    let clocks = Clocks::new(&mut zones, &calendars, zone.as_ref(), window.now);
    let mut expander = Expander::new(reading, &calendars, &events, clocks, window);
    expander.run()?;
    let Expander {
        reading,
        mut clocks,
        mut instances,
        declined_by_somebody,
        has_series,
        ..
    } = expander;
    if clocks.has_unzoned {
        reading.ask("These times carry no zone: which one are they in? Say it with --tz Area/City");
    }
    if has_series {
        reading.decide(format!("repeating events counted from {} on", window.first));
    }
    tell_of_zones(std::mem::take(&mut clocks.zones().remarks), reading);
    if let Some((line, text, count)) = odd_lines {
        let message = format!("lines that are no calendar properties: {count}; this is the first");
        reading.problem(
            Problem::note("import.ics_line", message)
                .at(line)
                .value(&text),
        );
    }
    if others > 0 {
        let message =
            format!("to-dos, journal entries and free/busy blocks, which are no events: {others}");
        reading.problem(Problem::note("import.not_an_event", message));
    }
    if links > 0 {
        let message = format!("attachments and conference links, which are not fetched: {links}");
        reading.problem(Problem::note("import.attachment", message));
    }
    if let Some((count, line)) = declined_by_somebody {
        let message = format!(
            "events one guest declined: {count}, this the first; they count, as the calendar does not say whose it is"
        );
        reading.problem(Problem::note("import.declined_by_somebody", message).at(line));
    }
    instances.sort_by_key(|i| (i.start, i.end, i.event));
    give_entries(&instances, &events, reading)
}

fn give_entries(
    instances: &[Instance],
    events: &[Event],
    reading: &mut Reading<'_>,
) -> Result<(), Problem> {
    let allow_long = reading.options.allow_long;
    let shares = share::share(instances, |i| allow_long || i.end - i.start <= 86_400);
    reading.report.shares_time = true;
    if shares.overlapped > 0 {
        let hours = Seconds(shares.overlapped).hours().round_dp(2).normalize();
        let count = shares.instances;
        let message = format!(
            "entries that overlap: {count}, for {hours} hours; shared time is divided equally among them"
        );
        reading.problem(Problem::note("import.overlap", message));
    }
    let mut id = String::new();
    for (number, (instance, seconds)) in instances.iter().zip(shares.seconds).enumerate() {
        let Some(event) = events.get(instance.event) else {
            continue;
        };
        if number % 1024 == 1023 {
            reading.progress(0, 1024)?;
        }
        external_id(event, instance.original, &mut id);
        reading.entry(&Entry {
            line: event.line,
            description: event.summary(),
            tags: Tags::new(event.tags(), TAG_SEPARATOR),
            day: Some(instance.day),
            span: Some((instance.start, instance.end)),
            seconds,
            external_id: &id,
            ..Entry::default()
        });
    }
    Ok(())
}

/// The UID, and for an instance of a series the time at which the series would have had it start.
fn external_id(event: &Event, original: Option<Original>, id: &mut String) {
    id.clear();
    if event.uid().is_empty() {
        return;
    }
    id.push_str(event.uid());
    // Writing to a string cannot fail.
    let _ = match original {
        None => Ok(()),
        Some(Original::On(day)) => write!(id, "/{}", day.date().strftime("%Y%m%d")),
        Some(Original::At(at)) => match Timestamp::from_second(at) {
            Ok(at) => write!(id, "/{}", at.strftime("%Y%m%dT%H%M%SZ")),
            Err(_) => Ok(()),
        },
    };
}

fn tell_of_zones(remarks: Vec<Remark>, reading: &mut Reading<'_>) {
    for remark in remarks {
        match remark {
            Remark::Read(decision) => reading.decide(decision),
            Remark::Contradiction(line, name) => reading.problem(
                Problem::note(
                    "import.tzid_differs",
                    "the file's own definition of this zone differs from the IANA zone, which is used",
                )
                .at(line)
                .value(&name),
            ),
            Remark::Endless(line, name) => reading.problem(
                Problem::note(
                    "import.rrule_limit",
                    "the rules of this zone's definition have no end; the definition is not used",
                )
                .at(line)
                .value(&name),
            ),
        }
    }
}
