//! Occurrences: what a recurrence gives when its time has come.

use jiff::{SignedDuration, Timestamp};
use offdesk_domain::Day;
use offdesk_domain::assignment::Missed;
use offdesk_domain::recurrence::Occurrence;
use offdesk_store::handoffs::HandoffRow;
use offdesk_store::people::load_person;
use offdesk_store::recurrences::{RecurrenceRow, load_recurrence, update_recurrence};
use offdesk_store::{Scope, Tx, Uuid, WorkspaceId};

use super::following::{civil_of, given_at, recurrence_of, refused, wall_of};
use super::giving::{NewAssignment, Origin, give};
use crate::accounts::actor_behind;
use crate::actor::Actor;
use crate::error::Error;
use crate::handoffs::{self, Handoff};
use crate::moment::Moment;

/// So many occurrences are caught up with at once; the rest follow.
const AT_ONCE: usize = 50;
/// Those that were due longer ago than this many days, while nobody was there to give them, are no records: the history of the handoff
/// says how many.
const FORGOTTEN_AFTER_DAYS: i64 = 366;

/// Gives the occurrences of a recurrence whose time has come, each as a record of its own; what was due before it could be given, or
/// while nothing is given under its handoff, or while the person is off, is kept as missed. Under a handoff that was declined nothing is
/// given and nothing missed.
pub(super) fn give_occurrences(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    let mut scope = Scope::new(tx, workspace);
    scope.hold()?;
    let Some(mut row) = load_recurrence(&mut scope, id)?.filter(|row| row.state == "active") else {
        return Ok(());
    };
    let actor = actor_behind(tx, workspace, row.created_by)?;
    let mut scope = Scope::new(tx, workspace);
    let recurrence = recurrence_of(&row)?;
    let handoff = handoffs::load(&mut scope, row.handoff_id)?;
    let off_until = load_person(&mut scope, handoff.person_id)?.and_then(|it| it.off_until);
    let is_over = handoffs::is_over(&handoff);
    let mut next = recurrence
        .after(row.done_wall.and_then(civil_of))
        .map_err(refused)?;
    let mut forgotten = Vec::new();
    for _ in 0..AT_ONCE {
        let Some(occurrence) = next.filter(|it| given_at(it.at, row.lead_hours) <= moment.micros())
        else {
            break;
        };
        let day = i64::from(Day::from_date(occurrence.wall.date()).0);
        let is_off = off_until.is_some_and(|back| day < back);
        if !is_over && is_forgotten(occurrence.at, moment) {
            forgotten.push(occurrence);
        } else if !is_over {
            let under = (&handoff.id, is_off);
            give_one(&mut scope, &actor, under, &row, occurrence, moment)?;
        }
        row.done_wall = Some(wall_of(occurrence.wall));
        next = recurrence.after(Some(occurrence.wall)).map_err(refused)?;
    }
    // A handoff that was declined can be proposed anew, and what came back under it goes on once it is agreed.
    row.next_at = next
        .filter(|_| handoff.state != "ended")
        .map(|it| given_at(it.at, row.lead_hours));
    if row.next_at.is_none() {
        row.state = "stopped".to_owned();
    }
    row.changed_at = moment.micros();
    tell_forgotten(&mut scope, &actor, &row, &forgotten, moment)?;
    Ok(update_recurrence(&mut scope, &row)?)
}

fn is_forgotten(at: Timestamp, moment: Moment) -> bool {
    moment.now.duration_since(at) > SignedDuration::from_hours(24 * FORGOTTEN_AFTER_DAYS)
}

/// Says in the history of the handoff how many were due too long ago to be kept; what was due before the recurrence was made was never
/// to be given.
fn tell_forgotten(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &RecurrenceRow,
    all: &[Occurrence],
    moment: Moment,
) -> Result<(), Error> {
    let promised = |it: &&Occurrence| it.at.as_microsecond() >= row.created_at;
    let all: Vec<&Occurrence> = all.iter().filter(promised).collect();
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return Ok(());
    };
    let told = format!(
        "{} from {} to {}, more than a year ago",
        all.len(),
        first.wall.date(),
        last.wall.date()
    );
    let handoff = Handoff::of(handoffs::load(scope, row.handoff_id)?)?;
    handoffs::save(scope, actor, handoff, ("miss_occurrences", told), moment).map(|_| ())
}

fn give_one(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    (handoff, is_off): (&Uuid, bool),
    row: &RecurrenceRow,
    occurrence: Occurrence,
    moment: Moment,
) -> Result<(), Error> {
    // Read anew each time: the first one given begins the trial.
    let handoff: HandoffRow = handoffs::load(scope, *handoff)?;
    let can_be_given = matches!(handoff.state.as_str(), "accepted" | "trial" | "active");
    let missed = if is_off {
        Some(Missed::Off)
    } else if !can_be_given {
        Some(Missed::Paused)
    } else {
        (occurrence.at <= moment.now).then_some(Missed::Late)
    };
    let origin = Origin {
        recurrence: row.id,
        occurrence: wall_of(occurrence.wall),
        missed,
    };
    let new = NewAssignment {
        title: row.title.clone(),
        note: row.note.clone(),
        ..NewAssignment::default()
    };
    give(
        scope,
        actor,
        handoff,
        &new,
        occurrence.at,
        Some(origin),
        moment,
    )
    .map(|_| ())
}
