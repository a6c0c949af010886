//! Files that are sent before there is an assignment to give them with: in parts, by whoever gives it and for nobody else. What is not
//! given is dropped after a day.

use offdesk_store::assignments::files::{FileRow, insert_file};
use offdesk_store::uploads::for_inputs::{
    FOR_INPUT, count_for_inputs, find_forgotten, find_given, give_upload, move_part,
    remove_for_input,
};
use offdesk_store::uploads::{UploadRow, insert_part, load_upload};
use offdesk_store::{Scope, Store, Tx, Uuid};

use super::files::{conflict, incomplete, is_length, is_next};
use super::mailed::GIVEN_WITH;
use super::who::{Part, enter, enter_to_change};
use crate::actor::Actor;
use crate::error::Error;
use crate::moment::Moment;
use crate::uploads::{begin, change};

/// So many files of somebody may wait to be given at once.
const MOST_FILES: u64 = 100;
/// So long a file waits to be given, in seconds.
const KEPT_SECONDS: i64 = 86_400;

/// Begins to receive a file that is given with an assignment as an input.
///
/// # Errors
/// `file.empty`, `file.long`, `file.many`.
pub fn begin_input_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    name: &str,
    length: i64,
    moment: Moment,
) -> Result<UploadRow, Error> {
    let mut scope = enter_to_change(tx, actor, Part::Arrange)?;
    is_length(length)?;
    if count_for_inputs(&mut scope, actor.account)? >= MOST_FILES {
        let message = format!("{MOST_FILES} files wait to be given already");
        return Err(conflict("file.many", message).hint("give them, or remove some"));
    }
    begin(&mut scope, actor, (name, length), FOR_INPUT, moment)
}

/// Takes the next part of such a file. Where it is not the next one, the error says where to go on.
///
/// # Errors
/// `not_found`, `file.place`, `file.part`.
pub fn add_input_part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    start: i64,
    bytes: Vec<u8>,
) -> Result<UploadRow, Error> {
    let mut scope = enter(tx, actor, Part::Arrange)?;
    let upload = load_own(&mut scope, actor, id)?;
    let received = is_next(start, &bytes, upload.received, upload.length)?;
    insert_part(&mut scope, id, start, bytes)?;
    change(&mut scope, UploadRow { received, ..upload })
}

/// Says that all of a file has come whose length was not known before.
///
/// # Errors
/// `not_found`, `file.empty`.
pub fn end_input_file(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<UploadRow, Error> {
    let mut scope = enter(tx, actor, Part::Arrange)?;
    let upload = load_own(&mut scope, actor, id)?;
    if upload.received == 0 {
        return Err(Error::invalid("file", "file.empty", "the file is empty"));
    }
    let length = upload.received;
    change(&mut scope, UploadRow { length, ..upload })
}

/// Removes a file that is not to be given.
///
/// # Errors
/// `not_found`.
pub fn drop_input_file(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<(), Error> {
    let mut scope = enter_to_change(tx, actor, Part::Arrange)?;
    let upload = load_own(&mut scope, actor, id)?;
    Ok(remove_for_input(&mut scope, upload.id)?)
}

/// Those of some files that are here whole and wait for whoever asks.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_input_files(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<UploadRow>, Error> {
    let mut scope = enter(tx, actor, Part::Arrange)?;
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        all.extend(find_own(&mut scope, actor, *id)?);
    }
    all.retain(|upload| upload.received == upload.length);
    Ok(all)
}

/// A file that waits for whoever asks: somebody else's is not there.
fn find_own(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    id: Uuid,
) -> Result<Option<UploadRow>, Error> {
    let found = load_upload(scope, id)?;
    Ok(found.filter(|it| it.state == FOR_INPUT && it.account_id == actor.account))
}

fn load_own(scope: &mut Scope<'_, '_>, actor: &Actor, id: Uuid) -> Result<UploadRow, Error> {
    find_own(scope, actor, id)?.ok_or_else(|| Error::not_found("file"))
}

/// Gives a file with an assignment: it waits no longer, and belongs to it. Its parts follow later, one by one, since nobody else may
/// write meanwhile.
///
/// # Errors
/// `file.gone`, `file.incomplete`.
pub(super) fn give_file(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    assignment: Uuid,
    id: Uuid,
    moment: Moment,
) -> Result<Uuid, Error> {
    let found = find_own(scope, actor, id)?;
    let upload = found.ok_or_else(|| {
        let message = "a file of the inputs is not here any more";
        Error::invalid("inputs", "file.gone", message)
            .hint("send it again: what is not given is dropped after a day")
    })?;
    if upload.received < upload.length {
        return Err(incomplete(&upload.file, upload.received, upload.length));
    }
    let file = FileRow {
        id,
        assignment_id: assignment,
        round: Some(GIVEN_WITH),
        name: upload.file,
        length: upload.length,
        received: upload.length,
        created_by: actor.account,
        created_at: moment.micros(),
        version: 1,
    };
    insert_file(scope, &file)?;
    give_upload(scope, id)?;
    Ok(file.id)
}

/// Drops the next file that nobody has given in time, and says whether there was one.
///
/// # Errors
/// Those of the store.
pub fn drop_forgotten(store: &Store, moment: Moment) -> Result<bool, Error> {
    let before = moment.after(-KEPT_SECONDS);
    let dropped = store.write(move |tx| -> Result<bool, Error> {
        let Some((workspace, id)) = find_forgotten(tx, before)? else {
            return Ok(false);
        };
        let mut scope = Scope::new(tx, workspace);
        scope.hold()?;
        remove_for_input(&mut scope, id)?;
        Ok(true)
    });
    dropped.wait()
}

/// Moves the next part of what was given to the others of its file, and says whether there was something to move.
///
/// # Errors
/// Those of the store.
pub fn move_given(store: &Store) -> Result<bool, Error> {
    let moved = store.write(move |tx| -> Result<bool, Error> {
        let Some((workspace, file)) = find_given(tx)? else {
            return Ok(false);
        };
        let mut scope = Scope::new(tx, workspace);
        scope.hold()?;
        move_part(&mut scope, file)?;
        Ok(true)
    });
    moved.wait()
}
