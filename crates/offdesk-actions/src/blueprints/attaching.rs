//! Attachments: files that belong to a blueprint and go to whoever works by it. They change the draft, never what is published.

pub use offdesk_import::documents::Attached;
use offdesk_import::documents::{LONGEST_ATTACHED, MOST_ATTACHED, file_of_link};
use offdesk_store::blueprints::attachments::{
    AttachmentRow, end_attachment, insert_attachment, insert_attachment_part,
    list_attachment_parts, list_attachments, load_attachment as stored,
};
use offdesk_store::blueprints::{BlueprintRow, update_blueprint};
use offdesk_store::{Scope, Tx, Uuid};

use super::writing::keep_draft;
use super::{BlueprintDetail, load, load_detail, load_seen, version};
use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

/// So many bytes an attachment may have.
pub const LONGEST_ATTACHMENT: usize = LONGEST_ATTACHED;
/// So many attachments a version may have.
pub const MOST_ATTACHMENTS: usize = MOST_ATTACHED;
/// They are kept in parts of so many bytes.
const LONGEST_PART: usize = 1024 * 1024;

/// Attaches files to the draft, all of them or none, each in the place of one of the same name. Where the newest version is published, a
/// draft begins.
///
/// # Errors
/// `not_found`, `blueprint.changed`, `attachment.empty`, `attachment.long`, `attachment.many`.
pub fn attach_files(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    files: &[Attached],
    seen: Seen,
    moment: Moment,
) -> Result<BlueprintDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    attach(&mut scope, actor, (id, seen), files, moment)?;
    load_detail(&mut scope, id)
}

/// The same within what else is done.
pub(super) fn attach(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    (id, seen): (Uuid, Seen),
    files: &[Attached],
    moment: Moment,
) -> Result<(), Error> {
    let row = load_seen(scope, id, seen)?;
    let row = open_draft(scope, actor, row, moment)?;
    for file in files {
        let name = keep(scope, actor, (id, row.latest), file, moment)?;
        let title = row.title.as_str();
        note(scope, actor, moment, "attach_file", title, name)?;
    }
    Ok(update_blueprint(scope, &row)?)
}

/// A blueprint with a draft: one of the published text begins where there is none. The row is for the caller to keep.
fn open_draft(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: BlueprintRow,
    moment: Moment,
) -> Result<BlueprintRow, Error> {
    let mut newest = version(scope, row.id, row.latest)?;
    if !row.has_draft() {
        newest.note.clear();
    }
    let draft = keep_draft(scope, actor, &row, newest, moment)?;
    Ok(BlueprintRow {
        latest: draft.number,
        changed_at: moment.micros(),
        ..row
    })
}

/// Keeps a file with a draft: of a blueprint, by its number. Gives the name it is kept by.
pub(super) fn keep(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    (blueprint, draft): (Uuid, i64),
    new: &Attached,
    moment: Moment,
) -> Result<String, Error> {
    let name = crate::uploads::file_name(&new.name);
    if new.bytes.is_empty() {
        return Err(Error::invalid(
            "file",
            "attachment.empty",
            format!("\"{name}\" is empty"),
        ));
    }
    if new.bytes.len() > LONGEST_ATTACHMENT {
        return Err(Error::invalid(
            "file",
            "attachment.long",
            format!("\"{name}\" is longer than 8 MiB"),
        )
        .hint("make it smaller, or write a link to it under Links"));
    }
    let there = list_attachments(scope, blueprint, draft)?;
    match there.iter().find(|it| it.name == name) {
        Some(same) => end_attachment(scope, same, draft)?,
        None if there.len() >= MOST_ATTACHMENTS => {
            return Err(Error::new(
                ErrorKind::Conflict,
                "attachment.many",
                format!("a blueprint has at most {MOST_ATTACHMENTS} attachments"),
            )
            .hint("remove one, or write a link to a folder under Links"));
        }
        None => {}
    }
    let row = AttachmentRow {
        id: moment.id(),
        blueprint_id: blueprint,
        name,
        length: i64::try_from(new.bytes.len()).unwrap_or(i64::MAX),
        since: draft,
        gone: None,
        created_by: actor.account,
        created_at: moment.micros(),
    };
    insert_attachment(scope, &row)?;
    let mut start = 0;
    for part in new.bytes.chunks(LONGEST_PART) {
        insert_attachment_part(scope, row.id, start, part.to_vec())?;
        start += i64::try_from(part.len()).unwrap_or(i64::MAX);
    }
    Ok(row.name)
}

/// Takes a file out of the draft; published versions keep it.
///
/// # Errors
/// `not_found`, `blueprint.changed`.
pub fn detach_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    attachment: Uuid,
    seen: Seen,
    moment: Moment,
) -> Result<BlueprintDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = load_seen(&mut scope, id, seen)?;
    let there = list_attachments(&mut scope, id, row.latest)?;
    let file = there.into_iter().find(|it| it.id == attachment);
    let file = file.ok_or_else(missing)?;
    let row = open_draft(&mut scope, actor, row, moment)?;
    end_attachment(&mut scope, &file, row.latest)?;
    update_blueprint(&mut scope, &row)?;
    note(
        &mut scope,
        actor,
        moment,
        "detach_file",
        row.title,
        file.name,
    )?;
    load_detail(&mut scope, id)
}

/// An attachment with what it holds, for the owner's side, whichever version has it.
///
/// # Errors
/// `not_found`.
pub fn load_attachment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    attachment: Uuid,
) -> Result<Attached, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    load(&mut scope, id)?;
    let row = stored(&mut scope, id, attachment)?;
    whole(&mut scope, row.ok_or_else(missing)?)
}

/// The attachments of a version, by name, for the owner's side.
///
/// # Errors
/// `not_found`.
pub fn attachments_of_version(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    number: i64,
) -> Result<Vec<AttachmentRow>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    load(&mut scope, id)?;
    Ok(list_attachments(&mut scope, id, number)?)
}

/// The attachment that a link of the text leads to, by its name; none for one that leads elsewhere.
#[must_use]
pub fn named_by<'f>(files: &'f [AttachmentRow], link: &str) -> Option<&'f AttachmentRow> {
    let name = crate::uploads::file_name(&file_of_link(link)?);
    files.iter().find(|file| file.name == name)
}

/// An attachment with what it holds.
pub(crate) fn whole(scope: &mut Scope<'_, '_>, row: AttachmentRow) -> Result<Attached, Error> {
    Ok(Attached {
        bytes: list_attachment_parts(scope, row.id)?.concat(),
        name: row.name,
    })
}

/// That there is no such attachment.
pub(crate) fn missing() -> Error {
    Error::not_found("attachment")
}
