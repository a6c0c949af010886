//! A week is noted as it was typed, and handed in as complete.

use offdesk_domain::pay::{WeekEvent, WeekHours};
use offdesk_domain::time::{Day, Seconds};
use offdesk_store::Scope;
use offdesk_store::handoffs::list_of_person;
use offdesk_store::people::PersonRow;
use offdesk_store::timesheets::{TimesheetLineRow, TimesheetRow, replace_lines, save_timesheet};

use super::approved::Approved;
use super::terms::{KnownHeld, none_of_theirs};
use super::week::{NewWeek, Week, changed, load_week, refused};
use crate::actor::Actor;
use crate::change::note;
use crate::error::{Error, on_conflict};
use crate::moment::Moment;
use crate::people::text_of;

/// So many letters the note of a line may have.
const LONGEST_NOTE: usize = 200;

/// Notes a week, and hands it in where that is said.
pub(super) fn save_week(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    person: &PersonRow,
    day: Day,
    new: &NewWeek,
    moment: Moment,
) -> Result<Week, Error> {
    let mut week = load_week(scope, person, Some(day), moment)?;
    if new.seen.is_some_and(|seen| seen != week.version) {
        return Err(changed());
    }
    week.state.after(WeekEvent::Change).map_err(refused)?;
    let mut hours = WeekHours {
        worked: new
            .lines
            .iter()
            .map(|line| (line.day, Seconds(line.seconds)))
            .collect(),
        off: new.off.clone(),
    };
    if new.rest_is_off {
        hours.rest_off(week.monday, week.today);
    }
    hours.check(week.monday, week.today).map_err(refused)?;
    for handoff in Approved::of(scope, person, week.monday)?.by_handoff() {
        let typed = new.lines.iter().filter(|line| line.handoff == handoff.0);
        let typed = WeekHours {
            worked: typed
                .map(|line| (line.day, Seconds(line.seconds)))
                .collect(),
            off: Vec::new(),
        };
        typed.keeps(&handoff.1).map_err(refused)?;
    }
    let theirs = list_of_person(scope, person.id)?;
    let mut known = KnownHeld::default();
    let mut lines = Vec::with_capacity(new.lines.len());
    for line in &new.lines {
        let handoff = theirs.iter().find(|it| it.id == line.handoff);
        known.on(scope, handoff.ok_or_else(none_of_theirs)?, line.day)?;
        lines.push(TimesheetLineRow {
            handoff_id: line.handoff,
            day: line.day.0.into(),
            seconds: line.seconds,
            note: text_of("note", &line.note, LONGEST_NOTE)?,
        });
    }
    if new.is_complete {
        hours
            .is_complete(week.monday, week.today)
            .map_err(refused)?;
        week.state = week.state.after(WeekEvent::Submit).map_err(refused)?;
        week.submitted_at = Some(moment.micros());
    }
    week.off = hours.off;
    let row = TimesheetRow {
        changed_at: moment.micros(),
        ..week.row(person)
    };
    save_timesheet(scope, &row).map_err(on_conflict(changed))?;
    let monday = i64::from(week.monday.0);
    replace_lines(scope, person.id, monday, &lines).map_err(on_conflict(|| {
        Error::invalid(
            "hours",
            "timesheet.twice",
            "a day has two lines under one handoff",
        )
    }))?;
    let word = if new.is_complete {
        "submit_week"
    } else {
        "save_week"
    };
    let told = week.monday.to_string();
    note(scope, actor, moment, word, person.id, told)?;
    load_week(scope, person, Some(day), moment)
}
