//! Taking a file as one import: its wordings first, then its entries, then all of it seen at once.

use super::scanning::WordingIds;
use super::undoing::{drop_source, remove_source};
use super::writing::write_entries;
use super::{Choices, Imported, Remarks, Scan, load_before, place_wordings, scan_file, settle};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::workspaces::Settings;
use offdesk_import::{Input, Report};
use offdesk_store::Store;
use offdesk_store::sources::{SourceRow, insert_source, next_number, update_source};
use offdesk_store::times::counted_of_source;
use std::sync::Arc;

const NOTHING_NEW: &str = "nothing_new";

/// Imports a file as one batch. The same file, read the same way, is not imported twice.
///
/// # Errors
/// Those of the actor, a problem of the file with its own code, and `import.nothing`.
pub fn import_file(
    store: &Arc<Store>,
    actor: &Actor,
    input: &mut Input,
    choices: &Choices,
    moment: Moment,
) -> Result<Imported, Error> {
    import(store, actor, input, choices, Unless::Never, moment)
}

/// Imports a file as [`import_file`] does, unless nothing in it is new: then it leaves nothing behind.
///
/// # Errors
/// Those of [`import_file`].
pub(crate) fn import_news(
    store: &Arc<Store>,
    actor: &Actor,
    input: &mut Input,
    choices: &Choices,
    moment: Moment,
) -> Result<Option<Imported>, Error> {
    match import(store, actor, input, choices, Unless::NothingIsNew, moment) {
        Ok(imported) if imported.is_known => Ok(None),
        Err(error) if error.code == NOTHING_NEW => Ok(None),
        other => other.map(Some),
    }
}

/// When an import is not made after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unless {
    /// It is made, also where other imports have all of it.
    Never,
    /// It is not, where other imports have all of it.
    NothingIsNew,
}

fn import(
    store: &Arc<Store>,
    actor: &Actor,
    input: &mut Input,
    choices: &Choices,
    unless: Unless,
    moment: Moment,
) -> Result<Imported, Error> {
    let workspace = actor.workspace_for(Permission::Import)?;
    let (settings, known) = load_before(store, actor)?;
    let scan = scan_file(input, choices, &settings, moment)?;
    if let Some(source) = known
        .into_iter()
        .find(|source| source.digest == scan.digest)
    {
        return Ok(Imported {
            counted: 0,
            doubles: source.entries,
            source,
            is_known: true,
        });
    }
    if scan.report.entries == 0 {
        return Err(Error::new(
            ErrorKind::Invalid,
            "import.nothing",
            format!("there is no entry to count in {}", scan.report.file),
        )
        .hint(first_problem(&scan.report)));
    }
    let (source, wordings) = begin(store, actor, scan, settings.clone(), moment)?;
    let written = write_entries(
        store, workspace, &source, input, choices, &settings, wordings, moment,
    );
    if let Err(error) = written {
        drop_source(store, workspace, source.id)?;
        return Err(error);
    }
    let id = source.id;
    let published = publish(store, actor, source, unless, moment);
    match &published {
        Err(error) if error.code == NOTHING_NEW => remove_source(store, workspace, id)?,
        Err(_) => drop_source(store, workspace, id)?,
        Ok(_) => {}
    }
    published
}

fn first_problem(report: &Report) -> String {
    report.problems.first().map_or_else(String::new, |problem| {
        let hint = if problem.hint.is_empty() {
            String::new()
        } else {
            format!(" ({})", problem.hint)
        };
        format!("{problem}{hint}")
    })
}

/// Writes down the source, unpublished, with the wordings and activities that are new.
fn begin(
    store: &Store,
    actor: &Actor,
    scan: Scan,
    settings: Settings,
    moment: Moment,
) -> Result<(SourceRow, WordingIds), Error> {
    let actor = actor.clone();
    store
        .write(move |tx| {
            let mut scope = actor.within(tx, Permission::Import)?;
            let report = &scan.report;
            let source = SourceRow {
                id: moment.id(),
                number: next_number(&mut scope)?,
                format: report.format.clone(),
                label: report.label.clone(),
                file: report.file.clone(),
                digest: scan.digest.clone(),
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

/// Lets a source count, and holds it against the others.
fn publish(
    store: &Store,
    actor: &Actor,
    source: SourceRow,
    unless: Unless,
    moment: Moment,
) -> Result<Imported, Error> {
    let actor = actor.clone();
    store
        .write(move |tx| {
            let mut scope = actor.within(tx, Permission::Import)?;
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
            Ok::<_, Error>(Imported {
                counted,
                doubles: source.entries.saturating_sub(counted),
                source: SourceRow {
                    version: published.version + 1,
                    ..published
                },
                is_known: false,
            })
        })
        .wait()
}
