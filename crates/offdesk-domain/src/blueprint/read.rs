//! Reads Markdown as a blueprint: facts, sections by their headings, lists of pieces. What is not known is kept.

use jiff::civil::Date;

use super::length::minutes_of;
use super::lines::{
    Fences, clean_lines, is_group_heading, marker, one_line, section_heading, without_box,
};
use super::{Blueprint, Known, Piece, Section};
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
    match known {
        Known::Outcome => add(&mut blueprint.outcome, &text),
        Known::Trigger => add(&mut blueprint.trigger, &text),
        Known::Examples => add(&mut blueprint.examples, &text),
        Known::Inputs => blueprint.inputs.extend(pieces_of(lines)),
        Known::Steps => blueprint.steps.extend(pieces_of(lines)),
        Known::Criteria => blueprint.criteria.extend(pieces_of(lines)),
        Known::Stops => blueprint.stops.extend(pieces_of(lines)),
        Known::Links => blueprint.links.extend(pieces_of(lines)),
    }
}

fn add(to: &mut String, text: &str) {
    if !to.is_empty() && !text.is_empty() {
        to.push_str("\n\n");
    }
    to.push_str(text);
}

/// Lines as a text without empty lines around it.
fn trimmed(lines: &[String]) -> String {
    let is_said = |line: &String| !line.is_empty();
    let first = lines.iter().position(is_said).unwrap_or(lines.len());
    let last = lines.iter().rposition(is_said).map_or(first, |at| at + 1);
    lines.get(first..last).unwrap_or_default().join("\n")
}

/// A text of one section: a heading in it would start another one, so it is lowered.
pub(super) fn block(markdown: &str) -> String {
    trimmed(&lowered(markdown))
}

/// The pieces of one section.
pub(super) fn pieces(markdown: &str) -> Vec<Piece> {
    pieces_of(&lowered(markdown))
}

/// Lines with a marker before each that is neither set in, nor a heading, nor code, nor a text that was one before.
pub(super) fn with_markers(lines: &str, before: &[Piece]) -> String {
    let is_known_text = |line: &str| {
        before.iter().any(|piece| match piece {
            Piece::Text(text) => text.split('\n').any(|known| known == line),
            Piece::Item(_) => false,
        })
    };
    let mut fences = Fences::default();
    let lines = clean_lines(lines).into_iter().map(|line| {
        let is_code = fences.takes(&line);
        let is_bare = !line.is_empty() && !line.starts_with([' ', '#']) && marker(&line).is_none();
        if is_code || !is_bare || is_known_text(&line) {
            line
        } else {
            format!("- {line}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn lowered(markdown: &str) -> Vec<String> {
    let mut fences = Fences::default();
    let lines = clean_lines(markdown).into_iter();
    lines
        .map(|line| match section_heading(&line) {
            Some((_, heading)) if !fences.takes(&line) => {
                format!("### {heading}").trim_end().to_owned()
            }
            Some(_) => line,
            None => {
                fences.takes(&line);
                line
            }
        })
        .collect()
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

/// Where the reading of a list is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    /// In an item whose further lines stand so far in.
    Item(usize),
    Text,
}

struct Pieces {
    done: Vec<Piece>,
    text: String,
    at: At,
    has_gap: bool,
}

impl Pieces {
    fn begin(&mut self, at: At, text: &str) {
        self.end();
        self.at = at;
        self.text.push_str(text);
    }

    fn go_on(&mut self, line: &str) {
        self.text.push_str(if self.has_gap { "\n\n" } else { "\n" });
        self.text.push_str(line);
        self.has_gap = false;
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let piece = match self.at {
            At::Start => None,
            At::Item(_) => Some(Piece::Item(without_box(&text).to_owned())),
            At::Text => Some(Piece::Text(text.trim_end().to_owned())),
        };
        self.done
            .extend(piece.filter(|piece| !piece.text().is_empty()));
        self.at = At::Start;
        self.has_gap = false;
    }
}

fn pieces_of(lines: &[String]) -> Vec<Piece> {
    let mut pieces = Pieces {
        done: Vec::new(),
        text: String::new(),
        at: At::Start,
        has_gap: false,
    };
    let mut fences = Fences::default();
    for line in lines {
        let was_in_code = fences.open().is_some();
        fences.takes(line);
        if was_in_code {
            let width = if let At::Item(width) = pieces.at {
                width
            } else {
                0
            };
            pieces.go_on(inwards(line, width));
            continue;
        }
        if line.is_empty() {
            pieces.has_gap = true;
            continue;
        }
        take_line(&mut pieces, line);
    }
    pieces.end();
    pieces.done
}

fn take_line(pieces: &mut Pieces, line: &str) {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let marker = marker(text);
    match (pieces.at, marker) {
        (At::Item(width), _) if indent >= 2 => pieces.go_on(inwards(line, width)),
        (_, Some(marker)) => pieces.begin(At::Item(marker.width), marker.rest),
        (At::Item(_), None) if !pieces.has_gap && !is_group_heading(text) => pieces.go_on(text),
        (At::Text, None)
            if !pieces.has_gap && !is_group_heading(text) && !is_group_heading(&pieces.text) =>
        {
            pieces.go_on(&apart(text));
        }
        (_, None) => pieces.begin(At::Text, &apart(text)),
    }
}

/// A line of text that, moved to the left, would be taken for the heading of a section.
fn apart(text: &str) -> String {
    match section_heading(text) {
        Some(_) => format!("\\{text}"),
        None => text.to_owned(),
    }
}

/// A line without the blanks that its item puts before it.
fn inwards(line: &str, width: usize) -> &str {
    let blanks = line.bytes().take_while(|byte| *byte == b' ').count();
    line.get(blanks.min(width)..).unwrap_or_default()
}
