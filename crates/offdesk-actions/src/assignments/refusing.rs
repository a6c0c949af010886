//! What the rules refuse of an assignment, in words: what is to be done instead.

use offdesk_domain::assignment::AssignmentError;
use offdesk_store::assignments::AssignmentRow;

use crate::error::{Error, ErrorKind};

/// What the rules refuse, as an error of the action.
fn refused(error: AssignmentError) -> Error {
    let code = match error {
        AssignmentError::NotNow { .. } => "assignment.not_now",
        AssignmentError::ReturnedTwice => "assignment.returned_twice",
        AssignmentError::HandedIn => "assignment.handed_in",
        AssignmentError::TooEarly => "assignment.too_early",
    };
    let hint = match error {
        AssignmentError::NotNow { .. } => "look at it again: it shows where it stands",
        AssignmentError::ReturnedTwice => {
            "put the blueprint right and publish it, then return it once more; or accept it"
        }
        AssignmentError::HandedIn => {
            "they put it right and are paid for it; or accept it as it is, or change its date, and they say whether they agree"
        }
        AssignmentError::TooEarly => "wait until then",
    };
    Error::new(ErrorKind::Conflict, code, error.to_string()).hint(hint)
}

/// The same of an assignment: where a change of it waits for an answer, that is what is to be done first.
pub(super) fn refused_of(row: &AssignmentRow, error: AssignmentError) -> Error {
    let is_changing = row.before.is_some() && matches!(error, AssignmentError::NotNow { .. });
    if !is_changing {
        return refused(error);
    }
    let message = "a change of it waits for an answer, which comes first";
    Error::new(ErrorKind::Conflict, "assignment.not_now", message).hint(
        "say whether the change is taken: declining is free, and the work goes on as it was agreed",
    )
}
