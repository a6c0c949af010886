//! JSON lists of a million rows: each element is read in place, with its line, and a bad one does not stop the rest.

use std::io::Read;

use serde::de::{Deserialize, Error as _, IgnoredAny};

use crate::input::{Input, unreadable};
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::json;

/// How much is read at a time.
const CHUNK: usize = 256 * 1024;
/// In fewer bytes a plain loop is faster than a search made ready for long texts.
const SHORT: usize = 16;
/// The longest element read.
const LONGEST: usize = 1024 * 1024;

/// What the elements of a list are; the value may borrow from the reader's buffer.
pub trait Element {
    /// One element.
    type Value<'b>: Deserialize<'b>;
}

/// Calls `row` with the line and value of every element of a list, or of one value after the other.
///
/// An element of another shape is a problem with its line; the reading goes on behind it.
///
/// # Errors
/// `import.json`, `import.depth`, `import.truncated`, `import.record_too_long`, `import.cancelled`, and what `row` returns.
pub fn each_in_place<'r, E: Element>(
    input: &mut Input,
    reading: &mut Reading<'r>,
    mut row: impl FnMut(u64, E::Value<'_>, &mut Reading<'r>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut window = Window::new(json::stream(input)?);
    let is_list = window.next_byte(reading)? == Some(b'[');
    if is_list {
        window.advance(1);
    }
    let mut is_first = true;
    loop {
        let byte = window.next_byte(reading)?;
        match byte {
            None if is_list => return Err(truncated().at(window.line)),
            None => return Ok(()),
            Some(b']') if is_list => break,
            Some(b',') if is_list && !is_first => {
                window.advance(1);
                if window.next_byte(reading)? == Some(b']') {
                    return Err(unexpected(
                        window.line,
                        "a comma before the end of the list",
                    ));
                }
            }
            Some(_) if is_list && !is_first => {
                return Err(unexpected(window.line, "a comma is missing"));
            }
            Some(_) => {}
        }
        is_first = false;
        window.element::<E>(reading, &mut row)?;
    }
    window.advance(1);
    match window.next_byte(reading)? {
        None => Ok(()),
        Some(_) => Err(unexpected(
            window.line,
            "there is something behind the list",
        )),
    }
}

/// The part of the file in memory: from the first byte not yet understood.
struct Window<R> {
    stream: R,
    held: Held,
    at: usize,
    line: u64,
    is_at_end: bool,
}

/// What is in memory: a text as long as everything was UTF-8, so that the texts in it need no look of their own.
enum Held {
    /// A text, and the bytes behind it that begin a character.
    Text(String, Vec<u8>),
    Bytes(Vec<u8>),
}

impl Held {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text, _) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// All of it as bytes; nothing is left here.
    fn take(&mut self) -> Vec<u8> {
        match std::mem::replace(self, Self::Bytes(Vec::new())) {
            Self::Text(text, begun) => {
                let mut bytes = text.into_bytes();
                bytes.extend(begun);
                bytes
            }
            Self::Bytes(bytes) => bytes,
        }
    }

    /// A text if that is what the bytes are, save for a character cut at the end.
    fn of(mut bytes: Vec<u8>) -> Self {
        let begun = match simdutf8::compat::from_utf8(&bytes) {
            Ok(_) => Vec::new(),
            Err(error) if error.error_len().is_none() => bytes.split_off(error.valid_up_to()),
            Err(_) => return Self::Bytes(bytes),
        };
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(text, begun),
            Err(error) => Self::Bytes(error.into_bytes()),
        }
    }
}

enum Step {
    Done(usize),
    Bad(Problem),
    More,
}

impl<R: Read> Window<R> {
    fn new(stream: R) -> Self {
        Self {
            stream,
            held: Held::Text(String::new(), Vec::new()),
            at: 0,
            line: 1,
            is_at_end: false,
        }
    }

    fn rest(&self) -> &[u8] {
        self.held.bytes().get(self.at..).unwrap_or_default()
    }

    fn advance(&mut self, length: usize) {
        let passed = self.rest().get(..length).unwrap_or_default();
        let lines = if length < SHORT {
            passed.iter().filter(|byte| **byte == b'\n').count()
        } else {
            memchr::memchr_iter(b'\n', passed).count()
        };
        self.line += u64::try_from(lines).unwrap_or(0);
        self.at += length;
    }

    /// Reads on; what was passed is dropped.
    fn fill(&mut self, reading: &Reading<'_>) -> Result<(), Problem> {
        let was_text = matches!(self.held, Held::Text(..));
        let mut bytes = self.held.take();
        bytes.drain(..self.at.min(bytes.len()));
        self.at = 0;
        if bytes.len() > LONGEST {
            return Err(Problem::fatal(
                "import.record_too_long",
                "this entry is longer than 1 MiB",
            )
            .at(self.line));
        }
        let mut chunk = (&mut self.stream).take(u64::try_from(CHUNK).unwrap_or(u64::MAX));
        let count = chunk.read_to_end(&mut bytes).map_err(|error| {
            // The guard's own words for depth and length become problems of their own.
            let text = error.to_string();
            if text.starts_with("import.") {
                json::problem(&serde_json::Error::custom(text))
                    .column("")
                    .at(self.line)
            } else {
                unreadable(&error)
            }
        })?;
        self.is_at_end = count == 0;
        // A character that never ends is for the parser to find.
        self.held = if was_text && !self.is_at_end {
            Held::of(bytes)
        } else {
            Held::Bytes(bytes)
        };
        reading.progress(u64::try_from(count).unwrap_or(0), 0)
    }

    /// The next byte that is no white space, not taken; `None` at the end.
    fn next_byte(&mut self, reading: &Reading<'_>) -> Result<Option<u8>, Problem> {
        loop {
            let blank = self
                .rest()
                .iter()
                .position(|byte| !byte.is_ascii_whitespace());
            if let Some(blank) = blank {
                self.advance(blank);
                return Ok(self.rest().first().copied());
            }
            if self.is_at_end {
                return Ok(None);
            }
            self.advance(self.rest().len());
            self.fill(reading)?;
        }
    }

    fn element<'r, E: Element>(
        &mut self,
        reading: &mut Reading<'r>,
        row: &mut impl FnMut(u64, E::Value<'_>, &mut Reading<'r>) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        loop {
            let step = match self.parsed::<E::Value<'_>>() {
                Ok((value, length)) => {
                    row(self.line, value, reading)?;
                    Step::Done(length)
                }
                Err(error) if error.is_eof() && !self.is_at_end => Step::More,
                Err(error) if error.is_data() => Step::Bad(self.misshapen(&error)),
                Err(error) => return Err(self.placed(&error)),
            };
            match step {
                Step::Done(length) => {
                    self.advance(length);
                    return Ok(());
                }
                Step::More => self.fill(reading)?,
                Step::Bad(problem) => {
                    self.pass_over(reading)?;
                    reading.problem(problem);
                    return Ok(());
                }
            }
        }
    }

    fn pass_over(&mut self, reading: &Reading<'_>) -> Result<(), Problem> {
        loop {
            match self.parsed::<IgnoredAny>() {
                Ok((_, length)) => {
                    self.advance(length);
                    return Ok(());
                }
                Err(error) if error.is_eof() && !self.is_at_end => self.fill(reading)?,
                Err(error) => return Err(self.placed(&error)),
            }
        }
    }

    /// The value at the beginning of the rest, and its length.
    fn parsed<'b, T: Deserialize<'b>>(&'b self) -> Result<(T, usize), serde_json::Error> {
        match &self.held {
            Held::Text(text, _) => next_value(serde_json::Deserializer::from_str(
                text.get(self.at..).unwrap_or_default(),
            )),
            Held::Bytes(_) => next_value(serde_json::Deserializer::from_slice(self.rest())),
        }
    }

    fn misshapen(&self, error: &serde_json::Error) -> Problem {
        let text = error.to_string();
        let cause = text.split(" at line ").next().unwrap_or(&text);
        Problem::bad(
            "import.json",
            format!("this entry is not as the tracker writes it: {cause}"),
        )
        .at(self.line)
    }

    fn placed(&self, error: &serde_json::Error) -> Problem {
        if std::str::from_utf8(self.rest()).is_err_and(|e| e.error_len().is_some())
            && error.is_syntax()
        {
            return Problem::fatal("import.encoding", "this JSON is not UTF-8")
                .hint("save it as UTF-8")
                .at(self.line);
        }
        let line = u64::try_from(error.line()).unwrap_or(1);
        json::problem(error)
            .column("")
            .at(self.line + line.saturating_sub(1))
    }
}

/// The next value and its length.
fn next_value<'b, T: Deserialize<'b>>(
    values: serde_json::Deserializer<impl serde_json::de::Read<'b>>,
) -> Result<(T, usize), serde_json::Error> {
    let mut values = values.into_iter::<T>();
    match values.next() {
        Some(Ok(value)) => Ok((value, values.byte_offset())),
        Some(Err(error)) => Err(error),
        None => Err(serde_json::Error::custom("no value")),
    }
}

fn truncated() -> Problem {
    Problem::fatal("import.truncated", "this JSON stops in the middle")
        .hint("download it again; it was cut short")
}

fn unexpected(line: u64, what: &str) -> Problem {
    Problem::fatal(
        "import.json",
        format!("this is not the JSON I expected: {what}"),
    )
    .at(line)
}
