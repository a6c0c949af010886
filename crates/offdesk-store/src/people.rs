//! People who can do work.

pub mod access;
pub mod joining;
pub mod terms;

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Value};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Id.
    pub id: Uuid,
    /// Kind in one word.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Address; may be empty.
    pub email: String,
    /// Where they work; may be empty.
    pub place: String,
    /// Their zone; may be empty.
    pub zone: String,
    /// When they work, in their words.
    pub working_hours: String,
    /// Languages, in words.
    pub languages: String,
    /// What they can do, in words.
    pub skills: String,
    /// Seconds a week they have for this; `None` where nobody has said.
    pub capacity_per_week: Option<i64>,
    /// What is paid beside the terms, in words.
    pub fees: String,
    /// What the owner notes.
    pub notes: String,
    /// The account they have joined with.
    pub account_id: Option<Uuid>,
    /// The first day on which they are back.
    pub off_until: Option<i64>,
    /// State in one word.
    pub state: String,
    /// When they were added.
    pub created_at: i64,
    /// When they were changed.
    pub changed_at: i64,
    /// Version, for changes.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<PersonRow, StoreError> {
    Ok(PersonRow {
        id: row.id(0)?,
        kind: row.text(1)?,
        name: row.text(2)?,
        email: row.text(3)?,
        place: row.text(4)?,
        zone: row.text(5)?,
        working_hours: row.text(6)?,
        languages: row.text(7)?,
        skills: row.text(8)?,
        capacity_per_week: row.opt_int(9)?,
        fees: row.text(10)?,
        notes: row.text(11)?,
        account_id: row.opt_id(12)?,
        off_until: row.opt_int(13)?,
        state: row.text(14)?,
        created_at: row.int(15)?,
        changed_at: row.int(16)?,
        version: row.int(17)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, kind, name, email, place, zone, working_hours, languages, skills, capacity_per_week, fees, notes, ",
            "account_id, off_until, state, created_at, changed_at, version FROM person WHERE workspace_id = ? ",
            $which
        )
    };
}

/// The people of a workspace, those who can be handed work first, each by name, after a state, a name and an id.
///
/// # Errors
/// [`StoreError`].
pub fn list_people(
    scope: &mut Scope<'_, '_>,
    after: (&str, &str, Uuid),
    most: u32,
) -> Result<Vec<PersonRow>, StoreError> {
    let parameters = scope.with([
        after.0.into(),
        after.1.into(),
        after.2.into(),
        i64::from(most).into(),
    ]);
    scope.tx.query(
        select!("AND (state, name, id) > (?, ?, ?) ORDER BY state, name, id LIMIT ?"),
        &parameters,
        read,
    )
}

/// How many people there are.
///
/// # Errors
/// [`StoreError`].
pub fn count_people(scope: &mut Scope<'_, '_>) -> Result<u64, StoreError> {
    let parameters = scope.with([]);
    let found = scope.tx.first(
        "SELECT COUNT(*) FROM person WHERE workspace_id = ?",
        &parameters,
        |row| row.count(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// People of a name, whether its letters are small or not; at most three, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_named(scope: &mut Scope<'_, '_>, name: &str) -> Result<Vec<PersonRow>, StoreError> {
    let parameters = scope.with([name.into()]);
    scope.tx.query(
        select!("AND LOWER(name) = LOWER(?) ORDER BY id LIMIT 3"),
        &parameters,
        read,
    )
}

/// A person by their id.
///
/// # Errors
/// [`StoreError`].
pub fn load_person(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<Option<PersonRow>, StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.first(select!("AND id = ?"), &parameters, read)
}

/// The person who has joined with an account.
///
/// # Errors
/// [`StoreError`].
pub fn load_person_of(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
) -> Result<Option<PersonRow>, StoreError> {
    let parameters = scope.with([account.into()]);
    scope
        .tx
        .first(select!("AND account_id = ?"), &parameters, read)
}

/// The columns that can change, in the order of both statements.
fn changing(person: &PersonRow) -> Vec<Value> {
    vec![
        person.kind.as_str().into(),
        person.name.as_str().into(),
        person.email.as_str().into(),
        person.place.as_str().into(),
        person.zone.as_str().into(),
        person.working_hours.as_str().into(),
        person.languages.as_str().into(),
        person.skills.as_str().into(),
        person.capacity_per_week.into(),
        person.fees.as_str().into(),
        person.notes.as_str().into(),
        person.account_id.into(),
        person.off_until.into(),
        person.state.as_str().into(),
        person.changed_at.into(),
    ]
}

/// Adds a person.
///
/// # Errors
/// [`StoreError::Missing`] where their account is no member.
pub fn insert_person(scope: &mut Scope<'_, '_>, person: &PersonRow) -> Result<(), StoreError> {
    let mut parameters = changing(person);
    parameters.extend(scope.with([
        person.id.into(),
        person.created_at.into(),
        person.version.into(),
    ]));
    scope.tx.execute_one(
        "INSERT INTO person (kind, name, email, place, zone, working_hours, languages, skills, capacity_per_week, fees, notes, account_id, off_until, state, changed_at, workspace_id, id, created_at, version) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Changes a person whom nobody has changed since they were read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has, or another person has the account.
pub fn update_person(scope: &mut Scope<'_, '_>, person: &PersonRow) -> Result<(), StoreError> {
    let mut parameters = changing(person);
    parameters.extend(scope.with([person.id.into(), person.version.into()]));
    scope.tx.execute_one(
        "UPDATE person SET kind = ?, name = ?, email = ?, place = ?, zone = ?, working_hours = ?, languages = ?, skills = ?, capacity_per_week = ?, fees = ?, notes = ?, account_id = ?, off_until = ?, state = ?, changed_at = ?, version = version + 1 \
         WHERE workspace_id = ? AND id = ? AND version = ?",
        &parameters,
    )
}
