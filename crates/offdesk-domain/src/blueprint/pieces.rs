//! Reads the text of a section: as a block, or as a list of pieces.

use super::Piece;
use super::lines::{Fences, clean_lines, is_group_heading, marker, section_heading, without_box};

/// Lines as a text without empty lines around it.
pub(super) fn trimmed(lines: &[String]) -> String {
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

/// The pieces of lines that are clean.
pub(super) fn pieces_of(lines: &[String]) -> Vec<Piece> {
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
