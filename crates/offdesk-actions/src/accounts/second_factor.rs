//! The second factor of an authenticator app: proposed, set with a first code, taken away.

use super::events::{AccountEvent, note_own};
use super::own::{Claim, own_session, renewed};
use super::seeds::sealed_seed;
use super::{RECOVERY_CODES, must_have_shown_factor, nobody, recovery_hash, wrong};
use crate::actor::Actor;
use crate::error::Error;
use crate::mails::{Notice, notify};
use crate::moment::{Moment, Secret};
use crate::passwords::{new_totp_secret, totp_address, totp_step};
use crate::sealing::SealingKey;
use offdesk_store::accounts::{
    AccountRow, count_recovery_codes, load_account, replace_recovery_codes, update_account,
};
use offdesk_store::sessions;
use offdesk_store::{Store, Tx};

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

/// A second factor that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorSet {
    /// The recovery codes, shown once.
    pub codes: Vec<String>,
    /// The new secret of the session it was set in.
    pub secret: Secret,
}

/// Sets the second factor, with a first code as proof. All other sessions end; the one it is set in has a new secret afterwards.
///
/// # Errors
/// `totp.code`, `totp.key`, `password.wrong`, `too_many`.
pub fn set_second_factor(
    store: &Store,
    actor: &Actor,
    key: Option<&SealingKey>,
    password: &str,
    secret: &str,
    code: &str,
    moment: Moment,
) -> Result<FactorSet, Error> {
    let session = own_session(actor)?;
    let step = totp_step(secret, &actor.email, code, 0, moment)?;
    let sealed = sealed_seed(secret, actor.account, key, moment)?;
    let claim = Claim::of(store, actor, password, moment)?;
    let who = actor.clone();
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
            totp_secret: sealed,
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
        note_own(tx, &who, (AccountEvent::SetFactor, ""), moment)?;
        let secret = renewed(tx, row.id, session, moment)?;
        Ok(FactorSet { codes, secret })
    })
}

/// Takes the second factor away, and gives the new secret of the session.
///
/// # Errors
/// `password.wrong`, `too_many`.
pub fn remove_second_factor(
    store: &Store,
    actor: &Actor,
    password: &str,
    moment: Moment,
) -> Result<Secret, Error> {
    let session = own_session(actor)?;
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
        notify(tx, &row, &Notice::FactorRemoved, moment)?;
        note_own(tx, &who, (AccountEvent::RemoveFactor, ""), moment)?;
        renewed(tx, row.id, session, moment)
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
