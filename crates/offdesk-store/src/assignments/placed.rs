//! Assignments written down: an index is written only where what it holds has changed.

use super::{AssignmentRow, agreed};
use crate::{Scope, StoreError, Value};

/// The columns that can change and that no index holds, in the order of all statements.
fn changing(row: &AssignmentRow) -> Vec<Value> {
    let mut all = vec![
        row.title.as_str().into(),
        row.note.as_str().into(),
        row.amount.as_str().into(),
        row.answer_by.into(),
        row.waiting_since.into(),
        row.open_questions.into(),
        row.accept_at.into(),
        row.acceptance.as_deref().into(),
        row.rounds.into(),
        row.returns.into(),
        row.on_time.as_deref().into(),
        row.picked.as_deref().into(),
        row.has_fault.into(),
        row.seconds.into(),
        row.agreed_at.into(),
        row.delivered_at.into(),
        row.changed_at.into(),
    ];
    all.extend(agreed::values(row.before.as_ref()));
    all
}

/// By what an assignment is found in lists, and by what rules find it: columns that indexes hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    state: String,
    due_at: i64,
    accepted_at: Option<i64>,
    wake_at: Option<i64>,
    blueprint_number: i64,
}

impl AssignmentRow {
    /// By what it is found.
    #[must_use]
    pub fn placed(&self) -> Placed {
        Placed {
            state: self.state.clone(),
            due_at: self.due_at,
            accepted_at: self.accepted_at,
            wake_at: self.wake_at,
            blueprint_number: self.blueprint_number,
        }
    }
}

impl Placed {
    /// The columns, in the order of all statements; the number of the version is the last one.
    fn values(&self) -> [Value; 5] {
        [
            self.state.as_str().into(),
            self.due_at.into(),
            self.accepted_at.into(),
            self.wake_at.into(),
            self.blueprint_number.into(),
        ]
    }
}

/// Adds an assignment.
///
/// # Errors
/// [`StoreError::Missing`] where its handoff, person, version or recurrence is not there, [`StoreError::Conflict`] where its number or
/// its occurrence is taken.
pub fn insert_assignment(scope: &mut Scope<'_, '_>, row: &AssignmentRow) -> Result<(), StoreError> {
    let mut parameters = changing(row);
    parameters.extend(row.placed().values());
    parameters.extend(scope.with([
        row.id.into(),
        row.number.into(),
        row.handoff_id.into(),
        row.person_id.into(),
        row.blueprint_id.into(),
        row.unit.as_str().into(),
        row.currency.as_str().into(),
        row.is_trial.into(),
        row.recurrence_id.into(),
        row.occurrence.into(),
        row.created_by.into(),
        row.created_at.into(),
        row.version.into(),
        row.missed_why.as_deref().into(),
        row.answer_by_hours.into(),
        row.accept_after_days.into(),
    ]));
    scope.tx.execute_one(
        "INSERT INTO assignment (title, note, amount, answer_by, waiting_since, open_questions, accept_at, acceptance, rounds, returns, on_time, picked, has_fault, seconds, agreed_at, delivered_at, changed_at, \
         agreed_state, agreed_due, agreed_number, agreed_returns, agreed_title, agreed_note, agreed_amount, agreed_then, state, due_at, accepted_at, wake_at, blueprint_number, \
         workspace_id, id, number, handoff_id, person_id, blueprint_id, unit, currency, is_trial, recurrence_id, occurrence, created_by, created_at, version, missed_why, answer_by_hours, accept_after_days) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

macro_rules! update {
    ($placed:literal) => {
        concat!(
            "UPDATE assignment SET title = ?, note = ?, amount = ?, answer_by = ?, waiting_since = ?, open_questions = ?, accept_at = ?, acceptance = ?, ",
            "rounds = ?, returns = ?, on_time = ?, picked = ?, has_fault = ?, seconds = ?, agreed_at = ?, delivered_at = ?, changed_at = ?, ",
            "agreed_state = ?, agreed_due = ?, agreed_number = ?, agreed_returns = ?, agreed_title = ?, agreed_note = ?, agreed_amount = ?, agreed_then = ?, ",
            $placed,
            "version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?"
        )
    };
}

/// Changes an assignment that nobody has changed since it was read, and by what it was found then. What it is of and who does it stays.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_assignment(
    scope: &mut Scope<'_, '_>,
    before: &Placed,
    row: &AssignmentRow,
) -> Result<(), StoreError> {
    let mut parameters = changing(row);
    let placed = row.placed();
    // A column that is named is written to every index that holds it, whether it changes or not: a page of the log for each.
    let statement = if placed.blueprint_number != before.blueprint_number {
        parameters.extend(placed.values());
        update!("state = ?, due_at = ?, accepted_at = ?, wake_at = ?, blueprint_number = ?, ")
    } else if placed != *before {
        parameters.extend(placed.values().into_iter().take(4));
        update!("state = ?, due_at = ?, accepted_at = ?, wake_at = ?, ")
    } else {
        update!("")
    };
    parameters.extend(scope.with([row.id.into(), row.version.into()]));
    scope.tx.execute_one(statement, &parameters)
}
