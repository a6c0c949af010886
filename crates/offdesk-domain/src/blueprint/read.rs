//! Reads Markdown as a blueprint: facts, sections by their headings, lists of pieces. What is not known is kept.

use jiff::civil::Date;

use super::length::minutes_of;
use super::lines::{Fences, clean_lines, marker, one_line, section_heading};
use super::pieces::{pieces_of, trimmed};
use super::{Blueprint, Known, Place, Section};
use crate::Day;

/// Other headings that sections go by, in small letters.
const HEADINGS: [(Known, &[&str]); 8] = [
    (
        Known::Outcome,
        &[
            "outcome",
            "goal",
            "purpose",
            "result",
            "objective",
            "ziel",
            "zweck",
            "ergebnis",
        ],
    ),
    (
        Known::Trigger,
        &[
            "trigger",
            "when",
            "when to do it",
            "schedule",
            "frequency",
            "auslöser",
            "wann",
        ],
    ),
    (
        Known::Inputs,
        &[
            "inputs",
            "input",
            "inputs and access",
            "what you need",
            "you need",
            "prerequisites",
            "requirements",
            "before you start",
            "materials",
            "voraussetzungen",
        ],
    ),
    (
        Known::Steps,
        &[
            "steps",
            "procedure",
            "process",
            "instructions",
            "how to",
            "how to do it",
            "how it is done",
            "checklist",
            "workflow",
            "schritte",
            "ablauf",
            "vorgehen",
            "anleitung",
            "pasos",
            "étapes",
        ],
    ),
    (
        Known::Criteria,
        &[
            "acceptance criteria",
            "acceptance",
            "done when",
            "definition of done",
            "quality criteria",
            "abnahmekriterien",
            "fertig, wenn",
            "fertig wenn",
        ],
    ),
    (
        Known::Stops,
        &[
            "stop and ask",
            "stop and ask if",
            "when to ask",
            "when to stop and ask",
            "escalation",
            "escalate when",
            "limits",
            "decision limits",
            "ask first",
            "rückfragen",
        ],
    ),
    (
        Known::Examples,
        &[
            "examples",
            "example",
            "good example",
            "sample",
            "samples",
            "beispiele",
            "beispiel",
        ],
    ),
    (
        Known::Links,
        &[
            "links",
            "resources",
            "references",
            "see also",
            "related",
            "recording",
            "attachments",
        ],
    ),
];

/// The section that goes by a heading.
pub(super) fn known(heading: &str) -> Option<Known> {
    let name = heading
        .trim_end_matches([':', '.', '…', ' '])
        .to_lowercase();
    let found = HEADINGS
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()));
    found.map(|(known, _)| *known)
}

/// Reads a whole text.
pub(super) fn read(markdown: &str) -> Blueprint {
    let mut blueprint = Blueprint::default();
    let mut has_title = false;
    for (heading, lines) in sections(clean_lines(markdown)) {
        match heading {
            None => add(&mut blueprint.preface, &trimmed(&lines)),
            Some((1, title)) if !has_title => {
                has_title = true;
                blueprint.title = title;
                add(&mut blueprint.preface, &trimmed(&lines));
            }
            Some((_, heading)) => take_section(&mut blueprint, heading, &lines),
        }
    }
    take_facts(&mut blueprint);
    blueprint
}

type Headed = (Option<(usize, String)>, Vec<String>);

fn sections(lines: Vec<String>) -> Vec<Headed> {
    let mut all: Vec<Headed> = vec![(None, Vec::new())];
    let mut fences = Fences::default();
    for line in lines {
        let heading = if fences.takes(&line) {
            None
        } else {
            section_heading(&line)
        };
        match (heading, all.last_mut()) {
            (None, Some((_, lines))) => lines.push(line),
            (heading, _) => all.push((heading, Vec::new())),
        }
    }
    all
}

fn take_section(blueprint: &mut Blueprint, heading: String, lines: &[String]) {
    let text = trimmed(lines);
    let Some(known) = known(&heading) else {
        blueprint.others.push(Section { heading, text });
        return;
    };
    match blueprint.place(known) {
        Place::List(list) => list.extend(pieces_of(lines)),
        Place::Prose(prose) => add(prose, &text),
    }
}

fn add(to: &mut String, text: &str) {
    if !to.is_empty() && !text.is_empty() {
        to.push_str("\n\n");
    }
    to.push_str(text);
}

/// Takes the facts out of what stands before the first section: the first of each kind that is understood.
fn take_facts(blueprint: &mut Blueprint) {
    let mut fences = Fences::default();
    let mut kept = Vec::new();
    let preface = std::mem::take(&mut blueprint.preface);
    for line in preface.split('\n') {
        if fences.takes(line) || !take_fact(blueprint, line) {
            kept.push(line.to_owned());
        }
    }
    blueprint.preface = trimmed(&kept);
}

fn take_fact(blueprint: &mut Blueprint, line: &str) -> bool {
    let line = marker(line).map_or(line, |marker| marker.rest);
    let Some((name, value)) = line.split_once(':') else {
        return false;
    };
    let value = one_line(value.trim_start_matches("**"));
    match name.trim_matches(['*', ' ']).to_lowercase().as_str() {
        "owner" | "accountable" | "responsible"
            if blueprint.owner.is_empty() && !value.is_empty() =>
        {
            blueprint.owner = value;
            true
        }
        "expected time" | "time needed" | "duration" if blueprint.minutes.is_none() => {
            blueprint.minutes = minutes_of(&value);
            blueprint.minutes.is_some()
        }
        "review by" | "review date" | "next review" if blueprint.review_by.is_none() => {
            let date = value.parse::<Date>().ok().filter(|date| date.year() > 0);
            blueprint.review_by = date.map(Day::from_date);
            blueprint.review_by.is_some()
        }
        _ => false,
    }
}
