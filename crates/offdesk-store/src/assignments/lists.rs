//! Lists of assignments: those that are due first, first.

use uuid::Uuid;

use super::{AssignmentRow, read, select};
use crate::{Scope, StoreError};

/// Before all others of a list by due date.
pub const BEGINNING: (i64, Uuid) = (i64::MIN, Uuid::nil());
/// After all others of a list by due date.
pub const END: (i64, Uuid) = (i64::MAX, Uuid::max());

/// The assignments in a state after a due date and an id, the earliest due first.
///
/// # Errors
/// [`StoreError`].
pub fn list_in_state(
    scope: &mut Scope<'_, '_>,
    state: &str,
    after: (i64, Uuid),
    most: u32,
) -> Result<Vec<AssignmentRow>, StoreError> {
    let parameters = scope.with([
        state.into(),
        after.0.into(),
        after.1.into(),
        i64::from(most).into(),
    ]);
    scope.tx.query(
        select!("AND state = ? AND (due_at, id) > (?, ?) ORDER BY due_at, id LIMIT ?"),
        &parameters,
        read,
    )
}

/// Those of a person in a state after a due date and an id, the earliest due first.
///
/// # Errors
/// [`StoreError`].
pub fn list_of_person(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    state: &str,
    after: (i64, Uuid),
    most: u32,
) -> Result<Vec<AssignmentRow>, StoreError> {
    let parameters = scope.with([
        person.into(),
        state.into(),
        after.0.into(),
        after.1.into(),
        i64::from(most).into(),
    ]);
    scope.tx.query(
        select!(
            "AND person_id = ? AND state = ? AND (due_at, id) > (?, ?) ORDER BY due_at, id LIMIT ?"
        ),
        &parameters,
        read,
    )
}

/// Those of a person in a state before a due date and an id, the latest due first.
///
/// # Errors
/// [`StoreError`].
pub fn list_latest_of_person(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    state: &str,
    before: (i64, Uuid),
    most: u32,
) -> Result<Vec<AssignmentRow>, StoreError> {
    let parameters = scope.with([
        person.into(),
        state.into(),
        before.0.into(),
        before.1.into(),
        i64::from(most).into(),
    ]);
    scope.tx.query(
        select!(
            "AND person_id = ? AND state = ? AND (due_at, id) < (?, ?) ORDER BY due_at DESC, id DESC LIMIT ?"
        ),
        &parameters,
        read,
    )
}

/// Those of a handoff before a number, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_of_handoff(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    before: i64,
    most: u32,
) -> Result<Vec<AssignmentRow>, StoreError> {
    let parameters = scope.with([handoff.into(), before.into(), i64::from(most).into()]);
    scope.tx.query(
        select!(
            "AND handoff_id = ? AND number < ? AND state <> 'delivered' ORDER BY number DESC LIMIT ?"
        ),
        &parameters,
        read,
    )
}

/// Those that nobody does though they were to be done, of one state, declined, not answered or missed, since a moment, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_ended_since(
    scope: &mut Scope<'_, '_>,
    state: &str,
    since: i64,
    most: u32,
) -> Result<Vec<AssignmentRow>, StoreError> {
    let parameters = scope.with([state.into(), since.into(), i64::from(most).into()]);
    // What of them is not old is found by the moment; by the state, all of its kind there ever were would be read.
    scope.tx.query(
        select!(
            "AND state IN ('declined', 'expired', 'missed') AND state || '' = ? AND changed_at > ? ORDER BY changed_at DESC, id DESC LIMIT ?"
        ),
        &parameters,
        read,
    )
}

/// Those that were accepted since a moment, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_accepted_since(
    scope: &mut Scope<'_, '_>,
    since: i64,
    most: u32,
) -> Result<Vec<AssignmentRow>, StoreError> {
    let parameters = scope.with([since.into(), i64::from(most).into()]);
    scope.tx.query(
        select!("AND accepted_at >= ? ORDER BY accepted_at DESC, id DESC LIMIT ?"),
        &parameters,
        read,
    )
}

/// What a person was given and has no more, taken back or not answered in time, since a moment, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_gone_of_person(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    since: i64,
    most: u32,
) -> Result<Vec<AssignmentRow>, StoreError> {
    let parameters = scope.with([person.into(), since.into(), i64::from(most).into()]);
    scope.tx.query(
        select!(
            "AND person_id = ? AND state IN ('cancelled', 'expired') AND changed_at > ? ORDER BY changed_at DESC, id DESC LIMIT ?"
        ),
        &parameters,
        read,
    )
}

/// What lies on a person's desk and is not done with, the first given first.
///
/// # Errors
/// [`StoreError`].
pub fn list_open_of_person(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
) -> Result<Vec<AssignmentRow>, StoreError> {
    let parameters = scope.with([person.into()]);
    scope.tx.query(
        select!(
            "AND person_id = ? AND state IN ('assigned', 'agreed', 'in_progress', 'waiting', 'returned', 'delivered') ORDER BY number"
        ),
        &parameters,
        read,
    )
}
