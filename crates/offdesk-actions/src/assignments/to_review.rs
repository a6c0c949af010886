//! What waits to be looked at.

use offdesk_store::assignments::lists::{BEGINNING, list_in_state};
use offdesk_store::{Tx, Uuid};

use super::{AssignmentDetail, detail};
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::people;

/// The deliverables that wait for a review, the earliest due first; never one's own.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_to_review(
    tx: &mut Tx<'_>,
    actor: &Actor,
    most: u32,
) -> Result<Vec<AssignmentDetail>, Error> {
    Ok(page_to_review(tx, actor, None, most)?.0)
}

/// A page of the same, after a place in the list; and the place where the next page begins.
///
/// # Errors
/// Those of the actor and of the store.
pub fn page_to_review(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<Place>,
    most: u32,
) -> Result<(Vec<AssignmentDetail>, Option<Place>), Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let mut all = Vec::new();
    // One more than is given says whether others follow.
    let rows = list_in_state(
        &mut scope,
        "delivered",
        after.unwrap_or(BEGINNING),
        most + 1,
    )?;
    let (rows, next) = cut(rows, most, |row| (row.due_at, row.id));
    for row in rows {
        let person = people::load(&mut scope, row.person_id)?;
        if person.account_id != Some(actor.account) {
            all.push(detail(&mut scope, actor, row, person)?);
        }
    }
    Ok((all, next))
}

/// A place in a list that is ordered by a moment and an id.
pub type Place = (i64, Uuid);

/// The rows of a page, of which one more was read than it has; and the place where the next one begins.
pub(super) fn cut<T>(
    mut rows: Vec<T>,
    most: u32,
    place: impl Fn(&T) -> Place,
) -> (Vec<T>, Option<Place>) {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let has_more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| has_more).map(place);
    (rows, next)
}
