//! Tokens for programs.

use super::MOST_TOKENS;
use crate::accounts::{Claim, own_account, own_session};
use crate::actor::{Actor, Permission, TokenScope};
use crate::change::{name_of, note};
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, Secret};
use offdesk_store::tokens::{
    TokenRow, insert_token, list_tokens as stored_tokens, revoke_token as revoke,
};
use offdesk_store::{Store, Tx, Uuid};

/// A token counts for so many days at most.
const LONGEST_DAYS: i64 = 365;
const DAY_SECONDS: i64 = 24 * 3600;

/// The tokens of the workspace.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_tokens(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<TokenRow>, Error> {
    own_account(actor)?;
    Ok(stored_tokens(
        &mut actor.within(tx, Permission::Administer)?,
    )?)
}

/// A token that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<TokenScope>,
    /// For how many days it counts.
    pub days: i64,
}

impl NewToken {
    /// A token that counts as long as one can.
    #[must_use]
    pub fn new(name: &str, scopes: &[TokenScope]) -> Self {
        Self {
            name: name.to_owned(),
            scopes: scopes.to_vec(),
            days: LONGEST_DAYS,
        }
    }
}

/// Makes a token for somebody who gives their password once more; its secret is given once.
///
/// # Errors
/// `password.wrong`, `name.empty`, `token.scopes`, `token.days`, `token.many`, `too_many`.
pub fn make_token(
    store: &Store,
    actor: &Actor,
    password: &str,
    new: NewToken,
    moment: Moment,
) -> Result<(Uuid, Secret), Error> {
    actor.workspace_for(Permission::Administer)?;
    own_session(actor)?;
    let claim = Claim::of(store, actor, password, moment)?;
    let who = actor.clone();
    claim.guarded(store, move |tx, _| create_token(tx, &who, &new, moment))
}

/// Makes a token; its secret is given once.
///
/// # Errors
/// `name.empty`, `token.scopes`, `token.days`, `token.many`.
pub fn create_token(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &NewToken,
    moment: Moment,
) -> Result<(Uuid, Secret), Error> {
    own_account(actor)?;
    let name = name_of("name", &new.name, 80)?;
    let scopes = new.scopes.as_slice();
    if !(1..=LONGEST_DAYS).contains(&new.days) {
        let message = format!("a token counts for 1 to {LONGEST_DAYS} days");
        return Err(Error::invalid("days", "token.days", message));
    }
    if scopes.is_empty() {
        return Err(Error::invalid(
            "scopes",
            "token.scopes",
            "a token without anything it may do is of no use",
        )
        .hint("choose at least one: read, import, edit, manage, usage"));
    }
    let mut scope = actor.within(tx, Permission::Administer)?;
    let live = stored_tokens(&mut scope)?;
    let live = live.iter().filter(|token| token.is_live(moment.micros()));
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
        expires_at: Some(moment.after(new.days * DAY_SECONDS)),
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
    own_account(actor)?;
    let mut scope = actor.within(tx, Permission::Administer)?;
    let name = revoke(&mut scope, id, moment.micros())?.ok_or_else(|| Error::not_found("token"))?;
    note(&mut scope, actor, moment, "revoke_token", name, "")
}
