//! Backups: all data in one file with a manifest, in clear or under a passphrase, and back.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use offdesk_store::files::{check_file, close_file, copy_file};
use offdesk_store::{Address, Store, StoreError};
use tempfile::TempPath;

use super::encryption::{self, Failure};
use super::manifest::{self, Fault, Held};
use super::moving::{TableProof, move_store};
use super::placing::{
    failed, folder_of, move_aside, part_beside, part_elsewhere, part_in, put_in_place,
};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::passwords::is_common;

/// A passphrase has so many signs: whoever has the file can try as many as they like.
const SHORTEST: usize = 12;

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeBackup {
    /// How large its file is, in bytes.
    pub bytes: u64,
}

/// Writes all data, as of one moment, into one file, while others go on writing; under a passphrase where there is one. The file is there
/// complete, or not at all, and was read again before.
///
/// # Errors
/// `backup.exists`, `backup.failed`, `backup.passphrase`, and those of the store.
pub fn back_up(
    store: &Store,
    file: &Path,
    passphrase: Option<&str>,
    moment: Moment,
) -> Result<MadeBackup, Error> {
    if file.exists() {
        return Err(Error::new(
            ErrorKind::Conflict,
            "backup.exists",
            format!("{} is there already", file.display()),
        )
        .hint("a backup is never written over: name another file"));
    }
    passphrase.map_or(Ok(()), refuse_weak)?;
    let clear = match (passphrase, store.address()) {
        (None, _) => part_beside(file)?,
        // What is in clear on the way stays where the data are in clear anyway.
        (Some(_), Address::File(from)) => part_beside(from)?,
        (Some(_), Address::Server(_)) => part_elsewhere(file)?,
    };
    match store.address() {
        Address::File(from) => copy_file(from, &clear)?,
        Address::Server(_) => {
            let copy = Store::open(&Address::File(clear.to_path_buf()))?;
            move_store(store, &copy)?;
            drop(copy);
            close_file(&clear)?;
        }
    }
    check_file(&clear)?;
    manifest::append(&clear, moment).map_err(|error| failed(file, &error))?;
    let folder = folder_of(&clear).to_path_buf();
    let part = match passphrase {
        None => clear,
        Some(passphrase) => seal(&clear, file, passphrase, moment)?,
    };
    open_backup(&part, passphrase, &folder)?;
    put_in_place(part, file)?;
    let bytes = fs::metadata(file).map(|meta| meta.len());
    let bytes = bytes.map_err(|error| failed(file, &error))?;
    Ok(MadeBackup { bytes })
}

fn refuse_weak(passphrase: &str) -> Result<(), Error> {
    let signs = passphrase.chars().count();
    if signs >= SHORTEST && !is_common(passphrase, &[]) {
        return Ok(());
    }
    let why = if signs < SHORTEST {
        format!("the passphrase has {signs} signs; {SHORTEST} are the least")
    } else {
        "this passphrase is among the first that somebody would try".to_owned()
    };
    Err(Error::new(ErrorKind::Invalid, "backup.passphrase", why)
        .hint("four or five words that belong to nobody else are a good one"))
}

fn seal(clear: &Path, file: &Path, passphrase: &str, moment: Moment) -> Result<TempPath, Error> {
    let part = part_beside(file)?;
    let done = (|| -> Result<(), Failure> {
        let from = BufReader::new(File::open(clear)?);
        let mut to = BufWriter::new(File::create(&part)?);
        encryption::encrypt(from, &mut to, passphrase, moment)?;
        Ok(to.flush()?)
    })();
    match done {
        Ok(()) => Ok(part),
        Err(Failure::Io(error)) => Err(failed(file, &error)),
        Err(Failure::Passphrase) => Err(failed(file, &io::Error::other("it cannot be sealed"))),
        Err(Failure::Part(why)) => Err(failed(file, &io::Error::other(why))),
    }
}

/// A backup that was read to its end and found whole. What was made of it on the way goes away with it.
#[derive(Debug)]
pub struct Backup {
    clear: PathBuf,
    /// When it was made, as it says itself; `None` for one that was made before backups had a manifest, of which nobody can tell whether
    /// each byte is what was written.
    pub made_at: Option<String>,
    /// Whether it is under a passphrase.
    pub is_encrypted: bool,
    _opened: Option<TempPath>,
}

/// Whether a file is a backup under a passphrase.
///
/// # Errors
/// `restore.not_found`, `restore.damaged`.
pub fn is_encrypted(file: &Path) -> Result<bool, Error> {
    let mut mark = Vec::new();
    let most = u64::try_from(encryption::MARK.len()).unwrap_or(u64::MAX);
    let read = File::open(file).and_then(|file| file.take(most).read_to_end(&mut mark));
    if !file.is_file() {
        return Err(Error::new(
            ErrorKind::NotFound,
            "restore.not_found",
            format!("there is no file {}", file.display()),
        ));
    }
    read.map_err(|error| damaged(file, &error))?;
    Ok(mark == encryption::MARK)
}

/// Opens a backup: reads all of it and holds every byte against its manifest. One under a passphrase is opened into the folder.
///
/// # Errors
/// `restore.not_found`, `restore.passphrase`, `restore.damaged` with the part that is not what was written, `store.refused` for one of a newer
/// offdesk.
pub fn open_backup(file: &Path, passphrase: Option<&str>, folder: &Path) -> Result<Backup, Error> {
    let is_encrypted = is_encrypted(file)?;
    let opened = match (is_encrypted, passphrase) {
        (false, _) => None,
        (true, Some(passphrase)) => Some(unseal(file, passphrase, folder)?),
        (true, None) => {
            return Err(refused(
                file,
                "it is under a passphrase, and none was given",
            ));
        }
    };
    let clear = opened
        .as_ref()
        .map_or_else(|| file.to_path_buf(), |part| part.to_path_buf());
    let held = manifest::check(&clear).map_err(|fault| match fault {
        Fault::Read(error) => damaged(file, &error),
        Fault::Part(why) => damaged(file, &why),
    })?;
    check_file(&clear).map_err(|error| match error {
        StoreError::Refused(why) => Error::new(ErrorKind::Failed, "store.refused", why),
        other => damaged(file, &other),
    })?;
    Ok(Backup {
        clear,
        made_at: match held {
            Held::Whole { made_at } => Some(made_at),
            Held::Unknown => None,
        },
        is_encrypted,
        _opened: opened,
    })
}

fn unseal(file: &Path, passphrase: &str, folder: &Path) -> Result<TempPath, Error> {
    let part = part_in(folder, file)?;
    let done = (|| -> Result<(), Failure> {
        let from = BufReader::new(File::open(file)?);
        encryption::decrypt(from, BufWriter::new(File::create(&part)?), passphrase)
    })();
    match done {
        Ok(()) => Ok(part),
        Err(Failure::Io(error)) => Err(failed(&part, &error)),
        Err(Failure::Passphrase) => Err(refused(
            file,
            "this passphrase does not open it, or its first bytes were changed",
        )),
        Err(Failure::Part(why)) => Err(damaged(file, &why)),
    }
}

/// Where a backup was brought back to, and where what was there has gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What was there before, under its new name.
    pub kept: Option<PathBuf>,
}

/// Whether a desk that is there is moved aside for the backup that is brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Desk {
    /// It stays, and nothing is restored.
    Stays,
    /// It gets a new name, also where it is damaged.
    MovesAside,
}

/// Brings a backup back as the file of a desk. A desk that is there is only moved aside, and only where that is asked for; what one that is
/// gone has left beside it is always moved aside, since it would be read into what is restored. The new names end with the suffix.
///
/// # Errors
/// `restore.exists` where a desk is there, `restore.running` where it is in use, and those of the store.
pub fn restore_file(
    backup: &Backup,
    file: &Path,
    desk: Desk,
    suffix: &str,
) -> Result<Restored, Error> {
    if file.exists() && desk == Desk::Stays {
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
    copy_file(&backup.clear, &part)?;
    check_file(&part)?;
    let kept = move_aside(file, suffix)?;
    put_in_place(part, file)?;
    Ok(Restored { kept })
}

/// Brings a backup back into a server that holds nothing yet.
///
/// # Errors
/// `move.not_empty`, and those of the store.
pub fn restore_server(backup: &Backup, to: &Store) -> Result<Vec<TableProof>, Error> {
    // The backup itself stays as it is: a copy of it is opened.
    let folder = tempfile::tempdir().map_err(|error| failed(&backup.clear, &error))?;
    let copy = folder.path().join("offdesk.db");
    copy_file(&backup.clear, &copy)?;
    let from = Store::open(&Address::File(copy))?;
    move_store(&from, to)
}

fn damaged(backup: &Path, why: &dyn std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Invalid,
        "restore.damaged",
        format!("{} is no backup that can be used: {why}", backup.display()),
    )
    .hint("take another one")
}

fn refused(backup: &Path, why: &str) -> Error {
    Error::new(
        ErrorKind::Invalid,
        "restore.passphrase",
        format!("{} cannot be opened: {why}", backup.display()),
    )
    .hint("name the file that holds it:  --passphrase-file FILE")
}
