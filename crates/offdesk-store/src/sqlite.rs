//! SQLite in the process: one connection that writes and commits what waits together, a few that read.

use std::path::Path;
use std::time::Duration;

use crossbeam_channel::Receiver;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::jobs::Job;
use crate::{StoreError, Tx};

/// Before 3.51.3 a checkpoint could corrupt a database in WAL mode.
const OLDEST: i32 = 3_051_003;
/// So many waiting changes are committed together at most.
const MOST_TOGETHER: usize = 256;
/// So long a writer waits for another process.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// From so many pages on the log is put back into the file: most are written many times and put back once, and one commit in hundreds
/// waits for it. As many are read after a crash, in a few hundredths of a second.
const LOG_PAGES: u32 = 4_000;
/// So many prepared statements are kept.
const KEPT_STATEMENTS: usize = 200;

/// Opens a database for writing, and makes the file where there is none.
pub fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < OLDEST {
        return Err(StoreError::Refused(format!(
            "SQLite {} has a fault that can lose data; 3.51.3 or later is needed",
            rusqlite::version()
        )));
    }
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    keep_statements(&connection)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode != "wal" && mode != "memory" {
        return Err(StoreError::Refused(format!(
            "the database file cannot be used with a write-ahead log (its journal is \"{mode}\"): is it on a network drive?"
        )));
    }
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -8000)?;
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    connection.pragma_update_and_check(None, "wal_autocheckpoint", LOG_PAGES, |_| Ok(()))?;
    Ok(connection)
}

/// Opens a database for reading only, with so many KiB of pages kept.
pub fn open_reader(path: &Path, kept: i32) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    keep_statements(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cache_size", -kept)?;
    Ok(connection)
}

/// Keeps statements prepared, with plans that do not hang on the values they are given: SQLite would otherwise prepare a join anew for
/// every value, which takes several times as long as a look-up by its key.
fn keep_statements(connection: &Connection) -> Result<(), StoreError> {
    connection.set_prepared_statement_cache_capacity(KEPT_STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Reads for whoever asks, until nobody can ask any more.
pub fn serve_reads(connection: &Connection, jobs: &Receiver<Box<dyn Job>>) {
    for mut job in jobs {
        let outcome = look(connection, |tx| job.run(tx));
        job.finish(outcome);
    }
}

/// Reads on the thread that asks.
pub fn look<T, E: From<StoreError>>(
    connection: &Connection,
    function: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    run(connection, "BEGIN")?;
    let done = function(&mut Tx::Sqlite(connection));
    run(connection, "COMMIT")?;
    done
}

/// Runs a statement that was prepared before.
fn run(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

/// Writes for whoever asks. All that wait share a commit, each but the first behind a savepoint of its own; none is answered before.
pub fn serve_writes(connection: &Connection, jobs: &Receiver<Box<dyn Job>>) {
    while let Ok(first) = jobs.recv() {
        if let Err(error) = run(connection, "BEGIN IMMEDIATE") {
            first.finish(Err(error));
            continue;
        }
        let mut waiting: Vec<(Box<dyn Job>, Result<(), StoreError>)> = Vec::new();
        let mut next = Some(first);
        while let Some(mut job) = next.take() {
            let done = if waiting.is_empty() {
                run_first(connection, job.as_mut())
            } else {
                run_behind_savepoint(connection, job.as_mut())
            };
            waiting.push((job, done));
            // A full disk can end the whole transaction, not only the savepoint.
            if connection.is_autocommit() {
                break;
            }
            if waiting.len() < MOST_TOGETHER {
                next = jobs.try_recv().ok();
            }
        }
        let committed = if connection.is_autocommit() {
            let of = waiting.last().and_then(|(_, done)| done.clone().err());
            Err(of.unwrap_or(StoreError::Full))
        } else {
            run(connection, "COMMIT").inspect_err(|_| {
                // What cannot be committed is undone; where even that fails, the connection undoes it itself.
                let _ = connection.execute_batch("ROLLBACK");
            })
        };
        for (job, done) in waiting {
            job.finish(done.and(committed.clone()));
        }
    }
}

/// The first one needs no savepoint, for which every page would be copied: where it is not to stay, the transaction begins anew.
fn run_first(connection: &Connection, job: &mut dyn Job) -> Result<(), StoreError> {
    let done = job.run(&mut Tx::Sqlite(connection));
    if connection.is_autocommit() {
        return done.and(Err(StoreError::Full));
    }
    if done.is_err() || !job.is_kept() {
        run(connection, "ROLLBACK")?;
        run(connection, "BEGIN IMMEDIATE")?;
    }
    done
}

fn run_behind_savepoint(connection: &Connection, job: &mut dyn Job) -> Result<(), StoreError> {
    run(connection, "SAVEPOINT one")?;
    let done = job.run(&mut Tx::Sqlite(connection));
    let is_kept = done.is_ok() && job.is_kept();
    if connection.is_autocommit() {
        return done.and(Err(StoreError::Full));
    }
    if !is_kept {
        run(connection, "ROLLBACK TO one")?;
    }
    run(connection, "RELEASE one")?;
    done
}
