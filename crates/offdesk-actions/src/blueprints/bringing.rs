//! Bringing documents in as drafts: looked at before anything is written, and undone as one.

use offdesk_domain::blueprint::{Blueprint, GatePart, from_notes, gate};
use offdesk_domain::text::seen_line;
use offdesk_import::documents::{Attached, Documents, read_documents};
use offdesk_store::blueprints::{list_of_import, remove_blueprint};
use offdesk_store::handoffs::list_of_blueprint;
use offdesk_store::{Tx, Uuid};

use super::attaching::{attach, keep};
use super::finding::index;
use super::there::{SameTitle, There, all_there, is_said};
use super::writing::{LONGEST_TEXT, LONGEST_TITLE, Origin, has_room, insert, write_into_draft};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::Error;
use crate::imports::of_problem;
use crate::moment::Moment;

/// A document as the draft it would become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComingBlueprint {
    /// What it was named.
    pub name: String,
    /// The draft.
    pub blueprint: Blueprint,
    /// The parts of the gate.
    pub parts: [GatePart; 7],
    /// Files that come along with it.
    pub attached: Vec<Attached>,
}

impl ComingBlueprint {
    /// A document as a draft. What has no title is named like its file.
    #[must_use]
    pub fn of(name: &str, text: &str) -> Self {
        let mut blueprint = from_notes(text);
        if blueprint.title.trim().is_empty() {
            blueprint.title = seen_line(name);
        }
        if blueprint.title.is_empty() {
            "Untitled".clone_into(&mut blueprint.title);
        }
        if blueprint.title.chars().count() > LONGEST_TITLE {
            let cut: String = blueprint.title.chars().take(LONGEST_TITLE).collect();
            blueprint.title = cut.trim_end().to_owned();
        }
        Self {
            name: name.to_owned(),
            parts: gate(&blueprint),
            blueprint,
            attached: Vec::new(),
        }
    }

    /// How many of the seven parts are there.
    #[must_use]
    pub fn parts_there(&self) -> usize {
        self.parts.iter().filter(|part| part.is_there).count()
    }
}

/// What a file would bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComingBlueprints {
    /// What the file was, in words.
    pub format: &'static str,
    /// The drafts, in their order.
    pub all: Vec<ComingBlueprint>,
    /// Files in it that are no documents.
    pub left_out: Vec<String>,
}

/// Reads a file; nothing is written.
///
/// # Errors
/// Those of the reader, with its codes.
pub fn look_at_file(name: &str, bytes: Vec<u8>) -> Result<ComingBlueprints, Error> {
    coming(read_documents(name, bytes).map_err(|problem| of_problem(&problem))?)
}

/// Documents as drafts.
///
/// # Errors
/// `blueprint.long`.
pub fn coming(documents: Documents) -> Result<ComingBlueprints, Error> {
    let mut all = Vec::with_capacity(documents.all.len());
    for document in documents.all {
        if document.text.len() > LONGEST_TEXT {
            return Err(Error::invalid(
                "file",
                "blueprint.long",
                format!(
                    "\"{}\" is longer than a quarter of a megabyte",
                    offdesk_import::problem::shown(&document.name)
                ),
            )
            .hint("divide it, or leave it out"));
        }
        all.push(ComingBlueprint {
            attached: document.attached,
            ..ComingBlueprint::of(&document.name, &document.text)
        });
    }
    Ok(ComingBlueprints {
        format: documents.format,
        all,
        left_out: documents.left_out,
    })
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brought {
    /// The id to undo it by; `None` where nothing new was made.
    pub import: Option<Uuid>,
    /// The new ones.
    pub made: Vec<Uuid>,
    /// Those that were there, and have a document as their draft now.
    pub drafted: Vec<Uuid>,
    /// Those that were there as they are in a document.
    pub there: Vec<Uuid>,
}

/// Writes drafts: all of them or none. What is there as it is in a document stays as it is; what has a title that is there becomes what
/// is said.
///
/// # Errors
/// `blueprint.none` where there are none, `blueprint.there` for titles that are there where nothing is said of them, `blueprint.which`
/// where several have one, `blueprint.many`, and those of attachments.
pub fn bring_blueprints(
    tx: &mut Tx<'_>,
    actor: &Actor,
    coming: &[ComingBlueprint],
    (from, same): (&str, SameTitle),
    moment: Moment,
) -> Result<Brought, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    if coming.is_empty() {
        return Err(Error::invalid(
            "file",
            "blueprint.none",
            "nothing was chosen to be brought in",
        ));
    }
    // Two that come together are not there yet: they are what they are.
    let found = all_there(&mut scope, coming)?;
    is_said(coming, &found, same)?;
    has_room(&mut scope, u64::try_from(coming.len()).unwrap_or(u64::MAX))?;
    let import = moment.id();
    let detail = format!("{} from {from}", coming.len());
    note(&mut scope, actor, moment, "bring_blueprints", from, detail)?;
    let mut brought = Brought::default();
    let mut made = Vec::with_capacity(coming.len());
    for (one, there) in coming.iter().zip(found) {
        match (there, same) {
            (There::Same(id), _) => brought.there.push(id),
            (There::Title(id), SameTitle::Drafted) => {
                let change = |blueprint: &mut Blueprint| *blueprint = one.blueprint.clone();
                write_into_draft(&mut scope, actor, id, &change, "", None, moment)?;
                if !one.attached.is_empty() {
                    attach(&mut scope, actor, (id, None), &one.attached, moment)?;
                }
                brought.drafted.push(id);
            }
            _ => {
                let origin = Origin {
                    activity: None,
                    import: Some(import),
                    note: String::new(),
                    author: actor.account,
                };
                let row = insert(&mut scope, &one.blueprint, origin, moment)?;
                for file in &one.attached {
                    keep(&mut scope, actor, (row.id, row.latest), file, moment)?;
                }
                made.push((row.id, &one.blueprint));
            }
        }
    }
    index(&mut scope, &made)?;
    brought.made = made.into_iter().map(|(id, _)| id).collect();
    brought.import = (!brought.made.is_empty()).then_some(import);
    Ok(brought)
}

/// What an undo did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// So many are gone.
    pub removed: usize,
    /// Titles of those that stay, because they were changed since.
    pub kept: Vec<String>,
}

/// Takes back what an import brought, but for what was changed since.
///
/// # Errors
/// `not_found`.
pub fn undo_bringing(
    tx: &mut Tx<'_>,
    actor: &Actor,
    import: Uuid,
    moment: Moment,
) -> Result<Undone, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let rows = list_of_import(&mut scope, import)?;
    if rows.is_empty() {
        return Err(Error::not_found("import"));
    }
    let mut undone = Undone {
        removed: 0,
        kept: Vec::new(),
    };
    note(
        &mut scope,
        actor,
        moment,
        "undo_blueprints",
        "import",
        rows.len().to_string(),
    )?;
    for row in rows {
        if row.version > 1 || !list_of_blueprint(&mut scope, row.id)?.is_empty() {
            undone.kept.push(row.title);
            continue;
        }
        remove_blueprint(&mut scope, row.id)?;
        undone.removed += 1;
    }
    Ok(undone)
}
