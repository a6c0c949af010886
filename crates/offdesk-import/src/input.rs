//! An opened file or text, read from the start as often as an importer needs.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use crate::problem::Problem;

/// How much of a file is looked at to tell its format.
const HEAD: u64 = 64 * 1024;

/// A file's bytes: seekable, with its name for messages.
#[derive(Debug)]
pub struct Input {
    name: String,
    bytes: Bytes,
    length: u64,
}

#[derive(Debug)]
enum Bytes {
    File(File),
    Memory(Cursor<Vec<u8>>),
}

impl Input {
    /// Opens a file.
    ///
    /// # Errors
    /// `import.not_found`, `import.directory`, `import.unreadable`, `import.empty`.
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Problem::fatal("import.not_found", format!("there is no file {name}"))
                    .hint("check the name and the folder")
            }
            _ => unreadable(&error),
        })?;
        let meta = file.metadata().map_err(|error| unreadable(&error))?;
        if meta.is_dir() {
            return Err(Problem::fatal(
                "import.directory",
                format!("{name} is a folder, not a file"),
            )
            .hint(format!("name the files in it:  {name}/*.csv")));
        }
        if !meta.is_file() {
            // A pipe or a device cannot be read twice: spool it to a nameless file that goes with the process.
            return Self::spool(name, file);
        }
        Self::from_file(name, file)
    }

    /// Reads a stream (such as standard input) to its end, kept in a nameless temporary file.
    ///
    /// # Errors
    /// `import.unreadable`, `import.empty`.
    pub fn spool(name: impl Into<String>, mut stream: impl Read) -> Result<Self, Problem> {
        let mut file = tempfile::tempfile().map_err(|error| unreadable(&error))?;
        io::copy(&mut stream, &mut file).map_err(|error| unreadable(&error))?;
        Self::from_file(name.into(), file)
    }

    /// Bytes in memory, such as a file out of a zip or a pasted text.
    ///
    /// # Errors
    /// `import.empty`.
    pub fn memory(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Problem> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let input = Self {
            name: name.into(),
            bytes: Bytes::Memory(Cursor::new(bytes)),
            length,
        };
        input.not_empty()
    }

    /// An open file under a name, such as a temporary one.
    ///
    /// # Errors
    /// `import.unreadable`, `import.empty`.
    pub fn from_file(name: String, file: File) -> Result<Self, Problem> {
        let length = file.metadata().map_err(|error| unreadable(&error))?.len();
        Self {
            name,
            bytes: Bytes::File(file),
            length,
        }
        .not_empty()
    }

    fn not_empty(self) -> Result<Self, Problem> {
        if self.length == 0 {
            return Err(
                Problem::fatal("import.empty", format!("{} is empty", self.name))
                    .hint("export it again; an interrupted download leaves an empty file"),
            );
        }
        Ok(self)
    }

    /// Its name, as given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name without folders.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }

    /// Length in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The first 64 KiB, to tell the format by.
    ///
    /// # Errors
    /// `import.unreadable`.
    pub fn head(&mut self) -> Result<Vec<u8>, Problem> {
        self.beginning(HEAD)
    }

    /// The first bytes, enough to see a byte order mark.
    ///
    /// # Errors
    /// `import.unreadable`.
    pub fn mark(&mut self) -> Result<Vec<u8>, Problem> {
        self.beginning(4)
    }

    fn beginning(&mut self, most: u64) -> Result<Vec<u8>, Problem> {
        // One more than there is, so that the end is seen without a further buffer.
        let length = self.length.saturating_add(1).min(most);
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        self.start()?
            .take(most)
            .read_to_end(&mut bytes)
            .map_err(|error| unreadable(&error))?;
        Ok(bytes)
    }

    /// A reader from the first byte.
    ///
    /// # Errors
    /// `import.unreadable`.
    pub fn start(&mut self) -> Result<&mut dyn Stream, Problem> {
        let stream: &mut dyn Stream = match &mut self.bytes {
            Bytes::File(file) => file,
            Bytes::Memory(cursor) => cursor,
        };
        stream
            .seek(SeekFrom::Start(0))
            .map_err(|error| unreadable(&error))?;
        Ok(stream)
    }
}

/// What can be read and sought.
pub trait Stream: Read + Seek + Send {}
impl<T: Read + Seek + Send> Stream for T {}

/// The problem for a failed read.
#[must_use]
pub fn unreadable(error: &io::Error) -> Problem {
    Problem::fatal(
        "import.unreadable",
        format!("the file cannot be read: {error}"),
    )
}
