//! Lines of a text file as a stream: any line ending, any encoding of the ladder, bounded length.

use std::io::{BufRead, BufReader, Read};

use crate::input::{Input, unreadable};
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::encoding;

/// The longest line read.
const LONGEST: usize = 1024 * 1024;

/// So much of a file is read at once.
const BUFFER: usize = 256 * 1024;

/// Calls `line` with every line's number (from 1) and text, without its ending; stops at its first error.
///
/// # Errors
/// `import.record_too_long`, `import.control_char`, `import.encoding`, `import.cancelled`, and what `line` returns.
pub fn each_line<'r>(
    input: &mut Input,
    reading: &mut Reading<'r>,
    mut line: impl FnMut(u64, &str, &mut Reading<'r>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let head = input.head()?;
    let mark = encoding::byte_order_mark(&head);
    // One more than the file has, so that its end is seen at once.
    let room = usize::try_from(input.length().saturating_add(1)).unwrap_or(BUFFER);
    let stream = input.start()?;
    if encoding::is_utf16(&head) {
        let text = decode_utf16(stream)?;
        reading.decide("UTF-16");
        return lines_of(&mut text.as_bytes(), reading, &mut line);
    }
    let mut reader = BufReader::with_capacity(room.min(BUFFER), stream);
    if let Some((_, length)) = mark {
        reader.consume_exactly(length)?;
    }
    lines_of(&mut reader, reading, &mut line)
}

trait ConsumeExactly {
    fn consume_exactly(&mut self, length: usize) -> Result<(), Problem>;
}

impl<R: Read> ConsumeExactly for BufReader<R> {
    fn consume_exactly(&mut self, length: usize) -> Result<(), Problem> {
        self.fill_buf().map_err(|error| unreadable(&error))?;
        self.consume(length);
        Ok(())
    }
}

/// A UTF-16 text as a whole; at most 64 MiB, which no tracker's text reaches.
///
/// # Errors
/// `import.too_large`, `import.encoding`.
pub fn decode_utf16(stream: impl Read) -> Result<String, Problem> {
    const MOST: u64 = 64 * 1024 * 1024;
    let mut bytes = Vec::new();
    stream
        .take(MOST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST {
        return Err(
            Problem::fatal("import.too_large", "this UTF-16 file is larger than 64 MiB")
                .hint("save it as UTF-8"),
        );
    }
    let Some((encoding, length)) = encoding::byte_order_mark(&bytes) else {
        return Err(
            Problem::fatal("import.encoding", "the encoding of this file is not known")
                .hint("save it as UTF-8"),
        );
    };
    let (text, damaged) =
        encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default());
    if damaged {
        return Err(Problem::fatal(
            "import.encoding",
            "this UTF-16 file is damaged or cut short",
        )
        .hint("export it again"));
    }
    Ok(text.into_owned())
}

fn lines_of<'r>(
    reader: &mut dyn BufRead,
    reading: &mut Reading<'r>,
    line: &mut dyn FnMut(u64, &str, &mut Reading<'r>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut buffer = Vec::new();
    let mut number = 0u64;
    let mut told = 0u64;
    loop {
        buffer.clear();
        let limit = u64::try_from(LONGEST + 2).unwrap_or(u64::MAX);
        let count = (&mut *reader)
            .take(limit)
            .read_until(b'\n', &mut buffer)
            .map_err(|error| unreadable(&error))?;
        if count == 0 {
            return reading.progress(told, 0);
        }
        told += u64::try_from(count).unwrap_or(0);
        if count > LONGEST {
            return Err(
                Problem::fatal("import.record_too_long", "this line is longer than 1 MiB")
                    .at(number + 1),
            );
        }
        while matches!(buffer.last(), Some(b'\n' | b'\r')) {
            buffer.pop();
        }
        // Old Mac line endings: the buffer then holds several lines.
        let mut rest = Some(buffer.as_slice());
        while let Some(lines) = rest {
            let (piece, behind) = match memchr::memchr(b'\r', lines) {
                Some(at) => (lines.get(..at).unwrap_or_default(), lines.get(at + 1..)),
                None => (lines, None),
            };
            rest = behind;
            number += 1;
            if memchr::memchr(0, piece).is_some() {
                return Err(Problem::fatal(
                    "import.control_char",
                    "there is a NUL character in this line",
                )
                .at(number)
                .hint("save the file as UTF-8 text"));
            }
            let (text, foreign) = encoding::decode(piece);
            if foreign {
                reading.decide("Windows-1252");
            }
            line(number, &text, reading)?;
        }
        if told > 1 << 20 {
            reading.progress(told, 0)?;
            told = 0;
        }
    }
}
