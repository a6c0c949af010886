//! Hours that other sources tell better: totals beside entries, and a week from memory.

use offdesk_domain::{Day, EntryKind, Seconds};
use offdesk_import::Report;

use super::doubles::{Cut, SourceLines};
use crate::remembered::LOG;

/// Totals beside entries of the same days: the entries count, the totals do not. Hours a week from memory count
/// only where there is nothing else, as nobody knows which hours they are; beside typed lines until these tell most of such a week.
pub(crate) fn repeated_totals(
    lines: &[SourceLines<'_>],
    sources: &[Report],
) -> (Vec<Cut>, Vec<(usize, &'static str)>) {
    let dated = |source: &&Report| !source.has_totals && source.entries > 0;
    let days: Vec<(EntryKind, (Day, Day))> = sources
        .iter()
        .filter(dated)
        .filter_map(|source| source.kind.zip(source.days))
        .collect();
    let (mut cuts, mut repeated) = (Vec::new(), Vec::new());
    for (of, source) in lines
        .iter()
        .zip(sources)
        .filter(|(_, source)| source.has_totals)
    {
        let overlaps = |(kind, (first, last)): &(EntryKind, (Day, Day))| match source.days {
            Some((from, to)) => *kind == EntryKind::Measured && *first <= to && from <= *last,
            None => true,
        };
        let is_told = match source.days {
            Some(_) => days.iter().any(overlaps),
            None => tells_the_week(of, sources),
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
        cuts.extend(of.lines.iter().map(|line| Cut {
            source: of.source,
            kind: of.kind,
            group: line.group,
            seconds: Seconds(line.seconds),
            is_whole: true,
        }));
    }
    (cuts, repeated)
}

/// Whether other sources tell the hours of a week from memory: any with days does, and lines typed now and then do from half of its hours
/// in each of the weeks from their first day to their last.
pub(crate) fn tells_the_week(week: &SourceLines<'_>, sources: &[Report]) -> bool {
    let remembered: i64 = week.lines.iter().map(|line| line.seconds).sum();
    sources.iter().any(|source| {
        if source.has_totals || source.entries == 0 {
            return false;
        }
        let Some((first, last)) = source.days else {
            return false;
        };
        if source.format != LOG {
            return true;
        }
        let days = i64::from(last.0.saturating_sub(first.0))
            .saturating_add(1)
            .max(7);
        // In whole seconds of seven times as many days: half of the week is half of what seven days of the log have.
        source.seconds.0.saturating_mul(14) >= remembered.saturating_mul(days)
    })
}
