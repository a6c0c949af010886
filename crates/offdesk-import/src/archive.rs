//! Zip archives read with caps: entries, sizes, ratio, names that point outside, before any of it costs memory.

use std::io::{self, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::input::{Input, Stream, unreadable};
use crate::problem::Problem;

/// Most entries of an archive.
const MOST_ENTRIES: usize = 10_000;
/// Most bytes all entries may unpack to.
const MOST_BYTES: u64 = 4 * 1024 * 1024 * 1024;
/// An entry may grow to so many times its packed size ...
const MOST_RATIO: u64 = 200;
/// ... once it has given more than this.
const RATIO_FREE: u64 = 16 * 1024 * 1024;

/// An archive whose entries were looked at and found harmless.
pub struct Archive<'i> {
    zip: ZipArchive<&'i mut dyn Stream>,
    names: Vec<String>,
}

impl<'i> Archive<'i> {
    /// Opens an archive and checks its directory.
    ///
    /// # Errors
    /// `import.zip` (damaged), `import.zip_bomb`, `import.zip_path`, `import.zip_locked`, `import.unreadable`.
    pub fn open(input: &'i mut Input) -> Result<Self, Problem> {
        let mut zip = ZipArchive::new(input.start()?).map_err(|error| problem(&error))?;
        if zip.len() > MOST_ENTRIES {
            return Err(bomb(format!("it has more than {MOST_ENTRIES} files")));
        }
        let mut names = Vec::with_capacity(zip.len());
        let mut total: u64 = 0;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|error| problem(&error))?;
            let name = entry.name().map_err(|error| problem(&error))?.into_owned();
            if points_outside(&name) || entry.is_symlink() {
                return Err(Problem::fatal(
                    "import.zip_path",
                    "this archive has a file that would land outside its folder",
                )
                .value(&name)
                .hint("do not use it; download the export again from the tracker itself"));
            }
            if entry.encrypted() {
                return Err(
                    Problem::fatal("import.zip_locked", "this archive has a password")
                        .hint("unpack it, and give me the files in it"),
                );
            }
            total = total.saturating_add(entry.size());
            names.push(name);
        }
        if total > MOST_BYTES {
            return Err(bomb("it would unpack to more than 4 GiB".to_owned()));
        }
        // Entries that share bytes are how a small archive hides a huge one.
        if zip
            .has_overlapping_files()
            .map_err(|error| problem(&error))?
        {
            return Err(bomb("its files lie over one another".to_owned()));
        }
        Ok(Self { zip, names })
    }

    /// The names of its entries, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The first entry with this file name, in whatever folder.
    #[must_use]
    pub fn find(&self, file_name: &str) -> Option<usize> {
        self.names
            .iter()
            .position(|name| name.rsplit('/').next() == Some(file_name))
    }

    /// An entry's bytes, at most `most` of them.
    ///
    /// # Errors
    /// `import.zip`; while reading, errors that [`read_problem`] understands.
    pub fn entry(&mut self, index: usize, most: u64) -> Result<impl Read, Problem> {
        let file = self.zip.by_index(index).map_err(|error| problem(&error))?;
        let packed = file.compressed_size();
        Ok(Capped {
            inner: file,
            packed,
            most,
            given: 0,
        })
    }
}

/// Stops where an entry gives more than it should.
struct Capped<R> {
    inner: R,
    packed: u64,
    most: u64,
    given: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.given = self
            .given
            .saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        let is_swollen =
            self.given > RATIO_FREE && self.given / MOST_RATIO > self.packed.saturating_add(1);
        if self.given > self.most || is_swollen {
            return Err(io::Error::other("import.zip_bomb"));
        }
        Ok(count)
    }
}

/// The names in the local headers within the first bytes of a zip, to tell what kind of archive it is.
#[must_use]
pub fn names_in_head(bytes: &[u8]) -> Vec<&str> {
    const FIXED: usize = 30;
    memchr::memmem::find_iter(bytes, b"PK\x03\x04")
        .filter_map(|at| {
            let low = *bytes.get(at + 26)?;
            let high = *bytes.get(at + 27)?;
            let length = usize::from(u16::from_le_bytes([low, high]));
            let name = bytes.get(at + FIXED..(at + FIXED).checked_add(length)?)?;
            std::str::from_utf8(name).ok()
        })
        .collect()
}

/// The problem for a failed read of an entry.
#[must_use]
pub fn read_problem(error: &io::Error) -> Problem {
    let text = error.to_string();
    if text.contains("import.zip_bomb") {
        return bomb("a file in it grows far beyond its packed size".to_owned());
    }
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            damaged()
        }
        _ => unreadable(error),
    }
}

fn points_outside(name: &str) -> bool {
    let is_drive = name.get(1..2) == Some(":");
    name.starts_with(['/', '\\'])
        || is_drive
        || name.contains('\0')
        || name.split(['/', '\\']).any(|part| part == "..")
}

fn bomb(why: String) -> Problem {
    Problem::fatal(
        "import.zip_bomb",
        format!("this archive is not opened: {why}"),
    )
    .hint("if it is yours, unpack it and give me the files in it")
}

fn damaged() -> Problem {
    Problem::fatal("import.zip", "this archive is damaged or cut short").hint("download it again")
}

fn problem(error: &ZipError) -> Problem {
    match error {
        ZipError::Io(error) => read_problem(error),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            Problem::fatal(
                "import.zip",
                "this archive is packed in a way I cannot read",
            )
            .hint("unpack it, and give me the files in it")
        }
        _ => damaged(),
    }
}
