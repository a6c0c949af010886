//! Lines of Markdown: fences, headings, and the markers of list items.

pub(super) use crate::activity::one_line;

/// What opened a block of code that is not closed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fence {
    sign: char,
    length: usize,
}

impl Fence {
    /// The line that closes it.
    pub(super) fn closing(self) -> String {
        self.sign.to_string().repeat(self.length)
    }
}

/// Follows blocks of code from line to line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fences {
    open: Option<Fence>,
}

impl Fences {
    /// The block that is open.
    pub(super) fn open(self) -> Option<Fence> {
        self.open
    }

    /// Takes the next line, and says whether it stands in a block of code or is the edge of one.
    pub(super) fn takes(&mut self, line: &str) -> bool {
        if let Some(fence) = self.open {
            if is_closing(line, fence) {
                self.open = None;
            }
            return true;
        }
        self.open = opening(line);
        self.open.is_some()
    }
}

fn is_closing(line: &str, fence: Fence) -> bool {
    let text = line.trim();
    text.chars().all(|c| c == fence.sign) && text.len() >= fence.length
}

/// The fence a line opens, also behind the markers of list items and boxes to tick.
fn opening(line: &str) -> Option<Fence> {
    let mut text = line.trim();
    loop {
        let behind = marker(text).map_or(text, |marker| marker.rest);
        let rest = without_box(behind);
        if rest.len() == text.len() {
            break;
        }
        text = rest;
    }
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.chars().take_while(|c| *c == sign).count();
    let info = text.get(length..).unwrap_or_default();
    let is_code_in_a_line = sign == '`' && info.contains('`');
    (length >= 3 && !is_code_in_a_line).then_some(Fence { sign, length })
}

/// A heading of the first or second level, which starts a section.
pub(super) fn section_heading(line: &str) -> Option<(usize, String)> {
    let level = level(line);
    let rest = line.get(level..)?;
    let is_heading = matches!(level, 1 | 2) && (rest.is_empty() || rest.starts_with(' '));
    is_heading.then(|| (level, heading_text(rest)))
}

/// The heading of a group within a section.
pub(super) fn is_group_heading(line: &str) -> bool {
    let level = level(line);
    matches!(level, 3..=6) && line.get(level..).is_some_and(|rest| rest.starts_with(' '))
}

/// The level of a heading; more than six signs are none.
fn level(line: &str) -> usize {
    line.bytes()
        .take(7)
        .take_while(|byte| *byte == b'#')
        .count()
}

/// A heading's text: on one line, without the signs that may close it.
fn heading_text(text: &str) -> String {
    let mut text = text.trim();
    loop {
        let open = text.trim_end_matches('#');
        if open.len() == text.len() || !(open.is_empty() || open.ends_with(' ')) {
            break;
        }
        text = open.trim_end();
    }
    one_line(text)
}

/// The marker of a list item, and what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker<'l> {
    /// So many bytes it takes with the blanks behind it.
    pub(super) width: usize,
    /// What follows.
    pub(super) rest: &'l str,
}

/// The marker at the start of a line without blanks before it.
pub(super) fn marker(line: &str) -> Option<Marker<'_>> {
    let sign = match line.chars().next()? {
        c @ ('-' | '*' | '+' | '•') => c.len_utf8(),
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let is_numbered = digits <= 9 && line.get(digits..)?.starts_with(['.', ')']);
            is_numbered.then_some(digits + 1)?
        }
        _ => return None,
    };
    let behind = line.get(sign..)?;
    let rest = behind.trim_start_matches(' ');
    let blanks = behind.len() - rest.len();
    (blanks > 0 || behind.is_empty()).then_some(Marker {
        width: sign + blanks,
        rest,
    })
}

/// The text of an item without a box to tick.
pub(super) fn without_box(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let rest = ["[ ]", "[x]", "[X]"]
            .into_iter()
            .find_map(|sign| text.strip_prefix(sign));
        match rest {
            // `[x](address)` is a link.
            Some(rest) if rest.is_empty() || rest.starts_with([' ', '\n']) => {
                text = rest.trim_start();
            }
            _ => return text,
        }
    }
}

/// The lines of a text: without signs that are not seen, without blanks at their ends, tabs before them as blanks, and with every
/// block of code closed.
pub(super) fn clean_lines(text: &str) -> Vec<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut fences = Fences::default();
    let mut lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            if line.is_empty() {
                return String::new();
            }
            let clean: String = line
                .chars()
                .filter(|c| *c == '\t' || !crate::text::is_unseen(*c))
                .collect();
            let rest = clean.trim_start_matches([' ', '\t']);
            let before = clean.get(..clean.len() - rest.len()).unwrap_or_default();
            let line = format!("{}{}", before.replace('\t', "    "), rest.trim_end());
            let line = if rest.trim_end().is_empty() {
                String::new()
            } else {
                line
            };
            fences.takes(&line);
            line
        })
        .collect();
    if let Some(fence) = fences.open() {
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines.push(fence.closing());
    }
    lines
}
