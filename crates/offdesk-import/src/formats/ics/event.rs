//! One event as it is written: its texts, times, repetition, and what it says about itself.

use super::lines::{Line, Property};
use super::rule::Rule;
use super::value::{self, Length, Place, Stamp};
use super::zones::Zones;
use crate::problem::Problem;

/// Most added or removed times one event may list.
pub const LISTED: usize = 100_000;
/// What separates the tags kept of an event.
pub const TAG_SEPARATOR: &str = "\u{1f}";

/// What an event says about whether it is work.
#[derive(Debug, Clone, Copy, Default)]
pub struct Marks {
    /// `STATUS:CANCELLED`.
    pub is_cancelled: bool,
    /// Shown as free.
    pub is_free: bool,
    /// Private or confidential.
    pub is_private: bool,
    /// Marked as lasting all day by Exchange, whatever its times.
    pub is_all_day: bool,
}

/// How an event repeats.
#[derive(Debug, Default)]
pub struct Recurrence {
    /// `RRULE`s.
    pub rules: Vec<Rule>,
    /// `EXRULE`s.
    pub except: Vec<Rule>,
    /// `RDATE`s, each with its own end where it is a period.
    pub added: Vec<(Stamp, Option<End>)>,
    /// `EXDATE`s.
    pub removed: Vec<Stamp>,
    /// More dates than may be listed.
    pub is_too_long: bool,
}

/// How an event says when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// At a time.
    At(Stamp),
    /// After a length.
    After(Length),
}

/// One `VEVENT`.
#[derive(Debug, Default)]
pub struct Event {
    /// Line of its `BEGIN`.
    pub line: u64,
    /// Number of its calendar in the file.
    pub calendar: usize,
    /// Summary, tags and UID, joined.
    text: Box<str>,
    summary: usize,
    tags: usize,
    /// Its start.
    pub start: Option<Stamp>,
    /// Its end, where it says one.
    pub end: Option<End>,
    /// How it repeats.
    pub recurrence: Option<Box<Recurrence>>,
    /// Which instance of a series it replaces; the flag tells that it is meant for all later ones, too.
    pub replaces: Option<(Stamp, bool)>,
    /// `SEQUENCE` and `DTSTAMP`: of two versions the greater one counts.
    pub version: (i64, i64),
    /// What it says about itself.
    pub marks: Marks,
    /// Addresses that declined, in lower case, one a line.
    pub declined: Option<Box<str>>,
    /// Why it cannot be understood.
    pub problem: Option<Box<Problem>>,
}

impl Event {
    /// What it is called.
    pub fn summary(&self) -> &str {
        self.text.get(..self.summary).unwrap_or_default()
    }

    /// Its tags, joined by [`TAG_SEPARATOR`].
    pub fn tags(&self) -> &str {
        self.text
            .get(self.summary..self.summary + self.tags)
            .unwrap_or_default()
    }

    /// Its UID; may be empty.
    pub fn uid(&self) -> &str {
        self.text
            .get(self.summary + self.tags..)
            .unwrap_or_default()
    }

    fn blame(&mut self, problem: Problem) {
        self.problem.get_or_insert_with(|| Box::new(problem));
    }
}

/// An event being read, with its texts still apart.
#[derive(Default)]
pub struct Draft {
    /// What is known so far.
    pub event: Event,
    summary: String,
    tags: String,
    uid: String,
    declined: String,
}

impl Draft {
    /// Takes a property of the event.
    pub fn take(
        &mut self,
        name: &str,
        property: &Property<'_>,
        line: &Line<'_>,
        zones: &mut Zones,
    ) {
        let value = property.value.trim();
        if line.is_cut && matches!(name, "RDATE" | "EXDATE") {
            self.event.recurrence.get_or_insert_default().is_too_long = true;
            return;
        }
        if line.is_cut {
            self.event.blame(
                Problem::bad(
                    "import.record_too_long",
                    "this property is longer than 1 MiB",
                )
                .at(line.number)
                .column(name),
            );
            return;
        }
        match name {
            "SUMMARY" => value::unescape(value).trim().clone_into(&mut self.summary),
            "CATEGORIES" => {
                for tag in value::list(value) {
                    let tag = value::unescape(tag).replace('\u{1f}', " ");
                    if !self.tags.is_empty() {
                        self.tags.push_str(TAG_SEPARATOR);
                    }
                    self.tags.push_str(tag.trim());
                }
            }
            "UID" => value.clone_into(&mut self.uid),
            "SEQUENCE" => self.event.version.0 = value.parse().unwrap_or(0),
            "DTSTAMP" => {
                // A bad one says nothing about the work; it only loses against a good one.
                self.event.version.1 =
                    value::stamp(value, Place::Utc).map_or(i64::MIN, |stamp| stamp.wall);
            }
            "ATTENDEE" => {
                let is_declined = property
                    .param("PARTSTAT")
                    .is_some_and(|status| status.eq_ignore_ascii_case("DECLINED"));
                if is_declined {
                    let lower = value.to_lowercase();
                    let at = lower.rfind("mailto:").map_or(0, |at| at + "mailto:".len());
                    if !self.declined.is_empty() {
                        self.declined.push('\n');
                    }
                    self.declined.push_str(lower.get(at..).unwrap_or_default());
                }
            }
            _ => self.take_mark(name, value),
        }
        self.take_time(name, property, line, zones);
    }

    fn take_mark(&mut self, name: &str, value: &str) {
        let marks = &mut self.event.marks;
        let is = |word: &str| value.eq_ignore_ascii_case(word);
        match name {
            "STATUS" => marks.is_cancelled = is("CANCELLED"),
            "TRANSP" => marks.is_free |= is("TRANSPARENT"),
            "X-MICROSOFT-CDO-BUSYSTATUS" => marks.is_free |= is("FREE"),
            "X-MICROSOFT-CDO-ALLDAYEVENT" => marks.is_all_day |= is("TRUE"),
            "CLASS" => marks.is_private = is("PRIVATE") || is("CONFIDENTIAL"),
            _ => {}
        }
    }

    fn take_time(
        &mut self,
        name: &str,
        property: &Property<'_>,
        line: &Line<'_>,
        zones: &mut Zones,
    ) {
        let value = property.value.trim();
        let is_day = property
            .param("VALUE")
            .is_some_and(|v| v.eq_ignore_ascii_case("DATE"));
        let place = if is_day {
            Place::Date
        } else {
            zones.place(property.param("TZID"))
        };
        let bad = |code, message: &str| {
            Problem::bad(code, message)
                .at(line.number)
                .column(name)
                .value(value)
        };
        let event = &mut self.event;
        match name {
            "DTSTART" | "DTEND" | "RECURRENCE-ID" => {
                let is_day_end = value.get(9..11) == Some("24") && name != "DTEND";
                let Some(stamp) = value::stamp(value, place).filter(|_| !is_day_end) else {
                    return event.blame(bad("import.date", "this date or time is not understood"));
                };
                match name {
                    "DTSTART" => event.start = Some(stamp),
                    "DTEND" => event.set_end(End::At(stamp), line.number),
                    _ => {
                        let range = property.param("RANGE").unwrap_or_default();
                        let is_later_too = range.eq_ignore_ascii_case("THISANDFUTURE");
                        event.replaces = Some((stamp, is_later_too));
                    }
                }
            }
            "DURATION" => match value::length(value) {
                Some((length, false)) => event.set_end(End::After(length), line.number),
                Some((_, true)) => {
                    event.blame(bad("import.negative", "this duration is negative"));
                }
                None => event.blame(bad("import.duration", "this duration is not understood")),
            },
            "RRULE" | "EXRULE" => {
                let Some(rule) = Rule::parse(value) else {
                    return event.blame(bad(
                        "import.rrule",
                        "this rule of repetition is not understood",
                    ));
                };
                let recurrence = event.recurrence.get_or_insert_default();
                if name == "RRULE" {
                    recurrence.rules.push(rule);
                } else {
                    recurrence.except.push(rule);
                }
            }
            "RDATE" | "EXDATE" => {
                let is_understood = event.take_dates(name, value, place);
                if !is_understood {
                    event.blame(bad("import.date", "a date in this list is not understood"));
                }
            }
            _ => {}
        }
    }

    /// The event, its texts joined.
    pub fn finished(self) -> Event {
        let mut event = self.event;
        event.summary = self.summary.len();
        event.tags = self.tags.len();
        event.text = [self.summary, self.tags, self.uid]
            .concat()
            .into_boxed_str();
        event.declined = (!self.declined.is_empty()).then(|| self.declined.into_boxed_str());
        if event.start.is_none() {
            let line = event.line;
            event.blame(Problem::bad("import.no_date", "this event has no DTSTART").at(line));
        }
        event
    }
}

impl Event {
    fn set_end(&mut self, end: End, line: u64) {
        if self.end.replace(end).is_some() {
            self.blame(
                Problem::bad(
                    "import.two_ends",
                    "this event has both an end and a duration, or two of one",
                )
                .at(line),
            );
        }
    }

    /// Takes an `RDATE` or `EXDATE` list; false where a date is not understood.
    fn take_dates(&mut self, name: &str, value: &str, place: Place) -> bool {
        let recurrence = self.recurrence.get_or_insert_default();
        for part in value.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            if recurrence.added.len().max(recurrence.removed.len()) >= LISTED {
                recurrence.is_too_long = true;
                return true;
            }
            let (begin, rest) = match part.split_once('/') {
                Some((begin, rest)) => (begin, Some(rest)),
                None => (part, None),
            };
            let Some(begin) = value::stamp(begin, place) else {
                return false;
            };
            if name == "EXDATE" {
                recurrence.removed.push(begin);
                continue;
            }
            let end = match rest {
                None => None,
                Some(rest) => match (value::length(rest), value::stamp(rest, place)) {
                    (Some((length, false)), _) => Some(End::After(length)),
                    (None, Some(stamp)) => Some(End::At(stamp)),
                    _ => return false,
                },
            };
            recurrence.added.push((begin, end));
        }
        true
    }
}
