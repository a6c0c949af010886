//! Choosing a new password without the old one: by a link in a mail, or on the machine itself.

use super::{AccountEvent, Caller, note_account};
use super::{count_against, drop_credentials, name_of_address, nobody, wrong};
use crate::actor::Door;
use crate::error::{Error, ErrorKind};
use crate::mails::{self, Notice, notify};
use crate::moment::{Moment, Secret};
use crate::passwords::hash_password;
use offdesk_store::accounts::{
    AccountRow, load_account, load_account_by_email, replace_recovery_codes, update_account,
};
use offdesk_store::passkeys::remove_all_passkeys;
use offdesk_store::resets::{load_reset, remove_expired, remove_reset_of, take_reset};
use offdesk_store::sessions::end_all_sessions;
use offdesk_store::settings::forget_tries;
use offdesk_store::{Store, Tx};

/// So many links may be asked for to one address within a quarter of an hour.
const MOST_OF_ADDRESS: u64 = 5;
/// So many from one network.
const MOST_OF_NETWORK: u64 = 20;

/// Asks for a mail with a link to choose a new password by. Whether somebody has the address is looked up only when the mail is
/// sent, so nobody can learn it here: for every address the same rows are written.
///
/// # Errors
/// `mail.none` where no mail can be sent, `account.email`, `too_many`.
pub fn request_reset(
    store: &Store,
    email: &str,
    network: &str,
    moment: Moment,
) -> Result<(), Error> {
    let email = super::email_of(email)?;
    let of_network = format!("reset:network:{network}");
    store
        .write(move |tx| {
            mails::must_be_set_up(tx)?;
            count_against(tx, &of_network, MOST_OF_NETWORK, moment)?;
            let of_address = name_of_address("reset", &email);
            count_against(tx, &of_address, MOST_OF_ADDRESS, moment)?;
            remove_reset_of(tx, &email)?;
            remove_expired(tx, moment.micros())?;
            mails::send_reset(tx, &email, moment)
        })
        .wait()
}

/// Whether a link to choose a new password counts. Looking does not use it up.
///
/// # Errors
/// `reset.wrong`.
pub fn check_reset(tx: &mut Tx<'_>, secret: &Secret, moment: Moment) -> Result<(), Error> {
    match load_reset(tx, secret.hash(), moment.micros())? {
        Some(_) => Ok(()),
        None => Err(gone()),
    }
}

/// Chooses a new password by a link, once. All sessions and tokens of the account end; the second factor stays.
///
/// # Errors
/// `reset.wrong`, `password.short`, `password.common`.
pub fn reset_password(
    store: &Store,
    secret: &Secret,
    password: &str,
    caller: impl Into<Caller>,
    moment: Moment,
) -> Result<(), Error> {
    let caller = caller.into();
    let token = secret.hash();
    let owner = store
        .read(move |tx| {
            let account = load_reset(tx, token, moment.micros())?.ok_or_else(gone)?;
            load_account(tx, account)?.ok_or_else(nobody)
        })
        .wait()?;
    let hash = hash_password(password, &[&owner.email, &owner.name], moment)?;
    store
        .write(move |tx| {
            let account = take_reset(tx, token, moment.micros())?.ok_or_else(gone)?;
            let row = load_account(tx, account)?.ok_or_else(nobody)?;
            let by_link = (AccountEvent::ResetPassword, "");
            note_account(tx, row.id, by_link, (&caller, Door::Web), moment)?;
            replace_password(tx, row, hash, moment)
        })
        .wait()
}

/// What else is to be done when a password is set on the machine itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OldFactor {
    /// The second factor stays.
    #[default]
    Stays,
    /// It is taken away, and all passkeys with it, for somebody who has lost them and the recovery codes.
    Goes,
}

/// Sets a new password on the machine itself. All sessions and tokens of the account end.
///
/// # Errors
/// `account.none`, `password.short`, `password.common`.
pub fn reset_here(
    store: &Store,
    email: &str,
    password: &str,
    factor: OldFactor,
    moment: Moment,
) -> Result<(), Error> {
    let email = email.trim().to_lowercase();
    let hash = hash_password(password, &[&email], moment)?;
    store
        .write(move |tx| {
            let row = load_account_by_email(tx, &email)?.ok_or_else(|| {
                Error::new(
                    ErrorKind::NotFound,
                    "account.none",
                    format!("nobody has an account with the address {email}"),
                )
            })?;
            let row = match factor {
                OldFactor::Stays => row,
                OldFactor::Goes => {
                    replace_recovery_codes(tx, row.id, &[])?;
                    remove_all_passkeys(tx, row.id)?;
                    AccountRow {
                        totp_secret: String::new(),
                        ..row
                    }
                }
            };
            let detail = match factor {
                OldFactor::Stays => "",
                OldFactor::Goes => "without its second factor and passkeys",
            };
            let set = (AccountEvent::SetPassword, detail);
            let here = Caller::default();
            note_account(tx, row.id, set, (&here, Door::Cli), moment)?;
            replace_password(tx, row, hash, moment)
        })
        .wait()
}

fn replace_password(
    tx: &mut Tx<'_>,
    row: AccountRow,
    hash: String,
    moment: Moment,
) -> Result<(), Error> {
    let row = AccountRow {
        password_hash: hash,
        ..row
    };
    update_account(tx, &row)?;
    end_all_sessions(tx, row.id)?;
    drop_credentials(tx, row.id, moment)?;
    // Whoever has locked the account by wrong passwords has not locked out its owner.
    forget_tries(tx, &name_of_address("sign_in", &row.email))?;
    notify(tx, &row, &Notice::PasswordReset, moment)
}

fn gone() -> Error {
    wrong(
        "reset.wrong",
        "this link does not count any more",
        "it counts for ten minutes, once, and only until another one is asked for; ask for a new one",
    )
}
