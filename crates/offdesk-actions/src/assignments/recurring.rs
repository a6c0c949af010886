//! Recurrences of a handoff: made, looked ahead, moved to another zone, stopped.

use jiff::civil::{Date, DateTime};
use offdesk_domain::Day;
use offdesk_domain::recurrence::{
    DaysOff, Occurrence, Recurrence, RecurrenceError, WEEKDAYS, contradiction,
};
use offdesk_store::recurrences::{RecurrenceRow, insert_recurrence, list_recurrences as stored};
use offdesk_store::{Tx, Uuid};

use super::following::{civil_of, given_at, recurrence_of, refused, wall_in, wall_of, zone_of};
pub use super::following::{days_off, start_of};
pub use super::recurrence_changes::{
    RecurrenceChange, change_recurrence, check_recurrence_of, move_recurrence, stop_recurrence,
};
use super::typed::{LONGEST_NOTE, LONGEST_TITLE, text_of};
use super::who::{Part, enter_to_change};
use crate::actor::{Actor, Permission};
use crate::change::{name_of, note};
use crate::error::{Error, ErrorKind};
use crate::handoffs;
use crate::moment::Moment;
use crate::near::near;

/// So many recurrences a handoff may have.
const MOST: usize = 20;
/// So many hours ahead of its due date something is given where nothing is said.
pub const LEAD_HOURS: i64 = 48;
/// Given when it is due there is no time left to do it: so many hours ahead at the least.
const LEAST_LEAD_HOURS: i64 = 1;
/// So many hours ahead of its due date something can be given: thirteen weeks.
const MOST_LEAD_HOURS: i64 = 13 * 7 * 24;

/// A recurrence that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecurrence {
    /// What is done, in a line; the blueprint's title where nothing is said.
    pub title: String,
    /// What the person is told with each.
    pub note: String,
    /// A rule such as `FREQ=WEEKLY;BYDAY=MO`: when it is due.
    pub rule: String,
    /// The first moment it may be due, on the wall clock.
    pub start: Option<DateTime>,
    /// The zone of that clock, such as `Europe/Berlin`.
    pub zone: String,
    /// Days of the week that are off, from Monday as bit 0.
    pub off_weekdays: u8,
    /// Holidays and other single days.
    pub off_days: Vec<Date>,
    /// It is given so many hours before it is due.
    pub lead_hours: i64,
}

impl Default for NewRecurrence {
    fn default() -> Self {
        Self {
            title: String::new(),
            note: String::new(),
            rule: String::new(),
            start: None,
            zone: String::new(),
            off_weekdays: 0,
            off_days: Vec::new(),
            lead_hours: LEAD_HOURS,
        }
    }
}

/// A recurrence with its next occurrences.
#[derive(Debug, Clone)]
pub struct RecurrenceDetail {
    /// The recurrence.
    pub row: RecurrenceRow,
    /// When it is due next, the first few.
    pub next: Vec<Occurrence>,
}

impl RecurrenceDetail {
    /// Its days off as they are typed: `SA SU 2026-12-25`.
    #[must_use]
    pub fn days_off(&self) -> String {
        let weekdays = (0..)
            .zip(WEEKDAYS)
            .filter(|(bit, _)| self.row.off_weekdays >> bit & 1 == 1)
            .map(|(_, name)| name);
        let days = self.row.off_days.split_whitespace();
        weekdays.chain(days).collect::<Vec<_>>().join(" ")
    }
}

/// Makes a recurrence of a handoff.
///
/// # Errors
/// `not_found`, `recurrence.rule`, `recurrence.many`, `recurrence.never`, `recurrence.start`, `recurrence.zone`, `recurrence.lead`,
/// `recurrence.most`, and those of names and texts.
pub fn create_recurrence(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
    new: &NewRecurrence,
    moment: Moment,
) -> Result<RecurrenceDetail, Error> {
    let mut scope = enter_to_change(tx, actor, Part::Arrange)?;
    let handoff = handoffs::load(&mut scope, handoff)?;
    if handoffs::is_over(&handoff) {
        return Err(Error::new(
            ErrorKind::Conflict,
            "assignment.handoff",
            format!(
                "this handoff is {}: nothing comes back under it",
                handoff.state
            ),
        ));
    }
    if stored(&mut scope, handoff.id)?.len() >= MOST {
        return Err(Error::new(
            ErrorKind::Conflict,
            "recurrence.most",
            format!("a handoff has at most {MOST} recurrences"),
        ));
    }
    if !(LEAST_LEAD_HOURS..=MOST_LEAD_HOURS).contains(&new.lead_hours) {
        return Err(Error::invalid(
            "lead_hours",
            "recurrence.lead",
            format!("{} is no number of hours to give it ahead", new.lead_hours),
        )
        .hint(format!("write hours between {LEAST_LEAD_HOURS} and {MOST_LEAD_HOURS}: given when it is due, there is no time left to do it")));
    }
    let start = new.start.ok_or_else(|| {
        Error::invalid(
            "start",
            "recurrence.start",
            "it is not said when it is due the first time",
        )
        .hint("write a moment on the wall clock, such as 2026-03-02T17:00")
    })?;
    near("start", Day::from_date(start.date()), moment.today())?;
    let off = DaysOff {
        weekdays: new.off_weekdays,
        days: new
            .off_days
            .iter()
            .map(|date| Day::from_date(*date))
            .collect(),
    };
    let recurrence =
        Recurrence::new(&new.rule, start, zone_of(&new.zone)?, off).map_err(refused)?;
    if let Some(why) = contradiction(&new.rule) {
        return Err(refused(RecurrenceError::Contradicts(why)));
    }
    let title = match new.title.trim() {
        "" => String::new(),
        typed => name_of("title", typed, LONGEST_TITLE)?,
    };
    // What was due before it was made was promised to nobody: it begins now.
    let now = wall_in(&new.zone, moment)?;
    let done = Some(now).filter(|now| *now >= start);
    let first = recurrence.after(done).map_err(refused)?;
    if first.is_none() {
        return Err(refused(RecurrenceError::Never));
    }
    let row = RecurrenceRow {
        id: moment.id(),
        handoff_id: handoff.id,
        title,
        note: text_of("note", &new.note, LONGEST_NOTE)?,
        rule: new.rule.trim().to_owned(),
        start_wall: wall_of(start),
        zone: new.zone.trim().to_owned(),
        off_weekdays: new.off_weekdays.into(),
        off_days: in_a_line(&new.off_days),
        lead_hours: new.lead_hours,
        done_wall: done.map(wall_of),
        next_at: first.map(|it| given_at(it.at, new.lead_hours)),
        state: "active".to_owned(),
        created_by: actor.account,
        created_at: moment.micros(),
        changed_at: moment.micros(),
        version: 1,
    };
    insert_recurrence(&mut scope, &row)?;
    note(
        &mut scope,
        actor,
        moment,
        "create_recurrence",
        row.rule.as_str(),
        row.title.as_str(),
    )?;
    with_next(row)
}

/// The recurrences of a handoff, each with its next occurrences.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_recurrences(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
) -> Result<Vec<RecurrenceDetail>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    handoffs::load(&mut scope, handoff)?;
    let rows = stored(&mut scope, handoff)?;
    rows.into_iter().map(with_next).collect()
}

/// Single days as they are kept.
pub(super) fn in_a_line(days: &[Date]) -> String {
    let days: Vec<String> = days
        .iter()
        .map(|date| Day::from_date(*date).to_string())
        .collect();
    days.join(" ")
}

pub(super) fn with_next(row: RecurrenceRow) -> Result<RecurrenceDetail, Error> {
    let mut next: Vec<Occurrence> = Vec::new();
    if row.state == "active" {
        let recurrence = recurrence_of(&row)?;
        let mut last = row.done_wall.and_then(civil_of);
        while next.len() < 5 {
            let Some(found) = recurrence.after(last).map_err(refused)? else {
                break;
            };
            last = Some(found.wall);
            next.push(found);
        }
    }
    Ok(RecurrenceDetail { row, next })
}
