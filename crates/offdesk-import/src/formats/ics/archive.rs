//! A zip of calendars: every `.ics` in it is read as a stream, within limits of count, size and ratio.

use std::io::{self, Read};

use zip::result::ZipError;

use super::parse::Calendars;
use crate::detect::{Head, Nature};
use crate::input::Input;
use crate::problem::Problem;
use crate::reading::Reading;

/// Most files in the archive.
const FILES: usize = 10_000;
/// Most bytes of all calendars together, unpacked.
const BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Most bytes unpacked for one byte packed; calendars reach about 30.
const RATIO: u64 = 200;
/// Below this size the ratio does not matter.
const SMALL: u64 = 1024 * 1024;

/// Whether the beginning of a zip names a calendar file.
pub fn is_archive(head: &Head<'_>) -> bool {
    head.nature == Nature::Zip && names(head.bytes).any(is_calendar)
}

/// The names in the local and central headers of a zip's beginning.
fn names(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let at = |from: usize, to: usize| bytes.get(from..to);
    memchr::memmem::find_iter(bytes, b"PK").filter_map(move |start| {
        let (length_at, name_at) = match at(start + 2, start + 4)? {
            b"\x03\x04" => (26, 30),
            b"\x01\x02" => (28, 46),
            _ => return None,
        };
        let length: [u8; 2] = at(start + length_at, start + length_at + 2)?
            .try_into()
            .ok()?;
        let begin = start + name_at;
        at(begin, begin + usize::from(u16::from_le_bytes(length)))
    })
}

fn is_calendar(name: &[u8]) -> bool {
    let ending = name.len().checked_sub(4).and_then(|at| name.get(at..));
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case(b".ics"))
}

/// Reads every calendar of an archive as one.
///
/// # Errors
/// `import.zip_bomb`, `import.zip_path`, `import.zip_damaged`, `import.zip_protected` and those of a calendar file.
pub fn read(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let mut archive = zip::ZipArchive::new(input.start()?).map_err(|error| damaged(&error))?;
    if archive.len() > FILES {
        return Err(bomb(format!("this archive holds more than {FILES} files")));
    }
    let mut kept = Calendars::default();
    let (mut left, mut calendars, mut others) = (BYTES, 0u64, 0u64);
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| damaged(&error))?;
        let raw = file.name_raw().to_vec();
        let name = crate::problem::shown(&String::from_utf8_lossy(&raw));
        if is_escape(&name) {
            return Err(Problem::fatal(
                "import.zip_path",
                "a file in this archive is named to land outside of it",
            )
            .value(&name)
            .hint("do not unpack it elsewhere, either; ask whoever sent it"));
        }
        if file.is_dir() {
            continue;
        }
        if !is_calendar(&raw) {
            others += 1;
            continue;
        }
        calendars += 1;
        let most = file
            .compressed_size()
            .saturating_mul(RATIO)
            .max(SMALL)
            .min(left);
        if file.size() > most {
            return Err(bomb(format!("{name} unpacks to more than a calendar can")));
        }
        let mut capped = Capped {
            inner: file,
            left: most,
            is_over: false,
        };
        let result = super::read_stream(&mut capped, &name, super::stem(&name), &mut kept, reading);
        if capped.is_over {
            return Err(bomb(format!("{name} unpacks to more than a calendar can")));
        }
        result.map_err(|problem| placed(problem, &name))?;
        left = left.saturating_sub(most - capped.left);
    }
    if calendars == 0 {
        return Err(
            Problem::fatal("import.not_ics", "there is no .ics file in this archive")
                .hint("export the calendar as .ics"),
        );
    }
    reading.decide(format!("calendars in the archive: {calendars}"));
    if others > 0 {
        let message =
            format!("files in the archive that are no calendars and were not read: {others}");
        reading.problem(Problem::note("import.zip_other", message));
    }
    super::give(kept, reading)
}

fn placed(problem: Problem, name: &str) -> Problem {
    if problem.code == "import.unreadable" {
        return Problem::fatal(
            "import.zip_damaged",
            format!("{name} in this archive is damaged"),
        )
        .hint("download it again");
    }
    problem.column(name)
}

/// Absolute names, drives, and steps out of the folder.
fn is_escape(name: &str) -> bool {
    let mut parts = name.split(['/', '\\']);
    name.starts_with(['/', '\\']) || name.get(1..2) == Some(":") || parts.any(|part| part == "..")
}

fn bomb(message: String) -> Problem {
    Problem::fatal("import.zip_bomb", message).hint("unpack it yourself and give me the .ics files")
}

fn damaged(error: &ZipError) -> Problem {
    if let ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) = error {
        return Problem::fatal("import.zip_protected", "this archive needs a password")
            .hint("unpack it and give me the .ics files");
    }
    Problem::fatal(
        "import.zip_damaged",
        format!("this archive cannot be read: {error}"),
    )
    .hint("download it again, or unpack it and give me the .ics files")
}

/// A reader that notices when more comes than may.
struct Capped<R> {
    inner: R,
    left: u64,
    is_over: bool,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let count = u64::try_from(length).unwrap_or(u64::MAX);
        if count > self.left {
            self.is_over = true;
            return Err(io::Error::other("more than may be unpacked"));
        }
        self.left -= count;
        Ok(length)
    }
}
