//! Accounts: set-up, signing in and out, passwords, the second factor, sessions.

use offdesk_store::accounts::{
    AccountRow, count_accounts, count_recovery_codes, insert_account, load_account,
    load_account_by_email, replace_recovery_codes, update_account, use_recovery_code,
};
use offdesk_store::members::{insert_member, list_memberships, load_role};
use offdesk_store::sessions::{self, SessionRow, load_signed_in};
use offdesk_store::settings::{
    add_failure, forget_failures, load_failures, load_setting, remove_setting, save_setting,
};
use offdesk_store::tokens::load_token;
use offdesk_store::workspaces::insert_workspace;
use offdesk_store::{Scope, Store, Tx, Uuid, WorkspaceId};

use crate::actor::{Actor, Door, Role, TokenScope};
use crate::change::name_of;
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, Secret, digest, typed_code};
use crate::passwords::{
    hash_password, is_password, is_same, new_totp_secret, totp_address, totp_step,
};
use crate::workspaces::new_workspace;

const SETUP_CODE: &str = "setup_code";
/// A set-up code counts for half an hour.
const SETUP_SECONDS: i64 = 30 * 60;
/// A session ends after thirty days.
const SESSION_SECONDS: i64 = 30 * 24 * 3600;
/// When a session was last used is kept to five minutes.
const SEEN_SECONDS: i64 = 5 * 60;
/// So many failures are allowed within a quarter of an hour.
const MOST_FAILURES: u64 = 10;
/// So many from one network, where several people may sit behind one address.
const MOST_OF_NETWORK: u64 = 50;
const FAILURE_SECONDS: i64 = 15 * 60;
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

/// A new set-up code; `None` where there is an account already.
///
/// # Errors
/// Those of the store.
pub fn begin_setup(tx: &mut Tx<'_>, moment: Moment) -> Result<Option<String>, Error> {
    if count_accounts(tx)? > 0 {
        return Ok(None);
    }
    let code = moment.code();
    let kept = format!("{}:{code}", moment.after(SETUP_SECONDS));
    save_setting(tx, SETUP_CODE, &kept)?;
    Ok(Some(code))
}

/// Whether nobody has an account yet.
///
/// # Errors
/// Those of the store.
pub fn is_new(tx: &mut Tx<'_>) -> Result<bool, Error> {
    Ok(count_accounts(tx)? == 0)
}

/// Makes the first account with its workspace and signs it in. The code is gone afterwards.
///
/// # Errors
/// `setup.done`, `setup.code`, `account.email`, `name.empty`, `password.short`, `too_many`.
pub fn set_up(
    store: &Store,
    code: &str,
    account: &NewAccount,
    agent: &str,
    moment: Moment,
) -> Result<SignIn, Error> {
    let code = typed_code(code);
    let row = new_account(account, moment)?;
    let agent = agent.to_owned();
    guarded(store, "setup", moment, move |tx| {
        if count_accounts(tx)? > 0 {
            return Err(Error::new(
                ErrorKind::Conflict,
                "setup.done",
                "this offdesk is set up already",
            )
            .hint("sign in"));
        }
        let kept = load_setting(tx, SETUP_CODE)?.unwrap_or_default();
        let (until, right) = kept.split_once(':').unwrap_or(("0", ""));
        let is_live = until
            .parse::<i64>()
            .is_ok_and(|until| until > moment.micros());
        if !is_live || !is_same(right, &code) {
            return Err(wrong(
                "setup.code",
                "this is not the set-up code",
                "it stands in the terminal where offdesk was started; a new one:  offdesk setup",
            ));
        }
        remove_setting(tx, SETUP_CODE)?;
        create_account(tx, &row, moment)?;
        open_session(tx, &row, &agent, moment)
    })
}

/// Makes the first account from the machine itself, without a code.
///
/// # Errors
/// As [`set_up`].
pub fn set_up_here(store: &Store, account: &NewAccount, moment: Moment) -> Result<(), Error> {
    let row = new_account(account, moment)?;
    store
        .write(move |tx| {
            if count_accounts(tx)? > 0 {
                return Err(Error::new(
                    ErrorKind::Conflict,
                    "setup.done",
                    "this offdesk is set up already",
                )
                .hint("sign in on its page"));
            }
            remove_setting(tx, SETUP_CODE)?;
            create_account(tx, &row, moment)
        })
        .wait()
}

/// The row of a new account, its figures checked and its password hashed.
pub(crate) fn new_account(account: &NewAccount, moment: Moment) -> Result<AccountRow, Error> {
    let email = email_of(&account.email)?;
    let name = name_of("name", &account.name, 80)?;
    Ok(AccountRow {
        id: moment.id(),
        email,
        name,
        password_hash: hash_password(&account.password, moment)?,
        totp_secret: String::new(),
        totp_step: 0,
        created_at: moment.micros(),
        version: 1,
    })
}

/// An account with a workspace of its own.
fn create_account(tx: &mut Tx<'_>, row: &AccountRow, moment: Moment) -> Result<(), Error> {
    insert_account(tx, row)?;
    let workspace = new_workspace("My business", false, moment);
    insert_workspace(tx, &workspace)?;
    let mut scope = Scope::new(tx, WorkspaceId(workspace.id));
    insert_member(&mut scope, row.id, Role::Owner.word(), moment.micros())?;
    Ok(())
}

/// An address, in small letters.
pub(crate) fn email_of(text: &str) -> Result<String, Error> {
    let email = text.trim().to_lowercase();
    let is_good = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !host.contains('@') && !host.starts_with('.')
    }) && email.len() <= 200
        && !email.chars().any(|c| c.is_whitespace() || c.is_control());
    if is_good {
        return Ok(email);
    }
    Err(
        Error::invalid("email", "account.email", "this is not an e-mail address")
            .hint("it looks like  you@example.com"),
    )
}

/// Signs in with address and password. Takes as long for an address that nobody has.
///
/// # Errors
/// `sign_in.wrong`, `too_many`.
pub fn sign_in(
    store: &Store,
    email: &str,
    password: &str,
    agent: &str,
    moment: Moment,
) -> Result<SignIn, Error> {
    let email = email.trim().to_lowercase();
    let name = format!("sign_in:{}", hex(&digest(&[email.as_bytes()])));
    check_failures(store, &name, moment)?;
    let known = store
        .read(move |tx| -> Result<_, Error> { Ok(load_account_by_email(tx, &email)?) })
        .wait()?;
    let hash = known.as_ref().map(|account| account.password_hash.as_str());
    let is_right = is_password(password, hash);
    let agent = agent.to_owned();
    guarded(store, &name, moment, move |tx| {
        match known.filter(|_| is_right) {
            Some(account) => open_session(tx, &account, &agent, moment),
            None => Err(wrong(
                "sign_in.wrong",
                "address or password is wrong",
                "look at both; after ten tries there is a pause of a quarter of an hour",
            )),
        }
    })
}

/// Gives the second factor: a code of the authenticator app, or a recovery code. The session has a new secret afterwards.
///
/// # Errors
/// `sign_in`, `sign_in.code`, `too_many`.
pub fn give_code(
    store: &Store,
    secret: &Secret,
    code: &str,
    agent: &str,
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
    check_failures(store, &name, moment)?;
    let (code, agent) = (code.to_owned(), agent.to_owned());
    guarded(store, &name, moment, move |tx| {
        let mut row = load_account(tx, account)?.ok_or_else(nobody)?;
        let step = totp_step(&row.totp_secret, &row.email, &code, row.totp_step, moment)?;
        let is_right = match step {
            Some(step) => {
                row.totp_step = step;
                update_account(tx, &row)?;
                true
            }
            None => use_recovery_code(tx, account, recovery_hash(&code), moment.micros())?,
        };
        if !is_right {
            return Err(wrong(
                "sign_in.code",
                "this code is wrong or was used already",
                "type the six digits the app shows now, or one of your recovery codes",
            ));
        }
        sessions::end_session(tx, account, signed_in.session.id)?;
        let secret = moment.secret();
        add_session(tx, &row, &secret, &agent, true, moment)?;
        Ok(SignIn {
            secret,
            needs_code: false,
        })
    })
}

fn open_session(
    tx: &mut Tx<'_>,
    account: &AccountRow,
    agent: &str,
    moment: Moment,
) -> Result<SignIn, Error> {
    let needs_code = !account.totp_secret.is_empty();
    let secret = moment.secret();
    add_session(tx, account, &secret, agent, !needs_code, moment)?;
    sessions::remove_expired(tx, moment.micros())?;
    Ok(SignIn { secret, needs_code })
}

fn add_session(
    tx: &mut Tx<'_>,
    account: &AccountRow,
    secret: &Secret,
    agent: &str,
    is_verified: bool,
    moment: Moment,
) -> Result<(), Error> {
    let memberships = list_memberships(tx, account.id)?;
    let open = memberships
        .iter()
        .find(|membership| !membership.is_demo)
        .or(memberships.first());
    let session = SessionRow {
        id: moment.id(),
        account_id: account.id,
        workspace_id: open.map(|membership| membership.workspace_id),
        agent: agent.chars().take(200).collect(),
        created_at: moment.micros(),
        seen_at: moment.micros(),
        expires_at: moment.after(SESSION_SECONDS),
        is_verified,
    };
    Ok(sessions::insert_session(tx, secret.hash(), &session)?)
}

/// Who acts with a session's secret; `Err` says what is missing, nobody, or the second factor.
///
/// # Errors
/// `sign_in`, `sign_in.code_missing`.
pub fn actor_of_session(tx: &mut Tx<'_>, secret: &Secret, moment: Moment) -> Result<Actor, Error> {
    let found = load_signed_in(tx, secret.hash(), moment.micros())?.ok_or_else(nobody)?;
    if !found.session.is_verified {
        return Err(Error::new(
            ErrorKind::SignIn,
            "sign_in.code_missing",
            "the second factor is still missing",
        ));
    }
    let role = found.role.as_deref().and_then(Role::of);
    let membership = found.session.workspace_id.map(WorkspaceId).zip(role);
    Ok(Actor {
        account: found.session.account_id,
        name: found.name,
        email: found.email,
        session: Some(found.session.id),
        membership,
        workspace_name: found.workspace_name,
        is_demo: found.is_demo,
        revision: found.revision,
        scopes: None,
        door: Door::Web,
        is_long_unseen: moment.after(-SEEN_SECONDS) > found.session.seen_at,
    })
}

/// Notes that the actor's session was used.
///
/// # Errors
/// Those of the store.
pub fn note_seen(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<(), Error> {
    if let Some(session) = actor.session {
        sessions::note_seen(tx, session, actor.account, moment.micros())?;
    }
    Ok(())
}

/// Who acts with an API token.
///
/// # Errors
/// `sign_in`.
pub fn actor_of_token(tx: &mut Tx<'_>, secret: &Secret) -> Result<Actor, Error> {
    let (token, workspace, role) = load_token(tx, secret.hash())?.ok_or_else(nobody)?;
    let role = Role::of(&role).ok_or_else(nobody)?;
    let scopes = token.scopes.split(' ').filter_map(TokenScope::of).collect();
    Ok(Actor {
        account: token.account_id,
        name: token.name,
        email: String::new(),
        session: None,
        membership: Some((WorkspaceId(workspace), role)),
        workspace_name: String::new(),
        is_demo: false,
        revision: 0,
        scopes: Some(scopes),
        door: Door::Api,
        is_long_unseen: false,
    })
}

/// Who acts on the machine itself: the account of an address, or the only one; in its first workspace, or one by its name.
///
/// # Errors
/// `account.which` where there are several, `account.none`, `workspace.which`.
pub fn actor_here(
    tx: &mut Tx<'_>,
    email: Option<&str>,
    workspace: Option<&str>,
) -> Result<Actor, Error> {
    let account = match email {
        Some(email) => load_account_by_email(tx, &email.trim().to_lowercase())?,
        None => only_account(tx)?,
    };
    let account = account.ok_or_else(|| {
        Error::new(
            ErrorKind::NotFound,
            "account.none",
            "there is no such account",
        )
        .hint("set offdesk up first:  offdesk setup --email you@example.com")
    })?;
    let memberships = list_memberships(tx, account.id)?;
    let open = match workspace {
        Some(name) => memberships
            .iter()
            .find(|membership| membership.name.to_lowercase() == name.trim().to_lowercase()),
        None => memberships
            .iter()
            .find(|membership| !membership.is_demo)
            .or(memberships.first()),
    };
    let open = open.ok_or_else(|| {
        let names: Vec<&str> = memberships.iter().map(|one| one.name.as_str()).collect();
        Error::new(
            ErrorKind::NotFound,
            "workspace.none",
            "there is no such workspace",
        )
        .hint(format!("yours are: {}", names.join(", ")))
    })?;
    let role = Role::of(&open.role);
    Ok(Actor {
        account: account.id,
        name: account.name,
        email: account.email,
        session: None,
        membership: role.map(|role| (WorkspaceId(open.workspace_id), role)),
        workspace_name: open.name.clone(),
        is_demo: open.is_demo,
        revision: 0,
        scopes: None,
        door: Door::Cli,
        is_long_unseen: false,
    })
}

fn only_account(tx: &mut Tx<'_>) -> Result<Option<AccountRow>, Error> {
    let ids = offdesk_store::accounts::list_accounts(tx, 2)?;
    match ids.as_slice() {
        [] => Ok(None),
        [only] => Ok(load_account(tx, *only)?),
        _ => Err(Error::new(
            ErrorKind::Invalid,
            "account.which",
            "there are several accounts here",
        )
        .hint("say whose workspace you mean:  --account you@example.com")),
    }
}

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
    let account = actor.account;
    let name = format!("password:{}", account.simple());
    check_failures(store, &name, moment)?;
    let row = load_own(store, account)?;
    let is_right = is_password(old, Some(&row.password_hash));
    let hash = hash_password(new, moment)?;
    guarded(store, &name, moment, move |tx| {
        if !is_right {
            return Err(wrong_password());
        }
        let row = AccountRow {
            password_hash: hash,
            ..row
        };
        update_account(tx, &row)?;
        sessions::end_other_sessions(tx, account, session)?;
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
    let account = actor.account;
    let name = format!("password:{}", account.simple());
    check_failures(store, &name, moment)?;
    let row = load_own(store, account)?;
    let is_right = is_password(password, Some(&row.password_hash));
    let step = totp_step(secret, &row.email, code, 0, moment)?;
    let secret = secret.to_owned();
    guarded(store, &name, moment, move |tx| {
        if !is_right {
            return Err(wrong_password());
        }
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
        sessions::end_other_sessions(tx, account, session)?;
        let codes: Vec<String> = (0..RECOVERY_CODES)
            .map(|_| format!("{}-{}", moment.code(), moment.code()))
            .collect();
        let hashes: Vec<[u8; 32]> = codes.iter().map(|code| recovery_hash(code)).collect();
        replace_recovery_codes(tx, account, &hashes)?;
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
    let account = actor.account;
    let name = format!("password:{}", account.simple());
    check_failures(store, &name, moment)?;
    let row = load_own(store, account)?;
    let is_right = is_password(password, Some(&row.password_hash));
    guarded(store, &name, moment, move |tx| {
        if !is_right {
            return Err(wrong_password());
        }
        let row = AccountRow {
            totp_secret: String::new(),
            ..row
        };
        update_account(tx, &row)?;
        replace_recovery_codes(tx, account, &[])?;
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

/// Refuses a network from which secrets were tried too often.
///
/// # Errors
/// `too_many`.
pub fn check_network(store: &Store, network: &str, moment: Moment) -> Result<(), Error> {
    let name = format!("network:{network}");
    let failures = store
        .read(move |tx| -> Result<_, Error> {
            Ok(load_failures(tx, &name, moment.after(-FAILURE_SECONDS))?)
        })
        .wait()?;
    if failures < MOST_OF_NETWORK {
        return Ok(());
    }
    Err(too_many())
}

/// Counts a secret that was wrong against the network it came from.
///
/// # Errors
/// Those of the store.
pub fn note_network(
    store: &Store,
    network: &str,
    error: Option<&Error>,
    moment: Moment,
) -> Result<(), Error> {
    if !error.is_some_and(is_wrong) {
        return Ok(());
    }
    let name = format!("network:{network}");
    store
        .write(move |tx| -> Result<_, Error> {
            let since = moment.after(-FAILURE_SECONDS);
            Ok(add_failure(tx, &name, since, moment.micros())?)
        })
        .wait()
}

fn too_many() -> Error {
    Error::new(ErrorKind::TooMany, "too_many", "this was tried too often")
        .hint("wait a quarter of an hour, then try again")
}

fn load_own(store: &Store, account: Uuid) -> Result<AccountRow, Error> {
    store
        .read(move |tx| load_account(tx, account)?.ok_or_else(nobody))
        .wait()
}

fn wrong_password() -> Error {
    Error {
        field: "old",
        ..wrong("password.wrong", "your present password is another one", "")
    }
}

fn recovery_hash(code: &str) -> [u8; 32] {
    let signs: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_uppercase();
    digest(&[b"recovery", signs.as_bytes()])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn nobody() -> Error {
    Error::new(ErrorKind::SignIn, "sign_in", "nobody is signed in").hint("sign in first")
}

/// A secret that is wrong: counted, so that it cannot be tried at will.
fn wrong(code: &'static str, message: &str, hint: &str) -> Error {
    Error::new(ErrorKind::Invalid, code, message).hint(hint)
}

fn is_wrong(error: &Error) -> bool {
    matches!(
        error.code,
        "setup.code"
            | "sign_in.wrong"
            | "sign_in.code"
            | "password.wrong"
            | "totp.code"
            | "invitation.wrong"
    )
}

/// Refuses where a secret was tried too often under a name.
pub(crate) fn check_failures(store: &Store, name: &str, moment: Moment) -> Result<(), Error> {
    let name = name.to_owned();
    let failures = store
        .read(move |tx| -> Result<_, Error> {
            Ok(load_failures(tx, &name, moment.after(-FAILURE_SECONDS))?)
        })
        .wait()?;
    if failures < MOST_FAILURES {
        return Ok(());
    }
    Err(too_many())
}

/// Does something that takes a secret: a wrong one is counted in a transaction of its own, a right one ends the count.
pub(crate) fn guarded<T: Send + 'static>(
    store: &Store,
    name: &str,
    moment: Moment,
    function: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    check_failures(store, name, moment)?;
    let own = name.to_owned();
    let done = store
        .write(move |tx| {
            let done = function(tx)?;
            forget_failures(tx, &own)?;
            Ok::<T, Error>(done)
        })
        .wait();
    if let Err(error) = &done
        && is_wrong(error)
    {
        let name = name.to_owned();
        store
            .write(move |tx| -> Result<_, Error> {
                let since = moment.after(-FAILURE_SECONDS);
                Ok(add_failure(tx, &name, since, moment.micros())?)
            })
            .wait()?;
    }
    done
}
