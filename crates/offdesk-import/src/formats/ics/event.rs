//! One event as it is written: its texts, times, repetition, and what it says about itself.

mod draft;

pub use self::draft::Draft;
use super::value::{self, Length, Place, Stamp};
use crate::problem::Problem;
use offdesk_domain::recurrence::Rule;

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
    /// Shown as out of office.
    pub is_away: bool,
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
