//! Lines of a text file as a stream: any line ending, any encoding of the ladder, bounded length.

use std::io::{ErrorKind, Read, SeekFrom};

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
    let mark = input.mark()?;
    let length = input.length();
    let stream = input.start()?;
    let mut lines = Lines {
        number: 0,
        line: &mut line,
    };
    if encoding::is_utf16(&mark) {
        let text = decode_utf16(stream)?;
        reading.decide("UTF-16");
        return lines.read(&mut text.as_bytes(), BUFFER, reading);
    }
    if let Some((_, length)) = encoding::byte_order_mark(&mark) {
        stream
            .seek(SeekFrom::Start(u64::try_from(length).unwrap_or(0)))
            .map_err(|error| unreadable(&error))?;
    }
    // One more than the file has, so that its end is seen at once.
    let room = usize::try_from(length.saturating_add(1)).unwrap_or(BUFFER);
    lines.read(stream, room.min(BUFFER), reading)
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

type Line<'l, 'r> = dyn FnMut(u64, &str, &mut Reading<'r>) -> Result<(), Problem> + 'l;

/// Lines being read, and who takes them.
struct Lines<'l, 'r> {
    /// Of the line read last.
    number: u64,
    line: &'l mut Line<'l, 'r>,
}

impl<'r> Lines<'_, 'r> {
    /// Reads a stream to its end, as many whole lines at once as there are in the buffer.
    fn read(
        &mut self,
        stream: &mut dyn Read,
        room: usize,
        reading: &mut Reading<'r>,
    ) -> Result<(), Problem> {
        let mut buffer = vec![0; room];
        // So much of the buffer is the beginning of a line.
        let mut begun = 0;
        loop {
            let Some(free) = buffer.get_mut(begun..).filter(|free| !free.is_empty()) else {
                buffer.resize((2 * buffer.len()).clamp(2, LONGEST + 2), 0);
                continue;
            };
            let count = match stream.read(free) {
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(unreadable(&error)),
            };
            reading.progress(u64::try_from(count).unwrap_or(0), 0)?;
            let end = begun + count;
            if count == 0 {
                return self.take(buffer.get(..end).unwrap_or_default(), reading);
            }
            let new = buffer.get(begun..end).unwrap_or_default();
            let Some(last) = memchr::memrchr(b'\n', new) else {
                begun = end;
                if begun > LONGEST {
                    return Err(too_long(self.number + 1));
                }
                continue;
            };
            let whole = begun + last + 1;
            self.take(buffer.get(..whole).unwrap_or_default(), reading)?;
            buffer.copy_within(whole..end, 0);
            begun = end - whole;
        }
    }

    /// Takes whole lines; only the last of the file may lack its end.
    fn take(&mut self, block: &[u8], reading: &mut Reading<'r>) -> Result<(), Problem> {
        let has_special = memchr::memchr2(0, b'\r', block).is_some();
        let text = simdutf8::basic::from_utf8(block).ok();
        let (Some(text), false) = (text, has_special) else {
            return self.take_with_care(block, reading);
        };
        let mut from = 0;
        let ends = memchr::memchr_iter(b'\n', block);
        let rest = (!block.is_empty() && !block.ends_with(b"\n")).then_some(block.len());
        for end in ends.chain(rest) {
            self.number += 1;
            // With its end, where it has one.
            if (end + 1).min(block.len()) - from > LONGEST {
                return Err(too_long(self.number));
            }
            (self.line)(self.number, text.get(from..end).unwrap_or(""), reading)?;
            from = end + 1;
        }
        Ok(())
    }

    /// The same for lines with other endings, other encodings and what no text has.
    fn take_with_care(&mut self, block: &[u8], reading: &mut Reading<'r>) -> Result<(), Problem> {
        for line in block.split_inclusive(|byte| *byte == b'\n') {
            if line.len() > LONGEST {
                return Err(too_long(self.number + 1));
            }
            let kept = line
                .iter()
                .rposition(|byte| !matches!(byte, b'\n' | b'\r'))
                .map_or(0, |last| last + 1);
            // Old Mac line endings: several lines.
            for piece in line
                .get(..kept)
                .unwrap_or_default()
                .split(|byte| *byte == b'\r')
            {
                self.number += 1;
                if memchr::memchr(0, piece).is_some() {
                    return Err(Problem::fatal(
                        "import.control_char",
                        "there is a NUL character in this line",
                    )
                    .at(self.number)
                    .hint("save the file as UTF-8 text"));
                }
                let (text, foreign) = encoding::decode(piece);
                if foreign {
                    reading.decide("Windows-1252");
                }
                (self.line)(self.number, &text, reading)?;
            }
        }
        Ok(())
    }
}

fn too_long(line: u64) -> Problem {
    Problem::fatal("import.record_too_long", "this line is longer than 1 MiB").at(line)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use offdesk_domain::EntryKind;

    use super::*;
    use crate::{Entry, Options, Sink};

    struct Nobody;

    impl Sink for Nobody {
        fn entry(&mut self, _: &Entry<'_>) {}
        fn fork(&self) -> Box<dyn Sink> {
            Box::new(Self)
        }
        fn absorb(&mut self, _: Box<dyn Sink>) {}
        fn into_any(self: Box<Self>) -> Box<dyn std::any::Any> {
            self
        }
    }

    /// Gives so many bytes at a time.
    struct Slowly<'b>(&'b [u8], usize);

    impl Read for Slowly<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(buffer.len()).min(self.0.len());
            let (now, later) = self.0.split_at(count);
            buffer[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    /// Code and line of what stopped the reading.
    type Stopped = (&'static str, Option<u64>);

    /// The lines, and what stopped the reading.
    fn lines_of(
        bytes: &[u8],
        at_once: usize,
        room: usize,
    ) -> (Vec<(u64, String)>, Option<Stopped>) {
        let options = Options::new(Timestamp::UNIX_EPOCH);
        let mut sink = Nobody;
        let mut reading = Reading::new(&options, &mut sink);
        reading.report.kind = Some(EntryKind::Measured);
        let mut all = Vec::new();
        let mut take = |number: u64, text: &str, _: &mut Reading<'_>| {
            all.push((number, text.to_owned()));
            Ok(())
        };
        let mut lines = Lines {
            number: 0,
            line: &mut take,
        };
        let read = lines.read(&mut Slowly(bytes, at_once), room, &mut reading);
        (all, read.err().map(|problem| (problem.code, problem.line)))
    }

    #[test]
    fn lines_are_the_same_wherever_the_reads_are_cut() {
        for (bytes, expected) in [
            (&b""[..], &[][..]),
            (b"\n", &[""]),
            (b"a", &["a"]),
            (b"a\n", &["a"]),
            (b"a\n\nbb\nccc", &["a", "", "bb", "ccc"]),
            (b"a\r\nb\r\n\r\nc\r", &["a", "b", "", "c"]),
            (b"a\rb\rc\n\rd", &["a", "b", "c", "", "d"]),
            (
                b"gr\xc3\xbcn\nr\xf6t\nblau\n",
                &["gr\u{fc}n", "r\u{f6}t", "blau"],
            ),
        ] {
            for (at_once, room) in [(1, 1), (2, 3), (3, 8), (100, 5), (100, 100)] {
                let (lines, stopped) = lines_of(bytes, at_once, room);
                let texts: Vec<&str> = lines.iter().map(|(_, text)| text.as_str()).collect();
                assert_eq!(texts, expected, "{at_once} {room}");
                assert!(
                    lines
                        .iter()
                        .map(|(number, _)| *number)
                        .eq(1..=texts.len() as u64)
                );
                assert_eq!(stopped, None);
            }
        }
    }

    #[test]
    fn lines_end_at_a_nul_or_where_they_are_too_long() {
        for (at_once, room) in [(1, 1), (100, 100)] {
            let (lines, stopped) = lines_of(b"a\nb\0\nc\n", at_once, room);
            assert_eq!(lines.len(), 1);
            assert_eq!(stopped, Some(("import.control_char", Some(2))));
        }
        for (length, end, is_read) in [
            (LONGEST - 1, "\n", true),
            (LONGEST, "\n", false),
            (LONGEST, "", true),
            (LONGEST + 1, "", false),
            (LONGEST * 3, "\nmore\n", false),
        ] {
            for mark in ["x", "\r"] {
                let line = format!("{mark}{}", "x".repeat(length - 1));
                let text = format!("first\n{line}{end}");
                for (at_once, room) in [(1 << 14, 1 << 14), (1 << 30, 1 << 22)] {
                    let (lines, stopped) = lines_of(text.as_bytes(), at_once, room);
                    let expected = (!is_read).then_some(("import.record_too_long", Some(2)));
                    assert_eq!(stopped, expected, "{length} {end:?} {at_once}");
                    assert_eq!(lines[0].1, "first");
                    assert_eq!(lines.len() > 1, is_read);
                }
            }
        }
    }
}
