//! The first version of a blueprint, written by who does the work: after a recording, or as they found it. The owner reads it and publishes it.

use offdesk_domain::blueprint::Blueprint;
use offdesk_store::blueprints::versions::load_version;
use offdesk_store::blueprints::{BlueprintRow, load_blueprint};
use offdesk_store::{Scope, Tx, Uuid};

use super::{OwnHandoffDetail, load_own_handoff, own, theirs};
use crate::activities::Seen;
use crate::actor::Actor;
use crate::blueprints::write_into_draft;
use crate::error::{Error, ErrorKind};
use crate::handoffs::Handoff;
use crate::moment::Moment;

/// The draft of a blueprint of which nothing is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnDraft {
    /// Its text, as Markdown.
    pub text: String,
    /// Version of the blueprint, for a change.
    pub version: i64,
}

/// Whether the person may write the blueprint.
fn is_theirs_to_write(handoff: &Handoff, blueprint: Option<&BlueprintRow>) -> bool {
    handoff.state.is_agreed() && blueprint.is_some_and(|row| row.published == 0)
}

/// The draft that the person may write, where the handoff is agreed and nothing of its blueprint is published.
pub(super) fn own_draft(
    scope: &mut Scope<'_, '_>,
    handoff: &Handoff,
    blueprint: Option<&BlueprintRow>,
) -> Result<Option<OwnDraft>, Error> {
    let Some(row) = blueprint.filter(|_| is_theirs_to_write(handoff, blueprint)) else {
        return Ok(None);
    };
    let newest = load_version(scope, row.id, row.latest)?;
    Ok(newest.map(|newest| OwnDraft {
        text: newest.text,
        version: row.version,
    }))
}

/// Writes the first version of a handoff's blueprint, while nothing of it is published. It stays a draft: the owner publishes it, and
/// the text of somebody else that stood there is kept beside it.
///
/// # Errors
/// `not_found`, `blueprint.not_yours` where a version is published or nothing is agreed, `blueprint.changed`, and those of texts.
pub fn write_own_draft(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    text: &str,
    note: &str,
    seen: Seen,
    moment: Moment,
) -> Result<OwnHandoffDetail, Error> {
    let (mut scope, person) = own(tx, actor)?;
    let handoff = theirs(&mut scope, &person, id)?;
    let id_of_blueprint = handoff.row.blueprint_id;
    let blueprint = load_blueprint(&mut scope, id_of_blueprint)?;
    if !is_theirs_to_write(&handoff, blueprint.as_ref()) {
        return Err(Error::new(
            ErrorKind::Conflict,
            "blueprint.not_yours",
            "this page is not yours to write",
        )
        .hint("where something is missing in it, ask at the step: the answer can become a change of it"));
    }
    if text.trim().is_empty() {
        return Err(Error::invalid("text", "name.empty", "nothing was written")
            .hint("write what you do, one action a line"));
    }
    let change = |blueprint: &mut Blueprint| *blueprint = blueprint.rewritten(text);
    write_into_draft(
        &mut scope,
        actor,
        id_of_blueprint,
        &change,
        note,
        seen,
        moment,
    )?;
    load_own_handoff(tx, actor, id)
}
