//! What somebody can do with their own account: sessions, the password, the second factor.

use super::{RECOVERY_CODES, check_failures, guarded, nobody, recovery_hash, wrong};
use crate::actor::Actor;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::passwords::{hash_password, is_password, new_totp_secret, totp_address, totp_step};
use offdesk_store::accounts::{
    AccountRow, count_recovery_codes, load_account, replace_recovery_codes, update_account,
};
use offdesk_store::members::load_role;
use offdesk_store::sessions::{self, SessionRow};
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

/// Changes the password and ends all other sessions.
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
    let claim = Claim::of(store, actor, old, moment)?;
    let hash = hash_password(new, moment)?;
    claim.guarded(store, moment, move |tx, row| {
        let row = AccountRow {
            password_hash: hash,
            ..row
        };
        update_account(tx, &row)?;
        sessions::end_other_sessions(tx, row.id, session)?;
        Ok(())
    })
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
    let claim = Claim::of(store, actor, password, moment)?;
    let step = totp_step(secret, &claim.row.email, code, 0, moment)?;
    let secret = secret.to_owned();
    claim.guarded(store, moment, move |tx, row| {
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
        let codes: Vec<String> = (0..RECOVERY_CODES)
            .map(|_| format!("{}-{}", moment.code(), moment.code()))
            .collect();
        let hashes: Vec<[u8; 32]> = codes.iter().map(|code| recovery_hash(code)).collect();
        replace_recovery_codes(tx, row.id, &hashes)?;
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
    claim.guarded(store, moment, move |tx, row| {
        let row = AccountRow {
            totp_secret: String::new(),
            ..row
        };
        update_account(tx, &row)?;
        replace_recovery_codes(tx, row.id, &[])?;
        Ok(())
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
/// `not_found` for one the actor is no member of.
pub fn open_workspace(tx: &mut Tx<'_>, actor: &Actor, workspace: Uuid) -> Result<(), Error> {
    let session = own_session(actor)?;
    if load_role(tx, workspace, actor.account)?.is_none() {
        return Err(Error::not_found("workspace"));
    }
    Ok(sessions::open_workspace(
        tx,
        session,
        actor.account,
        workspace,
    )?)
}

/// What belongs to the account itself needs a session: no token reaches it.
pub(crate) fn own_session(actor: &Actor) -> Result<Uuid, Error> {
    actor.session.ok_or_else(|| {
        Error::new(
            ErrorKind::Forbidden,
            "forbidden",
            "a token cannot see or change accounts, sessions and tokens",
        )
    })
}

/// The actor's own account, and whether the password that was given with it is right.
struct Claim {
    /// What failures are counted under.
    name: String,
    row: AccountRow,
    is_right: bool,
}

impl Claim {
    fn of(store: &Store, actor: &Actor, password: &str, moment: Moment) -> Result<Self, Error> {
        let account = actor.account;
        let name = format!("password:{}", account.simple());
        check_failures(store, &name, moment)?;
        let row = store
            .read(move |tx| load_account(tx, account)?.ok_or_else(nobody))
            .wait()?;
        let is_right = is_password(password, Some(&row.password_hash));
        Ok(Self {
            name,
            row,
            is_right,
        })
    }

    /// Does something with the account where the password is right; a wrong one is counted.
    fn guarded<T: Send + 'static>(
        self,
        store: &Store,
        moment: Moment,
        function: impl FnOnce(&mut Tx<'_>, AccountRow) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (row, is_right) = (self.row, self.is_right);
        guarded(store, &self.name, moment, move |tx| {
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
