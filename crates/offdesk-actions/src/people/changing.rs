//! People are added, changed, and kept as former.

use offdesk_domain::person::PersonState;
use offdesk_store::assignments::lists::list_open_of_person;
use offdesk_store::handoffs::list_of_person;
use offdesk_store::people::{PersonRow, count_people, insert_person};
use offdesk_store::{Tx, Uuid};

use super::inviting::withdraw;
use super::moved::tell_moved;
use super::{NewTerms, PersonDetail, PersonFields, detail, load_seen, save, terms};
use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::assignments::is_judged_blind;
use crate::assignments::open::named;
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::handoffs::is_over;
use crate::moment::Moment;

/// So many people a workspace may have.
const MOST_PEOPLE: u64 = 10_000;

/// Adds a person, with what they are paid from now on where that is said.
///
/// # Errors
/// `person.kind`, `name.empty`, `name.long`, `account.email`, `person.place`, `person.zone`, `person.capacity`, `person.many`, and those
/// of `add_terms`.
pub fn add_person(
    tx: &mut Tx<'_>,
    actor: &Actor,
    fields: &PersonFields,
    terms: Option<&NewTerms>,
    moment: Moment,
) -> Result<PersonDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    if count_people(&mut scope)? >= MOST_PEOPLE {
        return Err(Error::new(
            ErrorKind::Conflict,
            "person.many",
            format!("a workspace has at most {MOST_PEOPLE} people"),
        ));
    }
    let new = PersonRow {
        id: moment.id(),
        kind: String::new(),
        name: String::new(),
        email: String::new(),
        place: String::new(),
        zone: String::new(),
        working_hours: String::new(),
        languages: String::new(),
        skills: String::new(),
        capacity_per_week: None,
        fees: String::new(),
        notes: String::new(),
        account_id: None,
        off_until: None,
        state: PersonState::Active.word().to_owned(),
        created_at: moment.micros(),
        changed_at: moment.micros(),
        version: 1,
    };
    let row = fields.on(&new)?;
    insert_person(&mut scope, &row)?;
    note(&mut scope, actor, moment, "add_person", row.name, row.kind)?;
    if let Some(terms) = terms {
        terms::insert(&mut scope, actor, row.id, terms, moment)?;
    }
    detail(&mut scope, row.id, moment)
}

/// Changes what is known of a person.
///
/// # Errors
/// `not_found`, `person.changed` where somebody has changed them meanwhile, and those of [`add_person`].
pub fn change_person(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    fields: &PersonFields,
    seen: Seen,
    moment: Moment,
) -> Result<PersonDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = load_seen(&mut scope, id, seen)?;
    let changed = fields.on(&row)?;
    if changed.email != row.email {
        // A link counts for the address it was made for alone.
        withdraw(&mut scope, id, moment)?;
    }
    tell_moved(&mut scope, actor, &row, &changed.zone, moment)?;
    save(&mut scope, changed, moment)?;
    note(&mut scope, actor, moment, "change_person", id, "")?;
    detail(&mut scope, id, moment)
}

/// Says whether a person can be handed work. Their record stays in either case.
///
/// # Errors
/// `not_found`, `person.changed`, `person.handoffs` where something is still handed off to them, `person.open_work` where
/// something is still on their desk.
pub fn set_person_state(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    state: PersonState,
    seen: Seen,
    moment: Moment,
) -> Result<PersonDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    scope.hold()?;
    let row = load_seen(&mut scope, id, seen)?;
    if state == PersonState::Former {
        let handoffs = list_of_person(&mut scope, id)?;
        match handoffs.iter().filter(|it| !is_over(it)).count() {
            0 => {}
            count => {
                let message = format!("{count} handoffs to them are still open");
                return Err(Error::new(ErrorKind::Conflict, "person.handoffs", message)
                    .hint("end them first, each with its reason"));
            }
        }
    }
    if state == PersonState::Former {
        let (blind, open): (Vec<_>, Vec<_>) = list_open_of_person(&mut scope, id)?
            .into_iter()
            .partition(is_judged_blind);
        if !open.is_empty() || !blind.is_empty() {
            let what = match open.as_slice() {
                [] => "something of theirs is not settled yet".to_owned(),
                open => format!("assignments are still on their desk: {}", named(open)),
            };
            return Err(Error::new(ErrorKind::Conflict, "person.open_work", what)
                .hint("take them back, or let them be done and looked at; what was returned to them can be accepted as it is"));
        }
    }
    if state == PersonState::Former {
        withdraw(&mut scope, id, moment)?;
    }
    let changed = PersonRow {
        state: state.word().to_owned(),
        ..row
    };
    save(&mut scope, changed, moment)?;
    let word = state.word();
    note(&mut scope, actor, moment, "set_person_state", id, word)?;
    detail(&mut scope, id, moment)
}
