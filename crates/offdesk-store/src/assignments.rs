//! Assignments: one time that work of a handoff is done, with all that belongs to it.

pub mod agreed;
pub mod counts;
pub mod deliverables;
pub mod files;
pub mod inputs;
pub mod lists;
pub mod mailboxes;
pub mod questions;
pub mod reviews;
pub mod steps;
pub mod supervision;

mod placed;

use uuid::Uuid;

use self::agreed::AgreedRow;
pub use self::placed::{Placed, insert_assignment, update_assignment};
use crate::claims::{put_off, unclaimed};
use crate::{Row, Scope, StoreError, Tx};

/// An assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentRow {
    /// Id.
    pub id: Uuid,
    /// Its number in the workspace, from one.
    pub number: i64,
    /// The handoff it is of.
    pub handoff_id: Uuid,
    /// Who does it.
    pub person_id: Uuid,
    /// How it is done.
    pub blueprint_id: Uuid,
    /// The version it is done by.
    pub blueprint_number: i64,
    /// What is done, in a line.
    pub title: String,
    /// What the person is told with it.
    pub note: String,
    /// What the amount is for, in one word.
    pub unit: String,
    /// A decimal number.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    /// When it is due.
    pub due_at: i64,
    /// State in one word.
    pub state: String,
    /// While it is assigned: by when the person says whether they take it.
    pub answer_by: Option<i64>,
    /// While it waits for an answer: since when.
    pub waiting_since: Option<i64>,
    /// While it waits for an answer: so many questions.
    pub open_questions: i64,
    /// While it is delivered: when it counts as accepted.
    pub accept_at: Option<i64>,
    /// When it was accepted.
    pub accepted_at: Option<i64>,
    /// How it was accepted, in one word.
    pub acceptance: Option<String>,
    /// So many times something was handed in.
    pub rounds: i64,
    /// So many times it was returned under this version of the blueprint.
    pub returns: i64,
    /// Whether the first deliverable was there in time: `yes`, `no`, or nothing yet.
    pub on_time: Option<String>,
    /// Whether it was picked for a review: `yes`, `no`, or nothing yet.
    pub picked: Option<String>,
    /// Whether a review has found a fault.
    pub has_fault: bool,
    /// Whether it was given while the handoff was on trial.
    pub is_trial: bool,
    /// The time the person typed in.
    pub seconds: i64,
    /// The recurrence it comes from.
    pub recurrence_id: Option<Uuid>,
    /// Which occurrence, in seconds of the recurrence's wall clock.
    pub occurrence: Option<i64>,
    /// Why it was never given, where it was missed: `late` or `off`.
    pub missed_why: Option<String>,
    /// When a rule has something to do with it.
    pub wake_at: Option<i64>,
    /// When the person has agreed to it.
    pub agreed_at: Option<i64>,
    /// While a change waits for their answer: what was agreed before.
    pub before: Option<AgreedRow>,
    /// When something was handed in last.
    pub delivered_at: Option<i64>,
    /// Within how many hours its questions are answered.
    pub answer_by_hours: i64,
    /// After how many days what is handed in counts as accepted; never where it is none.
    pub accept_after_days: i64,
    /// Who has given it.
    pub created_by: Uuid,
    /// When.
    pub created_at: i64,
    /// When something happened last.
    pub changed_at: i64,
    /// Version, for changes.
    pub version: i64,
}

pub(crate) fn read(row: &Row<'_>) -> Result<AssignmentRow, StoreError> {
    Ok(AssignmentRow {
        id: row.id(0)?,
        number: row.int(1)?,
        handoff_id: row.id(2)?,
        person_id: row.id(3)?,
        blueprint_id: row.id(4)?,
        blueprint_number: row.int(5)?,
        title: row.text(6)?,
        note: row.text(7)?,
        unit: row.text(8)?,
        amount: row.text(9)?,
        currency: row.text(10)?,
        due_at: row.int(11)?,
        state: row.text(12)?,
        answer_by: row.opt_int(13)?,
        waiting_since: row.opt_int(14)?,
        open_questions: row.int(15)?,
        accept_at: row.opt_int(16)?,
        accepted_at: row.opt_int(17)?,
        acceptance: row.opt_text(18)?,
        rounds: row.int(19)?,
        returns: row.int(20)?,
        on_time: row.opt_text(21)?,
        picked: row.opt_text(22)?,
        has_fault: row.bool(23)?,
        is_trial: row.bool(24)?,
        seconds: row.int(25)?,
        recurrence_id: row.opt_id(26)?,
        occurrence: row.opt_int(27)?,
        wake_at: row.opt_int(28)?,
        agreed_at: row.opt_int(29)?,
        delivered_at: row.opt_int(30)?,
        created_by: row.id(31)?,
        created_at: row.int(32)?,
        changed_at: row.int(33)?,
        version: row.int(34)?,
        missed_why: row.opt_text(35)?,
        before: agreed::read(row, 36)?,
        answer_by_hours: row.int(44)?,
        accept_after_days: row.int(45)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, number, handoff_id, person_id, blueprint_id, blueprint_number, title, note, unit, amount, currency, due_at, state, ",
            "answer_by, waiting_since, open_questions, accept_at, accepted_at, acceptance, rounds, returns, on_time, picked, has_fault, ",
            "is_trial, seconds, recurrence_id, occurrence, wake_at, agreed_at, delivered_at, created_by, created_at, changed_at, version, missed_why, ",
            "agreed_state, agreed_due, agreed_number, agreed_returns, agreed_title, agreed_note, agreed_amount, agreed_then, answer_by_hours, accept_after_days ",
            "FROM assignment WHERE workspace_id = ? ",
            $which
        )
    };
}
pub(crate) use select;

/// An assignment by its id.
///
/// # Errors
/// [`StoreError`].
pub fn load_assignment(
    scope: &mut Scope<'_, '_>,
    id: Uuid,
) -> Result<Option<AssignmentRow>, StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.first(select!("AND id = ?"), &parameters, read)
}

/// An assignment by its number in the workspace.
///
/// # Errors
/// [`StoreError`].
pub fn load_numbered(
    scope: &mut Scope<'_, '_>,
    number: i64,
) -> Result<Option<AssignmentRow>, StoreError> {
    let parameters = scope.with([number.into()]);
    scope.tx.first(select!("AND number = ?"), &parameters, read)
}

/// The number the next assignment gets.
///
/// # Errors
/// [`StoreError`].
pub fn next_number(scope: &mut Scope<'_, '_>) -> Result<i64, StoreError> {
    let parameters = scope.with([]);
    let last = scope.tx.first(
        "SELECT number FROM assignment WHERE workspace_id = ? ORDER BY number DESC LIMIT 1",
        &parameters,
        |row| row.int(0),
    )?;
    Ok(last.unwrap_or(0).saturating_add(1))
}

/// Claims an assignment that a rule has something to do with, of whatever workspace, so that of several processes one does it: nobody
/// else is given it until then.
///
/// # Errors
/// [`StoreError`].
pub fn claim_due(
    tx: &mut Tx<'_>,
    now: i64,
    until: i64,
) -> Result<Option<(Uuid, Uuid)>, StoreError> {
    let due = unclaimed!(
        tx,
        "SELECT workspace_id, id, version FROM assignment WHERE wake_at <= ? ORDER BY wake_at LIMIT 1"
    );
    let later =
        "UPDATE assignment SET wake_at = ? WHERE workspace_id = ? AND id = ? AND version = ?";
    put_off(tx, (due, later), now, until)
}
