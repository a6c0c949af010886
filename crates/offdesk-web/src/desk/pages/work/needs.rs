//! What an assignment needs, by its blueprint, and what of it is there: for both sides the same.

use maud::{Markup, html};
use offdesk_actions::assignments::AssignmentDetail;
use offdesk_actions::assignments::inputs::ShownInput;

use crate::words;

/// The inputs, each with where it is; files are behind a path.
pub fn needs(detail: &AssignmentDetail, files: &str) -> Markup {
    let inputs = detail.inputs_shown();
    html! {
        @if !inputs.is_empty() {
            section aria-labelledby="needs" {
                h2 #needs { "What it needs" }
                ul { @for input in &inputs { li {
                    bdi { (words::shown(input.name, 400)) }
                    ": " (there(detail, input, files))
                } } }
            }
        }
    }
}

fn there(detail: &AssignmentDetail, input: &ShownInput<'_>, files: &str) -> Markup {
    let file = input.given.and_then(|row| detail.file_of(row));
    html! {
        @match (input.given, file) {
            (Some(row), _) if !row.link.is_empty() => a href=(row.link) rel="noopener noreferrer nofollow" { bdi { (words::shown(&row.link, 200)) } },
            (Some(_), Some(file)) => { a href={ (files) "/" (file.id) } { bdi { (words::shown(&file.name, 120)) } } ", " (words::size(file.length)) },
            (Some(_), None) => "there already",
            (None, _) if input.is_required => strong { "nothing is said of it yet" },
            (None, _) => "optional",
        }
    }
}
