//! Accounts: set-up, signing in and out, passwords, the second factor, sessions.

mod guard;

pub(crate) use self::guard::guarded;
use self::guard::{check_failures, wrong};
pub use self::guard::{check_network, note_network};

mod own;

pub(crate) use self::own::own_session;
pub use self::own::{
    SecondFactor, change_password, end_session, list_sessions, open_workspace,
    propose_second_factor, remove_second_factor, second_factor, set_second_factor, sign_out,
};

mod who;

pub use self::who::{actor_here, actor_of_session, actor_of_token, note_seen};

use offdesk_store::accounts::{
    AccountRow, count_accounts, insert_account, load_account, load_account_by_email,
    update_account, use_recovery_code,
};
use offdesk_store::members::{insert_member, list_memberships};
use offdesk_store::sessions::{self, SessionRow, load_signed_in};
use offdesk_store::settings::{load_setting, remove_setting, save_setting};
use offdesk_store::workspaces::insert_workspace;
use offdesk_store::{Scope, Store, Tx, WorkspaceId};

use crate::actor::Role;
use crate::change::name_of;
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, Secret, digest, typed_code};
use crate::passwords::{hash_password, is_password, is_same, totp_step};
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
