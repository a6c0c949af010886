//! Opens a store and hands work to its connections.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use crossbeam_channel::{Sender, bounded};
use rusqlite::Connection;

use crate::files::copy_file;
use crate::jobs::{Job, Pending, answered, hand_over};
use crate::postgresql::PostgresConnection;
use crate::{StoreError, Tx, migrations, postgresql, sqlite};

/// So many jobs may wait; whoever asks for more waits to ask.
const MOST_WAITING: usize = 1024;
const SQLITE_READERS: usize = 3;
const SQLITE_AT_HAND: usize = 3;
/// KiB of pages that a connection at hand keeps, which is asked much more often than a reader is.
const AT_HAND_KEEPS: i32 = 6000;
const READER_KEEPS: i32 = 2000;
const POSTGRES_CONNECTIONS: usize = 8;
const POSTGRES_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const POSTGRES_WRITE: &str = "BEGIN";

/// Where the data are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A file of SQLite.
    File(PathBuf),
    /// A PostgreSQL server: `postgres://user@host:port/name`.
    Server(String),
}

impl Address {
    /// What kind of database it is, without its password.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::File(_) => "sqlite",
            Self::Server(_) => "postgresql",
        }
    }
}

/// An open store. Dropping it waits for the work that was handed over.
pub struct Store {
    reads: Option<Sender<Box<dyn Job>>>,
    writes: Option<Sender<Box<dyn Job>>>,
    readers: Vec<JoinHandle<()>>,
    writers: Vec<JoinHandle<()>>,
    /// Connections for whoever looks something up himself; none where the database is not in the process.
    at_hand: Mutex<Vec<Connection>>,
    address: Address,
}

impl Store {
    /// Opens the database, makes it where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for an unsafe or a newer database, and what else keeps it from being opened.
    pub fn open(address: &Address) -> Result<Self, StoreError> {
        let (reads, read_jobs) = bounded(MOST_WAITING);
        let (writes, write_jobs) = bounded(MOST_WAITING);
        let (mut readers, mut writers) = (Vec::new(), Vec::new());
        let mut at_hand = Vec::new();
        match address {
            Address::File(path) => {
                let writer = sqlite::open_writer(path)?;
                keep_before(path, migrations::version_of(&mut Tx::Sqlite(&writer))?)?;
                migrations::migrate(&mut Tx::Sqlite(&writer))?;
                for _ in 0..SQLITE_AT_HAND {
                    at_hand.push(sqlite::open_reader(path, AT_HAND_KEEPS)?);
                }
                for _ in 0..SQLITE_READERS {
                    let reader = sqlite::open_reader(path, READER_KEEPS)?;
                    let jobs = read_jobs.clone();
                    readers.push(std::thread::spawn(move || {
                        sqlite::serve_reads(&reader, &jobs);
                    }));
                }
                writers.push(std::thread::spawn(move || {
                    sqlite::serve_writes(&writer, &write_jobs);
                }));
            }
            Address::Server(url) => {
                let config: postgres::Config = url.parse().map_err(|error| {
                    StoreError::Refused(format!("this is no address of a PostgreSQL: {error}"))
                })?;
                let mut first = PostgresConnection::open(&config)?;
                migrations::migrate(&mut Tx::Postgres(&mut first))?;
                let mut first = Some(first);
                for at in 0..POSTGRES_CONNECTIONS {
                    let (jobs, begin, threads) = if at % 2 == 0 {
                        (read_jobs.clone(), POSTGRES_READ, &mut readers)
                    } else {
                        (write_jobs.clone(), POSTGRES_WRITE, &mut writers)
                    };
                    let (config, open) = (config.clone(), first.take());
                    threads.push(std::thread::spawn(move || {
                        postgresql::serve(&config, open, begin, &jobs);
                    }));
                }
            }
        }
        Ok(Self {
            reads: Some(reads),
            writes: Some(writes),
            readers,
            writers,
            at_hand: Mutex::new(at_hand),
            address: address.clone(),
        })
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Reads: all that the function sees is of one moment.
    pub fn read<T, E>(
        &self,
        function: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Pending<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        answered(self.reads.as_ref(), function)
    }

    /// Looks up a few rows by their keys: as [`Store::read`], but where the database is in the process, the thread that asks does it
    /// itself and at once, since handing it over would take longer than the look. Nothing long may be asked so.
    pub fn look<T, E>(
        &self,
        function: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Pending<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let at_hand = || self.at_hand.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(connection) = at_hand().pop() else {
            return self.read(function);
        };
        let result = sqlite::look(&connection, function);
        at_hand().push(connection);
        Pending::here(result)
    }

    /// Writes: all of it or, where the function fails, nothing. Answered once it is committed.
    pub fn write<T, E>(
        &self,
        function: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Pending<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        answered(self.writes.as_ref(), function)
    }

    /// Writes as [`Store::write`], and hands what came of it over on the thread that wrote: for what several wait for.
    pub fn write_and_tell<T, E>(
        &self,
        function: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        tell: impl FnOnce(Result<T, E>) + Send + 'static,
    ) where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        hand_over(self.writes.as_ref(), function, tell);
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.reads = None;
        self.at_hand
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
        for reader in self.readers.drain(..) {
            let _ = reader.join();
        }
        // The connection that writes is the last to close, and puts SQLite's log back into the file.
        self.writes = None;
        for writer in self.writers.drain(..) {
            let _ = writer.join();
        }
    }
}

/// Keeps a file as it is before its tables are brought up to date, beside it: an earlier program goes on with that one.
fn keep_before(path: &Path, (done, known): (u64, u64)) -> Result<(), StoreError> {
    if done == 0 || done >= known {
        return Ok(());
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let kept = path.with_file_name(format!("{name}-before-step-{}.db", done + 1));
    if kept.exists() {
        return Ok(());
    }
    // Two that start at once do not write the same one.
    let part = kept.with_extension(format!("{}.part", std::process::id()));
    let failed = |error: std::io::Error| {
        let shown = kept.display();
        StoreError::Unavailable(format!("the copy {shown} from before the update: {error}"))
    };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(&part).map_err(failed)?;
    let done = copy_file(path, &part).and_then(|()| {
        made.sync_all().map_err(failed)?;
        std::fs::rename(&part, &kept).map_err(failed)
    });
    if done.is_err() {
        // What was begun of it is of no use; where it cannot be removed either, the error says where it lies.
        let _ = std::fs::remove_file(&part);
    }
    done
}
