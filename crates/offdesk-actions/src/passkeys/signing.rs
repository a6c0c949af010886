//! Signing in with a passkey: the authenticator knows whose it is, so no address is typed, and has made sure of its owner.

use super::{Asked, CEREMONY_SECONDS, Party, failed, taken, wrong};
use crate::accounts::{Caller, Proof, SignIn, begin_session, count_against};
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, Secret};
use offdesk_store::Store;
use offdesk_store::accounts::load_account;
use offdesk_store::passkeys::{
    CeremonyRow, insert_ceremony, load_passkey, note_used, remove_expired,
};
use serde_json::Value;
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PublicKeyCredential};

/// So often somebody may begin to sign in from one network within a quarter of an hour.
const MOST_BEGUN: u64 = 200;

/// Begins to sign in with a passkey.
///
/// # Errors
/// `too_many`.
pub fn begin_sign_in(
    store: &Store,
    party: &Party,
    network: &str,
    moment: Moment,
) -> Result<Asked, Error> {
    let (options, state) = party
        .0
        .start_discoverable_authentication()
        .map_err(|error| failed(&error))?;
    let mut options = serde_json::to_value(options).map_err(|error| failed(&error))?;
    // The page has a button of its own for this.
    if let Some(fields) = options.as_object_mut() {
        fields.remove("mediation");
    }
    let row = CeremonyRow {
        account_id: None,
        kind: "sign_in".to_owned(),
        state: serde_json::to_string(&state).map_err(|error| failed(&error))?,
        expires_at: moment.after(CEREMONY_SECONDS),
    };
    let ceremony = moment.secret();
    let (hash, name) = (ceremony.hash(), format!("passkey:network:{network}"));
    store
        .write(move |tx| -> Result<_, Error> {
            count_against(tx, &name, MOST_BEGUN, moment)?;
            remove_expired(tx, moment.micros())?;
            Ok(insert_ceremony(tx, hash, &row)?)
        })
        .wait()?;
    Ok(Asked { ceremony, options })
}

/// Signs in with a passkey. It was its owner who showed it, so no second factor is asked for.
///
/// # Errors
/// `passkey.wrong`, whatever is wrong with it.
pub fn finish_sign_in(
    store: &Store,
    party: &Party,
    ceremony: &Secret,
    answer: &Value,
    caller: impl Into<Caller>,
    moment: Moment,
) -> Result<SignIn, Error> {
    let asked = taken(store, ceremony, "sign_in", moment)?;
    let state: DiscoverableAuthentication =
        serde_json::from_str(&asked.state).map_err(|error| failed(&error))?;
    let answer: PublicKeyCredential =
        serde_json::from_value(answer.clone()).map_err(|_| wrong())?;
    let (account, credential) = party
        .0
        .identify_discoverable_authentication(&answer)
        .map_err(|_| wrong())?;
    let credential = credential.to_vec();
    let found = store
        .read(move |tx| -> Result<_, Error> { Ok(load_passkey(tx, &credential)?) })
        .wait()?;
    let row = found
        .filter(|row| row.account_id == account)
        .ok_or_else(wrong)?;
    let mut passkey: Passkey =
        serde_json::from_str(&row.credential).map_err(|error| failed(&error))?;
    let result = party
        .0
        .finish_discoverable_authentication_v2(&answer, state, &passkey)
        .map_err(|_| wrong())?;
    if !result.user_verified() {
        return Err(wrong());
    }
    passkey.update_credential(&result);
    let credential = serde_json::to_string(&passkey).map_err(|error| failed(&error))?;
    let caller = caller.into();
    let signed = store
        .write(move |tx| {
            // Of two that show the same counter at once, one has a copy of the key.
            note_used(tx, &row, &credential, moment.micros())?;
            let owner = load_account(tx, account)?.ok_or_else(wrong)?;
            begin_session(tx, &owner, &caller, Proof::Factor, moment)
        })
        .wait();
    match signed {
        Err(error) if error.kind == ErrorKind::Conflict => Err(wrong()),
        other => other,
    }
}
