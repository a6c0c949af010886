//! Bytes to documents: notes and procedures from files, folders and the exports of wikis, each as Markdown.
//!
//! Nothing is unpacked to the disk, nothing that a document names is fetched, and what cannot be read is said, not skipped.

mod archive;
mod attached;
mod bookstack;
mod docx;
mod front_matter;
mod grid;
mod html;
mod markdown;
mod pack;

use archive::read_archive;
pub use attached::{
    Attached, LONGEST_ATTACHED, MOST_ATTACHED, attach, file_of_link, folder_of_document,
};
pub use pack::{Packing, file_name, pack};

use crate::problem::{Problem, shown};
use crate::text::encoding;

/// A document may have so many bytes.
pub const LONGEST: usize = 4 * 1024 * 1024;
/// All documents of a file together.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// So many documents may come at once.
pub const MOST: usize = 2_000;

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its name, from the file or the page; without an ending.
    pub name: String,
    /// What it says, as Markdown.
    pub text: String,
    /// Files that come along with it.
    pub attached: Vec<Attached>,
}

/// What a file held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Documents {
    /// What it was, in words.
    pub format: &'static str,
    /// The documents, in their order.
    pub all: Vec<Document>,
    /// Files that are no documents and belong to none, by their names; documents that are empty or cannot be read, with why.
    pub left_out: Vec<String>,
}

/// Reads a file as documents: Markdown, plain text, HTML, a Word file, or an archive of them.
///
/// # Errors
/// `import.empty`, `import.document_size`, `import.document`, `import.no_documents`, `import.encoding`, and those of archives.
pub fn read_documents(name: &str, bytes: Vec<u8>) -> Result<Documents, Problem> {
    if bytes.is_empty() {
        return Err(Problem::fatal("import.empty", "the file is empty"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return read_archive(name, bytes);
    }
    let format = match ending(name).as_str() {
        "html" | "htm" => "HTML page",
        _ => "Markdown",
    };
    Ok(Documents {
        format,
        all: vec![read_document(name, bytes)?],
        left_out: Vec::new(),
    })
}

/// A document that is left out of those it came with, with why.
#[must_use]
pub fn without_text(name: &str, why: Option<&Problem>) -> String {
    match why {
        Some(problem) => format!("{name}: {}", problem.message),
        None => format!("{name}: it is empty"),
    }
}

/// Whether a file of this name is read as a document.
#[must_use]
pub fn is_document(name: &str) -> bool {
    matches!(
        ending(name).as_str(),
        "md" | "markdown" | "txt" | "html" | "htm" | "docx"
    )
}

/// One document of a file that is no archive of documents.
fn read_document(name: &str, bytes: Vec<u8>) -> Result<Document, Problem> {
    if bytes.len() > LONGEST {
        return Err(too_long(name));
    }
    if ending(name) == "docx" {
        return docx::read(name, bytes);
    }
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if head.contains(&0)
        && !encoding::is_utf16(&bytes)
        && encoding::byte_order_mark(&bytes).is_none()
    {
        return Err(
            Problem::fatal("import.document", format!("{} is no text", shown(name)))
                .hint("give me Markdown, plain text, HTML, .docx, or a zip of them"),
        );
    }
    let text = match encoding::byte_order_mark(&bytes) {
        Some((encoding, _)) => encoding.decode(&bytes).0,
        None => encoding::decode(&bytes).0,
    };
    let (title, text) = match ending(name).as_str() {
        "html" | "htm" => (None, html::to_markdown(&text)?),
        "md" | "markdown" => front_matter::without(&text),
        _ => (None, text.into_owned()),
    };
    Ok(Document {
        name: title.unwrap_or_else(|| stem(name)),
        text,
        attached: Vec::new(),
    })
}

/// The code of what is longer than it may be.
const TOO_LONG: &str = "import.document_size";

fn too_long(name: &str) -> Problem {
    Problem::fatal(
        TOO_LONG,
        format!("{} is longer than a document may be", shown(name)),
    )
    .hint("a document has at most 4 MiB, and all of them together 64 MiB; divide it")
}

/// A file's ending in small letters.
fn ending(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_lowercase()
}

/// A file's name without folders, ending, and the id that Notion puts behind it.
fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let is_id = |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match stem.rsplit_once(' ') {
        Some((title, id)) if is_id(id) => title.to_owned(),
        _ => stem.to_owned(),
    }
}
