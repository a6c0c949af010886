//! From a file that has come to an import: looked at, queued, done by whichever process is free.

use super::{CLAIM_SECONDS, UploadError, load, load_upload};
use crate::accounts::actor_behind;
use crate::actor::{Actor, Door, Permission};
use crate::error::{Error, ErrorKind, unless_changed};
use crate::imports::{Choices, Imported, Preview, import_upload, preview};
use crate::moment::Moment;
use crate::workspaces::Settings;
use offdesk_import::Input;
use offdesk_store::calendars::{find_of_upload, keep_choices};
use offdesk_store::uploads::{
    UploadRow, claim_queued, keep_claim, load_part, release_claims, remove_parts, update_upload,
};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Store, Tx, Uuid, WorkspaceId};
use std::io::{Seek, Write};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// The parts of an upload as one file.
pub(super) fn spool(
    store: &Store,
    workspace: WorkspaceId,
    upload: &UploadRow,
) -> Result<Input, Error> {
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
    if upload.length == super::LONGEST && upload.received < upload.length {
        return Err(Error::new(
            ErrorKind::Conflict,
            "upload.incomplete",
            "the file was cut off on its way, and nobody knows how long it is",
        )
        .hint("remove it, and send the file again from its beginning"));
    }
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
        door: actor.door.word().to_owned(),
        ..upload
    };
    keep_choices(&mut scope, id, &queued.choices)?;
    update_upload(&mut scope, &queued)?;
    Ok(queued)
}

/// Lets go of imports that were cut off, where nobody else can be at them: in a file of SQLite, which one process serves. With PostgreSQL
/// others may be, and one that was cut off is taken over some minutes later.
///
/// # Errors
/// Those of the store.
pub fn take_up_imports(store: &Store) -> Result<(), Error> {
    let error = UploadError {
        code: "upload.cut_off".to_owned(),
        message: "the program ended twice while this file was imported".to_owned(),
        hint: "try it once more, or send it in smaller pieces".to_owned(),
    };
    let cut_off = serde_json::to_string(&error).unwrap_or_default();
    store
        .write(move |tx| {
            if matches!(tx, Tx::Sqlite(_)) {
                release_claims(tx, &cut_off)?;
            }
            Ok(())
        })
        .wait()
}

/// A claim is said again after so many seconds, well before it ends.
const AGAIN: i64 = CLAIM_SECONDS / 3;

/// A claim that is kept for as long as this is.
struct Claim {
    _ends: Sender<()>,
}

impl Claim {
    fn keep(
        store: &Arc<Store>,
        workspace: WorkspaceId,
        upload: &UploadRow,
        moment: Moment,
    ) -> Self {
        let (ends, ended) = channel::<()>();
        let (store, id, version) = (Arc::clone(store), upload.id, upload.version);
        let go_on = move || {
            for turn in 1.. {
                let waited = ended.recv_timeout(Duration::from_secs(AGAIN.unsigned_abs()));
                if waited != Err(RecvTimeoutError::Timeout) {
                    return;
                }
                let until = moment.after(CLAIM_SECONDS + AGAIN * turn);
                let kept = store
                    .write(move |tx| -> Result<_, Error> {
                        let mut scope = Scope::new(tx, workspace);
                        Ok(keep_claim(&mut scope, id, version, until)?)
                    })
                    .wait();
                if kept.is_err() {
                    return;
                }
            }
        };
        // Without a thread the claim holds for as long as it was made for.
        let _ = std::thread::Builder::new().spawn(go_on);
        Self { _ends: ends }
    }
}

/// Imports an upload that waits, and says whether there was one. Of several processes exactly one does it.
///
/// # Errors
/// Those of the store, after which it is tried again later; what is wrong with the file is kept with the upload.
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
    let claim = Claim::keep(store, workspace, &upload, moment);
    let outcome = import_claimed(store, workspace, &upload, moment);
    drop(claim);
    let ended = ended(upload, &outcome);
    store
        .write(move |tx| -> Result<_, Error> {
            let mut scope = Scope::new(tx, workspace);
            if ended.state == "done" {
                remove_parts(&mut scope, ended.id)?;
            }
            // Somebody else may have taken it over meanwhile, and will say how it ended.
            unless_changed(update_upload(&mut scope, &ended))
        })
        .wait()?;
    match outcome {
        // The file is not at fault: whoever works tells it, and comes back to it later.
        Err(error) if is_passing(&error) => Err(error),
        _ => Ok(true),
    }
}

/// Whether an import failed by what goes by itself: the database or the disk was away.
fn is_passing(error: &Error) -> bool {
    error.kind == ErrorKind::Unavailable
}

/// An upload after somebody has tried to import it.
fn ended(upload: UploadRow, outcome: &Result<Imported, Error>) -> UploadRow {
    let (state, error, source_id) = match outcome {
        Ok(imported) => ("done", String::new(), Some(imported.source.id)),
        Err(error) if is_passing(error) => ("queued", String::new(), upload.source_id),
        Err(error) => {
            let kept = UploadError {
                code: error.code.to_owned(),
                message: error.message.clone(),
                hint: error.hint.clone(),
            };
            let kept = serde_json::to_string(&kept).unwrap_or_default();
            ("failed", kept, upload.source_id)
        }
    };
    UploadRow {
        state: state.to_owned(),
        error,
        source_id,
        claimed_until: None,
        ..upload
    }
}

pub(super) fn import_claimed(
    store: &Arc<Store>,
    workspace: WorkspaceId,
    upload: &UploadRow,
    moment: Moment,
) -> Result<Imported, Error> {
    let account = upload.account_id;
    let id = upload.id;
    let (mut actor, calendar) = store
        .read(move |tx| -> Result<_, Error> {
            let actor = actor_behind(tx, workspace, account)?;
            let calendar = find_of_upload(&mut Scope::new(tx, workspace), id)?;
            Ok((actor, calendar))
        })
        .wait()?;
    // The log says how the file came, not who took it up.
    actor.door = Door::of(&upload.door).unwrap_or(actor.door);
    let choices: Choices = serde_json::from_str(&upload.choices).unwrap_or_default();
    let mut input = spool(store, workspace, upload)?;
    import_upload(store, &actor, &mut input, (&choices, calendar), moment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use offdesk_store::StoreError;

    /// It was marked as failed, and nobody came back to it.
    #[test]
    fn an_import_that_met_a_database_that_was_away_waits_again() {
        let upload = UploadRow {
            id: Uuid::nil(),
            account_id: Uuid::nil(),
            file: "a.csv".to_owned(),
            length: 9,
            received: 9,
            state: "importing".to_owned(),
            choices: "{}".to_owned(),
            source_id: None,
            error: String::new(),
            door: "web".to_owned(),
            claimed_until: Some(7),
            created_at: 1,
            version: 3,
        };
        let of = |error: Error| {
            let ended = ended(upload.clone(), &Err(error));
            assert_eq!(ended.claimed_until, None);
            (ended.state, ended.error.is_empty())
        };
        let away = || "away".to_owned();
        for passing in [
            StoreError::Unavailable(away()),
            StoreError::Unknown(away()),
            StoreError::Busy,
            StoreError::Full,
            StoreError::ReadOnly(away()),
        ] {
            assert_eq!(of(passing.into()), ("queued".to_owned(), true));
        }
        let wrong = Error::new(ErrorKind::Invalid, "import.nothing", "there is no entry");
        assert_eq!(of(wrong), ("failed".to_owned(), false));
        let damaged = StoreError::Damaged(away());
        assert_eq!(of(damaged.into()), ("failed".to_owned(), false));
    }
}
