//! What is changed of a recurrence: its zone, its days off, its end.

use jiff::civil::Date;
use offdesk_store::recurrences::{
    RecurrenceRow, list_recurrences, load_recurrence, update_recurrence,
};
use offdesk_store::{Scope, Tx, Uuid};

use super::following::{civil_of, given_at, recurrence_of, refused, zone_of};
use super::recurring::{RecurrenceDetail, in_a_line, with_next};
use super::who::{Part, enter, enter_to_change};
use crate::activities::Seen;
use crate::actor::Actor;
use crate::change::note;
use crate::error::{Error, ErrorKind, on_conflict};
use crate::moment::Moment;

/// Stops a recurrence: nothing more is given. What was given stays.
///
/// # Errors
/// `not_found`, `recurrence.changed`.
pub fn stop_recurrence(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    seen: Seen,
    moment: Moment,
) -> Result<RecurrenceDetail, Error> {
    change(tx, actor, id, seen, moment, "stop_recurrence", |row| {
        Ok(stopped(row))
    })
}

fn stopped(row: RecurrenceRow) -> RecurrenceRow {
    RecurrenceRow {
        state: "stopped".to_owned(),
        next_at: None,
        ..row
    }
}

/// Stops what comes back under a handoff that ends: nothing is given under it any more.
pub(crate) fn stop_all_of(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    handoff: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    let mut rows = list_recurrences(scope, handoff)?;
    rows.retain(|row| row.state == "active");
    for row in rows {
        save(scope, actor, stopped(row), "stop_recurrence", moment)?;
    }
    Ok(())
}

/// Holds a recurrence against the handoff that it is said to be of.
///
/// # Errors
/// `not_found` where it is of another one, or there is none.
pub fn check_recurrence_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
    id: Uuid,
) -> Result<(), Error> {
    let mut scope = enter(tx, actor, Part::Arrange)?;
    let row = load_recurrence(&mut scope, id)?;
    row.filter(|row| row.handoff_id == handoff)
        .map(|_| ())
        .ok_or_else(|| Error::not_found("recurrence"))
}

/// What is changed of a recurrence; what is not said stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecurrenceChange {
    /// The zone of its clock.
    pub zone: Option<String>,
    /// Its days off, in the place of those it had: days of the week from Monday as bit 0, and single days.
    pub days_off: Option<(u8, Vec<Date>)>,
}

/// Moves a recurrence to another zone: the wall clock stays, nothing comes twice and nothing is left out.
///
/// # Errors
/// As [`change_recurrence`].
pub fn move_recurrence(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    zone: &str,
    seen: Seen,
    moment: Moment,
) -> Result<RecurrenceDetail, Error> {
    let moved = RecurrenceChange {
        zone: Some(zone.to_owned()),
        days_off: None,
    };
    change_recurrence(tx, actor, id, moved, seen, moment)
}

/// Moves a recurrence to another zone, or gives it other days off: what comes from now on follows them, nothing comes twice.
///
/// # Errors
/// `not_found`, `recurrence.zone`, `recurrence.changed`, `recurrence.same` where nothing is said, `recurrence.never` where it would fall on days
/// off alone.
pub fn change_recurrence(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    new: RecurrenceChange,
    seen: Seen,
    moment: Moment,
) -> Result<RecurrenceDetail, Error> {
    if new == RecurrenceChange::default() {
        let message = "it is not said what is to change of it";
        return Err(Error::invalid("zone", "recurrence.same", message)
            .hint("name its zone, or its days off"));
    }
    if let Some(zone) = &new.zone {
        zone_of(zone)?;
    }
    change(tx, actor, id, seen, moment, "move_recurrence", move |row| {
        let (off_weekdays, off_days) = match new.days_off {
            Some((weekdays, days)) => (weekdays.into(), in_a_line(&days)),
            None => (row.off_weekdays, row.off_days.clone()),
        };
        let moved = RecurrenceRow {
            zone: new.zone.map_or(row.zone, |zone| zone.trim().to_owned()),
            off_weekdays,
            off_days,
            ..row
        };
        if moved.state != "active" {
            return Ok(moved);
        }
        let next = recurrence_of(&moved)?;
        let next = next
            .after(moved.done_wall.and_then(civil_of))
            .map_err(refused)?;
        Ok(RecurrenceRow {
            next_at: next.map(|it| given_at(it.at, moved.lead_hours)),
            ..moved
        })
    })
}

fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    seen: Seen,
    moment: Moment,
    what: &str,
    with: impl FnOnce(RecurrenceRow) -> Result<RecurrenceRow, Error>,
) -> Result<RecurrenceDetail, Error> {
    let mut scope = enter_to_change(tx, actor, Part::Arrange)?;
    let row = load_recurrence(&mut scope, id)?.ok_or_else(|| Error::not_found("recurrence"))?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(changed());
    }
    with_next(save(&mut scope, actor, with(row)?, what, moment)?)
}

fn save(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: RecurrenceRow,
    what: &str,
    moment: Moment,
) -> Result<RecurrenceRow, Error> {
    let mut row = RecurrenceRow {
        changed_at: moment.micros(),
        ..row
    };
    update_recurrence(scope, &row).map_err(on_conflict(changed))?;
    row.version += 1;
    let (rule, zone) = (row.rule.as_str(), row.zone.as_str());
    note(scope, actor, moment, what, rule, zone)?;
    Ok(row)
}

fn changed() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "recurrence.changed",
        "this recurrence has changed since you opened it",
    )
    .hint("look at it again, then repeat what you wanted")
}
