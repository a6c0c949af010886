//! Taking a file as one import: its wordings first, then its entries, then all of it seen at once.

use std::sync::Arc;

use offdesk_import::{Input, NoProgress, Options, Progress, Report};
use offdesk_store::sources::SourceRow;
use offdesk_store::{Store, Uuid};

use super::publishing::{NOTHING_NEW, Unless, begin, publish};
use super::renewing::{self, renew};
use super::sameness::FileDigest;
use super::undoing::{drop_source, remove_all_entries, remove_source};
use super::writing::write_entries;
use super::{Choices, Imported, Scan, known_already, load_before, scan_file};
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
        calendar: None,
        progress,
    };
    taking.import(store, actor, input, moment)
}

/// The same for a file that was sent, which may be the first reading of a calendar.
///
/// # Errors
/// As [`import_file`].
pub(crate) fn import_upload(
    store: &Arc<Store>,
    actor: &Actor,
    input: &mut Input,
    (choices, calendar): (&Choices, Option<Uuid>),
    moment: Moment,
) -> Result<Imported, Error> {
    let taking = Taking {
        choices,
        unless: Unless::Never,
        calendar,
        progress: &NoProgress,
    };
    taking.import(store, actor, input, moment)
}

/// Takes another reading of a calendar into the import that the earlier ones are, unless nothing in it is new: then it leaves nothing behind.
///
/// # Errors
/// Those of [`import_file`].
pub(crate) fn import_news(
    store: &Arc<Store>,
    actor: &Actor,
    input: &mut Input,
    (choices, calendar): (&Choices, Uuid),
    moment: Moment,
) -> Result<Option<Imported>, Error> {
    let taking = Taking {
        choices,
        unless: Unless::NothingIsNew,
        calendar: Some(calendar),
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
    /// It is a reading of this calendar.
    calendar: Option<Uuid>,
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
        let file = FileDigest::of(scan.bytes, self.choices, &settings);
        let earlier = match self.find_earlier(&file, &known)? {
            Earlier::Same(source) => return Ok(known_already(source)),
            other => other,
        };
        refuse_empty(&scan)?;
        let digest = match self.calendar {
            Some(calendar) => renewing::digest_of(calendar),
            None => file.to_bytes(),
        };
        let (source, wordings) = begin(store, actor, scan, (settings.clone(), digest), moment)?;
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
        let published = self.let_count(store, actor, (source, &earlier), moment);
        match (&published, earlier) {
            (Err(error), earlier) if error.code == NOTHING_NEW => {
                remove_source(store, workspace, id)?;
                // Somebody imports what a calendar has brought in already.
                if let (Earlier::Readings(source), Unless::Never) = (earlier, self.unless) {
                    return Ok(known_already(source));
                }
            }
            (Err(_), _) => drop_source(store, workspace, id)?,
            (Ok(published), _) if published.is_known => drop_source(store, workspace, id)?,
            (Ok(_), Earlier::Otherwise(replaced)) => {
                for source in replaced {
                    remove_all_entries(store, workspace, source.id)?;
                }
            }
            (Ok(_), _) => {}
        }
        published
    }

    /// Lets what was written count, by itself or in the place of what there is.
    fn let_count(
        &self,
        store: &Store,
        actor: &Actor,
        (source, earlier): (SourceRow, &Earlier),
        moment: Moment,
    ) -> Result<Imported, Error> {
        let replaced = match earlier {
            Earlier::Readings(known) => return renew(store, actor, source, known.id, moment),
            Earlier::Otherwise(replaced) => replaced.clone(),
            Earlier::Same(_) | Earlier::Nothing => Vec::new(),
        };
        publish(store, actor, source, (self.unless, replaced), moment)
    }

    /// What there is of the file already.
    fn find_earlier(&self, file: &FileDigest, known: &[SourceRow]) -> Result<Earlier, Error> {
        if let Some(calendar) = self.calendar {
            let digest = renewing::digest_of(calendar);
            let readings = known.iter().find(|source| source.digest == digest);
            return Ok(readings.map_or(Earlier::Nothing, |it| Earlier::Readings(it.clone())));
        }
        if let Some(source) = file.same(known) {
            return Ok(Earlier::Same(source.clone()));
        }
        let otherwise = file.otherwise(known);
        if otherwise.is_empty() {
            return Ok(Earlier::Nothing);
        }
        match self.choices.replace {
            true => Ok(Earlier::Otherwise(otherwise.into_iter().cloned().collect())),
            false => Err(read_otherwise(&otherwise)),
        }
    }
}

/// What there is of a file already.
enum Earlier {
    /// Nothing.
    Nothing,
    /// The same file, read the same way.
    Same(SourceRow),
    /// The same file, read another way, whose place it takes.
    Otherwise(Vec<SourceRow>),
    /// Earlier readings of the same calendar.
    Readings(SourceRow),
}

fn refuse_empty(scan: &Scan) -> Result<(), Error> {
    if scan.report.entries > 0 {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Invalid,
        "import.nothing",
        format!("there is no entry to count in {}", scan.report.file),
    )
    .hint(first_problem(&scan.report)))
}

fn read_otherwise(known: &[&SourceRow]) -> Error {
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
