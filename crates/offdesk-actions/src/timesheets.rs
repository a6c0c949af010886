//! Timesheets: a worker types the hours of a week and says that it is complete; the owner's side approves it, which earns its hours, or
//! gives it back with a word about why. What an approved week has earned is fixed: what is wrong in it is put right on the next statement, and
//! what was forgotten is earned besides where the week is given back once more.

mod approved;
pub(crate) mod beside;
pub mod bringing;
pub mod json;
mod saving;
mod terms;
mod week;

pub use self::beside::PaidBeside;
pub(crate) use self::week::refused;
pub use self::week::{NewLine, NewWeek, Week, WeekLine};

use offdesk_domain::Day;
use offdesk_domain::pay::{Done, Posted, WeekEvent, WeekState, earned};
use offdesk_domain::time::Seconds;
use offdesk_store::people::PersonRow;
use offdesk_store::timesheets::{TimesheetRow, list_in_state, list_of_person, save_timesheet};
use offdesk_store::{Scope, Tx, Uuid};

use self::approved::Approved;
use self::saving::save_week;
use self::terms::KnownHeld;
use self::week::{load_week, state_of};
use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::budgets::note_passed;
use crate::change::note;
use crate::error::{Error, ErrorKind, on_conflict};
use crate::handoffs;
use crate::moment::Moment;
use crate::pay::ledger::append;
use crate::pay::work_under;
use crate::people::own::own;
use crate::people::{self, Names, text_of};

/// So many weeks are listed.
const MOST_WEEKS: u32 = 200;
/// So many letters what is said with a returned week may have.
const LONGEST_WORD: usize = 1_000;

/// A week in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekSummary {
    /// Whose.
    pub person_id: Uuid,
    /// Their name.
    pub person: String,
    /// Its Monday.
    pub monday: Day,
    /// Where it stands.
    pub state: WeekState,
    /// All hours of it.
    pub time: Seconds,
}

/// The weeks that wait to be looked at, the first first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_submitted(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<WeekSummary>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let rows = list_in_state(&mut scope, WeekState::Submitted.word(), MOST_WEEKS)?;
    summaries(&mut scope, rows)
}

/// The last weeks of a person, the latest first.
///
/// # Errors
/// `not_found`.
pub fn list_weeks_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
) -> Result<Vec<WeekSummary>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    people::load(&mut scope, person)?;
    let rows = list_of_person(&mut scope, person, MOST_WEEKS)?;
    summaries(&mut scope, rows)
}

/// The last weeks of the person the actor is, the latest first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_own_weeks(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<WeekSummary>, Error> {
    let (mut scope, person) = own(tx, actor)?;
    let rows = list_of_person(&mut scope, person.id, MOST_WEEKS)?;
    summaries(&mut scope, rows)
}

fn summaries(
    scope: &mut Scope<'_, '_>,
    rows: Vec<TimesheetRow>,
) -> Result<Vec<WeekSummary>, Error> {
    let mut names = Names::default();
    let all = rows.into_iter().map(|row| {
        let lines = offdesk_store::timesheets::list_lines(scope, row.person_id, row.week_day)?;
        Ok(WeekSummary {
            person_id: row.person_id,
            person: names.of(scope, row.person_id)?,
            monday: week::day_of(row.week_day)?,
            state: state_of(&row)?,
            time: Seconds(lines.iter().map(|line| line.seconds).sum()),
        })
    });
    all.collect()
}

/// A week of the person the actor is; the one that runs where none is named.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_own_week(
    tx: &mut Tx<'_>,
    actor: &Actor,
    day: Option<Day>,
    moment: Moment,
) -> Result<Week, Error> {
    let (mut scope, person) = own(tx, actor)?;
    load_week(&mut scope, &person, day, moment)
}

/// Notes the hours of a week of the person the actor is, and hands it in where that is said.
///
/// # Errors
/// `timesheet.not_now`, `timesheet.unsaid`, `timesheet.day`, `timesheet.hours`, `timesheet.handoff`, `timesheet.changed`.
pub fn save_own_week(
    tx: &mut Tx<'_>,
    actor: &Actor,
    day: Day,
    new: &NewWeek,
    moment: Moment,
) -> Result<Week, Error> {
    let (mut scope, person) = own(tx, actor)?;
    scope.hold()?;
    save_week(&mut scope, actor, &person, day, new, moment)
}

/// A week of a person; the one that runs where none is named.
///
/// # Errors
/// `not_found`.
pub fn load_week_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    day: Option<Day>,
    moment: Moment,
) -> Result<Week, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let person = people::load(&mut scope, person)?;
    load_week(&mut scope, &person, day, moment)
}

/// Notes the hours of a week of a person who has not joined, as they told them.
///
/// # Errors
/// `timesheet.theirs` where they have joined, and those of [`save_own_week`].
pub fn save_week_for(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    day: Day,
    new: &NewWeek,
    moment: Moment,
) -> Result<Week, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    scope.hold()?;
    let person = people::load(&mut scope, person)?;
    if person.account_id.is_some() {
        return Err(Error::new(
            ErrorKind::Conflict,
            "timesheet.theirs",
            format!(
                "{} has joined and types hours on their own page",
                person.name
            ),
        ));
    }
    save_week(&mut scope, actor, &person, day, new, moment)
}

/// What is decided about a week that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is paid, where none of its hours may be paid already.
    Approve,
    /// It is paid, beside the hours of the same days that are paid with assignments.
    ApproveBeside,
    /// It is given back, with a word about why; a week that was approved is opened again, and what it has earned stays.
    Return(String),
}

/// Approves a week, which earns its hours, or gives it back.
///
/// # Errors
/// `not_found`, `timesheet.not_now`, `timesheet.beside` where hours of its days are paid with assignments, `timesheet.own` for one's own, `timesheet.why` where it is given back without a word,
/// `timesheet.changed`.
pub fn decide_week(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    day: Day,
    decision: &Decision,
    seen: Seen,
    moment: Moment,
) -> Result<Week, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    scope.hold()?;
    let person = people::load(&mut scope, person)?;
    if person.account_id == Some(actor.account) {
        return Err(Error::new(
            ErrorKind::Forbidden,
            "timesheet.own",
            "nobody approves their own hours",
        ));
    }
    let week = load_week(&mut scope, &person, Some(day), moment)?;
    if seen.is_some_and(|seen| seen != week.version) {
        return Err(week::changed());
    }
    let (event, said) = match decision {
        Decision::Approve | Decision::ApproveBeside => (WeekEvent::Approve, String::new()),
        Decision::Return(why) => (WeekEvent::Return, text_of("said", why, LONGEST_WORD)?),
    };
    if event == WeekEvent::Return && said.is_empty() {
        return Err(Error::invalid(
            "said",
            "timesheet.why",
            "it is not said why the week is given back",
        ));
    }
    let state = week.state.after(event).map_err(refused)?;
    if *decision == Decision::Approve {
        beside::refuse_twice(&week)?;
    }
    let row = TimesheetRow {
        state: state.word().to_owned(),
        said,
        decided_by: Some(actor.account),
        decided_at: Some(moment.micros()),
        changed_at: moment.micros(),
        ..week.row(&person)
    };
    save_timesheet(&mut scope, &row).map_err(on_conflict(week::changed))?;
    if event == WeekEvent::Approve {
        earn(&mut scope, &person, &week, moment)?;
        note_passed(&mut scope, moment)?;
    }
    let word = match (event, week.state) {
        (WeekEvent::Approve, _) => "approve_week",
        (_, WeekState::Approved) => "reopen_week",
        _ => "return_week",
    };
    let told = week.monday.to_string();
    note(&mut scope, actor, moment, word, person.id, told)?;
    load_week(&mut scope, &person, Some(day), moment)
}

/// Posts the hours of a week that was approved, each at the terms of its day.
fn earn(
    scope: &mut Scope<'_, '_>,
    person: &PersonRow,
    week: &Week,
    moment: Moment,
) -> Result<(), Error> {
    let mut known = KnownHeld::default();
    let approved = Approved::of(scope, person, week.monday)?;
    for line in &week.lines {
        let left = approved.left_of(line);
        if left <= Seconds::ZERO {
            continue;
        }
        let handoff = handoffs::load(scope, line.handoff)?;
        let work = work_under(&handoff, line.day, Done::Hours(left));
        // What was agreed may have changed since the hours were typed; they are never dropped in silence.
        let held = known.on(scope, &handoff, line.day)?;
        if let Some(earned) = earned(&work, held.dated())? {
            append(scope, Posted::Earned(earned), moment.now)?;
        }
    }
    Ok(())
}
