//! Components of a calendar file: events and zone definitions, kept compact until the whole file is read.

mod properties;

use std::io::BufRead;

use self::properties::address;
use super::event::{Draft, Event};
use super::lines::{Line, Lines, name_of};
use super::zones::{Definition, Observance, Zones};
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::encoding;

/// Deepest nesting of components.
const DEEPEST: usize = 8;
/// One `VCALENDAR`.
#[derive(Debug, Default)]
pub struct Calendar {
    /// Name of the file in an archive; empty for a plain file.
    pub file: String,
    /// `X-WR-TIMEZONE`.
    pub zone: Option<u32>,
    /// E-mail of the owner in lower case, where the calendar is named after it.
    pub owner: String,
    /// Its definitions of zones.
    pub definitions: Vec<usize>,
    /// `METHOD:CANCEL`.
    pub is_cancelled: bool,
}

/// Everything kept of one file or archive.
#[derive(Debug, Default)]
pub struct Calendars {
    /// Calendars, in order.
    pub calendars: Vec<Calendar>,
    /// Events, in order.
    pub events: Vec<Event>,
    /// Zones of all calendars.
    pub zones: Zones,
    /// To-dos, journal entries and free/busy blocks met.
    pub others: u64,
    /// Attachments and conference links met; never fetched.
    pub links: u64,
    /// Lines that are no properties: the first, and how many.
    pub odd_lines: Option<(u64, String, u64)>,
}

/// A component being read.
struct Open {
    name: String,
    line: u64,
}

/// Reads one file; `file` is its name in an archive, empty for a plain file, and `stem` its name without ending.
pub struct Parser<'p, 'r> {
    into: &'p mut Calendars,
    reading: &'p mut Reading<'r>,
    file: &'p str,
    stem: &'p str,
    stack: Vec<Open>,
    event: Option<Draft>,
    zone: Option<Definition>,
    calendars: u64,
}

impl<'p, 'r> Parser<'p, 'r> {
    /// A parser that adds to what is kept.
    pub fn new(
        into: &'p mut Calendars,
        reading: &'p mut Reading<'r>,
        file: &'p str,
        stem: &'p str,
    ) -> Self {
        Self {
            into,
            reading,
            file,
            stem,
            stack: Vec::new(),
            event: None,
            zone: None,
            calendars: 0,
        }
    }

    /// Reads all lines.
    ///
    /// # Errors
    /// `import.ics_end`, `import.depth`, `import.truncated`, `import.not_ics` and what [`Lines`] returns.
    pub fn read(mut self, reader: &mut dyn BufRead) -> Result<(), Problem> {
        let mut lines = Lines::new(reader);
        let mut told = 0;
        while let Some(line) = lines.next()? {
            self.line(&line)?;
            told += lines.take_count();
            if told > 1 << 20 {
                self.reading.progress(told, 0)?;
                told = 0;
            }
        }
        self.reading.progress(told, 0)?;
        if let Some(open) = self.stack.last() {
            return Err(Problem::fatal(
                "import.truncated",
                format!(
                    "the {} begun in line {} never ends: the file stops after line {}",
                    open.name,
                    open.line,
                    lines.last_number()
                ),
            )
            .at(open.line)
            .hint("export the calendar again; an interrupted download is cut short"));
        }
        if self.calendars == 0 {
            return Err(Problem::fatal(
                "import.not_ics",
                "there is no BEGIN:VCALENDAR in this file",
            )
            .hint("export the calendar as .ics"));
        }
        Ok(())
    }

    fn line(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let Some(name) = name_of(line.bytes) else {
            let (text, _) = encoding::decode(line.bytes);
            match &mut self.into.odd_lines {
                Some((_, _, count)) => *count += 1,
                none => *none = Some((line.number, text.chars().take(80).collect(), 1)),
            }
            return Ok(());
        };
        match name.as_str() {
            "BEGIN" => self.begin(line),
            "END" => self.end(line),
            _ => {
                self.property(&name, line);
                Ok(())
            }
        }
    }

    fn begin(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let name = component(line);
        if let Some(outer) = self.stack.get(DEEPEST - 1) {
            return Err(Problem::fatal(
                "import.depth",
                format!(
                    "{name} is nested more than {DEEPEST} deep, in the {} of line {}",
                    outer.name, outer.line
                ),
            )
            .at(line.number));
        }
        match name.as_str() {
            "VCALENDAR" => {
                if let Some(open) = self.stack.last() {
                    return Err(mismatch(open, line, "BEGIN:VCALENDAR comes"));
                }
                self.calendars += 1;
                self.into.calendars.push(Calendar {
                    file: self.file.to_owned(),
                    owner: address(self.stem).unwrap_or_default(),
                    ..Calendar::default()
                });
            }
            "VEVENT" => {
                if self.event.is_some() || self.calendars == 0 {
                    let open = self.stack.last();
                    return Err(open.map_or_else(
                        || {
                            Problem::fatal("import.not_ics", "this event is in no calendar")
                                .at(line.number)
                        },
                        |open| mismatch(open, line, "BEGIN:VEVENT comes"),
                    ));
                }
                let mut draft = Draft::default();
                draft.event.line = line.number;
                draft.event.calendar = self.into.calendars.len().saturating_sub(1);
                draft.event.version.1 = i64::MIN;
                self.event = Some(draft);
            }
            "VTIMEZONE" => {
                self.zone = Some(Definition {
                    line: line.number,
                    ..Definition::default()
                });
            }
            "STANDARD" | "DAYLIGHT" => {
                if let Some(zone) = &mut self.zone {
                    zone.parts.push(Observance::default());
                }
            }
            "VTODO" | "VJOURNAL" | "VFREEBUSY" => self.into.others += 1,
            _ => {}
        }
        self.stack.push(Open {
            name,
            line: line.number,
        });
        Ok(())
    }

    fn end(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let name = component(line);
        let Some(open) = self.stack.pop() else {
            return Err(Problem::fatal(
                "import.ics_end",
                format!("END:{name} ends nothing that was begun"),
            )
            .at(line.number));
        };
        if open.name != name {
            return Err(mismatch(&open, line, &format!("END:{name} comes")));
        }
        match name.as_str() {
            "VEVENT" => {
                if let Some(draft) = self.event.take() {
                    self.into.events.push(draft.finished());
                }
            }
            "VTIMEZONE" => {
                if let Some(zone) = self.zone.take() {
                    let number = self.into.zones.define(zone);
                    if let Some(calendar) = self.into.calendars.last_mut() {
                        calendar.definitions.push(number);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn mismatch(open: &Open, line: &Line<'_>, what: &str) -> Problem {
    Problem::fatal(
        "import.ics_end",
        format!(
            "{what} while the {} begun in line {} is open",
            open.name, open.line
        ),
    )
    .at(line.number)
    .hint("export the calendar again; a line is missing")
}

/// The component a `BEGIN` or `END` names.
fn component(line: &Line<'_>) -> String {
    let (text, _) = encoding::decode(line.bytes);
    let value = text.split_once(':').map_or("", |(_, value)| value);
    crate::problem::shown(&value.trim().to_ascii_uppercase())
}

fn has_word(bytes: &[u8], word: &[u8]) -> bool {
    bytes
        .windows(word.len())
        .any(|part| part.eq_ignore_ascii_case(word))
}
