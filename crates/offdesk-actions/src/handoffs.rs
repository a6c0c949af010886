//! Handoffs: an activity, its blueprint, a person, terms, a reason; proposed, answered, begun, paused, ended.

mod changing;
mod checking;
mod expected;
mod gate;
pub mod json;
mod moving;
mod proposing;
mod rows;
mod so_far;

pub use self::changing::{NewScope, answer_change_for, propose_change, withdraw_change};
pub(crate) use self::changing::{answer_change_of, propose_published};
pub use self::checking::{NewChecking, change_checking};
pub use self::expected::Expectation;
pub use self::moving::{HandoffAnswer, Move, OpenWork, answer_for, move_handoff};
pub(crate) use self::moving::{answer_of, refused};
pub use self::proposing::{NewHandoff, propose_again, propose_handoff};
pub use self::rows::Handoff;
pub(crate) use self::rows::{history, note_event, save};
pub use self::so_far::{ExpectedSoFar, SoFar, load_so_far};

use std::collections::HashMap;

use jiff::tz::TimeZone;
use offdesk_domain::Day;
use offdesk_domain::person::{Terms, Unit};
use offdesk_store::activities::{list_activities, load_activity};
use offdesk_store::assignments::counts::count_lapsed;
use offdesk_store::blueprints::{load_blueprint, load_blueprints};
use offdesk_store::handoffs::events::HandoffEventRow;
use offdesk_store::handoffs::{
    HandoffRow, list_handoffs as stored, list_of_activity, list_of_blueprint, load_handoff as one,
};
use offdesk_store::people::load_person;
use offdesk_store::{Scope, Tx, Uuid};

use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::assignments::open::list_undone;
use crate::assignments::told_blind;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::pay::{Agreed, dated_terms, terms_on, today_in, zone_of};
use crate::people::Names;

/// A handoff in a list: what it is of, how, and to whom.
#[derive(Debug, Clone)]
pub struct HandoffSummary {
    /// The handoff.
    pub handoff: Handoff,
    /// The activity's name.
    pub activity: String,
    /// The blueprint's title.
    pub blueprint: String,
    /// The person's name.
    pub person: String,
}

/// A handoff with its history.
#[derive(Debug, Clone)]
pub struct HandoffDetail {
    /// The handoff with its names.
    pub summary: HandoffSummary,
    /// What became of it, the latest first.
    pub history: Vec<HandoffEventRow>,
    /// The number of the newest published version of its blueprint; 0 where none is.
    pub published: i64,
    /// Whether the person answers for themselves, since they have joined.
    pub has_joined: bool,
    /// So many picks nobody looked at in time: they count as accepted, and weaken what the ladder promises.
    pub lapsed: u64,
    /// What lies on the person's desk and is not done: number and title.
    pub open: Vec<(i64, String)>,
    /// Whether it is paid by milestones, or was once.
    pub has_milestones: bool,
    /// What was agreed before, and since when; it goes on holding until what is agreed begins. `None` where nothing else was.
    pub before: Option<(Day, Terms)>,
    /// The workspace's zone, on whose clock its history is told; UTC where it has none.
    pub zone: TimeZone,
}

/// A page of handoffs, the one in which something happened last first, before a place in the list.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_handoffs(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<(i64, Uuid)>,
    most: u32,
) -> Result<Vec<HandoffSummary>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let rows = stored(&mut scope, before.unwrap_or((i64::MAX, Uuid::max())), most)?;
    summaries(&mut scope, rows)
}

/// The handoffs of an activity, the latest first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_handoffs_of_activity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    activity: Uuid,
) -> Result<Vec<HandoffSummary>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let rows = list_of_activity(&mut scope, activity)?;
    summaries(&mut scope, rows)
}

/// The handoffs by a blueprint, the latest first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_handoffs_of_blueprint(
    tx: &mut Tx<'_>,
    actor: &Actor,
    blueprint: Uuid,
) -> Result<Vec<HandoffSummary>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let rows = list_of_blueprint(&mut scope, blueprint)?;
    summaries(&mut scope, rows)
}

/// A handoff of the open workspace.
///
/// # Errors
/// `not_found`.
pub fn load_handoff(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<HandoffDetail, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let row = load(&mut scope, id)?;
    detail(&mut scope, row)
}

fn detail(scope: &mut Scope<'_, '_>, row: HandoffRow) -> Result<HandoffDetail, Error> {
    let blueprint = load_blueprint(scope, row.blueprint_id)?;
    let person = load_person(scope, row.person_id)?;
    let activity = load_activity(scope, row.activity_id)?;
    let open = match is_over(&row) {
        true => Vec::new(),
        false => list_undone(scope, &row)?,
    };
    let told = history(scope, row.id)?.into_iter();
    let told: Result<Vec<_>, Error> = told.map(|event| told_blind(scope, event)).collect();
    let told = told?;
    let agreed = Agreed::of(scope, &row)?;
    let mut units = agreed.iter().flat_map(|it| it.dated()).map(|it| it.1.unit);
    Ok(HandoffDetail {
        zone: zone_of(scope)?,
        has_milestones: units.any(|unit| unit == Unit::Milestone),
        history: told,
        before: terms_before(scope, &row)?,
        lapsed: count_lapsed(scope, row.id)?,
        open: open.into_iter().map(|it| (it.number, it.title)).collect(),
        published: blueprint.as_ref().map_or(0, |it| it.published),
        has_joined: person.as_ref().is_some_and(|it| it.account_id.is_some()),
        summary: HandoffSummary {
            activity: activity.map_or_else(String::new, |it| it.name),
            blueprint: blueprint.map_or_else(String::new, |it| it.title),
            person: person.map_or_else(String::new, |it| it.name),
            handoff: Handoff::of(row)?,
        },
    })
}

/// The terms of a handoff that other ones were agreed after, and since when.
pub(crate) fn terms_before(
    scope: &mut Scope<'_, '_>,
    row: &HandoffRow,
) -> Result<Option<(Day, Terms)>, Error> {
    let mut dated = dated_terms(scope, row)?;
    let agreed = dated.pop().map(|it| it.1);
    // A change of the version or of the first day alone keeps the terms.
    let others = dated.into_iter().rev();
    Ok(others.into_iter().find(|it| Some(it.1) != agreed))
}

/// What is paid for something that is given today under each of some handoffs.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_terms_today(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoffs: &[HandoffSummary],
    moment: Moment,
) -> Result<Vec<Terms>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let today = today_in(&mut scope, moment)?;
    let all = handoffs.iter();
    all.map(|one| terms_on(&mut scope, &one.handoff.row, today))
        .collect()
}

/// Handoffs with the names of what they are of.
pub(crate) fn summaries(
    scope: &mut Scope<'_, '_>,
    rows: Vec<HandoffRow>,
) -> Result<Vec<HandoffSummary>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let activities: HashMap<Uuid, String> = list_activities(scope)?
        .into_iter()
        .map(|it| (it.id, it.name))
        .collect();
    let mut ids: Vec<Uuid> = rows.iter().map(|row| row.blueprint_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let blueprints: HashMap<Uuid, String> = load_blueprints(scope, &ids)?
        .into_iter()
        .map(|it| (it.id, it.title))
        .collect();
    let mut people = Names::default();
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let name = |names: &HashMap<Uuid, String>, id| names.get(id).cloned().unwrap_or_default();
        all.push(HandoffSummary {
            activity: name(&activities, &row.activity_id),
            blueprint: name(&blueprints, &row.blueprint_id),
            person: people.of(scope, row.person_id)?,
            handoff: Handoff::of(row)?,
        });
    }
    Ok(all)
}

pub(crate) fn load(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<HandoffRow, Error> {
    one(scope, id)?.ok_or_else(|| Error::not_found("handoff"))
}

/// Whether nothing comes of a handoff any more: it was declined, or has ended.
pub(crate) fn is_over(row: &HandoffRow) -> bool {
    matches!(row.state.as_str(), "declined" | "ended")
}

fn load_seen(scope: &mut Scope<'_, '_>, id: Uuid, seen: Seen) -> Result<Handoff, Error> {
    let handoff = Handoff::of(load(scope, id)?)?;
    is_seen(&handoff, seen)?;
    Ok(handoff)
}

/// Refuses a change of what has changed since it was seen.
fn is_seen(handoff: &Handoff, seen: Seen) -> Result<(), Error> {
    match seen {
        Some(seen) if seen != handoff.row.version => Err(changed()),
        _ => Ok(()),
    }
}

fn changed() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "handoff.changed",
        "something has happened to this handoff since you opened it",
    )
    .hint("look at it again, then repeat what you wanted")
}
