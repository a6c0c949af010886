//! Who acts: by a session, by a token, on the machine itself.

use super::{SEEN_SECONDS, nobody};
use crate::actor::{Actor, Bar, Door, Role, TokenScope};
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, Secret};
use offdesk_store::accounts::{AccountRow, load_account, load_account_by_email};
use offdesk_store::members::{Membership, list_memberships, load_role};
use offdesk_store::sessions::{self, load_signed_in};
use offdesk_store::tokens::{load_token, note_used};
use offdesk_store::{Scope, Tx, Uuid, WorkspaceId};

/// So many accounts are looked at to find the only one that runs a business.
const LOOKED_AT: u32 = 200;
/// So many are named where several could be meant.
const NAMED: usize = 5;

/// Who acts with a session's secret; `Err` says what is missing, nobody, or the second factor.
///
/// # Errors
/// `sign_in`, `sign_in.code_missing`.
pub fn actor_of_session(tx: &mut Tx<'_>, secret: &Secret, moment: Moment) -> Result<Actor, Error> {
    let found = load_signed_in(tx, secret.hash(), moment.micros())?.ok_or_else(nobody)?;
    if !found.session.is_verified {
        return Err(Error::new(
            ErrorKind::SignIn,
            "sign_in.code_missing",
            "the second factor is still missing",
        ));
    }
    let role = found.role.as_deref().and_then(Role::of);
    let membership = found.session.workspace_id.map(WorkspaceId).zip(role);
    let bar = membership.and_then(|_| bar_of(found.is_suspended, found.lacks_factor));
    let actor = Actor {
        name: found.name,
        email: found.email,
        session: Some(found.session.id),
        workspace_name: found.workspace_name,
        zone: found.zone,
        is_demo: found.is_demo,
        revision: found.revision,
        is_long_unseen: moment.after(-SEEN_SECONDS) > found.session.seen_at,
        ..Actor::new(found.session.account_id, membership, Door::Web)
    };
    Ok(actor.barred(bar))
}

fn bar_of(is_suspended: bool, lacks_factor: bool) -> Option<Bar> {
    let suspended = is_suspended.then_some(Bar::Suspended);
    suspended.or_else(|| lacks_factor.then_some(Bar::Factor))
}

/// Notes that the actor's session or token was used.
///
/// # Errors
/// Those of the store.
pub fn note_seen(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<(), Error> {
    if let Some(session) = actor.session {
        sessions::note_seen(tx, session, actor.account, moment.micros())?;
    }
    if let Some((token, (workspace, _))) = actor.token.zip(actor.membership) {
        note_used(&mut Scope::new(tx, workspace), token, moment.micros())?;
    }
    Ok(())
}

/// Who acts with an API token.
///
/// # Errors
/// `sign_in`.
pub fn actor_of_token(tx: &mut Tx<'_>, secret: &Secret, moment: Moment) -> Result<Actor, Error> {
    let found = load_token(tx, secret.hash())?
        .filter(|found| found.token.is_live(moment.micros()))
        .ok_or_else(nobody)?;
    let role = Role::of(&found.role).ok_or_else(nobody)?;
    let token = found.token;
    let scopes = token.scopes.split(' ').filter_map(TokenScope::of).collect();
    let membership = Some((WorkspaceId(found.workspace_id), role));
    let long_ago = moment.after(-SEEN_SECONDS);
    let actor = Actor {
        token: Some(token.id),
        is_long_unseen: token.used_at.is_none_or(|used| used < long_ago),
        name: token.name,
        revision: found.revision,
        scopes: Some(scopes),
        ..Actor::new(token.account_id, membership, Door::Api)
    };
    Ok(actor.barred(bar_of(found.is_suspended, found.lacks_factor)))
}

/// Who acts on the machine itself: the account of an address, else the only one, or the only one that owns a business here; in its first workspace, or one by its name.
///
/// # Errors
/// `account.which` where there are several, `account.none`, `workspace.which`.
pub fn actor_here(
    tx: &mut Tx<'_>,
    email: Option<&str>,
    workspace: Option<&str>,
) -> Result<Actor, Error> {
    let account = match email {
        Some(email) => load_account_by_email(tx, &email.trim().to_lowercase())?,
        None => only_account(tx)?,
    };
    let account = account.ok_or_else(|| {
        Error::new(
            ErrorKind::NotFound,
            "account.none",
            "there is no such account",
        )
        .hint("set offdesk up first:  offdesk setup --email you@example.com --name You")
    })?;
    let memberships = list_memberships(tx, account.id)?;
    let open = match workspace {
        Some(name) => memberships
            .iter()
            .find(|membership| is_meant(membership, name.trim())),
        None => memberships
            .iter()
            .find(|membership| !membership.is_demo && !membership.is_suspended)
            .or(memberships.first()),
    };
    let open = open.ok_or_else(|| {
        let names: Vec<&str> = memberships.iter().map(|one| one.name.as_str()).collect();
        Error::new(
            ErrorKind::NotFound,
            "workspace.none",
            "there is no such workspace",
        )
        .hint(format!("yours are: {}", names.join(", ")))
    })?;
    let role = Role::of(&open.role);
    let membership = role.map(|role| (WorkspaceId(open.workspace_id), role));
    let actor = Actor {
        name: account.name,
        email: account.email,
        workspace_name: open.name.clone(),
        is_demo: open.is_demo,
        ..Actor::new(account.id, membership, Door::Cli)
    };
    // Whoever is on the machine has the data anyway: no second factor is asked for here.
    Ok(actor.barred(bar_of(open.is_suspended, false)))
}

/// The only account; of several the only one that owns a business here, else the only one that runs one.
pub(super) fn only_account(tx: &mut Tx<'_>) -> Result<Option<AccountRow>, Error> {
    let ids = offdesk_store::accounts::list_accounts(tx, LOOKED_AT)?;
    if let [] | [_] = ids.as_slice() {
        return match ids.first() {
            Some(only) => Ok(load_account(tx, *only)?),
            None => Ok(None),
        };
    }
    let (mut owning, mut running) = (Vec::new(), Vec::new());
    for id in &ids {
        let all = list_memberships(tx, *id)?;
        if all.iter().any(|one| one.role == Role::Owner.word()) {
            owning.push(*id);
        }
        // Who only does work that was handed off runs nothing here.
        if all.is_empty() || all.iter().any(|one| one.role != Role::Worker.word()) {
            running.push(*id);
        }
    }
    match (owning.as_slice(), running.as_slice()) {
        ([only], _) | ([], [only]) => Ok(load_account(tx, *only)?),
        ([], []) => Ok(None),
        ([], several) | (several, _) => Err(which(tx, several)?),
    }
}

/// Several accounts could be meant: the first of them are named.
fn which(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Error, Error> {
    let mut names = Vec::new();
    for id in ids.iter().take(NAMED) {
        names.extend(load_account(tx, *id)?.map(|account| account.email));
    }
    let more = match ids.len().saturating_sub(names.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let example = names.first().map_or("you@example.com", String::as_str);
    let message = format!(
        "there are several accounts here: {}{more}",
        names.join(", ")
    );
    Ok(
        Error::new(ErrorKind::Invalid, "account.which", message).hint(format!(
            "say whose workspace you mean:  --account {example}\n\
             or once for all commands, in the environment:  OFFDESK_ACCOUNT={example}"
        )),
    )
}

/// Whoever has left something to be done later, with the role they have now: they may be suspended, or no member any more.
pub(crate) fn actor_behind(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: Uuid,
) -> Result<Actor, Error> {
    let role = load_role(tx, workspace.0, account)?;
    let role = role.as_deref().and_then(Role::of);
    Ok(Actor::new(
        account,
        role.map(|role| (workspace, role)),
        Door::Itself,
    ))
}

/// Whether a workspace is named: by its name, or by its id where two have the same.
fn is_meant(membership: &Membership, named: &str) -> bool {
    membership.name.to_lowercase() == named.to_lowercase()
        || Uuid::try_parse(named).is_ok_and(|id| id == membership.workspace_id)
}
