//! Blueprints as the owner wants them: drafted, edited, held against the gate, published, found, brought in and given out.

pub mod bringing;
pub mod comparing;
pub mod drafting;
pub mod exporting;
pub mod finding;
pub mod json;
mod publishing;

pub use self::publishing::{NewTestRun, Publishing, drop_draft, note_test_run, publish_blueprint};

use offdesk_domain::blueprint::{Blueprint, Circumstances, GatePart, Warning, gate, warnings};
use offdesk_store::activities::{ActivityRow, load_activity};
use offdesk_store::blueprints::test_runs::{TestRunRow, list_test_runs};
use offdesk_store::blueprints::versions::{
    VersionRow, insert_version, list_versions, load_version as stored_version, update_draft,
};
use offdesk_store::blueprints::{
    BlueprintRow, count_blueprints, insert_blueprint, list_blueprints as stored, list_due,
    list_of_activity, load_blueprint as stored_one, update_blueprint,
};
use offdesk_store::{Scope, Tx, Uuid};

use self::finding::index;
use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::change::{name_of, note};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

/// So many bytes a blueprint may have.
pub const LONGEST_TEXT: usize = 256 * 1024;
/// So many blueprints a workspace may have.
pub const MOST_BLUEPRINTS: u64 = 100_000;
const LONGEST_TITLE: usize = 160;
const LONGEST_NOTE: usize = 400;
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

    /// Whether somebody else has followed the newest version.
    #[must_use]
    pub fn is_tested(&self) -> bool {
        let newest = self.newest.number;
        self.test_runs.iter().any(|run| run.number == newest)
    }
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
    Ok(list_due(&mut scope, moment.today().0.into(), MOST_DUE)?)
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

/// A blueprint that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewBlueprint {
    /// Its text, as Markdown.
    pub text: String,
    /// The activity it is of.
    pub activity: Option<Uuid>,
    /// What its author notes.
    pub note: String,
}

/// Makes a blueprint, with the text as its first draft.
///
/// # Errors
/// `name.empty` without a title, `blueprint.long`, `not_found` for the activity, `blueprint.many`.
pub fn create_blueprint(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &NewBlueprint,
    moment: Moment,
) -> Result<BlueprintDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let blueprint = checked(&new.text)?;
    has_room(&mut scope, 1)?;
    if let Some(activity) = new.activity {
        load_activity(&mut scope, activity)?.ok_or_else(|| Error::not_found("activity"))?;
    }
    let text_note = note_of(&new.note)?;
    note(
        &mut scope,
        actor,
        moment,
        "create_blueprint",
        blueprint.title.as_str(),
        "",
    )?;
    let id = moment.id();
    let row = insert(
        &mut scope,
        &blueprint,
        Origin {
            id,
            activity: new.activity,
            import: None,
            note: text_note,
            author: actor.account,
        },
        moment,
    )?;
    index(&mut scope, &[(row.id, &blueprint)])?;
    load_detail(&mut scope, id)
}

/// Where a new blueprint comes from.
struct Origin {
    id: Uuid,
    activity: Option<Uuid>,
    import: Option<Uuid>,
    note: String,
    author: Uuid,
}

fn has_room(scope: &mut Scope<'_, '_>, more: u64) -> Result<(), Error> {
    if count_blueprints(scope)?.saturating_add(more) <= MOST_BLUEPRINTS {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Conflict,
        "blueprint.many",
        "a workspace has at most 100,000 blueprints",
    ))
}

fn insert(
    scope: &mut Scope<'_, '_>,
    blueprint: &Blueprint,
    origin: Origin,
    moment: Moment,
) -> Result<BlueprintRow, Error> {
    let row = summarised(
        BlueprintRow {
            id: origin.id,
            title: String::new(),
            owner: String::new(),
            activity_id: origin.activity,
            latest: 1,
            published: 0,
            missing: String::new(),
            review_day: None,
            import_id: origin.import,
            created_at: moment.micros(),
            changed_at: moment.micros(),
            version: 1,
        },
        blueprint,
    );
    insert_blueprint(scope, &row)?;
    let first = VersionRow {
        blueprint_id: row.id,
        number: 1,
        text: blueprint.markdown(),
        note: origin.note,
        author_id: origin.author,
        author: String::new(),
        changed_at: moment.micros(),
        published: None,
        is_untested: false,
    };
    insert_version(scope, &first)?;
    Ok(row)
}

/// A row with what is read from the newest text.
fn summarised(row: BlueprintRow, blueprint: &Blueprint) -> BlueprintRow {
    let parts = gate(blueprint);
    let missing: Vec<&str> = parts
        .iter()
        .filter(|part| !part.is_there)
        .map(|part| part.code)
        .collect();
    BlueprintRow {
        title: blueprint.title.clone(),
        owner: blueprint.owner.clone(),
        missing: missing.join(" "),
        review_day: blueprint.review_by.map(|day| day.0.into()),
        ..row
    }
}

/// A text as a blueprint that can be kept.
fn checked(text: &str) -> Result<Blueprint, Error> {
    if text.len() > LONGEST_TEXT {
        return Err(Error::invalid(
            "text",
            "blueprint.long",
            "the text is longer than a quarter of a megabyte",
        )
        .hint("make several blueprints of it, or link to what is long"));
    }
    let mut blueprint = Blueprint::of(text);
    blueprint.title = name_of("title", &blueprint.title, LONGEST_TITLE)
        .map_err(|error| error.hint("the first line is the title:  # Booking and reminders"))?;
    Ok(blueprint)
}

fn note_of(text: &str) -> Result<String, Error> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    name_of("note", text, LONGEST_NOTE)
}

/// Saves a text as the draft. Where the newest version is published, a new draft begins.
///
/// # Errors
/// `not_found`, `blueprint.changed` where somebody has changed it meanwhile, and those of [`create_blueprint`].
pub fn save_draft(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    text: &str,
    text_note: &str,
    seen: Seen,
    moment: Moment,
) -> Result<BlueprintDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = load_seen(&mut scope, id, seen)?;
    let blueprint = checked(text)?;
    let text_note = note_of(text_note)?;
    let newest = version(&mut scope, id, row.latest)?;
    let text = blueprint.markdown();
    if newest.text == text && (newest.note == text_note || !row.has_draft()) {
        return load_detail(&mut scope, id);
    }
    let draft = VersionRow {
        number: row.published + 1,
        text,
        note: text_note,
        author_id: actor.account,
        changed_at: moment.micros(),
        published: None,
        is_untested: false,
        ..newest
    };
    if row.has_draft() {
        update_draft(&mut scope, &draft)?;
    } else {
        insert_version(&mut scope, &draft)?;
    }
    let changed = BlueprintRow {
        latest: draft.number,
        changed_at: moment.micros(),
        ..summarised(row, &blueprint)
    };
    update_blueprint(&mut scope, &changed)?;
    note(
        &mut scope,
        actor,
        moment,
        "save_draft",
        changed.title,
        draft.note,
    )?;
    index(&mut scope, &[(id, &blueprint)])?;
    load_detail(&mut scope, id)
}
