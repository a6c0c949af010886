//! Questions that came up in an assignment.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionRow {
    /// The assignment.
    pub assignment_id: Uuid,
    /// Id.
    pub id: Uuid,
    /// The step it is about, by its place from one.
    pub step: Option<i64>,
    /// The version of the blueprint that step is of.
    pub blueprint_number: i64,
    /// What is asked.
    pub text: String,
    /// Who asks.
    pub asked_by: Uuid,
    /// When.
    pub asked_at: i64,
    /// By when it is to be answered.
    pub answer_by: Option<i64>,
    /// The answer; empty before there is one.
    pub answer: String,
    /// Who has answered, and when.
    pub answered: Option<(Uuid, i64)>,
    /// The draft of the blueprint that the answer went into.
    pub draft_number: Option<i64>,
}

fn read(row: &Row<'_>) -> Result<QuestionRow, StoreError> {
    Ok(QuestionRow {
        assignment_id: row.id(0)?,
        id: row.id(1)?,
        step: row.opt_int(2)?,
        text: row.text(3)?,
        asked_by: row.id(4)?,
        asked_at: row.int(5)?,
        answer_by: row.opt_int(6)?,
        answer: row.text(7)?,
        answered: row.opt_id(8)?.zip(row.opt_int(9)?),
        draft_number: row.opt_int(10)?,
        blueprint_number: row.int(11)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT assignment_id, id, step, text, asked_by, asked_at, answer_by, answer, answered_by, answered_at, draft_number, blueprint_number ",
            "FROM question WHERE workspace_id = ? ",
            $which
        )
    };
}

/// The questions of an assignment, the first asked first.
///
/// # Errors
/// [`StoreError`].
pub fn list_questions(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
) -> Result<Vec<QuestionRow>, StoreError> {
    let parameters = scope.with([assignment.into()]);
    scope.tx.query(
        select!("AND assignment_id = ? ORDER BY asked_at, id"),
        &parameters,
        read,
    )
}

/// A question by its id.
///
/// # Errors
/// [`StoreError`].
pub fn load_question(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
    id: Uuid,
) -> Result<Option<QuestionRow>, StoreError> {
    let parameters = scope.with([assignment.into(), id.into()]);
    scope.tx.first(
        select!("AND assignment_id = ? AND id = ?"),
        &parameters,
        read,
    )
}

/// The questions of a workspace that wait for an answer, the one that waits longest first, after a place in that list.
///
/// # Errors
/// [`StoreError`].
pub fn list_open_questions(
    scope: &mut Scope<'_, '_>,
    after: (i64, Uuid),
    most: u32,
) -> Result<Vec<QuestionRow>, StoreError> {
    let parameters = scope.with([after.0.into(), after.1.into(), i64::from(most).into()]);
    scope.tx.query(
        select!(
            "AND answered_at IS NULL AND (asked_at, id) > (?, ?) ORDER BY asked_at, id LIMIT ?"
        ),
        &parameters,
        read,
    )
}

/// How many assignments have a question that waits for an answer, also under a change that nobody has answered, up to a number beyond which
/// it is not counted on.
///
/// # Errors
/// [`StoreError`].
pub fn count_asked(scope: &mut Scope<'_, '_>, most: u32) -> Result<u64, StoreError> {
    let parameters = scope.with([i64::from(most).into()]);
    let found = scope.tx.first(
        "SELECT COUNT(*) FROM (SELECT DISTINCT assignment_id FROM question WHERE workspace_id = ? AND answered_at IS NULL LIMIT ?) AS found",
        &parameters,
        |row| row.count(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// What somebody has asked and was answered after a moment, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_answered_since(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
    since: i64,
    most: u32,
) -> Result<Vec<QuestionRow>, StoreError> {
    let parameters = scope.with([account.into(), since.into(), i64::from(most).into()]);
    scope.tx.query(
        select!(
            "AND asked_by = ? AND answered_at IS NOT NULL AND answered_at > ? AND answer <> '' ORDER BY answered_at DESC, id DESC LIMIT ?"
        ),
        &parameters,
        read,
    )
}

/// Adds a question.
///
/// # Errors
/// [`StoreError::Missing`] where the assignment is not there.
pub fn insert_question(scope: &mut Scope<'_, '_>, row: &QuestionRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.assignment_id.into(),
        row.id.into(),
        row.step.into(),
        row.text.as_str().into(),
        row.asked_by.into(),
        row.asked_at.into(),
        row.answer_by.into(),
        row.answer.as_str().into(),
        row.answered.map(|(by, _)| by).into(),
        row.answered.map(|(_, at)| at).into(),
        row.draft_number.into(),
        row.blueprint_number.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO question (workspace_id, assignment_id, id, step, text, asked_by, asked_at, answer_by, answer, answered_by, answered_at, draft_number, blueprint_number) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Notes into which draft an answer went that was given before and is in none yet.
///
/// # Errors
/// [`StoreError::Conflict`] where it is in one.
pub fn note_draft(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
    question: Uuid,
    number: i64,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE question SET draft_number = ? WHERE workspace_id = ? AND assignment_id = ? AND id = ? \
         AND answered_at IS NOT NULL AND draft_number IS NULL",
        &[
            number.into(),
            workspace.into(),
            assignment.into(),
            question.into(),
        ],
    )
}

/// Answers a question that nobody has answered yet.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn answer_question(scope: &mut Scope<'_, '_>, row: &QuestionRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE question SET answer = ?, answered_by = ?, answered_at = ?, draft_number = ? \
         WHERE workspace_id = ? AND assignment_id = ? AND id = ? AND answered_at IS NULL",
        &[
            row.answer.as_str().into(),
            row.answered.map(|(by, _)| by).into(),
            row.answered.map(|(_, at)| at).into(),
            row.draft_number.into(),
            workspace.into(),
            row.assignment_id.into(),
            row.id.into(),
        ],
    )
}
