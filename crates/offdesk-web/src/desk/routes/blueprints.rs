//! The routes of blueprints.

use offdesk_actions::actor::Permission;

use super::{Access, Route, get, post};
use crate::desk::pages::blueprints;

/// All of them.
pub(super) fn routes() -> Vec<Route> {
    use Access::May;
    use Permission::{Edit, See};
    vec![
        get("/blueprints", May(See), blueprints::page),
        post("/blueprints", May(Edit), blueprints::create),
        get("/blueprints/new", May(Edit), blueprints::new_page),
        get("/blueprints/files", May(See), blueprints::all_files),
        get("/blueprints/import", May(Edit), blueprints::import_page),
        post("/blueprints/import", May(Edit), blueprints::bring),
        post(
            "/blueprints/import/confirmation",
            May(Edit),
            blueprints::confirm,
        ),
        post(
            "/blueprints/imports/{import}/removal",
            May(Edit),
            blueprints::undo,
        ),
        get("/blueprints/{blueprint}", May(See), blueprints::show),
        post("/blueprints/{blueprint}", May(Edit), blueprints::save),
        get(
            "/blueprints/{blueprint}/edit",
            May(Edit),
            blueprints::edit_page,
        ),
        get(
            "/blueprints/{blueprint}/file",
            May(See),
            blueprints::markdown_file,
        ),
        get(
            "/blueprints/{blueprint}/page",
            May(See),
            blueprints::whole_page,
        ),
        get(
            "/blueprints/{blueprint}/versions/{number}",
            May(See),
            blueprints::version,
        ),
        post(
            "/blueprints/{blueprint}/attachments",
            May(Edit),
            blueprints::attach,
        )
        .with_files(),
        get(
            "/blueprints/{blueprint}/attachments/{attachment}",
            May(See),
            blueprints::download,
        )
        .with_files(),
        post(
            "/blueprints/{blueprint}/attachments/{attachment}/removal",
            May(Edit),
            blueprints::detach,
        ),
        post(
            "/blueprints/{blueprint}/publication",
            May(Edit),
            blueprints::publish,
        ),
        post(
            "/blueprints/{blueprint}/test-runs",
            May(Edit),
            blueprints::note_test_run,
        ),
        post(
            "/blueprints/{blueprint}/removal",
            May(Edit),
            blueprints::drop_draft,
        ),
    ]
}
