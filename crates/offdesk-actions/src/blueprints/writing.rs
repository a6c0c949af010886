//! Writing a blueprint: made with a first draft, saved as the draft, never over what somebody else has saved meanwhile.

use offdesk_domain::blueprint::{Blueprint, gate};
use offdesk_store::activities::load_activity;
use offdesk_store::blueprints::versions::{VersionRow, insert_version, update_draft};
use offdesk_store::blueprints::{
    BlueprintRow, count_blueprints, insert_blueprint, update_blueprint,
};
use offdesk_store::{Scope, Tx, Uuid};

use super::finding::index;
use super::{BlueprintDetail, load_detail, load_seen, version};
use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::change::{name_of, note};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

/// So many bytes a blueprint may have.
pub const LONGEST_TEXT: usize = 256 * 1024;
/// So many blueprints a workspace may have.
const MOST_BLUEPRINTS: u64 = 100_000;
/// So many letters a title may have.
pub(super) const LONGEST_TITLE: usize = 160;
/// So many letters a note may have.
pub(super) const LONGEST_NOTE: usize = 400;

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
    let row = insert(
        &mut scope,
        &blueprint,
        Origin {
            activity: new.activity,
            import: None,
            note: text_note,
            author: actor.account,
        },
        moment,
    )?;
    index(&mut scope, &[(row.id, &blueprint)])?;
    load_detail(&mut scope, row.id)
}

/// Where a new blueprint comes from.
pub(super) struct Origin {
    pub(super) activity: Option<Uuid>,
    pub(super) import: Option<Uuid>,
    pub(super) note: String,
    pub(super) author: Uuid,
}

/// Refuses more than a workspace may have.
pub(super) fn has_room(scope: &mut Scope<'_, '_>, more: u64) -> Result<(), Error> {
    if count_blueprints(scope)?.saturating_add(more) <= MOST_BLUEPRINTS {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Conflict,
        "blueprint.many",
        "a workspace has at most 100,000 blueprints",
    ))
}

/// Adds a blueprint with its first draft.
pub(super) fn insert(
    scope: &mut Scope<'_, '_>,
    blueprint: &Blueprint,
    origin: Origin,
    moment: Moment,
) -> Result<BlueprintRow, Error> {
    let row = summarised(
        BlueprintRow {
            id: moment.id(),
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
        replaced: String::new(),
    };
    insert_version(scope, &first)?;
    Ok(row)
}

/// A row with what is read from the newest text.
pub(super) fn summarised(row: BlueprintRow, blueprint: &Blueprint) -> BlueprintRow {
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

/// A note as it is kept.
pub(super) fn note_of(text: &str) -> Result<String, Error> {
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
    write_draft(&mut scope, actor, row, &blueprint, text_note, moment)?;
    load_detail(&mut scope, id)
}

/// Changes the newest text of a blueprint and keeps it as the draft, whose number it gives. For changes that come from elsewhere than its
/// own page.
///
/// # Errors
/// As [`save_draft`].
pub(crate) fn write_into_draft(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    id: Uuid,
    change: &dyn Fn(&mut Blueprint),
    text_note: &str,
    seen: Seen,
    moment: Moment,
) -> Result<i64, Error> {
    let row = load_seen(scope, id, seen)?;
    let newest = version(scope, id, row.latest)?;
    let mut blueprint = Blueprint::of(&newest.text);
    change(&mut blueprint);
    let blueprint = checked(&blueprint.markdown())?;
    write_draft(scope, actor, row, &blueprint, note_of(text_note)?, moment)
}

/// Keeps the text and the note of a version as the draft, by whoever it is now.
pub(super) fn keep_draft(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &BlueprintRow,
    version: VersionRow,
    moment: Moment,
) -> Result<VersionRow, Error> {
    let draft = VersionRow {
        number: row.published + 1,
        author_id: actor.account,
        changed_at: moment.micros(),
        published: None,
        is_untested: false,
        // A draft that begins now has written over nobody's.
        replaced: if row.has_draft() {
            version.replaced
        } else {
            String::new()
        },
        ..version
    };
    if row.has_draft() {
        update_draft(scope, &draft)?;
    } else {
        insert_version(scope, &draft)?;
    }
    Ok(draft)
}

/// Keeps a text as the draft, and gives its number; a text that is the newest one already changes nothing.
fn write_draft(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: BlueprintRow,
    blueprint: &Blueprint,
    text_note: String,
    moment: Moment,
) -> Result<i64, Error> {
    let id = row.id;
    let newest = version(scope, id, row.latest)?;
    let text = blueprint.markdown();
    if newest.text == text && (newest.note == text_note || !row.has_draft()) {
        return Ok(newest.number);
    }
    // A draft is written in place: what somebody else had written is kept beside it.
    let is_of_another = newest.author_id != actor.account && newest.text != text;
    let written = VersionRow {
        note: text_note,
        replaced: match is_of_another {
            true => newest.text,
            false => newest.replaced,
        },
        text,
        ..newest
    };
    let draft = keep_draft(scope, actor, &row, written, moment)?;
    let changed = BlueprintRow {
        latest: draft.number,
        changed_at: moment.micros(),
        ..summarised(row, blueprint)
    };
    update_blueprint(scope, &changed)?;
    note(
        scope,
        actor,
        moment,
        "save_draft",
        changed.title,
        draft.note,
    )?;
    index(scope, &[(id, blueprint)])?;
    Ok(draft.number)
}
