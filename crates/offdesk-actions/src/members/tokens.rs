//! Tokens for programs.

use super::MOST_TOKENS;
use crate::accounts::own_session;
use crate::actor::{Actor, Permission, TokenScope};
use crate::change::{name_of, note};
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, Secret};
use offdesk_store::tokens::{
    TokenRow, insert_token, list_tokens as stored_tokens, revoke_token as revoke,
};
use offdesk_store::{Tx, Uuid};

/// The tokens of the workspace.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_tokens(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<TokenRow>, Error> {
    own_session(actor)?;
    Ok(stored_tokens(
        &mut actor.within(tx, Permission::Administer)?,
    )?)
}

/// Makes a token; its secret is given once.
///
/// # Errors
/// `name.empty`, `token.scopes`, `token.many`.
pub fn create_token(
    tx: &mut Tx<'_>,
    actor: &Actor,
    name: &str,
    scopes: &[TokenScope],
    moment: Moment,
) -> Result<(Uuid, Secret), Error> {
    own_session(actor)?;
    let name = name_of("name", name, 80)?;
    if scopes.is_empty() {
        return Err(Error::invalid(
            "scopes",
            "token.scopes",
            "a token without anything it may do is of no use",
        )
        .hint("choose at least one: read, import, edit, manage"));
    }
    let mut scope = actor.within(tx, Permission::Administer)?;
    let live = stored_tokens(&mut scope)?;
    let live = live.iter().filter(|token| token.revoked_at.is_none());
    if live.count() >= MOST_TOKENS {
        return Err(Error::new(
            ErrorKind::Conflict,
            "token.many",
            format!("{MOST_TOKENS} tokens are the most"),
        ));
    }
    let secret = moment.secret();
    let words: Vec<&str> = scopes.iter().map(|scope| scope.word()).collect();
    let token = TokenRow {
        id: moment.id(),
        account_id: actor.account,
        name: name.clone(),
        scopes: words.join(" "),
        created_at: moment.micros(),
        used_at: None,
        revoked_at: None,
    };
    insert_token(&mut scope, &token, secret.hash())?;
    note(
        &mut scope,
        actor,
        moment,
        "create_token",
        name,
        words.join(" "),
    )?;
    Ok((token.id, secret))
}

/// Revokes a token.
///
/// # Errors
/// `not_found`.
pub fn revoke_token(tx: &mut Tx<'_>, actor: &Actor, id: Uuid, moment: Moment) -> Result<(), Error> {
    own_session(actor)?;
    let mut scope = actor.within(tx, Permission::Administer)?;
    let name = revoke(&mut scope, id, moment.micros())?.ok_or_else(|| Error::not_found("token"))?;
    note(&mut scope, actor, moment, "revoke_token", name, "")
}
