//! Publishing a draft: through the gate, after a second person has followed it once, or knowingly without.

use offdesk_domain::activity::one_line;
use offdesk_domain::blueprint::{Blueprint, gate};
use offdesk_store::blueprints::test_runs::{TestRunRow, insert_test_run, list_test_runs};
use offdesk_store::blueprints::versions::{VersionRow, remove_draft, update_draft};
use offdesk_store::blueprints::{BlueprintRow, remove_blueprint, update_blueprint};
use offdesk_store::handoffs::list_of_blueprint;
use offdesk_store::{Scope, Tx, Uuid};

use super::finding::index;
use super::writing::{LONGEST_NOTE, note_of, summarised};
use super::{BlueprintDetail, hash_of, is_run_of, load, load_detail, load_seen, version};
use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::change::{name_of, note};
use crate::error::{Error, ErrorKind};
use crate::handoffs::propose_published;
use crate::moment::Moment;

/// So many questions can be counted.
const MOST_QUESTIONS: i64 = 1_000;

/// How a draft is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Publishing {
    /// The version that was seen.
    pub seen: Seen,
    /// Though nobody else has followed it yet.
    pub is_untested: bool,
    /// Though parts that are written are not known for what they should be: whoever publishes it has read that.
    pub is_as_written: bool,
}

/// Publishes the draft: from then on it is never changed. Whoever works by an older version is asked whether they take it.
///
/// # Errors
/// `not_found`, `blueprint.changed`, `blueprint.no_draft`, `blueprint.incomplete` with the missing parts, where they are not all said to
/// be there as they are written, `blueprint.stepless`, `blueprint.untested`.
pub fn publish_blueprint(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    publishing: Publishing,
    moment: Moment,
) -> Result<BlueprintDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    // Handoffs are asked about it: nothing of them changes meanwhile.
    scope.hold()?;
    let row = load_seen(&mut scope, id, publishing.seen)?;
    let draft = draft_of(&mut scope, &row)?;
    let doubtful = passes_gate(&Blueprint::of(&draft.text), publishing.is_as_written)?;
    let runs = list_test_runs(&mut scope, id)?;
    let is_tested = runs.iter().any(|run| is_run_of(run, &draft));
    if !is_tested && !publishing.is_untested {
        return Err(Error::new(
            ErrorKind::Conflict,
            "blueprint.untested",
            "nobody else has followed this draft as it stands now",
        )
        .hint("let a second person do it once by the page alone and note their questions, or say that you skip that"));
    }
    let published = VersionRow {
        published: Some((moment.micros(), actor.account)),
        is_untested: !is_tested,
        replaced: String::new(),
        ..draft
    };
    update_draft(&mut scope, &published)?;
    let changed = BlueprintRow {
        published: published.number,
        changed_at: moment.micros(),
        ..row
    };
    update_blueprint(&mut scope, &changed)?;
    propose_published(&mut scope, actor, &changed, moment)?;
    let mut detail = format!("version {}", published.number);
    if !is_tested {
        detail += ", without a test run";
    }
    if !doubtful.is_empty() {
        detail += &format!(", as written: {}", doubtful.join(", ").to_lowercase());
    }
    note(
        &mut scope,
        actor,
        moment,
        "publish_blueprint",
        changed.title,
        detail,
    )?;
    load_detail(&mut scope, id)
}

fn draft_of(scope: &mut Scope<'_, '_>, row: &BlueprintRow) -> Result<VersionRow, Error> {
    if row.has_draft() {
        return version(scope, row.id, row.latest);
    }
    Err(Error::new(
        ErrorKind::Conflict,
        "blueprint.no_draft",
        format!(
            "version {} is published, and nothing was changed since",
            row.published
        ),
    )
    .hint("edit it first: that begins a new draft"))
}

/// Refuses a text that others could not follow; the names of the parts that are written, and not known for what they should be.
fn passes_gate(blueprint: &Blueprint, is_as_written: bool) -> Result<Vec<&'static str>, Error> {
    let parts = gate(blueprint);
    let missing: Vec<_> = parts.iter().filter(|part| !part.is_there).collect();
    let names: Vec<&str> = missing.iter().map(|part| part.name).collect();
    let is_all_written = missing.iter().all(|part| part.is_written);
    if is_all_written && (is_as_written || missing.is_empty()) {
        if blueprint.has_steps() {
            return Ok(names);
        }
        return Err(Error::new(
            ErrorKind::Conflict,
            "blueprint.stepless",
            "the parts are there, but no step: nothing says what to do",
        )
        .hint("write what is done, one action a line; a single step is enough"));
    }
    let hint = match is_all_written {
        true => {
            "write what is missing, or say that it is there as it is written; the page of the blueprint says what was looked for"
        }
        false => "write what is missing; the page of the blueprint says how",
    };
    Err(Error::new(
        ErrorKind::Conflict,
        "blueprint.incomplete",
        format!(
            "{} of 7 parts are there; missing: {}",
            7 - missing.len(),
            names.join(", ").to_lowercase()
        ),
    )
    .hint(hint))
}

/// What is noted of a test run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewTestRun {
    /// The version that was followed; the newest where none is given.
    pub number: Option<i64>,
    /// Who followed it.
    pub person: String,
    /// So many questions they had.
    pub questions: i64,
    /// What they asked.
    pub note: String,
}

/// Notes that a second person has followed a version once. It counts for the text as it stands then.
///
/// # Errors
/// `not_found`, `name.empty` without a person, `blueprint.questions`, `blueprint.own_run` for whoever wrote the text.
pub fn note_test_run(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    new: &NewTestRun,
    moment: Moment,
) -> Result<BlueprintDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = load(&mut scope, id)?;
    let person = name_of("person", &new.person, 80)?;
    if !(0..=MOST_QUESTIONS).contains(&new.questions) {
        return Err(Error::invalid(
            "questions",
            "blueprint.questions",
            format!("{} is no number of questions", new.questions),
        )
        .hint("count what they had to ask: 0 is best"));
    }
    let number = new.number.unwrap_or(row.latest);
    let followed = version(&mut scope, id, number)?;
    is_somebody_else(&person, &followed)?;
    let text = if new.note.chars().count() > LONGEST_NOTE {
        return Err(Error::invalid(
            "note",
            "name.long",
            format!("the note is longer than {LONGEST_NOTE} letters"),
        ));
    } else {
        note_of(&new.note)?
    };
    let run = TestRunRow {
        blueprint_id: id,
        id: moment.id(),
        number,
        person,
        questions: new.questions,
        note: text,
        noted_by: actor.account,
        created_at: moment.micros(),
        text_hash: hash_of(&followed.text),
    };
    insert_test_run(&mut scope, &run)?;
    let detail = format!("version {number}, questions: {}", run.questions);
    note(
        &mut scope,
        actor,
        moment,
        "note_test_run",
        row.title,
        detail,
    )?;
    load_detail(&mut scope, id)
}

/// Refuses a run by whoever wrote the text: it shows nothing that others would miss.
fn is_somebody_else(person: &str, version: &VersionRow) -> Result<(), Error> {
    let plain = |name: &str| one_line(name).to_lowercase();
    let author = plain(&version.author);
    if author.is_empty() || plain(person) != author {
        return Ok(());
    }
    Err(Error::invalid(
        "person",
        "blueprint.own_run",
        format!(
            "{} wrote this text: a test run is by somebody else",
            version.author
        ),
    )
    .hint("let a second person do it once by the page alone, or publish it without"))
}

/// Throws the draft away: the published version stands again. A blueprint that was never published goes as a whole, and the answer
/// is `None`.
///
/// # Errors
/// `not_found`, `blueprint.changed`, `blueprint.no_draft`, `blueprint.handed_off`.
pub fn drop_draft(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    seen: Seen,
    moment: Moment,
) -> Result<Option<BlueprintDetail>, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = load_seen(&mut scope, id, seen)?;
    draft_of(&mut scope, &row)?;
    if row.published == 0 && !list_of_blueprint(&mut scope, id)?.is_empty() {
        return Err(Error::new(
            ErrorKind::Conflict,
            "blueprint.handed_off",
            "work was handed off by this blueprint: its record stays",
        )
        .hint("edit it, or publish it"));
    }
    note(
        &mut scope,
        actor,
        moment,
        "drop_draft",
        row.title.as_str(),
        "",
    )?;
    if row.published == 0 {
        remove_blueprint(&mut scope, id)?;
        return Ok(None);
    }
    remove_draft(&mut scope, id, row.latest)?;
    let published = version(&mut scope, id, row.published)?;
    let blueprint = Blueprint::of(&published.text);
    let changed = BlueprintRow {
        latest: row.published,
        changed_at: moment.micros(),
        ..summarised(row, &blueprint)
    };
    update_blueprint(&mut scope, &changed)?;
    index(&mut scope, &[(id, &blueprint)])?;
    load_detail(&mut scope, id).map(Some)
}
