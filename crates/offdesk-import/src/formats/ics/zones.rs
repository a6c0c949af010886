//! Zones of a calendar file: names to clocks, by IANA, the file's own definitions, Windows names and fixed offsets.

mod definition;

use hashbrown::HashMap;
use jiff::tz::TimeZone;

pub use self::definition::{Definition, Observance};
use self::definition::{NoUse, compile, differs};
use super::value::{self, Place};
use super::windows;
use crate::text::clock::Clock;
use offdesk_domain::recurrence::Budget;

/// 1970-01-01 on any clock: rules of a definition are followed from here.
const EPOCH: i64 = 0;

/// Why a zone name gives no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoClock {
    /// Nobody knows it.
    Unknown,
    /// An abbreviation several zones share.
    Ambiguous,
}

/// What the resolving of a name is to tell the owner, once.
#[derive(Debug, Clone)]
pub enum Remark {
    /// A name was read as another.
    Read(String),
    /// The file's own definition contradicts the IANA zone: line and name.
    Contradiction(u64, String),
    /// A definition's rules go on without end: line and name.
    Endless(u64, String),
}

/// All zones of a file.
#[derive(Debug, Default)]
pub struct Zones {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    definitions: Vec<Definition>,
    clocks: Vec<Clock>,
    known: HashMap<(u32, Option<usize>), Result<usize, NoClock>>,
    /// What is to be told.
    pub remarks: Vec<Remark>,
}

impl Zones {
    /// The number of a zone name; quotes and escapes do not count.
    pub fn number(&mut self, name: &str) -> u32 {
        let name: String = name
            .trim()
            .chars()
            .filter(|c| !matches!(c, '"' | '\\'))
            .collect();
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }

    /// The place of a time with this `TZID`, if any.
    pub fn place(&mut self, tzid: Option<&str>) -> Place {
        match tzid.filter(|name| !name.trim().is_empty()) {
            Some(name) => Place::Zone(self.number(name)),
            None => Place::Floating,
        }
    }

    /// A zone's name as the file has it.
    pub fn name(&self, number: u32) -> &str {
        usize::try_from(number)
            .ok()
            .and_then(|n| self.names.get(n))
            .map_or("", String::as_str)
    }

    /// Keeps a definition; gives its number.
    pub fn define(&mut self, definition: Definition) -> usize {
        self.definitions.push(definition);
        self.definitions.len() - 1
    }

    /// A clock already resolved.
    pub fn clock(&self, number: usize) -> Option<&Clock> {
        self.clocks.get(number)
    }

    /// The number of the clock of a zone the caller knows.
    pub fn own(&mut self, zone: &TimeZone) -> usize {
        self.clocks.push(Clock::new(zone));
        self.clocks.len() - 1
    }

    /// The number of a name's clock. `own` are the definitions of the event's calendar; `now` bounds their rules.
    ///
    /// # Errors
    /// [`NoClock`].
    pub fn resolve(
        &mut self,
        name: u32,
        own: &[usize],
        now: i64,
        budget: &mut Budget,
    ) -> Result<usize, NoClock> {
        let is_of = |d: &usize| {
            self.definitions
                .get(*d)
                .is_some_and(|d| d.name == Some(name))
        };
        let definition = own
            .iter()
            .rev()
            .copied()
            .find(is_of)
            .or_else(|| (0..self.definitions.len()).find(is_of));
        if let Some(known) = self.known.get(&(name, definition)) {
            return *known;
        }
        let found = self.find(name, definition, now, budget);
        self.known.insert((name, definition), found);
        found
    }

    fn find(
        &mut self,
        name: u32,
        definition: Option<usize>,
        now: i64,
        budget: &mut Budget,
    ) -> Result<usize, NoClock> {
        let text = self.name(name).to_owned();
        let definition = definition.and_then(|d| self.definitions.get(d)).cloned();
        let own = match definition.as_ref().map(|d| compile(d, now, budget)) {
            Some(Ok(clock)) => Some(clock),
            Some(Err(NoUse::Endless)) => {
                let line = definition.as_ref().map_or(0, |d| d.line);
                self.remarks.push(Remark::Endless(line, text.clone()));
                None
            }
            Some(Err(NoUse::Flawed)) | None => None,
        };
        let location = definition.as_ref().map_or("", |d| d.location.as_str());
        let is_short = is_abbreviation(&text);
        let iana = if is_short {
            None
        } else {
            iana(&text).or_else(|| iana(location))
        };
        if let Some((zone, id)) = iana {
            let clock = Clock::new(&zone);
            if let (Some(own), Some(definition)) = (&own, &definition)
                && differs(own, &clock, now)
            {
                self.remarks
                    .push(Remark::Contradiction(definition.line, text.clone()));
            }
            if id != text {
                self.remarks
                    .push(Remark::Read(format!("zone \"{text}\" read as {id}")));
            }
            return Ok(self.add(clock));
        }
        if let Some(own) = own {
            return Ok(self.add(own));
        }
        if is_short {
            return Err(NoClock::Ambiguous);
        }
        if let Some(id) = windows::iana(display_name(&text))
            && let Ok(zone) = TimeZone::get(id)
        {
            self.remarks
                .push(Remark::Read(format!("zone \"{text}\" read as {id}")));
            return Ok(self.add(Clock::new(&zone)));
        }
        let seconds = fixed(&text).ok_or(NoClock::Unknown)?;
        Ok(self.add(Clock::of_changes(seconds, Vec::new())))
    }

    fn add(&mut self, clock: Clock) -> usize {
        self.clocks.push(clock);
        self.clocks.len() - 1
    }
}

/// The clock of a zone that a table names: by IANA, by Windows, or as an offset.
///
/// # Errors
/// [`NoClock`].
pub(crate) fn clock_named(name: &str) -> Result<Clock, NoClock> {
    if is_abbreviation(name) {
        return Err(NoClock::Ambiguous);
    }
    let by_windows = || TimeZone::get(windows::iana(display_name(name))?).ok();
    let zone = iana(name).map(|(zone, _)| zone).or_else(by_windows);
    match zone {
        Some(zone) => Ok(Clock::new(&zone)),
        None => {
            let seconds = fixed(name).ok_or(NoClock::Unknown)?;
            Ok(Clock::of_changes(seconds, Vec::new()))
        }
    }
}

/// The IANA zone of a name, also behind a registry's prefix such as `/mozilla.org/20050126_1/Europe/Berlin`.
fn iana(name: &str) -> Option<(TimeZone, String)> {
    let parts: Vec<&str> = name.trim_start_matches('/').split('/').collect();
    let longest = if name.starts_with('/') {
        3
    } else {
        parts.len()
    };
    for length in (1..=longest.min(parts.len())).rev() {
        let id = parts.get(parts.len() - length..)?.join("/");
        // A last part alone ("New_York") is no name; "UTC" is one.
        if length == 1 && length < parts.len() && !id.eq_ignore_ascii_case("UTC") {
            continue;
        }
        if id.is_empty() || id.eq_ignore_ascii_case("Factory") {
            continue;
        }
        if let Ok(zone) = TimeZone::get(&id) {
            return Some((zone, id));
        }
        if !name.starts_with('/') {
            break;
        }
    }
    let is_utc =
        name.eq_ignore_ascii_case("tzone://Microsoft/Utc") || name.eq_ignore_ascii_case("Z");
    is_utc.then(|| (TimeZone::UTC, "UTC".to_owned()))
}

/// Abbreviations that several zones share, such as `CST` or `IST`; `EST` is one for people, whatever IANA says.
fn is_abbreviation(name: &str) -> bool {
    const CLEAR: [&str; 7] = ["UTC", "GMT", "UCT", "CET", "EET", "WET", "MET"];
    // IANA's own short names of countries.
    const COUNTRIES: [&str; 3] = ["PRC", "ROC", "ROK"];
    (3..=4).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_uppercase())
        && name.ends_with('T')
        && !CLEAR.contains(&name)
        && !COUNTRIES.contains(&name)
}

/// `(UTC-05:00) Eastern Time (US & Canada)` without its offset.
fn display_name(name: &str) -> &str {
    match name.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, rest)) if !rest.trim().is_empty() => rest.trim(),
        _ => name,
    }
}

/// The offset of a name that is nothing but one: `UTC+01`, `GMT-0330`, `+0100`, `(UTC+01:00)`.
fn fixed(name: &str) -> Option<i64> {
    let name = name.trim().trim_start_matches('(').trim_end_matches(')');
    let upper = name.to_ascii_uppercase();
    let rest = upper
        .strip_prefix("UTC")
        .or_else(|| upper.strip_prefix("GMT"))
        .unwrap_or(&upper);
    value::offset(rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use offdesk_domain::recurrence::Rule;

    #[test]
    fn names() {
        let now = 1_795_435_200;
        let cases: [(&str, Result<i64, NoClock>); 24] = [
            ("Europe/Berlin", Ok(7200)),
            ("europe/kiev", Ok(10_800)),
            ("\"America/New_York\"", Ok(-14_400)),
            ("/mozilla.org/20050126_1/America/New_York", Ok(-14_400)),
            (
                "/softwarestudio.org/Olson_20011030_5/America/Argentina/Buenos_Aires",
                Ok(-10_800),
            ),
            (
                "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin",
                Ok(7200),
            ),
            ("Eastern Standard Time", Ok(-14_400)),
            ("(UTC-05:00) Eastern Time (US & Canada)", Ok(-14_400)),
            (
                "(GMT+05:30) Chennai\\, Kolkata\\, Mumbai\\, New Delhi",
                Ok(19_800),
            ),
            (
                "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
                Ok(7200),
            ),
            ("Canada Central Standard Time", Ok(-21_600)),
            ("UTC+01", Ok(3600)),
            ("UTC-5", Ok(-18_000)),
            ("GMT+0530", Ok(19_800)),
            ("+0100", Ok(3600)),
            ("Etc/GMT+5", Ok(-18_000)),
            ("UTC", Ok(0)),
            ("tzone://Microsoft/Utc", Ok(0)),
            ("tzone://Microsoft/Custom", Err(NoClock::Unknown)),
            ("Customized Time Zone", Err(NoClock::Unknown)),
            ("(UTC+01:00) Atlantis", Err(NoClock::Unknown)),
            ("CST", Err(NoClock::Ambiguous)),
            ("EST", Err(NoClock::Ambiguous)),
            ("../../etc/passwd", Err(NoClock::Unknown)),
        ];
        for (name, expected) in cases {
            let mut zones = Zones::default();
            let number = zones.number(name);
            let found = zones.resolve(number, &[], now, &mut Budget::default());
            // 2026-07-01, summer in the north.
            let offset = found.map(|clock| zones.clock(clock).unwrap().offset(1_782_864_000));
            assert_eq!(offset, expected, "{name}");
        }
    }

    #[test]
    fn a_definition_from_1601_keeps_the_same_time_as_iana() {
        let part = |start: &str, from, to, rule: &str| Observance {
            start: value::stamp(start, Place::Floating).map(|s| s.wall),
            from: Some(from),
            to: Some(to),
            rules: vec![Rule::parse(rule).unwrap()],
            ..Observance::default()
        };
        for begin in ["16010101T020000", "00010101T020000", "20070311T020000"] {
            let definition = Definition {
                parts: vec![
                    part(begin, -14_400, -18_000, "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
                    part(begin, -18_000, -14_400, "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"),
                ],
                ..Definition::default()
            };
            let now = 1_795_435_200;
            let own = compile(&definition, now, &mut Budget::default()).unwrap();
            let iana = Clock::new(&TimeZone::get("America/New_York").unwrap());
            for hour in 0..(24 * 365 * 10) {
                let at = now - hour * 3600;
                assert_eq!(own.offset(at), iana.offset(at), "{begin} {at}");
            }
        }
    }
}
