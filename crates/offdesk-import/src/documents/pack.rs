//! Documents into a zip, each under a name of its own.

use std::collections::BTreeSet;
use std::io::{Cursor, Seek, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::attached::{relinked, unused};
use super::{Attached, Document};

/// A zip of documents that is written piece by piece, so that no more than one file of them is in memory beside it.
#[derive(Debug)]
pub struct Packing<W: Write + Seek> {
    zip: ZipWriter<W>,
    taken: BTreeSet<String>,
    /// The folder of what belongs to the document that was begun last.
    folder: String,
    /// The names in it, in small letters: there are systems on which no two differ by these alone.
    inside: BTreeSet<String>,
    /// Files that are called otherwise there: their names, and what they are called.
    renamed: Vec<(String, String)>,
}

impl<W: Write + Seek> Packing<W> {
    /// An empty zip.
    #[must_use]
    pub fn new(into: W) -> Self {
        Self {
            zip: ZipWriter::new(into),
            taken: BTreeSet::new(),
            folder: String::new(),
            inside: BTreeSet::new(),
            renamed: Vec::new(),
        }
    }

    /// Begins a document: its files come first, its text with [`Packing::end`].
    pub fn begin(&mut self, title: &str) {
        let name = file_name(title, &mut self.taken);
        name.trim_end_matches(".md").clone_into(&mut self.folder);
        self.inside.clear();
        self.renamed.clear();
    }

    /// Adds a file that belongs to the document that was begun last.
    ///
    /// # Errors
    /// What the zip says.
    pub fn attach(&mut self, file: &Attached) -> Result<(), String> {
        let is_used = |name: &str| self.inside.contains(&name.to_lowercase());
        let name = unused(&file.name, is_used);
        self.inside.insert(name.to_lowercase());
        if name != file.name {
            self.renamed.push((file.name.clone(), name.clone()));
        }
        self.write(format!("{}/{name}", self.folder), &file.bytes)
    }

    /// Ends a document with its text, whose links lead to its files as they are called.
    ///
    /// # Errors
    /// What the zip says.
    pub fn end(&mut self, text: &str) -> Result<(), String> {
        let mut text = text.to_owned();
        for (before, now) in std::mem::take(&mut self.renamed) {
            let inside = format!("{}/{before}", self.folder);
            text = relinked(&relinked(&text, &before, &now), &inside, &now);
        }
        self.write(format!("{}.md", self.folder), text.as_bytes())
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
        packing.begin(&document.name);
        for file in &document.attached {
            packing.attach(file)?;
        }
        packing.end(&document.text)?;
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
