//! Lines that somebody has typed, as entries of a source.

use std::collections::HashMap;

use offdesk_domain::Day;
use offdesk_import::Report;
use offdesk_store::entries::{EntryRow, insert_entries};
use offdesk_store::sources::{SourceRow, grow_source, insert_source, next_number};
use offdesk_store::{Scope, Uuid};

use crate::actor::Actor;
use crate::error::{Error, ErrorKind};
use crate::imports::{Keys, Scan, Scanned, place_wordings};
use crate::moment::Moment;
use crate::workspaces::Settings;

/// A line to be kept.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) seconds: i64,
    pub(super) day: Option<Day>,
}

/// Adds an empty source that counts.
pub(super) fn add_source(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    format: &str,
    label: &str,
    moment: Moment,
) -> Result<SourceRow, Error> {
    let source = SourceRow {
        id: moment.id(),
        number: next_number(scope)?,
        format: format.to_owned(),
        label: label.to_owned(),
        file: label.to_owned(),
        digest: Vec::new(),
        kind: "remembered".to_owned(),
        rows: 0,
        entries: 0,
        seconds: 0,
        skipped: 0,
        bad: 0,
        days: None,
        has_totals: format == super::MEMORY,
        remarks: "{}".to_owned(),
        state: "published".to_owned(),
        created_by: actor.account,
        created_at: moment.micros(),
        version: 1,
    };
    insert_source(scope, &source)?;
    Ok(source)
}

/// A line that was kept.
pub(super) struct Kept {
    pub(super) entry: Uuid,
    pub(super) wording: Uuid,
}

/// Adds lines to a source that counts, and gives the entry and the wording of each.
pub(super) fn add_lines(
    scope: &mut Scope<'_, '_>,
    source: Uuid,
    lines: &[&Line],
    settings: &Settings,
    moment: Moment,
) -> Result<Vec<Kept>, Error> {
    let count = u64::try_from(lines.len()).unwrap_or(0);
    let seconds: i64 = lines.iter().map(|line| line.seconds).sum();
    let days = lines
        .iter()
        .filter_map(|line| Some(i64::from(line.day?.0)))
        .fold(None, |days: Option<(i64, i64)>, day| {
            Some(days.map_or((day, day), |(a, b)| (a.min(day), b.max(day))))
        });
    let grown = grow_source(scope, source, (count, seconds), days)?;
    let wordings = wordings_of(scope, lines, settings, moment)?;
    let before = grown.saturating_sub(count).cast_signed();
    let rows = lines.iter().zip(&wordings).zip(before + 1..);
    let rows = rows.map(|((line, wording), number)| EntryRow {
        id: moment.id(),
        source_id: source,
        wording_id: *wording,
        person: String::new(),
        client: String::new(),
        project: String::new(),
        task: String::new(),
        tags: String::new(),
        description: line.name.clone(),
        day: line.day.map(|day| day.0.into()),
        span: None,
        seconds: line.seconds,
        counted: line.seconds,
        is_counted: true,
        line: number,
        fingerprint: number,
        external_id: String::new(),
    });
    let rows: Vec<EntryRow> = rows.collect();
    let kept = rows.iter().map(|row| Kept {
        entry: row.id,
        wording: row.wording_id,
    });
    let kept = kept.collect();
    insert_entries(scope, rows)?;
    Ok(kept)
}

/// The wording of each line, which is made where there is none.
pub(super) fn wordings_of(
    scope: &mut Scope<'_, '_>,
    lines: &[&Line],
    settings: &Settings,
    moment: Moment,
) -> Result<Vec<Uuid>, Error> {
    let mut keys = Keys::default();
    let mut wordings = Vec::new();
    let mut seen: HashMap<_, usize> = HashMap::new();
    let mut of = Vec::new();
    for line in lines {
        let key = keys.of(&offdesk_import::Entry {
            description: &line.name,
            ..offdesk_import::Entry::default()
        });
        of.push(key);
        let at = *seen.entry(key).or_insert_with(|| {
            wordings.push((
                key,
                Scanned {
                    description: line.name.clone(),
                    ..Scanned::default()
                },
            ));
            wordings.len() - 1
        });
        wordings[at].1.seconds += line.seconds;
    }
    let scan = Scan {
        report: Report::default(),
        wordings,
        clients: Vec::new(),
        bytes: [0; 32],
    };
    let ids = place_wordings(scope, &scan, settings, moment)?;
    let found = of.iter().map(|key| {
        ids.get(key).copied().ok_or_else(|| {
            Error::new(
                ErrorKind::Failed,
                "memory.wording",
                "a wording was not kept",
            )
        })
    });
    found.collect()
}
