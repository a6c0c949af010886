//! Files on their way into a workspace: sent in parts, looked at, imported by whichever process is free.

use std::io::{Seek, Write};
use std::sync::Arc;

use offdesk_import::Input;
use offdesk_store::members::load_role;
use offdesk_store::uploads::{
    UploadRow, claim_queued, insert_part, insert_upload, list_uploads as stored, load_part,
    load_upload as stored_upload, remove_parts, update_upload,
};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Store, StoreError, Tx, Uuid, WorkspaceId};
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Door, Permission, Role};
use crate::error::{Error, ErrorKind};
use crate::imports::{Choices, Imported, Preview, import_file, preview};
use crate::moment::Moment;
use crate::workspaces::Settings;

/// So long a file may be, in bytes.
pub const LONGEST: i64 = 2 * 1024 * 1024 * 1024;
/// So long a part of it may be.
pub const LONGEST_PART: usize = 1024 * 1024;
/// So long somebody who imports has it for themselves, in seconds.
const CLAIM_SECONDS: i64 = 15 * 60;

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
    let upload = UploadRow {
        id: moment.id(),
        account_id: actor.account,
        file: file_name(file),
        length,
        received: 0,
        state: "receiving".to_owned(),
        choices: "{}".to_owned(),
        source_id: None,
        error: String::new(),
        claimed_until: None,
        created_at: moment.micros(),
        version: 1,
    };
    insert_upload(&mut scope, &upload)?;
    Ok(upload)
}

/// A file's name without folders and signs that could mislead.
fn file_name(text: &str) -> String {
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
    update_upload(&mut scope, &grown)?;
    Ok(UploadRow {
        version: grown.version + 1,
        ..grown
    })
}

fn load(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<UploadRow, Error> {
    stored_upload(scope, id)?.ok_or_else(|| Error::not_found("upload"))
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

/// The parts of an upload as one file.
fn spool(store: &Store, workspace: WorkspaceId, upload: &UploadRow) -> Result<Input, Error> {
    let failed = |error: std::io::Error| {
        Error::new(
            ErrorKind::Unavailable,
            "upload.file",
            format!("the file cannot be put together: {error}"),
        )
    };
    let mut file = tempfile::tempfile().map_err(failed)?;
    let mut start = 0;
    while start < upload.length {
        let id = upload.id;
        let part = store
            .read(move |tx| -> Result<_, Error> {
                Ok(load_part(&mut Scope::new(tx, workspace), id, start)?)
            })
            .wait()?;
        let part = part.ok_or_else(|| Error::not_found("upload"))?;
        file.write_all(&part).map_err(failed)?;
        start += i64::try_from(part.len()).unwrap_or(i64::MAX);
    }
    file.rewind().map_err(failed)?;
    Input::from_file(upload.file.clone(), file)
        .map_err(|problem| crate::imports::of_problem(&problem))
}

/// What importing an upload would bring.
///
/// # Errors
/// `not_found`, `upload.incomplete`, and a problem of the file with its own code.
pub fn preview_upload(
    store: &Store,
    actor: &Actor,
    id: Uuid,
    choices: &Choices,
    moment: Moment,
) -> Result<Preview, Error> {
    let workspace = actor.workspace_for(Permission::Import)?;
    let who = actor.clone();
    let upload = store.read(move |tx| load_upload(tx, &who, id)).wait()?;
    if upload.received < upload.length {
        return Err(Error::new(
            ErrorKind::Conflict,
            "upload.incomplete",
            format!("{} of {} bytes have come", upload.received, upload.length),
        )
        .hint("choose the same file again: it goes on where it was"));
    }
    let mut input = spool(store, workspace, &upload)?;
    preview(store, actor, &mut input, choices, moment)
}

/// Queues an upload for being imported.
///
/// # Errors
/// `not_found`, `upload.state` where it is not complete, or under way already.
pub fn queue_upload(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    choices: &Choices,
    moment: Moment,
) -> Result<UploadRow, Error> {
    let mut scope = actor.within(tx, Permission::Import)?;
    let settings = Settings::of(&load_workspace(&mut scope)?)?;
    choices.options(&settings, moment)?;
    let upload = load(&mut scope, id)?;
    if !matches!(upload.state.as_str(), "waiting" | "failed") {
        return Err(Error::new(
            ErrorKind::Conflict,
            "upload.state",
            "this file is not complete, or is being imported already",
        ));
    }
    let queued = UploadRow {
        state: "queued".to_owned(),
        choices: serde_json::to_string(choices).unwrap_or_default(),
        error: String::new(),
        account_id: actor.account,
        ..upload
    };
    update_upload(&mut scope, &queued)?;
    Ok(queued)
}

/// Drops a file that is not to be imported.
///
/// # Errors
/// `not_found`, `upload.state` where it is being imported.
pub fn drop_upload(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<(), Error> {
    let mut scope = actor.within(tx, Permission::Import)?;
    let upload = load(&mut scope, id)?;
    if upload.state == "importing" {
        return Err(Error::new(
            ErrorKind::Conflict,
            "upload.state",
            "this file is being imported; the import can be undone afterwards",
        ));
    }
    remove_parts(&mut scope, id)?;
    let dropped = UploadRow {
        state: "done".to_owned(),
        ..upload
    };
    Ok(update_upload(&mut scope, &dropped)?)
}

/// Imports an upload that waits, and says whether there was one. Of several processes exactly one does it.
///
/// # Errors
/// Those of the store; what is wrong with the file is kept with the upload.
pub fn import_next(store: &Arc<Store>, moment: Moment) -> Result<bool, Error> {
    let claimed = store
        .write(move |tx| -> Result<_, Error> {
            Ok(claim_queued(
                tx,
                moment.micros(),
                moment.after(CLAIM_SECONDS),
            )?)
        })
        .wait();
    let claimed = match claimed {
        // Another process was quicker.
        Err(error) if error.kind == ErrorKind::Conflict => return Ok(false),
        other => other?,
    };
    let Some((workspace, upload)) = claimed else {
        return Ok(false);
    };
    let workspace = WorkspaceId(workspace);
    let outcome = import_claimed(store, workspace, &upload, moment);
    store
        .write(move |tx| -> Result<_, Error> {
            let mut scope = Scope::new(tx, workspace);
            let ended = match outcome {
                Ok(imported) => {
                    remove_parts(&mut scope, upload.id)?;
                    UploadRow {
                        state: "done".to_owned(),
                        source_id: Some(imported.source.id),
                        claimed_until: None,
                        ..upload
                    }
                }
                Err(error) => {
                    let error = UploadError {
                        code: error.code.to_owned(),
                        message: error.message,
                        hint: error.hint,
                    };
                    UploadRow {
                        state: "failed".to_owned(),
                        error: serde_json::to_string(&error).unwrap_or_default(),
                        claimed_until: None,
                        ..upload
                    }
                }
            };
            match update_upload(&mut scope, &ended) {
                // Somebody else has taken it over meanwhile, and will say how it ended.
                Err(StoreError::Conflict) | Ok(()) => Ok(()),
                Err(error) => Err(error.into()),
            }
        })
        .wait()?;
    Ok(true)
}

fn import_claimed(
    store: &Arc<Store>,
    workspace: WorkspaceId,
    upload: &UploadRow,
    moment: Moment,
) -> Result<Imported, Error> {
    let account = upload.account_id;
    let role = store
        .read(move |tx| -> Result<_, Error> { Ok(load_role(tx, workspace.0, account)?) })
        .wait()?;
    let actor = Actor {
        account,
        name: String::new(),
        email: String::new(),
        session: None,
        membership: role
            .as_deref()
            .and_then(Role::of)
            .map(|role| (workspace, role)),
        workspace_name: String::new(),
        is_demo: false,
        revision: 0,
        scopes: None,
        door: Door::Web,
        is_long_unseen: false,
    };
    let choices: Choices = serde_json::from_str(&upload.choices).unwrap_or_default();
    let mut input = spool(store, workspace, upload)?;
    import_file(store, &actor, &mut input, &choices, moment)
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
    update_upload(&mut scope, &ended)?;
    Ok(ended)
}
