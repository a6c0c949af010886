//! Blueprints as the owner wants them: drafted, edited, held against the gate, published, found, brought in and given out.

pub mod attaching;
pub mod bringing;
pub mod comparing;
pub mod drafting;
pub mod exporting;
pub mod finding;
pub mod json;
mod publishing;
pub mod there;
mod writing;

pub use self::publishing::{NewTestRun, Publishing, drop_draft, note_test_run, publish_blueprint};
pub(crate) use self::writing::write_into_draft;
pub use self::writing::{LONGEST_TEXT, NewBlueprint, create_blueprint, save_draft};

use offdesk_domain::blueprint::{Blueprint, Circumstances, GatePart, Warning, gate, warnings};
use offdesk_store::activities::{ActivityRow, load_activity};
use offdesk_store::blueprints::attachments::{AttachmentRow, list_attachments};
use offdesk_store::blueprints::test_runs::{TestRunRow, list_test_runs};
use offdesk_store::blueprints::versions::{
    VersionRow, list_versions, load_version as stored_version,
};
use offdesk_store::blueprints::{
    BlueprintRow, list_blueprints as stored, list_due, list_of_activity,
    load_blueprint as stored_one,
};
use offdesk_store::{Scope, Tx, Uuid};

use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, digest, hex};
use crate::pay::today_in;

/// So many that are due for a review are listed.
const MOST_DUE: u32 = 50;

/// A blueprint with all that belongs to it.
#[derive(Debug, Clone)]
pub struct BlueprintDetail {
    /// The blueprint.
    pub row: BlueprintRow,
    /// Its newest version with its text.
    pub newest: VersionRow,
    /// That text, read.
    pub blueprint: Blueprint,
    /// All versions without their texts, the newest first.
    pub versions: Vec<VersionRow>,
    /// Its test runs, the latest first.
    pub test_runs: Vec<TestRunRow>,
    /// The activity it is of.
    pub activity: Option<ActivityRow>,
    /// The attachments of its newest version, by name.
    pub attachments: Vec<AttachmentRow>,
}

impl BlueprintDetail {
    /// Which of the seven parts are there.
    #[must_use]
    pub fn gate(&self) -> [GatePart; 7] {
        gate(&self.blueprint)
    }

    /// What makes it hard to follow.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let circumstances = Circumstances {
            has_version: self.row.published > 0,
            is_followed: !self.test_runs.is_empty(),
        };
        warnings(&self.blueprint, circumstances)
    }

    /// Whether somebody else has followed the newest version, as it stands now.
    #[must_use]
    pub fn is_tested(&self) -> bool {
        let newest = &self.newest;
        // A published version was held against its runs when it was published.
        let is_published_so = newest.published.is_some() && !newest.is_untested;
        is_published_so || self.test_runs.iter().any(|run| is_run_of(run, newest))
    }
}

/// A hash of a text, to tell whether it is the one that was followed.
fn hash_of(text: &str) -> String {
    hex(&digest(&[text.as_bytes()]))
}

/// Whether a test run is of a version with the text it has now.
fn is_run_of(run: &TestRunRow, version: &VersionRow) -> bool {
    run.number == version.number && run.text_hash == hash_of(&version.text)
}

/// A page of blueprints, the one changed last first, those before a place in the list.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_blueprints(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<(i64, Uuid)>,
    most: u32,
) -> Result<Vec<BlueprintRow>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let before = before.unwrap_or((i64::MAX, Uuid::max()));
    Ok(stored(&mut scope, before, most)?)
}

/// Blueprints whose day of review has come, the earliest first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_blueprints_due(
    tx: &mut Tx<'_>,
    actor: &Actor,
    moment: Moment,
) -> Result<Vec<BlueprintRow>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let today = today_in(&mut scope, moment)?.0.into();
    Ok(list_due(&mut scope, today, MOST_DUE)?)
}

/// The blueprints of an activity, the oldest first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_blueprints_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    activity: Uuid,
) -> Result<Vec<BlueprintRow>, Error> {
    Ok(list_of_activity(
        &mut actor.within(tx, Permission::See)?,
        activity,
    )?)
}

/// A blueprint of the open workspace.
///
/// # Errors
/// `not_found`.
pub fn load_blueprint(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<BlueprintDetail, Error> {
    load_detail(&mut actor.within(tx, Permission::See)?, id)
}

fn load_detail(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<BlueprintDetail, Error> {
    let row = load(scope, id)?;
    let newest = version(scope, id, row.latest)?;
    let activity = match row.activity_id {
        Some(activity) => load_activity(scope, activity)?,
        None => None,
    };
    Ok(BlueprintDetail {
        blueprint: Blueprint::of(&newest.text),
        versions: list_versions(scope, id)?,
        test_runs: list_test_runs(scope, id)?,
        attachments: list_attachments(scope, id, row.latest)?,
        newest,
        activity,
        row,
    })
}

/// A version of a blueprint, with its text.
///
/// # Errors
/// `not_found`.
pub fn load_version(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    number: i64,
) -> Result<VersionRow, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    load(&mut scope, id)?;
    version(&mut scope, id, number)
}

fn version(scope: &mut Scope<'_, '_>, id: Uuid, number: i64) -> Result<VersionRow, Error> {
    stored_version(scope, id, number)?.ok_or_else(|| Error::not_found("version"))
}

fn load(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<BlueprintRow, Error> {
    stored_one(scope, id)?.ok_or_else(|| Error::not_found("blueprint"))
}

fn load_seen(scope: &mut Scope<'_, '_>, id: Uuid, seen: Seen) -> Result<BlueprintRow, Error> {
    let row = load(scope, id)?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(changed_meanwhile());
    }
    Ok(row)
}

fn changed_meanwhile() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "blueprint.changed",
        "somebody has changed this blueprint since you opened it",
    )
    .hint("your text is kept here: hold both against each other, then save again")
}
