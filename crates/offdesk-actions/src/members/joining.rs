//! Joining where mails are sent: the link is one factor, the mailbox it is for is the other, proved by a code. Nothing is kept of the
//! code: whoever asks for one gets what it is held against sealed, and sends that back with it.

use offdesk_domain::text::unhex;
use offdesk_store::accounts::load_account_by_email;
use offdesk_store::members::{InvitationRow, load_invitation};
use offdesk_store::{Store, Tx, Uuid};

use super::invitations::{accept_in_zone, gone};
use super::{Invited, read_invitation};
use crate::accounts::{Caller, NewAccount, SignIn, Try, count_against, is_same, wrong};
use crate::error::Error;
use crate::mails;
use crate::moment::{Moment, Secret, digest, hex};
use crate::sealing::SealingKey;

/// A code counts for ten minutes.
const CODE_SECONDS: i64 = 10 * 60;
/// So many wrong codes of an invitation are looked at within a quarter of an hour, and so many codes are sent.
const MOST: u64 = 5;
/// A code has so many digits: more than twenty bits.
const DIGITS: u64 = 100_000_000;

/// What somebody who joins says besides their account: what proves the mailbox, and where they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Joining {
    /// What came with the code on its page.
    pub challenge: String,
    /// The code from the mail.
    pub code: String,
    /// The zone a worker is in, such as `Asia/Manila`; may be empty.
    pub zone: String,
}

/// An invitation as it is looked at, and whether joining takes a code from a mail: where mails are sent, there is a key to seal with, and
/// the address has no account here whose password proves it.
///
/// # Errors
/// `invitation.wrong`.
pub fn look_at_invitation(
    tx: &mut Tx<'_>,
    key: Option<&SealingKey>,
    secret: &Secret,
    moment: Moment,
) -> Result<(Invited, bool), Error> {
    let invited = read_invitation(tx, secret, moment)?;
    let is_asked = key.is_some()
        && mails::is_set_up(tx)?
        && load_account_by_email(tx, &invited.email)?.is_none();
    Ok((invited, is_asked))
}

fn open(tx: &mut Tx<'_>, secret: &Secret, moment: Moment) -> Result<InvitationRow, Error> {
    let found = load_invitation(tx, secret.hash(), moment.micros())?;
    let (_, invitation, _) = found.ok_or_else(gone)?;
    Ok(invitation)
}

/// Sends a code to the address of an invitation, and gives what it is held against, for the form that it is typed into.
///
/// # Errors
/// `invitation.wrong`, `too_many`.
pub fn send_join_code(
    store: &Store,
    key: &SealingKey,
    secret: &Secret,
    moment: Moment,
) -> Result<String, Error> {
    let hash = secret.clone();
    let sent = store.write(move |tx| -> Result<_, Error> {
        let invitation = open(tx, &hash, moment)?;
        let name = format!("join_mail:{}", invitation.id.simple());
        count_against(tx, &name, MOST, moment)?;
        let mail = mails::send_join_code(tx, &invitation.email, moment)?;
        Ok((invitation.id, mail))
    });
    let (invitation, mail) = sent.wait()?;
    let text = format!("{} {}", mail.simple(), moment.after(CODE_SECONDS));
    let sealed = key.seal(&text, &place(invitation), moment);
    Ok(sealed.map(|bytes| hex(&bytes)).unwrap_or_default())
}

fn place(invitation: Uuid) -> Vec<u8> {
    [b"offdesk join ".as_slice(), invitation.as_bytes()].concat()
}

/// The code that a mail brings. Its id is drawn by chance, and stands nowhere but in the mail and behind the seal.
pub(crate) fn code_of(mail: Uuid) -> String {
    let whole = digest(&[b"offdesk join code", mail.as_bytes()]);
    let number = whole
        .iter()
        .take(8)
        .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    format!("{:08}", number % DIGITS)
}

/// Accepts an invitation as [`super::accept_invitation`], with the code from the mail where one is asked for.
///
/// # Errors
/// As [`super::accept_invitation`]; `invitation.code`, `person.zone`.
pub fn accept_invitation_with(
    store: &Store,
    key: Option<&SealingKey>,
    secret: &Secret,
    account: &NewAccount,
    joining: &Joining,
    caller: impl Into<Caller>,
    moment: Moment,
) -> Result<SignIn, Error> {
    let (own, sealing) = (secret.clone(), key.cloned());
    let found = store.read(move |tx| -> Result<_, Error> {
        let (_, is_asked) = look_at_invitation(tx, sealing.as_ref(), &own, moment)?;
        Ok((open(tx, &own, moment)?.id, is_asked))
    });
    let (invitation, is_asked) = found.wait()?;
    if is_asked {
        let begun = Try::begin(
            store,
            format!("join_code:{}", invitation.simple()),
            MOST,
            moment,
        )?;
        let is_right = key.is_some_and(|key| is_proved(key, invitation, joining, moment));
        begun.finish(store, move |_| match is_right {
            true => Ok(()),
            false => Err(Error {
                field: "code",
                ..wrong(
                    "invitation.code",
                    "this is not the code of the mail, or it is older than ten minutes",
                    "look into the latest mail, or let another one be sent",
                )
            }),
        })?;
    }
    accept_in_zone(store, secret, account, &joining.zone, caller, moment)
}

fn is_proved(key: &SealingKey, invitation: Uuid, joining: &Joining, moment: Moment) -> bool {
    let sealed = unhex(joining.challenge.trim());
    let opened = sealed.and_then(|sealed| key.open(&sealed, &place(invitation)));
    let Some((mail, until)) = opened.as_deref().and_then(|text| text.split_once(' ')) else {
        return false;
    };
    let (Ok(mail), Ok(until)) = (Uuid::try_parse(mail), until.parse::<i64>()) else {
        return false;
    };
    let digits: String = joining.code.chars().filter(char::is_ascii_digit).collect();
    until > moment.micros() && is_same(&digits, &code_of(mail))
}
