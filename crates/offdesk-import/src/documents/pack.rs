//! Documents into a zip, each under a name of its own.

use std::collections::BTreeSet;
use std::io::{Cursor, Seek, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Attached, Document};

/// A zip of documents that is written piece by piece, so that no more than one file of them is in memory beside it.
#[derive(Debug)]
pub struct Packing<W: Write + Seek> {
    zip: ZipWriter<W>,
    taken: BTreeSet<String>,
    /// The folder of what belongs to the document that was added last.
    folder: String,
}

impl<W: Write + Seek> Packing<W> {
    /// An empty zip.
    #[must_use]
    pub fn new(into: W) -> Self {
        Self {
            zip: ZipWriter::new(into),
            taken: BTreeSet::new(),
            folder: String::new(),
        }
    }

    /// Adds a document's text.
    ///
    /// # Errors
    /// What the zip says.
    pub fn add(&mut self, title: &str, text: &str) -> Result<(), String> {
        let name = file_name(title, &mut self.taken);
        name.trim_end_matches(".md").clone_into(&mut self.folder);
        self.write(name, text.as_bytes())
    }

    /// Adds a file that belongs to the document that was added last.
    ///
    /// # Errors
    /// What the zip says.
    pub fn attach(&mut self, file: &Attached) -> Result<(), String> {
        self.write(format!("{}/{}", self.folder, file.name), &file.bytes)
    }

    fn write(&mut self, name: String, bytes: &[u8]) -> Result<(), String> {
        let begun = self.zip.start_file(name, SimpleFileOptions::default());
        begun.map_err(|error| error.to_string())?;
        self.zip.write_all(bytes).map_err(|error| error.to_string())
    }

    /// The end of it.
    ///
    /// # Errors
    /// What the zip says.
    pub fn finish(self) -> Result<W, String> {
        self.zip.finish().map_err(|error| error.to_string())
    }
}

/// A zip of Markdown files, each with its attachments in a folder of its name. The same documents give the same bytes.
///
/// # Errors
/// Why it cannot be written.
pub fn pack(documents: &[Document]) -> Result<Vec<u8>, String> {
    let mut packing = Packing::new(Cursor::new(Vec::new()));
    for document in documents {
        packing.add(&document.name, &document.text)?;
        for file in &document.attached {
            packing.attach(file)?;
        }
    }
    Ok(packing.finish()?.into_inner())
}

/// A file name for a document, which no other one of these has: letters, digits and hyphens, whatever the title is.
///
/// ```
/// let mut taken = Default::default();
/// let mut name = |title| offdesk_import::documents::file_name(title, &mut taken);
/// assert_eq!(name("Booking & reminders"), "booking-reminders.md");
/// assert_eq!(name("../booking/reminders"), "booking-reminders-2.md");
/// assert_eq!(name("..."), "untitled.md");
/// ```
#[must_use]
pub fn file_name(title: &str, taken: &mut BTreeSet<String>) -> String {
    const LONGEST: usize = 60;
    let mut stem = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let mut stem: String = stem.chars().take(LONGEST).collect();
    stem.truncate(stem.trim_end_matches('-').len());
    if stem.is_empty() {
        stem.push_str("untitled");
    }
    let mut name = format!("{stem}.md");
    let mut number = 1_usize;
    while !taken.insert(name.clone()) {
        number += 1;
        name = format!("{stem}-{number}.md");
    }
    name
}
