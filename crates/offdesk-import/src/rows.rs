//! Any table as rows of text, one after the other: a table with commas or tabs, or every sheet of a workbook. Nothing is known of what it means.

use std::io::{BufRead, BufReader, Read, Seek};

use calamine::{DataRef, Reader as _, Xlsx};

use crate::formats::xlsx;
use crate::input::{Input, unreadable};
use crate::problem::Problem;

/// Cells of a row that are kept.
const MOST_COLUMNS: usize = 512;

/// A row.
#[derive(Debug, Clone, Copy)]
pub struct TextRow<'r> {
    /// The sheet it is in; empty in a CSV.
    pub sheet: &'r str,
    /// Its number, from 1.
    pub number: u64,
    /// Its cells as text; numbers as a spreadsheet keeps them.
    pub cells: &'r [String],
}

/// Hands every row to `visit`, which says whether it wants more.
///
/// # Errors
/// `import.zip_bomb`, `import.protected`, `import.truncated`, `import.workbook`, `import.unreadable`, `import.encoding`,
/// and what `visit` refuses.
pub fn each(
    input: &mut Input,
    visit: &mut dyn FnMut(TextRow<'_>) -> Result<bool, Problem>,
) -> Result<(), Problem> {
    if input.head()?.starts_with(b"PK\x03\x04") {
        xlsx::check(input.start()?)?;
        let book =
            Xlsx::new(BufReader::new(input.start()?)).map_err(|error| xlsx::problem(&error))?;
        return each_of_book(book, visit);
    }
    each_of_csv(input.start()?, visit)
}

fn each_of_book<S: Read + Seek>(
    mut book: Xlsx<S>,
    visit: &mut dyn FnMut(TextRow<'_>) -> Result<bool, Problem>,
) -> Result<(), Problem> {
    for sheet in book.sheet_names() {
        let mut reader = book
            .worksheet_cells_reader(&sheet)
            .map_err(|error| xlsx::problem(&error))?;
        let mut row: Vec<String> = Vec::new();
        let mut at = None;
        loop {
            let cell = reader.next_cell().map_err(|error| xlsx::problem(&error))?;
            let place = cell.as_ref().map(calamine::Cell::get_position);
            if let Some(known) = at
                && place.is_none_or(|(number, _)| number != known)
            {
                let row_of = TextRow {
                    sheet: &sheet,
                    number: u64::from(known) + 1,
                    cells: &row,
                };
                if !visit(row_of)? {
                    return Ok(());
                }
                row.clear();
            }
            let (Some(cell), Some((number, column))) = (cell, place) else {
                break;
            };
            at = Some(number);
            let column = usize::try_from(column).unwrap_or(MOST_COLUMNS);
            if column >= MOST_COLUMNS {
                continue;
            }
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            if let Some(place) = row.get_mut(column) {
                *place = text(cell.get_value());
            }
        }
    }
    Ok(())
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Bool(is_true) => is_true.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTime(at) => at.as_f64().to_string(),
        DataRef::Empty | DataRef::Error(_) => String::new(),
    }
}

fn each_of_csv(
    stream: impl Read,
    visit: &mut dyn FnMut(TextRow<'_>) -> Result<bool, Problem>,
) -> Result<(), Problem> {
    let mut stream = BufReader::new(stream);
    let head = stream.fill_buf().map_err(|error| unreadable(&error))?;
    if head.starts_with(b"\xef\xbb\xbf") {
        stream.consume(3);
    }
    // A table with tabs has no quotes: what looks like one is a sign of its text.
    let head = stream.fill_buf().map_err(|error| unreadable(&error))?;
    let first = head.split(|byte| *byte == b'\n').next();
    let has_tabs = first.is_some_and(|line| line.contains(&b'\t'));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(if has_tabs { b'\t' } else { b',' })
        .quoting(!has_tabs)
        .from_reader(stream);
    let mut record = csv::StringRecord::new();
    let mut number = 0;
    loop {
        let has_more = reader.read_record(&mut record).map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            Problem::fatal(
                "import.encoding",
                format!("this table cannot be read: {error}"),
            )
            .at(line)
        })?;
        if !has_more {
            return Ok(());
        }
        number = record.position().map_or(number + 1, csv::Position::line);
        let cells: Vec<String> = record
            .iter()
            .take(MOST_COLUMNS)
            .map(|cell| cell.trim().to_owned())
            .collect();
        let row = TextRow {
            sheet: "",
            number,
            cells: &cells,
        };
        if !visit(row)? {
            return Ok(());
        }
    }
}
