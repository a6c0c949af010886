//! Taking a file as one import: its wordings first, then its entries, then all of it seen at once.

use std::sync::Arc;

use offdesk_import::{Input, NoProgress, Options, Progress, Report};
use offdesk_store::sources::SourceRow;
use offdesk_store::{Store, Uuid};

use super::publishing::{NOTHING_NEW, Unless, begin, publish};
use super::sameness::FileDigest;
use super::undoing::{drop_source, remove_all_entries, remove_source};
use super::writing::write_entries;
use super::{Choices, Imported, known_already, load_before, scan_file};
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

/// Imports a file as one batch. The same file, read the same way, is not imported twice; read another way it only takes the place of the first.
///
/// # Errors
/// Those of the actor, a problem of the file with its own code, `import.nothing` and `import.otherwise`.
pub fn import_file(
    store: &Arc<Store>,
    actor: &Actor,
    input: &mut Input,
    choices: &Choices,
    moment: Moment,
) -> Result<Imported, Error> {
    import_watched(store, actor, input, choices, moment, &NoProgress)
}

/// The same, with somebody who watches both readings of the file and can stop it; then nothing of it is imported.
///
/// # Errors
/// As [`import_file`], and `import.cancelled`.
pub fn import_watched(
    store: &Arc<Store>,
    actor: &Actor,
    input: &mut Input,
    choices: &Choices,
    moment: Moment,
    progress: &dyn Progress,
) -> Result<Imported, Error> {
    let taking = Taking {
        choices,
        unless: Unless::Never,
        progress,
    };
    taking.import(store, actor, input, moment)
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
    let taking = Taking {
        choices,
        unless: Unless::NothingIsNew,
        progress: &NoProgress,
    };
    match taking.import(store, actor, input, moment) {
        Ok(imported) if imported.is_known => Ok(None),
        Err(error) if error.code == NOTHING_NEW => Ok(None),
        other => other.map(Some),
    }
}

/// How a file is taken.
struct Taking<'t> {
    choices: &'t Choices,
    unless: Unless,
    progress: &'t dyn Progress,
}

impl Taking<'_> {
    fn import(
        &self,
        store: &Arc<Store>,
        actor: &Actor,
        input: &mut Input,
        moment: Moment,
    ) -> Result<Imported, Error> {
        let workspace = actor.workspace_for(Permission::Import)?;
        let (settings, known) = load_before(store, actor)?;
        let scan = scan_file(input, self.choices, &settings, moment, self.progress)?;
        let digest = FileDigest::of(scan.bytes, self.choices, &settings);
        if let Some(source) = digest.same(&known) {
            return Ok(known_already(source.clone()));
        }
        let replaced: Vec<SourceRow> = digest.otherwise(&known).into_iter().cloned().collect();
        // What is read again by itself takes the place of what it read before.
        if !replaced.is_empty() && !self.choices.replace && self.unless == Unless::Never {
            return Err(read_otherwise(&replaced));
        }
        if scan.report.entries == 0 {
            return Err(Error::new(
                ErrorKind::Invalid,
                "import.nothing",
                format!("there is no entry to count in {}", scan.report.file),
            )
            .hint(first_problem(&scan.report)));
        }
        let (source, wordings) = begin(
            store,
            actor,
            scan,
            (settings.clone(), digest.to_bytes()),
            moment,
        )?;
        let options = Options {
            progress: self.progress,
            ..self.choices.options(&settings, moment)?
        };
        let written = write_entries(store, workspace, &source, input, &options, wordings, moment);
        if let Err(error) = written {
            drop_source(store, workspace, source.id)?;
            return Err(error);
        }
        let id = source.id;
        let away: Vec<Uuid> = replaced.iter().map(|row| row.id).collect();
        let published = publish(store, actor, source, (self.unless, replaced), moment);
        match &published {
            Err(error) if error.code == NOTHING_NEW => remove_source(store, workspace, id)?,
            Err(_) => drop_source(store, workspace, id)?,
            Ok(published) if published.is_known => drop_source(store, workspace, id)?,
            Ok(_) => {
                for id in away {
                    remove_all_entries(store, workspace, id)?;
                }
            }
        }
        published
    }
}

fn read_otherwise(known: &[SourceRow]) -> Error {
    let numbers: Vec<String> = known.iter().map(|row| row.number.to_string()).collect();
    let (listed, spaced) = (numbers.join(", "), numbers.join(" "));
    Error::new(
        ErrorKind::Conflict,
        "import.otherwise",
        format!("this file is imported already, read another way, as import {listed}: both would count"),
    )
    .hint(format!("let this reading take its place:  --replace\nor take that one back first:  offdesk source undo {spaced}"))
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
