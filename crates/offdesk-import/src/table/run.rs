//! Reads a whole table: header, plan, facts, then all rows on several threads.

use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::entry::Sink;
use crate::formats::{generic, xlsx};
use crate::input::{Input, unreadable};
use crate::options::{DateOrder, Field, Options};
use crate::problem::Problem;
use crate::reading::{Reading, Report};
use crate::table::csv::{self, Block, Blocks, Row, Rows, Splitting};
use offdesk_domain::EntryKind;

use crate::table::facts::{Facts, Settled, range_in_name};
use crate::table::header::{self, Header};
use crate::table::layout::Layout;
use crate::table::plan::Plan;
use crate::table::rows::{RowReader, Stop};
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
    let has_days = reading.report.days.is_some();
    reading.report.has_totals = !has_days || plan.has(Field::EndDate);
    if has_days || reading.report.entries == 0 {
        return Ok(());
    }
    if reading.report.kind == Some(EntryKind::Remembered) {
        return Ok(());
    }
    let asked = reading.options.from.zip(reading.options.to);
    let Some((from, to)) = asked.or_else(|| range_in_name(input.file_name())) else {
        return Err(Problem::fatal(
            "import.no_period",
            "these are totals without dates, and the name of the file does not say which days they cover",
        )
        .hint("say which:  --from 2026-01-05 --to 2026-03-27  (or export the detailed report)"));
    };
    reading.report.days = Some((from, to));
    reading.decide(format!("totals from {from} to {to}"));
    Ok(())
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
    if reading.options.zone.is_none() && plan.has(Field::Start) && reading.report.entries > 0 {
        reading.decide("times without a zone, taken as they stand");
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
        let (text, _) = csv::text_of(&block, dialect)?;
        let mut rows = Rows::new(&text, block.first_line, dialect);
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

/// One reading of all rows.
struct Job<'j> {
    plan: &'j Plan,
    header: &'j Header,
    settled: Settled,
    splitting: Splitting,
    is_complete: bool,
}

/// What a thread has read, and the first line it read as Windows-1252.
type Part = (Report, Box<dyn Sink>, Option<u64>);

impl Job<'_> {
    /// Reads all rows on as many threads as allowed; block `i` goes to thread `i` modulo their number, so the
    /// result does not depend on their speed.
    fn run(&self, input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Stop> {
        let is_small = input.length() < 1 << 20;
        let count = if is_small || self.splitting == Splitting::Careful {
            1
        } else {
            reading.options.threads.max(1)
        };
        let mut blocks = Blocks::new(after_mark(input)?, self.header.dialect, self.splitting, 1);
        let parts: Vec<Result<Part, Stop>> = thread::scope(|scope| {
            let mut senders = Vec::new();
            let mut workers = Vec::new();
            let mut recycled = Vec::new();
            for index in 0..count {
                let (sender, receiver) = sync_channel::<Block>(1);
                let (back, empties) = sync_channel::<Block>(3);
                let sink = reading.fork_sink();
                let options = reading.options;
                workers
                    .push(scope.spawn(move || self.work(index, &receiver, &back, sink, options)));
                senders.push(sender);
                recycled.push(empties);
            }
            let fed = self.feed(&mut blocks, &senders, &recycled);
            drop(senders);
            let mut parts: Vec<Result<Part, Stop>> = workers.into_iter().map(joined).collect();
            if let Err(problem) = fed {
                parts.insert(0, Err(Stop::from(problem)));
            }
            parts
        });
        let mut good = Vec::new();
        for part in parts {
            good.push(part?);
        }
        let foreign = good.iter().filter_map(|(_, _, line)| *line).min();
        if let Some(line) = foreign {
            reading.decide("Windows-1252");
            reading.note_foreign(line);
        }
        for (mut report, sink, _) in good {
            // Each thread decides the same: said once.
            for decision in std::mem::take(&mut report.decisions) {
                reading.decide(decision);
            }
            reading.absorb(report, sink);
        }
        Ok(())
    }

    fn feed(
        &self,
        blocks: &mut Blocks<'_>,
        senders: &[SyncSender<Block>],
        recycled: &[Receiver<Block>],
    ) -> Result<(), Problem> {
        for (sender, empties) in senders.iter().zip(recycled).cycle() {
            let mut block = empties.try_recv().unwrap_or_default();
            if !blocks.next(&mut block)? || sender.send(block).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn work(
        &self,
        index: usize,
        blocks: &Receiver<Block>,
        back: &SyncSender<Block>,
        mut sink: Box<dyn Sink>,
        options: &Options<'_>,
    ) -> Result<Part, Stop> {
        let dialect = self.header.dialect;
        let mut reading = Reading::new(options, &mut *sink);
        reading.set_careful(self.splitting == Splitting::Careful);
        let mut reader = RowReader::new(self.plan, self.settled, self.is_complete, &reading);
        let mut to_skip = if index == 0 {
            self.header.rows_before_data
        } else {
            0
        };
        let mut first_foreign = None;
        while let Ok(block) = blocks.recv() {
            let (text, foreign) = csv::text_of(&block, dialect)?;
            first_foreign = first_foreign.or(foreign);
            let mut rows = Rows::new(&text, block.first_line, dialect);
            let mut row = Row::default();
            let before = reading.report.rows;
            while rows.next(&mut row) {
                if to_skip > 0 {
                    to_skip -= 1;
                } else {
                    reader.row(&row, &mut reading)?;
                }
            }
            let bytes = u64::try_from(block.bytes.len()).unwrap_or(0);
            reading.progress(bytes, reading.report.rows - before)?;
            // The reader takes emptied blocks back while it is running; afterwards they may go.
            let _ = back.try_send(block_emptied(block));
        }
        let report = reading.finish();
        Ok((report, sink, first_foreign))
    }
}

fn block_emptied(mut block: Block) -> Block {
    block.bytes.clear();
    block
}

fn joined(worker: thread::ScopedJoinHandle<'_, Result<Part, Stop>>) -> Result<Part, Stop> {
    match worker.join() {
        Ok(part) => part,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// The stream behind a byte order mark.
fn after_mark(input: &mut Input) -> Result<&mut dyn Read, Problem> {
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
