//! What people earn, posted once: accepted work in the very transaction that accepts it, the days of retainers when a statement is
//! drawn up.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use offdesk_domain::pay::{Done, Earned, Posted, Posting, Work, day_in, earned, retained};
use offdesk_domain::person::{Terms, Unit, in_force_or_first};
use offdesk_domain::time::Period;
use offdesk_domain::{Day, Seconds};
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::handoffs::HandoffRow;
use offdesk_store::handoffs::events::{list_handoff_events, load_end};
use offdesk_store::handoffs::former::list_former;
use offdesk_store::pay::unearned::{last_retained_day, list_unearned};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};

use super::ledger::{append, append_all, record};
use crate::actor::Actor;
use crate::budgets::note_passed;
use crate::error::Error;
use crate::handoffs;
use crate::moment::Moment;
use crate::near::near;
use crate::people::read_terms;

/// So many letters what is said with a correction or a milestone may have.
pub(super) const LONGEST_WORD: usize = 500;

/// The zone whose days pay is counted by: the workspace's, or UTC where it has none.
pub(crate) fn zone_of(scope: &mut Scope<'_, '_>) -> Result<TimeZone, Error> {
    let zone = load_workspace(scope)?.zone;
    Ok(TimeZone::get(&zone).unwrap_or(TimeZone::UTC))
}

/// The day it is by that zone.
pub(crate) fn today_in(scope: &mut Scope<'_, '_>, moment: Moment) -> Result<Day, Error> {
    Ok(day_in(moment.now, &zone_of(scope)?))
}

/// A day that was said and can be meant, else today.
pub(crate) fn day_or_today(
    scope: &mut Scope<'_, '_>,
    field: &'static str,
    said: Option<Day>,
    moment: Moment,
) -> Result<Day, Error> {
    let today = today_in(scope, moment)?;
    said.map_or(Ok(today), |day| near(field, day, today))
}

/// The day it is for the open workspace, by which its pay is counted; that of UTC where none is open.
///
/// # Errors
/// Those of the store.
pub fn today_of(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<Day, Error> {
    match actor.membership {
        Some((workspace, _)) => today_in(&mut Scope::new(tx, workspace), moment),
        None => Ok(moment.today()),
    }
}

/// Posts what an assignment earns that was accepted just now: its price, or the hours that were typed in at the price of an hour.
pub(crate) fn earn_accepted(
    scope: &mut Scope<'_, '_>,
    row: &AssignmentRow,
    moment: Moment,
) -> Result<(), Error> {
    let zone = zone_of(scope)?;
    let handoff = handoffs::load(scope, row.handoff_id)?;
    let day = day_in(moment.now, &zone);
    if let Some(earned) = earned_by(row, handoff.activity_id, day)? {
        append(scope, Posted::Earned(earned), moment.now)?;
        note_passed(scope, moment)?;
    }
    Ok(())
}

/// Posts what was accepted before there were postings, or in any way without one. What was posted once is left alone.
pub(super) fn earn_forgotten(scope: &mut Scope<'_, '_>, moment: Moment) -> Result<(), Error> {
    let zone = zone_of(scope)?;
    let mut activities: HashMap<Uuid, Uuid> = HashMap::new();
    let mut all = Vec::new();
    for row in list_unearned(scope)? {
        let accepted = jiff::Timestamp::from_microsecond(row.accepted_at.unwrap_or_default());
        let day = day_in(accepted.unwrap_or(moment.now), &zone);
        let activity = match activities.get(&row.handoff_id) {
            Some(known) => *known,
            None => handoffs::load(scope, row.handoff_id)?.activity_id,
        };
        activities.insert(row.handoff_id, activity);
        all.extend(earned_by(&row, activity, day)?.map(Posted::Earned));
    }
    append_all(scope, all, moment.now)
}

/// What an assignment earns that was accepted on a day; nothing where it is paid by something else.
fn earned_by(row: &AssignmentRow, activity: Uuid, day: Day) -> Result<Option<Earned>, Error> {
    let terms = read_terms(&row.unit, &row.amount, &row.currency)?;
    let done = match terms.unit {
        Unit::Assignment => Done::Assignment,
        Unit::Hour if row.seconds > 0 => Done::Hours(Seconds(row.seconds)),
        _ => return Ok(None),
    };
    let work = Work {
        person: record(row.person_id),
        handoff: record(row.handoff_id),
        activity: record(activity),
        assignment: Some(record(row.id)),
        day,
        done,
        agreed: Some(terms),
    };
    Ok(earned(&work, &[])?)
}

/// What was done under a handoff on a day, beside its assignments; it is paid by what was agreed then.
pub(crate) fn work_under(row: &HandoffRow, day: Day, done: Done) -> Work {
    Work {
        person: record(row.person_id),
        handoff: record(row.id),
        activity: record(row.activity_id),
        assignment: None,
        day,
        done,
        agreed: None,
    }
}

/// What was agreed in a handoff since when, the first first: what was agreed before, each until the next, and what holds now. What was
/// agreed before for the day on which that begins, or for a later one, never came to hold.
pub(crate) fn dated_terms(
    scope: &mut Scope<'_, '_>,
    row: &HandoffRow,
) -> Result<Vec<(Day, Terms)>, Error> {
    let begins = row.agreed.start_day;
    let mut dated = Vec::new();
    for former in list_former(scope, row.id)? {
        if former.from_day < begins {
            let terms = read_terms(&former.unit, &former.amount, &former.currency)?;
            dated.push((day_of(former.from_day), terms));
        }
    }
    let now = read_terms(&row.agreed.unit, &row.agreed.amount, &row.agreed.currency)?;
    dated.push((day_of(begins), now));
    Ok(dated)
}

/// What was agreed for a day: what began on it or last before it; before all of it what begins first. What was agreed for a later day does
/// not hold yet.
pub(crate) fn terms_on(
    scope: &mut Scope<'_, '_>,
    row: &HandoffRow,
    day: Day,
) -> Result<Terms, Error> {
    let dated = match row.agreed.start_day <= day.0.into() {
        true => Vec::new(),
        false => dated_terms(scope, row)?,
    };
    match in_force_or_first(&dated, day) {
        Some(terms) => Ok(terms),
        None => read_terms(&row.agreed.unit, &row.agreed.amount, &row.agreed.currency),
    }
}

/// Posts the days of a retainer up to a day that were not posted yet, each month by itself. What lies before the handoff began or after
/// it ended earns nothing; a pause does not stop it.
pub(super) fn earn_retained(
    scope: &mut Scope<'_, '_>,
    row: &HandoffRow,
    until: Day,
    moment: Moment,
) -> Result<Vec<Posting>, Error> {
    let mut posted = Vec::new();
    for part in retained_parts(scope, row, None, until)? {
        posted.push(append(scope, Posted::Earned(part), moment.now)?);
    }
    Ok(posted)
}

/// The days of a retainer from a day on, where one is named, up to another one that are in no posting, each month by itself.
pub(crate) fn retained_parts(
    scope: &mut Scope<'_, '_>,
    row: &HandoffRow,
    not_before: Option<Day>,
    until: Day,
) -> Result<Vec<Earned>, Error> {
    if !was_agreed(scope, row)? {
        return Ok(Vec::new());
    }
    let dated = dated_terms(scope, row)?;
    let start = dated.first().map_or(until, |(from, _)| *from);
    let next = last_retained_day(scope, row.id)?.map_or(start, |last| day_of(last + 1));
    let from = not_before.map_or(next, |day| day.max(next)).max(start);
    let to = match row.state.as_str() {
        "ended" => until.min(last_day(scope, row)?),
        _ => until,
    };
    let mut parts = Vec::new();
    let mut day = from;
    while day <= to {
        let work = work_under(row, day, Done::Milestone);
        let month_end = Day::from_date(day.date().last_of_month());
        let held = Period {
            from: day,
            to: month_end.min(to),
        };
        parts.extend(retained(&work, held, &dated)?);
        day = day_of(i64::from(month_end.0) + 1);
    }
    Ok(parts)
}

pub(super) fn day_of(number: i64) -> Day {
    Day::from_number(number).unwrap_or(Day(0))
}

/// Whether the person has ever agreed to a handoff; one that ended as a proposal earns nothing.
pub(crate) fn was_agreed(scope: &mut Scope<'_, '_>, row: &HandoffRow) -> Result<bool, Error> {
    if row.state != "ended" {
        return Ok(true);
    }
    let events = list_handoff_events(scope, row.id)?;
    Ok(events.iter().any(|event| event.event == "accept"))
}

/// The last day of a handoff that has ended: the one it was ended on. Its row changes later, too, as where its rung moves by an escape.
pub(crate) fn last_day(scope: &mut Scope<'_, '_>, row: &HandoffRow) -> Result<Day, Error> {
    let zone = zone_of(scope)?;
    let ended = load_end(scope, row.id)?.unwrap_or(row.changed_at);
    let ended = jiff::Timestamp::from_microsecond(ended);
    Ok(ended.map_or(Day(0), |at| day_in(at, &zone)))
}

/// A day that is not to come, and can be meant.
pub(crate) fn not_to_come(field: &'static str, day: Day, today: Day) -> Result<Day, Error> {
    if day <= today {
        return near(field, day, today);
    }
    let message = format!("{day} is yet to come");
    Err(Error::invalid(field, "pay.future", message)
        .hint("name today or a day before; what is done later is paid later"))
}
