//! A calendar that is read again and again: one import for all its readings, which has each event as the last of them has it.

use std::collections::{HashMap, HashSet};

use offdesk_store::entries::{LineRow, list_lines};
use offdesk_store::sources::{
    SourceRow, list_published, move_entries, remove_entry, remove_unseen, update_source,
};
use offdesk_store::times::reckon_times;
use offdesk_store::{Store, StoreError, Uuid};

use super::publishing::NOTHING_NEW;
use super::{Imported, settle};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, digest};

/// What the import of a calendar's readings is known by.
pub(super) fn digest_of(calendar: Uuid) -> Vec<u8> {
    digest(&[b"calendar", calendar.as_bytes()]).to_vec()
}

/// Lets what was read of a calendar join the import that its earlier readings are, and goes by what is new: what has changed counts as it is
/// now, and what is no longer there counts no more.
///
/// # Errors
/// [`NOTHING_NEW`], `store.conflict` where the earlier import was undone meanwhile, and those of the actor and of the store.
pub(super) fn renew(
    store: &Store,
    actor: &Actor,
    read: SourceRow,
    earlier: Uuid,
    moment: Moment,
) -> Result<Imported, Error> {
    let actor = actor.clone();
    store
        .write(move |tx| {
            let mut scope = actor.within(tx, Permission::Import)?;
            scope.hold()?;
            let mut known = list_published(&mut scope)?.into_iter();
            let known = known.find(|one| one.id == earlier);
            let known = known.ok_or(StoreError::Conflict)?;
            let before = list_lines(&mut scope, known.id)?;
            let lines = list_lines(&mut scope, read.id)?;
            let changes = Changes::of(&before, &lines);
            if changes.is_none() {
                let nothing = "nothing in it is new";
                return Err(Error::new(ErrorKind::Conflict, NOTHING_NEW, nothing));
            }
            for id in &changes.old {
                remove_entry(&mut scope, known.id, *id)?;
            }
            move_entries(&mut scope, read.id, known.id)?;
            remove_unseen(&mut scope, read.id)?;
            let kept = before.iter().filter(|line| !changes.old.contains(&line.id));
            let renewed = renewed(known, read, kept);
            update_source(&mut scope, &renewed)?;
            reckon_times(&mut scope, renewed.id)?;
            settle(&mut scope)?;
            let detail = format!("{}: {} new or changed", renewed.label, changes.fresh);
            let file = renewed.file.clone();
            note(&mut scope, &actor, moment, "import_file", file, detail)?;
            Ok::<_, Error>(Imported {
                source: SourceRow {
                    version: renewed.version + 1,
                    ..renewed
                },
                counted: changes.fresh,
                doubles: 0,
                is_known: false,
                displaced: 0,
                replaced: Vec::new(),
            })
        })
        .wait()
}

/// The import as it is with what was read and those of its lines that stay.
fn renewed<'l>(
    known: SourceRow,
    read: SourceRow,
    kept: impl Iterator<Item = &'l LineRow>,
) -> SourceRow {
    let (mut entries, mut seconds, mut days) = (read.entries, read.seconds, read.days);
    for line in kept {
        entries += 1;
        seconds += line.seconds;
        days = match (days, line.day) {
            (Some((a, b)), Some(day)) => Some((day.min(a), day.max(b))),
            (days, day) => days.or(day.zip(day)),
        };
    }
    SourceRow {
        rows: entries + read.skipped,
        entries,
        seconds,
        skipped: read.skipped,
        bad: read.bad,
        days,
        remarks: read.remarks,
        ..known
    }
}

/// What a reading changes.
struct Changes {
    /// The lines there were that it has itself, or that are no longer in the calendar.
    old: HashSet<Uuid>,
    /// How many of its lines are new or changed.
    fresh: u64,
    /// Some are no longer in the calendar.
    is_any_gone: bool,
}

impl Changes {
    fn of(before: &[LineRow], read: &[LineRow]) -> Self {
        let mut left: HashMap<(&str, i64), u64> = HashMap::new();
        for line in before {
            *left.entry(content(line)).or_default() += 1;
        }
        let mut fresh = 0;
        for line in read {
            match left.get_mut(&content(line)) {
                Some(left) if *left > 0 => *left -= 1,
                _ => fresh += 1,
            }
        }
        let reach = Reach::of(read);
        let mut is_any_gone = false;
        let mut is_old = |line: &&LineRow| {
            let is_gone = reach.is_gone(line);
            is_any_gone |= is_gone;
            is_gone || reach.has(line)
        };
        let old = before.iter().filter(|line| is_old(line));
        let old = old.map(|line| line.id).collect();
        Self {
            old,
            fresh,
            is_any_gone,
        }
    }

    fn is_none(&self) -> bool {
        self.fresh == 0 && !self.is_any_gone
    }
}

fn content(line: &LineRow) -> (&str, i64) {
    (line.external_id.as_str(), line.fingerprint)
}

/// The series an event is one of.
fn series_of(line: &LineRow) -> Option<&str> {
    let (series, at) = line.external_id.rsplit_once('/')?;
    let is_time = matches!(at.len(), 8 | 16) && at.bytes().take(8).all(|b| b.is_ascii_digit());
    is_time.then_some(series)
}

/// What a reading tells of: calendars often give out the last weeks only, and what is older has not gone.
struct Reach<'r> {
    ids: HashSet<&'r str>,
    contents: HashSet<(&'r str, i64)>,
    series: HashSet<&'r str>,
    first: Option<i64>,
    first_single: Option<i64>,
}

impl<'r> Reach<'r> {
    fn of(read: &'r [LineRow]) -> Self {
        let singles = read.iter().filter(|line| series_of(line).is_none());
        Self {
            ids: read.iter().map(|line| line.external_id.as_str()).collect(),
            contents: read.iter().map(content).collect(),
            series: read.iter().filter_map(series_of).collect(),
            first: read.iter().filter_map(|line| line.day).min(),
            first_single: singles.filter_map(|line| line.day).min(),
        }
    }

    /// Whether the reading has a line itself, changed or not.
    fn has(&self, line: &LineRow) -> bool {
        match line.external_id.as_str() {
            "" => self.contents.contains(&content(line)),
            id => self.ids.contains(id),
        }
    }

    /// Whether a line would be in the reading if it were still in the calendar. A series goes back for years, also where single events do not.
    fn is_gone(&self, line: &LineRow) -> bool {
        if line.external_id.is_empty() || self.has(line) {
            return false;
        }
        let from = match series_of(line) {
            Some(series) if self.series.contains(series) => self.first,
            _ => self.first_single,
        };
        from.zip(line.day).is_some_and(|(from, day)| day >= from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u128, id: &str, day: i64, fingerprint: i64) -> LineRow {
        LineRow {
            id: Uuid::from_u128(number),
            source_id: Uuid::nil(),
            person: String::new(),
            day: Some(day),
            span: None,
            seconds: 3600,
            counted: 3600,
            is_counted: true,
            fingerprint,
            external_id: id.to_owned(),
        }
    }

    /// Numbers of the lines that go, how many are fresh, and whether any is gone.
    fn check(before: &[LineRow], read: &[LineRow], old: &[u128], fresh: u64, is_any_gone: bool) {
        let changes = Changes::of(before, read);
        let mut found: Vec<u128> = changes.old.iter().map(|id| id.as_u128()).collect();
        found.sort_unstable();
        assert_eq!(found, old);
        assert_eq!((changes.fresh, changes.is_any_gone), (fresh, is_any_gone));
        assert_eq!(changes.is_none(), fresh == 0 && !is_any_gone);
    }

    #[test]
    fn a_reading_changes_what_it_tells_of_and_nothing_before_it() {
        let before = [
            line(1, "a", 10, 1),
            line(2, "b", 20, 2),
            line(3, "c", 30, 3),
        ];
        check(&before, &before, &[1, 2, 3], 0, false);
        // The same from the twentieth on: the tenth was not asked for.
        check(
            &before,
            &[line(7, "b", 20, 2), line(8, "c", 30, 3)],
            &[2, 3],
            0,
            false,
        );
        let changed = [
            line(7, "b", 20, 9),
            line(8, "c", 30, 3),
            line(9, "d", 31, 4),
        ];
        check(&before, &changed, &[2, 3], 2, false);
        check(
            &before,
            &[line(7, "a", 10, 1), line(8, "c", 30, 3)],
            &[1, 2, 3],
            0,
            true,
        );
    }

    #[test]
    fn a_series_that_goes_back_for_years_takes_no_single_event_with_it() {
        let before = [
            line(1, "s/20260101T080000Z", 1, 1),
            line(2, "s/20260108T080000Z", 8, 2),
            line(3, "single", 5, 3),
            line(4, "late", 90, 4),
        ];
        let read = [line(7, "s/20260101T080000Z", 1, 1), line(8, "late", 90, 4)];
        // One day of the series is gone; the single event is older than what is told of single ones.
        check(&before, &read, &[1, 2, 4], 0, true);
        let ended = [line(8, "late", 90, 4)];
        check(&before, &ended, &[4], 0, false);
    }

    #[test]
    fn what_has_no_id_is_known_by_what_it_says() {
        let before = [line(1, "", 10, 1), line(2, "", 11, 2)];
        check(
            &before,
            &[line(7, "", 10, 1), line(8, "", 11, 9)],
            &[1],
            1,
            false,
        );
    }
}
