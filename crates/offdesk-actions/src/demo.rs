//! Invents a quarter of a small studio's owner as a Toggl detailed export, to try the audit with.
//!
//! Nothing in it is anybody's data. The same seed and day give the same bytes on every machine, so the generator of
//! random numbers is here too (splitmix64).

mod kinds;

use std::io::{self, Write};

use offdesk_domain::Day;

use kinds::{Client, KINDS, Kind};

/// Name of the invented owner: on every row, and in no real export.
pub const OWNER: &str = "Noor Haddad";

const WEEKS: i32 = 13;
const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
const HEADER: &str = r#""User","Email","Client","Project","Task","Description","Billable","Start date","Start time","End date","End time","Duration","Tags""#;

/// Writes thirteen weeks of about 44 hours, the last being the week of `last_day` up to and with that day.
///
/// Among the rows are what real exports have: one entry still running (the last row, without an end), two without length,
/// one row that stands there twice, and a few without a description.
///
/// # Errors
/// What the writer gives.
pub fn write_demo(out: &mut dyn Write, seed: u64, last_day: Day) -> io::Result<()> {
    let mut random = Random(seed);
    out.write_all("\u{feff}".as_bytes())?;
    writeln!(out, "{HEADER}")?;
    let monday = last_day.0 - i32::from(last_day.weekday().to_monday_zero_offset());
    let first = monday - 7 * (WEEKS - 1);
    let mut free_from = 10 * HOUR;
    for day in first..=last_day.0 {
        let entries = day_of_work(&mut random, Day(day), Oddity::of(day - first));
        for entry in &entries {
            write_row(out, Day(day), entry, Some(entry.end))?;
        }
        if day == last_day.0 {
            free_from = entries.last().map_or(free_from, |entry| entry.end);
        }
    }
    let kind = random.kind();
    let running = entry_of(&mut random, last_day, kind, free_from + 4 * MINUTE, 0);
    write_row(out, last_day, &running, None)
}

/// One row; times in seconds of the day.
#[derive(Debug, Clone)]
struct DemoEntry {
    kind: &'static Kind,
    client: &'static str,
    text: String,
    start: i64,
    end: i64,
}

/// What is odd about a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Oddity {
    None,
    Twins,
    NoLength,
}

impl Oddity {
    fn of(day: i32) -> Self {
        match day {
            // Tuesday of the sixth week; Wednesday of the third and Thursday of the tenth.
            36 => Self::Twins,
            16 | 66 => Self::NoLength,
            _ => Self::None,
        }
    }
}

fn day_of_work(random: &mut Random, day: Day, oddity: Oddity) -> Vec<DemoEntry> {
    let is_weekend = day.weekday().to_monday_zero_offset() > 4;
    let (mut now, goal) = if is_weekend {
        if !random.chance(33) {
            return Vec::new();
        }
        (
            random.between(9 * HOUR, 15 * HOUR),
            random.between(2 * HOUR, 4 * HOUR),
        )
    } else {
        (
            random.between(7 * HOUR + 40 * MINUTE, 8 * HOUR + 40 * MINUTE),
            random.between(7 * HOUR + 25 * MINUTE, 8 * HOUR + 40 * MINUTE),
        )
    };
    let mut lunch_at = if is_weekend || random.chance(30) {
        None
    } else {
        Some(random.between(12 * HOUR, 13 * HOUR))
    };
    let mut entries = Vec::new();
    let mut worked = 0;
    while worked < goal {
        if lunch_at.is_some_and(|noon| now > noon) {
            now += random.between(25 * MINUTE, 50 * MINUTE);
            lunch_at = None;
        }
        let kind = if entries.is_empty() && !is_weekend {
            kinds::INBOX
        } else {
            random.kind()
        };
        let length = random.between(kind.minutes.0 * MINUTE, kind.minutes.1 * MINUTE);
        let entry = entry_of(random, day, kind, now, length);
        worked += length;
        now = entry.end;
        let is_third = entries.len() == 2;
        if is_third && oddity == Oddity::Twins {
            entries.push(entry.clone());
        }
        entries.push(entry);
        if is_third && oddity == Oddity::NoLength {
            let kind = random.kind();
            entries.push(entry_of(random, day, kind, now, 0));
        }
        if random.chance(55) {
            now += random.between(20, 5 * MINUTE);
        }
    }
    entries
}

fn entry_of(
    random: &mut Random,
    day: Day,
    kind: &'static Kind,
    start: i64,
    length: i64,
) -> DemoEntry {
    let client = match kind.client {
        Client::Nobody => "",
        Client::Customer => random.one_of(kinds::CUSTOMERS),
        Client::Prospect => random.one_of(kinds::PROSPECTS),
    };
    DemoEntry {
        kind,
        client,
        text: description(random, day, kind, client),
        start,
        end: start + length,
    }
}

/// A text as somebody in a hurry writes it: never twice quite the same.
fn description(random: &mut Random, day: Day, kind: &Kind, client: &str) -> String {
    if random.chance(2) {
        return String::new();
    }
    let template = if random.chance(4) {
        random.one_of(kind.german)
    } else {
        random.one_of(kind.texts)
    };
    let customer = if client.is_empty() {
        random.one_of(kinds::CUSTOMERS)
    } else {
        client
    };
    let mut text = template
        .replace("{client}", customer)
        .replace("{person}", random.one_of(kinds::PEOPLE))
        .replace("{supplier}", random.one_of(kinds::SUPPLIERS))
        .replace("{item}", random.one_of(kinds::ITEMS))
        .replace("{month}", kinds::month(day, random.chance(60)))
        .replace("{day}", random.one_of(kinds::WEEKDAYS))
        .replace("{number}", &random.between(2_031, 2_398).to_string())
        .replace("{count}", &random.between(2, 60).to_string());
    if kind.is_mail && random.chance(25) {
        text.insert_str(0, random.one_of(&["Re: ", "RE: ", "Fwd: ", "re "]));
    }
    if random.chance(14) {
        text.push_str(random.one_of(kinds::ENDINGS));
    }
    if random.chance(3) {
        text = with_typo(random, &text);
    }
    if random.chance(22) {
        text = text.to_lowercase();
    } else if random.chance(2) {
        text = text.to_uppercase();
    }
    text
}

/// Two neighbouring letters change places.
fn with_typo(random: &mut Random, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let places: Vec<usize> = letters
        .windows(3)
        .enumerate()
        .filter(|(_, three)| three.iter().all(|c| c.is_lowercase()))
        .map(|(place, _)| place + 1)
        .collect();
    if !places.is_empty() {
        let place = random.one_of(&places);
        letters.swap(place, place + 1);
    }
    letters.into_iter().collect()
}

fn write_row(out: &mut dyn Write, day: Day, entry: &DemoEntry, end: Option<i64>) -> io::Result<()> {
    let (end_day, end_time, duration) = end.map_or_else(Default::default, |end| {
        (day.to_string(), clock(end), clock(end - entry.start))
    });
    let cells = [
        OWNER.to_owned(),
        "noor@haddad-print.example".to_owned(),
        entry.client.to_owned(),
        entry.kind.project.to_owned(),
        String::new(),
        entry.text.clone(),
        if entry.kind.is_billable { "Yes" } else { "No" }.to_owned(),
        day.to_string(),
        clock(entry.start),
        end_day,
        end_time,
        duration,
        entry.kind.tags.to_owned(),
    ];
    let quoted = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
    writeln!(out, "{}", quoted.join(","))
}

fn clock(seconds: i64) -> String {
    let (hours, minutes) = (seconds / HOUR, seconds / MINUTE % 60);
    format!("{hours:02}:{minutes:02}:{:02}", seconds % MINUTE)
}

/// Steele, Lea and Flood's splitmix64: enough for invented data, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number from `low` to `high`, both possible.
    fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).unwrap_or(0) + 1;
        low + i64::try_from(self.next() % width).unwrap_or(0)
    }

    fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        let count = u64::try_from(choices.len()).unwrap_or(1);
        let place = usize::try_from(self.next() % count).unwrap_or(0);
        choices[place]
    }

    fn kind(&mut self) -> &'static Kind {
        let all: i64 = KINDS.iter().map(|kind| kind.often).sum();
        let mut place = self.between(1, all);
        for kind in KINDS {
            place -= kind.often;
            if place <= 0 {
                return kind;
            }
        }
        kinds::INBOX
    }
}

#[cfg(test)]
mod tests;
