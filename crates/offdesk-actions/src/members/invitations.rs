//! Invitations to become a member: by a link or a mail, for one address, once, within seven days.

use super::{of_business, stored_members};
use crate::accounts::{
    Caller, NewAccount, SignIn, email_of, guarded, new_account, own_account, own_session, sign_in,
};
use crate::actor::{Actor, Door, Permission, Role};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::mails;
use crate::moment::{Moment, Secret};
use crate::people::inviting::{join, likely_zone};
use crate::people::zone_of;
use crate::sign_in_rules::shorten_sessions;
use offdesk_store::accounts::{insert_account, load_account_by_email};
use offdesk_store::mails::list_failed_of;
use offdesk_store::members::{
    InvitationRow, accept_invitation as accept, insert_invitation, insert_member, load_invitation,
    remove_invitation,
};
use offdesk_store::sessions::{load_signed_in, open_workspace};
use offdesk_store::{Scope, Store, Tx, Uuid, WorkspaceId};

/// An invitation counts for seven days.
const INVITATION_SECONDS: i64 = 7 * 24 * 3600;

/// Invites somebody by their address; the secret for the link is given once.
///
/// # Errors
/// `account.email`, `member.already`.
pub fn invite(
    tx: &mut Tx<'_>,
    actor: &Actor,
    email: &str,
    role: Role,
    moment: Moment,
) -> Result<Secret, Error> {
    of_business(role)?;
    let (_, secret) = begin_invitation(tx, actor, email, role, moment)?;
    Ok(secret)
}

/// Invites somebody by a mail to their address; nobody else sees the link.
///
/// # Errors
/// `mail.none` where no mail can be sent, and those of [`invite`].
pub fn invite_by_mail(
    tx: &mut Tx<'_>,
    actor: &Actor,
    email: &str,
    role: Role,
    moment: Moment,
) -> Result<(), Error> {
    own_session(actor)?;
    of_business(role)?;
    mails::must_be_set_up(tx)?;
    let (invitation, _) = begin_invitation(tx, actor, email, role, moment)?;
    let workspace = actor.workspace_for(Permission::Administer)?;
    mails::send_invitation(tx, workspace, &invitation, moment)
}

/// The invitations of the open workspace whose mail could not be sent: address and reason.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_unsent(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(String, String)>, Error> {
    let failed = list_failed_of(&mut actor.within(tx, Permission::Administer)?)?;
    Ok(failed
        .into_iter()
        .map(|mail| (mail.address, mail.error))
        .collect())
}

pub(crate) fn begin_invitation(
    tx: &mut Tx<'_>,
    actor: &Actor,
    email: &str,
    role: Role,
    moment: Moment,
) -> Result<(InvitationRow, Secret), Error> {
    own_account(actor)?;
    let email = email_of(email)?;
    let mut scope = actor.within(tx, Permission::Administer)?;
    if stored_members(&mut scope)?
        .iter()
        .any(|member| member.email == email)
    {
        return Err(Error::new(
            ErrorKind::Conflict,
            "member.already",
            "they are a member already",
        ));
    }
    let secret = moment.secret();
    let invitation = InvitationRow {
        id: moment.id(),
        email: email.clone(),
        role: role.word().to_owned(),
        created_at: moment.micros(),
        expires_at: moment.after(INVITATION_SECONDS),
    };
    insert_invitation(&mut scope, &invitation, secret.hash())?;
    note(&mut scope, actor, moment, "invite", email, role.word())?;
    Ok((invitation, secret))
}

/// Takes an invitation back.
///
/// # Errors
/// `not_found`.
pub fn withdraw_invitation(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    own_session(actor)?;
    let mut scope = actor.within(tx, Permission::Administer)?;
    let email = remove_invitation(&mut scope, id)?.ok_or_else(|| Error::not_found("invitation"))?;
    note(&mut scope, actor, moment, "withdraw_invitation", email, "")
}

/// What an invitation says before it is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// For whom.
    pub email: String,
    /// Into which workspace.
    pub workspace: String,
    /// As what.
    pub role: Role,
    /// The zone a worker is likely in, to be put right when they join; empty where there is none to go by, and for others.
    pub zone: String,
}

/// What an invitation says before it is accepted.
///
/// # Errors
/// `invitation.wrong`.
pub fn read_invitation(tx: &mut Tx<'_>, secret: &Secret, moment: Moment) -> Result<Invited, Error> {
    let found = load_invitation(tx, secret.hash(), moment.micros())?;
    let (id, invitation, workspace) = found.ok_or_else(gone)?;
    let role = Role::of(&invitation.role).ok_or_else(gone)?;
    let zone = match role {
        Role::Worker => likely_zone(&mut Scope::new(tx, WorkspaceId(id)), invitation.id)?,
        _ => String::new(),
    };
    Ok(Invited {
        role,
        zone,
        email: invitation.email,
        workspace,
    })
}

/// Accepts an invitation with a new account, or with the password of the account the address has. The workspace is open afterwards.
///
/// # Errors
/// `invitation.wrong`, `sign_in.wrong`, `password.short`, `too_many`.
pub fn accept_invitation(
    store: &Store,
    secret: &Secret,
    account: &NewAccount,
    caller: impl Into<Caller>,
    moment: Moment,
) -> Result<SignIn, Error> {
    accept_in_zone(store, secret, account, "", caller, moment)
}

/// The same, with the zone a worker says they are in: it is kept with the person. Nobody else has one.
///
/// # Errors
/// As [`accept_invitation`]; `person.zone`.
pub(super) fn accept_in_zone(
    store: &Store,
    secret: &Secret,
    account: &NewAccount,
    zone: &str,
    caller: impl Into<Caller>,
    moment: Moment,
) -> Result<SignIn, Error> {
    let zone = zone_of(zone)?;
    let caller = caller.into();
    let hash = secret.hash();
    let found = store
        .read(move |tx| -> Result<_, Error> {
            let found = load_invitation(tx, hash, moment.micros())?;
            let known = match &found {
                Some((_, invitation, _)) => load_account_by_email(tx, &invitation.email)?,
                None => None,
            };
            Ok(found.map(|(workspace, invitation, _)| (workspace, invitation, known)))
        })
        .wait()?;
    let (workspace, invitation, known) = found.ok_or_else(gone)?;
    let email = invitation.email.clone();
    let (row, signed) = match known {
        Some(known) => {
            // Who has the address already proves it with their password, and is signed in by that.
            let signed = sign_in(store, &email, &account.password, caller.clone(), moment)?;
            (Err(known.id), Some(signed))
        }
        None => {
            let account = NewAccount {
                email: email.clone(),
                ..account.clone()
            };
            (Ok(new_account(&account, moment)?), None)
        }
    };
    let name = format!("invitation:{}", invitation.id.simple());
    guarded(store, &name, moment, move |tx| {
        let id = match &row {
            Ok(row) => {
                insert_account(tx, row)?;
                row.id
            }
            Err(id) => *id,
        };
        let mut scope = Scope::new(tx, WorkspaceId(workspace));
        accept(&mut scope, invitation.id, moment.micros())?;
        insert_member(&mut scope, id, &invitation.role, moment.micros())?;
        if invitation.role == Role::Worker.word() {
            join(&mut scope, invitation.id, id, &zone, moment)?;
        }
        note_joined(&mut scope, id, &invitation, moment)?;
        shorten_sessions(tx, id)
    })?;
    let signed = match signed {
        Some(signed) => signed,
        None => sign_in(store, &email, &account.password, caller, moment)?,
    };
    let hash = signed.secret.hash();
    store
        .write(move |tx| {
            if let Some(found) = load_signed_in(tx, hash, moment.micros())? {
                let (session, account) = (found.session.id, found.session.account_id);
                open_workspace(tx, session, account, workspace)?;
            }
            Ok::<(), Error>(())
        })
        .wait()?;
    Ok(signed)
}

/// Notes that an account has joined: by an invitation, which is accepted on a page.
fn note_joined(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
    invitation: &InvitationRow,
    moment: Moment,
) -> Result<(), Error> {
    let membership = Role::of(&invitation.role).map(|role| (scope.workspace(), role));
    let who = Actor::new(account, membership, Door::Web);
    let (address, role) = (invitation.email.as_str(), invitation.role.as_str());
    note(scope, &who, moment, "join", address, role)
}

pub(super) fn gone() -> Error {
    Error::new(
        ErrorKind::Invalid,
        "invitation.wrong",
        "this invitation does not count any more",
    )
    .hint("ask for a new one")
}
