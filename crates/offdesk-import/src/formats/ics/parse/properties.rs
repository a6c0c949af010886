//! Properties of events, calendars and zone definitions; those that say nothing about time are passed over.

use super::super::event::LISTED;
use super::super::lines::{Line, Property};
use super::super::value::{self, Place};
use super::{Parser, has_word};
use crate::text::encoding;
use offdesk_domain::recurrence::Rule;

impl Parser<'_, '_> {
    pub(super) fn property(&mut self, name: &str, line: &Line<'_>) {
        let place = self.stack.last().map_or("", |open| open.name.as_str());
        let wanted = match place {
            "VEVENT" => EVENT.contains(&name),
            "VCALENDAR" => CALENDAR.contains(&name),
            "VTIMEZONE" | "STANDARD" | "DAYLIGHT" => self.zone.is_some() && ZONE.contains(&name),
            _ => false,
        };
        if !wanted {
            return;
        }
        if matches!(name, "ATTACH" | "CONFERENCE") {
            self.into.links += 1;
            return;
        }
        // Guests are many; only those who declined matter.
        if name == "ATTENDEE" && !has_word(line.bytes, b"DECLINED") {
            return;
        }
        let (text, is_foreign) = encoding::decode(line.bytes);
        if is_foreign {
            self.reading.decide("Windows-1252");
        }
        let is_date = matches!(
            name,
            "DTSTART" | "DTEND" | "RDATE" | "EXDATE" | "RECURRENCE-ID"
        );
        let property = Property::of(&text, is_date);
        match place {
            "VEVENT" => {
                if let Some(mut draft) = self.event.take() {
                    draft.take(name, &property, line, &mut self.into.zones);
                    self.event = Some(draft);
                }
            }
            "VCALENDAR" => self.calendar_property(name, &property),
            _ => self.zone_property(name, &property),
        }
    }

    fn calendar_property(&mut self, name: &str, property: &Property<'_>) {
        let Some(calendar) = self.into.calendars.last_mut() else {
            return;
        };
        match name {
            "X-WR-TIMEZONE" if !property.value.trim().is_empty() => {
                calendar.zone = Some(self.into.zones.number(property.value));
            }
            "X-WR-CALNAME" | "X-WR-RELCALID" => {
                if let Some(owner) = address(property.value) {
                    calendar.owner = owner;
                }
            }
            "METHOD" => {
                calendar.is_cancelled = property.value.trim().eq_ignore_ascii_case("CANCEL")
            }
            _ => {}
        }
    }

    fn zone_property(&mut self, name: &str, property: &Property<'_>) {
        let number = (name == "TZID").then(|| self.into.zones.number(property.value));
        let Some(zone) = &mut self.zone else { return };
        match name {
            "TZID" => zone.name = number,
            "X-LIC-LOCATION" => property.value.trim().clone_into(&mut zone.location),
            _ => {}
        }
        let Some(part) = zone.parts.last_mut() else {
            return;
        };
        let wall = |text: &str| value::stamp(text, Place::Floating).map(|stamp| stamp.wall);
        match name {
            "DTSTART" => part.start = wall(property.value),
            "TZOFFSETFROM" => part.from = value::offset(property.value),
            "TZOFFSETTO" => part.to = value::offset(property.value),
            "RRULE" => match Rule::parse(property.value) {
                Some(rule) => part.rules.push(rule),
                None => part.is_flawed = true,
            },
            "RDATE" => {
                let dates = property.value.split(',').take(LISTED).filter_map(wall);
                part.dates.extend(dates);
            }
            _ => {}
        }
    }
}

/// Properties of an event that are looked at.
const EVENT: [&str; 21] = [
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "EXRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "SUMMARY",
    "CATEGORIES",
    "UID",
    "STATUS",
    "TRANSP",
    "CLASS",
    "SEQUENCE",
    "DTSTAMP",
    "ATTENDEE",
    "ATTACH",
    "CONFERENCE",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "X-MICROSOFT-CDO-ALLDAYEVENT",
];

const CALENDAR: [&str; 4] = ["X-WR-TIMEZONE", "X-WR-CALNAME", "X-WR-RELCALID", "METHOD"];

const ZONE: [&str; 7] = [
    "TZID",
    "X-LIC-LOCATION",
    "DTSTART",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "RRULE",
    "RDATE",
];

/// An e-mail address in lower case, where the text is one.
pub(super) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let (name, domain) = text.split_once('@')?;
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@');
    (plain(name) && plain(domain) && domain.contains('.')).then(|| text.to_lowercase())
}
