//! The routes of the API for blueprints.

use axum::http::Method;
use offdesk_actions::actor::Permission;

use super::table::Line;
use super::{blueprint_changes as changes, blueprints};
use crate::desk::routes::Access;

/// The lines of the table.
pub(super) fn lines() -> Vec<Line> {
    use Access::May;
    use Permission::{Edit, See};
    let (get, post, delete) = (Method::GET, Method::POST, Method::DELETE);
    vec![
        (
            get.clone(),
            "/api/v1/blueprints",
            May(See),
            blueprints::list,
            "A page of blueprints, the one changed last first; q= finds by words, before= takes the last page's next, most= at most 200",
            &[],
            "offdesk.blueprints/1",
        ),
        (
            get.clone(),
            "/api/v1/blueprints/{blueprint}",
            May(See),
            blueprints::show,
            "A blueprint with its newest text, what is missing, its hints, versions and test runs",
            &[],
            "offdesk.blueprint/1",
        ),
        (
            get.clone(),
            "/api/v1/blueprints/{blueprint}/versions/{number}",
            May(See),
            blueprints::version,
            "A version with its text, and what changed since the one before, or since another one (since)",
            &[],
            "offdesk.blueprint_version/1",
        ),
        (
            get.clone(),
            "/api/v1/blueprints/{blueprint}/attachments/{attachment}",
            May(See),
            crate::desk::pages::blueprints::download,
            "A file of a blueprint, whichever version has it",
            &[],
            "file",
        ),
        (
            get.clone(),
            "/api/v1/blueprint-files",
            May(See),
            crate::desk::pages::blueprints::all_files,
            "The newest texts of all blueprints, as a zip of Markdown",
            &[],
            "zip",
        ),
        (
            get,
            "/api/v1/activities/{activity}/draft",
            May(See),
            blueprints::draft,
            "A first draft of an activity's blueprint, from its entries; nothing is kept",
            &[],
            "offdesk.draft/1",
        ),
        (
            post.clone(),
            "/api/v1/blueprints",
            May(Edit),
            changes::create,
            "Makes a blueprint, with a text in Markdown as its first draft",
            &[("text", "string"), ("activity", "id?"), ("note", "string?")],
            "offdesk.blueprint/1",
        ),
        (
            Method::PUT,
            "/api/v1/blueprints/{blueprint}",
            May(Edit),
            changes::save,
            "Saves a text as the draft; 409 where somebody has changed the blueprint since that version",
            &[
                ("text", "string"),
                ("version", "integer"),
                ("note", "string?"),
            ],
            "offdesk.blueprint/1",
        ),
        (
            post.clone(),
            "/api/v1/blueprints/{blueprint}/publication",
            May(Edit),
            changes::publish,
            "Publishes the draft, which has all seven parts; untested says knowingly that nobody else has followed it, as_written that parts which are written are there though they were not known for what they should be",
            &[
                ("version", "integer"),
                ("untested", "boolean?"),
                ("as_written", "boolean?"),
            ],
            "offdesk.blueprint/1",
        ),
        (
            post.clone(),
            "/api/v1/blueprints/{blueprint}/test-runs",
            May(Edit),
            changes::note_test_run,
            "Notes that a second person has followed a version once, and their questions",
            &[
                ("person", "string"),
                ("questions", "integer"),
                ("number", "integer?"),
                ("note", "string?"),
            ],
            "offdesk.blueprint/1",
        ),
        (
            post.clone(),
            "/api/v1/blueprints/{blueprint}/attachments",
            May(Edit),
            changes::attach,
            "Attaches a file to the draft, in the place of one of that name: its bytes, at most 8 MiB, named by file=",
            &[],
            "offdesk.blueprint/1",
        ),
        (
            delete.clone(),
            "/api/v1/blueprints/{blueprint}/attachments/{attachment}",
            May(Edit),
            changes::detach,
            "Takes a file out of the draft; published versions keep it",
            &[],
            "none",
        ),
        (
            delete.clone(),
            "/api/v1/blueprints/{blueprint}/draft",
            May(Edit),
            changes::drop_draft,
            "Throws the draft away; a blueprint that was never published goes as a whole",
            &[],
            "none",
        ),
        (
            post,
            "/api/v1/blueprint-imports",
            May(Edit),
            changes::bring,
            "Brings a file in as drafts: its bytes, named by file=; dry_run=1 says only what would come, same_title=draft or apart what becomes of a title that is there with another text",
            &[],
            "offdesk.blueprint_import/1",
        ),
        (
            delete,
            "/api/v1/blueprint-imports/{import}",
            May(Edit),
            changes::undo,
            "Takes back what an import brought, but for what was changed since",
            &[],
            "offdesk.blueprint_undo/1",
        ),
    ]
}
