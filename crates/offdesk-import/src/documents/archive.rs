//! Archives of documents: a folder of Markdown, an export of Notion or BookStack, a Word file.

use std::collections::BTreeSet;
use std::io::Read;

use super::attached::{folder_of, folder_of_document};
use super::{
    Attached, Document, Documents, LONGEST, LONGEST_ATTACHED, MOST, MOST_ATTACHED, MOST_BYTES,
    TOO_LONG, attach, bookstack, docx, ending, is_document, read_document, too_long, without_text,
};
use crate::archive::{Archive, read_problem};
use crate::input::Input;
use crate::problem::{Problem, shown};

/// A name in an archive may have so many bytes between two slashes.
const LONGEST_NAME: usize = 255;

/// Reads an archive.
///
/// # Errors
/// `import.no_documents`, `import.document_size`, `import.zip_path`, and those of the archive and its documents.
pub(super) fn read_archive(name: &str, bytes: Vec<u8>) -> Result<Documents, Problem> {
    let mut found = read_one(name, bytes, true)?;
    if found.all.is_empty() {
        return Err(Problem::fatal(
            "import.no_documents",
            format!("there is no document in {}", shown(name)),
        )
        .hint("I read Markdown, plain text, HTML and .docx, and exports of Notion and BookStack as zip"));
    }
    found
        .all
        .retain(|document| !document.text.trim().is_empty());
    Ok(found)
}

fn read_one(name: &str, bytes: Vec<u8>, may_nest: bool) -> Result<Documents, Problem> {
    let mut input = Input::memory(name, bytes)?;
    let mut archive = Archive::open(&mut input)?;
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    check_names(&names)?;
    if names.iter().any(|name| name == "word/document.xml") {
        return Ok(Documents {
            format: "Word file",
            all: vec![docx::read_opened(name, &mut archive)?],
            left_out: Vec::new(),
        });
    }
    if let Some(at) = names.iter().position(|name| name == "data.json") {
        let data = entry(&mut archive, at, "data.json", MOST_BYTES)?;
        return read_bookstack(&mut archive, &data);
    }
    read_members(&mut archive, &names, may_nest)
}

/// An export of BookStack with the files of its pages.
fn read_bookstack(archive: &mut Archive<'_>, data: &[u8]) -> Result<Documents, Problem> {
    let (mut found, files) = bookstack::read(data)?;
    let mut total = found.all.iter().map(length).sum();
    for file in files {
        let inside = format!("files/{}", file.stored);
        let bytes = attachable(archive, &inside, &mut total)?.filter(|it| !it.is_empty());
        let document = found.all.get_mut(file.page);
        let room = document.filter(|it| it.attached.len() < MOST_ATTACHED);
        match (room, bytes) {
            (Some(document), Some(bytes)) => document.attached.push(Attached {
                name: file.name,
                bytes,
            }),
            _ => found.left_out.push(file.name),
        }
    }
    Ok(found)
}

fn read_members(
    archive: &mut Archive<'_>,
    names: &[String],
    may_nest: bool,
) -> Result<Documents, Problem> {
    let mut found = Documents {
        format: "Markdown folder",
        ..Documents::default()
    };
    let folders: BTreeSet<&str> = names
        .iter()
        .filter_map(|name| folder_of_document(name))
        .collect();
    let mut total = 0_usize;
    let (mut documents, mut others) = (Vec::new(), Vec::new());
    for (at, name) in names.iter().enumerate() {
        if name.ends_with('/') || is_of_the_system(name) {
            continue;
        }
        // What lies in the folder of a document is its file, also where it could be read as a document or unpacked.
        if folders.contains(folder_of(name).0) {
            others.push(name.clone());
            continue;
        }
        if is_hidden(name) {
            found.left_out.push(name.clone());
            continue;
        }
        // Notion packs its export once more.
        let is_inner = may_nest && ending(name) == "zip";
        if !is_document(name) && !is_inner {
            others.push(name.clone());
            continue;
        }
        let most = if is_inner { MOST_BYTES } else { LONGEST };
        let bytes = entry(archive, at, name, most)?;
        total = total.saturating_add(bytes.len());
        if total > MOST_BYTES || found.all.len() + documents.len() >= MOST {
            return Err(too_many());
        }
        if is_inner {
            let inner = read_one(name, bytes, false)?;
            found.all.extend(inner.all);
            found.left_out.extend(inner.left_out);
            found.format = inner.format;
        } else {
            has_id(name, &mut found);
            match read_document(name, bytes) {
                Ok(one) if one.text.trim().is_empty() => {
                    found.left_out.push(without_text(name, None));
                }
                Ok(one) => documents.push((name.clone(), one)),
                Err(problem) if problem.code == TOO_LONG => return Err(problem),
                Err(problem) => found.left_out.push(without_text(name, Some(&problem))),
            }
        }
    }
    let left_out = attach(&mut documents, others, |name| {
        attachable(archive, name, &mut total)
    })?;
    found.left_out.extend(left_out);
    let documents = documents.into_iter().map(|(_, document)| document);
    found.all.extend(documents);
    if found.all.len() > MOST || found.all.iter().map(length).sum::<usize>() > MOST_BYTES {
        return Err(too_many());
    }
    Ok(found)
}

/// What a file holds that comes along with a document; none where it is too long.
fn attachable(
    archive: &mut Archive<'_>,
    name: &str,
    total: &mut usize,
) -> Result<Option<Vec<u8>>, Problem> {
    let Some(at) = archive.names().position(|known| known == name) else {
        return Ok(None);
    };
    let bytes = match entry(archive, at, name, LONGEST_ATTACHED) {
        Err(problem) if problem.code == TOO_LONG => return Ok(None),
        read => read?,
    };
    *total = total.saturating_add(bytes.len());
    if *total > MOST_BYTES {
        return Err(too_many());
    }
    Ok(Some(bytes))
}

fn length(document: &Document) -> usize {
    document.text.len()
}

/// Notion puts an id behind the name of every page.
fn has_id(name: &str, found: &mut Documents) {
    let file = name.rsplit('/').next().unwrap_or_default();
    if super::stem(name).len() + 33 <= file.len() {
        found.format = "Notion export";
    }
}

/// What systems put beside files by themselves.
fn is_of_the_system(name: &str) -> bool {
    let file = folder_of(name).1;
    name.starts_with("__MACOSX/") || file.starts_with("._") || file == ".DS_Store"
}

fn is_hidden(name: &str) -> bool {
    folder_of(name).1.starts_with('.')
}

fn entry(
    archive: &mut Archive<'_>,
    at: usize,
    name: &str,
    most: usize,
) -> Result<Vec<u8>, Problem> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let read = archive.entry(at, limit + 1)?.read_to_end(&mut bytes);
    match read {
        Ok(_) if bytes.len() > most => Err(too_long(name)),
        Ok(_) => Ok(bytes),
        Err(_) if bytes.len() >= most => Err(too_long(name)),
        Err(error) => Err(read_problem(&error)),
    }
}

fn too_many() -> Problem {
    Problem::fatal(
        "import.document_size",
        "these are more documents than can be brought in at once",
    )
    .hint("at most 2,000 documents and 64 MiB at once; divide them")
}

/// Names that could mislead are refused before anything is read.
fn check_names(names: &[String]) -> Result<(), Problem> {
    let mut seen = BTreeSet::new();
    for name in names {
        let is_long = name.split('/').any(|part| part.len() > LONGEST_NAME);
        if is_long || name.contains('\\') || !seen.insert(name.to_lowercase()) {
            return Err(Problem::fatal(
                "import.zip_path",
                "this archive has a name that stands twice, is too long, or could mislead",
            )
            .value(name)
            .hint("unpack it, and give me the folder or the files in it"));
        }
    }
    Ok(())
}

/// A part of an archive by its name; `None` where there is none.
///
/// # Errors
/// Those of the archive, and `import.document_size`.
pub(super) fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<Vec<u8>>, Problem> {
    let at = archive.names().position(|known| known == name);
    match at {
        Some(at) => entry(archive, at, name, 4 * LONGEST).map(Some),
        None => Ok(None),
    }
}
