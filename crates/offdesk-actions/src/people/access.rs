//! What people were let into, so that it is taken back when they go.

use offdesk_domain::Day;
use offdesk_store::people::access::{
    AccessRow, insert_access, list_access, revoke_access as revoke_stored,
};
use offdesk_store::{Tx, Uuid};

use super::fields::line;
use super::{PersonDetail, detail, load};
use crate::actor::{Actor, Permission};
use crate::change::{name_of, note};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::pay::day_or_today;

/// So many a person may have.
const MOST_ACCESS: usize = 500;
const LONGEST_NAME: usize = 160;

/// An access as it is typed at any door. No secret belongs in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewAccess {
    /// What it is.
    pub what: String,
    /// Where it is.
    pub location: String,
    /// Since which day; today where none is said.
    pub granted: Option<Day>,
}

/// Notes that a person was let into something.
///
/// # Errors
/// `not_found`, `name.empty`, `name.long`, `access.many`.
pub fn grant_access(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    new: &NewAccess,
    moment: Moment,
) -> Result<PersonDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    load(&mut scope, person)?;
    if list_access(&mut scope, person)?.len() >= MOST_ACCESS {
        return Err(Error::new(
            ErrorKind::Conflict,
            "access.many",
            format!("a person has at most {MOST_ACCESS} accesses"),
        ));
    }
    let row = AccessRow {
        person_id: person,
        id: moment.id(),
        what: name_of("what", &new.what, LONGEST_NAME)?,
        location: line("location", &new.location)?,
        granted_day: day_or_today(&mut scope, "granted", new.granted, moment)?
            .0
            .into(),
        revoked_day: None,
        created_at: moment.micros(),
    };
    insert_access(&mut scope, &row)?;
    note(&mut scope, actor, moment, "grant_access", person, row.what)?;
    detail(&mut scope, person, moment)
}

/// Notes that an access was taken back: today, or on a day.
///
/// # Errors
/// `not_found`, `access.revoked` where it was taken back already, `access.day` for a day before it was granted.
pub fn revoke_access(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    access: Uuid,
    day: Option<Day>,
    moment: Moment,
) -> Result<PersonDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    load(&mut scope, person)?;
    let all = list_access(&mut scope, person)?;
    let row = all.into_iter().find(|row| row.id == access);
    let row = row.ok_or_else(|| Error::not_found("access"))?;
    let day = i64::from(day_or_today(&mut scope, "day", day, moment)?.0);
    if day < row.granted_day {
        return Err(Error::invalid(
            "day",
            "access.day",
            "it cannot be taken back before it was granted",
        ));
    }
    if !revoke_stored(&mut scope, person, access, day)? {
        return Err(Error::new(
            ErrorKind::Conflict,
            "access.revoked",
            "this access was taken back already",
        ));
    }
    note(&mut scope, actor, moment, "revoke_access", person, row.what)?;
    detail(&mut scope, person, moment)
}
