//! Documents of which something is there already: the same text is brought once, the same title is asked about.

use offdesk_store::blueprints::attachments::list_attachments;
use offdesk_store::blueprints::list_titled;
use offdesk_store::{Scope, Tx, Uuid};

use super::bringing::ComingBlueprint;
use super::version;
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};

/// So many titles are named.
const NAMED: usize = 5;

/// What becomes of a document that has the title of a blueprint, and another text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SameTitle {
    /// It is asked about, and nothing is brought.
    #[default]
    Asked,
    /// It becomes the draft of the one that is there.
    Drafted,
    /// It stands beside it.
    Apart,
}

impl SameTitle {
    /// What was said: `draft`, `apart`, or nothing.
    ///
    /// # Errors
    /// `blueprint.same_title`.
    pub fn typed(word: &str) -> Result<Self, Error> {
        match word.trim() {
            "" => Ok(Self::Asked),
            "draft" => Ok(Self::Drafted),
            "apart" => Ok(Self::Apart),
            other => {
                let shown = offdesk_import::problem::shown(other);
                let message = format!("\"{shown}\" says nothing of what has a title that is there");
                Err(
                    Error::invalid("same_title", "blueprint.same_title", message)
                        .hint("say draft or apart"),
                )
            }
        }
    }
}

/// What is there of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There {
    /// Nothing: it is new.
    Nothing,
    /// All of it, as a blueprint's draft or published version.
    Same(Uuid),
    /// One blueprint with its title that says something else.
    Title(Uuid),
    /// Several with its title.
    Titles,
}

/// What is there of each of some documents.
///
/// # Errors
/// Those of the actor and of the store.
pub fn look_there(
    tx: &mut Tx<'_>,
    actor: &Actor,
    coming: &[ComingBlueprint],
) -> Result<Vec<There>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    all_there(&mut scope, coming)
}

pub(super) fn all_there(
    scope: &mut Scope<'_, '_>,
    coming: &[ComingBlueprint],
) -> Result<Vec<There>, Error> {
    coming.iter().map(|one| there(scope, one)).collect()
}

fn there(scope: &mut Scope<'_, '_>, one: &ComingBlueprint) -> Result<There, Error> {
    let rows = list_titled(scope, &one.blueprint.title)?;
    let text = one.blueprint.markdown();
    for row in &rows {
        for number in [row.latest, row.published] {
            let is_same = number > 0 && version(scope, row.id, number)?.text == text;
            if is_same && has_files(scope, (row.id, number), one)? {
                return Ok(There::Same(row.id));
            }
        }
    }
    Ok(match rows.as_slice() {
        [] => There::Nothing,
        [only] => There::Title(only.id),
        _ => There::Titles,
    })
}

/// Whether all files that come with a document belong to a version.
fn has_files(
    scope: &mut Scope<'_, '_>,
    (id, number): (Uuid, i64),
    one: &ComingBlueprint,
) -> Result<bool, Error> {
    let known = list_attachments(scope, id, number)?;
    Ok(one.attached.iter().all(|file| {
        let name = crate::uploads::file_name(&file.name);
        let length = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
        known
            .iter()
            .any(|it| it.name == name && it.length == length)
    }))
}

/// Refuses documents of which nobody has said what becomes of them.
pub(super) fn is_said(
    coming: &[ComingBlueprint],
    found: &[There],
    same: SameTitle,
) -> Result<(), Error> {
    let is_open = |it: &There| match same {
        SameTitle::Asked => matches!(it, There::Title(_) | There::Titles),
        SameTitle::Drafted => *it == There::Titles,
        SameTitle::Apart => false,
    };
    let open = coming.iter().zip(found).filter(|(_, it)| is_open(it));
    let titles: Vec<String> = open
        .map(|(one, _)| offdesk_import::problem::shown(&one.blueprint.title))
        .collect();
    if titles.is_empty() {
        return Ok(());
    }
    let named: Vec<&str> = titles.iter().take(NAMED).map(String::as_str).collect();
    let more = match titles.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let (code, what, hint) = match same {
        SameTitle::Drafted => (
            "blueprint.which",
            "several blueprints have each of these titles",
            "bring them beside those, or give those titles of their own first",
        ),
        _ => (
            "blueprint.there",
            "blueprints with these titles are there, and say something else",
            "say whether each becomes the draft of the one that is there, or stands beside it",
        ),
    };
    let message = format!("{what}: {}{more}", named.join(", "));
    Err(Error::new(ErrorKind::Conflict, code, message).hint(hint))
}
