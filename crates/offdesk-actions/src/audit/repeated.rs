//! Hours that other sources tell better: totals beside entries, and a week from memory.

use std::collections::HashMap;

use offdesk_domain::coverage::Coverage;
use offdesk_domain::time::Period;
use offdesk_domain::{Day, EntryKind};
use offdesk_import::Report;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::collector::Line;
use super::doubles::{Cut, SourceLines};
use crate::remembered::{LOG, MEMORY};

/// Totals beside entries of the same days: the entries count, the totals do not. Hours a week from memory count
/// only where there is nothing else, as nobody knows which hours they are; beside typed lines until these tell most of such a week, and
/// then only what the lines leave of it.
pub(crate) fn repeated_totals(
    lines: &[SourceLines<'_>],
    sources: &[Report],
) -> (Vec<Cut>, Vec<(usize, &'static str)>) {
    let days: Vec<(EntryKind, (Day, Day))> = sources
        .iter()
        .filter(|source| is_dated(source))
        .filter_map(|source| source.kind.zip(source.days))
        .collect();
    let (mut cuts, mut repeated) = (Vec::new(), Vec::new());
    let has_better = sources.iter().any(tells_any_week);
    let typed = Typed::beside(lines, sources);
    let all = || lines.iter().zip(sources);
    let is_week = |of: &SourceLines<'_>, source: &Report| {
        source.has_totals && source.days.is_none() && of.family == MEMORY
    };
    let weeks: Vec<&SourceLines<'_>> = all()
        .filter(|(of, source)| is_week(of, source))
        .map(|(of, _)| of)
        .collect();
    let remembered = seconds_of(&weeks);
    for (of, source) in all().filter(|(_, source)| source.has_totals) {
        let overlaps = |(kind, (first, last)): &(EntryKind, (Day, Day))| match source.days {
            Some((from, to)) => *kind == EntryKind::Measured && *first <= to && from <= *last,
            None => true,
        };
        let is_told = match source.days {
            Some(_) => days.iter().any(overlaps),
            None if is_week(of, source) => has_better || typed.tells(remembered),
            None => has_better || typed.tells(seconds_of(&[of])),
        };
        if !is_told {
            continue;
        }
        let message = if source.days.is_some() {
            "these totals cover days that another file has entry by entry; they are not counted again"
        } else {
            "hours from memory are not counted beside logged ones"
        };
        repeated.push((of.source, message));
        cuts.extend(whole(of));
    }
    if !has_better && !typed.tells(remembered) {
        cuts.extend(typed.taken_off(&weeks));
    }
    (cuts, repeated)
}

fn is_dated(source: &Report) -> bool {
    !source.has_totals && source.entries > 0
}

/// Whether a source tells the hours of any week from memory: one with days does, lines typed now and then have to be many.
pub(crate) fn tells_any_week(source: &Report) -> bool {
    is_dated(source) && source.days.is_some() && source.format != LOG
}

fn whole<'l>(of: &'l SourceLines<'_>) -> impl Iterator<Item = Cut> + 'l {
    let lines = of.lines.iter();
    lines.map(|line| of.cut(line, line.seconds, true))
}

/// What was typed now and then.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Typed {
    /// All of its time.
    seconds: i64,
    /// The weeks that are covered, at least one.
    weeks: Decimal,
}

impl Typed {
    /// So much time in what is covered.
    pub(crate) fn of(seconds: i64, coverage: &Coverage) -> Self {
        Self {
            seconds,
            weeks: coverage.weeks(),
        }
    }

    /// The typed lines among sources, in the weeks that the hours of a workspace are spread over.
    fn beside(lines: &[SourceLines<'_>], sources: &[Report]) -> Self {
        let (mut seconds, mut typed, mut files) = (0_i64, Vec::new(), Vec::new());
        for (of, source) in lines.iter().zip(sources) {
            if source.format == LOG {
                seconds = seconds.saturating_add(source.seconds.0);
                typed.extend(of.lines.iter().filter_map(|line| line.day.map(Day)));
            } else if let Some((from, to)) = source.days {
                files.push(Period { from, to });
            }
        }
        Self::of(seconds, &Coverage::of(files, typed))
    }

    /// Whether the lines tell most of remembered weeks: half of what these come to in the weeks that are covered.
    pub(crate) fn tells(&self, remembered: i64) -> bool {
        let logged = Decimal::from(self.seconds).saturating_mul(Decimal::TWO);
        self.seconds > 0 && logged >= Decimal::from(remembered).saturating_mul(self.weeks)
    }

    /// What of remembered weeks, taken together, no longer counts beside the lines: all of it where these tell most, or else as much as
    /// was logged in a week, in proportion over all rows.
    pub(crate) fn left_out(&self, weeks: &[&SourceLines<'_>]) -> Vec<Cut> {
        if self.tells(seconds_of(weeks)) {
            return weeks.iter().flat_map(|of| whole(of)).collect();
        }
        self.taken_off(weeks)
    }

    fn taken_off(&self, weeks: &[&SourceLines<'_>]) -> Vec<Cut> {
        let all = i128::from(seconds_of(weeks));
        // Up to the next second, so that both together are never more than what is remembered.
        let logged = (Decimal::from(self.seconds) / self.weeks).ceil();
        let logged = logged.to_i128().unwrap_or(0).min(all);
        let (mut before, mut cuts) = (0_i128, Vec::new());
        if logged <= 0 {
            return cuts;
        }
        for (of, line) in once(weeks) {
            let until = before + i128::from(line.seconds);
            let part = logged * until / all - logged * before / all;
            before = until;
            let part = i64::try_from(part).unwrap_or(line.seconds);
            cuts.push(of.cut(line, part, false));
        }
        cuts
    }
}

/// The rows of remembered weeks; one that a week before has, too, is there once.
fn once<'w, 'l>(weeks: &[&'w SourceLines<'l>]) -> Vec<(&'w SourceLines<'l>, &'l Line)> {
    let mut known: HashMap<u64, u32> = HashMap::new();
    let mut rows = Vec::new();
    for of in weeks {
        let mut own: HashMap<u64, u32> = HashMap::new();
        for line in of.lines {
            let number = own.entry(line.fingerprint).or_default();
            *number += 1;
            if *number > known.get(&line.fingerprint).copied().unwrap_or(0) {
                rows.push((*of, line));
            }
        }
        for (row, number) in own {
            let most = known.entry(row).or_default();
            *most = number.max(*most);
        }
    }
    rows
}

fn seconds_of(weeks: &[&SourceLines<'_>]) -> i64 {
    once(weeks).iter().map(|(_, line)| line.seconds).sum()
}
