//! Columns of lists for a terminal, whose places are counted as it shows them.

use unicode_width::UnicodeWidthStr;

use super::audit::cut;

/// A column of foreign texts, each cut to so many places; as wide as the widest of them, or as its heading.
pub struct Column {
    heading: &'static str,
    most: usize,
    width: usize,
}

impl Column {
    /// The column of these texts.
    pub fn of<'t>(
        heading: &'static str,
        most: usize,
        texts: impl Iterator<Item = &'t str>,
    ) -> Self {
        let widths = texts.map(|text| cut(text, most).width());
        Self {
            heading,
            most,
            width: widths.max().unwrap_or(0).max(heading.width()),
        }
    }

    /// Its heading, filled up to its width.
    pub fn heading(&self) -> String {
        padded(self.heading, self.width)
    }

    /// A text of it, filled up to its width.
    pub fn cell(&self, text: &str) -> String {
        padded(&cut(text, self.most), self.width)
    }
}

/// A text, filled up to so many places.
pub fn padded(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(blanks))
}
