//! An assignment between the store and the rules: its row as a value that owns its data, and what happens to it written down, with
//! what that means for the handoff it is of.

use jiff::Timestamp;
use offdesk_domain::assignment::{Acceptance, Assignment, Event, State, Waits};
use offdesk_store::assignments::questions::{QuestionRow, answer_question, list_questions};
use offdesk_store::assignments::steps::untick_all;
use offdesk_store::assignments::{AssignmentRow, Placed, update_assignment};
use offdesk_store::{Scope, Uuid};

use super::agreed::{agreed_of, put_back, row_of_agreed};
use super::handing::{learn, tell, tell_declined};
use super::refusing::refused_of;
use crate::activities::Seen;
use crate::actor::Actor;
use crate::change::note;
use crate::error::{Error, ErrorKind, on_conflict};
use crate::handoffs;
use crate::moment::{DAY_MICROS, Moment};
use crate::pay::earn_accepted;
use crate::timesheets::beside::paid_with_weeks;

/// What was accepted is closed after so many days.
const CLOSED_AFTER_DAYS: i64 = 30;

/// The moment of a number as it is kept.
pub(super) fn time_of(micros: i64) -> Result<Timestamp, Error> {
    Timestamp::from_microsecond(micros).map_err(|_| damaged())
}

fn times_of(micros: Option<i64>) -> Result<Option<Timestamp>, Error> {
    micros.map(time_of).transpose()
}

pub(super) fn damaged() -> Error {
    Error::new(
        ErrorKind::Failed,
        "store.damaged",
        "an assignment in the database is not understood",
    )
}

pub(super) fn count_of(number: i64) -> Result<u32, Error> {
    u32::try_from(number).map_err(|_| damaged())
}

/// A row as the rules see it.
///
/// # Errors
/// `store.damaged`.
pub(super) fn course_of(row: &AssignmentRow) -> Result<Assignment, Error> {
    let how = || {
        let word = row.acceptance.as_deref().unwrap_or_default();
        Acceptance::of(word).ok_or_else(damaged)
    };
    let waits = || -> Result<Waits, Error> {
        Ok(Waits {
            since: time_of(row.waiting_since.ok_or_else(damaged)?)?,
            open: count_of(row.open_questions)?,
        })
    };
    let state = match row.state.as_str() {
        "assigned" => State::Assigned {
            answer_by: times_of(row.answer_by)?,
            waits: row.waiting_since.map(|_| waits()).transpose()?,
            before: row.before.as_ref().map(agreed_of).transpose()?,
        },
        "agreed" => State::Agreed,
        "in_progress" => State::InProgress,
        "waiting" => State::Waiting(waits()?),
        "delivered" => State::Delivered {
            accept_at: times_of(row.accept_at)?,
        },
        "returned" => State::Returned,
        "accepted" => State::Accepted {
            at: time_of(row.accepted_at.ok_or_else(damaged)?)?,
            how: how()?,
        },
        "closed" => State::Closed { how: how()? },
        "declined" => State::Declined,
        "cancelled" => State::Cancelled,
        "expired" => State::Expired,
        "missed" => State::Missed,
        _ => return Err(damaged()),
    };
    Ok(Assignment {
        state,
        due: time_of(row.due_at)?,
        blueprint_number: row.blueprint_number,
        rounds: count_of(row.rounds)?,
        returns: count_of(row.returns)?,
        is_on_time: row.on_time.as_deref().map(|word| word == "yes"),
        is_picked: row.picked.as_deref().map(|word| word == "yes"),
        has_fault: row.has_fault,
    })
}

/// The row with what the rules say of it.
pub(super) fn row_of(row: AssignmentRow, course: &Assignment, moment: Moment) -> AssignmentRow {
    let yes_or_no = |is_so: bool| if is_so { "yes" } else { "no" }.to_owned();
    let micros = |at: Timestamp| at.as_microsecond();
    let before = course.agreed_before().map(|it| row_of_agreed(&row, it));
    let mut row = AssignmentRow {
        before,
        blueprint_number: course.blueprint_number,
        due_at: micros(course.due),
        state: course.state.word().to_owned(),
        answer_by: None,
        waiting_since: None,
        open_questions: 0,
        accept_at: None,
        rounds: course.rounds.into(),
        returns: course.returns.into(),
        on_time: course.is_on_time.map(yes_or_no),
        picked: course.is_picked.map(yes_or_no),
        has_fault: course.has_fault,
        wake_at: None,
        changed_at: moment.micros(),
        ..row
    };
    if let Some(waits) = course.state.waits() {
        row.waiting_since = Some(micros(waits.since));
        row.open_questions = waits.open.into();
    }
    match course.state {
        State::Assigned { answer_by, .. } => {
            row.answer_by = answer_by.map(micros);
            row.wake_at = row.answer_by;
            row.agreed_at = None;
        }
        State::Delivered { accept_at } => {
            row.accept_at = accept_at.map(micros);
            row.wake_at = row.accept_at;
        }
        State::Accepted { at, how } => {
            row.accepted_at = Some(micros(at));
            row.acceptance = Some(how.word().to_owned());
            row.wake_at = Some(micros(at).saturating_add(CLOSED_AFTER_DAYS * DAY_MICROS));
        }
        _ => {}
    }
    row
}

/// Lets something happen to an assignment: the assignment, what its handoff learns from it, and the line in the audit log, all or
/// nothing. Of two at once one is refused.
pub(super) fn happen(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: AssignmentRow,
    event: Event,
    moment: Moment,
) -> Result<AssignmentRow, Error> {
    let before = course_of(&row)?;
    let happened = before
        .after(event, moment.now)
        .map_err(|error| refused_of(&row, error))?;
    let agreed = row.before.clone();
    let placed = row.placed();
    let first_agreed = agreed.as_ref().and_then(|it| it.at);
    let mut changed = row_of(row, &happened.assignment, moment);
    changed = put_back(changed, agreed, &happened.assignment, event);
    if matches!(event, Event::Deliver { .. }) {
        changed.delivered_at = Some(moment.micros());
    }
    if event == Event::Agree {
        // Work that goes on under a change began when it was first agreed to.
        changed.agreed_at = first_agreed.or(Some(moment.micros()));
    }
    let waits = |state: State| state.waits().is_some();
    let goes_on = waits(before.state) && !waits(happened.assignment.state);
    if goes_on && event != Event::Answer {
        close_questions(scope, actor, changed.id, moment)?;
    }
    if happened.assignment.number_that_holds() != before.number_that_holds() {
        // Ticks stand at the places of the steps of one version.
        untick_all(scope, changed.id)?;
    }
    save(scope, &placed, &mut changed)?;
    let is_accepted = !before.state.is_accepted() && happened.assignment.state.is_accepted();
    if is_accepted || happened.checked.is_some() {
        let handoff = handoffs::load(scope, changed.handoff_id)?;
        let is_passed = is_accepted && changed.is_trial && is_reviewed(&happened.assignment);
        learn(scope, actor, handoff, happened.checked, is_passed, moment)?;
    }
    if is_accepted {
        earn_accepted(scope, &changed, moment)?;
        if !is_reviewed(&happened.assignment) {
            tell_paid_beside(scope, actor, &changed, moment)?;
        }
    }
    if event == Event::Decline && before.agreed_before().is_some() {
        tell_declined(scope, actor, &changed, moment)?;
    }
    let what = format!("{}_assignment", event.word());
    let state = changed.state.as_str();
    note_of(scope, actor, &changed, &what, state, moment)?;
    Ok(changed)
}

/// Whether somebody has looked at it: a trial passes by nothing else.
fn is_reviewed(course: &Assignment) -> bool {
    let how = Acceptance::Reviewed;
    matches!(course.state, State::Accepted { how: found, .. } if found == how)
}

/// Nobody was asked whether hours that a rule accepted are others than those of a week: it is told, and stands in the history of the handoff.
fn tell_paid_beside(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &AssignmentRow,
    moment: Moment,
) -> Result<(), Error> {
    let Some(told) = paid_with_weeks(scope, row)? else {
        return Ok(());
    };
    tell(scope, actor, row, ("pay_beside", told), moment)
}

/// Adds a line about an assignment to the audit log.
pub(super) fn note_of(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &AssignmentRow,
    what: &str,
    told: impl Into<String>,
    moment: Moment,
) -> Result<(), Error> {
    let object = format!("{} {}", row.number, row.title);
    note(scope, actor, moment, what, object, told)
}

/// Takes back the questions that nobody has answered: the assignment goes on without.
fn close_questions(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    assignment: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    for question in list_questions(scope, assignment)? {
        if question.answered.is_none() {
            let closed = QuestionRow {
                answered: Some((actor.account, moment.micros())),
                ..question
            };
            answer_question(scope, &closed)?;
        }
    }
    Ok(())
}

/// Saves a row that was found so, and counts its version up.
pub(super) fn save(
    scope: &mut Scope<'_, '_>,
    found: &Placed,
    row: &mut AssignmentRow,
) -> Result<(), Error> {
    update_assignment(scope, found, row).map_err(on_conflict(changed))?;
    row.version += 1;
    Ok(())
}

/// Refuses a change of what has changed since it was seen.
pub(super) fn is_seen(row: &AssignmentRow, seen: Seen) -> Result<(), Error> {
    match seen {
        Some(seen) if seen != row.version => Err(changed()),
        _ => Ok(()),
    }
}

/// Somebody was quicker.
pub(super) fn changed() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "assignment.changed",
        "something has happened to this assignment since you opened it",
    )
    .hint("look at it again, then repeat what you wanted")
}
