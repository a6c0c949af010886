//! Files that lie beside documents: which of them belong to which, by a folder of the document's name or because its text names them.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::{Document, stem};

/// A file that comes along with a document may have so many bytes.
pub const LONGEST_ATTACHED: usize = 8 * 1024 * 1024;
/// So many may come along with one.
pub const MOST_ATTACHED: usize = 50;

/// A file that comes along with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name, without folders.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Gives files to the documents that they belong to, each read once by what is given; names of those that belong to none, that are empty,
/// too long or too many come back.
///
/// # Errors
/// Those of the reader.
pub fn attach<E>(
    documents: &mut [(String, Document)],
    files: Vec<String>,
    mut read: impl FnMut(&str) -> Result<Option<Vec<u8>>, E>,
) -> Result<Vec<String>, E> {
    let texts: Vec<String> = documents
        .iter()
        .map(|(_, document)| decoded(&document.text).into_owned())
        .collect();
    let mut left_out = Vec::new();
    for file in files {
        let owners: Vec<usize> = (0..)
            .zip(documents.iter().zip(&texts))
            .filter(|(_, ((path, document), text))| {
                document.attached.len() < MOST_ATTACHED && belongs(path, text, &file)
            })
            .map(|(at, _)| at)
            .collect();
        let bytes = if owners.is_empty() {
            None
        } else {
            read(&file)?.filter(|bytes| !bytes.is_empty())
        };
        let Some(bytes) = bytes else {
            left_out.push(file);
            continue;
        };
        let name = file.rsplit('/').next().unwrap_or_default().to_owned();
        for at in owners {
            if let Some((_, document)) = documents.get_mut(at) {
                let (name, bytes) = (name.clone(), bytes.clone());
                document.attached.push(Attached { name, bytes });
            }
        }
    }
    Ok(left_out)
}

/// A text with the signs that a link writes as numbers.
fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// Whether a file belongs to a document, by their paths and the document's text.
fn belongs(document: &str, text: &str, file: &str) -> bool {
    let (folder, own) = document.rsplit_once('/').unwrap_or(("", document));
    let relative = match folder {
        "" => Some(file),
        folder => file
            .strip_prefix(folder)
            .and_then(|it| it.strip_prefix('/')),
    };
    let Some(relative) = relative else {
        return false;
    };
    let written = own.rsplit_once('.').map_or(own, |(stem, _)| stem);
    let is_beside = [written, &stem(own)].iter().any(|name| {
        let rest = relative
            .strip_prefix(*name)
            .and_then(|it| it.strip_prefix('/'));
        rest.is_some_and(|rest| !rest.contains('/'))
    });
    let is_named = || {
        let ends = |rest: &str| rest.starts_with([')', '>', ' ']);
        ["(", "(./", "(<", "(<./"].iter().any(|before| {
            let link = format!("{before}{relative}");
            text.match_indices(&link)
                .any(|(at, _)| text.get(at + link.len()..).is_some_and(ends))
        })
    };
    is_beside || is_named()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_go_to_the_documents_that_they_belong_to() {
        let cases = [
            ("a.md", "", "a/list.pdf", true),
            ("a.md", "", "b/list.pdf", false),
            ("a.md", "", "a/more/list.pdf", false),
            ("w/a.md", "", "w/a/list.pdf", true),
            ("w/a.md", "", "a/list.pdf", false),
            (
                "w/Inbox 0123456789abcdef0123456789abcdef.md",
                "",
                "w/Inbox/p.png",
                true,
            ),
            ("a.md", "![p](img/my%20pic.png)", "img/my pic.png", true),
            (
                "a.md",
                "[p](<./img/my pic.png> \"t\")",
                "img/my pic.png",
                true,
            ),
            ("w/a.md", "[p](img/p.png)", "w/img/p.png", true),
            ("w/a.md", "[p](img/p.png)", "img/p.png", false),
            ("a.md", "[p](p.png.zip)", "p.png", false),
            ("a.md", "p.png", "p.png", false),
        ];
        for (document, text, file, is_expected) in cases {
            let text = decoded(text);
            assert_eq!(
                belongs(document, &text, file),
                is_expected,
                "{document} {file}"
            );
        }
    }
}
