//! How many assignments there are of what kind, without reading them.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// How many assignments are in a state, up to a number beyond which it is not counted on.
///
/// # Errors
/// [`StoreError`].
pub fn count_in_state(
    scope: &mut Scope<'_, '_>,
    state: &str,
    most: u32,
) -> Result<u64, StoreError> {
    let parameters = scope.with([state.into(), i64::from(most).into()]);
    let found = scope.tx.first(
        "SELECT COUNT(*) FROM (SELECT 1 FROM assignment WHERE workspace_id = ? AND state = ? LIMIT ?) AS found",
        &parameters,
        |row| row.count(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// How many a handoff has that do not wait for a review, up to a number beyond which it is not counted on.
///
/// # Errors
/// [`StoreError`].
pub fn count_listed_of_handoff(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    most: u32,
) -> Result<u64, StoreError> {
    let parameters = scope.with([handoff.into(), i64::from(most).into()]);
    let found = scope.tx.first(
        "SELECT COUNT(*) FROM (SELECT 1 FROM assignment WHERE workspace_id = ? AND handoff_id = ? AND state <> 'delivered' LIMIT ?) AS found",
        &parameters,
        |row| row.count(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// How many of a handoff were picked and counted as accepted because nobody looked in time.
///
/// # Errors
/// [`StoreError`].
pub fn count_lapsed(scope: &mut Scope<'_, '_>, handoff: Uuid) -> Result<u64, StoreError> {
    let parameters = scope.with([handoff.into()]);
    let found = scope.tx.first(
        "SELECT COUNT(*) FROM assignment WHERE workspace_id = ? AND handoff_id = ? AND acceptance = 'timed_out'",
        &parameters,
        |row| row.count(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// What a record is reckoned from: counts of assignments in which something was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RecordRow {
    /// Those with a first deliverable.
    pub delivered: u64,
    /// Of them, those where it was there in time.
    pub on_time: u64,
    /// Those that a review has judged, the first time.
    pub judged: u64,
    /// Of them, those in which that review found no fault; a preference is none.
    pub first_time: u64,
    /// Of them, those that were returned because of a fault, at any time.
    pub returned: u64,
    /// Those that are accepted, looked at or not.
    pub accepted: u64,
    /// Of them, those in which a fault was found later.
    pub escapes: u64,
}

fn record(row: &Row<'_>) -> Result<RecordRow, StoreError> {
    Ok(RecordRow {
        delivered: row.count(0)?,
        on_time: row.count(1)?,
        judged: row.count(2)?,
        first_time: row.count(3)?,
        returned: row.count(4)?,
        accepted: row.count(5)?,
        escapes: row.count(6)?,
    })
}

macro_rules! record_of {
    ($which:literal) => {
        concat!(
            "SELECT COUNT(*), COUNT(CASE WHEN a.on_time = 'yes' THEN 1 END), COUNT(r.verdict), ",
            "COUNT(CASE WHEN r.verdict IS NOT NULL AND NOT (a.has_fault AND EXISTS (SELECT 1 FROM finding f ",
            "WHERE f.workspace_id = a.workspace_id AND f.assignment_id = a.id AND f.kind = 'fault' AND f.round = 1 AND NOT f.is_escape)) THEN 1 END), ",
            "COUNT(CASE WHEN a.has_fault AND EXISTS (SELECT 1 FROM finding f JOIN review b ON b.workspace_id = f.workspace_id ",
            "AND b.assignment_id = f.assignment_id AND b.round = f.round AND b.verdict = 'returned' ",
            "WHERE f.workspace_id = a.workspace_id AND f.assignment_id = a.id AND f.kind = 'fault' AND NOT f.is_escape) THEN 1 END), ",
            "COUNT(CASE WHEN a.state IN ('accepted', 'closed') THEN 1 END), ",
            "COUNT(CASE WHEN a.has_fault AND EXISTS (SELECT 1 FROM finding f ",
            "WHERE f.workspace_id = a.workspace_id AND f.assignment_id = a.id AND f.is_escape) THEN 1 END) ",
            "FROM assignment a LEFT JOIN review r ON r.workspace_id = a.workspace_id AND r.assignment_id = a.id AND r.round = 1 ",
            "WHERE a.workspace_id = ? AND a.",
            $which,
            " = ? AND a.rounds > 0"
        )
    };
}

/// The record of a person.
///
/// # Errors
/// [`StoreError`].
pub fn count_of_person(scope: &mut Scope<'_, '_>, person: Uuid) -> Result<RecordRow, StoreError> {
    let parameters = scope.with([person.into()]);
    let found = scope
        .tx
        .first(record_of!("person_id"), &parameters, record)?;
    Ok(found.unwrap_or_default())
}

/// The record of a handoff.
///
/// # Errors
/// [`StoreError`].
pub fn count_of_handoff(scope: &mut Scope<'_, '_>, handoff: Uuid) -> Result<RecordRow, StoreError> {
    let parameters = scope.with([handoff.into()]);
    let found = scope
        .tx
        .first(record_of!("handoff_id"), &parameters, record)?;
    Ok(found.unwrap_or_default())
}

/// What was accepted of a person's work on the same terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedRow {
    /// What the amount is for, in one word.
    pub unit: String,
    /// A decimal number.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    /// So many assignments.
    pub assignments: u64,
    /// The time typed in for them.
    pub seconds: i64,
}

/// What was accepted of a person's work, added up by its terms.
///
/// # Errors
/// [`StoreError`].
pub fn sum_accepted(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
) -> Result<Vec<AcceptedRow>, StoreError> {
    let parameters = scope.with([person.into()]);
    scope.tx.query(
        "SELECT unit, amount, currency, COUNT(*), CAST(SUM(seconds) AS BIGINT) FROM assignment \
         WHERE workspace_id = ? AND person_id = ? AND state IN ('accepted', 'closed') \
         GROUP BY unit, amount, currency ORDER BY currency, unit, amount",
        &parameters,
        |row| {
            Ok(AcceptedRow {
                unit: row.text(0)?,
                amount: row.text(1)?,
                currency: row.text(2)?,
                assignments: row.count(3)?,
                seconds: row.int(4)?,
            })
        },
    )
}

/// How many assignments of each handoff were accepted since a moment.
///
/// # Errors
/// [`StoreError`].
pub fn count_accepted_since(
    scope: &mut Scope<'_, '_>,
    since: i64,
) -> Result<Vec<(Uuid, u64)>, StoreError> {
    let parameters = scope.with([since.into()]);
    scope.tx.query(
        "SELECT handoff_id, COUNT(*) FROM assignment WHERE workspace_id = ? AND accepted_at >= ? GROUP BY handoff_id ORDER BY handoff_id",
        &parameters,
        |row| Ok((row.id(0)?, row.count(1)?)),
    )
}
