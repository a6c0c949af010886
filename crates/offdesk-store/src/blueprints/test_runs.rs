//! Test runs: a second person has followed a version once.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// A test run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestRunRow {
    /// The blueprint.
    pub blueprint_id: Uuid,
    /// Id.
    pub id: Uuid,
    /// Number of the version that was followed.
    pub number: i64,
    /// Who followed it.
    pub person: String,
    /// So many questions they had.
    pub questions: i64,
    /// What they asked.
    pub note: String,
    /// Who noted it.
    pub noted_by: Uuid,
    /// When.
    pub created_at: i64,
    /// A hash of the text that was followed; empty where it is not known.
    pub text_hash: String,
}

/// The test runs of a blueprint, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_test_runs(
    scope: &mut Scope<'_, '_>,
    blueprint: Uuid,
) -> Result<Vec<TestRunRow>, StoreError> {
    let parameters = scope.with([blueprint.into()]);
    scope.tx.query(
        "SELECT blueprint_id, id, number, person, questions, note, noted_by, created_at, text_hash FROM test_run \
         WHERE workspace_id = ? AND blueprint_id = ? ORDER BY id DESC",
        &parameters,
        |row| {
            Ok(TestRunRow {
                blueprint_id: row.id(0)?,
                id: row.id(1)?,
                number: row.int(2)?,
                person: row.text(3)?,
                questions: row.int(4)?,
                note: row.text(5)?,
                noted_by: row.id(6)?,
                created_at: row.int(7)?,
                text_hash: row.text(8)?,
            })
        },
    )
}

/// Adds a test run.
///
/// # Errors
/// [`StoreError::Missing`] where the version is not there.
pub fn insert_test_run(scope: &mut Scope<'_, '_>, run: &TestRunRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        run.blueprint_id.into(),
        run.id.into(),
        run.number.into(),
        run.person.as_str().into(),
        run.questions.into(),
        run.note.as_str().into(),
        run.noted_by.into(),
        run.created_at.into(),
        run.text_hash.as_str().into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO test_run (workspace_id, blueprint_id, id, number, person, questions, note, noted_by, created_at, text_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}
