//! What is noted for a person who has not joined: their answer, and what they sent.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::assignments::AssignmentDetail;
use offdesk_domain::assignment::State;
use offdesk_domain::person::Unit;

use super::changes::after;
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field};
use crate::desk::pages::worker::assignment::{files_field, files_waiting, handed_in, removed};
use crate::words;

/// What is noted for a person who has not joined.
pub(super) fn on_behalf(detail: &AssignmentDetail, form: &Form, error: Option<&Error>) -> Markup {
    let is_hourly = detail.row.unit == Unit::Hour.word();
    let (row, path) = (&detail.row, format!("/work/{}", detail.row.id));
    html! {
        @if matches!(detail.course.state, State::Assigned { .. }) {
            form method="post" action={ (path) "/reply" } {
                input type="hidden" name="version" value=(row.version);
                p { bdi { (words::shown(&detail.person.name, 80)) } " has not joined: note what they said." }
                div.row {
                    button name="answer" value="agree" { "They take it" }
                    button.plain name="answer" value="decline" { "They decline" }
                }
            }
        } @else if detail.course.state.is_in_hand() {
            details open[error.is_some_and(|error| matches!(error.field, "text" | "link" | "hours" | "file"))] { summary { "Hand in what they sent" }
                (files_waiting(&detail.files, &path))
                form method="post" action={ (path) "/deliverables" } enctype="multipart/form-data" {
                    input type="hidden" name="version" value=(row.version);
                    (Area { name: "text", label: "What was done", help: "", value: form.raw("text"), rows: 4 }.show(error))
                    (Field { kind: "url", ..Field::text("link", "Link (optional)", form.text("link")) }.show(error))
                    (files_field("Files (optional)", error))
                    (Field { class: "number", help: if is_hourly { "It is paid by the hour: what stands here is what is owed." } else { "In all, such as 1.5." }, ..Field::text("hours", if is_hourly { "Hours it took" } else { "Hours it took (optional)" }, form.text("hours")) }.show(error))
                    @if error.is_some_and(|error| error.code == "assignment.no_hours") {
                        label.choice { input type="checkbox" name="without_hours" value="1"; span { "Hand it in without hours: nothing is owed for it, or the hours stand in their week" } }
                    }
                    button { "Hand it in" }
                }
            }
        }
    }
}

/// Hands in what a person has sent who has not joined.
pub fn deliver(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("assignment")?;
        let (form, done) = handed_in(&mut ask, id).await;
        after(&ask, &form, done).await
    })
}

/// Removes a file that is not handed in.
pub fn remove_file(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("assignment")?;
        let done = removed(&ask, id).await;
        after(&ask, &Form::default(), done).await
    })
}
