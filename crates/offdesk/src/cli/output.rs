//! Standard output and files: written whole or not at all, colour only on a terminal.

use std::fs;
use std::io::{self, IsTerminal, Read as _, Write};
use std::path::Path;

use clap::ColorChoice;
use offdesk_domain::worth::grouped;
use rust_decimal::Decimal;

use super::error::CliError;
use super::exit;
use crate::interrupt;

/// What a file says of itself stands within so many bytes.
const HEAD: u64 = 2000;

/// Sets when colour is used.
pub fn set_colour(choice: ColorChoice) {
    let choice = match choice {
        ColorChoice::Auto => return,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// Whether a person sits at both ends.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal() && io::stdout().is_terminal()
}

/// Whether words stand in the place of signs: for those who listen (`OFFDESK_A11Y=1`).
#[expect(
    clippy::disallowed_methods,
    reason = "a setting of the person at the terminal, read by the binary only"
)]
pub fn prefers_words() -> bool {
    std::env::var_os("OFFDESK_A11Y").is_some_and(|value| value == "1")
}

/// Writes data to standard output. A reader that went away is no error.
pub fn print(text: &str) -> Result<(), CliError> {
    let mut out = anstream::stdout().lock();
    printed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Writes bytes to standard output as they are.
pub fn print_bytes(bytes: &[u8]) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    printed(out.write_all(bytes).and_then(|()| out.flush()))
}

fn printed(written: io::Result<()>) -> Result<(), CliError> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::new(
            exit::FAILED,
            "write.failed",
            format!("the output cannot be written: {}", reason(&error)),
        )),
        _ => Ok(()),
    }
}

/// Says something on standard error. Where nobody can be told, nothing can be done about it.
pub fn say(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

/// How wide a line on standard error may be; `None` where it is no terminal and nothing is folded.
pub fn error_width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(io::stderr())?;
    io::stderr()
        .is_terminal()
        .then(|| usize::from(width.0).clamp(40, 100))
}

/// A number with the word for one or for several.
pub fn counted(number: u64, one: &str, several: &str) -> String {
    let number_text = grouped(Decimal::from(number));
    let word = if number == 1 { one } else { several };
    format!("{number_text} {word}")
}

/// Whether a file's first bytes hold the mark by which offdesk knows what it wrote.
///
/// # Errors
/// Where the file cannot be read.
pub fn has_mark(path: &Path, mark: &str) -> io::Result<bool> {
    let mut head = Vec::new();
    fs::File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(String::from_utf8_lossy(&head).contains(mark))
}

/// Whether there is a file that is no page of an audit: such a file is never written over.
///
/// A device or a pipe is not opened: reading it would wait for what is yet to be written.
fn is_no_page(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.is_file())
        && ![
            offdesk_web::audit::page::MARK,
            offdesk_web::decision::page::MARK,
            offdesk_web::returns::page::MARK,
        ]
        .iter()
        .any(|mark| has_mark(path, mark).unwrap_or(false))
}

/// Refuses to write a page over a file that is none of ours; `instead` is what to type for another.
pub fn check_page(path: Option<&Path>, instead: &str) -> Result<(), CliError> {
    let Some(path) = path.filter(|path| is_no_page(path)) else {
        return Ok(());
    };
    let message = format!(
        "{} is there already and is not a page of offdesk",
        path.display()
    );
    let hint = format!("write the page elsewhere:  {instead}");
    Err(CliError::new(exit::CONFLICT, "write.exists", message).line(hint))
}

/// Writes a file as a whole: into a temporary file beside it, then in its place.
pub fn write_file(path: &Path, content: &[u8]) -> Result<(), CliError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
        // A device or a pipe, such as /dev/stdout, is written as it is.
        return fs::write(path, content).map_err(|error| not_written(path, &error));
    }
    let (written, is_interrupted) = interrupt::while_writing(|| -> io::Result<()> {
        let mut file = tempfile::Builder::new()
            .prefix(".offdesk-")
            .tempfile_in(folder)?;
        file.write_all(content)?;
        file.as_file().sync_all()?;
        match fs::metadata(path) {
            // What was private stays so.
            Ok(meta) if meta.is_file() => file.as_file().set_permissions(meta.permissions())?,
            _ => set_readable(file.as_file())?,
        }
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    });
    written.map_err(|error| not_written(path, &error))?;
    if is_interrupted {
        return Err(CliError::new(
            interrupt::INTERRUPTED,
            "interrupted",
            format!("stopped after writing {}", path.display()),
        )
        .outcome(format!("{} is complete.", path.display())));
    }
    Ok(())
}

/// Temporary files are private; what replaces a named file should be as readable as any new file.
#[cfg(unix)]
fn set_readable(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_readable(_: &fs::File) -> io::Result<()> {
    Ok(())
}

fn not_written(path: &Path, error: &io::Error) -> CliError {
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "make the folder first, or name a file in one that is there",
        io::ErrorKind::StorageFull => "make room on the disk, or name a file on another one",
        _ => "name a file in a folder of yours",
    };
    CliError::new(
        exit::FAILED,
        "write.failed",
        format!("{} cannot be written: {}", path.display(), reason(error)),
    )
    .line(hint)
}

/// Why something cannot be written, in plain words where the reason is a usual one.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "its folder is not there".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is not a folder".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you have no right to write there".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "nothing can be written on that disk".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

/// A moment's day for people, in UTC: `2 Feb 2026`.
pub fn moment_in_words(micros: i64) -> String {
    let at = jiff::Timestamp::from_microsecond(micros).unwrap_or_default();
    at.strftime("%-d %b %Y").to_string()
}

/// A moment on the workspace's clock, or in UTC, which it then says: `2 Feb 2026 14:30`.
pub fn when(at: jiff::Timestamp, zone: &jiff::tz::TimeZone) -> String {
    let local = zone.to_datetime(at).strftime("%-d %b %Y %H:%M").to_string();
    if *zone == jiff::tz::TimeZone::UTC {
        return format!("{local} UTC");
    }
    local
}

/// The same of microseconds since 1970.
pub fn when_micros(micros: i64, zone: &jiff::tz::TimeZone) -> String {
    let at = jiff::Timestamp::from_microsecond(micros);
    at.map_or_else(|_| "?".to_owned(), |at| when(at, zone))
}
