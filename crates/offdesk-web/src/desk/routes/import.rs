//! The routes of hours that come in.

use offdesk_actions::actor::Permission::{Import, See};

use super::Access::May;
use super::{Route, get, post};
use crate::desk::pages::import;
use crate::desk::pages::import::calendars;

/// All of them.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/import", May(Import), import::page),
        post("/import", May(Import), import::receive).with_files(),
        post("/import/pasted", May(Import), import::paste).with_files(),
        post("/import/memory", May(Import), import::remember),
        post("/import/log", May(Import), import::log),
        post("/import/log-lines/{line}", May(Import), import::change_line),
        post(
            "/import/log-lines/{line}/removal",
            May(Import),
            import::remove_line,
        ),
        post("/import/calendars", May(Import), calendars::add).with_files(),
        post(
            "/import/calendars/{calendar}/readings",
            May(Import),
            calendars::refresh,
        )
        .with_files(),
        post(
            "/import/calendars/{calendar}/schedule",
            May(Import),
            calendars::schedule,
        ),
        post(
            "/import/calendars/{calendar}/removal",
            May(Import),
            calendars::remove,
        ),
        get("/import/{upload}", May(Import), import::preview).with_files(),
        post("/import/{upload}", May(Import), import::confirm).with_files(),
        post("/import/{upload}/removal", May(Import), import::drop_file).with_files(),
        get("/sources/{source}", May(See), import::source),
        post("/sources/{source}/removal", May(Import), import::undo).with_files(),
    ]
}
