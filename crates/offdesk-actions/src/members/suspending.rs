//! Suspending members: they reach nothing of the workspace from the next request on, and all that is theirs stays.

use super::{find_member, keep_an_owner, stored_members};
use crate::accounts::no_token;
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use offdesk_store::members::update_suspension;
use offdesk_store::{Tx, Uuid};

/// Suspends a member. Their sessions and tokens reach nothing of the workspace any more. Who is suspended already stays so.
///
/// # Errors
/// `not_found`, `member.self`, `member.last_owner`.
pub fn suspend_member(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    no_token(actor)?;
    let mut scope = actor.within(tx, Permission::Administer)?;
    scope.hold()?;
    if account == actor.account {
        return Err(Error::new(
            ErrorKind::Conflict,
            "member.self",
            "you cannot suspend yourself: nobody could undo it from here",
        )
        .hint("let another owner do it, or remove yourself"));
    }
    let member = find_member(&mut scope, account)?;
    keep_an_owner(&mut scope, account)?;
    if member.suspended_at.is_some() {
        return Ok(());
    }
    update_suspension(&mut scope, account, Some(moment.micros()))?;
    note(
        &mut scope,
        actor,
        moment,
        "suspend_member",
        member.email,
        member.role,
    )
}

/// Lets a suspended member back in, with the role and the tokens they had. Who is not suspended stays so.
///
/// # Errors
/// `not_found`.
pub fn reinstate_member(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    no_token(actor)?;
    let mut scope = actor.within(tx, Permission::Administer)?;
    scope.hold()?;
    let member = find_member(&mut scope, account)?;
    if member.suspended_at.is_none() {
        return Ok(());
    }
    update_suspension(&mut scope, account, None)?;
    note(
        &mut scope,
        actor,
        moment,
        "reinstate_member",
        member.email,
        member.role,
    )
}

/// The account of a member by their address.
///
/// # Errors
/// `not_found`.
pub fn member_of_address(tx: &mut Tx<'_>, actor: &Actor, email: &str) -> Result<Uuid, Error> {
    let email = email.trim().to_lowercase();
    let members = stored_members(&mut actor.within(tx, Permission::Administer)?)?;
    let found = members.into_iter().find(|member| member.email == email);
    let found = found.ok_or_else(|| {
        Error::new(
            ErrorKind::NotFound,
            "not_found",
            format!("nobody with the address {email} is a member of this workspace"),
        )
        .hint("see who is:  offdesk member list")
    })?;
    Ok(found.account_id)
}
