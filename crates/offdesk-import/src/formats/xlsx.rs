//! XLSX workbooks: the sheet with the most dates, its typed cells written out as a table and read as one.
//!
//! A workbook is a zip of XML parts. Dates and times are numbers of days since 1900 or 1904, told by the cell's
//! number format; lengths are fractions of a day; formulas carry the value they had when the file was saved.

mod guard;
mod sheet;

use std::io::{BufReader, Read, Seek, SeekFrom, Write};

use calamine::{Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use offdesk_domain::EntryKind;

use crate::detect::{Format, Head, Nature};
use crate::input::{Input, unreadable};
use crate::problem::{Problem, shown};
use crate::reading::Reading;
use crate::table::{self, Layout};

/// A workbook.
pub const FORMAT: Format = Format {
    id: "xlsx",
    label: "XLSX workbook",
    kind: EntryKind::Measured,
    sniff,
    read: |input, reading| read(None, input, reading),
};

/// A zip whose first parts are named as those of an office document.
fn sniff(head: &Head<'_>) -> bool {
    head.nature == Nature::Zip && first_names(head.bytes).any(is_office_part)
}

fn is_office_part(name: &[u8]) -> bool {
    let is_document = [b"xl/".as_slice(), b"docProps/", b"word/", b"ppt/"]
        .iter()
        .any(|folder| name.starts_with(folder));
    // An OpenDocument file begins with its type, uncompressed right behind the name.
    is_document || matches!(name, b"[Content_Types].xml" | b"_rels/.rels" | b"mimetype")
}

/// The names in the local headers that lie within the first bytes of a zip.
fn first_names(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    memchr::memmem::find_iter(bytes, b"PK\x03\x04").filter_map(|at| {
        let length = bytes.get(at + 26..at + 28)?;
        let length = usize::from(u16::from_le_bytes(length.try_into().ok()?));
        bytes.get(at + 30..at + 30 + length)
    })
}

/// Reads a workbook; `layout` is given when the caller named the format of its table.
///
/// # Errors
/// `import.zip_bomb`, `import.protected`, `import.not_csv`, `import.truncated`, `import.workbook`, `import.no_sheet`,
/// and what the table in the sheet leads to.
pub fn read(
    layout: Option<&'static Layout>,
    input: &mut Input,
    reading: &mut Reading<'_>,
) -> Result<(), Problem> {
    let name = input.name().to_owned();
    guard::check(input.start()?)?;
    let stream = BufReader::new(input.start()?);
    let mut book = Xlsx::new(stream).map_err(|error| problem(&error))?;
    let (sheet, width, others) = choose(&mut book)?;
    reading.decide(format!(
        "sheet \"{}\": a line is a row of it",
        shown(&sheet)
    ));
    if !others.is_empty() {
        let names: Vec<String> = others
            .iter()
            .map(|name| format!("\"{}\"", shown(name)))
            .collect();
        let message = format!(
            "other sheets hold dates, too, and are not read: {}",
            names.join(", ")
        );
        reading.problem(
            Problem::note("import.other_sheets", message)
                .hint("save each as a file of its own, and give me them all"),
        );
    }
    let mut table = written_out(&mut book, &sheet, width, name)?;
    table::read(layout, &mut table, reading)
}

/// The sheet with the most dates, else with the most cells; the width of its table; other sheets with dates.
fn choose<S: Read + Seek>(book: &mut Xlsx<S>) -> Result<(String, u32, Vec<String>), Problem> {
    let sheets = book.sheets_metadata();
    let is_sheet = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
    let names = |is_shown: bool| -> Vec<String> {
        let wanted = |sheet: &&calamine::Sheet| !is_shown || sheet.visible == SheetVisible::Visible;
        sheets
            .iter()
            .filter(is_sheet)
            .filter(wanted)
            .map(|sheet| sheet.name.clone())
            .collect()
    };
    let mut wanted = names(true);
    if wanted.is_empty() {
        wanted = names(false);
    }
    let mut best: Option<(sheet::Content, String)> = None;
    let mut dated = Vec::new();
    for name in wanted {
        let content = sheet::content(book, &name).map_err(|error| problem(&error))?;
        if content.dates > 1 {
            dated.push((name.clone(), content.dates));
        }
        let is_better = best
            .as_ref()
            .is_none_or(|(known, _)| (content.dates, content.cells) > (known.dates, known.cells));
        if content.cells > 0 && is_better {
            best = Some((content, name));
        }
    }
    let Some((content, name)) = best else {
        return Err(Problem::fatal(
            "import.no_sheet",
            "this workbook has no sheet with anything in it",
        ));
    };
    // A list of holidays or a few dates in notes are no second timesheet.
    dated.retain(|(other, dates)| *other != name && *dates * 4 >= content.dates);
    Ok((
        name,
        content.width,
        dated.into_iter().map(|(name, _)| name).collect(),
    ))
}

/// The sheet as a table of text in a temporary file, one line for each row.
fn written_out<S: Read + Seek>(
    book: &mut Xlsx<S>,
    sheet: &str,
    width: u32,
    name: String,
) -> Result<Input, Problem> {
    let file = tempfile::tempfile().map_err(|error| unreadable(&error))?;
    let mut out = std::io::BufWriter::new(file);
    sheet::write(book, sheet, width, &mut out)?;
    out.flush().map_err(|error| unreadable(&error))?;
    let mut file = out
        .into_inner()
        .map_err(|error| unreadable(error.error()))?;
    file.seek(SeekFrom::Start(0))
        .map_err(|error| unreadable(&error))?;
    Input::from_file(name, file)
}

/// Refuses archives that are no workbook, or that unpack to more than can be read.
///
/// # Errors
/// As [`read`].
pub(crate) fn check(stream: impl Read + Seek) -> Result<(), Problem> {
    guard::check(stream)
}

pub(crate) fn problem(error: &XlsxError) -> Problem {
    match error {
        XlsxError::Password => guard::protected(),
        XlsxError::Io(_) | XlsxError::Zip(_) | XlsxError::XmlEof(_) => guard::damaged(),
        error => Problem::fatal(
            "import.workbook",
            format!(
                "this workbook is not written as XLSX is: {}",
                shown(&error.to_string())
            ),
        )
        .hint("open it in a spreadsheet and save it again as .xlsx, or as CSV"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::json::JsonKeys;

    #[test]
    fn told_by_the_names_of_parts_not_by_their_content() {
        let zip = |name: &str, content: &str| {
            let mut bytes = b"PK\x03\x04".to_vec();
            bytes.extend_from_slice(&[0; 22]);
            bytes.push(u8::try_from(name.len()).unwrap());
            bytes.extend_from_slice(&[0; 3]);
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(content.as_bytes());
            bytes
        };
        for (name, content, expected) in [
            ("xl/workbook.xml", "", true),
            ("[Content_Types].xml", "", true),
            ("clients.json", "xl/ [Content_Types].xml", false),
            ("Takeout/Calendar/a.ics", "", false),
        ] {
            let bytes = zip(name, content);
            let head = Head {
                bytes: &bytes,
                text: "",
                nature: Nature::Zip,
                json: JsonKeys::default(),
            };
            assert_eq!(sniff(&head), expected, "{name}");
        }
    }
}
