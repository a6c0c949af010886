//! Passkeys: made and shown in a ceremony between the browser and us, each asked for once and for a few minutes.

mod signing;

use offdesk_store::passkeys::{
    CeremonyRow, PasskeyRow, insert_ceremony, insert_passkey, list_passkeys as stored,
    remove_expired, remove_passkey as remove, take_ceremony,
};
use offdesk_store::{Store, Tx, Uuid};
use serde_json::{Value, json};
use url::Url;
use webauthn_rs::prelude::{
    CredentialID, PasskeyRegistration, RegisterPublicKeyCredential, Webauthn, WebauthnBuilder,
};

pub use self::signing::{begin_sign_in, finish_sign_in};
use crate::accounts::{
    AccountEvent, Claim, must_have_shown_factor, note_own, own_session, renewed,
};
use crate::actor::Actor;
use crate::change::name_of;
use crate::error::{Error, ErrorKind};
use crate::mails::{Notice, notify};
use crate::moment::{Moment, Secret};
use offdesk_store::accounts::load_account;
use offdesk_store::sessions::note_factor;

/// What was asked of a browser may be answered for so long, in seconds.
const CEREMONY_SECONDS: i64 = 5 * 60;
/// So many passkeys an account may have.
const MOST_PASSKEYS: usize = 20;

/// Under which address passkeys are made here: they count nowhere else.
pub struct Party(Webauthn);

impl Party {
    /// For the address people use; without one for `localhost`, on whatever port.
    ///
    /// # Errors
    /// Why there can be no passkeys under this address, such as that it is a number.
    pub fn at(public_url: Option<&str>) -> Result<Self, String> {
        let url = public_url.unwrap_or("http://localhost");
        let url = Url::parse(url).map_err(|error| error.to_string())?;
        let name = url
            .domain()
            .ok_or("passkeys need a name, not a number, for an address")?;
        let made = WebauthnBuilder::new(name, &url)
            .map(|builder| {
                builder
                    .rp_name("offdesk")
                    .allow_any_port(public_url.is_none())
            })
            .and_then(WebauthnBuilder::build);
        made.map(Self).map_err(|error| error.to_string())
    }
}

/// What a browser is asked, and the secret its answer comes with.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The secret.
    pub ceremony: Secret,
    /// The options of the browser's own function.
    pub options: Value,
}

/// The passkeys of the actor.
///
/// # Errors
/// Those of the store.
pub fn list_passkeys(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<PasskeyRow>, Error> {
    own_session(actor)?;
    Ok(stored(tx, actor.account)?)
}

/// Begins to make a passkey, for somebody who gives their password once more.
///
/// # Errors
/// `password.wrong`, `passkey.many`, `too_many`.
pub fn begin_registration(
    store: &Store,
    actor: &Actor,
    party: &Party,
    password: &str,
    moment: Moment,
) -> Result<Asked, Error> {
    own_session(actor)?;
    let who = actor.clone();
    let known = store
        .read(move |tx| {
            must_have_shown_factor(tx, &who, moment)?;
            list_passkeys(tx, &who)
        })
        .wait()?;
    if known.len() >= MOST_PASSKEYS {
        return Err(Error::new(
            ErrorKind::Conflict,
            "passkey.many",
            format!("{MOST_PASSKEYS} passkeys are the most"),
        ));
    }
    let claim = Claim::of(store, actor, password, moment)?;
    let had = known
        .into_iter()
        .map(|row| CredentialID::from(row.credential_id))
        .collect();
    let (options, state) = party
        .0
        .start_passkey_registration(actor.account, &actor.email, &actor.name, Some(had))
        .map_err(|error| failed(&error))?;
    let mut options = serde_json::to_value(options).map_err(|error| failed(&error))?;
    // It is to be found without an address typed before, so the authenticator has to keep it.
    let selection = &mut options["publicKey"]["authenticatorSelection"];
    selection["residentKey"] = json!("required");
    selection["requireResidentKey"] = json!(true);
    let state = serde_json::to_string(&state).map_err(|error| failed(&error))?;
    let (ceremony, account) = (moment.secret(), actor.account);
    let hash = ceremony.hash();
    claim.guarded(store, move |tx, _| {
        let row = CeremonyRow {
            account_id: Some(account),
            kind: "registration".to_owned(),
            state,
            expires_at: moment.after(CEREMONY_SECONDS),
        };
        remove_expired(tx, moment.micros())?;
        Ok(insert_ceremony(tx, hash, &row)?)
    })?;
    Ok(Asked { ceremony, options })
}

/// Keeps a passkey that a browser has made, and gives the new secret of the session.
///
/// # Errors
/// `passkey.wrong` where it is not an answer to what was asked, `passkey.known`, `name.empty`, `name.long`.
pub fn finish_registration(
    store: &Store,
    actor: &Actor,
    party: &Party,
    ceremony: &Secret,
    name: &str,
    answer: &Value,
    moment: Moment,
) -> Result<Secret, Error> {
    let session = own_session(actor)?;
    let name = name_of("name", name, 60)?;
    let (account, who) = (actor.account, actor.clone());
    let asked = taken(store, ceremony, "registration", moment)?;
    if asked.account_id != Some(account) {
        return Err(wrong());
    }
    let state: PasskeyRegistration =
        serde_json::from_str(&asked.state).map_err(|error| failed(&error))?;
    let answer: RegisterPublicKeyCredential =
        serde_json::from_value(answer.clone()).map_err(|_| wrong())?;
    let made = party
        .0
        .finish_passkey_registration(&answer, &state)
        .map_err(|_| wrong())?;
    let row = PasskeyRow {
        account_id: account,
        id: moment.id(),
        credential_id: made.cred_id().to_vec(),
        credential: serde_json::to_string(&made).map_err(|error| failed(&error))?,
        name: name.clone(),
        created_at: moment.micros(),
        used_at: None,
    };
    store
        .write(move |tx| {
            // It was begun when there may have been no other factor yet.
            must_have_shown_factor(tx, &who, moment)?;
            note_factor(tx, session, account)?;
            insert_passkey(tx, &row).map_err(|error| match error {
                offdesk_store::StoreError::Conflict => Error::new(
                    ErrorKind::Conflict,
                    "passkey.known",
                    "this passkey is there already",
                ),
                other => other.into(),
            })?;
            let owner = load_account(tx, account)?.ok_or_else(wrong)?;
            note_own(tx, &who, (AccountEvent::AddPasskey, &name), moment)?;
            notify(tx, &owner, &Notice::PasskeyAdded(name), moment)?;
            renewed(tx, account, session, moment)
        })
        .wait()
}

/// What a browser was asked. Taken in a transaction of its own: an answer that is wrong cannot be given again.
fn taken(
    store: &Store,
    ceremony: &Secret,
    kind: &'static str,
    moment: Moment,
) -> Result<CeremonyRow, Error> {
    let hash = ceremony.hash();
    let row = store
        .write(move |tx| -> Result<_, Error> {
            Ok(take_ceremony(tx, hash, kind, moment.micros())?)
        })
        .wait()?;
    row.ok_or_else(wrong)
}

/// Removes a passkey, for somebody who gives their password once more, and gives the new secret of the session.
///
/// # Errors
/// `not_found`, `password.wrong`, `too_many`.
pub fn remove_passkey(
    store: &Store,
    actor: &Actor,
    password: &str,
    id: Uuid,
    moment: Moment,
) -> Result<Secret, Error> {
    let session = own_session(actor)?;
    let (who, account) = (actor.clone(), actor.account);
    let known = store.read(move |tx| list_passkeys(tx, &who)).wait()?;
    if !known.iter().any(|row| row.id == id) {
        return Err(Error::not_found("passkey"));
    }
    let claim = Claim::of(store, actor, password, moment)?;
    let who = actor.clone();
    claim.guarded(store, move |tx, owner| {
        must_have_shown_factor(tx, &who, moment)?;
        let name = remove(tx, account, id)?.ok_or_else(|| Error::not_found("passkey"))?;
        note_own(tx, &who, (AccountEvent::RemovePasskey, &name), moment)?;
        notify(tx, &owner, &Notice::PasskeyRemoved(name), moment)?;
        renewed(tx, account, session, moment)
    })
}

fn wrong() -> Error {
    crate::accounts::wrong(
        "passkey.wrong",
        "this passkey does not count here, or was shown too late",
        "try again, or sign in with your password",
    )
}

fn failed(error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Failed, "passkey.failed", error.to_string())
}
