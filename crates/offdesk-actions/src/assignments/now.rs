//! Where an assignment stands after something of it was changed, without all that belongs to it.

use offdesk_store::assignments::AssignmentRow;
use offdesk_store::people::PersonRow;

use super::is_judged_blind;
use crate::actor::Actor;

/// An assignment just changed. What is written often is answered with this alone: gathering all that belongs to an assignment takes longer
/// than the change, while everybody else who writes waits.
#[derive(Debug, Clone)]
pub struct AssignmentNow {
    /// The assignment.
    pub row: AssignmentRow,
    /// Who does it.
    pub person: PersonRow,
    /// Whether the one who changed it is the one who does it.
    pub is_own: bool,
}

impl AssignmentNow {
    pub(super) fn of(actor: &Actor, row: AssignmentRow, person: PersonRow) -> Self {
        let is_own = person.account_id == Some(actor.account);
        Self {
            row,
            person,
            is_own,
        }
    }

    /// Whether it waits to be judged by who looks at it, and so does not say who made it.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        is_judged_blind(&self.row) && !self.is_own
    }
}
