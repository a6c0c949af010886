//! Rows out of a block: fields between delimiters, quoted or not.

use super::marks::Marks;
use super::row::{Row, Span, Stray};
use super::{Dialect, closing_quote, lines_in};

/// The rows of a block's text, one after the other.
pub struct Rows<'t> {
    text: &'t str,
    at: usize,
    line: u64,
    dialect: Dialect,
    /// What is left of the marks; `None` where the records are split field by field.
    left: Option<Left<'t>>,
}

/// The marks of records still to come.
struct Left<'t> {
    marks: &'t Marks,
    records: std::slice::Iter<'t, u32>,
    /// Fields of the records before.
    fields: usize,
    quoted_ends: &'t [u32],
    doubled: &'t [u32],
}

impl<'t> Rows<'t> {
    /// Rows of a text whose first record begins on a line; split by its marks where they are given, else field by field.
    #[must_use]
    pub fn new(text: &'t str, first_line: u64, dialect: Dialect, marks: Option<&'t Marks>) -> Self {
        let left = marks.map(|marks| Left {
            marks,
            records: marks.records.iter(),
            fields: 0,
            quoted_ends: &marks.quoted_ends,
            doubled: &marks.doubled,
        });
        Self {
            text,
            at: 0,
            line: first_line,
            dialect,
            left,
        }
    }

    /// Reads the next row that is not an empty line; `false` at the end.
    pub fn next(&mut self, row: &mut Row<'t>) -> bool {
        row.text = self.text;
        loop {
            row.ends = &[];
            row.fields.clear();
            row.unescaped.clear();
            row.stray_quote = None;
            row.line = self.line;
            row.start = self.at;
            if let Some(left) = &mut self.left {
                let Some(lines) = left.record(row) else {
                    return false;
                };
                let end = row
                    .ends
                    .last()
                    .map_or(0, |end| usize::try_from(*end).unwrap_or(0));
                self.at = end + 1;
                self.line += 1 + lines;
            } else {
                let bytes = self.text.as_bytes();
                if self.at >= bytes.len() {
                    return false;
                }
                self.record(bytes, row);
                let record = bytes.get(row.start..self.at).unwrap_or_default();
                self.line += lines_in(record, self.dialect.end);
            }
            if !row.is_empty_line() {
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
            row.unescaped
                .push((row.fields.len(), content.replace("\"\"", "\"")));
            row.fields.push(Span::Unescaped);
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

impl<'t> Left<'t> {
    /// The next record; gives the number of lines that end inside its quotes.
    #[inline]
    fn record(&mut self, row: &mut Row<'t>) -> Option<u64> {
        let upto = usize::try_from(*self.records.next()?).unwrap_or(0);
        row.ends = self.marks.fields.get(self.fields..upto).unwrap_or_default();
        self.fields = upto;
        if self.marks.is_stray {
            row.stray_quote = Some(Stray::Inside(0));
        }
        if self.quoted_ends.is_empty() && self.doubled.is_empty() {
            return Some(0);
        }
        let end = *row.ends.last()?;
        // Mostly none: looked at one by one.
        let upto = |places: &[u32]| places.iter().take_while(|at| **at < end).count();
        let (own, doubled) = self.doubled.split_at(upto(self.doubled));
        let (lines, quoted_ends) = self.quoted_ends.split_at(upto(self.quoted_ends));
        self.doubled = doubled;
        self.quoted_ends = quoted_ends;
        row.unescape(own);
        u64::try_from(lines.len()).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::table::csv::{Splitting, row};

    type Read = Vec<(u64, Vec<String>)>;

    fn read(text: &str, dialect: Dialect, splitting: Splitting) -> (Read, bool) {
        let mut marks = Marks::default();
        marks.find(text, dialect);
        let marks = (splitting == Splitting::Parity).then_some(&marks);
        let mut rows = Rows::new(text, 1, dialect, marks);
        let mut row = Row::default();
        let (mut all, mut is_stray) = (Vec::new(), false);
        while rows.next(&mut row) {
            is_stray |= row.stray_quote.is_some();
            all.push((row.line, row.iter().map(str::to_owned).collect()));
        }
        (all, is_stray)
    }

    const COMMA: Dialect = Dialect {
        delimiter: b',',
        end: b'\n',
    };

    proptest! {
        /// Marks and the slow way agree on any text, or the marks say that quotes stand where none belong.
        #[test]
        fn both_ways_agree(text in "[ab\",\n\r ü]{0,200}", end in "[\n\r]", delimiter in "[,;]") {
            let dialect = Dialect { delimiter: delimiter.as_bytes()[0], end: end.as_bytes()[0] };
            let (careful, is_stray) = read(&text, dialect, Splitting::Careful);
            let (marked, is_noticed) = read(&text, dialect, Splitting::Parity);
            if !is_noticed {
                prop_assert_eq!(marked, careful);
                prop_assert!(!is_stray);
            }
        }

        /// What a writer of CSV wrote is split by its marks, without doubt, in any field length.
        #[test]
        fn written_rows_are_read(rows in proptest::collection::vec(
            proptest::collection::vec("[a-c\",\n ]{0,70}", 2..6), 1..20)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let (read, is_stray) = read(&text, COMMA, Splitting::Parity);
            prop_assert!(!is_stray);
            let mut line = 1;
            for (row, (at, cells)) in rows.iter().zip(read) {
                let trimmed: Vec<String> = row.iter().map(|cell| row::trimmed(cell).to_owned()).collect();
                prop_assert_eq!(cells, trimmed);
                prop_assert_eq!(at, line);
                line += 1 + row.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
            }
        }
    }
}
