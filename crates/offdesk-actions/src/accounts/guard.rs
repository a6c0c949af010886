//! Tries of secrets are counted before they are looked at, so that no number of them at once gains any.

use super::{MOST_OF_NETWORK, MOST_TRIES, TRY_SECONDS};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use offdesk_store::settings::{add_try, forget_tries, take_back_try};
use offdesk_store::{Store, Tx};

/// Does something that takes a secret, as it came from a network. A wrong one counts against the network; too many are refused.
///
/// # Errors
/// `too_many`, and those of the work.
pub fn from_network<T>(
    store: &Store,
    network: &str,
    moment: Moment,
    work: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    let begun = Try::begin(store, format!("network:{network}"), MOST_OF_NETWORK, moment)?;
    let done = work();
    if !done.as_ref().err().is_some_and(is_wrong) {
        begun.take_back(store)?;
    }
    done
}

/// Counts something against a network that is allowed only so often, whatever comes of it.
///
/// # Errors
/// `too_many`.
pub(crate) fn count_against(
    tx: &mut Tx<'_>,
    what: &str,
    most: u64,
    moment: Moment,
) -> Result<(), Error> {
    if add_try(tx, what, moment.after(-TRY_SECONDS), moment.micros())? > most {
        return Err(too_many());
    }
    Ok(())
}

/// Counts a token that is none against the network it came from; a right one counts whatever was tried beside it.
///
/// # Errors
/// `too_many`.
pub fn count_wrong_token(tx: &mut Tx<'_>, network: &str, moment: Moment) -> Result<(), Error> {
    let name = format!("token:network:{network}");
    count_against(tx, &name, MOST_OF_NETWORK, moment)
}

fn too_many() -> Error {
    Error::new(ErrorKind::TooMany, "too_many", "this was tried too often")
        .hint("wait a quarter of an hour, then try again")
}

/// A secret that is wrong: counted, so that it cannot be tried at will.
pub(crate) fn wrong(code: &'static str, message: &str, hint: &str) -> Error {
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
            | "totp.key"
            | "invitation.wrong"
            | "invitation.code"
            | "reset.wrong"
            | "passkey.wrong"
    )
}

/// A try of a secret that has begun, and is counted until it is known that it was none, or a right one.
pub(crate) struct Try {
    name: String,
}

impl Try {
    /// Begins a try under a name, in a transaction of its own.
    pub(crate) fn begin(
        store: &Store,
        name: String,
        most: u64,
        moment: Moment,
    ) -> Result<Self, Error> {
        let own = name.clone();
        store
            .write(move |tx| count_against(tx, &own, most, moment))
            .wait()?;
        Ok(Self { name })
    }

    /// Begins a try of a secret of an account.
    pub(crate) fn of(store: &Store, name: String, moment: Moment) -> Result<Self, Error> {
        Self::begin(store, name, MOST_TRIES, moment)
    }

    /// Does what the secret is for: a right one ends the count, a wrong one stays counted.
    pub(crate) fn finish<T: Send + 'static>(
        self,
        store: &Store,
        function: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let own = self.name.clone();
        let done = store
            .write(move |tx| {
                let done = function(tx)?;
                forget_tries(tx, &own)?;
                Ok::<T, Error>(done)
            })
            .wait();
        if done.as_ref().err().is_some_and(|error| !is_wrong(error)) {
            self.take_back(store)?;
        }
        done
    }

    fn take_back(self, store: &Store) -> Result<(), Error> {
        store
            .write(move |tx| -> Result<_, Error> { Ok(take_back_try(tx, &self.name)?) })
            .wait()
    }
}

/// Does something that takes a secret of an account.
pub(crate) fn guarded<T: Send + 'static>(
    store: &Store,
    name: &str,
    moment: Moment,
    function: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    Try::of(store, name.to_owned(), moment)?.finish(store, function)
}
