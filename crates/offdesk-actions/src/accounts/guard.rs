//! Secrets that are wrong are counted, so that they cannot be tried at will.

use super::{FAILURE_SECONDS, MOST_FAILURES, MOST_OF_NETWORK};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use offdesk_store::settings::{add_failure, forget_failures, load_failures};
use offdesk_store::{Store, Tx};

/// Refuses a network from which secrets were tried too often.
///
/// # Errors
/// `too_many`.
pub fn check_network(store: &Store, network: &str, moment: Moment) -> Result<(), Error> {
    check(store, of_network(network), MOST_OF_NETWORK, moment)
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
    count(store, of_network(network), error, moment)
}

fn of_network(network: &str) -> String {
    format!("network:{network}")
}

pub(super) fn too_many() -> Error {
    Error::new(ErrorKind::TooMany, "too_many", "this was tried too often")
        .hint("wait a quarter of an hour, then try again")
}

/// A secret that is wrong: counted, so that it cannot be tried at will.
pub(super) fn wrong(code: &'static str, message: &str, hint: &str) -> Error {
    Error::new(ErrorKind::Invalid, code, message).hint(hint)
}

pub(super) fn is_wrong(error: &Error) -> bool {
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
    check(store, name.to_owned(), MOST_FAILURES, moment)
}

/// Refuses where there were too many failures under a name.
fn check(store: &Store, name: String, most: u64, moment: Moment) -> Result<(), Error> {
    let failures = store
        .read(move |tx| -> Result<_, Error> {
            Ok(load_failures(tx, &name, moment.after(-FAILURE_SECONDS))?)
        })
        .wait()?;
    if failures < most {
        return Ok(());
    }
    Err(too_many())
}

/// Counts a failure under a name, where an error is that of a wrong secret.
fn count(store: &Store, name: String, error: Option<&Error>, moment: Moment) -> Result<(), Error> {
    if !error.is_some_and(is_wrong) {
        return Ok(());
    }
    store
        .write(move |tx| -> Result<_, Error> {
            let since = moment.after(-FAILURE_SECONDS);
            Ok(add_failure(tx, &name, since, moment.micros())?)
        })
        .wait()
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
    count(store, name.to_owned(), done.as_ref().err(), moment)?;
    done
}
