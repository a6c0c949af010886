//! What an assignment needs, by its blueprint, and what of it is there: for both sides the same.

use maud::{Markup, html};
use offdesk_actions::assignments::AssignmentDetail;
use offdesk_actions::assignments::inputs::{Shown, ShownInput};

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
                    ": " (there(input, files))
                } } }
            }
        }
    }
}

fn there(input: &ShownInput<'_>, files: &str) -> Markup {
    html! {
        @match input.given {
            Some(Shown::Link(link)) => a href=(link) rel="noopener noreferrer nofollow" { bdi { (words::shown(link, 200)) } },
            Some(Shown::File(file)) => { a href={ (files) "/" (file.id) } { bdi { (words::shown(&file.name, 120)) } } ", " (words::size(file.length)) },
            Some(Shown::Have) => "there already",
            None if input.is_required => strong { "nothing is said of it yet" },
            None => "optional",
        }
    }
}
