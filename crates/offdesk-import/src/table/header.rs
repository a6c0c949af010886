//! Finds the header of a table: delimiter, lines before it, the layout it belongs to.

use crate::detect::layout_of;
use crate::problem::Problem;
use crate::table::csv::{Dialect, Row, Rows};
use crate::table::layout::Layout;
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
    let mut best: Option<(usize, Header)> = None;
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
    best.map(|(_, header)| header).ok_or_else(|| {
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
    let mut rows = Rows::new(head, 1, dialect);
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

/// The row that looks most like a header where no layout is known: the widest whose next row is as wide, and
/// which holds words rather than numbers or dates. The score is its width.
fn widest(rows: &[Cells], skip: usize) -> Option<(usize, usize)> {
    let mut best = None;
    for (index, (_, cells)) in rows.iter().take(WITHIN).enumerate().skip(skip) {
        let words = cells.iter().filter(|cell| is_word(cell)).count();
        let next = rows.get(index + 1).map_or(0, |(_, cells)| cells.len());
        let is_consistent = next == 0 || next.abs_diff(cells.len()) <= 1;
        if words >= 2
            && words * 2 >= cells.len()
            && is_consistent
            && best.is_none_or(|(score, _)| cells.len() > score)
        {
            best = Some((cells.len(), index));
        }
    }
    best
}

fn is_word(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().any(char::is_alphabetic) && date::date_time(cell).is_none()
}

fn made(
    dialect: Dialect,
    rows: &[Cells],
    index: usize,
    layout: Option<&'static Layout>,
) -> Result<Header, Problem> {
    let (rows_before_data, line, names) = match rows.get(index) {
        Some((line, names)) => (index + 1, *line, names.clone()),
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
    Ok(Header {
        dialect,
        rows_before_data,
        line,
        names,
        keys,
        layout,
    })
}
