//! The routes of the API for workers, for sessions only: what their own pages do.

use axum::http::Method;
use offdesk_actions::actor::Permission::Work;

use super::table::Line;
use super::{assignment_changes as changes, assignments, deliverable_files as files, my, my_work};
use crate::desk::ask::{Answer, Ask};
use crate::desk::routes::Access::May;

/// All of them.
pub(super) fn lines() -> Vec<Line> {
    let mut all = reading();
    all.extend(of_record());
    all.extend(of_handoffs());
    all.extend(of_assignments());
    all.extend(of_files());
    all
}

fn reading() -> Vec<Line> {
    let line = |path, handle: fn(Ask) -> Answer, summary, answer| -> Line {
        (Method::GET, path, May(Work), handle, summary, &[], answer)
    };
    vec![
        line(
            "/api/v1/my/work",
            my_work::work,
            "What is on your desk: to answer, in your hands, handed in; at most 200 of each, the earliest due first",
            "offdesk.own_work/1",
        ),
        line(
            "/api/v1/my/progress",
            my_work::progress,
            "Where your work stands by the rule for everybody, and a page of what was said of it, the latest due first",
            "offdesk.own_progress/1",
        ),
        line(
            "/api/v1/my/pay",
            my_work::pay,
            "What your accepted work comes to at your own prices, with the latest 60 assignments",
            "offdesk.own_pay/1",
        ),
        line(
            "/api/v1/my/assignments",
            assignments::list,
            "A page of your assignments, the earliest due first: those that are open, or in one state=",
            "offdesk.assignments/1",
        ),
        line(
            "/api/v1/my/assignments/{assignment}",
            assignments::show,
            "An assignment of yours with its steps, questions, deliverables, reviews and findings",
            "offdesk.assignment/1",
        ),
        line(
            "/api/v1/my/handoffs",
            my::handoffs,
            "A page of what is handed off or proposed to you, the latest first",
            "offdesk.own_handoffs/1",
        ),
        line(
            "/api/v1/my/handoffs/{handoff}",
            my::handoff,
            "A handoff to you with the text of its blueprint and its history",
            "offdesk.own_handoff/1",
        ),
        line(
            "/api/v1/my/handoffs/{handoff}/attachments/{attachment}",
            crate::desk::pages::worker::download_attachment,
            "A file of the blueprint of a handoff to you",
            "file",
        ),
        line(
            "/api/v1/my/record",
            my::record,
            "Everything that is kept about you, to take along",
            "offdesk.own_record/1",
        ),
        line(
            "/api/v1/my/record/fields",
            my::fields,
            "What those who run the business can see about you, field by field",
            "offdesk.own_fields/1",
        ),
    ]
}

fn of_record() -> Vec<Line> {
    vec![
        (
            Method::PUT,
            "/api/v1/my/record",
            May(Work),
            my::change_record as fn(Ask) -> Answer,
            "Puts right what is known of you; what is left out stays",
            &[
                ("version", "integer"),
                ("name", "string?"),
                ("zone", "string?"),
                ("working_hours", "string?"),
                ("languages", "string?"),
                ("skills", "string?"),
            ][..],
            "offdesk.own_record/1",
        ),
        (
            Method::PUT,
            "/api/v1/my/off",
            May(Work),
            my::set_off,
            "Notes the first day on which you are back, or, without one, that you are back",
            &[("off_until", "date?")],
            "offdesk.own_work/1",
        ),
    ]
}

fn of_handoffs() -> Vec<Line> {
    let answer = &[
        ("version", "integer"),
        ("answer", "string"),
        ("said", "string?"),
    ];
    vec![
        (
            Method::POST,
            "/api/v1/my/handoffs/{handoff}/answer",
            May(Work),
            my::answer as fn(Ask) -> Answer,
            "Accepts or declines what is proposed to you: accept or decline",
            answer,
            "offdesk.own_handoff/1",
        ),
        (
            Method::PUT,
            "/api/v1/my/handoffs/{handoff}/draft",
            May(Work),
            my::write_draft,
            "Writes the first version of a blueprint of which nothing is published, as a draft; 409 where it was changed since that version",
            &[
                ("text", "string"),
                ("version", "integer"),
                ("note", "string?"),
            ],
            "offdesk.own_handoff/1",
        ),
        (
            Method::POST,
            "/api/v1/my/handoffs/{handoff}/change/answer",
            May(Work),
            my::answer_change,
            "Accepts or declines a change of what was agreed: accept or decline",
            answer,
            "offdesk.own_handoff/1",
        ),
    ]
}

fn of_assignments() -> Vec<Line> {
    let line = |method, path, handle: fn(Ask) -> Answer, summary, fields, answer| -> Line {
        (method, path, May(Work), handle, summary, fields, answer)
    };
    let (whole, now) = ("offdesk.assignment/1", "offdesk.assignment_now/1");
    vec![
        line(
            Method::POST,
            "/api/v1/my/assignments/{assignment}/reply",
            changes::reply,
            "Takes an assignment, or declines it, which is free: agree or decline",
            &[("version", "integer"), ("answer", "string")],
            whole,
        ),
        line(
            Method::POST,
            "/api/v1/my/assignments/{assignment}/beginning",
            changes::start,
            "Begins the work, anew after a return",
            &[("version", "integer")],
            whole,
        ),
        line(
            Method::PUT,
            "/api/v1/my/assignments/{assignment}/steps/{number}",
            changes::tick,
            "Ticks a step, or takes the tick away",
            &[("ticked", "boolean")],
            now,
        ),
        line(
            Method::PUT,
            "/api/v1/my/assignments/{assignment}/time",
            changes::time,
            "Types in the time it has taken in all",
            &[("hours", "decimal")],
            now,
        ),
        line(
            Method::POST,
            "/api/v1/my/assignments/{assignment}/questions",
            changes::question,
            "Asks something, at a step; your due date stands still until it is answered",
            &[("text", "string"), ("step", "integer?")],
            whole,
        ),
        line(
            Method::POST,
            "/api/v1/my/assignments/{assignment}/deliverables",
            changes::deliver,
            "Hands something in, with the files that have come",
            &[
                ("version", "integer"),
                ("text", "string?"),
                ("link", "string?"),
                ("hours", "decimal?"),
                ("without_hours", "boolean?"),
            ],
            now,
        ),
    ]
}

fn of_files() -> Vec<Line> {
    vec![
        (
            Method::POST,
            "/api/v1/my/assignments/{assignment}/files",
            May(Work),
            files::begin as fn(Ask) -> Answer,
            "Begins to receive a file, of at most a hundred megabytes, for what you hand in next",
            &[("name", "string"), ("length", "integer")][..],
            "offdesk.deliverable_file/1",
        ),
        (
            Method::PUT,
            "/api/v1/my/assignments/{assignment}/files/{document}/parts/{start}",
            May(Work),
            files::add,
            "Takes the next part of a file, of at most a megabyte",
            &[],
            "offdesk.deliverable_file/1",
        ),
        (
            Method::GET,
            "/api/v1/my/assignments/{assignment}/files/{document}",
            May(Work),
            files::download,
            "A file of yours, to keep",
            &[],
            "file",
        ),
        (
            Method::DELETE,
            "/api/v1/my/assignments/{assignment}/files/{document}",
            May(Work),
            files::remove,
            "Removes a file that is not handed in",
            &[],
            "none",
        ),
    ]
}
