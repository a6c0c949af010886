//! One week: its hours, what can be typed into it, and what is checked when it is noted.

use offdesk_domain::pay::{TimesheetError, WeekState, day_in, week as days_of};
use offdesk_domain::time::{Day, Period, Seconds};
use offdesk_store::activities::load_activity;
use offdesk_store::handoffs::list_of_person as handoffs_of;
use offdesk_store::people::PersonRow;
use offdesk_store::timesheets::{TimesheetRow, list_lines, load_timesheet};
use offdesk_store::{Scope, Uuid};

use super::beside::{PaidBeside, load_beside};
use super::terms::Held;
use crate::activities::Seen;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::pay::zone_of;

/// Hours of a day under a handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekLine {
    /// Under which handoff.
    pub handoff: Uuid,
    /// What is handed off.
    pub activity: String,
    /// On which day.
    pub day: Day,
    /// How long.
    pub time: Seconds,
    /// What was done.
    pub note: String,
}

/// A week of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Whose.
    pub person_id: Uuid,
    /// Their name.
    pub person: String,
    /// Its Monday.
    pub monday: Day,
    /// The day it is.
    pub today: Day,
    /// Where it stands.
    pub state: WeekState,
    /// Its hours.
    pub lines: Vec<WeekLine>,
    /// Hours of its days that are paid with assignments; they are no hours of the week.
    pub beside: Vec<PaidBeside>,
    /// Days of which it is said that nothing was worked.
    pub off: Vec<Day>,
    /// What was said when it was given back.
    pub said: String,
    /// When it was handed in.
    pub submitted_at: Option<i64>,
    /// The handoffs by the hour that hours can be typed under: id and activity.
    pub handoffs: Vec<(Uuid, String)>,
    /// Version, for changes; 0 where nothing was noted yet.
    pub version: i64,
}

impl Week {
    /// First and last day.
    #[must_use]
    pub fn period(&self) -> Period {
        days_of(self.monday)
    }

    /// The days from Monday to Sunday.
    pub fn days(&self) -> impl Iterator<Item = Day> {
        let monday = self.monday.0;
        (0..7).map(move |at| Day(monday + at))
    }

    /// The days from Monday to Friday that are still to come.
    pub fn working_days_to_come(&self) -> impl Iterator<Item = Day> {
        let today = self.today;
        self.days().take(5).filter(move |day| *day > today)
    }

    /// All hours of the week.
    #[must_use]
    pub fn time(&self) -> Seconds {
        Seconds(self.lines.iter().map(|line| line.time.0).sum())
    }

    /// The time of a day under a handoff.
    #[must_use]
    pub fn time_of(&self, handoff: Uuid, day: Day) -> Option<Seconds> {
        let line = self
            .lines
            .iter()
            .find(|line| line.handoff == handoff && line.day == day);
        line.map(|line| line.time)
    }

    /// The row that is kept of it.
    pub(super) fn row(&self, person: &PersonRow) -> TimesheetRow {
        TimesheetRow {
            person_id: person.id,
            week_day: self.monday.0.into(),
            state: self.state.word().to_owned(),
            off_days: off_text(&self.off, self.monday),
            said: self.said.clone(),
            submitted_at: self.submitted_at,
            decided_by: None,
            decided_at: None,
            changed_at: 0,
            version: self.version,
        }
    }
}

/// A line that is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// Under which handoff.
    pub handoff: Uuid,
    /// On which day.
    pub day: Day,
    /// So many seconds.
    pub seconds: i64,
    /// What was done.
    pub note: String,
}

/// A week as it is typed: all of it, in the place of what was there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewWeek {
    /// Its hours.
    pub lines: Vec<NewLine>,
    /// Days of which it is said that nothing was worked.
    pub off: Vec<Day>,
    /// All working days of which nothing is said were not worked.
    pub rest_is_off: bool,
    /// It is complete, and handed in.
    pub is_complete: bool,
    /// The version that was seen.
    pub seen: Seen,
}

/// Somebody was quicker.
pub(super) fn changed() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "timesheet.changed",
        "something has happened to this week since you opened it",
    )
    .hint("look at it again, then repeat what you wanted")
}

/// What the rules refuse, as an error of the action.
pub(crate) fn refused(error: TimesheetError) -> Error {
    let (kind, hint) = match &error {
        TimesheetError::NotNow(_) => (
            ErrorKind::Conflict,
            "look at it again: it shows where it stands",
        ),
        TimesheetError::Unsaid(_) => (
            ErrorKind::Invalid,
            "type the hours that were forgotten, or say that nothing was worked on these days",
        ),
        TimesheetError::ToCome(_) => (
            ErrorKind::Invalid,
            "keep it for now and hand it in when it is over, or say of these days that nothing will be worked",
        ),
        TimesheetError::Earned(..) => (
            ErrorKind::Conflict,
            "what was too much is put right by a correction of the line on the statement",
        ),
        _ => (ErrorKind::Invalid, ""),
    };
    Error {
        field: "hours",
        ..Error::new(kind, error.code(), error.to_string()).hint(hint)
    }
}

/// A day as it is kept.
pub(super) fn day_of(number: i64) -> Result<Day, Error> {
    Day::from_number(number).ok_or_else(damaged)
}

/// Where a kept week stands.
pub(super) fn state_of(row: &TimesheetRow) -> Result<WeekState, Error> {
    WeekState::of(&row.state).ok_or_else(damaged)
}

fn damaged() -> Error {
    Error::new(
        ErrorKind::Failed,
        "store.damaged",
        "a week in the database is not understood",
    )
}

fn off_text(off: &[Day], monday: Day) -> String {
    let mut places: Vec<i32> = off.iter().map(|day| day.0 - monday.0 + 1).collect();
    places.sort_unstable();
    places.dedup();
    let words: Vec<String> = places.iter().map(i32::to_string).collect();
    words.join(" ")
}

fn off_days(text: &str, monday: Day) -> Result<Vec<Day>, Error> {
    let place = |word: &str| match word.parse::<i32>() {
        Ok(place @ 1..=7) => Ok(Day(monday.0 + place - 1)),
        _ => Err(damaged()),
    };
    text.split_whitespace().map(place).collect()
}

/// The week of a person that a day is in; the one that runs where none is named.
pub(super) fn load_week(
    scope: &mut Scope<'_, '_>,
    person: &PersonRow,
    day: Option<Day>,
    moment: Moment,
) -> Result<Week, Error> {
    let zone = zone_of(scope)?;
    let today = day_in(moment.now, &zone);
    let monday = days_of(day.unwrap_or(today)).from;
    let row = load_timesheet(scope, person.id, monday.0.into())?;
    let mut handoffs = Vec::new();
    let mut names = std::collections::HashMap::new();
    let kept = list_lines(scope, person.id, monday.0.into())?;
    for handoff in handoffs_of(scope, person.id)? {
        let activity =
            load_activity(scope, handoff.activity_id)?.map_or_else(String::new, |it| it.name);
        let held = Held::of(scope, &handoff)?;
        let is_held = held.is_some_and(|held| (0..7).any(|at| held.takes(Day(monday.0 + at))));
        // What was typed can be taken out again, whatever was agreed since.
        if is_held || kept.iter().any(|line| line.handoff_id == handoff.id) {
            handoffs.push((handoff.id, activity.clone()));
        }
        names.insert(handoff.id, activity);
    }
    let mut lines = Vec::new();
    for line in kept {
        lines.push(WeekLine {
            activity: names.get(&line.handoff_id).cloned().unwrap_or_default(),
            handoff: line.handoff_id,
            day: day_of(line.day)?,
            time: Seconds(line.seconds),
            note: line.note,
        });
    }
    Ok(Week {
        beside: load_beside(scope, person.id, monday, &names)?,
        person_id: person.id,
        person: person.name.clone(),
        monday,
        today,
        state: row.as_ref().map_or(Ok(WeekState::Open), state_of)?,
        lines,
        off: row
            .as_ref()
            .map_or(Ok(Vec::new()), |row| off_days(&row.off_days, monday))?,
        said: row
            .as_ref()
            .map_or_else(String::new, |row| row.said.clone()),
        submitted_at: row.as_ref().and_then(|row| row.submitted_at),
        handoffs,
        version: row.map_or(0, |row| row.version),
    })
}
