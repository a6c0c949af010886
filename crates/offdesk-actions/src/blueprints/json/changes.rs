//! Lines that changed between two texts, as JSON.

use serde::Serialize;

use crate::blueprints::comparing::DiffLine;

/// A line that stayed, went or came, or a gap of lines that stayed.
#[derive(Debug, Serialize)]
pub struct ChangeJson {
    kind: &'static str,
    text: String,
}

impl ChangeJson {
    /// All lines of a comparison.
    #[must_use]
    pub fn all(lines: Vec<DiffLine>) -> Vec<Self> {
        let changes = lines.into_iter().map(|line| {
            let (kind, text) = match line {
                DiffLine::Same(text) => ("same", text),
                DiffLine::Removed(text) => ("removed", text),
                DiffLine::Added(text) => ("added", text),
                DiffLine::Gap => ("gap", String::new()),
            };
            Self { kind, text }
        });
        changes.collect()
    }
}
