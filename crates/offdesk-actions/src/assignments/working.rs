//! What the person does who has the work: takes it or not, begins, ticks, asks, types in time, hands in.

use offdesk_domain::assignment::{Assignment, AssignmentError, Event};
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::questions::{QuestionRow, insert_question};
use offdesk_store::assignments::steps;
use offdesk_store::people::PersonRow;
use offdesk_store::{Scope, Tx, Uuid};

use super::course::{course_of, happen, is_seen, note_of, save};
use super::refusing::refused_of;
use super::typed::{place_of, said, seconds_of};
use super::who::{Part, take_up};
use super::{AssignmentDetail, AssignmentNow, blueprint_of, detail, detail_by};
use crate::activities::Seen;
use crate::actor::Actor;
use crate::error::{Error, ErrorKind};
use crate::mails::send_answer_needed;
use crate::moment::Moment;

/// So many questions may wait for an answer at once.
const MOST_QUESTIONS: i64 = 50;

/// What the person says to an assignment that was given to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// They take it.
    Agree,
    /// They do not; that is free.
    Decline,
}

impl Reply {
    /// The reply of a word: `agree` or `decline`.
    ///
    /// # Errors
    /// `assignment.reply`.
    pub fn of(word: &str) -> Result<Self, Error> {
        match word.trim() {
            "agree" => Ok(Self::Agree),
            "decline" => Ok(Self::Decline),
            other => {
                let shown = offdesk_import::problem::shown(other);
                let message = format!("\"{shown}\" is no reply to an assignment");
                Err(Error::invalid("answer", "assignment.reply", message)
                    .hint("it is  agree  or  decline"))
            }
        }
    }
}

/// Notes whether the person takes an assignment.
///
/// # Errors
/// `not_found`, `assignment.theirs`, `assignment.changed`, `assignment.not_now`.
pub fn reply_to_assignment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    reply: Reply,
    seen: Seen,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    let event = match reply {
        Reply::Agree => Event::Agree,
        Reply::Decline => Event::Decline,
    };
    step_on(tx, actor, id, Part::Work, event, seen, moment)
}

/// Begins the work, or begins anew after a return.
///
/// # Errors
/// `not_found`, `assignment.theirs`, `assignment.changed`, `assignment.not_now`.
pub fn start_assignment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    seen: Seen,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    step_on(tx, actor, id, Part::Work, Event::Start, seen, moment)
}

/// Lets something happen that nothing else is said with.
pub(super) fn step_on(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    part: Part,
    event: Event,
    seen: Seen,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    let (mut scope, row, person) = take_up(tx, actor, id, part)?;
    is_seen(&row, seen)?;
    let row = happen(&mut scope, actor, row, event, moment)?;
    detail(&mut scope, actor, row, person)
}

/// Refuses what is only noted while the person has the work in hand.
pub(super) fn in_hand(row: &AssignmentRow, what: &'static str) -> Result<Assignment, Error> {
    let course = course_of(row)?;
    if course.state.is_in_hand() {
        return Ok(course);
    }
    let error = AssignmentError::NotNow {
        state: course.state.word(),
        event: what,
    };
    Err(refused_of(row, error))
}

/// Ticks a step of the blueprint by its place from one, or takes the tick away. Ticking begins the work.
///
/// # Errors
/// `not_found`, `assignment.theirs`, `assignment.not_now`, `assignment.step`.
pub fn tick_step(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    step: i64,
    is_done: bool,
    moment: Moment,
) -> Result<AssignmentNow, Error> {
    let (mut scope, row, person) = take_up(tx, actor, id, Part::Work)?;
    let course = in_hand(&row, "tick")?;
    let blueprint = blueprint_of(&mut scope, &row)?;
    place_of("step", Some(step), blueprint.step_texts().count())?;
    if is_done {
        steps::tick_step(&mut scope, id, step, actor.account)?;
    } else {
        steps::untick_step(&mut scope, id, step)?;
    }
    let row = if course.after(Event::Start, moment.now).is_ok() {
        happen(&mut scope, actor, row, Event::Start, moment)?
    } else {
        scope.touch(1)?;
        row
    };
    Ok(AssignmentNow::of(actor, row, person))
}

/// Types in the time an assignment has taken, as one sum: so many seconds in all.
///
/// # Errors
/// `not_found`, `assignment.theirs`, `assignment.not_now`, `assignment.hours`.
pub fn set_time(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    seconds: i64,
    moment: Moment,
) -> Result<AssignmentNow, Error> {
    let (mut scope, row, person) = take_up(tx, actor, id, Part::Work)?;
    let row = note_time(&mut scope, actor, (row, &person), seconds, moment)?;
    Ok(AssignmentNow::of(actor, row, person))
}

/// Adds to the time an assignment has taken.
///
/// # Errors
/// As [`set_time`].
pub fn add_time(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    seconds: i64,
    moment: Moment,
) -> Result<AssignmentNow, Error> {
    let (mut scope, row, person) = take_up(tx, actor, id, Part::Work)?;
    let sum = row.seconds.saturating_add(seconds_of("hours", seconds)?);
    let row = note_time(&mut scope, actor, (row, &person), sum, moment)?;
    Ok(AssignmentNow::of(actor, row, person))
}

fn note_time(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    (row, person): (AssignmentRow, &PersonRow),
    seconds: i64,
    moment: Moment,
) -> Result<AssignmentRow, Error> {
    in_hand(&row, "log time")?;
    let placed = row.placed();
    let mut row = AssignmentRow {
        seconds: seconds_of("hours", seconds)?,
        changed_at: moment.micros(),
        ..row
    };
    save(scope, &placed, &mut row)?;
    if person.account_id == Some(actor.account) {
        // Of a person's own time there is a sum for each assignment, and no line that says when they typed it.
        scope.touch(1)?;
        return Ok(row);
    }
    let told = format!("{seconds} s");
    note_of(scope, actor, &row, "log_time", told, moment)?;
    Ok(row)
}

/// Asks something, at a step where it is about one. The due date stands still until it is answered.
///
/// # Errors
/// `not_found`, `assignment.theirs`, `assignment.not_now`, `assignment.question` where nothing is asked, `assignment.step`,
/// `assignment.questions` where too many wait.
pub fn ask_question(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    step: Option<i64>,
    text: &str,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    let (mut scope, row, person) = take_up(tx, actor, id, Part::Work)?;
    let text = said("text", "assignment.question", text, "nothing is asked")?;
    let blueprint = blueprint_of(&mut scope, &row)?;
    let step = place_of("step", step, blueprint.step_texts().count())?;
    if row.open_questions >= MOST_QUESTIONS {
        return Err(Error::new(
            ErrorKind::Conflict,
            "assignment.questions",
            format!("{MOST_QUESTIONS} questions wait for an answer already"),
        ));
    }
    let answer_by = Some(moment.after(row.answer_by_hours.saturating_mul(3600)))
        .filter(|_| row.answer_by_hours > 0);
    let row = happen(&mut scope, actor, row, Event::Ask, moment)?;
    let question = QuestionRow {
        assignment_id: id,
        id: moment.id(),
        step,
        blueprint_number: row.blueprint_number,
        text,
        asked_by: actor.account,
        asked_at: moment.micros(),
        answer_by,
        answer: String::new(),
        answered: None,
        draft_number: None,
    };
    insert_question(&mut scope, &question)?;
    let asked = detail_by(&mut scope, actor, row, person, blueprint)?;
    let workspace = scope.workspace();
    send_answer_needed(tx, workspace, &asked.row, moment)?;
    Ok(asked)
}
