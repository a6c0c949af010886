//! Files on their way into a workspace: sent in parts, looked at, imported by whichever process is free.

mod importing;

pub use self::importing::{import_next, preview_upload, queue_upload, take_up_imports};

use offdesk_store::calendars::remove_of_upload;
use offdesk_store::uploads::for_inputs::{FOR_INPUT, GIVEN};
use offdesk_store::uploads::{
    UploadRow, insert_part, insert_upload, list_uploads as stored, load_upload as stored_upload,
    remove_parts, update_upload,
};
use offdesk_store::{Scope, Tx, Uuid};
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

/// So long a file may be, in bytes.
pub const LONGEST: i64 = 2 * 1024 * 1024 * 1024;
/// So long a part of it may be.
pub const LONGEST_PART: usize = 1024 * 1024;
/// So long somebody who imports has it for themselves, in seconds; while the import goes on that is said again.
const CLAIM_SECONDS: i64 = 3 * 60;

/// Why an upload could not be imported, as kept with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadError {
    /// Stable code.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl UploadError {
    /// The error of an upload that failed.
    #[must_use]
    pub fn of(upload: &UploadRow) -> Option<Self> {
        serde_json::from_str(&upload.error).ok()
    }
}

/// Begins to receive a file.
///
/// # Errors
/// `upload.long`, `import.empty`.
pub fn begin_upload(
    tx: &mut Tx<'_>,
    actor: &Actor,
    file: &str,
    length: i64,
    moment: Moment,
) -> Result<UploadRow, Error> {
    let mut scope = actor.within(tx, Permission::Import)?;
    if length > LONGEST {
        return Err(Error::invalid(
            "file",
            "upload.long",
            "the file is longer than two gigabytes",
        )
        .hint(
            "export a shorter period, or import it on the machine itself:  offdesk import FILE",
        ));
    }
    if length <= 0 {
        return Err(Error::invalid("file", "import.empty", "the file is empty")
            .hint("export it again; an interrupted download leaves an empty file"));
    }
    begin(&mut scope, actor, (file, length), "receiving", moment)
}

/// Begins an upload of an actor's, in a state.
pub(crate) fn begin(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    (name, length): (&str, i64),
    state: &str,
    moment: Moment,
) -> Result<UploadRow, Error> {
    let upload = UploadRow {
        id: moment.id(),
        account_id: actor.account,
        file: file_name(name),
        length,
        received: 0,
        state: state.to_owned(),
        choices: "{}".to_owned(),
        source_id: None,
        error: String::new(),
        claimed_until: None,
        created_at: moment.micros(),
        version: 1,
        door: actor.door.word().to_owned(),
    };
    insert_upload(scope, &upload)?;
    Ok(upload)
}

/// A file's name without folders and signs that could mislead.
pub(crate) fn file_name(text: &str) -> String {
    let name = text.rsplit(['/', '\\']).next().unwrap_or("");
    let clean: String = offdesk_import::problem::shown(name)
        .chars()
        .take(120)
        .collect();
    if clean.trim().is_empty() {
        "file".to_owned()
    } else {
        clean
    }
}

/// Takes the next part of a file. Where it is not the next one, the error says where to go on.
///
/// # Errors
/// `not_found`, `upload.place`, `upload.part`.
pub fn add_part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    start: i64,
    bytes: Vec<u8>,
) -> Result<UploadRow, Error> {
    let mut scope = actor.within(tx, Permission::Import)?;
    let upload = load(&mut scope, id)?;
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    if upload.state != "receiving" || start != upload.received {
        return Err(Error::new(
            ErrorKind::Conflict,
            "upload.place",
            format!("the next part begins at {}", upload.received),
        ));
    }
    if bytes.is_empty() || bytes.len() > LONGEST_PART || start + length > upload.length {
        return Err(Error::invalid(
            "part",
            "upload.part",
            "a part has between one byte and a megabyte, and ends with the file",
        ));
    }
    insert_part(&mut scope, id, start, bytes)?;
    let received = start + length;
    let state = if received == upload.length {
        "waiting"
    } else {
        "receiving"
    };
    let grown = UploadRow {
        received,
        state: state.to_owned(),
        ..upload
    };
    change(&mut scope, grown)
}

/// Keeps an upload that changed, and gives it as it is then.
pub(crate) fn change(scope: &mut Scope<'_, '_>, mut upload: UploadRow) -> Result<UploadRow, Error> {
    update_upload(scope, &upload)?;
    upload.version += 1;
    Ok(upload)
}

fn load(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<UploadRow, Error> {
    let upload = stored_upload(scope, id)?.filter(|it| it.state != FOR_INPUT && it.state != GIVEN);
    upload.ok_or_else(|| Error::not_found("upload"))
}

/// An upload of the open workspace.
///
/// # Errors
/// `not_found`.
pub fn load_upload(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<UploadRow, Error> {
    load(&mut actor.within(tx, Permission::Import)?, id)
}

/// The uploads that are not done.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_uploads(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<UploadRow>, Error> {
    Ok(stored(&mut actor.within(tx, Permission::Import)?)?)
}

/// Drops a file that is not to be imported; one that was dropped before stays so.
///
/// # Errors
/// `not_found`, `upload.state` where it is being imported, or was.
pub fn drop_upload(tx: &mut Tx<'_>, actor: &Actor, id: Uuid, moment: Moment) -> Result<(), Error> {
    let mut scope = actor.within(tx, Permission::Import)?;
    let upload = load(&mut scope, id)?;
    match (upload.state.as_str(), upload.source_id) {
        ("importing", _) => {
            return Err(left_too_late(
                "is being imported; the import can be undone afterwards",
            ));
        }
        ("done", Some(_)) => {
            return Err(
                left_too_late("was imported").hint("undo the import, where it is not to count")
            );
        }
        ("done", None) => return Ok(()),
        _ => {}
    }
    remove_parts(&mut scope, id)?;
    // A calendar that nobody wanted after having looked at it is not read again.
    if let Some(host) = remove_of_upload(&mut scope, id)? {
        note(&mut scope, actor, moment, "remove_calendar", host, "")?;
    }
    let dropped = UploadRow {
        state: "done".to_owned(),
        ..upload
    };
    Ok(update_upload(&mut scope, &dropped)?)
}

fn left_too_late(why: &str) -> Error {
    Error::new(
        ErrorKind::Conflict,
        "upload.state",
        format!("this file {why}"),
    )
}

/// Says that a file, whose length nobody knew before, has come to its end.
///
/// # Errors
/// `not_found`, `import.empty`.
pub fn end_upload(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<UploadRow, Error> {
    let mut scope = actor.within(tx, Permission::Import)?;
    let upload = load(&mut scope, id)?;
    if upload.received == 0 {
        return Err(Error::invalid("file", "import.empty", "the file is empty"));
    }
    let ended = UploadRow {
        length: upload.received,
        state: "waiting".to_owned(),
        ..upload
    };
    change(&mut scope, ended)
}
