//! What changed between two texts, line by line, with a little of what stayed around it.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

/// So many lines that stayed are shown around what changed.
const AROUND: usize = 2;

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
    let input = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let old: Vec<&str> = before.lines().collect();
    let new: Vec<&str> = after.lines().collect();
    let mut lines = Vec::new();
    // Lines of the earlier text up to here are shown or left out.
    let mut next = 0;
    for hunk in diff.hunks() {
        let (gone, come) = (places(&hunk.before), places(&hunk.after));
        let around = if lines.is_empty() { 0 } else { AROUND };
        let behind = gone.start.min(next + around);
        let ahead = gone.start.saturating_sub(AROUND).max(behind);
        lines.extend(taken(&old, next..behind, DiffLine::Same));
        if ahead > behind {
            lines.push(DiffLine::Gap);
        }
        lines.extend(taken(&old, ahead..gone.start, DiffLine::Same));
        next = gone.end;
        lines.extend(taken(&old, gone, DiffLine::Removed));
        lines.extend(taken(&new, come, DiffLine::Added));
    }
    if !lines.is_empty() {
        let end = old.len().min(next + AROUND);
        lines.extend(taken(&old, next..end, DiffLine::Same));
        if end < old.len() {
            lines.push(DiffLine::Gap);
        }
    }
    lines
}

fn places(range: &Range<u32>) -> Range<usize> {
    let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    place(range.start)..place(range.end)
}

fn taken(
    lines: &[&str],
    places: Range<usize>,
    kind: fn(String) -> DiffLine,
) -> impl Iterator<Item = DiffLine> {
    let lines = lines.get(places).unwrap_or_default();
    lines.iter().map(move |line| kind((*line).to_owned()))
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
        assert_eq!(compare("x", ""), [Removed(text("x"))]);
        let long: String = (0..20).map(|at| format!("{at}\n")).collect();
        let other = long.replace("3\n", "three\n").replace("9\n", "nine\n");
        let gaps = compare(&long, &other);
        let gaps = gaps.iter().filter(|line| **line == Gap).count();
        assert_eq!(gaps, 3, "{:?}", compare(&long, &other));
    }

    #[test]
    fn long_texts_without_a_line_in_common_are_compared_soon() {
        let lines =
            |sign: char| -> String { (0..20_000).map(|at| format!("{sign}{at}\n")).collect() };
        let (before, after) = (lines('a'), lines('b'));
        assert_eq!(compare(&before, &after).len(), 40_000);
        // The same few lines over and over.
        let (before, after) = ("x\ny\n".repeat(10_000), "y\nx\nz\n".repeat(7_000));
        assert!(!compare(&before, &after).is_empty());
    }
}
