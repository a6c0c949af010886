//! Exports of BookStack: a zip with a `data.json` that holds a book, a chapter or a page, each page as HTML and, where it was written
//! so, as Markdown.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{Document, Documents, MOST, html, without_text};
use crate::problem::Problem;

/// What a name is in a link without being written in another way.
const IN_LINKS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

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

/// A text with the names of its files in the place of BookStack's references to them, such as `[[bsexport:image:4]]`.
fn with_files(page: &Value, text: &str) -> String {
    let mut text = text.to_owned();
    for (kind, all) in [("attachment", "attachments"), ("image", "images")] {
        for file in list(page, all) {
            let id = file.get("id").and_then(Value::as_i64);
            let name = file.get("name").and_then(Value::as_str);
            if let Some((id, name)) = id.zip(name) {
                let name = utf8_percent_encode(name, IN_LINKS).to_string();
                text = text.replace(&format!("[[bsexport:{kind}:{id}]]"), &name);
            }
        }
    }
    text
}

fn page(page: &Value, found: &mut Found) -> Result<(), Problem> {
    let text = |name: &str| page.get(name).and_then(Value::as_str).unwrap_or_default();
    let markdown = if text("markdown").trim().is_empty() {
        html::to_markdown(&with_files(page, text("html")))?
    } else {
        with_files(page, text("markdown"))
    };
    let (documents, files) = found;
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
    let of = |file: &Value, name: &str| {
        let text = file.get(name).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    for file in list(page, "attachments").chain(list(page, "images")) {
        let (name, stored) = (of(file, "name"), of(file, "file"));
        // An attachment that is a link has no file.
        if !stored.is_empty() {
            files.push(PageFile {
                page: documents.all.len(),
                name,
                stored,
            });
        }
    }
    documents.all.push(Document {
        name: text("name").to_owned(),
        text: markdown,
        attached: Vec::new(),
    });
    Ok(())
}
