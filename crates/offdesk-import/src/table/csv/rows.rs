//! Rows out of a block: fields between delimiters, quoted or not.

use super::{Dialect, closing_quote, lines_in};

/// The fields of one record.
#[derive(Debug, Default)]
pub struct Row<'t> {
    /// Line it begins on.
    pub line: u64,
    fields: Vec<Span<'t>>,
    unescaped: Vec<String>,
    /// A quote inside an unquoted field, or text behind a closing quote: the number of the field, from 0.
    pub stray_quote: Option<Stray>,
}

/// A quote where none belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stray {
    /// Inside an unquoted field: taken as text.
    Inside(usize),
    /// A closing quote followed by text.
    Behind(usize),
}

#[derive(Debug, Clone, Copy)]
enum Span<'t> {
    Plain(&'t str),
    Unescaped(usize),
}

impl Row<'_> {
    /// Number of fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Whether all fields are empty.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        (0..self.len()).all(|i| self.get(i).is_empty())
    }

    /// A field, trimmed; empty where the row is too short.
    #[must_use]
    pub fn get(&self, index: usize) -> &str {
        match self.fields.get(index) {
            Some(Span::Plain(text)) => trimmed(text),
            Some(Span::Unescaped(at)) => self.unescaped.get(*at).map_or("", |text| trimmed(text)),
            None => "",
        }
    }

    /// All fields.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.get(i))
    }
}

/// Without blanks at either end, also the invisible ones; the common case costs two comparisons.
fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    let is_clean = |byte: Option<&u8>| byte.is_none_or(|b| (b'!'..0x7f).contains(b));
    if is_clean(bytes.first()) && is_clean(bytes.last()) {
        return text;
    }
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{2060}'
            )
    })
}

/// The rows of a block's text, one after the other.
pub struct Rows<'t> {
    text: &'t str,
    at: usize,
    line: u64,
    dialect: Dialect,
}

impl<'t> Rows<'t> {
    /// Rows of a text whose first record begins on a line.
    #[must_use]
    pub fn new(text: &'t str, first_line: u64, dialect: Dialect) -> Self {
        Self {
            text,
            at: 0,
            line: first_line,
            dialect,
        }
    }

    /// Reads the next row that is not an empty line; `false` at the end.
    pub fn next(&mut self, row: &mut Row<'t>) -> bool {
        let bytes = self.text.as_bytes();
        loop {
            row.fields.clear();
            row.unescaped.clear();
            row.stray_quote = None;
            row.line = self.line;
            if self.at >= bytes.len() {
                return false;
            }
            let start = self.at;
            self.record(bytes, row);
            let record = bytes.get(start..self.at).unwrap_or_default();
            self.line += lines_in(record, self.dialect.end);
            let is_empty_line =
                row.fields.len() == 1 && matches!(row.fields.first(), Some(Span::Plain("" | "\r")));
            if !is_empty_line {
                return true;
            }
        }
    }

    fn record(&mut self, bytes: &'t [u8], row: &mut Row<'t>) {
        loop {
            let ended = if bytes.get(self.at) == Some(&b'"') {
                self.quoted(bytes, row)
            } else {
                self.plain(bytes, row)
            };
            if ended {
                return;
            }
        }
    }

    /// An unquoted field; tells whether the record ends with it.
    fn plain(&mut self, bytes: &'t [u8], row: &mut Row<'t>) -> bool {
        let start = self.at;
        let rest = bytes.get(start..).unwrap_or_default();
        let mut length = 0;
        let (end, ends_record) = loop {
            let tail = rest.get(length..).unwrap_or_default();
            match memchr::memchr3(self.dialect.delimiter, self.dialect.end, b'"', tail) {
                None => break (rest.len(), true),
                Some(at) if tail.get(at) == Some(&b'"') => {
                    row.stray_quote = row.stray_quote.or(Some(Stray::Inside(row.fields.len())));
                    length += at + 1;
                }
                Some(at) => break (length + at, tail.get(at) == Some(&self.dialect.end)),
            }
        };
        let mut field = self.text.get(start..start + end).unwrap_or("");
        if ends_record {
            field = field.strip_suffix('\r').unwrap_or(field);
        }
        row.fields.push(Span::Plain(field));
        self.at = start + end + 1;
        ends_record
    }

    /// A quoted field; tells whether the record ends with it.
    fn quoted(&mut self, bytes: &'t [u8], row: &mut Row<'t>) -> bool {
        let open = self.at + 1;
        let (close, has_doubled) = closing_quote(bytes, open).unwrap_or((bytes.len(), false));
        let content = self.text.get(open..close).unwrap_or("");
        if has_doubled {
            row.fields.push(Span::Unescaped(row.unescaped.len()));
            row.unescaped.push(content.replace("\"\"", "\""));
        } else {
            row.fields.push(Span::Plain(content));
        }
        let mut at = close + 1;
        if bytes.get(at) == Some(&b'\r') && self.dialect.end == b'\n' {
            at += 1;
        }
        match bytes.get(at) {
            Some(byte) if *byte == self.dialect.delimiter => {
                self.at = at + 1;
                false
            }
            Some(byte) if *byte == self.dialect.end => {
                self.at = at + 1;
                true
            }
            None => {
                self.at = bytes.len();
                true
            }
            Some(_) => {
                row.stray_quote = Some(Stray::Behind(row.fields.len() - 1));
                let rest = bytes.get(at..).unwrap_or_default();
                let end = memchr::memchr2(self.dialect.delimiter, self.dialect.end, rest)
                    .unwrap_or(rest.len());
                self.at = at + end + 1;
                rest.get(end).is_none_or(|byte| *byte == self.dialect.end)
            }
        }
    }
}
