//! Files that lie beside documents: which of them belong to which, by a folder of the document's name or because its text names them.

use std::collections::{BTreeSet, HashMap};

use percent_encoding::percent_decode_str;

use super::{Document, stem};

/// A file that comes along with a document may have so many bytes.
pub const LONGEST_ATTACHED: usize = 8 * 1024 * 1024;
/// So many may come along with one.
pub const MOST_ATTACHED: usize = 50;
/// So long a link is followed, in bytes.
const LONGEST_LINK: usize = 1024;
/// So many signs that may begin or end a link are looked at in all documents; beyond them nothing is found by its name.
const MOST_TRIED: usize = 5_000_000;

/// A file that comes along with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name, without folders.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The folder whose files belong to a document, whatever they are: that of its name beside a file of Markdown, as they are exported. Notion
/// keeps the pages below a page there.
#[must_use]
pub fn folder_of_document(name: &str) -> Option<&str> {
    let folder = name.strip_suffix(".md")?;
    let own = folder_of(folder).1;
    (!own.is_empty() && stem(name) == own).then_some(folder)
}

/// Gives files to the documents that they belong to, each read once by what is given; names of those that belong to none, that are empty,
/// too long or too many come back. Each text is gone through once, however many files there are.
///
/// # Errors
/// Those of the reader.
pub fn attach<E>(
    documents: &mut [(String, Document)],
    files: Vec<String>,
    mut read: impl FnMut(&str) -> Result<Option<Vec<u8>>, E>,
) -> Result<Vec<String>, E> {
    let owners = owners_of(documents, &files);
    let mut left_out = Vec::new();
    for (file, owners) in files.into_iter().zip(owners) {
        let has_room = |at: &usize| {
            let document = documents.get(*at).map(|(_, document)| document);
            document.is_some_and(|it| it.attached.len() < MOST_ATTACHED)
        };
        let owners: Vec<usize> = owners.into_iter().filter(has_room).collect();
        let bytes = if owners.is_empty() {
            None
        } else {
            read(&file)?.filter(|bytes| !bytes.is_empty())
        };
        let Some(bytes) = bytes else {
            left_out.push(file);
            continue;
        };
        for at in owners {
            if let Some((path, document)) = documents.get_mut(at) {
                let name = own_name(path, document, &file);
                let bytes = bytes.clone();
                document.attached.push(Attached { name, bytes });
            }
        }
    }
    Ok(left_out)
}

/// What a file of a document is called there: two files of one name from two folders get a name each, and the links to them with it.
fn own_name(path: &str, document: &mut Document, file: &str) -> String {
    let name = folder_of(file).1;
    let is_used = |name: &str| document.attached.iter().any(|it| it.name == name);
    let own = unused(name, is_used);
    if own != name {
        let target = relative(folder_of(path).0, file);
        document.text = relinked(&document.text, &target, &own);
    }
    own
}

/// A name, with a number where it is used already.
pub(super) fn unused(name: &str, is_used: impl Fn(&str) -> bool) -> String {
    if !is_used(name) {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (name, String::new()),
    };
    let mut numbered = (2_u32..=1_000).map(|number| format!("{stem}-{number}{ending}"));
    let found = numbered.find(|name| !is_used(name));
    found.unwrap_or_else(|| name.to_owned())
}

/// A text whose links to a file lead to one of another name beside it.
pub(super) fn relinked(text: &str, target: &str, name: &str) -> String {
    let (blanks, beside) = (target.replace(' ', "%20"), folder_of(target).0);
    let to = joined(beside, name);
    let mut parts = text.split('(');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push('(');
        let link = part.strip_prefix('<').unwrap_or(part);
        let link = link.strip_prefix("./").unwrap_or(link);
        let rest = [target, &blanks]
            .into_iter()
            .filter_map(|written| link.strip_prefix(written))
            .find(|rest| rest.starts_with([')', '>', ' ']));
        let Some(rest) = rest else {
            out.push_str(part);
            continue;
        };
        if link.len() < part.len() && part.starts_with('<') {
            out.push('<');
            out.push_str(&to);
        } else {
            out.push_str(&to.replace(' ', "%20"));
        }
        out.push_str(rest);
    }
    out
}

/// For each file the places of the documents that it belongs to.
fn owners_of(documents: &[(String, Document)], files: &[String]) -> Vec<BTreeSet<usize>> {
    let mut by_path: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_folder: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, file) in files.iter().enumerate() {
        by_path.entry(file).or_default().push(at);
        let folder = folder_of(file).0;
        by_folder.entry(folder).or_default().push(at);
    }
    let longest = files.iter().map(String::len).max().unwrap_or(0);
    let mut left = MOST_TRIED;
    let mut owners = vec![BTreeSet::new(); files.len()];
    for (number, (path, document)) in documents.iter().enumerate() {
        let (folder, own) = folder_of(path);
        let mut give = |found: Option<&Vec<usize>>| {
            for at in found.into_iter().flatten() {
                if let Some(owners) = owners.get_mut(*at) {
                    owners.insert(number);
                }
            }
        };
        let written = own.rsplit_once('.').map_or(own, |(stem, _)| stem);
        for name in [written, &stem(own)] {
            give(by_folder.get(joined(folder, name).as_str()));
        }
        let text = percent_decode_str(&document.text).decode_utf8_lossy();
        // A link may go up as far as there are folders above the document, each with a `../`.
        let ups = 3 * folder.split('/').filter(|part| !part.is_empty()).count();
        let longest = longest.saturating_add(ups).min(LONGEST_LINK);
        each_named(&text, longest, &mut left, |target| {
            if let Some(path) = resolved(folder, target) {
                give(by_path.get(path.as_str()));
            }
        });
    }
    owners
}

/// The name of the file beside a document that a link leads to; none for one that leads elsewhere.
///
/// ```
/// use offdesk_import::documents::file_of_link;
/// assert_eq!(file_of_link("pack/my%20prices.csv").as_deref(), Some("my prices.csv"));
/// for elsewhere in ["https://e.example/a.csv", "/a.csv", "#a", "data:a.csv", "a/"] {
///     assert_eq!(file_of_link(elsewhere), None);
/// }
/// ```
#[must_use]
pub fn file_of_link(link: &str) -> Option<String> {
    let link = link.trim();
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let is_elsewhere = path.is_empty() || path.starts_with(['/', '\\']) || path.contains(':');
    if is_elsewhere {
        return None;
    }
    let path = percent_decode_str(path).decode_utf8_lossy();
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    (!name.is_empty() && name != "." && name != "..").then(|| name.to_owned())
}

/// A path's folder, and the name in it.
pub(super) fn folder_of(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The path that a link leads to from a folder, with its `..` followed; none where it leads out of what is read.
fn resolved(folder: &str, target: &str) -> Option<String> {
    if !target.contains("../") {
        return Some(joined(folder, target));
    }
    if target.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop()?;
            }
            "." => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The path of a file as it is written in a folder beside it or above it: `../img/a.png`.
fn relative(folder: &str, file: &str) -> String {
    let mut from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut to: Vec<&str> = file.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    from.drain(..common);
    to.drain(..common);
    "../".repeat(from.len()) + &to.join("/")
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// What the links of a text may lead to, up to a length. Where a link ends cannot be told without reading the whole of it, since names have
/// blanks and brackets, too: each of its ends is tried, as long as some are left to be tried.
fn each_named(text: &str, longest: usize, left: &mut usize, mut take: impl FnMut(&str)) {
    for (at, _) in text.match_indices('(') {
        if *left == 0 {
            return;
        }
        let link = text.get(at + 1..).unwrap_or_default();
        let link = link.strip_prefix('<').unwrap_or(link);
        let link = link.strip_prefix("./").unwrap_or(link);
        let window = link.get(..link.floor_char_boundary(longest + 1));
        let window = window.unwrap_or_default();
        *left = left.saturating_sub(1);
        for (end, _) in window.match_indices([')', '>', ' ']).take(*left) {
            *left -= 1;
            take(window.get(..end).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn belongs(document: &str, text: &str, file: &str) -> bool {
        let one = Document {
            text: text.to_owned(),
            ..Document::default()
        };
        let documents = [(document.to_owned(), one)];
        owners_of(&documents, &[file.to_owned()]) == [BTreeSet::from([0])]
    }

    #[test]
    fn two_files_of_one_name_are_both_kept_and_each_link_leads_to_its_own() {
        let text = "![a](a/1.png) ![b](b/1.png) ![c](<./c d/1.png>) ![c](c%20d/1.png)";
        let one = Document {
            text: text.to_owned(),
            ..Document::default()
        };
        let mut documents = [("p.md".to_owned(), one)];
        let files = ["a/1.png", "b/1.png", "c d/1.png"].map(str::to_owned);
        let read = |file: &str| Ok::<_, ()>(Some(file.as_bytes().to_vec()));
        assert_eq!(attach(&mut documents, files.to_vec(), read), Ok(Vec::new()));
        let [(_, document)] = documents;
        let names = document.attached.iter().map(|it| it.name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), ["1.png", "1-2.png", "1-3.png"]);
        assert_eq!(
            document.text,
            "![a](a/1.png) ![b](b/1-2.png) ![c](<c d/1-3.png>) ![c](c%20d/1-3.png)"
        );
    }

    #[test]
    fn a_file_above_the_document_comes_along_under_a_name_of_its_own() {
        let one = Document {
            text: "![a](1.png) ![b](../img/1.png) [out](../../1.png)".to_owned(),
            ..Document::default()
        };
        let mut documents = [("w/p.md".to_owned(), one)];
        let files = ["w/1.png", "img/1.png"].map(str::to_owned);
        let read = |file: &str| Ok::<_, ()>(Some(file.as_bytes().to_vec()));
        assert_eq!(attach(&mut documents, files.to_vec(), read), Ok(Vec::new()));
        let [(_, document)] = documents;
        let names = document.attached.iter().map(|it| it.name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), ["1.png", "1-2.png"]);
        assert_eq!(
            document.text,
            "![a](1.png) ![b](../img/1-2.png) [out](../../1.png)"
        );
    }

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
            // One folder up, and over: within what is read.
            ("w/a.md", "[p](../img/p.png)", "img/p.png", true),
            ("w/a.md", "[p](<../my img/p.png>)", "my img/p.png", true),
            ("w/a.md", "[p](..%2Fimg/p.png)", "img/p.png", true),
            ("w/x/a.md", "[p](./../../img/p.png)", "img/p.png", true),
            ("w/a.md", "[p](../p.png)", "w/p.png", false),
            // SEC-17: never out of it, not by a way that comes back either.
            ("a.md", "[p](../p.png)", "p.png", false),
            ("w/a.md", "[p](../../p.png)", "p.png", false),
            ("w/a.md", "[p](../../w/p.png)", "w/p.png", false),
            ("a.md", "[p](%2e%2e/p.png)", "p.png", false),
            ("w/a.md", "[p](../../../etc/passwd)", "etc/passwd", false),
            ("w/a.md", "[p](/../../p.png)", "p.png", false),
            ("w/a.md", "[p](..\\p.png)", "p.png", false),
            ("a.md", "[p](p.png.zip)", "p.png", false),
            ("a.md", "p.png", "p.png", false),
            ("a.md", "[p](a(1).png)", "a(1).png", true),
            ("a.md", "(((((p.png)", "p.png", true),
        ];
        for (document, text, file, is_expected) in cases {
            assert_eq!(
                belongs(document, text, file),
                is_expected,
                "{document} {file}"
            );
        }
    }

    /// Each file was once looked for in each text, which a folder of many of both made hours of.
    #[test]
    fn many_files_beside_many_long_texts_are_told_apart() {
        let text = "(".repeat(100_000) + &"[a](b.png) ".repeat(10_000);
        let documents: Vec<(String, Document)> = (0..200)
            .map(|at| {
                let text = text.clone();
                let one = Document {
                    text,
                    ..Document::default()
                };
                (format!("{at}/a.md"), one)
            })
            .collect();
        let files: Vec<String> = (0..5_000).map(|at| format!("{at}/c{at}.png")).collect();
        let owners = owners_of(&documents, &files);
        assert!(owners.iter().all(BTreeSet::is_empty));
    }
}
