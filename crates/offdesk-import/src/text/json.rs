//! JSON as a stream: bounded depth and text length, the keys of its first levels, and errors with a place.

mod keys;

use std::io::{self, BufReader, Read};

use serde::de::DeserializeOwned;

pub use self::keys::JsonKeys;
use crate::input::Input;
use crate::problem::Problem;
use crate::text::encoding;

/// Deepest nesting read.
const DEEPEST: usize = 64;
/// Longest string read.
const LONGEST: usize = 1024 * 1024;
/// Between code and line in a guard's error.
const ON_LINE: &str = " on line ";

/// A reader that stops at nesting deeper than 64 or a string longer than 1 MiB, before they cost memory.
pub struct Guard<R> {
    inner: R,
    depth: usize,
    in_string: bool,
    escaped: bool,
    length: usize,
    line: u64,
}

impl<R: Read> Guard<R> {
    /// Guards a reader.
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            depth: 0,
            in_string: false,
            escaped: false,
            length: 0,
            line: 1,
        }
    }

    fn check(&mut self, bytes: &[u8]) -> Result<(), &'static str> {
        let mut rest = bytes;
        let checked = self.check_rest(&mut rest);
        let seen = bytes.get(..bytes.len() - rest.len()).unwrap_or(bytes);
        let lines = memchr::memchr_iter(b'\n', if checked.is_ok() { bytes } else { seen }).count();
        self.line += u64::try_from(lines).unwrap_or(0);
        checked
    }

    /// Takes the checked bytes off `rest`, so that what is left begins where a limit was passed.
    fn check_rest(&mut self, rest: &mut &[u8]) -> Result<(), &'static str> {
        while !rest.is_empty() {
            if self.in_string {
                if self.escaped {
                    self.escaped = false;
                    self.length += 1;
                    *rest = rest.get(1..).unwrap_or_default();
                }
                let end = memchr::memchr2(b'"', b'\\', rest);
                self.length += end.unwrap_or(rest.len());
                if self.length > LONGEST {
                    return Err("import.record_too_long");
                }
                let Some(end) = end else { return Ok(()) };
                let is_escape = rest.get(end) == Some(&b'\\');
                *rest = rest.get(end + 1..).unwrap_or_default();
                if is_escape {
                    self.length += 1;
                    self.escaped = true;
                    continue;
                }
                self.in_string = false;
            }
            let Some(at) = rest.iter().position(|&byte| is_structure(byte)) else {
                return Ok(());
            };
            match rest.get(at) {
                Some(b'"') => {
                    self.in_string = true;
                    self.length = 0;
                }
                Some(b'{' | b'[') => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err("import.depth");
                    }
                }
                _ => self.depth = self.depth.saturating_sub(1),
            }
            *rest = rest.get(at + 1..).unwrap_or_default();
        }
        Ok(())
    }
}

/// Whether a byte outside a string opens or closes something.
fn is_structure(byte: u8) -> bool {
    const TABLE: [bool; 256] = {
        let mut table = [false; 256];
        table[b'"' as usize] = true;
        table[b'{' as usize] = true;
        table[b'[' as usize] = true;
        table[b'}' as usize] = true;
        table[b']' as usize] = true;
        table
    };
    TABLE[usize::from(byte)]
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let bytes = buffer.get(..count).unwrap_or_default();
        // The parser knows no line for an error of its reader, so the line goes with the code.
        self.check(bytes)
            .map_err(|code| io::Error::other(format!("{code}{ON_LINE}{}", self.line)))?;
        Ok(count)
    }
}

/// The whole input as a guarded, buffered stream without a byte order mark. UTF-16 is decoded.
///
/// # Errors
/// `import.unreadable`, `import.encoding`.
pub fn stream(input: &mut Input) -> Result<Box<dyn Read + '_>, Problem> {
    let mark = input.mark()?;
    if encoding::is_utf16(&mark) {
        let text = crate::text::lines::decode_utf16(input.start()?)?;
        return Ok(Box::new(Guard::new(io::Cursor::new(text.into_bytes()))));
    }
    let skip = encoding::byte_order_mark(&mark).map_or(0, |(_, length)| length);
    let stream = input.start()?;
    stream
        .seek(io::SeekFrom::Start(u64::try_from(skip).unwrap_or(0)))
        .map_err(|error| crate::input::unreadable(&error))?;
    Ok(Box::new(BufReader::with_capacity(
        128 * 1024,
        Guard::new(stream),
    )))
}

/// Reads JSON values one after the other (an array's elements, or one value a line), never holding them all.
///
/// `element` is called with the number of the element, from 1.
///
/// # Errors
/// `import.json`, `import.depth`, `import.truncated`, and what `element` returns.
pub fn each_element<T: DeserializeOwned>(
    input: &mut Input,
    mut element: impl FnMut(u64, T) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let is_array = {
        let head = input.head()?;
        encoding::head_text(&head).trim_start().starts_with('[')
    };
    let stream = stream(input)?;
    if !is_array {
        let values = serde_json::Deserializer::from_reader(stream).into_iter::<T>();
        for (index, value) in values.enumerate() {
            element(
                u64::try_from(index).unwrap_or(u64::MAX) + 1,
                value.map_err(|error| problem(&error))?,
            )?;
        }
        return Ok(());
    }
    let mut deserializer = serde_json::Deserializer::from_reader(stream);
    let mut failure = None;
    let visitor = EachElement {
        element: &mut element,
        failure: &mut failure,
        marker: std::marker::PhantomData,
    };
    let read = serde::Deserializer::deserialize_seq(&mut deserializer, visitor);
    if let Some(failure) = failure {
        return Err(failure);
    }
    read.map_err(|error| problem(&error))?;
    deserializer.end().map_err(|error| problem(&error))
}

struct EachElement<'v, T, F> {
    element: &'v mut F,
    failure: &'v mut Option<Problem>,
    marker: std::marker::PhantomData<T>,
}

impl<'de, T: DeserializeOwned, F: FnMut(u64, T) -> Result<(), Problem>> serde::de::Visitor<'de>
    for EachElement<'_, T, F>
{
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut number = 0;
        while let Some(value) = seq.next_element::<T>()? {
            number += 1;
            if let Err(problem) = (self.element)(number, value) {
                *self.failure = Some(problem);
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

/// The problem for a failed parse, with its place.
#[must_use]
pub fn problem(error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let line = match (error.line(), text.rsplit_once(ON_LINE)) {
        (0, Some((_, line))) => line.parse().unwrap_or(0),
        (line, _) => u64::try_from(line).unwrap_or(0),
    };
    let problem = if text.contains("import.depth") || text.contains("recursion limit") {
        Problem::fatal("import.depth", "this JSON is nested deeper than 64 levels")
    } else if text.contains("import.record_too_long") {
        Problem::fatal(
            "import.record_too_long",
            "a text in this JSON is longer than 1 MiB",
        )
    } else if error.is_eof() {
        Problem::fatal("import.truncated", "this JSON stops in the middle")
            .hint("download it again; it was cut short")
    } else if error.is_io() {
        Problem::fatal(
            "import.unreadable",
            format!("the file cannot be read: {text}"),
        )
    } else {
        let cause = text.split(" at line ").next().unwrap_or(&text).to_owned();
        Problem::fatal(
            "import.json",
            format!("this is not the JSON I expected: {cause}"),
        )
    };
    match error.column() {
        0 => problem.at(line),
        column => problem.at(line).column(column),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same verdict wherever the reads are cut.
    #[test]
    fn guard_minds_depth_and_length_across_reads() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        let text = |length: usize| format!("[\"{}\",\"a\"]", "x".repeat(length));
        let escaped = |length: usize| format!("[\"{}\"]", "\\\"".repeat(length));
        for (json, expected) in [
            (deep(64), None),
            (deep(65), Some("import.depth")),
            (deep(1).repeat(100), None),
            (format!("[\"{}\"]", "[".repeat(100)), None),
            (format!("[\"\\\"{}\"]", "[".repeat(100)), None),
            (format!("[\"\\\\\",{}]", deep(64)), Some("import.depth")),
            (text(LONGEST), None),
            (text(LONGEST + 1), Some("import.record_too_long")),
            (escaped(LONGEST / 2), None),
            (escaped(LONGEST / 2 + 1), Some("import.record_too_long")),
        ] {
            for size in [1, 2, 3, 7, 4096] {
                if size < 7 && json.len() > 1000 {
                    continue;
                }
                let mut guard = Guard::new(io::empty());
                let verdict = json
                    .as_bytes()
                    .chunks(size)
                    .try_for_each(|c| guard.check(c));
                let start: String = json.chars().take(40).collect();
                assert_eq!(verdict.err(), expected, "{start} in pieces of {size}");
            }
        }
    }
}
