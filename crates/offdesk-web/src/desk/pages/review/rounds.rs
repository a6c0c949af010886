//! A deliverable that comes back: what was changed since the round before, and what that one was and why it was returned. It says
//! nothing of who made it.

use maud::{Markup, html};
use offdesk_actions::assignments::{AssignmentDetail, RoundChange};
use offdesk_actions::store::assignments::deliverables::DeliverableRow;
use offdesk_actions::store::assignments::files::FileRow;

use crate::desk::pages::blueprints::difference_of;
use crate::desk::pages::work::{content, findings, steps_in};
use crate::words;

/// What is other in the round that waits than in the one before.
pub fn changed(detail: &AssignmentDetail) -> Markup {
    let change = detail.changed_in(detail.row.rounds);
    html! {
        @if let Some(change) = &change {
            section.card aria-labelledby="changed" {
                h2 #changed { "Changed since round " (change.since) }
                @if change.is_nothing() { p { "Nothing: text, link and files are what they were." } }
                @if !change.lines.is_empty() { (difference_of(&change.lines)) }
                (links_and_files(change))
            }
        }
    }
}

fn links_and_files(change: &RoundChange<'_>) -> Markup {
    let has_some = change.link_before.is_some()
        || [&change.files_added, &change.files_again, &change.files_gone]
            .iter()
            .any(|files| !files.is_empty());
    html! {
        @if has_some { ul {
            @match change.link_before {
                None => {},
                Some("") => li { "A link is new." },
                Some(before) => li { "The link was " bdi { (words::shown(before, 400)) } "." },
            }
            (names("New file: ", &change.files_added))
            (names("Handed in anew: ", &change.files_again))
            (names("Not handed in again: ", &change.files_gone))
        } }
    }
}

fn names(what: &str, files: &[&FileRow]) -> Markup {
    html! { @for file in files { li { (what) bdi { (words::shown(&file.name, 120)) } } } }
}

/// The rounds before, the latest first: what was found, what was said, what had been handed in.
pub fn before(detail: &AssignmentDetail) -> Markup {
    let earlier = detail.deliverables.iter();
    let earlier = earlier.filter(|it| it.round < detail.row.rounds);
    html! { @for deliverable in earlier { (round(detail, deliverable)) } }
}

fn round(detail: &AssignmentDetail, deliverable: &DeliverableRow) -> Markup {
    let round = deliverable.round;
    let review = detail.reviews.iter().find(|it| it.round == round);
    let is_found = |criterion: i64| {
        detail
            .findings
            .iter()
            .any(|it| it.round == round && it.criterion == Some(criterion))
    };
    let texts = detail.blueprint_of_round(round);
    html! {
        section.card aria-label={ "Round " (round) } {
            h2 { "Round " (round) ", what was found" }
            (findings(detail, detail.findings.iter().filter(|it| it.round == round)))
            @if let Some(review) = review {
                @if !review.note.is_empty() { p { "It was said: " bdi { (words::shown(&review.note, 4000)) } } }
                ul { @for (place, text) in (1_i64..).zip(texts.criterion_texts()) { li {
                    @let has_held = review.met.split_whitespace().any(|it| it == place.to_string());
                    (if has_held { "It held: " } else if is_found(place) { "It did not hold: " } else { "Not ticked: " })
                    bdi { (words::shown(text, 400)) }
                } } }
            }
            @if deliverable.blueprint_number != detail.row.blueprint_number {
                p { "Made by " a href={ "/blueprints/" (detail.row.blueprint_id) "/versions/" (deliverable.blueprint_number) } { "version " (deliverable.blueprint_number) } "." }
            }
            details { summary { "What was handed in then" } (content(detail, round)) }
            (steps_in(detail, round))
        }
    }
}
