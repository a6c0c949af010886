//! Answering questions; the answer can become a change of the blueprint in the same step.

use offdesk_domain::assignment::{Event, Supervised};
use offdesk_domain::blueprint::Blueprint;
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::lists::BEGINNING;
use offdesk_store::assignments::questions::{
    QuestionRow, answer_question as stored, list_open_questions as stored_open, load_question,
    note_draft,
};
use offdesk_store::{Scope, Tx, Uuid};

use super::course::{happen, note_of};
use super::supervising::{Spent, spend};
use super::to_review::{Place, cut};
use super::typed::said;
use super::who::{Part, enter, load_for, take_up};
use super::{AssignmentDetail, detail};
use crate::actor::Actor;
use crate::blueprints::write_into_draft;
use crate::error::{Error, ErrorKind, on_conflict};
use crate::moment::Moment;

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewAnswer {
    /// The answer; nothing, or the same once more, where one that is there only goes into the blueprint.
    pub text: String,
    /// It goes into the draft of the blueprint, too, at the step the question is about.
    pub is_for_blueprint: bool,
    /// What was spent on it.
    pub spent: Option<Spent>,
}

/// Answers a question. Once none waits any more the person goes on, and the due date has moved by the time they waited. An answer that is
/// there already can go into the draft of the blueprint later.
///
/// # Errors
/// `not_found`, `assignment.answer` where nothing is answered, `assignment.answered` where somebody has, `text.long`, and those of a
/// draft.
pub fn answer_question(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    question: Uuid,
    new: &NewAnswer,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    let (mut scope, row, person) = take_up(tx, actor, id, Part::Arrange)?;
    let asked = load_question(&mut scope, id, question)?;
    let asked = asked.ok_or_else(|| Error::not_found("question"))?;
    if asked.answered.is_some() {
        keep_for_blueprint(&mut scope, actor, &row, &asked, new, moment)?;
        return detail(&mut scope, actor, row, person);
    }
    let answer = said(
        "text",
        "assignment.answer",
        &new.text,
        "nothing is answered",
    )?;
    let draft_number = if new.is_for_blueprint {
        Some(put_into_blueprint(
            &mut scope, actor, &row, &asked, &answer, moment,
        )?)
    } else {
        None
    };
    let answered_row = QuestionRow {
        answer,
        answered: Some((actor.account, moment.micros())),
        draft_number,
        ..asked
    };
    stored(&mut scope, &answered_row).map_err(on_conflict(answered))?;
    spend(
        &mut scope,
        actor,
        &row,
        Supervised::Answering,
        new.spent,
        moment,
    )?;
    let row = if row.open_questions > 0 {
        happen(&mut scope, actor, row, Event::Answer, moment)?
    } else {
        note_of(&mut scope, actor, &row, "answer_question", "", moment)?;
        row
    };
    detail(&mut scope, actor, row, person)
}

fn answered() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "assignment.answered",
        "somebody has answered this question",
    )
    .hint("look at the assignment: it shows the answer, which can still go into the blueprint")
}

/// Puts an answer that was given before into the draft: work that was asked about once is asked about again, until it is written down.
fn keep_for_blueprint(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &AssignmentRow,
    asked: &QuestionRow,
    new: &NewAnswer,
    moment: Moment,
) -> Result<(), Error> {
    let typed = new.text.trim();
    let is_same = typed.is_empty() || typed == asked.answer.trim();
    let is_kept = new.is_for_blueprint && is_same && asked.draft_number.is_none();
    if !is_kept || asked.answer.is_empty() {
        return Err(answered());
    }
    let number = put_into_blueprint(scope, actor, row, asked, &asked.answer, moment)?;
    note_draft(scope, row.id, asked.id, number).map_err(on_conflict(answered))?;
    let kind = Supervised::Answering;
    spend(scope, actor, row, kind, new.spent, moment)?;
    note_of(scope, actor, row, "answer_question", "draft", moment)
}

fn put_into_blueprint(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &AssignmentRow,
    asked: &QuestionRow,
    answer: &str,
    moment: Moment,
) -> Result<i64, Error> {
    let asked_at_step = match asked.step.and_then(|step| usize::try_from(step).ok()) {
        // The step as the person read it: the newest text may have others before it.
        Some(place) => {
            let read = super::version_of(scope, row, asked.blueprint_number)?;
            read.step_texts()
                .nth(place.saturating_sub(1))
                .map(str::to_owned)
        }
        None => None,
    };
    let change = |blueprint: &mut Blueprint| {
        blueprint.add_answer(asked_at_step.as_deref(), &asked.text, answer);
    };
    let word = format!("answer to a question of assignment {}", row.number);
    write_into_draft(scope, actor, row.blueprint_id, &change, &word, None, moment)
}

/// A question that waits for an answer, with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestion {
    /// The question.
    pub question: QuestionRow,
    /// The assignment it came up in.
    pub assignment: AssignmentRow,
    /// Who asks.
    pub person: String,
}

/// The questions that wait for an answer, the one that waits longest first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_open_questions(
    tx: &mut Tx<'_>,
    actor: &Actor,
    most: u32,
) -> Result<Vec<OpenQuestion>, Error> {
    Ok(page_of_questions(tx, actor, None, most)?.0)
}

/// A page of the same, after a place in the list; and the place where the next page begins.
///
/// # Errors
/// Those of the actor and of the store.
pub fn page_of_questions(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<Place>,
    most: u32,
) -> Result<(Vec<OpenQuestion>, Option<Place>), Error> {
    let mut scope = enter(tx, actor, Part::See)?;
    let mut all = Vec::new();
    // One more than is given says whether others follow.
    let rows = stored_open(&mut scope, after.unwrap_or(BEGINNING), most + 1)?;
    let (rows, next) = cut(rows, most, |row| (row.asked_at, row.id));
    for question in rows {
        // A worker sees their own only.
        let id = question.assignment_id;
        let (assignment, person) = match load_for(&mut scope, actor, id, Part::See) {
            Err(error) if error.kind == ErrorKind::NotFound => continue,
            found => found?,
        };
        all.push(OpenQuestion {
            question,
            assignment,
            person: person.name,
        });
    }
    Ok((all, next))
}
