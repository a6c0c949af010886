//! Makes the bench's input: Toggl-style tables, Timewarrior intervals, timeclock lines, Watson frames; the same for a seed.

mod calendar;
mod words;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use self::calendar::{Clock, Date};
use self::words::{ADJUNCTS, CLIENTS, CONSONANTS, NOUNS, PROJECTS, TAGS, VERBS, VOWELS};
use crate::Outcome;

const HEADER: &str = "\u{feff}\"User\",\"Email\",\"Client\",\"Project\",\"Task\",\"Description\",\"Billable\",\"Start date\",\"Start time\",\"End date\",\"End time\",\"Duration\",\"Tags\"\n";
/// 2016-01-04, a Monday, as days since 1970.
const FIRST_DAY: u64 = 16_804;
/// Ten years and a little: the rows are spread over them.
const DAYS: u64 = 3_800;

/// Verbs times nouns times adjuncts.
const KINDS: u64 = 40_000;

/// What the description column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// 40,000 kinds of text, most of them written the same way again and again, a third with a reference of their own.
    Repeated,
    /// No text occurs twice, nor does any word of it.
    EverNew,
}

/// Writes a Toggl detailed export of so many rows, about 171 bytes each.
pub fn toggl(path: &Path, rows: u64, texts: Texts) -> Outcome {
    write_once(path, |out| {
        out.write_all(HEADER.as_bytes())?;
        let mut random = Random(171);
        let mut text = String::new();
        for row in 0..rows {
            text.clear();
            match texts {
                Texts::Repeated => repeated(&mut random, row, &mut text),
                Texts::EverNew => ever_new(row, &mut text),
            }
            let client = random.one_of(&CLIENTS);
            let project = random.one_of(&PROJECTS);
            let tags = random.one_of(&TAGS);
            let day = Date::of(FIRST_DAY + row * DAYS / rows);
            let start = 7 * 3600 + random.below(10 * 3600);
            let length = 60 + random.below(5_400);
            let (from, to, long) = (Clock(start), Clock(start + length), Clock(length));
            writeln!(
                out,
                "\"Noor Haddad\",\"noor@haddad-print.example\",\"{client}\",\"{project}\",\"\",\"{text}\",\"No\",\"{day}\",\"{from}\",\"{day}\",\"{to}\",\"{long}\",\"{tags}\""
            )?;
        }
        Ok(())
    })
}

/// The first 40,000 rows go through all kinds, so a file of a million rows and one of ten million have the same ones.
fn repeated(random: &mut Random, row: u64, text: &mut String) {
    let kind = if row < KINDS {
        // Coprime to the number of kinds, so each comes once.
        row * 7_919 % KINDS
    } else if random.below(10) < 7 {
        // The most used kinds: one in seventy makes seven tenths of the rows.
        random.below(KINDS / 70) * 67
    } else {
        random.below(KINDS)
    };
    let words = [
        at(&VERBS, kind),
        at(&NOUNS, kind / 40),
        at(&ADJUNCTS, kind / 1_600),
    ];
    *text = words.join(" ");
    match random.below(24) {
        0..=5 => text.push_str(&format!(" #{}", 10_000 + random.below(90_000))),
        6 => text.insert_str(0, "Re: "),
        7 => text.push_str(&format!(" ({})", 2 + random.below(40))),
        // A word more makes another kind: only of those so much used that a million rows have them all.
        8 if kind % 67 == 0 => text.insert_str(0, "\"\"urgent\"\" "),
        _ => {}
    }
}

/// Four words spelled from the row's number, so that no other row has them.
fn ever_new(row: u64, text: &mut String) {
    for word in 0..4 {
        if word > 0 {
            text.push(' ');
        }
        let mut left = 60_u64.pow(4) + row * 4 + word;
        while left > 0 {
            text.push_str(at(&CONSONANTS, left % 60));
            text.push_str(at(&VOWELS, left % 60 / 12));
            left /= 60;
        }
        text.push('k');
    }
}

/// Writes so many intervals as a Timewarrior database; gives the files with entries.
pub fn timewarrior(folder: &Path, intervals: u64) -> Outcome<Vec<PathBuf>> {
    let data = folder.join("data");
    if !data.is_dir() {
        let part = folder.join("part");
        fs::create_dir_all(&part)?;
        fs::write(folder.join("timewarrior.cfg"), "")?;
        let mut month = String::new();
        let mut out = None;
        for interval in spread(intervals) {
            let compact = |clock: Clock| {
                let day = interval.day.to_string().replace('-', "");
                format!("{day}T{}Z", clock.to_string().replace(':', ""))
            };
            let of = interval.day.to_string().chars().take(7).collect::<String>();
            if of != month {
                out = Some(BufWriter::new(File::create(
                    part.join(format!("{of}.data")),
                )?));
                month = of;
            }
            if let Some(out) = &mut out {
                let (from, to) = (compact(interval.from), compact(interval.to));
                let (project, noun) = (interval.project, interval.noun);
                writeln!(out, "inc {from} - {to} # {project} \"{noun}\"")?;
            }
        }
        drop(out);
        fs::rename(part, &data)?;
    }
    let mut files: Vec<PathBuf> = fs::read_dir(&data)?
        .flatten()
        .map(|file| file.path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("20") && name.ends_with(".data")
        })
        .collect();
    files.sort();
    Ok(files)
}

/// Writes so many clock-ins and clock-outs.
pub fn timeclock(path: &Path, intervals: u64) -> Outcome {
    write_once(path, |out| {
        for Interval {
            day,
            from,
            to,
            project,
            noun,
            ..
        } in spread(intervals)
        {
            writeln!(out, "i {day} {from} {project}:{noun}\no {day} {to}")?;
        }
        Ok(())
    })
}

/// Writes so many Watson frames, each tagged with what it was and with one of 5,000 orders: Watson's time grows with the tags.
pub fn watson(path: &Path, intervals: u64) -> Outcome {
    write_once(path, |out| {
        let mut separator = '[';
        for (number, interval) in spread(intervals).enumerate() {
            let Interval {
                start,
                end,
                project,
                noun,
                order,
                ..
            } = interval;
            write!(
                out,
                "{separator}\n [{start}, {end}, \"{project}\", \"{number:032x}\", [\"{noun}\", \"{order}\"], {end}]"
            )?;
            separator = ',';
        }
        Ok(writeln!(out, "\n]")?)
    })
}

/// One stretch of work that no other overlaps.
struct Interval {
    day: Date,
    from: Clock,
    to: Clock,
    start: u64,
    end: u64,
    project: &'static str,
    noun: &'static str,
    order: String,
}

/// So many intervals, spread over the days, one after the other within each.
fn spread(intervals: u64) -> impl Iterator<Item = Interval> {
    let a_day = intervals.div_ceil(DAYS);
    let room = 12 * 3600 / a_day;
    let mut random = Random(100);
    (0..intervals).map(move |number| {
        let day = FIRST_DAY + number / a_day;
        let from = 8 * 3600 + number % a_day * room;
        let to = from + 60 + random.below(room - 120);
        Interval {
            day: Date::of(day),
            from: Clock(from),
            to: Clock(to),
            start: day * 86_400 + from,
            end: day * 86_400 + to,
            project: random.one_of(&PROJECTS),
            noun: random.one_of(&NOUNS),
            order: format!("{}-{:03}", random.one_of(&ADJUNCTS), random.below(200)),
        }
    })
}

/// Writes a file unless it is there; a run that was stopped leaves none behind.
fn write_once(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Outcome) -> Outcome {
    if path.is_file() {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let part = path.with_extension("part");
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&part)?);
    write(&mut out)?;
    out.flush()?;
    fs::rename(part, path)?;
    Ok(())
}

fn at(words: &[&'static str], place: u64) -> &'static str {
    let count = u64::try_from(words.len()).unwrap_or(1);
    let place = usize::try_from(place % count).unwrap_or(0);
    words.get(place).copied().unwrap_or_default()
}

/// Steele, Lea and Flood's splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % limit.max(1)
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        at(words, self.below(u64::try_from(words.len()).unwrap_or(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rows_have_every_kind_once() {
        let mut kinds: Vec<u64> = (0..KINDS).map(|row| row * 7_919 % KINDS).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, (0..KINDS).collect::<Vec<_>>());
    }

    #[test]
    fn ever_new_words_do_not_come_twice() {
        let mut words = std::collections::HashSet::new();
        let mut text = String::new();
        for row in 0..20_000 {
            text.clear();
            ever_new(row, &mut text);
            for word in text.split(' ') {
                assert!(words.insert(word.to_owned()), "{word} of row {row}");
            }
        }
    }

    #[test]
    fn intervals_do_not_overlap() {
        let all: Vec<Interval> = spread(100_000).collect();
        assert_eq!(all.len(), 100_000);
        for pair in all.windows(2) {
            assert!(pair[0].start < pair[0].end && pair[0].end <= pair[1].start);
        }
    }
}
