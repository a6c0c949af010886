//! Blueprints as files: Markdown that comes back as it went, one file each.

use std::collections::{BTreeSet, HashMap};
use std::io::Cursor;

use offdesk_domain::blueprint::Blueprint;
use offdesk_import::documents::{Attached, Document, Packing, file_name};
use offdesk_store::blueprints::attachments::{AttachmentRow, list_newest_attachments};
use offdesk_store::blueprints::versions::list_texts;
use offdesk_store::{Tx, Uuid};

use super::attaching::whole;
use super::load_detail;
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};

/// One blueprint as a document, with its attachments.
///
/// # Errors
/// `not_found`.
pub fn export_document(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<Document, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let detail = load_detail(&mut scope, id)?;
    let attached = detail.attachments.into_iter();
    let attached: Result<_, Error> = attached.map(|row| whole(&mut scope, row)).collect();
    Ok(Document {
        name: detail.row.title,
        text: detail.newest.text,
        attached: attached?,
    })
}

/// The newest texts of all blueprints with their attachments, by title.
///
/// # Errors
/// Those of the actor and of the store.
pub fn export_documents(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Document>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let mut attached: HashMap<Uuid, Vec<Attached>> = HashMap::new();
    for row in list_newest_attachments(&mut scope)? {
        let of_blueprint = attached.entry(row.blueprint_id).or_default();
        of_blueprint.push(whole(&mut scope, row)?);
    }
    let texts = list_texts(&mut scope)?.into_iter();
    Ok(texts
        .map(|(id, name, text)| Document {
            name,
            text,
            attached: attached.remove(&id).unwrap_or_default(),
        })
        .collect())
}

/// All of them as a zip, in which no more than one file is in memory beside the zip.
///
/// # Errors
/// As [`export_documents`].
pub fn export_zip(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<u8>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let mut attached: HashMap<Uuid, Vec<AttachmentRow>> = HashMap::new();
    for row in list_newest_attachments(&mut scope)? {
        attached.entry(row.blueprint_id).or_default().push(row);
    }
    let failed = |error: String| Error::new(ErrorKind::Failed, "blueprint.zip", error);
    let mut packing = Packing::new(Cursor::new(Vec::new()));
    for (id, name, text) in list_texts(&mut scope)? {
        packing.begin(&name);
        // One at a time: all of them together may be longer than memory.
        for row in attached.remove(&id).unwrap_or_default() {
            let file = whole(&mut scope, row)?;
            packing.attach(&file).map_err(failed)?;
        }
        packing.end(&text).map_err(failed)?;
    }
    Ok(packing.finish().map_err(failed)?.into_inner())
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
