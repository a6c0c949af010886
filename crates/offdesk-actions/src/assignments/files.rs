//! Files of deliverables: sent in parts, kept in the database with everything else, handed in with the next deliverable.

use offdesk_store::assignments::files::{
    FileRow, end_file as stored_end, insert_file, insert_part, list_files, load_file as stored,
    load_part, remove_file, update_file,
};
use offdesk_store::blueprints::attachments::{list_attachments, load_attachment_part};
use offdesk_store::people::PersonRow;
use offdesk_store::{Scope, Tx, Uuid};

use super::mailed::GIVEN_WITH;
use super::who::{Part, enter, enter_to_change, load_for, take_up};
use super::working::in_hand;
use crate::actor::Actor;
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

/// So long a file may be, in bytes: a hundred megabytes.
pub const LONGEST: i64 = 100 * 1024 * 1024;
/// So long a part of it may be.
pub const LONGEST_PART: usize = 1024 * 1024;
/// So many files an assignment may have.
const MOST_FILES: usize = 100;

/// Begins to receive a file for what is handed in next.
///
/// # Errors
/// `not_found`, `assignment.theirs`, `assignment.not_now`, `file.empty`, `file.long`, `file.many`.
pub fn begin_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    name: &str,
    length: i64,
    moment: Moment,
) -> Result<FileRow, Error> {
    let (mut scope, row, _) = take_up(tx, actor, id, Part::Work)?;
    in_hand(&row, "send a file")?;
    is_length(length)?;
    if list_files(&mut scope, id)?.len() >= MOST_FILES {
        return Err(conflict(
            "file.many",
            format!("an assignment has at most {MOST_FILES} files"),
        ));
    }
    let file = FileRow {
        id: moment.id(),
        assignment_id: id,
        round: None,
        name: crate::uploads::file_name(name),
        length,
        received: 0,
        created_by: actor.account,
        created_at: moment.micros(),
        version: 1,
    };
    insert_file(&mut scope, &file)?;
    Ok(file)
}

/// Takes the next part of a file. Where it is not the next one, the error says where to go on.
///
/// # Errors
/// `not_found`, `assignment.theirs`, `file.place`, `file.part`.
pub fn add_file_part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    file: Uuid,
    start: i64,
    bytes: Vec<u8>,
) -> Result<FileRow, Error> {
    let mut scope = enter(tx, actor, Part::Work)?;
    let file = load_own(&mut scope, actor, id, file)?;
    let received = is_next(start, &bytes, file.received, file.length)?;
    insert_part(&mut scope, file.id, start, bytes)?;
    let mut grown = FileRow { received, ..file };
    update_file(&mut scope, &grown)?;
    grown.version += 1;
    Ok(grown)
}

/// Says that all of a file has come whose length was not known before, such as one of a plain form.
///
/// # Errors
/// `not_found`, `assignment.theirs`, `file.empty`, `file.handed_in`.
pub fn end_file(tx: &mut Tx<'_>, actor: &Actor, id: Uuid, file: Uuid) -> Result<FileRow, Error> {
    let mut scope = enter(tx, actor, Part::Work)?;
    let file = load_own(&mut scope, actor, id, file)?;
    if file.received == 0 {
        return Err(Error::invalid("file", "file.empty", "the file is empty"));
    }
    stored_end(&mut scope, &file)?;
    Ok(FileRow {
        length: file.received,
        version: file.version + 1,
        ..file
    })
}

/// Refuses a file that is empty, or longer than may be.
pub(super) fn is_length(length: i64) -> Result<(), Error> {
    match length {
        ..=0 => Err(Error::invalid("length", "file.empty", "the file is empty")),
        1..=LONGEST => Ok(()),
        _ => Err(too_long("length")),
    }
}

/// A file is longer than may be.
#[must_use]
pub fn too_long(field: &'static str) -> Error {
    let message = "the file is longer than a hundred megabytes";
    Error::invalid(field, "file.long", message).hint("make it smaller, or give a link to it")
}

/// How much of a file has come with a part that is the next one.
pub(super) fn is_next(start: i64, bytes: &[u8], received: i64, length: i64) -> Result<i64, Error> {
    if start != received || received == length {
        return Err(conflict(
            "file.place",
            format!("the next part begins at {received}"),
        ));
    }
    let end = i64::try_from(bytes.len()).map_or(i64::MAX, |long| start.saturating_add(long));
    if bytes.is_empty() || bytes.len() > LONGEST_PART || end > length {
        return Err(Error::invalid(
            "part",
            "file.part",
            "a part has between one byte and a megabyte, and ends with the file",
        ));
    }
    Ok(end)
}

/// Not all of a file has come.
pub(super) fn incomplete(name: &str, received: i64, length: i64) -> Error {
    conflict(
        "file.incomplete",
        format!("of the file {name} {received} of {length} bytes have come"),
    )
    .hint("send the rest of it, or remove it")
}

/// Something stands in the way.
pub(super) fn conflict(code: &'static str, message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Conflict, code, message)
}

/// A file that is not handed in yet, for the one who does the work.
fn load_own(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    id: Uuid,
    file: Uuid,
) -> Result<FileRow, Error> {
    load_for(scope, actor, id, Part::Work)?;
    let file = stored(scope, id, file)?.ok_or_else(|| Error::not_found("file"))?;
    if file.round.is_some() {
        return Err(conflict(
            "file.handed_in",
            "this file was handed in: it stays as it is",
        ));
    }
    Ok(file)
}

/// Removes a file that is not handed in yet.
///
/// # Errors
/// `not_found`, `assignment.theirs`, `file.handed_in`.
pub fn drop_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    file: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    let mut scope = enter_to_change(tx, actor, Part::Work)?;
    let file = load_own(&mut scope, actor, id, file)?;
    remove_file(&mut scope, file.id)?;
    note(&mut scope, actor, moment, "drop_file", file.name, "")
}

/// A file of an assignment, to look at: of what was handed in for the owner's side, all for the one who does it; and an attachment of the
/// version it is done by.
///
/// # Errors
/// `not_found`.
pub fn load_file(tx: &mut Tx<'_>, actor: &Actor, id: Uuid, file: Uuid) -> Result<FileRow, Error> {
    let mut scope = enter(tx, actor, Part::See)?;
    let (row, person) = load_for(&mut scope, actor, id, Part::See)?;
    if let Some(file) = stored(&mut scope, id, file)? {
        let is_shown = is_shown(actor, &person);
        return Some(file)
            .filter(is_shown)
            .ok_or_else(|| Error::not_found("file"));
    }
    let there = list_attachments(&mut scope, row.blueprint_id, row.blueprint_number)?;
    let attachment = there.into_iter().find(|it| it.id == file);
    let attachment = attachment.ok_or_else(|| Error::not_found("file"))?;
    Ok(FileRow {
        id: attachment.id,
        assignment_id: id,
        round: Some(GIVEN_WITH),
        name: attachment.name,
        length: attachment.length,
        received: attachment.length,
        created_by: attachment.created_by,
        created_at: attachment.created_at,
        version: 1,
    })
}

/// Which files somebody reads: what is not handed in is read by the one who does the work alone; by the owner's side where it is they who
/// hand it in, for a person who has not joined.
pub(super) fn is_shown(actor: &Actor, person: &PersonRow) -> impl Fn(&FileRow) -> bool + use<> {
    let is_theirs = person.account_id.is_some_and(|it| it != actor.account);
    move |file| file.round.is_some() || !is_theirs
}

/// The part of a file that begins at a place; its end where nothing does.
///
/// # Errors
/// `not_found`.
pub fn load_file_part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    file: Uuid,
    start: i64,
) -> Result<Option<Vec<u8>>, Error> {
    let file = load_file(tx, actor, id, file)?;
    let mut scope = enter(tx, actor, Part::See)?;
    let part = load_part(&mut scope, file.id, start)?;
    if part.is_some() {
        return Ok(part);
    }
    Ok(load_attachment_part(&mut scope, file.id, start)?)
}
