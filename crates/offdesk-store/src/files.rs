//! Files of SQLite as a whole: copied while others write, taken over, looked at.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::{StoreError, sqlite};

/// Copies a database into a new file, as of one moment, while others go on writing. The copy is a single file.
///
/// # Errors
/// [`StoreError`]; what was begun of the copy is for the caller to remove.
pub fn copy_file(from: &Path, to: &Path) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(from, flags)?;
    connection.busy_timeout(sqlite::PATIENCE)?;
    let to = to
        .to_str()
        .ok_or_else(|| StoreError::Refused("the file's name is not text".to_owned()))?;
    connection.execute("VACUUM INTO ?", [to])?;
    Ok(())
}

/// Makes a database a single file that is complete by itself, and keeps others from it meanwhile.
///
/// # Errors
/// [`StoreError::Busy`] where another process has it open.
pub fn close_file(path: &Path) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "delete", |row| row.get(0))?;
    if mode == "delete" {
        Ok(())
    } else {
        Err(StoreError::Busy)
    }
}

/// Writes a database anew, so that nothing of what was changed or removed in it is left anywhere in the file or its log.
///
/// # Errors
/// [`StoreError::Full`] where there is no room for it twice, [`StoreError::Busy`] where another process holds it.
pub fn wipe_file(path: &Path) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(sqlite::PATIENCE)?;
    connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}

/// Whether a file is a database of offdesk that is whole and not of a later version.
///
/// # Errors
/// [`StoreError::Damaged`] for what is no such database or is not whole, [`StoreError::Refused`] for one of a newer offdesk.
pub fn check_file(path: &Path) -> Result<(), StoreError> {
    let no_desk =
        |why: &dyn std::fmt::Display| StoreError::Damaged(format!("no desk of offdesk: {why}"));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    let step: i64 = connection
        .query_row("SELECT COALESCE(MAX(step), 0) FROM migration", [], |row| {
            row.get(0)
        })
        .map_err(|error| no_desk(&error))?;
    let known = crate::migrations::known_steps();
    if step > known {
        return Err(StoreError::Refused(format!(
            "it was made by a newer offdesk (step {step}, this one knows {known}); use that one"
        )));
    }
    let said: String = connection
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|error| no_desk(&error))?;
    if said == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged(said))
    }
}
