//! What was earned is put right: taken back, and earned anew where other hours are right. Nothing that was posted is ever edited.

use offdesk_domain::Seconds;
use offdesk_domain::pay::{Earned, PayError, Posted, Posting, Quantity};
use offdesk_store::Tx;
use offdesk_store::pay::postings::load_posting;

use super::earning::LONGEST_WORD;
use super::ledger::{append, earned_of};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::Error;
use crate::moment::Moment;
use crate::people::text_of;

/// What is put right of something that was earned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Correction {
    /// The hours that are right, where hours were earned; without them it is taken back altogether.
    pub seconds: Option<i64>,
    /// Why, for the log.
    pub note: String,
}

/// Takes back what was earned by a posting; with other hours these are earned in its place. Both land in the next statement, so one that
/// was drawn up or paid stays as it is.
///
/// # Errors
/// `pay.no_posting`, `pay.not_earned`, `pay.reversed`, `pay.unit`, `pay.time`, `text.long`.
pub fn correct_posting(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: u64,
    correction: &Correction,
    moment: Moment,
) -> Result<Vec<Posting>, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let said = text_of("note", &correction.note, LONGEST_WORD)?;
    let key = i64::try_from(number).unwrap_or(i64::MAX);
    let row = load_posting(&mut scope, key)?.ok_or(PayError::NoPosting(number))?;
    if row.kind != "earned" {
        return Err(PayError::NotEarned(number).into());
    }
    let Posted::Earned(earned) = earned_of(&row)?.posted else {
        return Err(PayError::NotEarned(number).into());
    };
    let again = match correction.seconds {
        None => None,
        Some(seconds) if matches!(earned.quantity, Quantity::Time(_)) => {
            let right = Earned {
                quantity: Quantity::Time(Seconds(seconds)),
                ..earned
            };
            right.exact()?;
            Some(right)
        }
        Some(_) => {
            return Err(PayError::Unit {
                counted: "hours",
                unit: earned.terms.unit.word(),
            }
            .into());
        }
    };
    let reversed = Posted::Reversed { of: number, earned };
    let taken_back =
        append(&mut scope, reversed, moment.now).map_err(|error| match error.code {
            "store.conflict" => PayError::Reversed(number).into(),
            _ => error,
        })?;
    let mut postings = vec![taken_back];
    if let Some(right) = again {
        postings.push(append(&mut scope, Posted::Earned(right), moment.now)?);
    }
    let what = format!("posting {number}");
    note(&mut scope, actor, moment, "correct_posting", what, said)?;
    Ok(postings)
}
