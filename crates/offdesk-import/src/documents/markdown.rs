//! Writes Markdown block by block, for readers of formats that have blocks of their own.

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
}

impl Writer {
    /// Ends the block, and begins another one apart from it.
    pub(super) fn block(&mut self) {
        self.begin("\n\n", "");
        self.indent.clear();
    }

    /// Begins a heading.
    pub(super) fn heading(&mut self, level: usize) {
        self.block();
        let signs = "#".repeat(level.clamp(1, 6));
        self.out.push_str(&signs);
        self.out.push(' ');
        self.is_at_start = false;
        self.unused = None;
    }

    /// Begins an item of a list; a level of 0 is the outermost.
    pub(super) fn item(&mut self, level: usize, number: Option<usize>) {
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
        if is_in_code == self.is_in_code {
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
        if self.has_blank && !self.is_at_start {
            self.out.push(' ');
        }
        self.has_blank = false;
        self.out.push_str(signs);
        self.is_at_start = false;
        self.unused = None;
    }

    /// The whole text.
    pub(super) fn finish(mut self) -> String {
        self.code(false);
        let length = self.out.trim_end().len();
        self.out.truncate(length);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }
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
