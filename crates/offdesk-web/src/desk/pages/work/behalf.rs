//! What is noted for a person who has not joined: their answer, and what they sent.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::assignments::files::drop_file;
use offdesk_actions::assignments::{
    AssignmentDetail, NewDeliverable, deliver as hand_in, load_assignment,
};
use offdesk_actions::store::Uuid;
use offdesk_domain::assignment::State;
use offdesk_domain::person::Unit;

use super::changes::after;
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field};
use crate::desk::pages::worker::assignment::{hours_of, receive};
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
            details open[error.is_some_and(|error| matches!(error.field, "text" | "link" | "hours"))] { summary { "Hand in what they sent" }
                @for file in detail.files.iter().filter(|file| file.round.is_none()) {
                    form.row method="post" action={ (path) "/files/" (file.id) "/removal" } {
                        span { bdi { (words::shown(&file.name, 120)) } @if file.received < file.length { " (did not come whole)" } }
                        button.plain.small { "Remove it" }
                    }
                }
                form method="post" action={ (path) "/deliverables" } enctype="multipart/form-data" {
                    input type="hidden" name="version" value=(row.version);
                    (Area { name: "text", label: "What was done", help: "", value: form.raw("text"), rows: 4 }.show(error))
                    (Field { kind: "url", ..Field::text("link", "Link (optional)", form.text("link")) }.show(error))
                    div.field {
                        label for="file" { "Files (optional)" }
                        input #file type="file" name="file" multiple;
                    }
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
        let (form, done) = match receive(&mut ask, id).await {
            Ok(form) => {
                let done = send(&ask, id, &form).await;
                (form, done)
            }
            Err(error) => (Form::default(), Err(error)),
        };
        after(&ask, &form, done).await
    })
}

async fn send(ask: &Ask, id: Uuid, form: &Form) -> Result<AssignmentDetail, Error> {
    let new = NewDeliverable {
        text: form.raw("text").to_owned(),
        link: form.text("link").to_owned(),
        seconds: hours_of(form)?,
        seen: form.version(),
    };
    let is_known = form.is_ticked("without_hours");
    ask.write(move |tx, actor, moment| {
        let row = load_assignment(tx, actor, id)?.row;
        let is_unpaid = row.unit == Unit::Hour.word() && new.seconds.unwrap_or(row.seconds) == 0;
        if is_unpaid && !is_known {
            return Err(Error::invalid(
                "hours",
                "assignment.no_hours",
                "it is paid by the hour, and no hours are typed: nothing would be owed for it",
            )
            .hint("type the hours, or say that there are none"));
        }
        hand_in(tx, actor, id, &new, moment)
    })
    .await
}

/// Removes a file that is not handed in.
pub fn remove_file(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, file) = (ask.id("assignment")?, ask.id("document")?);
        let done = ask
            .write(move |tx, actor, moment| drop_file(tx, actor, id, file, moment))
            .await;
        after(&ask, &Form::default(), done).await
    })
}
