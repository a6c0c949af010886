//! What changed between two texts, line by line, with a little of what stayed around it.

use std::time::Duration;

use similar::{ChangeTag, TextDiff};

/// So many lines that stayed are shown around what changed.
const AROUND: usize = 2;
/// After so long, what is far apart is no longer matched line by line.
const PATIENCE: Duration = Duration::from_millis(150);

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffLine {
    /// It stayed.
    Same(String),
    /// It is in the earlier text only.
    Removed(String),
    /// It is in the later text only.
    Added(String),
    /// Lines that stayed are left out here.
    Gap,
}

/// What changed from one text to another; nothing where they are the same.
#[must_use]
pub fn compare(before: &str, after: &str) -> Vec<DiffLine> {
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(before, after);
    let mut lines = Vec::new();
    let mut next = 0;
    for group in diff.grouped_ops(AROUND) {
        let start = group.first().map_or(next, |op| op.old_range().start);
        if start > next {
            lines.push(DiffLine::Gap);
        }
        for op in &group {
            for change in diff.iter_changes(op) {
                let text = change.value().trim_end_matches('\n').to_owned();
                lines.push(match change.tag() {
                    ChangeTag::Equal => DiffLine::Same(text),
                    ChangeTag::Delete => DiffLine::Removed(text),
                    ChangeTag::Insert => DiffLine::Added(text),
                });
            }
            next = op.old_range().end;
        }
    }
    if !lines.is_empty() && next < before.lines().count() {
        lines.push(DiffLine::Gap);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_shown_with_what_is_around_it() {
        let before = "a\nb\nc\nd\ne\nf\n";
        let after = "a\nb\nc\nD\ne\nf\n";
        use DiffLine::{Added, Gap, Removed, Same};
        let text = |text: &str| text.to_owned();
        assert_eq!(
            compare(before, after),
            [
                Gap,
                Same(text("b")),
                Same(text("c")),
                Removed(text("d")),
                Added(text("D")),
                Same(text("e")),
                Same(text("f")),
            ]
        );
        assert!(compare(before, before).is_empty());
        assert_eq!(compare("", "x\n"), [Added(text("x"))]);
    }
}
