//! What was typed just now, held against the other sources of its days.

use std::collections::{BTreeSet, HashMap};

use offdesk_store::entries::{LineRow, list_lines, list_lines_between};
use offdesk_store::sources::{SourceRow, find_published, has_others_between, list_published};
use offdesk_store::times::{AddedTime, add_time, reckon_times};
use offdesk_store::{Scope, Uuid};

use super::{
    People, is_of_one_person, left_after, lines_of, reckon, report_of, settle, write_counted,
};
use crate::audit::doubles::{SourceLines, doubles};
use crate::audit::repeated::{Typed, tells_any_week};
use crate::error::Error;
use crate::hours::coverage_of;
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
    let has_weeks = find_published(scope, MEMORY)?.is_some();
    let sources = match is_held || has_weeks {
        true => list_published(scope)?,
        false => Vec::new(),
    };
    let is_owner_only = is_of_one_person(&sources);
    for day in shared {
        is_changed |= settle_day(scope, log, day, &sources, is_owner_only)?;
    }
    if is_changed {
        reckon_times(scope, log)?;
    } else {
        for added in added {
            add_time(scope, *added)?;
        }
    }
    settle_weeks(scope, &sources)?;
    Ok(is_held)
}

/// Takes what was typed, as of now, off the weeks from memory: from enough lines on these count no more.
fn settle_weeks(scope: &mut Scope<'_, '_>, sources: &[SourceRow]) -> Result<(), Error> {
    let (weeks, others): (Vec<&SourceRow>, Vec<&SourceRow>) =
        sources.iter().partition(|source| source.format == MEMORY);
    // Where something else tells them, typed lines change nothing.
    if weeks.is_empty() || others.iter().any(|it| tells_any_week(&report_of(it))) {
        return Ok(());
    }
    let [typed] = others.as_slice() else {
        return settle(scope);
    };
    let coverage = coverage_of(scope, sources)?;
    let mut rows: Vec<Vec<LineRow>> = Vec::new();
    for week in &weeks {
        rows.push(list_lines(scope, week.id)?);
    }
    let lines = People::default().lines(&rows);
    let of = lines_of(&weeks, &lines);
    let told: Vec<&SourceLines<'_>> = of.iter().collect();
    let mut cuts = Typed::of(typed.seconds, &coverage).left_out(&told);
    // A row that two of the weeks have counts once.
    cuts.extend(doubles(&of, &|_| 0).0);
    for ((week, rows), left) in weeks.iter().zip(&rows).zip(left_after(&rows, cuts)) {
        if write_counted(scope, week.id, rows.iter().zip(left))? {
            reckon_times(scope, week.id)?;
        }
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
    let lines = list_lines_between(scope, day - 1, day + 1)?;
    // What a later import has in another form, on whichever day, covers nothing.
    let telling = |line: &LineRow| line.source_id == log || line.is_counted;
    for line in lines.into_iter().filter(telling) {
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
