//! A download as it lies on the disk: one table, a folder of tables, or an archive of them.

use std::io::Read;
use std::path::Path;

use offdesk_import::archive::{self, Archive, names_in_head};
use offdesk_import::{Input, Problem};

/// A table in an archive unpacks to at most so much.
const LARGEST: u64 = 64 << 20;

/// The tables of a download, in the order of their names; one table where it is one.
///
/// # Errors
/// `import.not_found`, `import.unreadable`, `import.empty`, and those of archives.
pub fn open(path: &Path) -> Result<Vec<Input>, Problem> {
    if path.is_dir() {
        return open_folder(path);
    }
    let mut input = Input::open(path)?;
    let head = input.head()?;
    let is_workbook = |name: &&str| {
        name.starts_with("xl/")
            || name.starts_with("docProps/")
            || name.starts_with("_rels/")
            || *name == "[Content_Types].xml"
    };
    if !head.starts_with(b"PK\x03\x04") || names_in_head(&head).iter().any(is_workbook) {
        return Ok(vec![input]);
    }
    let folder = path.display().to_string();
    let mut archive = Archive::open(&mut input)?;
    let mut named: Vec<(String, usize)> = (0..)
        .zip(archive.names())
        .filter(|(_, name)| is_table(name))
        .map(|(at, name)| (format!("{folder}/{name}"), at))
        .collect();
    named.sort();
    hourly_only(&mut named, |(name, _)| name.clone());
    let mut inputs = Vec::new();
    for (name, at) in named {
        let mut bytes = Vec::new();
        let mut entry = archive.entry(at, LARGEST)?;
        entry
            .read_to_end(&mut bytes)
            .map_err(|error| archive::read_problem(&error))?;
        if !bytes.is_empty() {
            inputs.push(Input::memory(name, bytes)?);
        }
    }
    Ok(inputs)
}

fn open_folder(path: &Path) -> Result<Vec<Input>, Problem> {
    let unreadable = |error: std::io::Error| {
        let message = format!("{} cannot be read: {error}", path.display());
        Problem::fatal("import.unreadable", message)
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_file() && is_table(&path.display().to_string()) {
            paths.push(path);
        }
    }
    paths.sort();
    hourly_only(&mut paths, |path| path.display().to_string());
    let inputs = paths.iter().map(|path| Input::open(path));
    // A file without a byte says nothing, and is in nobody's way.
    inputs
        .filter(|input| !matches!(input, Err(problem) if problem.code == "import.empty"))
        .collect()
}

/// Of the parts of ASHE's table 14, which say what the same people are paid in an hour, a week or a year, keeps the gross
/// pay of an hour, where that is there.
fn hourly_only<T>(tables: &mut Vec<T>, name: impl Fn(&T) -> String) {
    let is_hourly = |table: &T| name(table).contains("Table 14.5a");
    if tables.iter().any(is_hourly) {
        tables.retain(|table| is_hourly(table) || !name(table).contains("Table 14."));
    }
}

/// Whether a name is that of a table.
fn is_table(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let is_hidden = name
        .split(['/', '\\'])
        .any(|part| part.starts_with("__MACOSX") || part.starts_with("._"));
    let endings = ["csv", "tsv", "txt", "xlsx"];
    !is_hidden
        && endings
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
}
