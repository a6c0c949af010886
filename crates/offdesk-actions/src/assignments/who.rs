//! Who may do what with an assignment: the owner's side and the one who does it, each their own part, and never both at once.

use offdesk_store::assignments::{AssignmentRow, load_assignment};
use offdesk_store::people::{PersonRow, load_person};
use offdesk_store::{Scope, Tx, Uuid};

use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};

/// What somebody wants with an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Look at it.
    See,
    /// Do the work: whoever it was given to, or the owner's side for a person who has not joined.
    Work,
    /// Arrange it: give, change, cancel, answer.
    Arrange,
    /// Judge it: as arranging, and never one's own work.
    Judge,
}

/// Within the open workspace, for somebody who has a part in assignments.
pub(super) fn enter<'s, 'c>(
    tx: &'s mut Tx<'c>,
    actor: &Actor,
    part: Part,
) -> Result<Scope<'s, 'c>, Error> {
    let of_owner = match part {
        Part::See => Permission::See,
        _ => Permission::Edit,
    };
    let is_doer = actor.may(Permission::Work) && matches!(part, Part::See | Part::Work);
    let permission = if is_doer { Permission::Work } else { of_owner };
    actor.within(tx, permission)
}

/// Within the workspace, to change something that rests on what stands there: nobody else changes it meanwhile.
pub(super) fn enter_to_change<'s, 'c>(
    tx: &'s mut Tx<'c>,
    actor: &Actor,
    part: Part,
) -> Result<Scope<'s, 'c>, Error> {
    let mut scope = enter(tx, actor, part)?;
    scope.hold()?;
    Ok(scope)
}

/// An assignment with its person, to change something of it: nobody else does meanwhile.
pub(super) fn take_up<'s, 'c>(
    tx: &'s mut Tx<'c>,
    actor: &Actor,
    id: Uuid,
    part: Part,
) -> Result<(Scope<'s, 'c>, AssignmentRow, PersonRow), Error> {
    let mut scope = enter_to_change(tx, actor, part)?;
    let (row, person) = load_for(&mut scope, actor, id, part)?;
    Ok((scope, row, person))
}

/// An assignment with its person, where the actor may have that part in it. What is somebody else's is not there.
pub(super) fn load_for(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    id: Uuid,
    part: Part,
) -> Result<(AssignmentRow, PersonRow), Error> {
    let missing = || Error::not_found("assignment");
    let row = load_assignment(scope, id)?.ok_or_else(missing)?;
    let person = load_person(scope, row.person_id)?.ok_or_else(missing)?;
    let is_own = person.account_id == Some(actor.account);
    if actor.may(Permission::Work) && !is_own {
        return Err(missing());
    }
    match part {
        Part::Work if !is_own && person.account_id.is_some() => Err(Error::new(
            ErrorKind::Conflict,
            "assignment.theirs",
            format!("{} has joined and does this on their own page", person.name),
        )
        .hint("ask them, or give it to somebody else")),
        Part::Judge if is_own => Err(Error::new(
            ErrorKind::Forbidden,
            "assignment.own",
            "nobody reviews their own work",
        )
        .hint("somebody else of the workspace has to look at it")),
        _ => Ok((row, person)),
    }
}
