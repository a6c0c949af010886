//! Content lines of a calendar: unfolded on bytes, with line numbers, any line ending, bounded length.

use std::io::BufRead;

use crate::input::unreadable;
use crate::problem::Problem;

/// The longest property kept; what is longer is cut, and marked so.
const LONGEST: usize = 1024 * 1024;

/// A reader of content lines.
pub struct Lines<'r> {
    reader: &'r mut dyn BufRead,
    buffer: Vec<u8>,
    /// Lines begun so far.
    number: u64,
    /// Bytes taken since they were last asked for.
    taken: u64,
}

/// One content line, its folds removed.
pub struct Line<'l> {
    /// Number of its first line, from 1.
    pub number: u64,
    /// Its bytes, without the line ending.
    pub bytes: &'l [u8],
    /// Longer than a property may be; the rest is dropped.
    pub is_cut: bool,
}

impl<'r> Lines<'r> {
    /// Lines of a stream.
    pub fn new(reader: &'r mut dyn BufRead) -> Self {
        Self {
            reader,
            buffer: Vec::new(),
            number: 0,
            taken: 0,
        }
    }

    /// Number of the last line read.
    pub fn last_number(&self) -> u64 {
        self.number
    }

    /// Bytes taken since the last call.
    pub fn take_count(&mut self) -> u64 {
        std::mem::take(&mut self.taken)
    }

    /// The next content line that is not blank.
    ///
    /// # Errors
    /// `import.unreadable`, `import.control_char`.
    pub fn next(&mut self) -> Result<Option<Line<'_>>, Problem> {
        loop {
            self.buffer.clear();
            let mut is_cut = false;
            if !self.physical(&mut is_cut)? {
                return Ok(None);
            }
            let number = self.number;
            while matches!(self.peek()?, Some(b' ' | b'\t')) {
                self.consume(1);
                self.physical(&mut is_cut)?;
            }
            if self.buffer.contains(&0) {
                return Err(Problem::fatal(
                    "import.control_char",
                    "there is a NUL character in this line",
                )
                .at(number)
                .hint("save the calendar as UTF-8 text, or export it again"));
            }
            // Files joined by hand carry a byte order mark in the middle.
            if self.buffer.starts_with(b"\xef\xbb\xbf") {
                self.buffer.drain(..3);
            }
            if !self.buffer.iter().all(u8::is_ascii_whitespace) {
                return Ok(Some(Line {
                    number,
                    bytes: &self.buffer,
                    is_cut,
                }));
            }
        }
    }

    /// Appends the rest of one line of the file; false at the end of the file.
    fn physical(&mut self, is_cut: &mut bool) -> Result<bool, Problem> {
        let mut any = false;
        loop {
            let chunk = self.reader.fill_buf().map_err(|error| unreadable(&error))?;
            if chunk.is_empty() {
                self.number += u64::from(any);
                return Ok(any);
            }
            any = true;
            let end = memchr::memchr2(b'\n', b'\r', chunk);
            let text = end.map_or(chunk, |end| chunk.get(..end).unwrap_or_default());
            let room = LONGEST.saturating_sub(self.buffer.len());
            *is_cut |= text.len() > room;
            self.buffer
                .extend_from_slice(text.get(..room.min(text.len())).unwrap_or_default());
            let is_return = end.and_then(|end| chunk.get(end)) == Some(&b'\r');
            let length = text.len() + usize::from(end.is_some());
            self.consume(length);
            if end.is_some() {
                if is_return && self.peek()? == Some(b'\n') {
                    self.consume(1);
                }
                self.number += 1;
                return Ok(true);
            }
        }
    }

    fn peek(&mut self) -> Result<Option<u8>, Problem> {
        let chunk = self.reader.fill_buf().map_err(|error| unreadable(&error))?;
        Ok(chunk.first().copied())
    }

    fn consume(&mut self, length: usize) {
        self.reader.consume(length);
        self.taken += u64::try_from(length).unwrap_or(0);
    }
}

/// A content line taken apart.
#[derive(Debug, Clone, Copy)]
pub struct Property<'l> {
    /// Parameters, from the first `;` on, as they stand.
    params: &'l str,
    /// The value, as it stands.
    pub value: &'l str,
}

/// The name of a content line in upper case, where it has one of at most 40 letters.
pub fn name_of(bytes: &[u8]) -> Option<String> {
    let end = memchr::memchr2(b':', b';', bytes)?;
    let name = bytes.get(..end)?;
    let plain = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_';
    if name.is_empty() || name.len() > 40 || !name.iter().all(plain) {
        return None;
    }
    Some(
        name.iter()
            .map(|b| char::from(b.to_ascii_uppercase()))
            .collect(),
    )
}

impl<'l> Property<'l> {
    /// A content line as text. Dates hold no colon, so with `is_date` an unquoted zone name may hold one.
    pub fn of(text: &'l str, is_date: bool) -> Self {
        let start = text.find([':', ';']).unwrap_or(text.len());
        let rest = text.get(start..).unwrap_or_default();
        let mut is_quoted = false;
        let mut at = None;
        for (i, b) in rest.bytes().enumerate() {
            match b {
                b'"' => is_quoted = !is_quoted,
                b':' if !is_quoted => {
                    at = Some(i);
                    if !is_date {
                        break;
                    }
                }
                _ => {}
            }
        }
        // A quote left open: take the plain reading.
        let at = at.or_else(|| rest.rfind(':')).unwrap_or(rest.len());
        Self {
            params: rest.get(..at).unwrap_or_default(),
            value: rest.get(at + 1..).unwrap_or_default(),
        }
    }

    /// A parameter's value, without quotes.
    pub fn param(&self, name: &str) -> Option<&'l str> {
        let mut rest = self.params;
        while !rest.is_empty() {
            let mut is_quoted = false;
            let end = rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| {
                    is_quoted ^= *c == '"';
                    *c == ';' && !is_quoted
                })
                .map_or(rest.len(), |(i, _)| i);
            let (part, after) = rest.split_at(end);
            rest = after;
            if let Some((key, value)) = part.trim_start_matches(';').split_once('=')
                && key.trim().eq_ignore_ascii_case(name)
            {
                return Some(value.trim().trim_matches('"'));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<(u64, String)> {
        let mut reader = text;
        let mut lines = Lines::new(&mut reader);
        let mut out = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            out.push((line.number, String::from_utf8(line.bytes.to_vec()).unwrap()));
        }
        out
    }

    #[test]
    fn folds_and_line_endings() {
        type Case = (&'static [u8], &'static [(u64, &'static str)]);
        let cases: [Case; 7] = [
            (b"A:1\r\nB:2\r\n", &[(1, "A:1"), (2, "B:2")]),
            (b"A:1\nB:2", &[(1, "A:1"), (2, "B:2")]),
            (b"A:1\rB:2\r", &[(1, "A:1"), (2, "B:2")]),
            (
                b"A:one\r\n  two\n\tthree\r\nB:2",
                &[(1, "A:one twothree"), (4, "B:2")],
            ),
            (
                b"A:caf\xc3\r\n \xa9\r\nB:2",
                &[(1, "A:caf\u{e9}"), (3, "B:2")],
            ),
            (b"\n\nA:1\n\n\nB:2", &[(3, "A:1"), (6, "B:2")]),
            (b"\xef\xbb\xbfA:1", &[(1, "A:1")]),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> = expected
                .iter()
                .map(|(n, t)| (*n, (*t).to_owned()))
                .collect();
            assert_eq!(all(text), expected, "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn a_long_property_is_cut_and_the_next_line_is_right() {
        let mut text = b"ATTACH:".to_vec();
        text.resize(3 << 20, b'x');
        text.extend_from_slice(b"\r\nB:2\r\n");
        let mut reader = text.as_slice();
        let mut lines = Lines::new(&mut reader);
        let line = lines.next().unwrap().unwrap();
        assert!(line.is_cut && line.bytes.len() == LONGEST);
        let line = lines.next().unwrap().unwrap();
        assert_eq!(
            (line.number, line.bytes, line.is_cut),
            (2, b"B:2".as_slice(), false)
        );
    }

    #[test]
    fn properties_with_colons_in_their_zone() {
        let quoted = Property::of(
            "DTSTART;TZID=\"(UTC-05:00) Eastern; US\";X=1:20260212T090000",
            true,
        );
        assert_eq!(quoted.param("tzid"), Some("(UTC-05:00) Eastern; US"));
        assert_eq!(
            (quoted.param("X"), quoted.value),
            (Some("1"), "20260212T090000")
        );
        let bare = Property::of(
            "DTSTART;TZID=(UTC-05:00) Eastern Time:20260212T090000",
            true,
        );
        assert_eq!(bare.param("TZID"), Some("(UTC-05:00) Eastern Time"));
        assert_eq!(bare.value, "20260212T090000");
        let text = Property::of("SUMMARY;LANGUAGE=en:Call: Halden", false);
        assert_eq!((text.value, text.param("NONE")), ("Call: Halden", None));
    }
}
