//! Finds the header of a table: delimiter, lines before it, the layout it belongs to.

use crate::detect::layout_of;
use crate::problem::Problem;
use crate::table::cell;
use crate::table::csv::{Dialect, Row, Rows};
use crate::table::grid;
use crate::table::layout::Layout;
use crate::table::words;
use crate::text::date;

/// A header is within the first so many rows.
const WITHIN: usize = 20;
/// A header with more columns than this is not one.
const MOST_COLUMNS: usize = 512;

/// The header of a table.
#[derive(Debug, Clone)]
pub struct Header {
    /// How the records are written.
    pub dialect: Dialect,
    /// Rows before the first row with data: titles and the header itself.
    pub rows_before_data: usize,
    /// Line of the header.
    pub line: u64,
    /// The names as in the file.
    pub names: Vec<String>,
    /// The names in lower case with single spaces, as layouts write them.
    pub keys: Vec<String>,
    /// The known layout, if any.
    pub layout: Option<&'static Layout>,
    /// The cells of the rows above the header.
    pub titles: Vec<String>,
}

/// Lower case, spaces collapsed, no byte order mark: what header names are compared by.
#[must_use]
pub fn key(name: &str) -> String {
    let clean = name.trim_start_matches('\u{feff}');
    clean
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// Finds the header in the first 64 KiB of a text.
///
/// # Errors
/// `import.no_header` where no row looks like one; `import.too_wide` for more than 512 columns.
pub fn find(head: &str, asked: Option<&'static Layout>) -> Result<Header, Problem> {
    let end = if head.contains('\n') || !head.contains('\r') {
        b'\n'
    } else {
        b'\r'
    };
    let (declared, head_lines) = declared_delimiter(head);
    let candidates: Vec<u8> = declared.map_or_else(
        || vec![b',', b';', b'\t', b'|'],
        |delimiter| vec![delimiter],
    );
    let mut best: Option<(Likeness, Header)> = None;
    for delimiter in candidates {
        let rows = first_rows(head, Dialect { delimiter, end });
        let header = known(&rows, asked).or_else(|| headless(&rows, asked));
        if let Some((index, layout)) = header {
            let dialect = Dialect { delimiter, end };
            return made(dialect, &rows, index, Some(layout));
        }
        if let Some((score, index)) = widest(&rows, head_lines) {
            let is_better = best.as_ref().is_none_or(|(best, _)| score > *best);
            if is_better {
                best = Some((
                    score,
                    made(Dialect { delimiter, end }, &rows, index, asked)?,
                ));
            }
        }
    }
    if let Some((_, header)) = best {
        return Ok(header);
    }
    let delimiters = [b',', b';', b'\t', b'|'];
    let unnamed = delimiters.map(|delimiter| unnamed(head, Dialect { delimiter, end }));
    let widest = unnamed
        .into_iter()
        .flatten()
        .max_by_key(|header| header.names.len());
    widest.ok_or_else(|| {
        Problem::fatal(
            "import.no_header",
            "I found no table with a header line in this file",
        )
        .hint("the first line should name the columns, such as: date,hours,project,notes")
    })
}

/// `sep=;` on the first line, as some spreadsheets write it; and the number of such lines.
fn declared_delimiter(head: &str) -> (Option<u8>, usize) {
    let first = head
        .lines()
        .next()
        .unwrap_or("")
        .trim_start_matches('\u{feff}')
        .trim_matches('"');
    match first.strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) => (Some(*delimiter), 1),
        Some([]) => (Some(b'\t'), 1),
        _ => (None, 0),
    }
}

type Cells = (u64, Vec<String>);

/// The first rows, without the last one, which may be cut.
fn first_rows(head: &str, dialect: Dialect) -> Vec<Cells> {
    let mut rows = Rows::new(head, 1, dialect, None);
    let mut row = Row::default();
    let mut out = Vec::new();
    while out.len() < WITHIN + 5 && rows.next(&mut row) {
        out.push((row.line, row.iter().map(str::to_owned).collect()));
    }
    out
}

fn known(rows: &[Cells], asked: Option<&'static Layout>) -> Option<(usize, &'static Layout)> {
    rows.iter()
        .take(WITHIN)
        .enumerate()
        .find_map(|(index, (_, cells))| {
            let keys: Vec<String> = cells.iter().map(|name| key(name)).collect();
            let layout = match asked {
                Some(asked) => asked.matches(&keys).then_some(asked),
                None => layout_of(&keys),
            };
            layout.map(|layout| (index, layout))
        })
}

/// A known table without a header line: as many columns, a date and time first, a number last.
fn headless(rows: &[Cells], asked: Option<&'static Layout>) -> Option<(usize, &'static Layout)> {
    let (_, first) = rows.first()?;
    let fits = |layout: &&'static Layout| {
        layout
            .headless
            .is_some_and(|names| names.len() == first.len())
            && first
                .first()
                .is_some_and(|cell| date::date_time(cell).is_some_and(|at| at.time.is_some()))
            && first.last().is_some_and(|cell| {
                !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            })
    };
    let layouts = crate::formats::LAYOUTS.iter().copied();
    let layout = match asked {
        Some(asked) => Some(asked).filter(fits),
        None => layouts.into_iter().find(fits),
    }?;
    Some((usize::MAX, layout))
}

/// How much a row looks like a header: names known for columns (more than three say no more), then the fields of
/// the rows below it that are as wide.
type Likeness = (usize, usize);

/// The row that looks most like a header where no layout is known: it holds names rather than values.
fn widest(rows: &[Cells], skip: usize) -> Option<(Likeness, usize)> {
    let mut best: Option<(Likeness, usize)> = None;
    for (index, (_, cells)) in rows.iter().take(WITHIN).enumerate().skip(skip) {
        // A row of values as full above it: this is one of its fellows, not the header.
        let is_below_values = rows.iter().take(index).any(|(_, row)| {
            filled(row) >= filled(cells)
                && row.iter().any(|cell| cell::is_date(cell))
                && !grid::is_header(row)
        });
        let names = named_part(cells);
        if is_below_values || !(is_names(names) || grid::is_header(names)) {
            continue;
        }
        let known = names.iter().filter(|name| words::is_column(name)).count();
        let below = rows.iter().skip(index + 1);
        let as_wide = below
            .clone()
            .filter(|(_, row)| row.len().abs_diff(cells.len()) <= 1)
            .count();
        let count = below.count();
        if count > 0 && as_wide == 0 {
            continue;
        }
        let likeness = (
            known.min(3),
            names.len() * (as_wide + 1) * 100 / (count + 1),
        );
        if best.is_none_or(|(known, _)| likeness > known) {
            best = Some((likeness, index));
        }
    }
    best
}

fn filled(cells: &[String]) -> usize {
    cells.iter().filter(|cell| !cell.is_empty()).count()
}

/// The cells up to the last one that is not empty.
fn named_part(cells: &[String]) -> &[String] {
    let end = cells
        .iter()
        .rposition(|cell| !cell.is_empty())
        .map_or(0, |last| last + 1);
    cells.get(..end).unwrap_or_default()
}

/// Whether the cells are names: at least two, and more than half of them, and no date or number.
fn is_names(cells: &[String]) -> bool {
    let is_value = |cell: &&String| {
        cell::is_date(cell)
            || (cell.chars().any(|c| c.is_ascii_digit()) && !cell.chars().any(char::is_alphabetic))
    };
    let names = cells
        .iter()
        .filter(|cell| cell.chars().any(char::is_alphabetic))
        .count();
    names >= 2 && names * 2 >= cells.len() && !cells.iter().any(|cell| is_value(&cell))
}

/// A table whose first row is data already: its columns are named by their numbers.
fn unnamed(head: &str, dialect: Dialect) -> Option<Header> {
    let rows = first_rows(head, dialect);
    let (_, first) = rows.first()?;
    let is_even = rows
        .iter()
        .filter(|(_, row)| row.len() == first.len())
        .count()
        * 10
        >= rows.len() * 8;
    let is_table = (3..=MOST_COLUMNS).contains(&first.len())
        && is_even
        && first.iter().any(|cell| cell::is_date(cell));
    let names: Vec<String> = (1..=first.len()).map(|number| number.to_string()).collect();
    is_table.then(|| Header {
        dialect,
        rows_before_data: 0,
        line: 0,
        keys: names.clone(),
        names,
        layout: None,
        titles: Vec::new(),
    })
}

fn made(
    dialect: Dialect,
    rows: &[Cells],
    index: usize,
    layout: Option<&'static Layout>,
) -> Result<Header, Problem> {
    let (rows_before_data, line, names) = match rows.get(index) {
        Some((line, names)) => (index + 1, *line, named_part(names).to_vec()),
        None => {
            let names = layout.and_then(|l| l.headless).unwrap_or_default();
            (0, 0, names.iter().map(|name| (*name).to_owned()).collect())
        }
    };
    if names.len() > MOST_COLUMNS {
        return Err(Problem::fatal(
            "import.too_wide",
            format!("this table has {} columns; I read at most 512", names.len()),
        ));
    }
    let keys = names.iter().map(|name| key(name)).collect();
    let above = if line == 0 { 0 } else { index };
    let titles = rows.iter().take(above).flat_map(|(_, cells)| cells.clone());
    Ok(Header {
        dialect,
        rows_before_data,
        line,
        names,
        keys,
        layout,
        titles: titles.filter(|cell| !cell.is_empty()).collect(),
    })
}
