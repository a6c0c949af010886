//! One sheet cell by cell, as text of a table: what a cell holds is told by its type, not by how it is shown.

use std::collections::VecDeque;
use std::io::{Read, Seek, Write};

use calamine::{DataRef, ExcelDateTime, Xlsx, XlsxError};
use offdesk_domain::Day;

use crate::formats::xlsx::problem;
use crate::input::unreadable;
use crate::problem::Problem;
use crate::table::cell;

/// More columns are no table of times.
const MOST_COLUMNS: u32 = 512;
/// Rows of the largest sheet a spreadsheet can make.
const MOST_ROWS: u32 = 1_048_576;
/// The written table.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// Merged cells looked at, and the rows one may span.
const MOST_MERGES: usize = 10_000;
const LONGEST_MERGE: u32 = 1000;
/// Numbers of days below this are lengths or times of day: as dates they would lie before 1903.
const FIRST_DATE: f64 = 1000.0;
/// 1970-01-01 as a number of days since 1900, and what the numbering since 1904 lacks.
const EPOCH: i64 = 25_569;
const SINCE_1904: i64 = 1462;

/// What a sheet holds.
#[derive(Debug, Default, Clone, Copy)]
pub struct Content {
    /// Cells that hold a date.
    pub dates: u64,
    /// Cells that are not empty.
    pub cells: u64,
    /// Columns up to the last that is not empty.
    pub width: u32,
}

/// Counts a sheet's cells.
///
/// # Errors
/// As the workbook's reader.
pub fn content<S: Read + Seek>(book: &mut Xlsx<S>, sheet: &str) -> Result<Content, XlsxError> {
    let is_1904 = book.has_1904_epoch();
    let mut found = Content::default();
    let mut cells = book.worksheet_cells_reader(sheet)?;
    while let Some(cell) = cells.next_cell()? {
        let is_date = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::DateTime(at) => at.is_datetime() && at.as_f64() >= FIRST_DATE,
            DataRef::DateTimeIso(_) => true,
            DataRef::String(text) => cell::is_date(text),
            DataRef::SharedString(text) => cell::is_date(text),
            _ => false,
        };
        found.dates += u64::from(is_date);
        if !text_of(cell.get_value(), is_1904).is_empty() {
            found.cells += 1;
            found.width = found.width.max(cell.get_position().1.saturating_add(1));
        }
    }
    Ok(found)
}

/// A cell merged over rows: what it says holds for all of them.
struct Merge {
    column: u32,
    from: u32,
    to: u32,
    text: String,
}

/// Writes a sheet as a table: every cell quoted, a line for each row, also for empty ones.
///
/// # Errors
/// `import.too_wide`, `import.zip_bomb`, `import.workbook`, `import.unreadable`.
pub fn write<S: Read + Seek>(
    book: &mut Xlsx<S>,
    sheet: &str,
    width: u32,
    out: &mut impl Write,
) -> Result<(), Problem> {
    if width > MOST_COLUMNS {
        return Err(Problem::fatal(
            "import.too_wide",
            format!("this sheet has {width} columns; I read at most {MOST_COLUMNS}"),
        ));
    }
    let is_1904 = book.has_1904_epoch();
    let mut writer = Writer {
        out,
        width,
        line: 0,
        written: 0,
        merges: merges(book, sheet).map_err(|error| problem(&error))?,
        open: Vec::new(),
    };
    let mut row: Vec<(u32, String, bool)> = Vec::new();
    let mut current = 0;
    let mut cells = book
        .worksheet_cells_reader(sheet)
        .map_err(|error| problem(&error))?;
    while let Some(cell) = cells.next_cell().map_err(|error| problem(&error))? {
        let (at, column) = cell.get_position();
        if at < current || at >= MOST_ROWS {
            return Err(Problem::fatal(
                "import.workbook",
                "the rows of this sheet are not in order",
            )
            .hint("open it in a spreadsheet and save it again"));
        }
        if at > current {
            writer.row(current, &mut row)?;
            current = at;
        }
        let text = text_of(cell.get_value(), is_1904);
        if !text.is_empty() {
            row.push((column, text, stands_for_all(cell.get_value())));
        }
    }
    writer.row(current, &mut row)
}

/// The cells merged over several rows, by their first row.
fn merges<S: Read + Seek>(book: &mut Xlsx<S>, sheet: &str) -> Result<VecDeque<Merge>, XlsxError> {
    let all = book.merge_cells_by_sheet_name(sheet)?;
    let mut found: Vec<Merge> = all
        .into_iter()
        .filter(|area| area.end.0 > area.start.0 && area.end.0 - area.start.0 <= LONGEST_MERGE)
        .take(MOST_MERGES)
        .map(|area| Merge {
            column: area.start.1,
            from: area.start.0,
            to: area.end.0,
            text: String::new(),
        })
        .collect();
    found.sort_by_key(|merge| merge.from);
    Ok(found.into())
}

/// A merged date or name stands for all its rows; a merged number counts once.
fn stands_for_all(value: &DataRef<'_>) -> bool {
    match value {
        DataRef::String(_) | DataRef::SharedString(_) | DataRef::DateTimeIso(_) => true,
        DataRef::DateTime(at) => at.is_datetime() && at.as_f64() >= FIRST_DATE,
        _ => false,
    }
}

struct Writer<'w, W> {
    out: &'w mut W,
    width: u32,
    line: u32,
    written: u64,
    merges: VecDeque<Merge>,
    open: Vec<Merge>,
}

impl<W: Write> Writer<'_, W> {
    /// Writes a row and the empty ones before it; empties it.
    fn row(&mut self, at: u32, cells: &mut Vec<(u32, String, bool)>) -> Result<(), Problem> {
        if cells.is_empty() {
            return Ok(());
        }
        while self.line < at {
            self.put("\n")?;
            self.line += 1;
        }
        self.fill(at, cells);
        cells.sort_by_key(|(column, ..)| *column);
        let mut cells_left = cells.drain(..).peekable();
        let mut line = String::new();
        for column in 0..self.width {
            if column > 0 {
                line.push(',');
            }
            while let Some((_, text, _)) = cells_left.next_if(|(at, ..)| *at <= column) {
                line.push('"');
                for c in text.chars() {
                    match c {
                        '"' => line.push_str("\"\""),
                        '\n' | '\r' => line.push(' '),
                        c => line.push(c),
                    }
                }
                line.push('"');
                // Two cells in one place are no table; the first counts.
                while cells_left.next_if(|(at, ..)| *at <= column).is_some() {}
            }
        }
        drop(cells_left);
        line.push('\n');
        self.line += 1;
        self.put(&line)
    }

    /// Puts what merged cells above say into a row that has something of its own.
    fn fill(&mut self, at: u32, cells: &mut Vec<(u32, String, bool)>) {
        self.open.retain(|merge| merge.to >= at);
        let before = cells.len();
        for merge in &self.open {
            let is_there = cells
                .iter()
                .take(before)
                .any(|(column, ..)| *column == merge.column);
            if !is_there {
                cells.push((merge.column, merge.text.clone(), false));
            }
        }
        while self.merges.front().is_some_and(|merge| merge.from <= at) {
            let Some(mut merge) = self.merges.pop_front() else {
                return;
            };
            let own = cells
                .iter()
                .find(|(column, _, stands)| *column == merge.column && *stands);
            if let Some((_, text, _)) = own
                && merge.from == at
            {
                merge.text.clone_from(text);
                self.open.push(merge);
            }
        }
    }

    fn put(&mut self, text: &str) -> Result<(), Problem> {
        self.written += u64::try_from(text.len()).unwrap_or(u64::MAX);
        if self.written > MOST_BYTES {
            return Err(Problem::fatal(
                "import.zip_bomb",
                "this sheet holds more than 512 MiB of text",
            )
            .hint("save the sheet with the times as CSV, and give me that"));
        }
        self.out
            .write_all(text.as_bytes())
            .map_err(|error| unreadable(&error))
    }
}

/// A cell as text.
fn text_of(value: &DataRef<'_>, is_1904: bool) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.is_finite() && number.abs() < 1e15 => number.to_string(),
        DataRef::Float(number) => format!("{number:e}"),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.trim().to_owned()
        }
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(at) => moment(at, is_1904),
        DataRef::Error(error) => error.to_string(),
    }
}

/// A number of days as a length or time of day (`h:mm:ss`), a date, or both; to the second.
fn moment(at: &ExcelDateTime, is_1904: bool) -> String {
    let value = at.as_f64();
    if !value.is_finite() || value.abs() > 3_000_000.0 {
        return value.to_string();
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most 3,000,000 days of seconds"
    )]
    let seconds = (value * 86_400.0).round() as i64;
    let clock = |seconds: i64| {
        format!(
            "{}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        )
    };
    if at.is_duration() || value.abs() < FIRST_DATE {
        let sign = if seconds < 0 { "-" } else { "" };
        return format!("{sign}{}", clock(seconds.abs()));
    }
    if value < 0.0 {
        return value.to_string();
    }
    let shift = if is_1904 { SINCE_1904 } else { 0 };
    let day = Day(i32::try_from(seconds.div_euclid(86_400) + shift - EPOCH).unwrap_or(0));
    match seconds.rem_euclid(86_400) {
        0 => day.to_string(),
        time => format!("{day} {}", clock(time)),
    }
}
