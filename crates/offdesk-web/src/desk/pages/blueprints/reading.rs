//! A blueprint as one reads it: its facts and its sections.

use maud::{Markup, html};
use offdesk_domain::blueprint::{Blueprint, Known, length_text};

use crate::markdown::{Files, rendered_with};
use crate::words;

/// The facts and the sections, with headings that begin at the second level; links may lead to files of its own.
pub fn sections(blueprint: &Blueprint, files: Files<'_>) -> Markup {
    html! {
        (facts(blueprint))
        (text(blueprint, None, files))
    }
}

/// The sections without the facts; steps that are given stand in the place of those that are written.
pub fn text(blueprint: &Blueprint, steps: Option<&Markup>, files: Files<'_>) -> Markup {
    let section = |known: Known| {
        let text = blueprint.section(known);
        html! { @if !text.is_empty() { section.prose { h2 { (title(known)) } (rendered_with(&text, files)) } } }
    };
    html! {
        @if !blueprint.preface.is_empty() { div.prose { (rendered_with(&blueprint.preface, files)) } }
        @for known in Known::ALL {
            @match steps {
                Some(steps) if known == Known::Steps => (steps),
                _ => (section(known)),
            }
        }
        @for section in &blueprint.others {
            section.prose {
                h2 { @if section.heading.is_empty() { "More" } @else { bdi { (section.heading) } } }
                (rendered_with(&section.text, files))
            }
        }
    }
}

/// What a section is called on a page.
pub fn title(known: Known) -> &'static str {
    match known {
        Known::Inputs => "Inputs and access",
        Known::Stops => "Stop and ask if",
        other => other.heading(),
    }
}

fn facts(blueprint: &Blueprint) -> Markup {
    let time = blueprint.minutes.map(length_text);
    let day = blueprint.review_by.map(words::day);
    html! {
        @if !blueprint.owner.is_empty() || time.is_some() || day.is_some() {
            dl.facts.brief {
                @if !blueprint.owner.is_empty() { div { dt { "Answers for it" } dd { bdi { (blueprint.owner) } } } }
                @if let Some(time) = time { div { dt { "Expected time" } dd { (time) } } }
                @if let Some(day) = day { div { dt { "Review by" } dd { (day) } } }
            }
        }
    }
}
