//! Passwords and second factors: checked, never kept in clear.

use std::sync::mpsc::{Sender, channel};
use std::sync::{LazyLock, Mutex, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use subtle::ConstantTimeEq;
use totp_rs::{Builder, Secret, Totp};
use zxcvbn::{Score, zxcvbn};

use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

const SHORTEST: usize = 10;
const LONGEST: usize = 1024;
/// What is checked where there is no account, so that it takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Jm1cDuYfKDvUVUMvJCT4xk6dZ8lnJBNAjqZBNBXhXbM";

/// The hash of a new password (argon2id, 19 MiB, two passes). One that would be among the first to be tried is refused: a common one, a
/// keyboard's row, or what is known of its owner anyway.
///
/// # Errors
/// `password.short`, `password.long`, `password.common`.
pub fn hash_password(password: &str, owner: &[&str], moment: Moment) -> Result<String, Error> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Error::invalid(
            "password",
            "password.short",
            format!("the password has {length} signs; {SHORTEST} are the least"),
        )
        .hint("three or four words that belong to nobody else are a good one"));
    }
    if length > LONGEST {
        return Err(Error::invalid(
            "password",
            "password.long",
            format!("the password has more than {LONGEST} signs"),
        ));
    }
    if is_common(password, owner) {
        return Err(Error::invalid(
            "password",
            "password.common",
            "this password is among the first that somebody would try",
        )
        .hint("three or four words that belong to nobody else are a good one"));
    }
    new_hash(password, moment)
}

/// The hash of a password that its owner has already, whatever would be asked of a new one.
///
/// # Errors
/// `password.hash`.
pub(crate) fn new_hash(password: &str, moment: Moment) -> Result<String, Error> {
    let mut salt = [0; 16];
    (moment.random)(&mut salt);
    let password = password.to_owned();
    let hash = in_turn(move || {
        let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
        hash.map(|hash| hash.to_string())
            .map_err(|error| error.to_string())
    });
    hash.unwrap_or_else(|| Err("there is no thread for it".to_owned()))
        .map_err(|error| Error::new(ErrorKind::Failed, "password.hash", error))
}

type Hashing = Box<dyn FnOnce() + Send>;

/// Hashes one after the other, on a thread of their own: each takes 19 MiB, and whoever sends many passwords at once would have as many
/// of them at the same time. `None` where there is no thread to be had.
fn in_turn<T: Send + 'static>(hash: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    static WAITING: LazyLock<Mutex<Sender<Hashing>>> = LazyLock::new(|| {
        let (sender, waiting) = channel::<Hashing>();
        let thread = std::thread::Builder::new().name("passwords".to_owned());
        // Where none can be begun nobody receives, and that is said to whoever asks.
        let _ = thread.spawn(move || waiting.into_iter().for_each(|hash| hash()));
        Mutex::new(sender)
    });
    let (reply, done) = channel();
    let hashing = Box::new(move || {
        // Whoever asked may have gone away.
        let _ = reply.send(hash());
    });
    let waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
    waiting.send(hashing).ok()?;
    drop(waiting);
    done.recv().ok()
}

/// Whether a password would be found within a million tries.
pub(crate) fn is_common(password: &str, owner: &[&str]) -> bool {
    let mut known = vec!["offdesk".to_owned()];
    for text in owner {
        let text = text.to_lowercase();
        // As it stands, its words, and its words without what is between them.
        known.extend(
            text.split(|c: char| !c.is_alphanumeric())
                .map(str::to_owned),
        );
        let before_at = text.split('@').next().unwrap_or_default();
        known.push(before_at.chars().filter(|c| c.is_alphanumeric()).collect());
        known.push(text);
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    zxcvbn(password, &known).score() < Score::Two
}

/// Whether a password is the one of a hash; takes as long where there is no hash.
#[must_use]
pub fn is_password(password: &str, hash: Option<&str>) -> bool {
    let known = hash.filter(|hash| !hash.is_empty());
    let (password, hash) = (password.to_owned(), known.unwrap_or(NOBODY).to_owned());
    let is_right = in_turn(move || {
        let parsed = PasswordHash::new(&hash);
        parsed.is_ok_and(|hash| {
            let verified = Argon2::default().verify_password(password.as_bytes(), &hash);
            verified.is_ok()
        })
    });
    is_right == Some(true) && known.is_some()
}

/// Whether a hash was made with less work than a new one would be: other passwords are found sooner by somebody who has it.
pub(crate) fn is_weak(hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else {
        return false;
    };
    let today = Params::default();
    let is_less = |params: &Params| {
        params.m_cost() < today.m_cost()
            || params.t_cost() < today.t_cost()
            || params.p_cost() < today.p_cost()
    };
    parsed.algorithm.as_str() != Algorithm::Argon2id.as_str()
        || parsed.version != Some(Version::V0x13.into())
        || Params::try_from(&parsed).map_or(true, |params| is_less(&params))
}

/// A new secret for an authenticator app, in base 32.
#[must_use]
pub fn new_totp_secret(moment: Moment) -> String {
    let mut bytes = [0; 20];
    (moment.random)(&mut bytes);
    Secret::from(bytes.to_vec()).to_base32()
}

fn totp(secret: &str, email: &str) -> Result<Totp, Error> {
    let failed = |error: String| Error::new(ErrorKind::Failed, "totp.secret", error);
    let secret = Secret::try_from_base32(secret).map_err(|error| failed(error.to_string()))?;
    Builder::new()
        .with_secret(secret)
        .with_account_name(email.replace(':', ""))
        .with_issuer(Some("offdesk"))
        .build()
        .map_err(|error| failed(error.to_string()))
}

/// The address that an authenticator app reads.
///
/// # Errors
/// `totp.secret` for one that is damaged.
pub fn totp_address(secret: &str, email: &str) -> Result<String, Error> {
    let address = totp(secret, email)?.to_url();
    address.map_err(|error| Error::new(ErrorKind::Failed, "totp.secret", error.to_string()))
}

/// The step of a code of an authenticator app, where the code is right and later than the last one used.
///
/// # Errors
/// `totp.secret` for one that is damaged.
pub fn totp_step(
    secret: &str,
    email: &str,
    code: &str,
    last_step: i64,
    moment: Moment,
) -> Result<Option<i64>, Error> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let now = u64::try_from(moment.now.as_second()).unwrap_or(0);
    let step = totp(secret, email)?
        .check(&code, now)
        .and_then(|step| i64::try_from(step).ok());
    Ok(step.filter(|step| *step > last_step))
}

/// Whether two texts are the same, in a time that does not tell where they differ.
#[must_use]
pub fn is_same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::{hash_password, is_common, is_password, is_weak};
    use crate::moment::Moment;

    #[test]
    fn a_hash_of_less_work_than_todays_is_weak() {
        let random = |bytes: &mut [u8]| bytes.fill(7);
        let now = jiff::Timestamp::UNIX_EPOCH;
        let today = hash_password("three brown foxes", &[], Moment { now, random }).unwrap();
        assert!(!is_weak(&today));
        assert!(is_password("three brown foxes", Some(&today)));
        for (of, weaker) in [
            ("m=19456", "m=4096"),
            ("t=2", "t=1"),
            ("argon2id", "argon2i"),
            ("v=19", "v=16"),
        ] {
            assert!(is_weak(&today.replace(of, weaker)), "{weaker}");
        }
        for (of, stronger) in [("m=19456", "m=65536"), ("t=2", "t=3")] {
            assert!(!is_weak(&today.replace(of, stronger)), "{stronger}");
        }
    }

    #[test]
    fn what_would_be_tried_first_is_told_from_words_of_ones_own() {
        let owner = ["noor.haddad@example.com", "Noor Haddad"];
        for password in [
            "password123",
            "Passw0rd123",
            "1234567890",
            "qwertyuiop",
            "aaaaaaaaaaaa",
            "iloveyou123",
            "noorhaddad1",
            "noor.haddad@example.com",
            "Offdesk2026",
            "abcdefghijkl",
        ] {
            assert!(is_common(password, &owner), "{password}");
        }
        for password in [
            "three brown foxes",
            "four green turtles",
            "k7!vQ2#rT9zL",
            "rain over the harbour",
        ] {
            assert!(!is_common(password, &owner), "{password}");
        }
    }
}
