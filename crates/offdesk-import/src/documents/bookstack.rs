//! Exports of BookStack: a zip with a `data.json` that holds a book, a chapter or a page, each page as HTML and, where it was written
//! so, as Markdown.

use serde_json::Value;

use super::{Document, Documents, MOST, html};
use crate::problem::Problem;

/// Reads the `data.json`.
///
/// # Errors
/// `import.document`, `import.document_size`.
pub(super) fn read(bytes: &[u8]) -> Result<Documents, Problem> {
    let data: Value = serde_json::from_slice(bytes).map_err(|error| {
        Problem::fatal("import.document", format!("data.json is damaged: {error}"))
            .hint("export it again")
    })?;
    let mut found = Documents {
        format: "BookStack export",
        ..Documents::default()
    };
    let null = Value::Null;
    let of = |name: &str| data.get(name).unwrap_or(&null);
    pages(of("book"), &mut found)?;
    chapter(of("chapter"), &mut found)?;
    page(of("page"), &mut found)?;
    Ok(found)
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn pages(book: &Value, found: &mut Documents) -> Result<(), Problem> {
    for one in list(book, "chapters") {
        chapter(one, found)?;
    }
    chapter(book, found)
}

fn chapter(chapter: &Value, found: &mut Documents) -> Result<(), Problem> {
    list(chapter, "pages").try_for_each(|one| page(one, found))
}

fn page(page: &Value, found: &mut Documents) -> Result<(), Problem> {
    let text = |name: &str| page.get(name).and_then(Value::as_str).unwrap_or_default();
    let markdown = if text("markdown").trim().is_empty() {
        html::to_markdown(text("html"))?
    } else {
        text("markdown").to_owned()
    };
    if markdown.trim().is_empty() {
        return Ok(());
    }
    if found.all.len() >= MOST {
        return Err(Problem::fatal(
            "import.document_size",
            "these are more documents than can be brought in at once",
        )
        .hint("at most 2,000 documents at once; export one book after the other"));
    }
    found.all.push(Document {
        name: text("name").to_owned(),
        text: markdown,
    });
    Ok(())
}
