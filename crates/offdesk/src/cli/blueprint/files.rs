//! Files as the command line reads them.

use std::path::Path;

use offdesk_import::documents::read_documents;

use super::super::bytes::{self, From, Unread};
use super::super::error::{CliError, of_file};
use super::super::exit;

/// A file of documents may have so many bytes.
const LONGEST: u64 = 256 * 1024 * 1024;

/// The bytes of a file; `-` is standard input.
///
/// # Errors
/// `blueprint.file`, `import.document_size`.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, CliError> {
    bytes::read_bytes(From::word(path), LONGEST).map_err(|why| match why {
        Unread::TooLarge => CliError::new(
            exit::INPUT,
            "import.document_size",
            format!("{} is longer than 256 MiB", bytes::name(path)),
        ),
        Unread::Failed(error) => CliError::new(
            exit::FAILED,
            "blueprint.file",
            format!("{} cannot be read: {error}", bytes::name(path)),
        )
        .line("name a file that is there, or - for standard input"),
    })
}

/// The text of one document.
///
/// # Errors
/// `blueprint.file`, and those of the reader.
pub fn read_text(path: &Path) -> Result<String, CliError> {
    let name = path.display().to_string();
    let read =
        read_documents(&name, read_bytes(path)?).map_err(|problem| of_file(&name, &problem))?;
    match read.all.as_slice() {
        [one] => Ok(one.text.clone()),
        all => Err(CliError::new(
            exit::INPUT,
            "blueprint.file",
            format!("{name} holds {} documents, and one is wanted", all.len()),
        )
        .line("bring them all in:  offdesk blueprint import FILE")),
    }
}
