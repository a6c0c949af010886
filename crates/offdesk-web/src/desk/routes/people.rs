//! The routes of people, of handoffs, and of workers.

use offdesk_actions::actor::Permission;

use super::{Access, Route, get, post};
use crate::desk::api::download_deliverable;
use crate::desk::pages::{agents, handoffs, people, worker};

/// All of them.
pub(super) fn routes() -> Vec<Route> {
    let mut all = of_people();
    all.extend(of_handoffs());
    all.extend(of_workers());
    all.extend(of_assignments());
    all
}

fn of_assignments() -> Vec<Route> {
    use Access::May;
    use Permission::Work;
    use worker::assignment;
    vec![
        get("/my/assignments/{assignment}", May(Work), assignment::page),
        post(
            "/my/assignments/{assignment}/reply",
            May(Work),
            assignment::answer,
        ),
        post(
            "/my/assignments/{assignment}/steps/{number}",
            May(Work),
            assignment::tick,
        ),
        post(
            "/my/assignments/{assignment}/questions",
            May(Work),
            assignment::ask_about,
        ),
        post(
            "/my/assignments/{assignment}/hours",
            May(Work),
            assignment::set_hours,
        )
        .with_files(),
        post(
            "/my/assignments/{assignment}/deliverables",
            May(Work),
            assignment::deliver,
        )
        .with_files(),
        get(
            "/my/assignments/{assignment}/files/{document}",
            May(Work),
            download_deliverable,
        )
        .with_files(),
        post(
            "/my/assignments/{assignment}/files/{document}/removal",
            May(Work),
            assignment::remove_file,
        ),
    ]
}

fn of_people() -> Vec<Route> {
    use Access::May;
    use Permission::{Administer, Edit, See, Use};
    vec![
        get("/people", May(See), people::page),
        post("/people", May(Edit), people::add),
        get("/people/new", May(Edit), people::new_page),
        get("/people/{person}", May(See), people::show),
        post("/people/{person}", May(Edit), people::change),
        get("/people/{person}/edit", May(Edit), people::edit_page),
        post("/people/{person}/state", May(Edit), people::set_state),
        post("/people/{person}/terms", May(Edit), people::add_terms),
        post(
            "/people/{person}/terms/{terms}/removal",
            May(Edit),
            people::remove_terms,
        ),
        post("/people/{person}/rates", May(Edit), agents::note_rate),
        post(
            "/people/{person}/rates/{rate}/removal",
            May(Edit),
            agents::forget_rate,
        ),
        post(
            "/people/{person}/usage-table",
            May(Use),
            agents::bring_usage,
        ),
        post("/work/{assignment}/usage", May(Use), agents::note_used),
        post(
            "/work/{assignment}/usage/{usage}/removal",
            May(Edit),
            agents::forget_used,
        ),
        post("/people/{person}/access", May(Edit), people::grant),
        post(
            "/people/{person}/access/{access}/revocation",
            May(Edit),
            people::revoke,
        ),
        post(
            "/people/{person}/invitation",
            May(Administer),
            people::invite,
        ),
    ]
}

fn of_handoffs() -> Vec<Route> {
    use Access::May;
    use Permission::{Edit, See};
    vec![
        get("/handoffs", May(See), handoffs::page),
        post("/handoffs", May(Edit), handoffs::propose),
        get("/handoffs/new", May(Edit), handoffs::new_page),
        get("/handoffs/{handoff}", May(See), handoffs::show),
        post("/handoffs/{handoff}/answer", May(Edit), handoffs::answer),
        post("/handoffs/{handoff}/move", May(Edit), handoffs::go),
        post(
            "/handoffs/{handoff}/proposal",
            May(Edit),
            handoffs::propose_again,
        ),
        post("/handoffs/{handoff}/change", May(Edit), handoffs::change),
        post("/handoffs/{handoff}/checking", May(Edit), handoffs::check),
        post(
            "/handoffs/{handoff}/mailbox",
            May(Edit),
            handoffs::renew_address,
        ),
        post(
            "/handoffs/{handoff}/mailbox/end",
            May(Edit),
            handoffs::end_address,
        ),
        post(
            "/handoffs/{handoff}/recurrences",
            May(Edit),
            handoffs::repeat,
        ),
        post(
            "/handoffs/{handoff}/recurrences/{recurrence}/zone",
            May(Edit),
            handoffs::move_repeat,
        ),
        post(
            "/handoffs/{handoff}/recurrences/{recurrence}/end",
            May(Edit),
            handoffs::end_repeat,
        ),
        post(
            "/handoffs/{handoff}/change/answer",
            May(Edit),
            handoffs::answer_change,
        ),
        post(
            "/handoffs/{handoff}/change/removal",
            May(Edit),
            handoffs::withdraw,
        ),
    ]
}

fn of_workers() -> Vec<Route> {
    use Access::May;
    use Permission::Work;
    vec![
        get("/my/work", May(Work), worker::work),
        get("/my/progress", May(Work), worker::progress),
        get("/my/handoffs", May(Work), worker::page),
        get("/my/handoffs/{handoff}", May(Work), worker::show),
        get(
            "/my/handoffs/{handoff}/attachments/{attachment}",
            May(Work),
            worker::download_attachment,
        )
        .with_files(),
        post("/my/handoffs/{handoff}/answer", May(Work), worker::answer),
        post(
            "/my/handoffs/{handoff}/change/answer",
            May(Work),
            worker::answer_change,
        ),
        post(
            "/my/handoffs/{handoff}/draft",
            May(Work),
            worker::write_draft,
        ),
        post("/my/off", May(Work), worker::set_off),
        get("/my/record", May(Work), worker::record),
        post("/my/record", May(Work), worker::change_record),
        get("/my/record/file", May(Work), worker::record_file),
    ]
}
