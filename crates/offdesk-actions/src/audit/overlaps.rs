//! Takes away what is in several of the sources, and tells the owner what overlaps.

use std::collections::HashMap;

use offdesk_domain::{EntryKind, Seconds};
use offdesk_import::{Options, Problem, Report};
use rust_decimal::Decimal;

use super::collector::{Collector, Line};
use super::doubles::{SourceLines, Taken, doubles};
use super::repeated::repeated_totals;

/// Holds several sources against each other and takes away what is there twice.
pub(super) fn take_doubles(
    all: &mut Collector,
    sources: &mut [Report],
    ledgers: &[Vec<Line>],
    is_one_person: bool,
) {
    if sources.len() < 2 {
        return;
    }
    let lines: Vec<SourceLines<'_>> = sources
        .iter()
        .zip(ledgers)
        .enumerate()
        .map(|(source, (report, lines))| SourceLines {
            source,
            kind: report.kind.unwrap_or(EntryKind::Measured),
            family: report.format.split('.').next().unwrap_or(""),
            lines,
        })
        .collect();
    // A file without people belongs to the owner; where at most one person is named, that is the owner, too.
    let is_owner_only = is_one_person || all.people.iter().count() <= 1;
    let lower: HashMap<u32, u32> = same_names(all);
    let same = |person: u32| {
        if is_owner_only {
            0
        } else {
            lower.get(&person).copied().unwrap_or(person)
        }
    };
    let (mut cuts, repeated) = repeated_totals(&lines, sources);
    let mut rest: Vec<SourceLines<'_>> = lines
        .into_iter()
        .filter(|of| !repeated.iter().any(|(source, _)| *source == of.source))
        .collect();
    drop_apart(&mut rest);
    let (doubled, taken) = doubles(&rest, &same);
    cuts.extend(doubled);
    for (source, message) in repeated {
        if let Some(report) = sources.get_mut(source) {
            report.remark(Problem::note("import.totals_repeated", message));
        }
    }
    for cut in cuts {
        if let Some(group) = usize::try_from(cut.group)
            .ok()
            .and_then(|at| all.groups.get_mut(at))
        {
            group.mix.add(cut.kind, Seconds(-cut.seconds.0));
            group.entries -= u64::from(cut.is_whole);
        }
        if let Some(report) = sources.get_mut(cut.source) {
            report.seconds = report.seconds - cut.seconds;
            report.entries -= u64::from(cut.is_whole);
            report.skipped += u64::from(cut.is_whole);
        }
    }
    for (source, taken) in taken {
        if let Some(report) = sources.get_mut(source) {
            say_taken(report, taken);
        }
    }
}

/// Leaves out the sources that cannot have anything in common with another: no id, and no day, neither printed nor
/// of its times, that another has.
fn drop_apart(sources: &mut Vec<SourceLines<'_>>) {
    let days: Vec<Option<(i32, i32)>> = sources.iter().map(days_of).collect();
    let is_apart = |at: usize| {
        let Some((first, last)) = days.get(at).copied().flatten() else {
            return false;
        };
        days.iter().enumerate().all(|(other, days)| {
            other == at || days.is_some_and(|(from, to)| to < first || last < from)
        })
    };
    let apart: Vec<bool> = (0..sources.len()).map(is_apart).collect();
    let mut apart = apart.into_iter();
    sources.retain(|_| !apart.next().unwrap_or(false));
}

/// The first and last day of a source's entries; `None` where one has an id or no day, so that it may be another's anywhere.
fn days_of(source: &SourceLines<'_>) -> Option<(i32, i32)> {
    let mut days: Option<(i32, i32)> = None;
    for line in source.lines {
        let day = line.day.filter(|_| line.external_id == 0)?;
        let of = |second: i64| i32::try_from(second.div_euclid(86_400)).unwrap_or(day);
        let (from, to) = line.span.map_or((day, day), |(start, end)| {
            (of(start), of(end.max(start + 1) - 1))
        });
        let (first, last) = days.unwrap_or((day, day));
        days = Some((first.min(day).min(from), last.max(day).max(to)));
    }
    days
}

fn same_names(all: &Collector) -> HashMap<u32, u32> {
    let mut first: HashMap<String, u32> = HashMap::new();
    let mut same = HashMap::new();
    for (number, name) in (1_u32..).zip(all.people.iter()) {
        same.insert(
            number,
            *first.entry(name.trim().to_lowercase()).or_insert(number),
        );
    }
    same
}

fn say_taken(report: &mut Report, taken: Taken) {
    let hours = |seconds: Seconds| seconds.hours().round_dp(1).normalize();
    if taken.same_entries > 0 && report.entries == 0 && taken.covered == 0 {
        let message = "nothing new: every entry is in another of these files";
        report.remark(Problem::note("import.duplicate_file", message));
    } else if taken.same_entries > 0 {
        let message = format!(
            "{}: in another of these files, counted once",
            counted(taken.same_entries)
        );
        report.remark(Problem::note("import.duplicate", message));
    }
    if taken.changed > 0 {
        let message = format!(
            "{} under the same id with other content: the file named first counts",
            match taken.changed {
                1 => "1 entry is in another of these files".to_owned(),
                many => format!("{many} entries are in another of these files"),
            }
        );
        report
            .remark(Problem::note("import.changed", message).hint("name the newest export first"));
    }
    if taken.covered > 0 {
        let message = format!(
            "{}: in hours another source has, counted once",
            counted(taken.covered)
        );
        report.remark(Problem::note("import.overlap", message));
        if report.kind == Some(EntryKind::Measured) {
            let entries = counted(taken.covered);
            report.questions.push(format!(
                "is this the same work as in another file? {entries}, counted once"
            ));
        }
    }
    if taken.shared >= Seconds(1800) {
        let hours = hours(taken.shared);
        let message = format!(
            "{hours} h of these entries overlap another file's (same person, same time); all are counted"
        );
        report.remark(Problem::note("import.overlap", message));
    }
    if taken.shortened.0 > 0 {
        let (entries, hours) = (counted(taken.shortened.0), hours(taken.shortened.1));
        let message = format!(
            "{entries}: in part in hours another source has; {hours} h are not counted again"
        );
        report.remark(Problem::note("import.overlap", message));
    }
}

fn counted(entries: u64) -> String {
    if entries == 1 {
        "1 entry".to_owned()
    } else {
        format!("{entries} entries")
    }
}

/// Files whose times carry no zone, beside others: which hours are the same depends on it.
fn ask_zone(sources: &mut [Report]) {
    let is_open = |source: &Report| {
        source
            .decisions
            .iter()
            .any(|said| said.starts_with("times without a zone"))
    };
    if sources.len() < 2 || sources.iter().all(is_open) {
        return;
    }
    for source in sources.iter_mut().filter(|source| is_open(source)) {
        let question = "in which zone are these times? They are held against the other files as they stand.  --tz Area/City";
        source.questions.push(question.to_owned());
    }
}

/// What the owner should know about the whole of the data.
pub(super) fn remark(
    all: &Collector,
    sources: &mut [Report],
    keeps_ledger: bool,
    options: &Options<'_>,
) {
    if options.zone.is_none() {
        ask_zone(sources);
    }
    let minutes = all.occupied.overlapping_minutes();
    let is_shared = sources.iter().any(|source| source.shares_time);
    let is_told = minutes >= 30 && !is_shared;
    if let ([source], false, true) = (&mut *sources, keeps_ledger, is_told) {
        let hours = (Decimal::from(minutes) / Decimal::from(60))
            .round_dp(1)
            .normalize();
        source.remark(Problem::note(
            "import.overlap",
            format!("about {hours} h of these entries overlap each other (same person, same time); all are counted"),
        ));
    }
    for source in sources {
        if source.people.len() > 1 && options.person.is_none() {
            let mut people: Vec<_> = source.people.iter().collect();
            people.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
            let named = |(name, _): &(&String, &Seconds)| {
                if name.is_empty() {
                    "(no name)".to_owned()
                } else {
                    (*name).clone()
                }
            };
            let names: Vec<String> = people.iter().take(3).map(named).collect();
            let more = people.len().saturating_sub(3);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            source.questions.push(format!(
                "{} people are in this file ({}{more}); all are counted. Whose desk is it?  --person NAME",
                people.len(),
                names.join(", ")
            ));
        }
    }
}
