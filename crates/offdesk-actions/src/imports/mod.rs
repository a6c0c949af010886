//! Imports into a workspace: looked at first, then taken as one batch, which can be undone.
//!
//! A file is read twice. The first reading finds its wordings, which are few, and sorts them into activities; the second one
//! writes the entries in batches that nobody sees before the source is published.

mod choices;
mod few;
mod homes;
pub mod json;
mod publishing;
mod remarks;
mod renewing;
mod sameness;
mod scanning;
mod settling;
mod sorting;
mod taking;
mod undoing;
mod writing;

pub use offdesk_import::Input;
use offdesk_import::{NoProgress, Options, Problem, Progress, Report};
use offdesk_store::sources::{SourceRow, list_published};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Store, Tx};

pub use self::choices::Choices;
pub use self::remarks::{Remark, Remarks};
use self::sameness::FileDigest;
use self::scanning::scan;
pub(crate) use self::scanning::{Keys, Scan, Scanned};
pub(crate) use self::settling::{settle, settle_logged};
pub use self::sorting::key_of_name;
use self::sorting::preview_activities;
pub(crate) use self::sorting::{new_activity, place_wordings, reprice, reprice_one, word_of};
pub use self::taking::{import_file, import_watched};
pub(crate) use self::taking::{import_news, import_upload};
pub use self::undoing::{clear_cut_off, typed_lines_of, undo_source};
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::workspaces::Settings;

/// So many problems of an import are kept with it.
const KEPT_PROBLEMS: usize = 100;
/// So many entries are removed at once when an import is undone.
pub(crate) const REMOVED_AT_ONCE: u32 = 5_000;

/// What an import would bring.
#[derive(Debug, Clone)]
pub struct Preview {
    /// What was read.
    pub report: Report,
    /// The activities it would add to, with their seconds, the largest first.
    pub activities: Vec<(String, i64)>,
    /// The same file was imported already, as this number.
    pub already: Option<i64>,
    /// The same file was imported already, but read another way, as these numbers: importing it takes their place.
    pub otherwise: Vec<i64>,
}

/// What an import has brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The source, with its number.
    pub source: SourceRow,
    /// Entries that count.
    pub counted: u64,
    /// Entries that another source has already.
    pub doubles: u64,
    /// Nothing was done: the same file is there already.
    pub is_known: bool,
    /// Entries of other imports that count no more, as this one has them anew or knows their hours better.
    pub displaced: u64,
    /// The imports of the same file, read another way, whose place it took.
    pub replaced: Vec<i64>,
}

/// Reads a file without writing anything, and says what it would bring.
///
/// # Errors
/// Those of the actor, and a problem of the file with its own code.
pub fn preview(
    store: &Store,
    actor: &Actor,
    input: &mut Input,
    choices: &Choices,
    moment: Moment,
) -> Result<Preview, Error> {
    preview_watched(store, actor, input, choices, moment, &NoProgress)
}

/// The same, with somebody who watches and can stop it.
///
/// # Errors
/// As [`preview`], and `import.cancelled`.
pub fn preview_watched(
    store: &Store,
    actor: &Actor,
    input: &mut Input,
    choices: &Choices,
    moment: Moment,
    progress: &dyn Progress,
) -> Result<Preview, Error> {
    let (settings, known) = load_before(store, actor)?;
    let scan = scan_file(input, choices, &settings, moment, progress)?;
    let activities = preview_activities(&scan, &settings);
    let digest = FileDigest::of(scan.bytes, choices, &settings);
    let already = digest.same(&known).map(|source| source.number);
    let otherwise = match already {
        Some(_) => Vec::new(),
        None => digest.otherwise(&known),
    };
    Ok(Preview {
        report: scan.report,
        activities,
        already,
        otherwise: otherwise.iter().map(|source| source.number).collect(),
    })
}

/// Nothing was done, since the same file counts as this source.
fn known_already(source: SourceRow) -> Imported {
    Imported {
        counted: 0,
        doubles: source.entries,
        source,
        is_known: true,
        displaced: 0,
        replaced: Vec::new(),
    }
}

fn load_before(store: &Store, actor: &Actor) -> Result<(Settings, Vec<SourceRow>), Error> {
    let actor = actor.clone();
    store
        .read(move |tx| {
            let mut scope = actor.within(tx, Permission::Import)?;
            let settings = Settings::of(&load_workspace(&mut scope)?)?;
            Ok((settings, list_published(&mut scope)?))
        })
        .wait()
}

fn scan_file(
    input: &mut Input,
    choices: &Choices,
    settings: &Settings,
    moment: Moment,
    progress: &dyn Progress,
) -> Result<Scan, Error> {
    let options = Options {
        progress,
        ..choices.options(settings, moment)?
    };
    scan(input, &options).map_err(|problem| of_problem(&problem))
}

/// The error of a problem with a whole file.
pub(crate) fn of_problem(problem: &Problem) -> Error {
    Error::new(ErrorKind::Invalid, problem.code, problem.to_string()).hint(problem.hint.clone())
}

/// The imports of the open workspace that count.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_sources(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<SourceRow>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    Ok(list_published(&mut scope)?)
}
