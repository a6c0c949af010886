//! Handoffs: who does an activity from now on, by which blueprint and on which terms.

pub mod events;
pub mod former;
pub mod open;
pub mod sums;

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Value};

/// What is to be done, for how much, from when on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeRow {
    /// What the amount is for, in one word.
    pub unit: String,
    /// A decimal number.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    /// The version of the blueprint.
    pub blueprint_number: i64,
    /// From this day on.
    pub start_day: i64,
}

/// A handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoffRow {
    /// Id.
    pub id: Uuid,
    /// The activity.
    pub activity_id: Uuid,
    /// How it is done.
    pub blueprint_id: Uuid,
    /// Who does it.
    pub person_id: Uuid,
    /// Why, in one word.
    pub reason: String,
    /// What was agreed, or is proposed at first.
    pub agreed: ScopeRow,
    /// What is proposed in its place.
    pub change: Option<ScopeRow>,
    /// Why it is proposed.
    pub change_note: String,
    /// What was reckoned when it was handed off, as JSON.
    pub expected: String,
    /// What the person is told with it.
    pub note: String,
    /// Who sends out what was made, in one word.
    pub sent_by: String,
    /// One fault is too many.
    pub is_critical: bool,
    /// The rung of the ladder.
    pub rung: i64,
    /// So many clean ones in a row move up.
    pub in_a_row: i64,
    /// So many are clean in a row now.
    pub clean_in_row: i64,
    /// Hours within which a question is answered.
    pub answer_by_hours: i64,
    /// Days after which what was delivered counts as accepted.
    pub accept_after_days: i64,
    /// So many assignments are the trial.
    pub trial_length: i64,
    /// So many of them were accepted.
    pub trial_done: i64,
    /// State in one word.
    pub state: String,
    /// What it was when it was paused, in one word.
    pub paused_from: Option<String>,
    /// Why it has ended, in one word.
    pub end_reason: Option<String>,
    /// Who has handed it off.
    pub created_by: Uuid,
    /// When.
    pub created_at: i64,
    /// When something happened last.
    pub changed_at: i64,
    /// Version, for changes.
    pub version: i64,
}

pub(crate) fn read(row: &Row<'_>) -> Result<HandoffRow, StoreError> {
    let change = match row.opt_text(10)? {
        None => None,
        Some(unit) => Some(ScopeRow {
            unit,
            amount: row.text(11)?,
            currency: row.text(12)?,
            blueprint_number: row.int(13)?,
            start_day: row.int(14)?,
        }),
    };
    Ok(HandoffRow {
        id: row.id(0)?,
        activity_id: row.id(1)?,
        blueprint_id: row.id(2)?,
        person_id: row.id(3)?,
        reason: row.text(4)?,
        agreed: ScopeRow {
            unit: row.text(5)?,
            amount: row.text(6)?,
            currency: row.text(7)?,
            blueprint_number: row.int(8)?,
            start_day: row.int(9)?,
        },
        change,
        change_note: row.text(15)?,
        expected: row.text(16)?,
        note: row.text(17)?,
        sent_by: row.text(18)?,
        is_critical: row.bool(19)?,
        rung: row.int(20)?,
        in_a_row: row.int(21)?,
        clean_in_row: row.int(22)?,
        answer_by_hours: row.int(23)?,
        accept_after_days: row.int(24)?,
        trial_length: row.int(25)?,
        trial_done: row.int(26)?,
        state: row.text(27)?,
        paused_from: row.opt_text(28)?,
        end_reason: row.opt_text(29)?,
        created_by: row.id(30)?,
        created_at: row.int(31)?,
        changed_at: row.int(32)?,
        version: row.int(33)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, activity_id, blueprint_id, person_id, reason, unit, amount, currency, blueprint_number, start_day, ",
            "change_unit, change_amount, change_currency, change_blueprint_number, change_start_day, change_note, ",
            "expected, note, sent_by, is_critical, rung, in_a_row, clean_in_row, answer_by_hours, accept_after_days, ",
            "trial_length, trial_done, state, paused_from, end_reason, created_by, created_at, changed_at, version ",
            "FROM handoff WHERE workspace_id = ? ",
            $which
        )
    };
}
pub(crate) use select;

/// A page of handoffs before a moment and an id, the one in which something happened last first.
///
/// # Errors
/// [`StoreError`].
pub fn list_handoffs(
    scope: &mut Scope<'_, '_>,
    before: (i64, Uuid),
    most: u32,
) -> Result<Vec<HandoffRow>, StoreError> {
    let parameters = scope.with([before.0.into(), before.1.into(), i64::from(most).into()]);
    scope.tx.query(
        select!("AND (changed_at, id) < (?, ?) ORDER BY changed_at DESC, id DESC LIMIT ?"),
        &parameters,
        read,
    )
}

/// The handoffs to a person, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_of_person(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
) -> Result<Vec<HandoffRow>, StoreError> {
    let parameters = scope.with([person.into()]);
    scope.tx.query(
        select!("AND person_id = ? ORDER BY id DESC"),
        &parameters,
        read,
    )
}

/// The handoffs of an activity, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_of_activity(
    scope: &mut Scope<'_, '_>,
    activity: Uuid,
) -> Result<Vec<HandoffRow>, StoreError> {
    let parameters = scope.with([activity.into()]);
    scope.tx.query(
        select!("AND activity_id = ? ORDER BY id DESC"),
        &parameters,
        read,
    )
}

/// The handoffs by a blueprint, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_of_blueprint(
    scope: &mut Scope<'_, '_>,
    blueprint: Uuid,
) -> Result<Vec<HandoffRow>, StoreError> {
    let parameters = scope.with([blueprint.into()]);
    scope.tx.query(
        select!("AND blueprint_id = ? ORDER BY id DESC"),
        &parameters,
        read,
    )
}

/// A handoff by its id.
///
/// # Errors
/// [`StoreError`].
pub fn load_handoff(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<Option<HandoffRow>, StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.first(select!("AND id = ?"), &parameters, read)
}

/// The columns of a change, all empty where there is none.
fn change_of(handoff: &HandoffRow) -> [Value; 5] {
    let change = handoff.change.as_ref();
    [
        change.map(|it| it.unit.as_str()).into(),
        change.map(|it| it.amount.as_str()).into(),
        change.map(|it| it.currency.as_str()).into(),
        change.map(|it| it.blueprint_number).into(),
        change.map(|it| it.start_day).into(),
    ]
}

/// The columns that can change, in the order of both statements.
fn changing(handoff: &HandoffRow) -> Vec<Value> {
    let mut all: Vec<Value> = vec![
        handoff.agreed.unit.as_str().into(),
        handoff.agreed.amount.as_str().into(),
        handoff.agreed.currency.as_str().into(),
        handoff.agreed.blueprint_number.into(),
        handoff.agreed.start_day.into(),
    ];
    all.extend(change_of(handoff));
    all.extend([
        handoff.change_note.as_str().into(),
        handoff.expected.as_str().into(),
        handoff.note.as_str().into(),
        handoff.sent_by.as_str().into(),
        handoff.is_critical.into(),
        handoff.rung.into(),
        handoff.in_a_row.into(),
        handoff.clean_in_row.into(),
        handoff.answer_by_hours.into(),
        handoff.accept_after_days.into(),
        handoff.trial_length.into(),
        handoff.trial_done.into(),
        handoff.state.as_str().into(),
        handoff.paused_from.as_deref().into(),
        handoff.end_reason.as_deref().into(),
        handoff.changed_at.into(),
    ]);
    all
}

/// Adds a handoff.
///
/// # Errors
/// [`StoreError::Missing`] where its activity, blueprint or person is not there.
pub fn insert_handoff(scope: &mut Scope<'_, '_>, handoff: &HandoffRow) -> Result<(), StoreError> {
    let mut parameters = changing(handoff);
    parameters.extend(scope.with([
        handoff.id.into(),
        handoff.activity_id.into(),
        handoff.blueprint_id.into(),
        handoff.person_id.into(),
        handoff.reason.as_str().into(),
        handoff.created_by.into(),
        handoff.created_at.into(),
        handoff.version.into(),
    ]));
    scope.tx.execute_one(
        "INSERT INTO handoff (unit, amount, currency, blueprint_number, start_day, change_unit, change_amount, change_currency, change_blueprint_number, change_start_day, change_note, \
         expected, note, sent_by, is_critical, rung, in_a_row, clean_in_row, answer_by_hours, accept_after_days, trial_length, trial_done, state, paused_from, end_reason, changed_at, \
         workspace_id, id, activity_id, blueprint_id, person_id, reason, created_by, created_at, version) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Changes a handoff that nobody has changed since it was read. What it is of, to whom and why stays.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_handoff(scope: &mut Scope<'_, '_>, handoff: &HandoffRow) -> Result<(), StoreError> {
    let mut parameters = changing(handoff);
    parameters.extend(scope.with([handoff.id.into(), handoff.version.into()]));
    scope.tx.execute_one(
        "UPDATE handoff SET unit = ?, amount = ?, currency = ?, blueprint_number = ?, start_day = ?, change_unit = ?, change_amount = ?, change_currency = ?, change_blueprint_number = ?, change_start_day = ?, change_note = ?, \
         expected = ?, note = ?, sent_by = ?, is_critical = ?, rung = ?, in_a_row = ?, clean_in_row = ?, answer_by_hours = ?, accept_after_days = ?, trial_length = ?, trial_done = ?, state = ?, paused_from = ?, end_reason = ?, changed_at = ?, \
         version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?",
        &parameters,
    )
}
