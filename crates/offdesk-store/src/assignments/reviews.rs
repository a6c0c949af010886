//! Reviews of deliverables, and what they found.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// A review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// The assignment.
    pub assignment_id: Uuid,
    /// The round that was looked at.
    pub round: i64,
    /// `accepted` or `returned`.
    pub verdict: String,
    /// The places of the criteria that hold, with a blank between them.
    pub met: String,
    /// What the reviewer says.
    pub note: String,
    /// Who has looked.
    pub reviewed_by: Uuid,
    /// When.
    pub created_at: i64,
}

/// Something a review found, or an escape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRow {
    /// The assignment.
    pub assignment_id: Uuid,
    /// Id.
    pub id: Uuid,
    /// The round it was found in.
    pub round: i64,
    /// `fault` or `preference`.
    pub kind: String,
    /// The step it is about, by its place from one.
    pub step: Option<i64>,
    /// The acceptance criterion it is about, by its place from one.
    pub criterion: Option<i64>,
    /// What it is.
    pub text: String,
    /// It was found after the deliverable was accepted.
    pub is_escape: bool,
    /// Who has found it.
    pub found_by: Uuid,
    /// When.
    pub created_at: i64,
}

/// The reviews of an assignment, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_reviews(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
) -> Result<Vec<ReviewRow>, StoreError> {
    let parameters = scope.with([assignment.into()]);
    scope.tx.query(
        "SELECT assignment_id, round, verdict, met, note, reviewed_by, created_at FROM review \
         WHERE workspace_id = ? AND assignment_id = ? ORDER BY round DESC",
        &parameters,
        |row| {
            Ok(ReviewRow {
                assignment_id: row.id(0)?,
                round: row.int(1)?,
                verdict: row.text(2)?,
                met: row.text(3)?,
                note: row.text(4)?,
                reviewed_by: row.id(5)?,
                created_at: row.int(6)?,
            })
        },
    )
}

/// Adds a review.
///
/// # Errors
/// [`StoreError::Conflict`] where that round has one already.
pub fn insert_review(scope: &mut Scope<'_, '_>, row: &ReviewRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.assignment_id.into(),
        row.round.into(),
        row.verdict.as_str().into(),
        row.met.as_str().into(),
        row.note.as_str().into(),
        row.reviewed_by.into(),
        row.created_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO review (workspace_id, assignment_id, round, verdict, met, note, reviewed_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Adds to what was said of a round that was looked at already.
///
/// # Errors
/// [`StoreError::Conflict`] where it was not.
pub fn add_to_review(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
    round: i64,
    note: &str,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let parameters = [
        note.into(),
        workspace.into(),
        assignment.into(),
        round.into(),
    ];
    scope.tx.execute_one(
        "UPDATE review SET note = CASE note WHEN '' THEN '' ELSE note || ' ' END || ? WHERE workspace_id = ? AND assignment_id = ? AND round = ?",
        &parameters,
    )
}

/// The findings of an assignment, the first found first.
///
/// # Errors
/// [`StoreError`].
pub fn list_findings(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
) -> Result<Vec<FindingRow>, StoreError> {
    let parameters = scope.with([assignment.into()]);
    scope.tx.query(
        "SELECT assignment_id, id, round, kind, step, criterion, text, is_escape, found_by, created_at FROM finding \
         WHERE workspace_id = ? AND assignment_id = ? ORDER BY id",
        &parameters,
        |row| {
            Ok(FindingRow {
                assignment_id: row.id(0)?,
                id: row.id(1)?,
                round: row.int(2)?,
                kind: row.text(3)?,
                step: row.opt_int(4)?,
                criterion: row.opt_int(5)?,
                text: row.text(6)?,
                is_escape: row.bool(7)?,
                found_by: row.id(8)?,
                created_at: row.int(9)?,
            })
        },
    )
}

/// Adds a finding.
///
/// # Errors
/// [`StoreError::Missing`] where that round was not handed in.
pub fn insert_finding(scope: &mut Scope<'_, '_>, row: &FindingRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.assignment_id.into(),
        row.id.into(),
        row.round.into(),
        row.kind.as_str().into(),
        row.step.into(),
        row.criterion.into(),
        row.text.as_str().into(),
        row.is_escape.into(),
        row.found_by.into(),
        row.created_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO finding (workspace_id, assignment_id, id, round, kind, step, criterion, text, is_escape, found_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}
