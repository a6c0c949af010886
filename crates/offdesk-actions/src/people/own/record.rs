//! What is known of a worker, for themselves: to read, to put right, and until when they are off.

use offdesk_domain::Day;
use offdesk_domain::person::Terms;
use offdesk_store::Tx;
use offdesk_store::people::PersonRow;
use offdesk_store::people::access::{AccessRow, list_access};
use offdesk_store::people::terms::{TermsRow, list_terms};

use super::own;
use crate::activities::Seen;
use crate::actor::Actor;
use crate::change::{name_of, note};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::pay::today_in;
use crate::people::fields::{LONGEST_NAME, line, zone_of};
use crate::people::moved::tell_moved;
use crate::people::{OffDays, save, terms_on};

/// So far ahead somebody can be off.
const MOST_DAYS_OFF: i32 = 400;

/// What is known of a worker, for themselves.
#[derive(Debug, Clone)]
pub struct OwnRecord {
    /// The person.
    pub row: PersonRow,
    /// What they are paid, by day.
    pub terms: Vec<TermsRow>,
    /// What they are paid now.
    pub now: Option<Terms>,
    /// What they were let into.
    pub access: Vec<AccessRow>,
    /// The first day on which they are back, where they are off.
    pub off_until: Option<Day>,
}

/// What is known of the actor.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_own_record(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<OwnRecord, Error> {
    let (mut scope, row) = own(tx, actor)?;
    let terms = list_terms(&mut scope, row.id)?;
    let today = today_in(&mut scope, moment)?;
    Ok(OwnRecord {
        now: terms_on(&terms, today)?,
        access: list_access(&mut scope, row.id)?,
        off_until: OffDays::of(&mut scope, moment)?.off_until(&row),
        terms,
        row,
    })
}

/// What a worker puts right of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnFields {
    /// Name.
    pub name: String,
    /// Their zone.
    pub zone: String,
    /// When they work, in words.
    pub working_hours: String,
    /// Languages, in words.
    pub languages: String,
    /// What they can do, in words.
    pub skills: String,
}

/// The actor puts right what is known of them.
///
/// # Errors
/// `name.empty`, `name.long`, `person.zone`, `person.changed`.
pub fn change_own_record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    fields: &OwnFields,
    seen: Seen,
    moment: Moment,
) -> Result<(), Error> {
    let (mut scope, row) = own(tx, actor)?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(Error::new(
            ErrorKind::Conflict,
            "person.changed",
            "this was changed since you opened it",
        )
        .hint("look at it again, then repeat what you wanted"));
    }
    let zone = zone_of(&fields.zone)?;
    tell_moved(&mut scope, actor, &row, &zone, moment)?;
    let changed = PersonRow {
        name: name_of("name", &fields.name, LONGEST_NAME)?,
        zone,
        working_hours: line("working_hours", &fields.working_hours)?,
        languages: line("languages", &fields.languages)?,
        skills: line("skills", &fields.skills)?,
        ..row
    };
    let id = changed.id;
    save(&mut scope, changed, moment)?;
    note(&mut scope, actor, moment, "change_own_record", id, "")
}

/// The actor is off until a day, the first on which they are back; or not any more. Which day it is now is that of where they are.
///
/// # Errors
/// `person.off` for a day that has come already or is too far away.
pub fn set_off_until(
    tx: &mut Tx<'_>,
    actor: &Actor,
    back: Option<Day>,
    moment: Moment,
) -> Result<(), Error> {
    let (mut scope, row) = own(tx, actor)?;
    let today = OffDays::of(&mut scope, moment)?.today_of(&row);
    if let Some(back) = back {
        let refuse = |why: &str| Err(Error::invalid("off_until", "person.off", why));
        if back <= today {
            return refuse("that day has come already: name the first day on which you are back");
        }
        if back.0.saturating_sub(today.0) > MOST_DAYS_OFF {
            return refuse("that day is more than 400 days away");
        }
    }
    let id = row.id;
    let changed = PersonRow {
        off_until: back.map(|day| day.0.into()),
        ..row
    };
    save(&mut scope, changed, moment)?;
    let told = back.map_or_else(String::new, |day| day.date().to_string());
    note(&mut scope, actor, moment, "set_off_until", id, told)
}
