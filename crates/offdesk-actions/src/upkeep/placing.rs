//! Files that appear under their name when they are complete, or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use offdesk_store::StoreError;
use offdesk_store::files::close_file;
use tempfile::TempPath;

use crate::error::{Error, ErrorKind};

/// A name for a file that becomes another one when it is complete. It goes away unless it does.
pub(super) fn part_beside(file: &Path) -> Result<TempPath, Error> {
    part_in(folder_of(file), file)
}

/// A name in the machine's own folder for what goes away, on the way to a file.
pub(super) fn part_elsewhere(file: &Path) -> Result<TempPath, Error> {
    let part = tempfile::NamedTempFile::with_prefix(".offdesk-");
    let part = part.map_err(|error| failed(file, &error))?;
    Ok(part.into_temp_path())
}

/// A name in a folder for what is made on the way to a file; only its owner can read what is written there.
pub(super) fn part_in(folder: &Path, file: &Path) -> Result<TempPath, Error> {
    let part = tempfile::Builder::new()
        .prefix(".offdesk-")
        .suffix(".part")
        .tempfile_in(folder)
        .map_err(|error| failed(file, &error))?;
    Ok(part.into_temp_path())
}

/// The folder a file is in.
pub(super) fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Lets a complete file appear under its name: what is in it first, then its name, then the folder that holds the name.
pub(super) fn put_in_place(part: TempPath, file: &Path) -> Result<(), Error> {
    let done = (|| -> io::Result<()> {
        File::open(&part)?.sync_all()?;
        part.persist_noclobber(file).map_err(|error| error.error)?;
        File::open(folder_of(file))?.sync_all()
    })();
    done.map_err(|error| failed(file, &error))
}

/// What SQLite keeps beside a file: what is not in it yet, and would be read into whatever file comes in its place.
const LOGS: [&str; 3] = ["-wal", "-shm", "-journal"];

fn log_of(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Renames a desk that nobody has open, with what is kept beside it; or only that, where the desk itself is gone. Gives the new name of
/// what was there.
pub(super) fn move_aside(file: &Path, suffix: &str) -> Result<Option<PathBuf>, Error> {
    if file.exists() {
        close(file)?;
    }
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let kept = file.with_file_name(format!("{name}-before-{suffix}.db"));
    // The file first: one without its log would have lost what is only in that.
    let moves = [(file.to_path_buf(), kept.clone())].into_iter().chain(
        LOGS.iter()
            .map(|log| (log_of(file, log), log_of(&kept, log))),
    );
    let moves: Vec<(PathBuf, PathBuf)> = moves.filter(|(from, _)| from.exists()).collect();
    if let Some((_, taken)) = moves.iter().find(|(_, to)| to.exists()) {
        return Err(Error::new(
            ErrorKind::Conflict,
            "restore.exists",
            format!("{} is there already", taken.display()),
        )
        .hint("try again in a second"));
    }
    for (from, to) in &moves {
        fs::rename(from, to).map_err(|error| failed(from, &error))?;
    }
    Ok(moves.into_iter().next().map(|(_, to)| to))
}

/// Makes a desk one file that is complete by itself; one that is damaged stays as it is.
fn close(file: &Path) -> Result<(), Error> {
    match close_file(file) {
        Ok(()) | Err(StoreError::Damaged(_)) => Ok(()),
        Err(StoreError::Busy) => Err(Error::new(
            ErrorKind::Conflict,
            "restore.running",
            format!("{} is in use", file.display()),
        )
        .hint("stop offdesk first, then restore")),
        Err(other) => Err(other.into()),
    }
}

/// A file that cannot be written, and why.
pub(super) fn failed(file: &Path, error: &io::Error) -> Error {
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
