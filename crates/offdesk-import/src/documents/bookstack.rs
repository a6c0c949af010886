//! Exports of BookStack: a zip with a `data.json` that holds a book, a chapter or a page, each page as HTML and, where it was written
//! so, as Markdown.

use std::collections::HashMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::attached::{MOST_ATTACHED, unused};
use super::{Document, Documents, LONGEST, MOST, html, too_long, without_text};
use crate::problem::Problem;

/// What a name is in a link without being written in another way.
const IN_LINKS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// A name in a text has so many bytes.
const LONGEST_NAME: usize = 255;

/// A file of a page: an attachment or a picture.
pub(super) struct PageFile {
    /// The place of the page among the documents.
    pub(super) page: usize,
    /// What it is called.
    pub(super) name: String,
    /// What it is called in the folder of files.
    pub(super) stored: String,
}

/// Reads the `data.json`: the pages, and the files that belong to them.
///
/// # Errors
/// `import.document`, `import.document_size`.
pub(super) fn read(bytes: &[u8]) -> Result<(Documents, Vec<PageFile>), Problem> {
    let data: Value = serde_json::from_slice(bytes).map_err(|error| {
        Problem::fatal("import.document", format!("data.json is damaged: {error}"))
            .hint("export it again")
    })?;
    let documents = Documents {
        format: "BookStack export",
        ..Documents::default()
    };
    let mut found = (documents, Vec::new());
    let null = Value::Null;
    let of = |name: &str| data.get(name).unwrap_or(&null);
    pages(of("book"), &mut found)?;
    chapter(of("chapter"), &mut found)?;
    page(of("page"), &mut found)?;
    Ok(found)
}

/// What was found until now.
type Found = (Documents, Vec<PageFile>);

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn pages(book: &Value, found: &mut Found) -> Result<(), Problem> {
    for one in list(book, "chapters") {
        chapter(one, found)?;
    }
    chapter(book, found)
}

fn chapter(chapter: &Value, found: &mut Found) -> Result<(), Problem> {
    list(chapter, "pages").try_for_each(|one| page(one, found))
}

/// How a reference to a file of a page begins.
const REFERENCE: &str = "[[bsexport:";

/// What a reference to a file of a page has in it, the name of the file there, and what it is called in the folder of files. Two of one
/// name get a name each.
fn files_of(page: &Value) -> Vec<(String, String, String)> {
    let mut all: Vec<(String, String, String)> = Vec::new();
    for (kind, of) in [("attachment", "attachments"), ("image", "images")] {
        for file in list(page, of) {
            let text = |name: &str| file.get(name).and_then(Value::as_str).unwrap_or_default();
            let (name, stored) = (text("name"), text("file").to_owned());
            let cut = name.get(..name.floor_char_boundary(LONGEST_NAME));
            let cut = cut.unwrap_or_default();
            // An attachment that is a link has no file; more files than these are not kept.
            let name = if stored.is_empty() || all.len() >= MOST_ATTACHED {
                cut.to_owned()
            } else {
                unused(cut, |name| all.iter().any(|it| it.1 == name))
            };
            let id = file.get("id").and_then(Value::as_i64);
            let key = id.map_or_else(String::new, |id| format!("{kind}:{id}"));
            all.push((key, name, stored));
        }
    }
    all
}

/// A text with the names of its files in the place of BookStack's references to them, such as `[[bsexport:image:4]]`.
fn with_files(
    page: &Value,
    files: &[(String, String, String)],
    text: &str,
) -> Result<String, Problem> {
    let link = |name: &str| utf8_percent_encode(name, IN_LINKS).to_string();
    let named = files.iter().filter(|it| !it.1.is_empty());
    let names: HashMap<&str, String> = named.map(|it| (it.0.as_str(), link(&it.1))).collect();
    let mut parts = text.split(REFERENCE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // A name may be long and stand in a text very often.
        if out.len() > LONGEST {
            break;
        }
        let found = part.split_once("]]");
        match found.and_then(|(file, rest)| names.get(file).map(|name| (name, rest))) {
            Some((name, rest)) => out.extend([name.as_str(), rest]),
            None => out.extend([REFERENCE, part]),
        }
    }
    if out.len() > LONGEST {
        let name = page.get("name").and_then(Value::as_str);
        return Err(too_long(name.unwrap_or("a page")));
    }
    Ok(out)
}

fn page(page: &Value, found: &mut Found) -> Result<(), Problem> {
    let text = |name: &str| page.get(name).and_then(Value::as_str).unwrap_or_default();
    let files = files_of(page);
    let markdown = if text("markdown").trim().is_empty() {
        html::to_markdown(&with_files(page, &files, text("html"))?)?
    } else {
        with_files(page, &files, text("markdown"))?
    };
    let (documents, found) = found;
    if markdown.trim().is_empty() {
        if !text("name").is_empty() {
            documents.left_out.push(without_text(text("name"), None));
        }
        return Ok(());
    }
    if documents.all.len() >= MOST {
        return Err(Problem::fatal(
            "import.document_size",
            "these are more documents than can be brought in at once",
        )
        .hint("at most 2,000 documents at once; export one book after the other"));
    }
    let stored = files.into_iter().filter(|it| !it.2.is_empty());
    found.extend(stored.map(|(_, name, stored)| PageFile {
        page: documents.all.len(),
        name,
        stored,
    }));
    documents.all.push(Document {
        name: text("name").to_owned(),
        text: markdown,
        attached: Vec::new(),
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stands_in_a_text_very_often_does_not_fill_the_memory() {
        let page = |text: &str, name: &str| {
            let images = serde_json::json!([{"id": 1, "name": name}]);
            let page = serde_json::json!({"name": "Close", "images": images, "markdown": text});
            with_files(&page, &files_of(&page), text)
        };
        let found = page("a [[bsexport:image:1]] b [[bsexport:image:2]]", "a b.png");
        assert_eq!(
            found.ok().as_deref(),
            Some("a a%20b.png b [[bsexport:image:2]]")
        );
        let two = serde_json::json!([{"id": 1, "name": "a.png", "file": "x"}, {"id": 2, "name": "a.png", "file": "y"}]);
        let two = serde_json::json!({"images": two});
        let text = "[[bsexport:image:1]] [[bsexport:image:2]]";
        let found = with_files(&two, &files_of(&two), text);
        assert_eq!(found.ok().as_deref(), Some("a.png a-2.png"));
        let often = "[[bsexport:image:1]]".repeat(100_000);
        let code = page(&often, &"é".repeat(2_000_000)).err().map(|it| it.code);
        assert_eq!(code, Some("import.document_size"));
    }
}
