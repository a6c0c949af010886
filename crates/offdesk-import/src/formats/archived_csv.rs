//! CSV files inside an archive: read row by row as plain RFC 4180, with records of bounded length.

use std::io::{self, Read};

use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord};

use crate::archive;
use crate::problem::Problem;

/// Longest record.
const LONGEST: usize = 1024 * 1024;

/// A CSV file with a header line.
pub struct Table<R: Read> {
    reader: Reader<Bounded<R>>,
    header: StringRecord,
    record: StringRecord,
}

impl<R: Read> Table<R> {
    /// Begins to read a stream.
    ///
    /// # Errors
    /// Those of [`Table::advance`].
    pub fn new(stream: R) -> Result<Self, Problem> {
        let mut reader = ReaderBuilder::new()
            .flexible(true)
            .from_reader(Bounded::new(stream));
        let header = reader
            .headers()
            .map_err(|error| table_problem(&error))?
            .clone();
        Ok(Self {
            reader,
            header,
            record: StringRecord::new(),
        })
    }

    /// The place of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|header| header.trim() == name)
    }

    /// Goes to the next row; whether there was one.
    ///
    /// # Errors
    /// For one row `import.field_count` and `import.encoding`, after which reading can go on; fatal
    /// `import.record_too_long` and those of [`archive::read_problem`].
    pub fn advance(&mut self) -> Result<bool, Problem> {
        let is_more = self
            .reader
            .read_record(&mut self.record)
            .map_err(|error| table_problem(&error))?;
        if is_more && self.record.len() != self.header.len() {
            let message = format!(
                "this row has {} columns, the header {}",
                self.record.len(),
                self.header.len()
            );
            return Err(Problem::bad("import.field_count", message).at(self.line()));
        }
        Ok(is_more)
    }

    /// A cell of the row, trimmed; empty where the table has no such column.
    #[must_use]
    pub fn cell(&self, column: Option<usize>) -> &str {
        column
            .and_then(|column| self.record.get(column))
            .unwrap_or("")
            .trim()
    }

    /// The line on which the row starts.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }
}

fn table_problem(error: &csv::Error) -> Problem {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        ErrorKind::Io(error) if error.to_string().contains("import.record_too_long") => {
            Problem::fatal("import.record_too_long", "a row is longer than 1 MiB")
                .hint("a quote may be left open; export it again")
        }
        ErrorKind::Io(error) => archive::read_problem(error),
        ErrorKind::Utf8 { .. } => Problem::bad("import.encoding", "this row is not UTF-8").at(line),
        _ => Problem::bad("import.field_count", "this row is not understood").at(line),
    }
}

/// Stops at records longer than 1 MiB before they cost memory.
struct Bounded<R> {
    inner: R,
    is_quoted: bool,
    length: usize,
}

impl<R> Bounded<R> {
    fn new(inner: R) -> Self {
        Self {
            inner,
            is_quoted: false,
            length: 0,
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        for byte in buffer.get(..count).unwrap_or_default() {
            match byte {
                b'"' => self.is_quoted = !self.is_quoted,
                b'\n' if !self.is_quoted => self.length = 0,
                _ => {}
            }
            self.length += 1;
            if self.length > LONGEST {
                return Err(io::Error::other("import.record_too_long"));
            }
        }
        Ok(count)
    }
}
