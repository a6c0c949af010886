//! Timesheets: what a person types for a week, and where it stands.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// A week of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimesheetRow {
    /// Who.
    pub person_id: Uuid,
    /// The week's Monday.
    pub week_day: i64,
    /// Where it stands, in one word.
    pub state: String,
    /// The days off, Monday being 1, with blanks between them.
    pub off_days: String,
    /// What was said when it was given back.
    pub said: String,
    /// When it was handed in.
    pub submitted_at: Option<i64>,
    /// Who approved it or gave it back.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<i64>,
    /// When something happened last.
    pub changed_at: i64,
    /// Version, for changes; 0 where nothing was noted yet.
    pub version: i64,
}

/// Hours of a day under a handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimesheetLineRow {
    /// Under which handoff.
    pub handoff_id: Uuid,
    /// On which day.
    pub day: i64,
    /// So many seconds.
    pub seconds: i64,
    /// What was done, in a line.
    pub note: String,
}

fn read(row: &Row<'_>) -> Result<TimesheetRow, StoreError> {
    Ok(TimesheetRow {
        person_id: row.id(0)?,
        week_day: row.int(1)?,
        state: row.text(2)?,
        off_days: row.text(3)?,
        said: row.text(4)?,
        submitted_at: row.opt_int(5)?,
        decided_by: row.opt_id(6)?,
        decided_at: row.opt_int(7)?,
        changed_at: row.int(8)?,
        version: row.int(9)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT person_id, week_day, state, off_days, said, submitted_at, decided_by, decided_at, changed_at, version ",
            "FROM timesheet WHERE workspace_id = ? ",
            $which
        )
    };
}

/// A week of a person, where something was noted of it.
///
/// # Errors
/// [`StoreError`].
pub fn load_timesheet(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    week_day: i64,
) -> Result<Option<TimesheetRow>, StoreError> {
    let parameters = scope.with([person.into(), week_day.into()]);
    scope.tx.first(
        select!("AND person_id = ? AND week_day = ?"),
        &parameters,
        read,
    )
}

/// The last weeks of a person, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_of_person(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    most: u32,
) -> Result<Vec<TimesheetRow>, StoreError> {
    let parameters = scope.with([person.into(), i64::from(most).into()]);
    scope.tx.query(
        select!("AND person_id = ? ORDER BY week_day DESC LIMIT ?"),
        &parameters,
        read,
    )
}

/// The weeks in a state, the first first.
///
/// # Errors
/// [`StoreError`].
pub fn list_in_state(
    scope: &mut Scope<'_, '_>,
    state: &str,
    most: u32,
) -> Result<Vec<TimesheetRow>, StoreError> {
    let parameters = scope.with([state.into(), i64::from(most).into()]);
    scope.tx.query(
        select!("AND state = ? ORDER BY week_day, person_id LIMIT ?"),
        &parameters,
        read,
    )
}

/// The hours of a week, by day and handoff.
///
/// # Errors
/// [`StoreError`].
pub fn list_lines(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    week_day: i64,
) -> Result<Vec<TimesheetLineRow>, StoreError> {
    let parameters = scope.with([person.into(), week_day.into()]);
    scope.tx.query(
        "SELECT handoff_id, day, seconds, note FROM timesheet_line WHERE workspace_id = ? AND person_id = ? AND week_day = ? ORDER BY day, handoff_id",
        &parameters,
        |row| {
            Ok(TimesheetLineRow {
                handoff_id: row.id(0)?,
                day: row.int(1)?,
                seconds: row.int(2)?,
                note: row.text(3)?,
            })
        },
    )
}

/// Notes a week that nobody has changed since it was read; with version 0 for the first time.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has, [`StoreError::Missing`] where there is no such person.
pub fn save_timesheet(scope: &mut Scope<'_, '_>, row: &TimesheetRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let mut parameters = vec![
        row.state.as_str().into(),
        row.off_days.as_str().into(),
        row.said.as_str().into(),
        row.submitted_at.into(),
        row.decided_by.into(),
        row.decided_at.into(),
        row.changed_at.into(),
        workspace.into(),
        row.person_id.into(),
        row.week_day.into(),
    ];
    if row.version == 0 {
        return scope.tx.execute_one(
            "INSERT INTO timesheet (state, off_days, said, submitted_at, decided_by, decided_at, changed_at, workspace_id, person_id, week_day, version) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            &parameters,
        );
    }
    parameters.push(row.version.into());
    scope.tx.execute_one(
        "UPDATE timesheet SET state = ?, off_days = ?, said = ?, submitted_at = ?, decided_by = ?, decided_at = ?, changed_at = ?, version = version + 1 \
         WHERE workspace_id = ? AND person_id = ? AND week_day = ? AND version = ?",
        &parameters,
    )
}

/// Puts hours in the place of those of a week.
///
/// # Errors
/// [`StoreError::Conflict`] where a day has two lines under one handoff, [`StoreError::Missing`] where the week or a handoff is not there.
pub fn replace_lines(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    week_day: i64,
    lines: &[TimesheetLineRow],
) -> Result<(), StoreError> {
    let parameters = scope.with([person.into(), week_day.into()]);
    scope.tx.execute(
        "DELETE FROM timesheet_line WHERE workspace_id = ? AND person_id = ? AND week_day = ?",
        &parameters,
    )?;
    for line in lines {
        let parameters = scope.with([
            person.into(),
            week_day.into(),
            line.handoff_id.into(),
            line.day.into(),
            line.seconds.into(),
            line.note.as_str().into(),
        ]);
        scope.tx.execute_one(
            "INSERT INTO timesheet_line (workspace_id, person_id, week_day, handoff_id, day, seconds, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
            &parameters,
        )?;
    }
    Ok(())
}
