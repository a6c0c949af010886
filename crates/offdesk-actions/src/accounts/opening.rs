//! The first account: the set-up code, and what is made with it.

use super::guard::wrong;
use super::{Caller, NewAccount, SETUP_CODE, SETUP_SECONDS, SignIn, guarded, open_session};
use crate::actor::Role;
use crate::change::name_of;
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, typed_code};
use crate::passwords::{hash_password, is_same};
use crate::people::zone_of;
use crate::workspaces::new_workspace;
use offdesk_domain::text::is_unseen;
use offdesk_store::accounts::{AccountRow, count_accounts, insert_account};
use offdesk_store::members::insert_member;
use offdesk_store::settings::{load_setting, remove_setting, save_setting};
use offdesk_store::workspaces::{WorkspaceRow, insert_workspace};
use offdesk_store::{Scope, Store, Tx, WorkspaceId};

/// So many set-up codes count at the same time.
const MOST_CODES: usize = 8;

/// A new set-up code; `None` where there is an account already. Those that were shown before count beside it for their half hour, as each
/// start of the desk shows one of its own.
///
/// # Errors
/// Those of the store.
pub fn begin_setup(tx: &mut Tx<'_>, moment: Moment) -> Result<Option<String>, Error> {
    if count_accounts(tx)? > 0 {
        return Ok(None);
    }
    let code = moment.code();
    let kept = load_setting(tx, SETUP_CODE)?.unwrap_or_default();
    let new = format!("{}:{code}", moment.after(SETUP_SECONDS));
    let mut all: Vec<&str> = live_codes(&kept, moment).map(|(line, _)| line).collect();
    all.push(&new);
    let last = all.len().saturating_sub(MOST_CODES);
    save_setting(tx, SETUP_CODE, &all[last..].join(" "))?;
    Ok(Some(code))
}

/// The codes that still count of those kept, each as it is kept and by itself.
fn live_codes(kept: &str, moment: Moment) -> impl Iterator<Item = (&str, &str)> {
    kept.split(' ').filter_map(move |line| {
        let (until, code) = line.split_once(':')?;
        let until: i64 = until.parse().ok()?;
        (until > moment.micros()).then_some((line, code))
    })
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
    caller: impl Into<Caller>,
    moment: Moment,
) -> Result<SignIn, Error> {
    set_up_in(store, code, account, "", caller, moment)
}

/// The same, in a zone; one that nobody knows is none.
///
/// # Errors
/// As [`set_up`].
pub fn set_up_in(
    store: &Store,
    code: &str,
    account: &NewAccount,
    zone: &str,
    caller: impl Into<Caller>,
    moment: Moment,
) -> Result<SignIn, Error> {
    let code = typed_code(code);
    let shown = code.clone();
    let is_theirs = store.read(move |tx| check_code(tx, &shown, moment)).wait();
    // A password is only hashed, which takes its time, for whoever has the code.
    if let Err(error) = is_theirs {
        return guarded(store, "setup", moment, move |_| Err(error));
    }
    let row = new_account(account, moment)?;
    let caller = caller.into();
    let zone = zone_of(zone).unwrap_or_default();
    guarded(store, "setup", moment, move |tx| {
        check_code(tx, &code, moment)?;
        remove_setting(tx, SETUP_CODE)?;
        create_account(tx, &row, &zone, moment)?;
        open_session(tx, &row, &caller, moment)
    })
}

/// Refuses a code that does not open a new offdesk.
fn check_code(tx: &mut Tx<'_>, code: &str, moment: Moment) -> Result<(), Error> {
    if count_accounts(tx)? > 0 {
        return Err(Error::new(
            ErrorKind::Conflict,
            "setup.done",
            "this offdesk is set up already",
        )
        .hint("sign in"));
    }
    let kept = load_setting(tx, SETUP_CODE)?.unwrap_or_default();
    // All are compared, so that how long it takes tells nothing.
    let right = live_codes(&kept, moment).filter(|(_, right)| is_same(right, code));
    if right.count() > 0 {
        return Ok(());
    }
    Err(wrong(
        "setup.code",
        "this is not the set-up code",
        "it stands in the terminal where offdesk was started; a new one:  offdesk setup",
    ))
}

/// Makes the first account from the machine itself, without a code; its workspace is in a zone, where one is known.
///
/// # Errors
/// As [`set_up`].
pub fn set_up_here(
    store: &Store,
    account: &NewAccount,
    zone: Option<&str>,
    moment: Moment,
) -> Result<(), Error> {
    let row = new_account(account, moment)?;
    let zone = zone.unwrap_or_default().to_owned();
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
            create_account(tx, &row, &zone, moment)
        })
        .wait()
}

/// The row of a new account, its figures checked and its password hashed.
pub(crate) fn new_account(account: &NewAccount, moment: Moment) -> Result<AccountRow, Error> {
    let email = email_of(&account.email)?;
    let name = name_of("name", &account.name, 80)?;
    let password_hash = hash_password(&account.password, &[&email, &name], moment)?;
    Ok(AccountRow {
        id: moment.id(),
        email,
        name,
        password_hash,
        totp_secret: String::new(),
        totp_step: 0,
        created_at: moment.micros(),
        version: 1,
    })
}

/// An account with a workspace of its own.
pub(super) fn create_account(
    tx: &mut Tx<'_>,
    row: &AccountRow,
    zone: &str,
    moment: Moment,
) -> Result<(), Error> {
    insert_account(tx, row)?;
    let workspace = WorkspaceRow {
        zone: zone.to_owned(),
        ..new_workspace("My business", false, moment)
    };
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
        && !email.chars().any(|c| c.is_whitespace() || is_unseen(c));
    if is_good {
        return Ok(email);
    }
    Err(
        Error::invalid("email", "account.email", "this is not an e-mail address")
            .hint("it looks like  you@example.com"),
    )
}
