//! Second factors where a workspace asks for them: who has one, and who has shown it.

use super::nobody;
use crate::actor::Actor;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use offdesk_store::accounts::load_account;
use offdesk_store::passkeys::list_passkeys;
use offdesk_store::sessions::list_sessions;
use offdesk_store::sign_in_rules::list_rules_of;
use offdesk_store::{Tx, Uuid};

/// Whether an account has a second factor: an authenticator app or a passkey.
pub(crate) fn has_factor(tx: &mut Tx<'_>, account: Uuid) -> Result<bool, Error> {
    let row = load_account(tx, account)?.ok_or_else(nobody)?;
    Ok(!row.totp_secret.is_empty() || !list_passkeys(tx, account)?.is_empty())
}

/// Whether the actor's session was begun with a second factor.
pub(crate) fn has_shown_factor(
    tx: &mut Tx<'_>,
    actor: &Actor,
    moment: Moment,
) -> Result<bool, Error> {
    let sessions = list_sessions(tx, actor.account, moment.micros())?;
    let own = sessions
        .into_iter()
        .find(|session| actor.session == Some(session.id));
    Ok(own.is_some_and(|session| session.has_factor))
}

/// Where a workspace of theirs asks for a second factor, whoever has one shows it before they add, change or remove one. Else the
/// password alone, which somebody may have stolen, would be enough to make one.
pub(crate) fn must_have_shown_factor(
    tx: &mut Tx<'_>,
    actor: &Actor,
    moment: Moment,
) -> Result<(), Error> {
    let rules = list_rules_of(tx, actor.account)?;
    let is_asked_for = rules.iter().any(|rules| rules.needs_factor);
    if !is_asked_for || !has_factor(tx, actor.account)? || has_shown_factor(tx, actor, moment)? {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Forbidden,
        "sign_in.factor_shown",
        "a workspace of yours asks for a second factor, and this session was begun without yours",
    )
    .hint("sign out, sign in with your passkey or a code, and repeat it; where it is lost, whoever runs offdesk can take it away:  offdesk setup --reset-password EMAIL --drop-second-factor"))
}
