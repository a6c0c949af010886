//! Blueprints: how an activity is done, as Markdown with structure that somebody else can follow.
//!
//! There is one canonical Markdown form. Reading never fails and keeps what it does not know; what was written is read as the same
//! blueprint, and written again as the same text.

mod accountable;
mod answers;
mod drafting;
mod gate;
mod length;
mod limits;
mod lines;
mod pieces;
mod read;
mod rewriting;
mod warnings;
mod write;

pub use drafting::{DoneWork, from_notes, from_work};
pub use gate::{GatePart, PARTS, gate};
pub use length::{length_text, minutes_of};
pub use warnings::{Circumstances, Warning, warnings};

use crate::Day;

/// A piece of a section that is a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// An item: a step, an input, a criterion. Further lines of it follow after a line break.
    Item(String),
    /// What stands between items: a paragraph, or the heading of a group.
    Text(String),
}

impl Piece {
    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Item(text) | Self::Text(text) => text,
        }
    }
}

/// A section that the form does not know: kept as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What stands under it, as Markdown.
    pub text: String,
}

/// How an activity is done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blueprint {
    /// What is done.
    pub title: String,
    /// The one accountable person.
    pub owner: String,
    /// How long it takes, in minutes.
    pub minutes: Option<u32>,
    /// The day by which somebody looks whether it still holds.
    pub review_by: Option<Day>,
    /// What stands before the first section, as Markdown.
    pub preface: String,
    /// What is there when it is done.
    pub outcome: String,
    /// When it is done.
    pub trigger: String,
    /// What it needs. An item that ends with "(optional)" is not required.
    pub inputs: Vec<Piece>,
    /// What is done, in order; texts between the items are pauses and headings of groups.
    pub steps: Vec<Piece>,
    /// What must be true of the result, each to be answered by yes or no.
    pub criteria: Vec<Piece>,
    /// When to stop and ask, with the limits of what may be decided alone.
    pub stops: Vec<Piece>,
    /// Examples, as Markdown.
    pub examples: String,
    /// Links to what belongs to it: a recording, a form, a price list.
    pub links: Vec<Piece>,
    /// Sections with other headings, in their order.
    pub others: Vec<Section>,
}

/// The sections of the form, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// What is there when it is done.
    Outcome,
    /// When it is done.
    Trigger,
    /// What it needs.
    Inputs,
    /// What is done.
    Steps,
    /// What must be true of the result.
    Criteria,
    /// When to stop and ask.
    Stops,
    /// Examples.
    Examples,
    /// Links.
    Links,
}

impl Known {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Outcome,
        Self::Trigger,
        Self::Inputs,
        Self::Steps,
        Self::Criteria,
        Self::Stops,
        Self::Examples,
        Self::Links,
    ];

    /// Its heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Outcome => "Outcome",
            Self::Trigger => "Trigger",
            Self::Inputs => "Inputs",
            Self::Steps => "Steps",
            Self::Criteria => "Acceptance criteria",
            Self::Stops => "Stop and ask",
            Self::Examples => "Examples",
            Self::Links => "Links",
        }
    }
}

/// Where a section is kept.
enum Place<'b> {
    List(&'b mut Vec<Piece>),
    Prose(&'b mut String),
}

impl Blueprint {
    /// Reads a blueprint from Markdown. Everything that is not understood is kept as it is.
    ///
    /// ```
    /// let text = "# Inbox\n\n## Steps\n\n1. Open the inbox.\n2. Answer what takes two minutes.\n";
    /// let blueprint = offdesk_domain::blueprint::Blueprint::of(text);
    /// assert_eq!(blueprint.step_texts().count(), 2);
    /// assert_eq!(blueprint.markdown(), text);
    /// ```
    #[must_use]
    pub fn of(markdown: &str) -> Self {
        read::read(markdown)
    }

    /// The blueprint in its canonical Markdown form.
    #[must_use]
    pub fn markdown(&self) -> String {
        write::write(self)
    }

    /// What stands before the first section and in sections of other headings, as Markdown.
    #[must_use]
    pub fn rest(&self) -> String {
        write::rest(self)
    }

    /// The steps alone.
    pub fn step_texts(&self) -> impl Iterator<Item = &str> {
        items(&self.steps)
    }

    /// Whether there is a step that says something.
    #[must_use]
    pub fn has_steps(&self) -> bool {
        self.step_texts()
            .any(|text| text.contains(char::is_alphanumeric))
    }

    /// The inputs, each with whether it is required.
    pub fn input_texts(&self) -> impl Iterator<Item = (&str, bool)> {
        items(&self.inputs).map(|text| match optional(text) {
            Some(rest) => (rest, false),
            None => (text, true),
        })
    }

    /// The acceptance criteria alone.
    pub fn criterion_texts(&self) -> impl Iterator<Item = &str> {
        items(&self.criteria)
    }

    /// When to stop and ask, alone.
    pub fn stop_texts(&self) -> impl Iterator<Item = &str> {
        items(&self.stops)
    }

    /// A section that is a list; `None` for one that is text.
    #[must_use]
    pub fn list(&self, known: Known) -> Option<&[Piece]> {
        match known {
            Known::Inputs => Some(&self.inputs),
            Known::Steps => Some(&self.steps),
            Known::Criteria => Some(&self.criteria),
            Known::Stops => Some(&self.stops),
            Known::Links => Some(&self.links),
            Known::Outcome | Known::Trigger | Known::Examples => None,
        }
    }

    /// A section that is text; empty for one that is a list.
    #[must_use]
    pub fn prose(&self, known: Known) -> &str {
        match known {
            Known::Outcome => &self.outcome,
            Known::Trigger => &self.trigger,
            Known::Examples => &self.examples,
            _ => "",
        }
    }

    /// A section as Markdown, without its heading.
    #[must_use]
    pub fn section(&self, known: Known) -> String {
        match self.list(known) {
            Some(pieces) => write::list(pieces, known == Known::Steps),
            None => self.prose(known).to_owned(),
        }
    }

    /// Puts Markdown into a section in the place of what is there.
    pub fn set_section(&mut self, known: Known, markdown: &str) {
        match self.place(known) {
            Place::List(list) => *list = pieces::pieces(markdown),
            Place::Prose(prose) => *prose = pieces::block(markdown),
        }
    }

    fn place(&mut self, known: Known) -> Place<'_> {
        match known {
            Known::Outcome => Place::Prose(&mut self.outcome),
            Known::Trigger => Place::Prose(&mut self.trigger),
            Known::Examples => Place::Prose(&mut self.examples),
            Known::Inputs => Place::List(&mut self.inputs),
            Known::Steps => Place::List(&mut self.steps),
            Known::Criteria => Place::List(&mut self.criteria),
            Known::Stops => Place::List(&mut self.stops),
            Known::Links => Place::List(&mut self.links),
        }
    }

    /// Puts the lines of a form into a section that is a list: each line that is not set in is an item, also without a marker. Texts
    /// between items that were there before stay texts.
    pub fn set_list(&mut self, known: Known, lines: &str) {
        let before = self.list(known).unwrap_or_default().to_vec();
        let text = pieces::with_markers(lines, &before);
        self.set_section(known, &text);
    }

    /// Puts the answer to a question where whoever follows the blueprint reads it: with the step of a text, else in a section of its own.
    pub fn add_answer(&mut self, step: Option<&str>, question: &str, answer: &str) {
        answers::add(self, step, question, answer);
    }

    /// Whether nothing but a title is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let title_only = Self {
            title: self.title.clone(),
            ..Self::default()
        };
        *self == title_only
    }
}

fn items(pieces: &[Piece]) -> impl Iterator<Item = &str> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Item(text) => Some(text.as_str()),
        Piece::Text(_) => None,
    })
}

/// What is left of an input before "(optional)".
fn optional(text: &str) -> Option<&str> {
    const MARK: &str = "(optional)";
    let start = text.len().checked_sub(MARK.len())?;
    let end = text.get(start..)?;
    end.eq_ignore_ascii_case(MARK)
        .then(|| text.get(..start).unwrap_or_default().trim_end())
}

#[cfg(test)]
mod tests;
