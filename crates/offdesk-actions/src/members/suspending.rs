//! Suspending members: they reach nothing of the workspace from the next request on, and all that is theirs stays.

use super::{find_member, keep_an_owner, stored_members};
use crate::accounts::no_token;
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use offdesk_store::members::{MemberRow, update_suspension};
use offdesk_store::{Scope, Tx, Uuid};

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
    let members = stored_members(&mut scope)?;
    let member = find_member(&members, account)?;
    keep_an_owner(&members, account)?;
    set_suspended(&mut scope, actor, member, true, moment)
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
    let members = stored_members(&mut scope)?;
    let member = find_member(&members, account)?;
    set_suspended(&mut scope, actor, member, false, moment)
}

fn set_suspended(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    member: &MemberRow,
    is_suspended: bool,
    moment: Moment,
) -> Result<(), Error> {
    if member.suspended_at.is_some() == is_suspended {
        return Ok(());
    }
    let (what, since) = if is_suspended {
        ("suspend_member", Some(moment.micros()))
    } else {
        ("reinstate_member", None)
    };
    update_suspension(scope, member.account_id, since)?;
    let (email, role) = (member.email.as_str(), member.role.as_str());
    note(scope, actor, moment, what, email, role)
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
