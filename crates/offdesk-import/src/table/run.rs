//! Reads a whole table: header, plan, facts, then all rows on several threads.

mod threads;

use std::io::Read;

use offdesk_domain::EntryKind;

use self::threads::Job;
use crate::formats::{generic, xlsx};
use crate::input::{Input, unreadable};
use crate::options::{DateOrder, Field};
use crate::problem::Problem;
use crate::reading::Reading;
use crate::table::csv::{self, Block, Blocks, Marks, Row, Rows, Splitting};
use crate::table::facts::{Facts, Settled, totals_period};
use crate::table::header::{self, Header};
use crate::table::layout::Layout;
use crate::table::plan::Plan;
use crate::table::rows::{Stop, UNZONED};
use crate::text::{encoding, lines};

/// Reads a table; `layout` is given when the caller named the format.
///
/// # Errors
/// Fatal problems only.
pub fn read(
    layout: Option<&'static Layout>,
    input: &mut Input,
    reading: &mut Reading<'_>,
) -> Result<(), Problem> {
    let head = input.head()?;
    if layout.is_some() && head.starts_with(b"PK\x03\x04") {
        return xlsx::read(layout, input, reading);
    }
    if encoding::is_utf16(&head) {
        let text = lines::decode_utf16(input.start()?)?;
        reading.decide("UTF-16");
        let mut decoded = Input::memory(input.name(), text.into_bytes())?;
        return read(layout, &mut decoded, reading);
    }
    if looks_like_utf16(&head) {
        return Err(Problem::fatal(
            "import.encoding",
            "this file seems to be UTF-16 without a mark",
        )
        .hint("save it as UTF-8"));
    }
    let text = head_text(&head);
    let is_one_line = !head.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
    if is_one_line && input.length() > 1 << 20 {
        return Err(csv::row_too_long().at(1));
    }
    let header = header::find(&text, layout)?;
    match header.layout.or(layout) {
        Some(layout) if !std::ptr::eq(layout, &raw const generic::TABLE) => {
            let plan = Plan::new(layout, &header, reading.options)?;
            read_planned(&plan, &header, input, reading)
        }
        _ => generic::read(&header, input, reading),
    }
}

/// Reads a table whose columns are known.
///
/// # Errors
/// Fatal problems only.
pub fn read_planned(
    plan: &Plan,
    header: &Header,
    input: &mut Input,
    reading: &mut Reading<'_>,
) -> Result<(), Problem> {
    plan.layout.id.clone_into(&mut reading.report.format);
    plan.layout.label.clone_into(&mut reading.report.label);
    reading.report.kind = Some(plan.layout.kind);
    plan.check(input.name())?;
    if !plan.layout.remark.is_empty() {
        reading.decide(plan.layout.remark);
    }
    let rows_before = reading.report.rows;
    let mut splitting = Splitting::Parity;
    let mut is_complete = false;
    loop {
        let (settled, all) = match settle(plan, header, splitting, is_complete, input, reading) {
            Ok(settled) => settled,
            Err(Stop::NeedCare) if splitting == Splitting::Parity => {
                splitting = Splitting::Careful;
                continue;
            }
            Err(stop) => return Err(problem_of(stop)),
        };
        let job = Job {
            plan,
            header,
            settled,
            splitting,
            is_complete: all,
        };
        match job.run(input, reading) {
            Ok(()) => {
                if plan.layout.totals {
                    set_period(plan, input, reading)?;
                }
                say(&settled, plan, reading);
                if reading.report.rows == rows_before {
                    let message = "the table has a header, but no rows";
                    reading.problem(Problem::note("import.no_rows", message).at(header.line));
                }
                return Ok(());
            }
            Err(Stop::NeedFacts) if !all => is_complete = true,
            Err(Stop::NeedCare) if splitting == Splitting::Parity => splitting = Splitting::Careful,
            Err(stop) => return Err(problem_of(stop)),
        }
    }
}

/// The days that totals cover: as the caller says, else as the file's name says; hours a week need none.
fn set_period(plan: &Plan, input: &Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    reading.report.has_totals = reading.report.days.is_none() || plan.has(Field::EndDate);
    if reading.report.kind == Some(EntryKind::Remembered) {
        return Ok(());
    }
    totals_period(input, reading)
}

fn problem_of(stop: Stop) -> Problem {
    match stop {
        Stop::Problem(problem) => *problem,
        Stop::NeedFacts | Stop::NeedCare => {
            Problem::fatal("import.table", "this table contradicts itself")
        }
    }
}

fn say(settled: &Settled, plan: &Plan, reading: &mut Reading<'_>) {
    if let (Some(order @ (DateOrder::Dmy | DateOrder::Mdy)), line) =
        (settled.order, settled.order_line)
    {
        let words = if order == DateOrder::Dmy {
            "day-first dates"
        } else {
            "month-first dates"
        };
        match line {
            Some(line) => reading.decide(format!("{words} (line {line} decides)")),
            None => reading.decide(words),
        }
    }
    if settled.duration.has_decimal_comma {
        reading.decide("decimal comma");
    }
    // Of rows that name zones, the first that does not has said so.
    let may_lack_zones = reading.options.zone.is_none() && !plan.has(Field::Zone);
    if may_lack_zones && plan.has(Field::Start) && reading.report.entries > 0 {
        reading.decide(UNZONED);
    }
}

/// Every row of a table after its header, one after the other; `false` from `row` stops.
///
/// # Errors
/// Fatal problems, and what `row` returns.
pub fn each_row<E: From<Problem>>(
    header: &Header,
    splitting: Splitting,
    input: &mut Input,
    mut row: impl FnMut(&Row<'_>) -> Result<bool, E>,
) -> Result<(), E> {
    let dialect = header.dialect;
    let mut blocks = Blocks::new(after_mark(input)?, dialect, splitting, 1);
    let mut block = Block::default();
    let mut to_skip = header.rows_before_data;
    while blocks.next(&mut block)? {
        let text = csv::text_of(&block, dialect).text;
        let mut marks = Marks::default();
        let marks = splitting.marks(&mut marks, &text, dialect);
        csv::controls_in(&block, dialect, marks)?;
        let mut rows = Rows::new(&text, block.first_line, dialect, marks);
        let mut current = Row::default();
        while rows.next(&mut current) {
            if to_skip > 0 {
                to_skip -= 1;
            } else if !row(&current)? {
                return Ok(());
            }
        }
    }
    Ok(())
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

/// Looks at the rows until the notation of dates and numbers is settled; tells whether all rows were looked at.
fn settle(
    plan: &Plan,
    header: &Header,
    splitting: Splitting,
    is_complete: bool,
    input: &mut Input,
    reading: &Reading<'_>,
) -> Result<(Settled, bool), Stop> {
    let mut facts = Facts::default();
    let mut all = true;
    let file_name = input.file_name().to_owned();
    each_row(header, splitting, input, |row| {
        if row.stray_quote.is_some() && splitting == Splitting::Parity {
            return Err(Stop::NeedCare);
        }
        facts.add(row, plan);
        all = is_complete || !facts.is_settled();
        Ok(all)
    })?;
    Ok((facts.settle(plan, reading.options, &file_name)?, all))
}

/// The stream behind a byte order mark.
fn after_mark(input: &mut Input) -> Result<&mut (dyn Read + Send), Problem> {
    let head = input.head()?;
    let skip = encoding::byte_order_mark(&head).map_or(0, |(_, length)| length);
    let stream = input.start()?;
    let to = std::io::SeekFrom::Start(u64::try_from(skip).unwrap_or(0));
    stream.seek(to).map_err(|error| unreadable(&error))?;
    Ok(stream)
}

/// The head as text, line by line, so that one foreign line or a cut last one does not spoil the others.
fn head_text(head: &[u8]) -> String {
    let skip = encoding::byte_order_mark(head).map_or(0, |(_, length)| length);
    let lines = head.get(skip..).unwrap_or_default();
    let mut text = String::with_capacity(lines.len());
    for line in lines.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        text.push_str(&encoding::decode(line).0);
    }
    text
}

/// Every second byte is zero: text in two-byte characters.
fn looks_like_utf16(head: &[u8]) -> bool {
    let zeros = head.iter().take(200).filter(|byte| **byte == 0).count();
    head.len() >= 8 && zeros * 5 >= head.len().min(200) * 2
}
