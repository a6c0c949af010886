//! What happens to accounts: noted for their owners, without a secret, and alike whether somebody has an address or not.

use super::own::own_account;
use crate::actor::{Actor, Door};
use crate::error::Error;
use crate::moment::{Moment, at};
use offdesk_store::account_events::{
    AccountEventRow, insert_account_event, list_account_events as stored,
};
use offdesk_store::settings::touch_try;
use offdesk_store::{Store, Tx, Uuid};
use serde::Serialize;

/// What happened to an account is kept for so long, in seconds: a year and a month.
const KEPT_SECONDS: i64 = 396 * 24 * 3600;

/// Who asks, as far as a request tells: what the browser calls itself, and the network it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caller {
    /// What the browser calls itself.
    pub agent: String,
    /// The network.
    pub network: String,
}

impl From<&str> for Caller {
    fn from(agent: &str) -> Self {
        Self {
            agent: agent.to_owned(),
            network: String::new(),
        }
    }
}

/// What happened to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountEvent {
    /// Somebody came in.
    SignIn,
    /// A wrong password to sign in with.
    FailSignIn,
    /// A wrong code of a second factor.
    FailCode,
    /// A wrong present password, given in a session.
    FailPassword,
    /// Somebody signed out.
    SignOut,
    /// A session was ended from another one.
    EndSession,
    /// The password was changed.
    ChangePassword,
    /// A new password was chosen by a link in a mail.
    ResetPassword,
    /// A new password was set on the machine itself.
    SetPassword,
    /// A second factor was set.
    SetFactor,
    /// The second factor was taken away.
    RemoveFactor,
    /// A passkey was made.
    AddPasskey,
    /// A passkey was removed.
    RemovePasskey,
}

impl AccountEvent {
    /// The word for it, as kept.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::FailSignIn => "fail_sign_in",
            Self::FailCode => "fail_code",
            Self::FailPassword => "fail_password",
            Self::SignOut => "sign_out",
            Self::EndSession => "end_session",
            Self::ChangePassword => "change_password",
            Self::ResetPassword => "reset_password",
            Self::SetPassword => "set_password",
            Self::SetFactor => "set_second_factor",
            Self::RemoveFactor => "remove_second_factor",
            Self::AddPasskey => "add_passkey",
            Self::RemovePasskey => "remove_passkey",
        }
    }
}

/// Notes what happened to an account.
pub(crate) fn note_account(
    tx: &mut Tx<'_>,
    account: Uuid,
    (event, detail): (AccountEvent, &str),
    (caller, door): (&Caller, Door),
    moment: Moment,
) -> Result<(), Error> {
    let row = AccountEventRow {
        account_id: account,
        id: moment.id(),
        at: moment.micros(),
        event: event.word().to_owned(),
        detail: detail.to_owned(),
        agent: caller.agent.chars().take(200).collect(),
        network: caller.network.clone(),
        door: door.word().to_owned(),
    };
    Ok(insert_account_event(tx, &row, moment.after(-KEPT_SECONDS))?)
}

/// Notes what somebody did with their own account.
pub(crate) fn note_own(
    tx: &mut Tx<'_>,
    actor: &Actor,
    event: (AccountEvent, &str),
    moment: Moment,
) -> Result<(), Error> {
    let from = (&actor.caller, actor.door);
    note_account(tx, actor.account, event, from, moment)
}

/// Notes that a secret was wrong. The count of tries is written once more, so that it takes as long where nobody has the address.
pub(crate) fn note_failure(
    store: &Store,
    tries: &str,
    account: Option<Uuid>,
    event: AccountEvent,
    caller: &Caller,
    moment: Moment,
) -> Result<(), Error> {
    let (tries, caller) = (tries.to_owned(), caller.clone());
    store
        .write(move |tx| {
            touch_try(tx, &tries)?;
            match account {
                Some(account) => {
                    note_account(tx, account, (event, ""), (&caller, Door::Web), moment)
                }
                None => Ok(()),
            }
        })
        .wait()
}

#[derive(Debug, Serialize)]
struct AccountEventJson {
    id: String,
    at: String,
    event: String,
    detail: String,
    browser: String,
    network: String,
    door: String,
}

/// What happened to one's own account as `offdesk.account_events/1`, the same for the command line and the API.
#[derive(Debug, Serialize)]
pub struct AccountEventsJson {
    schema: &'static str,
    events: Vec<AccountEventJson>,
    next: Option<String>,
}

impl AccountEventsJson {
    /// A page of it, and after which id others follow.
    #[must_use]
    pub fn of(events: &[AccountEventRow], next: Option<Uuid>) -> Self {
        let events = events.iter().map(|row| AccountEventJson {
            id: row.id.to_string(),
            at: at(row.at).unwrap_or_default(),
            event: row.event.clone(),
            detail: row.detail.clone(),
            browser: row.agent.clone(),
            network: row.network.clone(),
            door: row.door.clone(),
        });
        Self {
            schema: "offdesk.account_events/1",
            events: events.collect(),
            next: next.map(|id| id.to_string()),
        }
    }
}

/// What happened to the actor's own account, the latest first: after the one of an id, where one is named.
///
/// # Errors
/// `forbidden` for a token, and those of the store.
pub fn list_account_events(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<Uuid>,
    most: u32,
) -> Result<Vec<AccountEventRow>, Error> {
    own_account(actor)?;
    Ok(stored(tx, actor.account, before, most)?)
}
