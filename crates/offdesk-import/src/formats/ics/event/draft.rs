//! Takes the properties of an event, one line after the other.

use super::super::lines::{Line, Property};
use super::super::value::{self, Place};
use super::super::zones::Zones;
use super::{End, Event, TAG_SEPARATOR};
use crate::problem::Problem;
use offdesk_domain::recurrence::Rule;

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
            "X-MICROSOFT-CDO-BUSYSTATUS" => {
                marks.is_free |= is("FREE");
                marks.is_away |= is("OOF");
            }
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
