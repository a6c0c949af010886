//! Keeping a desk: backups while it is written to, bringing them back, moving to another database, checking that all holds.

mod moving;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use offdesk_store::checks::{Checked, check_all, leftovers};
use offdesk_store::description::describe;
use offdesk_store::files::{check_file, close_file, copy_file};
use offdesk_store::{Address, Store, StoreError};
use tempfile::TempPath;

pub use self::moving::{TableProof, move_store};
use crate::error::{Error, ErrorKind};
use crate::pay::ledger::check_ledgers;

/// What was checked of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Each check with what it found.
    pub checks: Vec<Checked>,
    /// Entries that count nowhere and are still to be put away.
    pub leftovers: u64,
}

impl Verified {
    /// Whether everything holds.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.checks.iter().all(|check| check.faults.is_empty())
    }
}

/// Checks what must hold of the data of all workspaces, as of one moment.
///
/// # Errors
/// Those of the store; what does not hold is in the answer.
pub fn verify(store: &Store) -> Result<Verified, Error> {
    store
        .read(|tx| {
            let mut checks = check_all(tx)?;
            checks.push(check_ledgers(tx)?);
            Ok(Verified {
                checks,
                leftovers: leftovers(tx)?,
            })
        })
        .wait()
}

/// What kind of database a store is, with its settings, as the connection that writes has them.
///
/// # Errors
/// Those of the store.
pub fn settings_of(store: &Store) -> Result<Vec<(&'static str, String)>, Error> {
    store
        .write(|tx| -> Result<_, Error> { Ok(describe(tx)?) })
        .wait()
}

/// Writes all data, as of one moment, into one file, while others go on writing. The file is there complete, or not at all.
///
/// # Errors
/// `backup.exists`, `backup.failed`, and those of the store.
pub fn back_up(store: &Store, file: &Path) -> Result<u64, Error> {
    if file.exists() {
        return Err(Error::new(
            ErrorKind::Conflict,
            "backup.exists",
            format!("{} is there already", file.display()),
        )
        .hint("a backup is never written over: name another file"));
    }
    let part = part_beside(file)?;
    match store.address() {
        Address::File(from) => copy_file(from, &part)?,
        Address::Server(_) => {
            let copy = Store::open(&Address::File(part.to_path_buf()))?;
            move_store(store, &copy)?;
            drop(copy);
            close_file(&part)?;
        }
    }
    check_file(&part)?;
    put_in_place(part, file)?;
    fs::metadata(file)
        .map(|meta| meta.len())
        .map_err(|error| failed(file, &error))
}

/// Where a backup was brought back to, and where what was there has gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What was there before, under its new name.
    pub kept: Option<PathBuf>,
}

/// Brings a backup back as the file of a desk. What is there is only moved aside, and only where that is asked for.
///
/// # Errors
/// `restore.exists` where something is there, `restore.running` where it is in use, `restore.damaged` for what is no backup.
pub fn restore_file(
    backup: &Path,
    file: &Path,
    moves_aside: Option<&str>,
) -> Result<Restored, Error> {
    check_backup(backup)?;
    if file.exists() && moves_aside.is_none() {
        return Err(Error::new(
            ErrorKind::Conflict,
            "restore.exists",
            format!("there is a desk already: {}", file.display()),
        )
        .hint(
            "restore into another folder (--data-dir DIR), or move what is there aside (--force)",
        ));
    }
    let part = part_beside(file)?;
    copy_file(backup, &part)?;
    check_file(&part)?;
    let kept = match moves_aside {
        Some(suffix) if file.exists() => Some(move_aside(file, suffix)?),
        _ => None,
    };
    put_in_place(part, file)?;
    Ok(Restored { kept })
}

/// Brings a backup back into a server that holds nothing yet.
///
/// # Errors
/// `restore.damaged`, `move.not_empty`, and those of the store.
pub fn restore_server(backup: &Path, to: &Store) -> Result<Vec<TableProof>, Error> {
    check_backup(backup)?;
    // The backup itself stays as it is: a copy of it is opened.
    let folder = tempfile::tempdir().map_err(|error| failed(backup, &error))?;
    let copy = folder.path().join("offdesk.db");
    copy_file(backup, &copy)?;
    let from = Store::open(&Address::File(copy))?;
    move_store(&from, to)
}

fn check_backup(backup: &Path) -> Result<(), Error> {
    if !backup.is_file() {
        return Err(Error::new(
            ErrorKind::NotFound,
            "restore.not_found",
            format!("there is no file {}", backup.display()),
        ));
    }
    check_file(backup).map_err(|error| match error {
        StoreError::Refused(why) => Error::new(ErrorKind::Failed, "store.refused", why),
        other => Error::new(
            ErrorKind::Invalid,
            "restore.damaged",
            format!(
                "{} is no backup that can be used: {other}",
                backup.display()
            ),
        )
        .hint("take another one"),
    })
}

/// Renames a desk that nobody has open.
fn move_aside(file: &Path, suffix: &str) -> Result<PathBuf, Error> {
    close_file(file).map_err(|error| match error {
        StoreError::Busy => Error::new(
            ErrorKind::Conflict,
            "restore.running",
            format!("{} is in use", file.display()),
        )
        .hint("stop offdesk first, then restore"),
        other => other.into(),
    })?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let kept = file.with_file_name(format!("{name}-before-{suffix}.db"));
    if kept.exists() {
        return Err(Error::new(
            ErrorKind::Conflict,
            "restore.exists",
            format!("{} is there already", kept.display()),
        )
        .hint("try again in a second"));
    }
    fs::rename(file, &kept).map_err(|error| failed(file, &error))?;
    Ok(kept)
}

/// A name for a file that becomes another one when it is complete. It goes away unless it does.
fn part_beside(file: &Path) -> Result<TempPath, Error> {
    let folder = folder_of(file);
    let part = tempfile::Builder::new()
        .prefix(".offdesk-")
        .suffix(".part")
        .tempfile_in(folder)
        .map_err(|error| failed(file, &error))?;
    Ok(part.into_temp_path())
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Lets a complete file appear under its name: what is in it first, then its name, then the folder that holds the name.
fn put_in_place(part: TempPath, file: &Path) -> Result<(), Error> {
    let done = (|| -> io::Result<()> {
        File::open(&part)?.sync_all()?;
        part.persist_noclobber(file).map_err(|error| error.error)?;
        File::open(folder_of(file))?.sync_all()
    })();
    done.map_err(|error| failed(file, &error))
}

fn failed(file: &Path, error: &io::Error) -> Error {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "its folder is not there".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    };
    Error::new(
        ErrorKind::Failed,
        "backup.failed",
        format!("{} cannot be written: {why}", file.display()),
    )
}
