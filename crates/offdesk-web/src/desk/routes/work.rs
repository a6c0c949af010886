//! The routes of work and reviews.

use offdesk_actions::actor::Permission::{Edit, See};

use super::Access::May;
use super::{Route, get, post};
use crate::desk::api::download_deliverable;
use crate::desk::pages::{review, work};

/// All of them.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/work", May(See), work::page),
        post("/work", May(Edit), work::give).with_files(),
        get("/work/{assignment}", May(See), work::show),
        get(
            "/work/{assignment}/files/{document}",
            May(See),
            download_deliverable,
        )
        .with_files(),
        post("/work/{assignment}/reply", May(Edit), work::reply),
        post("/work/{assignment}/deliverables", May(Edit), work::deliver).with_files(),
        post(
            "/work/{assignment}/files/{document}/removal",
            May(Edit),
            work::remove_file,
        ),
        post("/work/{assignment}/cancellation", May(Edit), work::cancel),
        post("/work/{assignment}/change", May(Edit), work::change),
        post("/work/{assignment}/reassignment", May(Edit), work::reassign),
        post("/work/{assignment}/closure", May(Edit), work::close),
        post("/work/{assignment}/escapes", May(Edit), work::escape),
        post("/work/{assignment}/supervision", May(Edit), work::spend),
        post(
            "/work/{assignment}/questions/{question}/answer",
            May(Edit),
            work::answer,
        ),
        post(
            "/work/{assignment}/supervision/{supervision}",
            May(Edit),
            work::correct,
        ),
        get("/review", May(See), review::page),
        get("/review/{assignment}", May(See), review::show),
        post("/review/{assignment}", May(Edit), review::judge),
    ]
}
