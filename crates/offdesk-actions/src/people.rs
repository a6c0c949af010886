//! People who can do work: who they are, what they are paid since when, what they were let into.

mod access;
mod changing;
mod fields;
pub mod inviting;
pub mod json;
mod moved;
mod off;
pub mod own;
mod terms;

pub use self::access::{NewAccess, grant_access, revoke_access};
pub use self::changing::{add_person, change_person, set_person_state};
pub use self::fields::PersonFields;
pub(crate) use self::fields::{text_of, zone_of};
pub(crate) use self::moved::{MOVED, is_left_behind};
pub use self::off::{OffDays, list_off, load_off_days};
pub use self::terms::{NewTerms, add_terms, remove_terms};
pub(crate) use self::terms::{read_terms, terms_on};

use std::collections::HashMap;

use offdesk_domain::Day;
use offdesk_domain::person::{PersonKind, PersonState, Terms};
use offdesk_store::handoffs::list_of_person;
use offdesk_store::handoffs::open::count_open;
use offdesk_store::people::access::{AccessRow, list_access};
use offdesk_store::people::joining::list_invitations_of;
use offdesk_store::people::terms::{TermsRow, list_terms};
use offdesk_store::people::{
    PersonRow, list_named, list_people as stored, load_person as stored_one, update_person,
};
use offdesk_store::{Scope, Tx, Uuid};

use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};
use crate::handoffs::{HandoffSummary, summaries};
use crate::moment::Moment;
use crate::pay::today_in;

/// A person with all that belongs to them.
#[derive(Debug, Clone)]
pub struct PersonDetail {
    /// The person.
    pub row: PersonRow,
    /// Their kind.
    pub kind: PersonKind,
    /// Whether they can be handed work.
    pub state: PersonState,
    /// What they are paid, by day.
    pub terms: Vec<TermsRow>,
    /// What they are paid now.
    pub now: Option<Terms>,
    /// What they were let into.
    pub access: Vec<AccessRow>,
    /// What was handed off to them, the latest first.
    pub handoffs: Vec<HandoffSummary>,
    /// Their open invitations: id and until when.
    pub invitations: Vec<(Uuid, i64)>,
    /// The first day on which they are back, where they are off now.
    pub off_until: Option<Day>,
}

impl PersonDetail {
    /// What they were let into and what was not taken back.
    pub fn open_access(&self) -> impl Iterator<Item = &AccessRow> {
        self.access.iter().filter(|it| it.revoked_day.is_none())
    }
}

/// A page of people: those who can be handed work first, each by name, behind a place in the list.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_people(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<(&str, &str, Uuid)>,
    most: u32,
) -> Result<Vec<PersonRow>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    Ok(stored(
        &mut scope,
        after.unwrap_or(("", "", Uuid::nil())),
        most,
    )?)
}

/// How many handoffs to each person are open.
///
/// # Errors
/// Those of the actor and of the store.
pub fn count_open_handoffs(tx: &mut Tx<'_>, actor: &Actor) -> Result<HashMap<Uuid, u64>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    Ok(count_open(&mut scope)?.into_iter().collect())
}

/// A person of the open workspace.
///
/// # Errors
/// `not_found`.
pub fn load_person(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    moment: Moment,
) -> Result<PersonDetail, Error> {
    detail(&mut actor.within(tx, Permission::See)?, id, moment)
}

/// The same for whoever is about to change it, whether or not they may look at everything else.
///
/// # Errors
/// `not_found`.
pub fn load_person_to_change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    moment: Moment,
) -> Result<PersonDetail, Error> {
    detail(&mut actor.within(tx, Permission::Edit)?, id, moment)
}

pub(crate) fn detail(
    scope: &mut Scope<'_, '_>,
    id: Uuid,
    moment: Moment,
) -> Result<PersonDetail, Error> {
    let row = load(scope, id)?;
    let terms = list_terms(scope, id)?;
    let today = today_in(scope, moment)?;
    let handoffs = list_of_person(scope, id)?;
    Ok(PersonDetail {
        kind: kind_of(&row)?,
        state: state_of(&row)?,
        now: terms_on(&terms, today)?,
        access: list_access(scope, id)?,
        handoffs: summaries(scope, handoffs)?,
        invitations: list_invitations_of(scope, id, moment.micros())?,
        off_until: OffDays::of(scope, moment)?.off_until(&row),
        terms,
        row,
    })
}

/// The person of a name or an id.
///
/// # Errors
/// `not_found`, `person.which` where several have the name.
pub fn identify_person(tx: &mut Tx<'_>, actor: &Actor, which: &str) -> Result<Uuid, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    if let Ok(id) = Uuid::try_parse(which.trim())
        && let Some(row) = stored_one(&mut scope, id)?
    {
        return Ok(row.id);
    }
    match list_named(&mut scope, which.trim())?.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Error::not_found("person")),
        [first, ..] => Err(Error::new(
            ErrorKind::Conflict,
            "person.which",
            format!("several people are called \"{}\"", first.name),
        )
        .hint("name them by their id; the JSON of the list has them")),
    }
}

/// The names of people, each read once.
#[derive(Default)]
pub(crate) struct Names(HashMap<Uuid, String>);

impl Names {
    /// The name of a person; empty where they are not there.
    pub(crate) fn of(&mut self, scope: &mut Scope<'_, '_>, id: Uuid) -> Result<String, Error> {
        if let Some(known) = self.0.get(&id) {
            return Ok(known.clone());
        }
        let name = stored_one(scope, id)?.map_or_else(String::new, |it| it.name);
        self.0.insert(id, name.clone());
        Ok(name)
    }
}

fn save(scope: &mut Scope<'_, '_>, row: PersonRow, moment: Moment) -> Result<(), Error> {
    let row = PersonRow {
        changed_at: moment.micros(),
        ..row
    };
    Ok(update_person(scope, &row)?)
}

pub(crate) fn load(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<PersonRow, Error> {
    stored_one(scope, id)?.ok_or_else(|| Error::not_found("person"))
}

fn load_seen(scope: &mut Scope<'_, '_>, id: Uuid, seen: Seen) -> Result<PersonRow, Error> {
    let row = load(scope, id)?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(Error::new(
            ErrorKind::Conflict,
            "person.changed",
            "somebody has changed this person since you opened them",
        )
        .hint("look at them again, then repeat what you wanted"));
    }
    Ok(row)
}

pub(crate) fn kind_of(row: &PersonRow) -> Result<PersonKind, Error> {
    PersonKind::of(&row.kind).ok_or_else(damaged)
}

pub(crate) fn state_of(row: &PersonRow) -> Result<PersonState, Error> {
    PersonState::of(&row.state).ok_or_else(damaged)
}

fn damaged() -> Error {
    Error::new(
        ErrorKind::Failed,
        "store.damaged",
        "a person in the database is not understood",
    )
}
