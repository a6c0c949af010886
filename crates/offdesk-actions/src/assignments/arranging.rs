//! What the owner's side arranges after something was given: changed, taken back, closed.

use jiff::Timestamp;
use offdesk_domain::assignment::Event;
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::files::move_files;
use offdesk_store::assignments::inputs::remove_inputs_with_files;
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;

use super::agreed::kept;
use super::course::{course_of, happen, is_seen, time_of};
use super::giving::{due_of, priced};
use super::inputs::{GivenInput, NewInput, Shown, inputs_of_handoff};
use super::mailed::GIVEN_WITH;
use super::typed::{LONGEST_NOTE, LONGEST_TITLE, text_of};
use super::who::{Part, enter_to_change, take_up};
use super::working::step_on;
use super::{AssignmentDetail, NewAssignment, detail, detail_with_budgets, give_assignment};
use crate::activities::Seen;
use crate::actor::Actor;
use crate::budgets::{Wanted, guard, note_passed};
use crate::change::name_of;
use crate::error::{Error, ErrorKind};
use crate::handoffs;
use crate::moment::Moment;
use crate::people::read_terms;

/// What is changed of an assignment that was given; what is not said stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AssignmentChange {
    /// What is done.
    pub title: Option<String>,
    /// What the person is told with it.
    pub note: Option<String>,
    /// When it is due.
    pub due: Option<Timestamp>,
    /// The price.
    pub amount: Option<String>,
    /// The version that was seen.
    pub seen: Seen,
}

/// Changes what an assignment is, its price or its date. The person is asked anew, also where they had agreed.
///
/// # Errors
/// `not_found`, `assignment.changed`, `assignment.not_now`, `assignment.same` where nothing would change, `assignment.handed_in` where what
/// was handed in would get cheaper, and those of `give_assignment`.
pub fn change_assignment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    change: &AssignmentChange,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    let (mut scope, mut row, _) = take_up(tx, actor, id, Part::Arrange)?;
    is_seen(&row, change.seen)?;
    let new_due = match change.due {
        Some(due) => Some(due_of(Some(due), moment)?),
        None => None,
    };
    let due = match new_due {
        Some(due) => due,
        None => course_of(&row)?.due_with_wait(moment.now),
    };
    let asked = row.clone();
    if course_of(&row)?.state.is_in_hand() {
        // It holds until they take the change.
        row.before = Some(kept(&row));
    }
    if let Some(title) = &change.title {
        row.title = name_of("title", title, LONGEST_TITLE)?;
    }
    if let Some(text) = &change.note {
        row.note = text_of("note", text, LONGEST_NOTE)?;
    }
    if let Some(amount) = &change.amount {
        row = at_price(&mut scope, row, amount, due, moment)?;
    }
    let is_due_as_before = new_due.is_none_or(|due| due.as_microsecond() == asked.due_at);
    if is_due_as_before
        && (&row.title, &row.note, &row.amount) == (&asked.title, &asked.note, &asked.amount)
    {
        return Err(same());
    }
    let event = Event::Change {
        due: new_due,
        answer_by: answer_by(&row, due, moment)?,
    };
    let row = happen(&mut scope, actor, row, event, moment)?;
    note_passed(&mut scope, moment)?;
    detail_with_budgets(&mut scope, actor, row, moment)
}

/// Whoever is asked anew is asked something else.
fn same() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "assignment.same",
        "nothing of it would change",
    )
    .hint("say another title, note, date or price")
}

/// An assignment at another price, where that is not less than what something was handed in for, and no budget is in the way.
fn at_price(
    scope: &mut Scope<'_, '_>,
    mut row: AssignmentRow,
    amount: &str,
    due: Timestamp,
    moment: Moment,
) -> Result<AssignmentRow, Error> {
    let handoff = handoffs::load(scope, row.handoff_id)?;
    // It is paid by what was agreed when it was given, whatever has been agreed since.
    let before = read_terms(&row.unit, &row.amount, &row.currency)?;
    let terms = priced(Some(amount), before)?;
    let promised = std::mem::replace(&mut row.amount, terms.amount());
    let wanted = Wanted {
        handoff: &handoff,
        terms,
        before: Some(before),
        due,
    };
    let agreed = row.before.as_ref().map_or(&promised, |it| &it.amount);
    is_not_lowered(&row, agreed)?;
    guard(scope, wanted, moment)?;
    Ok(row)
}

/// By when a change is answered: before what it changes is due, by the old date or by the new one, so that whoever proposed it knows in time
/// which of the two holds.
fn answer_by(
    row: &AssignmentRow,
    due: Timestamp,
    moment: Moment,
) -> Result<Option<Timestamp>, Error> {
    let agreed = match &row.before {
        Some(before) => time_of(before.due_at)?,
        None => due,
    };
    let first = [agreed.min(due), due].into_iter();
    Ok(first.into_iter().find(|at| *at > moment.now))
}

/// Refuses a lower price for what was handed in: whether they agree is asked, and no answer of theirs is to cost them anything.
fn is_not_lowered(row: &AssignmentRow, before: &str) -> Result<(), Error> {
    let number = |text: &str| Decimal::from_str_exact(text).unwrap_or_default();
    if row.rounds == 0 || number(&row.amount) >= number(before) {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Conflict,
        "assignment.handed_in",
        "something was handed in for it already, so its price is not lowered",
    )
    .hint("let them put it right, or accept it as it is"))
}

/// Takes back what was given and was never handed in.
///
/// # Errors
/// `not_found`, `assignment.changed`, `assignment.not_now`, `assignment.handed_in`.
pub fn cancel_assignment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    seen: Seen,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    step_on(tx, actor, id, Part::Arrange, Event::Cancel, seen, moment)
}

/// Takes back what is not handed in yet and gives it under another handoff, with what is done, what was told, what there is of its inputs
/// and the files that came with it, which are the other's from then on. It is due when that is said; else as it was, with the time that was
/// waited for an answer. Its price is that of the other handoff, and its person is asked.
///
/// # Errors
/// `assignment.same_handoff`, `assignment.due`, and those of [`cancel_assignment`] and `give_assignment`.
pub fn reassign_assignment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    (handoff, due): (Uuid, Option<Timestamp>),
    seen: Seen,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    let before = {
        let (mut scope, row, person) = take_up(tx, actor, id, Part::Arrange)?;
        detail(&mut scope, actor, row, person)?
    };
    let taken_back = step_on(tx, actor, id, Part::Arrange, Event::Cancel, seen, moment)?;
    if taken_back.row.handoff_id == handoff {
        return Err(Error::new(
            ErrorKind::Conflict,
            "assignment.same_handoff",
            "it is given under this handoff already",
        )
        .hint("choose a handoff to somebody else, or change its date or price"));
    }
    let due = match due {
        Some(due) => due,
        None => still_to_come(before.course.due_with_wait(moment.now), moment)?,
    };
    let inputs = inputs_along(tx, actor, &taken_back, handoff)?;
    let new = NewAssignment {
        inputs,
        title: before.row.title,
        note: before.row.note,
        due: Some(due),
        ..NewAssignment::default()
    };
    let given = give_assignment(tx, actor, handoff, &new, moment)?;
    let mut scope = enter_to_change(tx, actor, Part::Arrange)?;
    remove_inputs_with_files(&mut scope, id)?;
    if move_files(&mut scope, id, given.row.id, GIVEN_WITH)? == 0 {
        return Ok(given);
    }
    detail_with_budgets(&mut scope, actor, given.row, moment)
}

/// A due date that is to come; another one has to be said where it has passed.
fn still_to_come(due: Timestamp, moment: Moment) -> Result<Timestamp, Error> {
    if due > moment.now {
        return Ok(due);
    }
    Err(Error::invalid(
        "due",
        "assignment.due",
        "its due date has passed, and no other one is said",
    )
    .hint("say when it is due now, such as 2026-03-27T17:00+01:00"))
}

/// What there is of the inputs that the other handoff's blueprint has, too.
fn inputs_along(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: &AssignmentDetail,
    handoff: Uuid,
) -> Result<Vec<NewInput>, Error> {
    let names = inputs_of_handoff(tx, actor, handoff)?;
    let mut inputs = from.inputs_shown();
    inputs.retain(|input| names.iter().any(|(name, _)| name == input.name));
    let inputs = inputs.into_iter().filter_map(|input| {
        let given = match input.given? {
            Shown::Have => GivenInput::Have,
            Shown::Link(link) => GivenInput::Link(link.to_owned()),
            Shown::File(file) => GivenInput::Along(file.id),
        };
        let name = input.name.to_owned();
        Some(NewInput { name, given })
    });
    Ok(inputs.collect())
}

/// Closes what was accepted: it is a record from then on.
///
/// # Errors
/// `not_found`, `assignment.changed`, `assignment.not_now`.
pub fn close_assignment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    seen: Seen,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    step_on(tx, actor, id, Part::Arrange, Event::Close, seen, moment)
}
