//! RFC 4180 records out of a stream: blocks of whole records first, then rows out of a block.
//!
//! A quote opens a quoted field only at the start of a field; inside, a doubled quote is one quote; there is no
//! escape character. Record ends are found by the parity of quotes, which is fast and right for well-formed
//! files; a file with stray quotes is read again by [`Splitting::Careful`], byte by byte.

mod decoded;
mod marks;
mod row;
mod rows;

use std::io::Read;

pub use self::decoded::{BlockText, controls_in, text_of};
pub use self::marks::Marks;
pub use self::row::{Row, Stray};
pub use self::rows::Rows;
use crate::input::unreadable;
use crate::problem::Problem;

/// The longest record read.
const LONGEST: usize = 1024 * 1024;
/// The size of a block; small enough for a processor's cache.
const BLOCK: usize = 256 * 1024;

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

impl Splitting {
    /// The marks of a text, found anew, where records are split by them.
    pub fn marks<'m>(
        self,
        marks: &'m mut Marks,
        text: &str,
        dialect: Dialect,
    ) -> Option<&'m Marks> {
        if self == Self::Careful {
            return None;
        }
        marks.find(text, dialect);
        Some(marks)
    }
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
    stream: &'s mut (dyn Read + Send),
    dialect: Dialect,
    splitting: Splitting,
    rest: Vec<u8>,
    line: u64,
    /// Lines that end in the bytes last looked at.
    lines_ahead: u64,
    is_done: bool,
}

impl<'s> Blocks<'s> {
    /// Blocks of a stream whose next byte begins line `line`.
    pub fn new(
        stream: &'s mut (dyn Read + Send),
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
            lines_ahead: 0,
            is_done: false,
        }
    }

    /// Fills `block` with the next records; `false` at the end.
    ///
    /// # Errors
    /// `import.unclosed_quote` at the opening quote, `import.record_too_long`, `import.unreadable`.
    pub fn next(&mut self, block: &mut Block) -> Result<bool, Problem> {
        block.first_line = self.line;
        if self.is_done {
            block.bytes.clear();
            return Ok(false);
        }
        // The bytes of the block before are written over: to clear them first would cost a pass over the file.
        let mut filled = self.rest.len();
        block.bytes.resize(block.bytes.len().max(filled), 0);
        block.bytes[..filled].copy_from_slice(&self.rest);
        self.rest.clear();
        loop {
            let count = fill(self.stream, &mut block.bytes, filled)?;
            filled += count;
            if count == 0 {
                self.is_done = true;
                self.check_end(block)?;
                return Ok(!block.bytes.is_empty());
            }
            if let Some(end) = self.last_end(&block.bytes) {
                self.cut(block, end);
                return Ok(true);
            }
            if block.bytes.len() > LONGEST {
                // One stray quote turns the parity of all that follows: go on field by field.
                let is_misled = self.splitting == Splitting::Parity
                    && careful_ends(&block.bytes, self.dialect).0.is_some();
                if !is_misled {
                    return Err(self.too_long(block));
                }
                self.splitting = Splitting::Careful;
                if let Some(end) = self.last_end(&block.bytes) {
                    self.cut(block, end);
                    return Ok(true);
                }
            }
        }
    }

    /// Leaves the records up to `end` in the block and keeps the rest for the next one.
    fn cut(&mut self, block: &mut Block, end: usize) {
        let rest = block.bytes.get(end..).unwrap_or_default();
        self.line += self.lines_ahead - lines_in(rest, self.dialect.end);
        self.rest.extend_from_slice(rest);
        block.bytes.truncate(end);
    }

    /// Where the last whole record ends.
    fn last_end(&mut self, bytes: &[u8]) -> Option<usize> {
        if self.splitting == Splitting::Careful {
            self.lines_ahead = lines_in(bytes, self.dialect.end);
            return careful_ends(bytes, self.dialect).0;
        }
        let [quotes, lines] = marks::count(bytes, [b'"', self.dialect.end]);
        self.lines_ahead = lines;
        let mut is_odd = quotes % 2 == 1;
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

    fn check_end(&mut self, block: &Block) -> Result<(), Problem> {
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
        row_too_long().at(block.first_line)
    }
}

/// Reads behind the first `start` bytes as much as makes a block, and at least half of one; the bytes end there.
fn fill(stream: &mut dyn Read, bytes: &mut Vec<u8>, start: usize) -> Result<usize, Problem> {
    let length = BLOCK.max(start + BLOCK / 2);
    bytes.resize(length, 0);
    let mut end = start;
    while end < length {
        let rest = bytes.get_mut(end..).unwrap_or_default();
        match stream.read(rest) {
            Ok(0) => break,
            Ok(count) => end += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(&error)),
        }
    }
    bytes.truncate(end);
    Ok(end - start)
}

/// The problem for a row without end.
#[must_use]
pub fn row_too_long() -> Problem {
    Problem::fatal("import.record_too_long", "this row is longer than 1 MiB")
        .hint("is this a table of times? A row of an export is a few hundred characters")
}

/// Where the quote stands that is still open at the end of `bytes`.
fn careful_or_parity(bytes: &[u8], dialect: Dialect, splitting: Splitting) -> Option<usize> {
    let is_even = memchr::memchr_iter(b'"', bytes).count().is_multiple_of(2);
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
