//! The form by which an assignment is handed in: a text, a link, files, and the hours it took.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::store::assignments::files::FileRow;
use offdesk_domain::Seconds;
use offdesk_domain::person::Unit;

use super::Shown;
use crate::desk::errors::sentence;
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field};
use crate::words;

/// The files that have come and are not handed in, each with a button to remove it.
pub(in crate::desk::pages) fn files_waiting(files: &[FileRow], path: &str) -> Markup {
    html! {
        @for file in files.iter().filter(|file| file.round.is_none()) {
            form.row method="post" action={ (path) "/files/" (file.id) "/removal" } {
                span { bdi { (words::shown(&file.name, 120)) } @if file.received < file.length { " (did not come whole)" } }
                button.plain.small { "Remove it" }
            }
        }
    }
}

/// Where files are chosen that are handed in; what is wrong with one stands beside it.
pub(in crate::desk::pages) fn files_field(label: &str, error: Option<&Error>) -> Markup {
    let fault = error.filter(|error| error.field == "file");
    let described = match fault {
        Some(_) => "file-help file-fault",
        None => "file-help",
    };
    html! {
        div.field {
            label for="file" { (label) }
            p.help #file-help { "Up to 100 MB each. They go in with the button below." }
            input #file type="file" name="file" multiple aria-invalid=[fault.map(|_| "true")] aria-describedby=(described);
            @if let Some(fault) = fault { p.fault #file-fault { (sentence(&fault.message)) } }
        }
    }
}

/// The form by which it is handed in.
pub(super) fn handing_in(seen: &Shown, form: &Form, error: Option<&Error>) -> Markup {
    let row = &seen.detail.row;
    let kept = words::rounded(Seconds(row.seconds).hours(), 2)
        .normalize()
        .to_string();
    let hours = match (form.text("hours"), row.seconds) {
        ("", 0) => "",
        ("", _) => kept.as_str(),
        (typed, _) => typed,
    };
    let is_hourly = row.unit == Unit::Hour.word();
    html! {
        section.card aria-labelledby="hand-in" {
            h2 #hand-in { "Hand it in" }
            p { "A text, a link, files: one of them is enough." }
            (files_waiting(&seen.detail.files, &seen.path))
            form method="post" action={ (seen.path) "/deliverables" } enctype="multipart/form-data" {
                input type="hidden" name="version" value=(row.version);
                // The Enter key presses the first button: time is noted and nothing is handed in by it.
                button.hidden tabindex="-1" aria-hidden="true" formaction={ (seen.path) "/hours" } formnovalidate { "For now" }
                (Area { name: "text", label: "Text", help: "What you made, or a word about it.", value: form.text("text"), rows: 5 }.show(error))
                (Field { kind: "url", ..Field::text("link", "Link", form.text("link")) }.show(error))
                (files_field("Files", error))
                (Field { class: "number", help: "In all, as you would say it: 1.5. The owner sees this sum and nothing else of your time.", ..Field::text("hours", if is_hourly { "Hours it took: they are what is paid" } else { "Hours it took (optional)" }, hours) }.show(error))
                @if error.is_some_and(|error| error.code == "assignment.no_hours") {
                    label.choice { input type="checkbox" name="without_hours" value="1"; span { "Hand it in without hours: I am paid nothing for it, or they stand in my week" } }
                }
                div.actions {
                    button { "Hand it in" }
                    button.plain formaction={ (seen.path) "/hours" } formnovalidate { "Only note the time" }
                }
            }
            p.quiet { "Whether it is looked at is drawn by chance once it is in. What is not picked is accepted." }
        }
    }
}
