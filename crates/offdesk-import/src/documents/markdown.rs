//! Writes Markdown block by block, for readers of formats that have blocks of their own.

use super::attached::file_of_link;
use super::grid::Grid;

/// Items of lists are set in by at most so many levels.
const DEEPEST: usize = 8;

/// Markdown as it grows.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: String,
    /// What stands before every further line of the block.
    indent: String,
    is_in_code: bool,
    is_at_start: bool,
    has_blank: bool,
    /// Nothing was written since the last beginning, which left so wide a gap.
    unused: Option<&'static str>,
    /// The table that is open.
    grid: Option<Grid>,
}

impl Writer {
    /// Ends the block, and begins another one apart from it.
    pub(super) fn block(&mut self) {
        self.begin("\n\n", "");
        if self.grid.is_none() {
            self.indent.clear();
        }
    }

    /// Begins a heading.
    pub(super) fn heading(&mut self, level: usize) {
        self.block();
        if self.grid.is_some() {
            return;
        }
        let signs = "#".repeat(level.clamp(1, 6));
        self.out.push_str(&signs);
        self.out.push(' ');
        self.is_at_start = false;
        self.unused = None;
    }

    /// Begins an item of a list; a level of 0 is the outermost.
    pub(super) fn item(&mut self, level: usize, number: Option<usize>) {
        if let Some(grid) = &mut self.grid {
            return grid.gap();
        }
        let before = "   ".repeat(level.min(DEEPEST));
        let marker = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
        self.begin("\n", &before);
        self.out.push_str(&marker);
        self.unused = None;
        self.indent = format!("{before}{}", " ".repeat(marker.len()));
        self.is_at_start = true;
    }

    /// Begins a paragraph within an item.
    pub(super) fn paragraph_in_item(&mut self) {
        if !self.is_at_start {
            let indent = self.indent.clone();
            self.begin("\n\n", &indent);
        }
    }

    /// Begins a line that belongs to the block before it.
    pub(super) fn line(&mut self) {
        let indent = self.indent.clone();
        self.begin("\n", &indent);
    }

    fn begin(&mut self, gap: &'static str, before: &str) {
        if let Some(grid) = &mut self.grid {
            return grid.gap();
        }
        // The wider gap counts: the first item of a list stands as far off as a paragraph.
        let gap = match self.unused {
            Some(unused) if unused.len() > gap.len() => unused,
            _ => gap,
        };
        self.unused = Some(gap);
        let length = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(length);
        if !self.out.is_empty() {
            self.out.push_str(gap);
        }
        self.out.push_str(before);
        self.is_at_start = true;
        self.has_blank = false;
    }

    /// Begins or ends a block of code.
    pub(super) fn code(&mut self, is_in_code: bool) {
        if is_in_code == self.is_in_code || self.grid.is_some() {
            return;
        }
        if is_in_code {
            self.block();
            self.out.push_str("```\n");
            self.unused = None;
        } else {
            if !self.out.ends_with('\n') {
                self.out.push('\n');
            }
            self.out.push_str("```");
            self.is_in_code = false;
            self.block();
        }
        self.is_in_code = is_in_code;
    }

    /// Adds text; blanks and line breaks in it are one blank, but in code.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(grid) = &mut self.grid {
            return grid.text(text);
        }
        if self.is_in_code {
            self.out.push_str(&text.replace("```", "` ` `"));
            return;
        }
        for c in text.chars() {
            if c.is_whitespace() {
                self.has_blank = !self.is_at_start;
                continue;
            }
            if c.is_control() {
                continue;
            }
            if self.has_blank {
                self.out.push(' ');
                self.has_blank = false;
            }
            // A sign at the start of a block that would make it another one.
            if self.is_at_start && matches!(c, '#' | '>' | '`' | '~') {
                self.out.push('\\');
            }
            self.out.push(c);
            self.is_at_start = false;
            self.unused = None;
        }
    }

    /// Adds signs as they are.
    pub(super) fn signs(&mut self, signs: &str) {
        if let Some(grid) = &mut self.grid {
            return grid.link_signs(signs);
        }
        if self.has_blank && !self.is_at_start {
            self.out.push(' ');
        }
        self.has_blank = false;
        self.out.push_str(signs);
        self.is_at_start = false;
        self.unused = None;
    }

    /// Begins a table, in the block that has begun.
    pub(super) fn table(&mut self) {
        match &mut self.grid {
            Some(grid) => grid.deepen(),
            None => self.grid = Some(Grid::default()),
        }
    }

    /// Begins a row of the table.
    pub(super) fn row(&mut self) {
        if let Some(grid) = &mut self.grid {
            grid.row();
        }
    }

    /// Begins a cell of the row.
    pub(super) fn cell(&mut self) {
        if let Some(grid) = &mut self.grid {
            grid.cell();
        }
    }

    /// Ends the table.
    pub(super) fn end_table(&mut self) {
        if self.grid.as_mut().is_some_and(Grid::is_over) {
            self.write_table();
        }
    }

    fn write_table(&mut self) {
        let Some(grid) = self.grid.take() else { return };
        let (lead, lines) = grid.finish();
        let indent = self.indent.clone();
        if !lead.is_empty() {
            self.text(&lead);
            self.begin("\n\n", &indent);
        }
        for line in lines {
            self.signs(&line);
            self.begin("\n", &indent);
        }
    }

    /// The whole text.
    pub(super) fn finish(mut self) -> String {
        self.write_table();
        self.code(false);
        let length = self.out.trim_end().len();
        self.out.truncate(length);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }
}

/// The file beside a document that a link may lead to, as a link in Markdown has it.
pub(super) fn beside(text: &str) -> Option<String> {
    file_of_link(text)?;
    let mut link = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '<' | '>' | '(' | ')' => link.push_str(&format!("%{:02X}", u32::from(c))),
            _ if c.is_whitespace() => link.push_str("%20"),
            _ if c.is_control() => return None,
            _ => link.push(c),
        }
    }
    Some(link)
}

/// An address that a link may lead to; anything else is left out.
pub(super) fn address(text: &str) -> Option<&str> {
    let text = text.trim();
    let lower = text
        .get(..8.min(text.len()))
        .unwrap_or_default()
        .to_lowercase();
    let is_known = ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    let is_plain = !text
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '(' | ')'));
    (is_known && is_plain).then_some(text)
}
