//! Inviting a person to their own pages: one link, for one address, once. They join as a worker and see only what is theirs.

use offdesk_store::members::remove_invitation;
use offdesk_store::people::joining::{insert_person_invitation, list_invitations_of, load_invited};
use offdesk_store::people::{load_person, update_person};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};

use super::{load, state_of};
use crate::accounts::{own_account, own_session};
use crate::actor::{Actor, Permission, Role};
use crate::error::{Error, ErrorKind};
use crate::mails;
use crate::members::begin_invitation;
use crate::moment::{Moment, Secret};
use offdesk_domain::person::{PersonKind, PersonState};
use offdesk_store::members::InvitationRow;
use offdesk_store::people::PersonRow;

/// Invites a person; the secret for the link is given once. An earlier invitation does not count any more.
///
/// # Errors
/// `not_found`, `person.no_email`, `person.joined`, `person.former`, `person.agent`, `member.already`.
pub fn invite_person(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    moment: Moment,
) -> Result<Secret, Error> {
    Ok(begin(tx, actor, person, moment)?.1)
}

/// Invites a person by a mail to their address; nobody else sees the link.
///
/// # Errors
/// `mail.none` where no mail can be sent, and those of [`invite_person`].
pub fn invite_person_by_mail(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    own_session(actor)?;
    mails::must_be_set_up(tx)?;
    let (invitation, _) = begin(tx, actor, person, moment)?;
    let workspace = actor.workspace_for(Permission::Administer)?;
    mails::send_invitation(tx, workspace, &invitation, moment)
}

fn begin(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    moment: Moment,
) -> Result<(InvitationRow, Secret), Error> {
    own_account(actor)?;
    let mut scope = actor.within(tx, Permission::Administer)?;
    let row = load(&mut scope, person)?;
    let refuse = |code, message: &str| Error::new(ErrorKind::Conflict, code, message);
    if row.account_id.is_some() {
        return Err(refuse("person.joined", "they have joined already"));
    }
    if row.kind == PersonKind::Agent.word() {
        return Err(refuse("person.agent", "a program does not join"));
    }
    if state_of(&row)? == PersonState::Former {
        return Err(refuse("person.former", "they do not work here any more"));
    }
    if row.email.is_empty() {
        return Err(refuse("person.no_email", "their address is not known")
            .hint("write their e-mail address down first: the link counts for it alone"));
    }
    withdraw(&mut scope, person, moment)?;
    let (invitation, secret) = begin_invitation(tx, actor, &row.email, Role::Worker, moment)?;
    let mut scope = actor.within(tx, Permission::Administer)?;
    insert_person_invitation(&mut scope, invitation.id, person)?;
    Ok((invitation, secret))
}

/// Takes back the links that are open for a person: they lead nowhere from then on.
pub(super) fn withdraw(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    for (open, _) in list_invitations_of(scope, person, moment.micros())? {
        remove_invitation(scope, open)?;
    }
    Ok(())
}

/// The zone that is guessed at for the person an invitation is for: theirs where it is known, else that of the workspace; may be empty.
pub(crate) fn likely_zone(scope: &mut Scope<'_, '_>, invitation: Uuid) -> Result<String, Error> {
    let person = match load_invited(scope, invitation)? {
        Some(person) => load_person(scope, person)?,
        None => None,
    };
    let own = person.map(|row| row.zone).filter(|zone| !zone.is_empty());
    Ok(match own {
        Some(zone) => zone,
        None => load_workspace(scope)?.zone,
    })
}

/// Lets the person an invitation is for be the account that has accepted it, in the zone they say they are in.
///
/// # Errors
/// `person.joined` where they have another account already, `person.former` where they do not work here any more.
pub(crate) fn join(
    scope: &mut Scope<'_, '_>,
    invitation: Uuid,
    account: Uuid,
    zone: &str,
    moment: Moment,
) -> Result<(), Error> {
    let person = match load_invited(scope, invitation)? {
        Some(person) => load_person(scope, person)?,
        None => None,
    };
    let row = person.ok_or_else(|| Error::not_found("person"))?;
    if row.account_id.is_some() {
        return Err(Error::new(
            ErrorKind::Conflict,
            "person.joined",
            "they have joined already",
        ));
    }
    if state_of(&row)? == PersonState::Former {
        return Err(Error::new(
            ErrorKind::Conflict,
            "person.former",
            "they do not work here any more",
        ));
    }
    let joined = PersonRow {
        account_id: Some(account),
        zone: match zone {
            "" => row.zone.clone(),
            said => said.to_owned(),
        },
        changed_at: moment.micros(),
        ..row
    };
    Ok(update_person(scope, &joined)?)
}
