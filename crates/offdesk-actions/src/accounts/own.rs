//! What somebody can do with their own account: sessions, the password, the second factor.

use super::{RECOVERY_CODES, Try, must_have_shown_factor, nobody, recovery_hash, wrong};
use crate::actor::{Actor, Bar};
use crate::error::{Error, ErrorKind};
use crate::mails::{Notice, notify};
use crate::moment::Moment;
use crate::passwords::{hash_password, is_password, new_totp_secret, totp_address, totp_step};
use offdesk_store::accounts::{
    AccountRow, count_recovery_codes, load_account, replace_recovery_codes, update_account,
};
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
pub fn sign_out(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), Error> {
    if let Some(session) = actor.session {
        sessions::end_session(tx, actor.account, session)?;
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
    own_session(actor)?;
    Ok(sessions::list_sessions(tx, actor.account, moment.micros())?)
}

/// Ends a session of the actor.
///
/// # Errors
/// `not_found`.
pub fn end_session(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<(), Error> {
    own_session(actor)?;
    if sessions::end_session(tx, actor.account, id)? {
        return Ok(());
    }
    Err(Error::not_found("session"))
}

/// Changes the password. All other sessions end, and all tokens the account has made.
///
/// # Errors
/// `password.wrong`, `password.short`, `too_many`.
pub fn change_password(
    store: &Store,
    actor: &Actor,
    old: &str,
    new: &str,
    moment: Moment,
) -> Result<(), Error> {
    let session = own_session(actor)?;
    // A new one that cannot be is no try of the present one.
    let hash = hash_password(new, &[&actor.email, &actor.name], moment)?;
    let claim = Claim::of(store, actor, old, moment)?;
    claim.guarded(store, move |tx, row| {
        let row = AccountRow {
            password_hash: hash,
            ..row
        };
        update_account(tx, &row)?;
        sessions::end_other_sessions(tx, row.id, session)?;
        drop_credentials(tx, row.id, moment)?;
        notify(tx, &row, &Notice::PasswordChanged, moment)
    })
}

/// Ends what was handed out while an older password counted: tokens for programs, links to choose a new one, passkeys half made.
pub(crate) fn drop_credentials(
    tx: &mut Tx<'_>,
    account: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    revoke_all_of(tx, account, moment.micros())?;
    remove_reset(tx, account)?;
    Ok(remove_ceremonies(tx, account)?)
}

/// What an authenticator app needs: the secret, and the address to read it from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret in base 32.
    pub secret: String,
    /// Its address.
    pub address: String,
}

/// Proposes a secret for the second factor; nothing is kept before a code of it was given.
///
/// # Errors
/// Those of the reading.
pub fn propose_second_factor(actor: &Actor, moment: Moment) -> Result<SecondFactor, Error> {
    own_session(actor)?;
    SecondFactor::of(actor, &new_totp_secret(moment))
}

impl SecondFactor {
    /// A secret that was proposed before, to show it again.
    ///
    /// # Errors
    /// `totp.secret` for one that is damaged.
    pub fn of(actor: &Actor, secret: &str) -> Result<Self, Error> {
        Ok(Self {
            address: totp_address(secret, &actor.email)?,
            secret: secret.to_owned(),
        })
    }
}

/// Sets the second factor, with a first code as proof, and gives the recovery codes, once.
///
/// # Errors
/// `totp.code`, `password.wrong`, `too_many`.
pub fn set_second_factor(
    store: &Store,
    actor: &Actor,
    password: &str,
    secret: &str,
    code: &str,
    moment: Moment,
) -> Result<Vec<String>, Error> {
    let session = own_session(actor)?;
    let step = totp_step(secret, &actor.email, code, 0, moment)?;
    let claim = Claim::of(store, actor, password, moment)?;
    let (secret, who) = (secret.to_owned(), actor.clone());
    claim.guarded(store, move |tx, row| {
        must_have_shown_factor(tx, &who, moment)?;
        let Some(step) = step else {
            return Err(wrong(
                "totp.code",
                "this is not the code the app shows now",
                "look at the clock of the phone: it must be right to half a minute",
            ));
        };
        let row = AccountRow {
            totp_secret: secret,
            totp_step: step,
            ..row
        };
        update_account(tx, &row)?;
        sessions::end_other_sessions(tx, row.id, session)?;
        sessions::note_factor(tx, session, row.id)?;
        let codes: Vec<String> = (0..RECOVERY_CODES)
            .map(|_| format!("{}-{}", moment.code(), moment.code()))
            .collect();
        let hashes: Vec<[u8; 32]> = codes.iter().map(|code| recovery_hash(code)).collect();
        replace_recovery_codes(tx, row.id, &hashes)?;
        notify(tx, &row, &Notice::FactorSet, moment)?;
        Ok(codes)
    })
}

/// Takes the second factor away.
///
/// # Errors
/// `password.wrong`, `too_many`.
pub fn remove_second_factor(
    store: &Store,
    actor: &Actor,
    password: &str,
    moment: Moment,
) -> Result<(), Error> {
    own_session(actor)?;
    let claim = Claim::of(store, actor, password, moment)?;
    let who = actor.clone();
    claim.guarded(store, move |tx, row| {
        must_have_shown_factor(tx, &who, moment)?;
        let row = AccountRow {
            totp_secret: String::new(),
            ..row
        };
        update_account(tx, &row)?;
        replace_recovery_codes(tx, row.id, &[])?;
        notify(tx, &row, &Notice::FactorRemoved, moment)
    })
}

/// Whether the actor has a second factor, and how many recovery codes are left.
///
/// # Errors
/// Those of the store.
pub fn second_factor(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<u64>, Error> {
    own_session(actor)?;
    let row = load_account(tx, actor.account)?.ok_or_else(nobody)?;
    if row.totp_secret.is_empty() {
        return Ok(None);
    }
    Ok(Some(count_recovery_codes(tx, actor.account)?))
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
    is_right: bool,
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
        let begun = Try::of(store, format!("password:{}", account.simple()), moment)?;
        let row = store
            .read(move |tx| load_account(tx, account)?.ok_or_else(nobody))
            .wait()?;
        let is_right = is_password(password, Some(&row.password_hash));
        Ok(Self {
            begun,
            row,
            is_right,
        })
    }

    /// Does something with the account where the password is right; a wrong one stays counted.
    pub(crate) fn guarded<T: Send + 'static>(
        self,
        store: &Store,
        function: impl FnOnce(&mut Tx<'_>, AccountRow) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (row, is_right) = (self.row, self.is_right);
        self.begun.finish(store, move |tx| {
            if is_right {
                return function(tx, row);
            }
            Err(Error {
                field: "old",
                ..wrong("password.wrong", "your present password is another one", "")
            })
        })
    }
}
