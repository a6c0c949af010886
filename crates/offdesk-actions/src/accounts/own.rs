//! What somebody can do with their own account: sessions, the password.

use super::events::{AccountEvent, Caller, note_failure, note_own};
use super::{Try, nobody, wrong};
use crate::actor::{Actor, Bar, Door};
use crate::error::{Error, ErrorKind};
use crate::mails::{Notice, notify};
use crate::moment::{Moment, Secret};
use crate::passwords::{hash_password, is_password};
use offdesk_store::accounts::{AccountRow, load_account, update_account};
use offdesk_store::feeds::remove_feeds_of;
use offdesk_store::members::list_memberships;
use offdesk_store::passkeys::remove_ceremonies;
use offdesk_store::resets::remove_reset;
use offdesk_store::sessions::{self, SessionRow};
use offdesk_store::tokens::revoke_all_of;
use offdesk_store::{Store, Tx, Uuid};

/// Signs out.
///
/// # Errors
/// Those of the store.
pub fn sign_out(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<(), Error> {
    if let Some(session) = actor.session {
        sessions::end_session(tx, actor.account, session)?;
        note_own(tx, actor, (AccountEvent::SignOut, ""), moment)?;
    }
    Ok(())
}

/// The sessions of the actor.
///
/// # Errors
/// Those of the store.
pub fn list_sessions(
    tx: &mut Tx<'_>,
    actor: &Actor,
    moment: Moment,
) -> Result<Vec<SessionRow>, Error> {
    own_account(actor)?;
    Ok(sessions::list_sessions(tx, actor.account, moment.micros())?)
}

/// Ends a session of the actor.
///
/// # Errors
/// `not_found`.
pub fn end_session(tx: &mut Tx<'_>, actor: &Actor, id: Uuid, moment: Moment) -> Result<(), Error> {
    own_account(actor)?;
    if sessions::end_session(tx, actor.account, id)? {
        return note_own(tx, actor, (AccountEvent::EndSession, ""), moment);
    }
    Err(Error::not_found("session"))
}

/// Changes the password. All other sessions end, and all tokens the account has made; the session it is changed in has a new secret
/// afterwards, which is given.
///
/// # Errors
/// `password.wrong`, `password.short`, `too_many`.
pub fn change_password(
    store: &Store,
    actor: &Actor,
    old: &str,
    new: &str,
    moment: Moment,
) -> Result<Secret, Error> {
    let session = own_session(actor)?;
    // A new one that cannot be is no try of the present one.
    let hash = hash_password(new, &[&actor.email, &actor.name], moment)?;
    let claim = Claim::of(store, actor, old, moment)?;
    let who = actor.clone();
    claim.guarded(store, move |tx, row| {
        let row = AccountRow {
            password_hash: hash,
            ..row
        };
        update_account(tx, &row)?;
        sessions::end_other_sessions(tx, row.id, session)?;
        drop_credentials(tx, row.id, moment)?;
        notify(tx, &row, &Notice::PasswordChanged, moment)?;
        note_own(tx, &who, (AccountEvent::ChangePassword, ""), moment)?;
        renewed(tx, row.id, session, moment)
    })
}

/// The new secret of a session in which a credential was changed. Whoever has seen the old one has nothing.
pub(crate) fn renewed(
    tx: &mut Tx<'_>,
    account: Uuid,
    session: Uuid,
    moment: Moment,
) -> Result<Secret, Error> {
    let secret = moment.secret();
    sessions::replace_session(tx, account, session, secret.hash())?;
    Ok(secret)
}

/// Ends what was handed out while an older password counted: tokens for programs, addresses of calendars, links to choose a new one, passkeys half made.
pub(crate) fn drop_credentials(
    tx: &mut Tx<'_>,
    account: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    revoke_all_of(tx, account, moment.micros())?;
    remove_feeds_of(tx, account)?;
    remove_reset(tx, account)?;
    Ok(remove_ceremonies(tx, account)?)
}

/// Opens another workspace in the session.
///
/// # Errors
/// `not_found` for one the actor is no member of, `member.suspended`.
pub fn open_workspace(tx: &mut Tx<'_>, actor: &Actor, workspace: Uuid) -> Result<(), Error> {
    let session = own_session(actor)?;
    let own = list_memberships(tx, actor.account)?;
    let known = own.iter().find(|one| one.workspace_id == workspace);
    let known = known.ok_or_else(|| Error::not_found("workspace"))?;
    if known.is_suspended {
        return Err(Bar::Suspended.error(&known.name));
    }
    Ok(sessions::open_workspace(
        tx,
        session,
        actor.account,
        workspace,
    )?)
}

/// What a token may never do, while a person may on a page and on the machine itself.
pub(crate) fn no_token(actor: &Actor) -> Result<(), Error> {
    match actor.scopes {
        None => Ok(()),
        Some(_) => Err(no_account_of_a_token()),
    }
}

/// What belongs to the account itself needs a session: no token reaches it.
pub(crate) fn own_session(actor: &Actor) -> Result<Uuid, Error> {
    actor.session.ok_or_else(no_account_of_a_token)
}

/// Lets through whoever acts on their own account: signed in, or on the machine itself, who has the data anyway.
///
/// # Errors
/// `forbidden` for a token.
pub(crate) fn own_account(actor: &Actor) -> Result<(), Error> {
    if actor.door == Door::Cli {
        return Ok(());
    }
    own_session(actor).map(|_| ())
}

fn no_account_of_a_token() -> Error {
    Error::new(
        ErrorKind::Forbidden,
        "forbidden",
        "a token cannot see or change accounts, sessions and tokens",
    )
}

/// The actor's own account, and whether the password that was given with it is right.
pub(crate) struct Claim {
    begun: Try,
    row: AccountRow,
    account: Uuid,
    is_right: bool,
    caller: Caller,
    moment: Moment,
}

impl Claim {
    /// The claim of somebody who gives their password once more.
    pub(crate) fn of(
        store: &Store,
        actor: &Actor,
        password: &str,
        moment: Moment,
    ) -> Result<Self, Error> {
        let account = actor.account;
        let begun = Try::of(store, name_of_account(account), moment)?;
        let row = store
            .read(move |tx| load_account(tx, account)?.ok_or_else(nobody))
            .wait()?;
        let is_right = is_password(password, Some(&row.password_hash));
        Ok(Self {
            begun,
            row,
            account,
            is_right,
            caller: actor.caller.clone(),
            moment,
        })
    }

    /// Does something with the account where the password is right; a wrong one stays counted.
    pub(crate) fn guarded<T: Send + 'static>(
        self,
        store: &Store,
        function: impl FnOnce(&mut Tx<'_>, AccountRow) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (row, is_right, account) = (self.row, self.is_right, self.account);
        let tries = name_of_account(account);
        let done = self.begun.finish(store, move |tx| {
            if is_right {
                return function(tx, row);
            }
            Err(Error {
                field: "old",
                ..wrong("password.wrong", "your present password is another one", "")
            })
        });
        if !is_right {
            let failed = AccountEvent::FailPassword;
            note_failure(
                store,
                &tries,
                Some(account),
                failed,
                &self.caller,
                self.moment,
            )?;
        }
        done
    }
}

/// What is counted for the present password of an account.
fn name_of_account(account: Uuid) -> String {
    format!("password:{}", account.simple())
}
