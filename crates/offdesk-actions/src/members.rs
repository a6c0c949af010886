//! Members of a workspace, invitations to become one, and tokens for programs.

mod invitations;
mod joining;
pub mod json;
mod suspending;
mod tokens;

pub(crate) use self::invitations::begin_invitation;
pub use self::invitations::{
    Invited, accept_invitation, invite, invite_by_mail, list_unsent, read_invitation,
    withdraw_invitation,
};
pub(crate) use self::joining::code_of;
pub use self::joining::{Joining, accept_invitation_with, look_at_invitation, send_join_code};
pub use self::suspending::{member_of_address, reinstate_member, suspend_member};
pub use self::tokens::{NewToken, create_token, list_tokens, make_token, revoke_token};

use offdesk_store::members::{
    InvitationRow, MemberRow, list_invitations, list_members as stored_members,
    remove_member as remove, update_role,
};
use offdesk_store::{Tx, Uuid};

use crate::accounts::own_account;
use crate::actor::{Actor, Permission, Role};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

const MOST_TOKENS: usize = 100;

/// The members and the open invitations.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_members(
    tx: &mut Tx<'_>,
    actor: &Actor,
    moment: Moment,
) -> Result<(Vec<MemberRow>, Vec<InvitationRow>), Error> {
    let mut scope = actor.within(tx, Permission::Administer)?;
    let members = stored_members(&mut scope)?;
    let invitations = list_invitations(&mut scope, moment.micros())?;
    Ok((members, invitations))
}

/// Changes a member's role.
///
/// # Errors
/// `not_found`, `member.last_owner`, `member.role` to or from a worker.
pub fn change_role(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: Uuid,
    role: Role,
    moment: Moment,
) -> Result<(), Error> {
    own_account(actor)?;
    let mut scope = actor.within(tx, Permission::Administer)?;
    scope.hold()?;
    of_business(role)?;
    let members = stored_members(&mut scope)?;
    let member = find_member(&members, account)?;
    if let Some(role) = Role::of(&member.role) {
        of_business(role)?;
    }
    if role != Role::Owner {
        keep_an_owner(&members, account)?;
    }
    update_role(&mut scope, account, role.word())?;
    note(
        &mut scope,
        actor,
        moment,
        "change_role",
        member.email.as_str(),
        role.word(),
    )
}

/// Removes a member; what they can reach ends with the next request.
///
/// # Errors
/// `not_found`, `member.last_owner`.
pub fn remove_member(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    own_account(actor)?;
    let mut scope = actor.within(tx, Permission::Administer)?;
    scope.hold()?;
    let members = stored_members(&mut scope)?;
    let member = find_member(&members, account)?;
    keep_an_owner(&members, account)?;
    remove(&mut scope, account)?;
    note(
        &mut scope,
        actor,
        moment,
        "remove_member",
        member.email.as_str(),
        member.role.as_str(),
    )
}

fn find_member(members: &[MemberRow], account: Uuid) -> Result<&MemberRow, Error> {
    let found = members.iter().find(|one| one.account_id == account);
    found.ok_or_else(|| Error::not_found("member"))
}

/// A workspace is never left without an owner who reaches it.
fn keep_an_owner(members: &[MemberRow], leaving: Uuid) -> Result<(), Error> {
    let others = members.iter().filter(|member| {
        member.account_id != leaving
            && member.role == Role::Owner.word()
            && member.suspended_at.is_none()
    });
    if others.count() > 0 {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Conflict,
        "member.last_owner",
        "a workspace needs an owner",
    )
    .hint("make somebody else an owner first"))
}

/// Workers are invited on the page of a person; they are no members of the business itself.
fn of_business(role: Role) -> Result<(), Error> {
    if Role::OF_BUSINESS.contains(&role) {
        return Ok(());
    }
    Err(Error::invalid(
        "role",
        "member.role",
        "whoever does work that was handed off is invited on their own page",
    )
    .hint("add them under People, and invite them there"))
}
