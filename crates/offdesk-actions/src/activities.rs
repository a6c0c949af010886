//! Activities as the owner wants them: named, joined, split, priced, kept, put off.

pub mod json;
mod judging;

pub use self::judging::{Judgement, judge_activity, keep_activity, price_activity};
pub use crate::prices::read_price;

use offdesk_domain::Seconds;
use offdesk_store::activities::{
    ActivityRow, insert_activity, load_activity as stored, move_all, remove_activity,
    update_activity,
};
use offdesk_store::times::sum_by_activity;
use offdesk_store::wordings::{WordingRow, list_of_activity, move_wording};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, StoreError, Tx, Uuid};

use crate::actor::{Actor, Permission};
use crate::change::{name_of, note};
use crate::error::{Error, ErrorKind};
use crate::imports::{key_of_name, new_activity, reprice_one};
use crate::moment::Moment;
use crate::options::forget_merged;
use crate::workspaces::Settings;

/// A "not now" comes back after so many days.
const BACK_AFTER_DAYS: i64 = 90;
const LONGEST_NAME: usize = 120;
const LONGEST_REASON: usize = 400;

/// An activity with its wordings.
#[derive(Debug, Clone)]
pub struct ActivityDetail {
    /// The activity.
    pub row: ActivityRow,
    /// Its wordings with their entries and time, the most time first.
    pub wordings: Vec<(WordingRow, u64, Seconds)>,
}

/// An activity of the open workspace.
///
/// # Errors
/// `not_found`.
pub fn load_activity(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<ActivityDetail, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let row = load(&mut scope, id)?;
    let wordings = list_of_activity(&mut scope, id)?;
    let wordings = wordings
        .into_iter()
        .map(|(row, entries, seconds)| (row, entries, Seconds(seconds)))
        .collect();
    Ok(ActivityDetail { row, wordings })
}

/// The activities of the open workspace, by name.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_activities(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<ActivityRow>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    Ok(offdesk_store::activities::list_activities(&mut scope)?)
}

fn load(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<ActivityRow, Error> {
    stored(scope, id)?.ok_or_else(|| Error::not_found("activity"))
}

/// A version somebody has seen; `None` takes the one that is there.
pub type Seen = Option<i64>;

fn load_seen(scope: &mut Scope<'_, '_>, id: Uuid, seen: Seen) -> Result<ActivityRow, Error> {
    let row = load(scope, id)?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(StoreError::Conflict.into());
    }
    Ok(row)
}

/// Names an activity anew.
///
/// # Errors
/// `not_found`, `name.empty`, `name.taken`.
pub fn rename_activity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    name: &str,
    seen: Seen,
    moment: Moment,
) -> Result<ActivityRow, Error> {
    let name = name_of("name", name, LONGEST_NAME)?;
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = load_seen(&mut scope, id, seen)?;
    let name_key = key_of_name(&name);
    free_name(&mut scope, &name, &name_key, Some(id))?;
    let renamed = ActivityRow {
        name_key,
        name: name.clone(),
        ..row.clone()
    };
    update_activity(&mut scope, &renamed)?;
    note(&mut scope, actor, moment, "rename_activity", row.name, name)?;
    load(&mut scope, id)
}

fn free_name(
    scope: &mut Scope<'_, '_>,
    name: &str,
    key: &str,
    own: Option<Uuid>,
) -> Result<(), Error> {
    let all = offdesk_store::activities::list_activities(scope)?;
    let taken = all
        .iter()
        .find(|other| other.name_key == key && Some(other.id) != own);
    let Some(taken) = taken else {
        return Ok(());
    };
    // What is left of an import that was undone keeps its name, and stands in no list.
    let sums = sum_by_activity(scope)?;
    let why = match sums.iter().any(|sum| sum.activity_id == taken.id) {
        true => "",
        false => ", without hours at the moment",
    };
    Err(Error {
        field: "name",
        ..Error::new(
            ErrorKind::Conflict,
            "name.taken",
            format!("there is an activity \"{name}\" already{why}"),
        )
        .hint("choose another name, or merge the two")
    })
}

/// Puts an activity into another one, which keeps its name, price and judgement.
///
/// # Errors
/// `not_found`, `activity.same`.
pub fn merge_activity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: Uuid,
    into: Uuid,
    seen: Seen,
    moment: Moment,
) -> Result<ActivityRow, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    if from == into {
        return Err(Error::invalid(
            "into",
            "activity.same",
            "an activity cannot be merged with itself",
        ));
    }
    scope.hold()?;
    let gone = load_seen(&mut scope, from, seen)?;
    let kept = load(&mut scope, into)?;
    move_all(&mut scope, from, into)?;
    forget_merged(&mut scope, from, into)?;
    remove_activity(&mut scope, from)?;
    note(
        &mut scope,
        actor,
        moment,
        "merge_activity",
        gone.name,
        kept.name,
    )?;
    load(&mut scope, into)
}

/// Takes some wordings of an activity out into a new one.
///
/// # Errors
/// `not_found`, `name.taken`, `activity.wordings` where none or all are chosen.
pub fn split_activity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    wordings: &[Uuid],
    name: &str,
    seen: Seen,
    moment: Moment,
) -> Result<ActivityRow, Error> {
    let name = name_of("name", name, LONGEST_NAME)?;
    let mut scope = actor.within(tx, Permission::Edit)?;
    scope.hold()?;
    let row = load_seen(&mut scope, id, seen)?;
    let all = list_of_activity(&mut scope, id)?;
    if wordings.is_empty() || wordings.len() >= all.len() {
        let message = if wordings.is_empty() {
            "choose what is to be taken out"
        } else {
            "something has to stay; to name all of it anew, rename the activity"
        };
        return Err(Error::invalid("wordings", "activity.wordings", message));
    }
    free_name(&mut scope, &name, &key_of_name(&name), None)?;
    let new = new_activity(&name, None, moment);
    insert_activity(&mut scope, &new)?;
    for wording in wordings {
        if !move_wording(&mut scope, *wording, id, new.id)? {
            return Err(Error::not_found("wording"));
        }
    }
    let settings = Settings::of(&load_workspace(&mut scope)?)?;
    for changed in [new.id, id] {
        let changed = load(&mut scope, changed)?;
        reprice_one(&mut scope, changed, &settings)?;
    }
    note(&mut scope, actor, moment, "split_activity", row.name, name)?;
    load(&mut scope, new.id)
}
