//! A blueprint as the fields of a form, and back.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_domain::blueprint::{Blueprint, Known, length_text, minutes_of};

use crate::desk::form::Form;
use crate::desk::layout::{Area, Field};

/// A section's name in the form, how many lines are seen, and what to write.
fn field(known: Known) -> (&'static str, usize, &'static str) {
    match known {
        Known::Outcome => ("outcome", 2, "One sentence: what is there when it is done."),
        Known::Trigger => (
            "trigger",
            2,
            "When it is done: \u{201c}Every weekday at 9:00\u{201d}.",
        ),
        Known::Inputs => (
            "inputs",
            5,
            "One a line, and the access it takes. Behind what is not required: (optional)",
        ),
        Known::Steps => (
            "steps",
            12,
            "One a line, each with a verb first. Further lines of a step are set in. A heading of a group begins with ###",
        ),
        Known::Criteria => (
            "criteria",
            5,
            "One a line, each to be answered by yes or no.",
        ),
        Known::Stops => (
            "stops",
            4,
            "One a line, with the limit: \u{201c}Spend up to 50, ask above\u{201d}.",
        ),
        Known::Examples => (
            "examples",
            6,
            "One that was right, as it was, or a link to it.",
        ),
        Known::Links => ("links", 3, "One a line: [Recording](https://\u{2026})"),
    }
}

/// The fields.
pub fn fields(blueprint: &Blueprint, error: Option<&Error>) -> Markup {
    let time = blueprint.minutes.map(length_text).unwrap_or_default();
    let day = blueprint
        .review_by
        .map(|day| day.to_string())
        .unwrap_or_default();
    let rest = blueprint.rest();
    html! {
        (Field { is_needed: true, ..Field::text("title", "Title", &blueprint.title) }.show(error))
        div.row {
            (Field { help: "Exactly one person.", ..Field::text("owner", "Who answers for it", &blueprint.owner) }.show(error))
            (Field { class: "short", help: "Such as: 20 min", ..Field::text("time", "Expected time", &time) }.show(error))
            (Field { kind: "date", class: "short", help: "When somebody looks whether it still holds.", ..Field::text("review_by", "Review by", &day) }.show(error))
        }
        @for known in Known::ALL {
            @let (name, rows, help) = field(known);
            @let value = blueprint.section(known);
            (Area { name, label: super::super::reading::title(known), help, value: &value, rows: rows.max(value.lines().count().min(30)) }.show(error))
        }
        details open[!rest.is_empty()] {
            summary { "Everything else" }
            (Area { name: "rest", label: "Notes and further parts", help: "Markdown. A heading of the second level begins a part of its own.", value: &rest, rows: 5 }.show(error))
        }
    }
}

/// The text of a form; `before` tells which texts stood between items.
///
/// # Errors
/// `blueprint.time`, `form.day`, about their fields.
pub fn written(form: &Form, before: &Blueprint) -> Result<String, Error> {
    if !form.raw("text").is_empty() {
        return Ok(form.raw("text").to_owned());
    }
    let mut blueprint = Blueprint::of(form.raw("rest"));
    form.text("title").clone_into(&mut blueprint.title);
    form.text("owner").clone_into(&mut blueprint.owner);
    blueprint.minutes = match form.text("time") {
        "" => None,
        text => Some(minutes_of(text).ok_or_else(|| {
            Error::invalid(
                "time",
                "blueprint.time",
                format!("\"{text}\" is no length of time"),
            )
            .hint("write it as 20 min, or 1 h 30 min")
        })?),
    };
    blueprint.review_by = form.day("review_by")?;
    for known in Known::ALL {
        let (name, ..) = field(known);
        // What stands under the same heading among the rest is not lost.
        let rest = blueprint.section(known);
        let typed = [form.raw(name), &rest].join("\n\n");
        if before.list(known).is_some() {
            let mut lines = before.clone();
            lines.set_list(known, &typed);
            blueprint.set_section(known, &lines.section(known));
        } else {
            blueprint.set_section(known, &typed);
        }
    }
    Ok(blueprint.markdown())
}
