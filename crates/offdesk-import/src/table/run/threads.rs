//! Reads all rows of a table once, on as many threads as allowed.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::after_mark;
use crate::entry::Sink;
use crate::input::Input;
use crate::options::Options;
use crate::problem::Problem;
use crate::reading::{Reading, Report};
use crate::table::csv::{self, Block, Blocks, Row, Rows, Splitting};
use crate::table::facts::Settled;
use crate::table::header::Header;
use crate::table::plan::Plan;
use crate::table::rows::{RowReader, Stop};

/// One reading of all rows.
pub(super) struct Job<'j> {
    pub(super) plan: &'j Plan,
    pub(super) header: &'j Header,
    pub(super) settled: Settled,
    pub(super) splitting: Splitting,
    pub(super) is_complete: bool,
}

/// What a thread has read, and the first line it read as Windows-1252.
type Part = (Report, Box<dyn Sink>, Option<u64>);

impl Job<'_> {
    /// Reads all rows on as many threads as allowed; block `i` goes to thread `i` modulo their number, so the
    /// result does not depend on their speed.
    pub(super) fn run(&self, input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Stop> {
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
