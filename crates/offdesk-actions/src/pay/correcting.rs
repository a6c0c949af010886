//! What was earned is put right: taken back, and earned anew where other hours are right. Nothing that was posted is ever edited.

use std::cmp::Ordering;

use offdesk_domain::Seconds;
use offdesk_domain::money::Money;
use offdesk_domain::pay::{Earned, PayError, Posted, Posting, Quantity, fits_in_a_day};
use offdesk_domain::person::Terms;
use offdesk_store::pay::milestones::{insert_milestone, list_milestones};
use offdesk_store::pay::posted_hours::hours_beside;
use offdesk_store::pay::postings::{PostingRow, load_posting};
use offdesk_store::{Scope, Tx, Uuid};

use super::damaged;
use super::earning::LONGEST_WORD;
use super::ledger::{append, earned_of};
use super::paying::amount_of;
use crate::actor::{Actor, Permission};
use crate::assignments::seconds_of;
use crate::budgets::note_passed;
use crate::change::note;
use crate::error::Error;
use crate::moment::Moment;
use crate::people::text_of;
use crate::timesheets::refused;

/// What is put right of something that was earned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Correction {
    /// The hours that are right, where hours were earned; without them it is taken back altogether.
    pub seconds: Option<i64>,
    /// The price that is right: of the hour, the assignment, the milestone or the month.
    pub price: Option<String>,
    /// Why; it stands on the statement. What comes to more than stood there needs it.
    pub note: String,
}

/// Takes back what was earned by a posting; with other hours or another price, more or less, these are earned in its place. Both land in the
/// next statement, so one that was drawn up or paid stays as it is.
///
/// # Errors
/// `pay.no_posting`, `pay.not_earned`, `pay.reversed`, `pay.unit`, `pay.time`, `pay.amount`, `pay.more`, `assignment.hours`,
/// `timesheet.hours`, `text.long`.
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
    let again = correction.right(&earned)?;
    if let Some(right) = &again {
        if correction.seconds.is_some() {
            fits(&mut scope, &row, right)?;
        }
        if said.is_empty() && right.exact()?.compared(earned.exact()?)? == Ordering::Greater {
            return Err(unexplained(earned.exact()?.rounded()?));
        }
    }
    let reached = reached_by(&mut scope, &row)?;
    let reversed = Posted::Reversed {
        of: number,
        earned,
        why: said.clone(),
    };
    let taken_back =
        append(&mut scope, reversed, moment.now).map_err(|error| match error.code {
            "store.conflict" => PayError::Reversed(number).into(),
            _ => error,
        })?;
    let mut postings = vec![taken_back];
    if let Some(right) = again {
        let anew = append(&mut scope, Posted::Earned(right), moment.now)?;
        if let Some((handoff, title)) = reached {
            // It stays reached: what was earned anew is what it was paid with.
            let number = i64::try_from(anew.number).map_err(|_| damaged("a posting"))?;
            insert_milestone(&mut scope, handoff, number, &title)?;
        }
        postings.push(anew);
    }
    note_passed(&mut scope, moment)?;
    let what = format!("posting {number}");
    note(&mut scope, actor, moment, "correct_posting", what, said)?;
    Ok(postings)
}

/// The milestone that a posting was earned with: its handoff, and what was reached.
fn reached_by(
    scope: &mut Scope<'_, '_>,
    row: &PostingRow,
) -> Result<Option<(Uuid, String)>, Error> {
    let Some(handoff) = row.handoff_id else {
        return Ok(None);
    };
    let mut known = list_milestones(scope, handoff)?.into_iter();
    let found = known.find(|it| it.posting == row.number);
    Ok(found.map(|it| (handoff, it.title)))
}

impl Correction {
    /// What was really earned; nothing where it is taken back altogether.
    fn right(&self, earned: &Earned) -> Result<Option<Earned>, Error> {
        let typed = self.price.as_deref().map(str::trim);
        let typed = typed.filter(|text| !text.is_empty());
        if self.seconds.is_none() && typed.is_none() {
            return Ok(None);
        }
        let mut right = *earned;
        if let Some(seconds) = self.seconds {
            if !matches!(earned.quantity, Quantity::Time(_)) {
                return Err(PayError::Unit {
                    counted: "hours",
                    unit: earned.terms.unit.word(),
                }
                .into());
            }
            right.quantity = Quantity::Time(Seconds(seconds));
        }
        if let Some(text) = typed {
            let price = amount_of("price", text, &earned.terms.price.currency.to_string())?;
            right.terms = Terms::new(earned.terms.unit, price)
                .map_err(|error| Error::invalid("price", "pay.amount", error.to_string()))?;
        }
        right.exact()?;
        Ok(Some(right))
    }
}

/// Refuses hours that cannot have been: those of a week's day that come to more than a day with the others of it, and those of an assignment
/// that are more than could be typed in for it.
fn fits(scope: &mut Scope<'_, '_>, row: &PostingRow, right: &Earned) -> Result<(), Error> {
    let Quantity::Time(time) = right.quantity else {
        return Ok(());
    };
    if row.assignment_id.is_some() {
        return seconds_of("hours", time.0).map(|_| ());
    }
    let beside = hours_beside(scope, row.person_id, right.day.0.into(), row.number)?;
    let worked = [Seconds(beside.max(0)), time];
    fits_in_a_day(right.day, worked).map_err(refused)
}

fn unexplained(stands: Money) -> Error {
    let message =
        format!("that is more than the {stands} that stand there, and it is not said why");
    Error::invalid("note", "pay.more", message)
        .hint("say why with it: it stands on the statement, beside what is paid")
}
