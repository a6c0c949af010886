//! What was typed just now, held against the other sources of its days.

use std::collections::{BTreeSet, HashMap};

use offdesk_import::Report;
use offdesk_store::entries::{LineRow, list_lines, list_lines_between};
use offdesk_store::sources::{SourceRow, find_published, has_others_between, list_published};
use offdesk_store::times::{AddedTime, add_time, counted_of_source, reckon_times};
use offdesk_store::{Scope, Uuid};

use super::{People, is_of_one_person, kind_of, reckon, report_of, settle, write_counted};
use crate::audit::collector::Line;
use crate::audit::doubles::SourceLines;
use crate::audit::repeated::tells_the_week;
use crate::error::Error;
use crate::remembered::MEMORY;

/// Reckons what counts of the lines of a typed log on the days of lines that were just added; nothing else is held against them. Says
/// whether something else has one of these days, so that not all of a line may count.
///
/// # Errors
/// Those of the store.
pub fn settle_logged(
    scope: &mut Scope<'_, '_>,
    log: Uuid,
    added: &[AddedTime],
) -> Result<bool, Error> {
    let days: BTreeSet<i64> = added.iter().map(|added| added.day).collect();
    let mut shared = Vec::new();
    for day in days {
        // A time may fall on another day in UTC.
        if has_others_between(scope, log, day - 1, day + 1)? {
            shared.push(day);
        }
    }
    let (mut is_changed, is_held) = (false, !shared.is_empty());
    if is_held {
        let sources = list_published(scope)?;
        let is_owner_only = is_of_one_person(&sources);
        for day in shared {
            is_changed |= settle_day(scope, log, day, &sources, is_owner_only)?;
        }
    }
    if is_changed {
        reckon_times(scope, log)?;
    } else {
        for added in added {
            add_time(scope, *added)?;
        }
    }
    settle_week(scope)?;
    Ok(is_held)
}

/// Holds a week from memory against what was typed, as of now: from enough lines on it counts no more.
fn settle_week(scope: &mut Scope<'_, '_>) -> Result<(), Error> {
    let Some(week) = find_published(scope, MEMORY)? else {
        return Ok(());
    };
    let is_counted = counted_of_source(scope, week.id)? == (week.entries, week.seconds);
    let sources = list_published(scope)?;
    let rows = list_lines(scope, week.id)?;
    let mut people = People::default();
    let lines: Vec<Line> = (0_u32..)
        .zip(&rows)
        .map(|(at, row)| people.line(at, row))
        .collect();
    let of = SourceLines {
        source: 0,
        kind: kind_of(&week),
        family: MEMORY,
        lines: &lines,
    };
    let reports: Vec<Report> = sources.iter().map(report_of).collect();
    if tells_the_week(&of, &reports) == is_counted {
        settle(scope)?;
    }
    Ok(())
}

/// Writes down what counts of the lines of a typed log on a day, and says whether that was not what stood there.
fn settle_day(
    scope: &mut Scope<'_, '_>,
    log: Uuid,
    day: i64,
    sources: &[SourceRow],
    is_owner_only: bool,
) -> Result<bool, Error> {
    let mut of: HashMap<Uuid, Vec<LineRow>> = HashMap::new();
    for line in list_lines_between(scope, day - 1, day + 1)? {
        of.entry(line.source_id).or_default().push(line);
    }
    let part: Vec<&SourceRow> = sources
        .iter()
        .filter(|source| of.contains_key(&source.id))
        .collect();
    let rows: Vec<Vec<LineRow>> = part
        .iter()
        .map(|source| of.remove(&source.id).unwrap_or_default())
        .collect();
    let left = reckon(&part, &rows, is_owner_only);
    let mut is_changed = false;
    for ((source, rows), left) in part.iter().zip(&rows).zip(left) {
        if source.id == log {
            let of_day = rows
                .iter()
                .zip(left)
                .filter(|(row, _)| row.day == Some(day));
            is_changed |= write_counted(scope, log, of_day)?;
        }
    }
    Ok(is_changed)
}
