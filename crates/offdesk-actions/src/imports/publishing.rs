//! The two moments of an import that others can see: it is begun, and it counts.

use offdesk_store::sources::{
    SourceRow, insert_source, list_published, next_number, update_source,
};
use offdesk_store::times::{counted_of_source, sum_by_activity};
use offdesk_store::{Scope, Store};

use super::scanning::WordingIds;
use super::{Imported, Remarks, Scan, known_already, place_wordings, settle};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::workspaces::Settings;

/// Nothing of it would count.
pub(super) const NOTHING_NEW: &str = "nothing_new";

/// When an import is not made after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unless {
    /// It is made, also where other imports have all of it.
    Never,
    /// It is not, where other imports have all of it.
    NothingIsNew,
}

/// Writes down the source, unpublished, with the wordings and activities that are new.
pub(super) fn begin(
    store: &Store,
    actor: &Actor,
    scan: Scan,
    (settings, digest): (Settings, Vec<u8>),
    moment: Moment,
) -> Result<(SourceRow, WordingIds), Error> {
    let actor = actor.clone();
    store
        .write(move |tx| {
            let mut scope = actor.within(tx, Permission::Import)?;
            scope.hold()?;
            let report = &scan.report;
            let source = SourceRow {
                id: moment.id(),
                number: next_number(&mut scope)?,
                format: report.format.clone(),
                label: report.label.clone(),
                file: report.file.clone(),
                digest: digest.clone(),
                kind: report
                    .kind
                    .unwrap_or(offdesk_domain::EntryKind::Measured)
                    .word()
                    .to_owned(),
                rows: report.rows,
                entries: report.entries,
                seconds: report.seconds.0,
                skipped: report.skipped,
                bad: report.bad,
                days: report.days.map(|(a, b)| (a.0.into(), b.0.into())),
                has_totals: report.has_totals,
                remarks: serde_json::to_string(&Remarks::of(report)).unwrap_or_default(),
                state: "reading".to_owned(),
                created_by: actor.account,
                created_at: moment.micros(),
                version: 1,
            };
            insert_source(&mut scope, &source)?;
            let ids = place_wordings(&mut scope, &scan, &settings, moment)?;
            Ok::<_, Error>((source, ids))
        })
        .wait()
}

/// Lets a source count in the place of others, and holds it against the rest. Where somebody else has imported the same file meanwhile,
/// theirs counts.
pub(super) fn publish(
    store: &Store,
    actor: &Actor,
    source: SourceRow,
    (unless, replaced): (Unless, Vec<SourceRow>),
    moment: Moment,
) -> Result<Imported, Error> {
    let actor = actor.clone();
    store
        .write(move |tx| {
            let mut scope = actor.within(tx, Permission::Import)?;
            scope.hold()?;
            let known = list_published(&mut scope)?;
            let (replaced, known): (Vec<_>, Vec<_>) = known
                .into_iter()
                .partition(|one| replaced.iter().any(|it| it.id == one.id));
            if let Some(known) = known.into_iter().find(|one| one.digest == source.digest) {
                return Ok(known_already(known));
            }
            for row in &replaced {
                put_away(&mut scope, &actor, row.clone(), source.number, moment)?;
            }
            let before = counted_of_all(&mut scope)?;
            let published = SourceRow {
                state: "published".to_owned(),
                ..source.clone()
            };
            update_source(&mut scope, &published)?;
            settle(&mut scope)?;
            let (counted, _) = counted_of_source(&mut scope, source.id)?;
            if counted == 0 && unless == Unless::NothingIsNew {
                let nothing = "nothing in it is new";
                return Err(Error::new(ErrorKind::Conflict, NOTHING_NEW, nothing));
            }
            let detail = format!("{}: {} entries", source.label, source.entries);
            note(
                &mut scope,
                &actor,
                moment,
                "import_file",
                source.file.clone(),
                detail,
            )?;
            let others = counted_of_all(&mut scope)?.saturating_sub(counted);
            Ok::<_, Error>(Imported {
                counted,
                doubles: source.entries.saturating_sub(counted),
                source: SourceRow {
                    version: published.version + 1,
                    ..published
                },
                is_known: false,
                displaced: before.saturating_sub(others),
                replaced: replaced.iter().map(|row| row.number).collect(),
            })
        })
        .wait()
}

/// How many entries of all imports count.
fn counted_of_all(scope: &mut Scope<'_, '_>) -> Result<u64, Error> {
    let sums = sum_by_activity(scope)?;
    Ok(sums.iter().map(|sum| sum.entries).sum())
}

/// Lets an import count no more, since another one has taken its place.
fn put_away(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    source: SourceRow,
    by: i64,
    moment: Moment,
) -> Result<(), Error> {
    let (file, number) = (source.file.clone(), source.number);
    let undone = SourceRow {
        state: "undone".to_owned(),
        ..source
    };
    update_source(scope, &undone)?;
    let detail = format!("import {number}, whose place import {by} took");
    note(scope, actor, moment, "undo_import", file, detail)
}
