//! Accounts: set-up, signing in and out, passwords, the second factor, sessions.

mod events;
mod factors;
mod guard;
pub mod json;
mod opening;
mod own;
mod resets;
mod second_factor;
mod seeds;
mod who;

use offdesk_store::accounts::{
    AccountRow, load_account, load_account_by_email, replace_hash, update_account,
    use_recovery_code,
};
use offdesk_store::members::list_memberships;
use offdesk_store::sessions::{self, SessionRow, load_signed_in};
use offdesk_store::{Store, Tx};

pub use self::events::{AccountEvent, AccountEventsJson, Caller, list_account_events};
pub(crate) use self::events::{note_account, note_failure, note_own};
pub(crate) use self::factors::{has_factor, has_shown_factor, must_have_shown_factor};
pub(crate) use self::guard::{Try, count_against, guarded, wrong};
pub use self::guard::{count_wrong_token, from_network};
pub use self::opening::{begin_setup, is_new, set_up, set_up_here, set_up_in};
pub(crate) use self::opening::{email_of, new_account};
pub(crate) use self::own::{Claim, drop_credentials};
pub use self::own::{change_password, end_session, list_sessions, open_workspace, sign_out};
pub(crate) use self::own::{no_token, own_account, own_session, renewed};
pub use self::resets::{OldFactor, check_reset, request_reset, reset_here, reset_password};
pub use self::second_factor::{
    FactorSet, SecondFactor, propose_second_factor, remove_second_factor, second_factor,
    set_second_factor,
};
pub use self::seeds::{look_at_seeds, seal_seeds};
use self::seeds::{no_key, opened_seed};
pub(crate) use self::who::actor_behind;
pub use self::who::{actor_here, actor_of_session, actor_of_token, note_seen};
use crate::actor::Door;
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, Secret, digest, hex};
pub use crate::passwords::is_same;
use crate::passwords::{is_password, is_weak, new_hash, totp_step};
use crate::sealing::SealingKey;
use crate::sign_in_rules::limits_of;

const SETUP_CODE: &str = "setup_code";
/// A set-up code counts for half an hour.
const SETUP_SECONDS: i64 = 30 * 60;
/// When a session was last used is kept to five minutes.
const SEEN_SECONDS: i64 = 5 * 60;
/// So many tries of a secret are allowed within a quarter of an hour.
const MOST_TRIES: u64 = 10;
/// So many from one network, where several people may sit behind one address.
const MOST_OF_NETWORK: u64 = 50;
const TRY_SECONDS: i64 = 15 * 60;
const RECOVERY_CODES: usize = 10;

/// Somebody who is signed in from now on: the secret for the browser, and whether the second factor is still missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// The session's secret.
    pub secret: Secret,
    /// The second factor is still to be given.
    pub needs_code: bool,
}

/// Who opens an account.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Password.
    pub password: String,
}

/// Signs in with address and password. Takes as long for an address that nobody has.
///
/// # Errors
/// `sign_in.wrong`, `too_many`.
pub fn sign_in(
    store: &Store,
    email: &str,
    password: &str,
    caller: impl Into<Caller>,
    moment: Moment,
) -> Result<SignIn, Error> {
    let (email, caller) = (email.trim().to_lowercase(), caller.into());
    let tries = name_of_address("sign_in", &email);
    let begun = Try::of(store, tries.clone(), moment)?;
    let known = store
        .read(move |tx| -> Result<_, Error> { Ok(load_account_by_email(tx, &email)?) })
        .wait()?;
    let hash = known.as_ref().map(|account| account.password_hash.as_str());
    let is_right = is_password(password, hash);
    let stronger = match hash.filter(|hash| is_right && is_weak(hash)) {
        Some(_) => Some(new_hash(password, moment)?),
        None => None,
    };
    let (id, from) = (known.as_ref().map(|account| account.id), caller.clone());
    let done = begun.finish(store, move |tx| match known.filter(|_| is_right) {
        Some(account) => {
            if let Some(hash) = stronger {
                replace_hash(tx, &account, &hash)?;
            }
            open_session(tx, &account, &from, moment)
        }
        None => Err(wrong(
            "sign_in.wrong",
            "address or password is wrong",
            "look at both; after ten tries there is a pause of a quarter of an hour",
        )),
    });
    if !is_right {
        note_failure(store, &tries, id, AccountEvent::FailSignIn, &caller, moment)?;
    }
    done
}

/// Gives the second factor: a code of the authenticator app, or a recovery code. The session has a new secret afterwards.
///
/// # Errors
/// `sign_in`, `sign_in.code`, `totp.key`, `too_many`.
pub fn give_code(
    store: &Store,
    key: Option<&SealingKey>,
    secret: &Secret,
    code: &str,
    caller: impl Into<Caller>,
    moment: Moment,
) -> Result<SignIn, Error> {
    let hash = secret.hash();
    let found = store
        .read(move |tx| -> Result<_, Error> { Ok(load_signed_in(tx, hash, moment.micros())?) })
        .wait()?;
    // Who needs no code has nothing to give here.
    let signed_in = found
        .filter(|found| !found.session.is_verified)
        .ok_or_else(nobody)?;
    let account = signed_in.session.account_id;
    let name = format!("code:{}", account.simple());
    let (code, key, caller) = (code.to_owned(), key.cloned(), caller.into());
    let from = caller.clone();
    let done = guarded(store, &name, moment, move |tx| {
        let mut row = load_account(tx, account)?.ok_or_else(nobody)?;
        let seed = opened_seed(&row, key.as_ref());
        let step = match &seed {
            Some(seed) => totp_step(seed, &row.email, &code, row.totp_step, moment)?,
            None => None,
        };
        let is_right = match step {
            Some(step) => {
                row.totp_step = step;
                update_account(tx, &row)?;
                true
            }
            None => use_recovery_code(tx, account, recovery_hash(&code), moment.micros())?,
        };
        if !is_right && seed.is_none() {
            return Err(no_key());
        }
        if !is_right {
            return Err(wrong(
                "sign_in.code",
                "this code is wrong or was used already",
                "type the six digits the app shows now, or one of your recovery codes",
            ));
        }
        sessions::end_session(tx, account, signed_in.session.id)?;
        let secret = moment.secret();
        add_session(tx, &row, &secret, &from.agent, Proof::Factor, moment)?;
        let with = step.map_or("recovery code", |_| "code of the second factor");
        let came_in = (AccountEvent::SignIn, with);
        note_account(tx, account, came_in, (&from, Door::Web), moment)?;
        Ok(SignIn {
            secret,
            needs_code: false,
        })
    });
    if let Err(error) = &done
        && matches!(error.code, "sign_in.code" | "totp.key")
    {
        let failed = AccountEvent::FailCode;
        note_failure(store, &name, Some(account), failed, &caller, moment)?;
    }
    done
}

/// What is counted for an address, whether somebody has it or not. The address itself is not kept.
pub(crate) fn name_of_address(what: &str, email: &str) -> String {
    format!("{what}:{}", hex(&digest(&[email.as_bytes()])))
}

/// What somebody has proved when a session begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// Their password; the second factor is still to be given.
    Half,
    /// Their password; they have no second factor.
    Password,
    /// A second factor beside the password, or a passkey.
    Factor,
}

fn open_session(
    tx: &mut Tx<'_>,
    account: &AccountRow,
    caller: &Caller,
    moment: Moment,
) -> Result<SignIn, Error> {
    let proof = if account.totp_secret.is_empty() {
        Proof::Password
    } else {
        Proof::Half
    };
    begin_session(tx, account, caller, proof, moment)
}

/// Signs somebody in; the second factor may still be missing.
pub(crate) fn begin_session(
    tx: &mut Tx<'_>,
    account: &AccountRow,
    caller: &Caller,
    proof: Proof,
    moment: Moment,
) -> Result<SignIn, Error> {
    let secret = moment.secret();
    add_session(tx, account, &secret, &caller.agent, proof, moment)?;
    let with = match proof {
        // Half the way is no sign-in yet.
        Proof::Half => None,
        Proof::Password => Some("password"),
        Proof::Factor => Some("passkey"),
    };
    if let Some(with) = with {
        let came_in = (AccountEvent::SignIn, with);
        note_account(tx, account.id, came_in, (caller, Door::Web), moment)?;
    }
    sessions::remove_expired(tx, moment.micros())?;
    let needs_code = proof == Proof::Half;
    Ok(SignIn { secret, needs_code })
}

fn add_session(
    tx: &mut Tx<'_>,
    account: &AccountRow,
    secret: &Secret,
    agent: &str,
    proof: Proof,
    moment: Moment,
) -> Result<(), Error> {
    let memberships = list_memberships(tx, account.id)?;
    let open = memberships
        .iter()
        .find(|one| !one.is_demo && !one.is_suspended)
        .or(memberships.first());
    let limits = limits_of(tx, account.id)?;
    let session = SessionRow {
        id: moment.id(),
        account_id: account.id,
        workspace_id: open.map(|membership| membership.workspace_id),
        agent: agent.chars().take(200).collect(),
        created_at: moment.micros(),
        seen_at: moment.micros(),
        expires_at: moment.micros().saturating_add(limits.longest),
        idle_micros: limits.idle,
        is_verified: proof != Proof::Half,
        has_factor: proof == Proof::Factor,
    };
    Ok(sessions::insert_session(tx, secret.hash(), &session)?)
}

fn recovery_hash(code: &str) -> [u8; 32] {
    let signs: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_uppercase();
    digest(&[b"recovery", signs.as_bytes()])
}

pub(crate) fn nobody() -> Error {
    Error::new(ErrorKind::SignIn, "sign_in", "nobody is signed in").hint("sign in first")
}
