//! RFC 4180 records out of a stream: blocks of whole records first, then rows out of a block.
//!
//! A quote opens a quoted field only at the start of a field; inside, a doubled quote is one quote; there is no
//! escape character. Record ends are found by the parity of quotes, which is fast and right for well-formed
//! files; a file with stray quotes is read again by [`Splitting::Careful`], byte by byte.

use std::borrow::Cow;
use std::io::Read;

use crate::input::unreadable;
use crate::problem::Problem;
use crate::text::encoding;

/// The longest record read.
const LONGEST: usize = 1024 * 1024;
/// The size of a block; small enough for a processor's cache.
const BLOCK: usize = 512 * 1024;

/// How the records of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Between two fields.
    pub delimiter: u8,
    /// Ends a record: `\n`, or `\r` in files of old Macs.
    pub end: u8,
}

/// How record ends are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Splitting {
    /// By the parity of quotes.
    Parity,
    /// Field by field; for files with stray quotes.
    Careful,
}

/// Whole records, and the line the first one begins on.
#[derive(Debug, Default)]
pub struct Block {
    /// The records' bytes.
    pub bytes: Vec<u8>,
    /// Line of the first record, from 1.
    pub first_line: u64,
}

/// Cuts a stream into blocks of whole records.
pub struct Blocks<'s> {
    stream: &'s mut dyn Read,
    dialect: Dialect,
    splitting: Splitting,
    rest: Vec<u8>,
    line: u64,
    is_done: bool,
}

impl<'s> Blocks<'s> {
    /// Blocks of a stream whose next byte begins line `line`.
    pub fn new(
        stream: &'s mut dyn Read,
        dialect: Dialect,
        splitting: Splitting,
        line: u64,
    ) -> Self {
        Self {
            stream,
            dialect,
            splitting,
            rest: Vec::new(),
            line,
            is_done: false,
        }
    }

    /// Fills `block` with the next records; `false` at the end.
    ///
    /// # Errors
    /// `import.unclosed_quote` at the opening quote, `import.record_too_long`, `import.unreadable`.
    pub fn next(&mut self, block: &mut Block) -> Result<bool, Problem> {
        block.bytes.clear();
        block.first_line = self.line;
        if self.is_done {
            return Ok(false);
        }
        block.bytes.append(&mut self.rest);
        loop {
            let want = BLOCK.max(block.bytes.len() + BLOCK / 2) - block.bytes.len();
            let limit = u64::try_from(want).unwrap_or(u64::MAX);
            let count = (&mut *self.stream)
                .take(limit)
                .read_to_end(&mut block.bytes)
                .map_err(|e| unreadable(&e))?;
            if count == 0 {
                self.is_done = true;
                self.check_end(block)?;
                return Ok(!block.bytes.is_empty());
            }
            if let Some(end) = self.last_end(&block.bytes) {
                self.rest
                    .extend_from_slice(block.bytes.get(end..).unwrap_or_default());
                block.bytes.truncate(end);
                self.line += lines_in(&block.bytes, self.dialect.end);
                return Ok(true);
            }
            if block.bytes.len() > LONGEST {
                return Err(self.too_long(block));
            }
        }
    }

    /// Where the last whole record ends.
    fn last_end(&self, bytes: &[u8]) -> Option<usize> {
        if self.splitting == Splitting::Careful {
            return careful_ends(bytes, self.dialect).0;
        }
        let mut is_odd = memchr::memchr_iter(b'"', bytes).count() % 2 == 1;
        let mut upto = bytes.len();
        loop {
            let at = memchr::memrchr(self.dialect.end, bytes.get(..upto)?)?;
            let behind = bytes.get(at..upto)?;
            is_odd ^= memchr::memchr_iter(b'"', behind).count() % 2 == 1;
            if !is_odd {
                return Some(at + 1);
            }
            upto = at;
        }
    }

    fn check_end(&self, block: &Block) -> Result<(), Problem> {
        match careful_or_parity(&block.bytes, self.dialect, self.splitting) {
            Some(open) => Err(unclosed(block, open, self.dialect)),
            None if block.bytes.len() > LONGEST && self.last_end(&block.bytes).is_none() => {
                Err(self.too_long(block))
            }
            None => Ok(()),
        }
    }

    fn too_long(&self, block: &Block) -> Problem {
        if let Some(open) = careful_or_parity(&block.bytes, self.dialect, self.splitting) {
            return unclosed(block, open, self.dialect);
        }
        Problem::fatal("import.record_too_long", "this row is longer than 1 MiB")
            .at(block.first_line)
            .hint("is this a table of times? A row of an export is a few hundred characters")
    }
}

/// Where the quote stands that is still open at the end of `bytes`.
fn careful_or_parity(bytes: &[u8], dialect: Dialect, splitting: Splitting) -> Option<usize> {
    let is_even = memchr::memchr_iter(b'"', bytes).count() % 2 == 0;
    if splitting == Splitting::Parity && is_even {
        return None;
    }
    careful_ends(bytes, dialect).1
}

/// The end of the last whole record, and the place of a quote still open, field by field.
fn careful_ends(bytes: &[u8], dialect: Dialect) -> (Option<usize>, Option<usize>) {
    let mut last = None;
    let mut at = 0;
    let mut at_field_start = true;
    while let Some(&byte) = bytes.get(at) {
        if at_field_start && byte == b'"' {
            let Some((close, _)) = closing_quote(bytes, at + 1) else {
                return (last, Some(at));
            };
            at = close + 1;
            at_field_start = false;
            continue;
        }
        at_field_start = byte == dialect.delimiter || byte == dialect.end;
        if byte == dialect.end {
            last = Some(at + 1);
        }
        at += 1;
    }
    (last, None)
}

/// Where the field opened before `from` is closed, and whether doubled quotes stand in it.
fn closing_quote(bytes: &[u8], mut from: usize) -> Option<(usize, bool)> {
    let mut has_doubled = false;
    loop {
        let at = from + memchr::memchr(b'"', bytes.get(from..)?)?;
        if bytes.get(at + 1) == Some(&b'"') {
            from = at + 2;
            has_doubled = true;
        } else {
            return Some((at, has_doubled));
        }
    }
}

fn unclosed(block: &Block, open: usize, dialect: Dialect) -> Problem {
    let before = block.bytes.get(..open).unwrap_or_default();
    let line_start = memchr::memrchr(dialect.end, before).map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(before.get(line_start..).unwrap_or_default())
        .chars()
        .count()
        + 1;
    Problem::fatal(
        "import.unclosed_quote",
        "a quote opens here and is never closed",
    )
    .at(block.first_line + lines_in(before, dialect.end))
    .column(format!("character {column}"))
    .hint("close the quote, or export the file again if it was cut short")
}

fn lines_in(bytes: &[u8], end: u8) -> u64 {
    u64::try_from(memchr::memchr_iter(end, bytes).count()).unwrap_or(0)
}

/// The text of a block: UTF-8 as it stands, else record by record by the ladder. The line is the first one
/// that was read as Windows-1252.
///
/// # Errors
/// `import.control_char` for a NUL.
pub fn text_of(block: &Block, dialect: Dialect) -> Result<(Cow<'_, str>, Option<u64>), Problem> {
    if let Some(at) = memchr::memchr(0, &block.bytes) {
        let line =
            block.first_line + lines_in(block.bytes.get(..at).unwrap_or_default(), dialect.end);
        return Err(Problem::fatal(
            "import.control_char",
            "there is a NUL character in this row",
        )
        .at(line)
        .hint("save the file as UTF-8 text"));
    }
    if let Ok(text) = simdutf8::basic::from_utf8(&block.bytes) {
        return Ok((Cow::Borrowed(text), None));
    }
    let mut text = String::with_capacity(block.bytes.len() + block.bytes.len() / 8);
    let mut first = None;
    let mut line = block.first_line;
    for piece in block.bytes.split_inclusive(|byte| *byte == dialect.end) {
        let (decoded, foreign) = encoding::decode(piece);
        if foreign && first.is_none() {
            first = Some(line);
        }
        text.push_str(&decoded);
        line += 1;
    }
    Ok((Cow::Owned(text), first))
}

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
