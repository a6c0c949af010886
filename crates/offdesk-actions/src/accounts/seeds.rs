//! Secrets of authenticator apps: kept sealed with the key that is not in the database, each for its account alone.

use super::nobody;
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, hex};
use crate::sealing::SealingKey;
use offdesk_domain::text::unhex;
use offdesk_store::accounts::{AccountRow, list_seeds, load_account, replace_seed};
use offdesk_store::files::wipe_file;
use offdesk_store::{Address, Store, Tx, Uuid};

/// What a sealed secret begins with; one in clear is of an offdesk before November 2026.
const SEALED: &str = "sealed:";

/// A secret of an authenticator app as it is kept for an account.
///
/// # Errors
/// `totp.key` where there is no key.
pub(super) fn sealed_seed(
    seed: &str,
    account: Uuid,
    key: Option<&SealingKey>,
    moment: Moment,
) -> Result<String, Error> {
    let sealed = key.and_then(|key| key.seal(seed, &place(account), moment));
    let sealed = sealed.ok_or_else(no_key)?;
    Ok(format!("{SEALED}{}", hex(&sealed)))
}

/// The secret of an account's authenticator app; `None` where the key it was sealed with is not there, or is another one.
pub(super) fn opened_seed(row: &AccountRow, key: Option<&SealingKey>) -> Option<String> {
    let Some(sealed) = row.totp_secret.strip_prefix(SEALED) else {
        return Some(row.totp_secret.clone());
    };
    key?.open(&unhex(sealed)?, &place(row.id))
}

fn place(account: Uuid) -> Vec<u8> {
    [b"second factor".as_slice(), account.as_bytes()].concat()
}

/// Why no second factor can be set or read.
pub(super) fn no_key() -> Error {
    Error::new(
        ErrorKind::Unavailable,
        "totp.key",
        "the app's secret cannot be kept or read: the key it is sealed with is not there, or is another one",
    )
    .hint("a recovery code still signs you in; whoever runs offdesk starts it with the key it had before, or takes the second factor away")
}

/// Seals the secrets that an earlier offdesk has kept in clear, and leaves nothing of them behind in the file. Gives how many there were.
///
/// # Errors
/// Those of the store.
pub fn seal_seeds(store: &Store, key: &SealingKey, moment: Moment) -> Result<u64, Error> {
    let key = key.clone();
    let sealed = store.write(move |tx| {
        let mut sealed = 0;
        for account in list_seeds(tx)? {
            let row = load_account(tx, account)?.ok_or_else(nobody)?;
            if row.totp_secret.starts_with(SEALED) {
                continue;
            }
            let kept = sealed_seed(&row.totp_secret, row.id, Some(&key), moment)?;
            replace_seed(tx, &row, &kept)?;
            sealed += 1;
        }
        Ok::<u64, Error>(sealed)
    });
    let sealed = sealed.wait()?;
    if sealed > 0
        && let Address::File(path) = store.address()
    {
        wipe_file(path)?;
    }
    Ok(sealed)
}

/// How many accounts have an authenticator app, and how many of those cannot use it with this key.
///
/// # Errors
/// Those of the store.
pub fn look_at_seeds(tx: &mut Tx<'_>, key: Option<&SealingKey>) -> Result<(u64, u64), Error> {
    let (mut all, mut shut) = (0, 0);
    for account in list_seeds(tx)? {
        let row = load_account(tx, account)?.ok_or_else(nobody)?;
        all += 1;
        shut += u64::from(opened_seed(&row, key).is_none());
    }
    Ok((all, shut))
}
