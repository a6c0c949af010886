//! A table of a document while its cells come, and as Markdown: a row of heads, a row of dashes, the rest, with a bar at each end.

/// A table as it grows. A table in a cell is text of that cell.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// What stands before the first row, such as a caption.
    lead: String,
    rows: Vec<Vec<String>>,
    depth: usize,
    has_blank: bool,
}

impl Grid {
    /// Another table begins within a cell.
    pub(super) fn deepen(&mut self) {
        self.depth += 1;
        self.gap();
    }

    /// A table ends; whether it was this one.
    pub(super) fn is_over(&mut self) -> bool {
        self.gap();
        let is_over = self.depth == 0;
        self.depth = self.depth.saturating_sub(1);
        is_over
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.gap();
        if self.depth == 0 {
            self.rows.push(Vec::new());
        }
    }

    /// Begins a cell.
    pub(super) fn cell(&mut self) {
        self.gap();
        if self.depth > 0 {
            return;
        }
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(String::new());
        }
        self.has_blank = false;
    }

    /// What comes stands apart from what was there.
    pub(super) fn gap(&mut self) {
        self.has_blank = true;
    }

    /// Adds text: blanks and line breaks are one blank, a bar does not end the cell.
    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                _ if c.is_whitespace() => self.gap(),
                _ if c.is_control() => {}
                '|' => self.signs("\\|"),
                _ => self.signs(c.encode_utf8(&mut [0; 4])),
            }
        }
    }

    /// Adds signs that may hold the address of a link: a bar in it does not end the cell, nor is it another address.
    pub(super) fn link_signs(&mut self, signs: &str) {
        self.signs(&signs.replace('|', "%7C"));
    }

    /// Adds signs as they are.
    pub(super) fn signs(&mut self, signs: &str) {
        let cell = self.rows.iter_mut().rev().find_map(|row| row.last_mut());
        let to = cell.unwrap_or(&mut self.lead);
        if self.has_blank && !to.is_empty() {
            to.push(' ');
        }
        self.has_blank = false;
        to.push_str(signs);
    }

    /// The caption, and the lines of the table.
    pub(super) fn finish(self) -> (String, Vec<String>) {
        let rows: Vec<Vec<String>> = self.rows.into_iter().filter(|it| !it.is_empty()).collect();
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let line = |cells: &[String]| {
            let cells = cells.iter().map(String::as_str);
            let padded = cells.chain(std::iter::repeat("")).take(width);
            let mut line = String::from("|");
            for cell in padded {
                line.push(' ');
                line.push_str(cell);
                line.push_str(if cell.is_empty() { "|" } else { " |" });
            }
            line
        };
        let mut lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
        if !lines.is_empty() {
            lines.insert(1, format!("|{}", " --- |".repeat(width)));
        }
        (self.lead, lines)
    }
}

#[cfg(test)]
mod tests {
    use super::super::html::to_markdown;

    #[test]
    fn a_bar_in_the_address_of_a_link_ends_no_cell() {
        let table = r#"<table><tr><td>A</td></tr><tr><td><a href="https://a.example/?q=b|c">b|c</a></td></tr></table>"#;
        let text = to_markdown(table).unwrap_or_default();
        assert!(
            text.contains("| [b\\|c](https://a.example/?q=b%7Cc) |"),
            "{text}"
        );
    }
}
