//! Documents into a zip, each under a name of its own.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::Document;

/// A zip of Markdown files, each with its attachments in a folder of its name. The same documents give the same bytes.
///
/// # Errors
/// Why it cannot be written.
pub fn pack(documents: &[Document]) -> Result<Vec<u8>, String> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut taken = BTreeSet::new();
    let options = SimpleFileOptions::default();
    for document in documents {
        let name = file_name(&document.name, &mut taken);
        let folder = name.trim_end_matches(".md").to_owned();
        let mut add = |name: String, bytes: &[u8]| {
            let begun = zip.start_file(name, options);
            begun.map_err(|error| error.to_string())?;
            zip.write_all(bytes).map_err(|error| error.to_string())
        };
        add(name, document.text.as_bytes())?;
        for file in &document.attached {
            add(format!("{folder}/{}", file.name), &file.bytes)?;
        }
    }
    let done = zip.finish().map_err(|error| error.to_string())?;
    Ok(done.into_inner())
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
