//! What was agreed before a change was proposed, kept beside it: it holds until the person takes the change, and comes back where they do
//! not.

use offdesk_domain::assignment::{Agreed, Assignment, Event, Hand};
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::agreed::AgreedRow;

use super::course::{count_of, damaged, time_of};
use crate::error::Error;

/// What there is of a row to keep, before anything of it is changed; what waits already stays what it is.
pub(super) fn kept(row: &AssignmentRow) -> AgreedRow {
    row.before.clone().unwrap_or_else(|| AgreedRow {
        state: row.state.clone(),
        due_at: row.due_at,
        blueprint_number: row.blueprint_number,
        returns: row.returns,
        title: row.title.clone(),
        note: row.note.clone(),
        amount: row.amount.clone(),
        at: row.agreed_at,
    })
}

/// As the rules see it.
///
/// # Errors
/// `store.damaged`.
pub(super) fn agreed_of(row: &AgreedRow) -> Result<Agreed, Error> {
    Ok(Agreed {
        hand: Hand::of(&row.state).ok_or_else(damaged)?,
        due: time_of(row.due_at)?,
        blueprint_number: row.blueprint_number,
        returns: count_of(row.returns)?,
    })
}

/// What is kept beside what is proposed, as the rules say.
pub(super) fn row_of_agreed(row: &AssignmentRow, agreed: Agreed) -> AgreedRow {
    AgreedRow {
        state: agreed.hand.word().to_owned(),
        due_at: agreed.due.as_microsecond(),
        blueprint_number: agreed.blueprint_number,
        returns: agreed.returns.into(),
        ..kept(row)
    }
}

/// Puts back what was agreed where something has happened and what was proposed was not taken.
pub(super) fn put_back(
    row: AssignmentRow,
    before: Option<AgreedRow>,
    course: &Assignment,
    event: Event,
) -> AssignmentRow {
    match before {
        Some(agreed) if course.agreed_before().is_none() && event != Event::Agree => {
            AssignmentRow {
                title: agreed.title,
                note: agreed.note,
                amount: agreed.amount,
                agreed_at: agreed.at,
                ..row
            }
        }
        _ => row,
    }
}
