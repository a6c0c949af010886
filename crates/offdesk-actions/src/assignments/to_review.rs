//! What waits to be looked at.

use offdesk_store::Tx;
use offdesk_store::assignments::lists::{BEGINNING, list_in_state};

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
    let mut scope = actor.within(tx, Permission::See)?;
    let mut all = Vec::new();
    for row in list_in_state(&mut scope, "delivered", BEGINNING, most)? {
        let person = people::load(&mut scope, row.person_id)?;
        if person.account_id != Some(actor.account) {
            all.push(detail(&mut scope, actor, row, person)?);
        }
    }
    Ok(all)
}
