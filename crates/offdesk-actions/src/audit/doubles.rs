//! Several sources held against each other: the same entry twice, the same hour from two sources.
//!
//! Measured time goes before implied time, and an earlier file before a later one. Nothing is added up twice
//! for the same person and hour.

mod spans;

use std::collections::HashMap as ByKey;

use foldhash::fast::FixedState;
use offdesk_domain::{EntryKind, Seconds};

use self::spans::{add_spans, overlap, share_free};
use super::collector::Line;

/// Maps and sets for millions of look-ups by numbers.
type HashMap<K, V> = hashbrown::HashMap<K, V, FixedState>;
type HashSet<K> = hashbrown::HashSet<K, FixedState>;

/// An entry of another source is taken for the same work when more than this share of it is covered, in hundredths.
const SAME_WORK: i64 = 80;

/// The entries of one source.
#[derive(Debug)]
pub struct SourceLines<'l> {
    /// Number of the file, from 0.
    pub source: usize,
    /// How its entries are known.
    pub kind: EntryKind,
    /// Its format, up to the first dot: the same tracker.
    pub family: &'l str,
    /// Its entries.
    pub lines: &'l [Line],
}

impl SourceLines<'_> {
    /// Takes so much of one of its lines away, or all of it.
    pub(crate) fn cut(&self, line: &Line, seconds: i64, is_whole: bool) -> Cut {
        Cut {
            source: self.source,
            kind: self.kind,
            group: line.group,
            seconds: Seconds(seconds),
            is_whole,
        }
    }
}

/// What was taken away from a source because another one already has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// Entries that are in another file to the letter, or under the same id.
    pub same_entries: u64,
    /// Those of them whose content is another one there.
    pub changed: u64,
    /// Entries of another source that lie in time already counted.
    pub covered: u64,
    /// Time of both.
    pub seconds: Seconds,
    /// Entries counted in part, and the time taken from them.
    pub shortened: (u64, Seconds),
    /// Logged time that another file has logged, too, in part of an entry: all of it counts.
    pub shared: Seconds,
}

/// Time to take away from a group of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// The source.
    pub source: usize,
    /// How it is known.
    pub kind: EntryKind,
    /// The group.
    pub group: u32,
    /// Time to take away.
    pub seconds: Seconds,
    /// The whole entry goes.
    pub is_whole: bool,
}

/// Finds what to take away. `people` gives for every number of a person the one to compare by.
#[must_use]
pub fn doubles(
    sources: &[SourceLines<'_>],
    same_person: &dyn Fn(u32) -> u32,
) -> (Vec<Cut>, ByKey<usize, Taken>) {
    let mut order: Vec<&SourceLines<'_>> = sources.iter().collect();
    order.sort_by_key(|source| (source.kind, is_app_log(source.family), source.source));
    let mut seen = Seen::default();
    let mut cuts = Vec::new();
    let mut taken: ByKey<usize, Taken> = ByKey::new();
    for source in order {
        let mut kept: Vec<(u32, Line)> = Vec::new();
        let mut ordinals: HashMap<u64, u32> = HashMap::default();
        let tally = taken.entry(source.source).or_default();
        let family = seen.family(source.family);
        let free = seen.free_shares(source, same_person);
        for (at, line) in source.lines.iter().enumerate() {
            let ordinal = ordinals.entry(line.fingerprint).or_default();
            *ordinal += 1;
            let person = same_person(line.person);
            let identity = (family, line.fingerprint, *ordinal);
            let id = (family, line.external_id);
            let known = seen.ids.get(&id).filter(|_| line.external_id != 0);
            let is_changed = known.is_some_and(|known| *known != line.fingerprint);
            let is_same = seen.entries.contains(&identity) || known.is_some();
            if is_same {
                tally.same_entries += 1;
                tally.changed += u64::from(is_changed && line.seconds > 0);
                tally.seconds += Seconds(line.seconds);
                cuts.push(source.cut(line, line.seconds, true));
                continue;
            }
            let covered = match free.get(&at) {
                Some(free) => {
                    let by_clock = (line.seconds - free).max(0);
                    let rest = line.seconds - by_clock;
                    by_clock + seen.covered_by_day(person, line, source.kind, rest)
                }
                None => seen.covered(person, line, source.kind),
            };
            if covered * 100 > line.seconds * SAME_WORK && line.seconds > 0 {
                tally.covered += 1;
                tally.seconds += Seconds(line.seconds);
                cuts.push(source.cut(line, line.seconds, true));
                continue;
            }
            let mut rest = *line;
            if covered > 0 && source.kind == EntryKind::Measured {
                tally.shared += Seconds(covered);
            } else if covered > 0 {
                tally.shortened.0 += 1;
                tally.shortened.1 += Seconds(covered);
                cuts.push(source.cut(line, covered, false));
                rest.seconds -= covered;
            }
            kept.push((person, rest));
        }
        seen.accept(source, family, &kept);
    }
    (cuts, taken)
}

/// What the sources so far have taken.
#[derive(Debug, Default)]
struct Seen {
    /// Entries by family, fingerprint and ordinal.
    entries: HashSet<(u32, u64, u32)>,
    /// Ids by family, each with the fingerprint of its entry.
    ids: HashMap<(u32, u64), u64>,
    /// Families by name.
    families: HashMap<String, u32>,
    /// Disjoint spans of every person, in order.
    spans: HashMap<u32, Vec<(i64, i64)>>,
    /// Measured time without a clock, by person and day, not yet held against anything.
    clockless: HashMap<(u32, i32), i64>,
    /// All time by person and day, not yet held against an app log, which knows no hours of the day.
    days: HashMap<(u32, i32), i64>,
    /// Clocked time by person, day and length, for entries without a clock that say the same.
    clocked: HashMap<(u32, i32, i64), u32>,
}

impl Seen {
    /// The number of a family.
    fn family(&mut self, name: &str) -> u32 {
        let next = u32::try_from(self.families.len()).unwrap_or(u32::MAX);
        *self.families.entry(name.to_owned()).or_insert(next)
    }

    /// Seconds of an entry that are already counted.
    fn covered(&mut self, person: u32, line: &Line, kind: EntryKind) -> i64 {
        if let Some((start, end)) = line.span
            && end > start
        {
            let by_clock = self
                .spans
                .get(&person)
                .map_or(0, |spans| overlap(spans, start, end))
                .min(line.seconds);
            let rest = line.seconds - by_clock;
            return by_clock + self.covered_by_day(person, line, kind, rest);
        }
        let Some(day) = line.day else { return 0 };
        if kind != EntryKind::Measured {
            return take_from(self.days.get_mut(&(person, day)), line.seconds);
        }
        // Without a clock: the same day and the same length, to the minute, from another source.
        let key = (person, day, (line.seconds + 30) / 60);
        match self.clocked.get_mut(&key) {
            Some(count) if *count > 0 && line.seconds > 0 => {
                *count -= 1;
                line.seconds
            }
            _ => 0,
        }
    }

    /// For implied entries that share their hours with others of their source (numbers in the source): what is left of
    /// them, when the hours that are already counted go first and only the rest is shared.
    fn free_shares(
        &self,
        source: &SourceLines<'_>,
        same_person: &dyn Fn(u32) -> u32,
    ) -> HashMap<usize, i64> {
        let mut shared: HashMap<u32, Vec<(i64, i64, usize)>> = HashMap::default();
        if source.kind != EntryKind::Measured {
            for (at, line) in source.lines.iter().enumerate() {
                if let Some((start, end)) = line.span
                    && end - start > line.seconds
                {
                    let own = shared.entry(same_person(line.person)).or_default();
                    own.push((start, end, at));
                }
            }
        }
        let mut free = HashMap::default();
        for (person, own) in shared {
            if let Some(counted) = self.spans.get(&person) {
                free.extend(share_free(&own, counted));
            }
        }
        free
    }

    /// Implied time on a day with measured time that has no clock: which hour it was nobody knows, so the
    /// measured time is taken from the implied time of that day.
    fn covered_by_day(&mut self, person: u32, line: &Line, kind: EntryKind, most: i64) -> i64 {
        if kind == EntryKind::Measured {
            return 0;
        }
        let left = line
            .day
            .and_then(|day| self.clockless.get_mut(&(person, day)));
        take_from(left, most)
    }

    fn accept(&mut self, source: &SourceLines<'_>, family: u32, kept: &[(u32, Line)]) {
        let mut ordinals: HashMap<u64, u32> = HashMap::default();
        for line in source.lines {
            let ordinal = ordinals.entry(line.fingerprint).or_default();
            *ordinal += 1;
            self.entries.insert((family, line.fingerprint, *ordinal));
            if line.external_id != 0 {
                let id = (family, line.external_id);
                self.ids.entry(id).or_insert(line.fingerprint);
            }
        }
        let mut new: HashMap<u32, Vec<(i64, i64)>> = HashMap::default();
        for (person, line) in kept {
            if let Some(span) = line.span {
                new.entry(*person).or_default().push(span);
            } else if let (Some(day), EntryKind::Measured) = (line.day, source.kind) {
                *self.clockless.entry((*person, day)).or_default() += line.seconds;
            }
            if let Some(day) = line.day {
                *self.days.entry((*person, day)).or_default() += line.seconds;
                *self
                    .clocked
                    .entry((*person, day, (line.seconds + 30) / 60))
                    .or_default() += 1;
            }
        }
        for (person, spans) in new {
            add_spans(self.spans.entry(person).or_default(), spans);
        }
    }
}

/// As much of `most` as is left, which is then gone.
fn take_from(left: Option<&mut i64>, most: i64) -> i64 {
    let Some(left) = left else { return 0 };
    let part = most.min(*left);
    *left -= part;
    part
}

/// A log of what was on the screen: believed after a calendar.
fn is_app_log(family: &str) -> bool {
    matches!(family, "activitywatch" | "rescuetime")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(group: u32, span: Option<(i64, i64)>, seconds: i64, fingerprint: u64) -> Line {
        Line {
            group,
            person: 1,
            day: Some(0),
            span,
            seconds,
            fingerprint,
            external_id: 0,
        }
    }

    fn check(sources: &[(EntryKind, &str, Vec<Line>)], expected: &[(usize, i64, bool)]) {
        let sources: Vec<SourceLines<'_>> = sources
            .iter()
            .enumerate()
            .map(|(source, (kind, family, lines))| SourceLines {
                source,
                kind: *kind,
                family,
                lines,
            })
            .collect();
        let (cuts, _) = doubles(&sources, &|person| person);
        let cuts: Vec<_> = cuts
            .iter()
            .map(|cut| (cut.source, cut.seconds.0, cut.is_whole))
            .collect();
        assert_eq!(cuts, expected);
    }

    const M: EntryKind = EntryKind::Measured;
    const I: EntryKind = EntryKind::Implied;

    #[test]
    fn the_same_file_twice_counts_once_and_true_twins_survive() {
        let lines = vec![line(0, None, 3600, 7), line(0, None, 3600, 7)];
        check(
            &[(M, "harvest", lines.clone()), (M, "harvest", lines.clone())],
            &[(1, 3600, true), (1, 3600, true)],
        );
        check(&[(M, "harvest", lines)], &[]);
    }

    #[test]
    fn an_overlapping_tracker_counts_once() {
        let a = vec![line(0, Some((0, 3600)), 3600, 1)];
        let b = vec![
            line(1, Some((60, 3660)), 3600, 2),
            line(1, Some((3600, 7200)), 3600, 3),
        ];
        check(&[(M, "toggl", a), (M, "clockify", b)], &[(1, 3600, true)]);
    }

    #[test]
    fn a_calendar_gives_only_what_the_tracker_does_not_have() {
        let calendar = vec![
            line(0, Some((0, 3600)), 3600, 1),
            line(0, Some((36_000, 39_600)), 3600, 2),
        ];
        let tracker = vec![line(1, Some((900, 2700)), 1800, 3)];
        check(
            &[(I, "ics", calendar), (M, "toggl", tracker)],
            &[(0, 1800, false)],
        );
    }

    #[test]
    fn of_two_overlapping_events_the_one_without_a_tracker_keeps_its_time() {
        // Nine to eleven and ten to twelve share their common hour: an hour and a half each.
        let calendar = vec![
            line(0, Some((0, 7200)), 5400, 1),
            line(1, Some((3600, 10_800)), 5400, 2),
        ];
        let tracker = vec![line(2, Some((0, 7200)), 7200, 3)];
        check(
            &[(I, "ics", calendar), (M, "toggl", tracker)],
            &[(0, 5400, true), (0, 1800, false)],
        );
    }

    #[test]
    fn an_entry_changed_between_two_exports_is_told() {
        let entry = |seconds, fingerprint| Line {
            external_id: 77,
            ..line(0, Some((0, seconds)), seconds, fingerprint)
        };
        let (old, new) = ([entry(3600, 1)], [entry(1800, 2)]);
        let of = |source, lines| SourceLines {
            source,
            kind: M,
            family: "toggl",
            lines,
        };
        let (cuts, taken) = doubles(&[of(0, &new), of(1, &old)], &|person| person);
        assert_eq!(cuts.len(), 1);
        let taken = taken.get(&1).copied().unwrap_or_default();
        assert_eq!((taken.same_entries, taken.changed), (1, 1));
        let (_, taken) = doubles(&[of(0, &new), of(1, &new)], &|person| person);
        assert_eq!(taken.get(&1).map(|taken| taken.changed), Some(0));
    }

    #[test]
    fn a_tracker_without_a_clock_takes_its_hours_from_the_calendar_day() {
        let calendar = vec![
            line(0, Some((0, 3600)), 3600, 1),
            line(0, Some((7200, 10_800)), 3600, 2),
        ];
        let tracker = vec![line(1, None, 5400, 3)];
        check(
            &[(I, "ics", calendar), (M, "harvest", tracker)],
            &[(0, 3600, true), (0, 1800, false)],
        );
    }

    #[test]
    fn the_same_day_and_length_without_a_clock_is_the_same_work() {
        let clocked = vec![line(0, Some((0, 3600)), 3600, 1)];
        let clockless = vec![line(1, None, 3600, 2), line(1, None, 3600, 3)];
        check(
            &[(M, "toggl", clocked), (M, "harvest", clockless)],
            &[(1, 3600, true)],
        );
    }

    #[test]
    fn an_app_log_gives_only_what_the_day_does_not_have() {
        let log = vec![line(0, None, 3600, 1), line(0, None, 1800, 2)];
        let calendar = vec![line(1, Some((0, 3600)), 3600, 3)];
        check(
            &[
                (I, "activitywatch", log.clone()),
                (I, "ics", calendar.clone()),
            ],
            &[(0, 3600, true)],
        );
        let tracker = vec![
            line(2, Some((0, 3000)), 3000, 4),
            line(2, Some((3600, 4800)), 1200, 5),
        ];
        check(
            &[(I, "rescuetime", log), (M, "toggl", tracker)],
            &[(0, 3600, true), (0, 600, false)],
        );
    }
}
