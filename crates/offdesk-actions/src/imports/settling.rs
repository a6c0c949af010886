//! Holds the sources of a workspace against each other: what two of them have is counted once.

mod logged;
mod newest;

use std::collections::{HashMap, HashSet};

use offdesk_domain::{Day, EntryKind, Seconds};
use offdesk_import::Report;
use offdesk_store::entries::{LineRow, count_all, list_lines, update_counted};
use offdesk_store::sources::{SourceRow, list_published};
use offdesk_store::times::{counted_of_source, reckon_times};
use offdesk_store::{Scope, Uuid};

pub use self::logged::settle_logged;
use self::newest::newest;
use super::Remarks;
use crate::audit::collector::Line;
use crate::audit::doubles::{Cut, SourceLines, doubles};
use crate::audit::repeated::repeated_totals;
use crate::error::Error;

/// Reckons anew what counts of every entry, and writes down what has changed. An earlier import goes before a later one, unless the later
/// one has the same entry, by its id, in another form.
///
/// # Errors
/// Those of the store.
pub fn settle(scope: &mut Scope<'_, '_>) -> Result<(), Error> {
    let sources = list_published(scope)?;
    let parts = connected(&sources);
    let is_owner_only = is_of_one_person(&sources);
    for part in parts {
        settle_part(scope, &part, is_owner_only)?;
    }
    Ok(())
}

/// Sources that may have something in common: their days overlap, or one has no days.
fn connected(sources: &[SourceRow]) -> Vec<Vec<&SourceRow>> {
    // One more day on both sides, as a time may fall on another day in UTC.
    let reach = |source: &SourceRow| source.days.map(|(a, b)| (a - 1, b + 1));
    let mut parts: Vec<Vec<&SourceRow>> = Vec::new();
    for source in sources {
        let touches = |other: &&SourceRow| match (reach(source), other.days) {
            (Some((from, to)), Some((a, b))) => a <= to && from <= b,
            _ => true,
        };
        let (joined, apart): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|part: &Vec<&SourceRow>| part.iter().any(touches));
        parts = apart;
        let mut part: Vec<&SourceRow> = joined.into_iter().flatten().collect();
        part.push(source);
        part.sort_by_key(|source| source.number);
        parts.push(part);
    }
    parts
}

fn settle_part(
    scope: &mut Scope<'_, '_>,
    part: &[&SourceRow],
    is_owner_only: bool,
) -> Result<(), Error> {
    if let [only] = part {
        // Alone, all of it counts; nothing to do where it does already.
        if counted_of_source(scope, only.id)? != (only.entries, only.seconds) {
            count_all(scope, only.id)?;
            reckon_times(scope, only.id)?;
        }
        return Ok(());
    }
    let mut rows: Vec<Vec<LineRow>> = Vec::new();
    for source in part {
        rows.push(list_lines(scope, source.id)?);
    }
    let left = reckon(part, &rows, is_owner_only);
    for ((source, rows), left) in part.iter().zip(&rows).zip(left) {
        let sum = left.iter().fold((0_u64, 0_i64), |sum, of| {
            (sum.0 + u64::from(of.is_counted), sum.1 + of.seconds)
        });
        let is_changed = write_counted(scope, source.id, rows.iter().zip(left))?;
        if is_changed || counted_of_source(scope, source.id)? != sum {
            reckon_times(scope, source.id)?;
        }
    }
    Ok(())
}

/// Writes down what counts of lines of a source where it is not what stands there; whether there were any.
fn write_counted<'l>(
    scope: &mut Scope<'_, '_>,
    source: Uuid,
    lines: impl Iterator<Item = (&'l LineRow, Left)>,
) -> Result<bool, Error> {
    let mut is_changed = false;
    for (row, left) in lines {
        if (row.counted, row.is_counted) != (left.seconds, left.is_counted) {
            update_counted(scope, (source, row.id), left.seconds, left.is_counted)?;
            is_changed = true;
        }
    }
    Ok(is_changed)
}

/// Whether at most one person is named in the files: then all of it is the owner's, named or not.
fn is_of_one_person(sources: &[SourceRow]) -> bool {
    let mut names: Vec<String> = sources
        .iter()
        .flat_map(|source| Remarks::of_source(source).people)
        .map(|name| name.trim().to_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    names.sort();
    names.dedup();
    names.len() <= 1
}

/// What is left of a line.
#[derive(Debug, Clone, Copy)]
struct Left {
    /// The seconds that count: none where it does not.
    seconds: i64,
    /// Whether it counts at all.
    is_counted: bool,
}

/// What is left of every line.
fn reckon(part: &[&SourceRow], rows: &[Vec<LineRow>], is_owner_only: bool) -> Vec<Vec<Left>> {
    let lines = People::default().lines(rows);
    let of = lines_of(part, &lines);
    let reports: Vec<Report> = part.iter().map(|source| report_of(source)).collect();
    let (mut cuts, repeated) = repeated_totals(&of, &reports);
    let rest: Vec<SourceLines<'_>> = of
        .into_iter()
        .filter(|of| !repeated.iter().any(|(source, _)| *source == of.source))
        .collect();
    let same = |person: u32| if is_owner_only { 0 } else { person };
    let withdrawn: Vec<HashSet<String>> = part.iter().map(|it| withdrawn_of(it)).collect();
    let (lines, old) = newest(&rest, rows, &withdrawn);
    cuts.extend(old);
    let rest: Vec<SourceLines<'_>> = rest
        .into_iter()
        .zip(&lines)
        .map(|(of, lines)| SourceLines { lines, ..of })
        .collect();
    let (doubled, _) = doubles(&rest, &same);
    cuts.extend(doubled);
    left_after(rows, cuts)
}

/// The ids of what an import says is no work any more.
fn withdrawn_of(source: &SourceRow) -> HashSet<String> {
    // Most imports withdraw nothing, and their remarks need not be read for it.
    match source.remarks.contains("\"withdrawn\":[\"") {
        true => Remarks::of_source(source).withdrawn.into_iter().collect(),
        false => HashSet::new(),
    }
}

/// Sources with their lines.
fn lines_of<'l>(part: &[&'l SourceRow], lines: &'l [Vec<Line>]) -> Vec<SourceLines<'l>> {
    part.iter()
        .zip(lines)
        .enumerate()
        .map(|(number, (source, lines))| SourceLines {
            source: number,
            kind: kind_of(source),
            family: source.format.split('.').next().unwrap_or(""),
            lines,
        })
        .collect()
}

/// What cuts leave of lines.
fn left_after(rows: &[Vec<LineRow>], cuts: Vec<Cut>) -> Vec<Vec<Left>> {
    // A line's place stands where doubles() expects its group, so that a cut leads back to it.
    let whole = |row: &LineRow| Left {
        seconds: row.seconds,
        is_counted: true,
    };
    let mut left: Vec<Vec<Left>> = rows
        .iter()
        .map(|rows| rows.iter().map(whole).collect())
        .collect();
    for cut in cuts {
        let place = usize::try_from(cut.group).unwrap_or(usize::MAX);
        if let Some(left) = left
            .get_mut(cut.source)
            .and_then(|left| left.get_mut(place))
        {
            left.is_counted &= !cut.is_whole;
            left.seconds = if left.is_counted {
                (left.seconds - cut.seconds.0).max(0)
            } else {
                0
            };
        }
    }
    left
}

fn report_of(source: &SourceRow) -> Report {
    let day = |day: i64| Day::from_number(day).unwrap_or(Day(0));
    Report {
        format: source.format.clone(),
        kind: Some(kind_of(source)),
        entries: source.entries,
        seconds: Seconds(source.seconds),
        days: source.days.map(|(a, b)| (day(a), day(b))),
        has_totals: source.has_totals,
        ..Report::default()
    }
}

fn kind_of(source: &SourceRow) -> EntryKind {
    EntryKind::of(&source.kind).unwrap_or(EntryKind::Measured)
}

/// Numbers of people by their names, case ignored; nobody is the owner.
#[derive(Default)]
struct People {
    names: HashMap<String, u32>,
}

impl People {
    fn lines(&mut self, rows: &[Vec<LineRow>]) -> Vec<Vec<Line>> {
        rows.iter()
            .map(|rows| {
                let numbered = (0_u32..).zip(rows);
                numbered.map(|(at, row)| self.line(at, row)).collect()
            })
            .collect()
    }

    fn line(&mut self, at: u32, row: &LineRow) -> Line {
        let name = row.person.trim().to_lowercase();
        let person = if name.is_empty() {
            0
        } else {
            let next = u32::try_from(self.names.len()).unwrap_or(0) + 1;
            *self.names.entry(name).or_insert(next)
        };
        Line {
            group: at,
            person,
            day: row.day.and_then(|day| i32::try_from(day).ok()),
            span: row.span,
            seconds: row.seconds,
            fingerprint: row.fingerprint.cast_unsigned(),
            external_id: external(&row.external_id),
        }
    }
}

fn external(id: &str) -> u64 {
    if id.is_empty() {
        return 0;
    }
    let [a, b, c, d, e, f, g, h, ..] = crate::moment::digest(&[id.as_bytes()]);
    u64::from_le_bytes([a, b, c, d, e, f, g, h]).max(1)
}
