//! Blueprints as files: Markdown that comes back as it went, one file each.

use std::collections::BTreeSet;

use offdesk_domain::blueprint::Blueprint;
use offdesk_import::documents::{Document, file_name, pack};
use offdesk_store::Tx;
use offdesk_store::blueprints::versions::list_texts;

use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};

/// The newest texts of all blueprints, by title.
///
/// # Errors
/// Those of the actor and of the store.
pub fn export_documents(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Document>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let texts = list_texts(&mut scope)?.into_iter();
    Ok(texts
        .map(|(_, name, text)| Document { name, text })
        .collect())
}

/// All of them as a zip.
///
/// # Errors
/// As [`export_documents`].
pub fn export_zip(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<u8>, Error> {
    let documents = export_documents(tx, actor)?;
    pack(&documents).map_err(|error| Error::new(ErrorKind::Failed, "blueprint.zip", error))
}

/// The text of a blueprint in its canonical form, as it would be exported.
#[must_use]
pub fn canonical(text: &str) -> String {
    Blueprint::of(text).markdown()
}

/// The name of a file for a title, without its ending.
#[must_use]
pub fn file_stem(title: &str) -> String {
    let name = file_name(title, &mut BTreeSet::new());
    name.trim_end_matches(".md").to_owned()
}
