//! The rows of a file go into the weeks of a timesheet, and out of them again.

use std::collections::BTreeMap;

use offdesk_domain::Day;
use offdesk_domain::pay::week as days_of;
use offdesk_store::hours_imports::{
    HoursImportRow, HoursRow, insert_hours_rows, list_hours_rows, remove_hours_rows,
    update_hours_import,
};
use offdesk_store::people::PersonRow;
use offdesk_store::{Scope, Tx, Uuid};

use super::super::saving::save_week;
use super::super::week::{NewLine, NewWeek, load_week};
use super::planning::{Fate, plan};
use super::{HoursFile, Whose, detail, in_state, load};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind, on_conflict};
use crate::moment::Moment;

fn changed() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "hours.changed",
        "something has happened to this file since you opened it",
    )
    .hint("look at it again, then repeat what you wanted")
}

/// Puts the rows of a file into the open weeks of the person's timesheet, each once, whatever files they come in.
///
/// # Errors
/// `not_found`, `hours.not_now`, `hours.asked` where something is to be said first, `hours.none` where no row is left, and those of a week.
pub fn import_hours(
    tx: &mut Tx<'_>,
    actor: &Actor,
    whose: Whose,
    id: Uuid,
    moment: Moment,
) -> Result<HoursFile, Error> {
    let (mut scope, person) = whose.open(tx, actor, Permission::Edit)?;
    scope.hold()?;
    let row = in_state(load(&mut scope, &person, id)?, "looked_at")?;
    let plan = plan(&mut scope, &person, &row, moment)?;
    if let Some(asked) = plan
        .groups
        .iter()
        .find(|group| matches!(group.fate, Fate::Asked(_)))
    {
        let shown = offdesk_import::problem::shown(&asked.key);
        let message = format!("it is not said which handoff \"{shown}\" is for");
        return Err(Error::new(ErrorKind::Invalid, "hours.asked", message)
            .hint("say which handoff these rows are for (--match ROWS=ACTIVITY), or that they are for none (--leave ROWS); on the page choose it"));
    }
    if plan.rows.is_empty() {
        let message = "no row of this file is new and for a handoff of theirs";
        return Err(Error::new(ErrorKind::Invalid, "hours.none", message));
    }
    insert_hours_rows(&mut scope, person.id, id, &plan.rows)?;
    change_weeks(
        &mut scope,
        actor,
        &person,
        &plan.rows,
        Change::Add(&row.file),
        moment,
    )?;
    let imported = HoursImportRow {
        format: plan.format,
        state: "imported".to_owned(),
        entries: i64::try_from(plan.rows.len()).unwrap_or(i64::MAX),
        seconds: plan.rows.iter().map(|row| row.seconds).sum(),
        changed_at: moment.micros(),
        ..row
    };
    settle(
        &mut scope,
        actor,
        &person,
        imported,
        ("import_hours", moment),
    )
}

/// Takes the rows of a file out of the timesheet again, where the weeks are still open; of one that was only looked at nothing is left to take.
///
/// # Errors
/// `not_found`, `hours.not_now`, `hours.fixed` where a week of it was handed in or approved.
pub fn undo_hours(
    tx: &mut Tx<'_>,
    actor: &Actor,
    whose: Whose,
    id: Uuid,
    moment: Moment,
) -> Result<HoursFile, Error> {
    let (mut scope, person) = whose.open(tx, actor, Permission::Edit)?;
    scope.hold()?;
    let row = load(&mut scope, &person, id)?;
    if row.state != "looked_at" {
        let row = in_state(row.clone(), "imported")?;
        let rows = list_hours_rows(&mut scope, row.id)?;
        change_weeks(&mut scope, actor, &person, &rows, Change::TakeAway, moment)?;
        remove_hours_rows(&mut scope, id)?;
    }
    let undone = HoursImportRow {
        state: "undone".to_owned(),
        changed_at: moment.micros(),
        ..row
    };
    settle(&mut scope, actor, &person, undone, ("undo_hours", moment))
}

fn settle(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    person: &PersonRow,
    row: HoursImportRow,
    (word, moment): (&str, Moment),
) -> Result<HoursFile, Error> {
    update_hours_import(scope, &row).map_err(on_conflict(changed))?;
    note(scope, actor, moment, word, person.id, row.file.clone())?;
    let row = HoursImportRow {
        version: row.version + 1,
        ..row
    };
    detail(scope, person, row, moment)
}

/// What is done with the hours of rows.
#[derive(Clone, Copy)]
enum Change<'f> {
    /// They are added, from a file.
    Add(&'f str),
    /// They are taken away.
    TakeAway,
}

/// Adds the hours of rows to the weeks they are of, or takes them away. The time is exact to the second; what it pays is rounded by the rule of the
/// person's statement, which may be their tracker's own.
fn change_weeks(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    person: &PersonRow,
    rows: &[HoursRow],
    change: Change<'_>,
    moment: Moment,
) -> Result<(), Error> {
    let mut weeks: BTreeMap<Day, BTreeMap<(Day, Uuid), i64>> = BTreeMap::new();
    for row in rows {
        let day = Day::from_number(row.day).unwrap_or(Day(0));
        let week = weeks.entry(days_of(day).from).or_default();
        *week.entry((day, row.handoff_id)).or_default() += row.seconds;
    }
    for (monday, mut times) in weeks {
        let week = load_week(scope, person, Some(monday), moment)?;
        if !week.state.is_open() {
            let message = format!("the week of {monday} is {}", week.state.word());
            return Err(
                Error::new(ErrorKind::Conflict, "hours.fixed", message).hint(
                    "have it given back first; what is approved is put right on the next statement",
                ),
            );
        }
        let mut lines = Vec::new();
        for line in &week.lines {
            let time = times.remove(&(line.day, line.handoff)).unwrap_or(0);
            let seconds = match change {
                Change::Add(_) => line.time.0.saturating_add(time),
                Change::TakeAway => line.time.0.saturating_sub(time),
            };
            if seconds > 0 {
                lines.push(NewLine {
                    handoff: line.handoff,
                    day: line.day,
                    seconds,
                    note: line.note.clone(),
                });
            }
        }
        if let Change::Add(file) = change {
            lines.extend(times.into_iter().map(|((day, handoff), seconds)| NewLine {
                handoff,
                day,
                seconds,
                note: format!("from {file}"),
            }));
        }
        let worked = |day: &Day| lines.iter().any(|line| line.day == *day);
        let new = NewWeek {
            off: week
                .off
                .iter()
                .copied()
                .filter(|day| !worked(day))
                .collect(),
            lines,
            ..NewWeek::default()
        };
        save_week(scope, actor, person, monday, &new, moment)?;
    }
    Ok(())
}
