//! Writes a blueprint in its canonical Markdown form.

use super::length::length_text;
use super::{Blueprint, Known, Piece};

/// The whole text: blocks with an empty line between them.
pub(super) fn write(blueprint: &Blueprint) -> String {
    let mut blocks = Vec::new();
    if !blueprint.title.is_empty() {
        blocks.push(format!("# {}", blueprint.title));
    }
    let facts = facts(blueprint);
    if !facts.is_empty() {
        blocks.push(facts);
    }
    if !blueprint.preface.is_empty() {
        blocks.push(blueprint.preface.clone());
    }
    let before = blocks.len();
    for known in Known::ALL {
        let text = blueprint.section(known);
        if !text.is_empty() {
            blocks.push(format!("## {}", known.heading()));
            blocks.push(text);
        }
    }
    // By this heading notes that are no steps yet are told from notes that nobody has put into the form.
    let has_rest = !(blueprint.preface.is_empty() && blueprint.others.is_empty());
    if blocks.len() == before && has_rest {
        blocks.push(format!("## {}", Known::Steps.heading()));
    }
    add_others(blueprint, &mut blocks);
    joined(&blocks)
}

/// What the form has no place for: the preface and the other sections.
pub(super) fn rest(blueprint: &Blueprint) -> String {
    let mut blocks = Vec::new();
    if !blueprint.preface.is_empty() {
        blocks.push(blueprint.preface.clone());
    }
    add_others(blueprint, &mut blocks);
    joined(&blocks)
}

fn add_others(blueprint: &Blueprint, blocks: &mut Vec<String>) {
    for section in &blueprint.others {
        blocks.push(format!("## {}", section.heading).trim_end().to_owned());
        if !section.text.is_empty() {
            blocks.push(section.text.clone());
        }
    }
}

fn joined(blocks: &[String]) -> String {
    let mut text = blocks.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn facts(blueprint: &Blueprint) -> String {
    let mut lines = Vec::new();
    if !blueprint.owner.is_empty() {
        lines.push(format!("- Owner: {}", blueprint.owner));
    }
    if let Some(minutes) = blueprint.minutes {
        lines.push(format!("- Expected time: {}", length_text(minutes)));
    }
    if let Some(day) = blueprint.review_by {
        lines.push(format!("- Review by: {day}"));
    }
    lines.join("\n")
}

/// A list: items under one another, texts between them apart.
pub(super) fn list(pieces: &[Piece], is_numbered: bool) -> String {
    let mut out = String::new();
    let mut number = 0_usize;
    let mut is_after_item = false;
    for piece in pieces {
        let (text, marker) = match piece {
            Piece::Item(text) => {
                number += 1;
                let marker = if is_numbered {
                    format!("{number}. ")
                } else {
                    "- ".to_owned()
                };
                (text, marker)
            }
            Piece::Text(text) => (text, String::new()),
        };
        let is_item = !marker.is_empty();
        if !out.is_empty() {
            out.push_str(if is_item && is_after_item {
                "\n"
            } else {
                "\n\n"
            });
        }
        let indent = " ".repeat(marker.len());
        for (at, line) in text.lines().enumerate() {
            match (at, line.is_empty()) {
                (0, _) => out.push_str(&marker),
                (_, true) => out.push('\n'),
                (_, false) => {
                    out.push('\n');
                    out.push_str(&indent);
                }
            }
            out.push_str(line);
        }
        is_after_item = is_item;
    }
    out
}
