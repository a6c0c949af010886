//! Looks through a workbook's zip before anything of it is kept: size, number and names of its parts, and what
//! would take much memory to read.

use std::io::{BufReader, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::problem::Problem;

const MIB: u64 = 1024 * 1024;
/// All parts together, unpacked.
const MOST_BYTES: u64 = 256 * MIB;
/// A part that is neither a sheet nor the shared texts.
const MOST_IN_PART: u64 = 32 * MIB;
/// Parts in the archive.
const MOST_PARTS: usize = 10_000;
/// Between two tags.
const LONGEST_TEXT: usize = 1024 * 1024;
/// What the shared texts may take in memory, with 56 bytes for keeping each.
const MOST_SHARED: u64 = 160 * MIB;
/// Shared texts the file may announce.
const MOST_ANNOUNCED: u64 = 4_000_000;
/// Tags in the list of styles.
const MOST_STYLE_TAGS: u64 = 400_000;

/// Refuses archives that are no workbook, or that unpack to more than can be read.
///
/// # Errors
/// `import.zip_bomb`, `import.protected`, `import.not_csv`, `import.truncated`, `import.unknown_format`.
pub fn check(stream: impl Read + Seek) -> Result<(), Problem> {
    let mut zip = ZipArchive::new(BufReader::new(stream)).map_err(|error| zip_problem(&error))?;
    if zip.len() > MOST_PARTS {
        return Err(bomb(&format!(
            "this workbook has {} parts; I read at most {MOST_PARTS}",
            zip.len()
        )));
    }
    let mut names = Vec::new();
    for name in zip.file_names() {
        names.push(name.map_err(|error| zip_problem(&error))?.into_owned());
    }
    if let Some(name) = names
        .iter()
        .find(|name| name.split(['/', '\\']).any(|part| part == ".."))
    {
        return Err(bomb(&format!(
            "a part of this workbook is named \"{}\", outside of it",
            crate::problem::shown(name)
        )));
    }
    is_workbook(&names)?;
    let mut total = 0;
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|error| zip_problem(&error))?;
        if part.encrypted() {
            return Err(protected());
        }
        let name = part
            .name()
            .map_err(|error| zip_problem(&error))?
            .to_lowercase();
        if total + part.size() > MOST_BYTES {
            return Err(too_large());
        }
        total += look_through(part, &name, MOST_BYTES - total)?;
    }
    Ok(())
}

fn is_workbook(names: &[String]) -> Result<(), Problem> {
    let has = |wanted: &str| {
        names
            .iter()
            .any(|name| name.to_lowercase().starts_with(wanted))
    };
    let what = if has("xl/workbook.bin") {
        "a binary workbook (.xlsb)"
    } else if has("xl/") || has("workbook.xml") {
        return Ok(());
    } else if has("word/") {
        "a text document"
    } else if has("ppt/") {
        "a presentation"
    } else if has("content.xml") {
        "an OpenDocument file"
    } else {
        return Err(Problem::fatal(
            "import.unknown_format",
            "this zip is no export of times that offdesk knows",
        )
        .hint("see the list of formats:  offdesk formats"));
    };
    Err(Problem::fatal(
        "import.not_csv",
        format!("this is {what}, not an XLSX workbook"),
    )
    .hint("save the table as .xlsx or CSV, and give me that"))
}

/// Reads a part to its end without keeping it; returns its length.
fn look_through(mut part: impl Read, name: &str, left: u64) -> Result<u64, Problem> {
    let is_shared = name.ends_with("sharedstrings.xml");
    let is_styles = name.ends_with("styles.xml");
    let most = if is_shared || name.contains("sheet") {
        left
    } else {
        left.min(MOST_IN_PART)
    };
    let (mut length, mut tags, mut texts, mut since_tag) = (0_u64, 0_u64, 0_u64, 0_usize);
    let mut has_declaration = false;
    let mut buffer = vec![0; 64 * 1024];
    let mut kept = 0;
    loop {
        let free = buffer.get_mut(kept..).unwrap_or_default();
        let count = part.read(free).map_err(|_| damaged())?;
        if count == 0 {
            break;
        }
        let bytes = buffer.get(..kept + count).unwrap_or_default();
        if is_shared && length == 0 {
            announced(bytes)?;
        }
        length += u64::try_from(count).unwrap_or(u64::MAX);
        if length > most {
            return Err(too_large());
        }
        let fresh = bytes.get(kept..).unwrap_or_default();
        let mut last = None;
        for at in memchr::memchr_iter(b'<', fresh) {
            since_tag = if last.is_none() { since_tag + at } else { 0 };
            if since_tag > LONGEST_TEXT {
                return Err(bomb("a text in this workbook is longer than 1 MiB"));
            }
            since_tag = 0;
            tags += 1;
            last = Some(at);
        }
        since_tag += fresh.len() - last.unwrap_or(0);
        // The last bytes are looked at again, as a mark may be cut between two readings.
        texts += u64::try_from(memchr::memmem::find_iter(bytes, b"<si").count()).unwrap_or(0);
        has_declaration |= memchr::memmem::find(bytes, b"<!").is_some();
        if since_tag > LONGEST_TEXT && name.ends_with(".xml") {
            return Err(bomb("a text in this workbook is longer than 1 MiB"));
        }
        kept = bytes.len().min(2);
        let from = bytes.len() - kept;
        buffer.copy_within(from..from + kept, 0);
    }
    if is_shared && length + texts * 56 > MOST_SHARED {
        return Err(bomb(
            "the shared texts of this workbook take more memory than I may use",
        ));
    }
    if is_styles && tags > MOST_STYLE_TAGS {
        return Err(bomb(
            "the styles of this workbook take more memory than I may use",
        ));
    }
    if has_declaration && length > MOST_IN_PART {
        return Err(bomb(
            "a large part of this workbook has comments or declarations, as spreadsheets never write",
        ));
    }
    Ok(length)
}

/// Refuses shared texts that announce more of themselves than can be: room is made for them in advance.
fn announced(bytes: &[u8]) -> Result<(), Problem> {
    let Some(at) = memchr::memmem::find(bytes, b"uniqueCount") else {
        let has_root = memchr::memmem::find(bytes, b"sst").is_some();
        return if has_root { Ok(()) } else { Err(damaged()) };
    };
    let rest = bytes.get(at..).unwrap_or_default();
    let digits: Vec<u8> = rest
        .iter()
        .skip_while(|byte| !byte.is_ascii_digit())
        .take_while(|byte| byte.is_ascii_digit())
        .copied()
        .collect();
    let number: Option<u64> = std::str::from_utf8(&digits)
        .ok()
        .and_then(|digits| digits.parse().ok());
    if number.is_none_or(|number| number > MOST_ANNOUNCED) {
        return Err(bomb(
            "this workbook announces more texts than a workbook can have",
        ));
    }
    Ok(())
}

fn zip_problem(error: &ZipError) -> Problem {
    let text = error.to_string().to_lowercase();
    if text.contains("password") || text.contains("encrypt") {
        protected()
    } else {
        damaged()
    }
}

/// The problem for a workbook that opens with a password only.
pub fn protected() -> Problem {
    Problem::fatal(
        "import.protected",
        "this workbook is protected by a password",
    )
    .hint("save it without a password, or as CSV, and give me that")
}

/// The problem for an archive that cannot be read to its end.
pub fn damaged() -> Problem {
    Problem::fatal("import.truncated", "this XLSX file is damaged or cut short")
        .hint("download or save it again")
}

fn too_large() -> Problem {
    bomb("this workbook unpacks to more than 256 MiB, or one of its parts to more than 32 MiB")
}

fn bomb(message: &str) -> Problem {
    Problem::fatal("import.zip_bomb", message)
        .hint("save the sheet with the times as CSV, and give me that")
}
