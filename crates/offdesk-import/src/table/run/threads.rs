//! Reads all rows of a table once, on as many threads as allowed.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use super::after_mark;
use crate::entry::Sink;
use crate::input::Input;
use crate::options::Options;
use crate::problem::Problem;
use crate::reading::{Reading, Report};
use crate::table::csv::{self, Block, Blocks, Marks, Row, Rows, Splitting};
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

/// Why a thread stopped, and in which block.
type Halt = (u64, Stop);

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
        let blocks = Blocks::new(after_mark(input)?, self.header.dialect, self.splitting, 1);
        let queue = Queue::new(blocks, count);
        let sinks: Vec<Box<dyn Sink>> = (0..count).map(|_| reading.fork_sink()).collect();
        let options = reading.options;
        let parts: Vec<Result<Part, Halt>> = thread::scope(|scope| {
            let mut workers = Vec::new();
            let mut sinks = sinks.into_iter().enumerate();
            let own = sinks.next();
            for (index, sink) in sinks {
                let queue = &queue;
                workers.push(scope.spawn(move || self.work(index, queue, sink, options)));
            }
            let own = own.map(|(index, sink)| self.work(index, &queue, sink, options));
            own.into_iter()
                .chain(workers.into_iter().map(joined))
                .collect()
        });
        let mut good = Vec::new();
        let mut halts = Vec::new();
        for part in parts {
            match part {
                Ok(part) => good.push(part),
                Err(halt) => halts.push(halt),
            }
        }
        // All that was read before a halt is worked off, so the first halt of the file is always the same.
        if let Some((_, stop)) = halts.into_iter().min_by_key(|(block, _)| *block) {
            return Err(stop);
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

    fn work(
        &self,
        index: usize,
        queue: &Queue<'_>,
        mut sink: Box<dyn Sink>,
        options: &Options<'_>,
    ) -> Result<Part, Halt> {
        let _turn = Turn(queue);
        let mut reading = Reading::new(options, &mut *sink);
        reading.set_careful(self.splitting == Splitting::Careful);
        let mut reader = RowReader::new(self.plan, self.settled, self.is_complete, &reading);
        let mut to_skip = if index == 0 {
            self.header.rows_before_data
        } else {
            0
        };
        let mut marks = Marks::default();
        let mut first_foreign = None;
        // One block ahead, so that no thread waits for another's turn while it could work.
        let (mut block, mut ahead) = (Block::default(), Block::default());
        let mut current = queue.take(index, &mut block);
        while let Some(number) = current.map_err(|halt| queue.halt(halt))? {
            let next = queue.take(index, &mut ahead);
            let read = self.read_block(&block, &mut marks, &mut reader, &mut reading, &mut to_skip);
            let foreign = read.map_err(|stop| queue.halt((number, stop)))?;
            first_foreign = first_foreign.or(foreign);
            current = next;
            std::mem::swap(&mut block, &mut ahead);
        }
        let report = reading.finish();
        Ok((report, sink, first_foreign))
    }

    /// Reads the rows of a block; gives the first line read as Windows-1252.
    fn read_block(
        &self,
        block: &Block,
        marks: &mut Marks,
        reader: &mut RowReader<'_>,
        reading: &mut Reading<'_>,
        to_skip: &mut usize,
    ) -> Result<Option<u64>, Stop> {
        let dialect = self.header.dialect;
        let csv::BlockText { text, foreign } = csv::text_of(block, dialect);
        let marks = self.splitting.marks(marks, &text, dialect);
        for line in csv::controls_in(block, dialect, marks)? {
            let message = "there is a control character in this row; it is passed over";
            reading.problem(Problem::note("import.control_char", message).at(line));
        }
        let mut rows = Rows::new(&text, block.first_line, dialect, marks);
        let mut row = Row::default();
        let before = reading.report.rows;
        while rows.next(&mut row) {
            if *to_skip > 0 {
                *to_skip -= 1;
            } else {
                reader.row(&row, reading)?;
            }
        }
        let bytes = u64::try_from(block.bytes.len()).unwrap_or(0);
        reading.progress(bytes, reading.report.rows - before)?;
        Ok(foreign)
    }
}

/// The blocks of a stream, taken by the threads in turn: each reads its own, so the bytes stay in its processor's cache.
struct Queue<'s> {
    state: Mutex<State<'s>>,
    turned: Condvar,
    threads: usize,
}

struct State<'s> {
    blocks: Blocks<'s>,
    taken: usize,
    is_done: bool,
    /// Threads that wait for their turn.
    waiting: usize,
}

impl<'s> Queue<'s> {
    fn new(blocks: Blocks<'s>, threads: usize) -> Self {
        Self {
            state: Mutex::new(State {
                blocks,
                taken: 0,
                is_done: false,
                waiting: 0,
            }),
            turned: Condvar::new(),
            threads,
        }
    }

    /// Takes a thread's next block and gives its number; `None` at the end, or where another thread has halted.
    fn take(&self, index: usize, block: &mut Block) -> Result<Option<u64>, Halt> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !state.is_done && state.taken % self.threads != index {
            state.waiting += 1;
            state = self
                .turned
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
        if state.is_done {
            return Ok(None);
        }
        let number = u64::try_from(state.taken).unwrap_or(u64::MAX);
        let result = state.blocks.next(block);
        state.taken += 1;
        state.is_done = !matches!(result, Ok(true));
        let is_awaited = state.waiting > 0;
        drop(state);
        if is_awaited {
            self.turned.notify_all();
        }
        match result {
            Ok(is_filled) => Ok(is_filled.then_some(number)),
            Err(problem) => Err((number, problem.into())),
        }
    }

    /// Ends the reading for all threads, and hands the reason on.
    fn halt(&self, halt: Halt) -> Halt {
        self.end();
        halt
    }

    fn end(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_done = true;
        drop(state);
        self.turned.notify_all();
    }
}

/// Lets the other threads go on where one is unwinding.
struct Turn<'q, 's>(&'q Queue<'s>);

impl Drop for Turn<'_, '_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.end();
        }
    }
}

fn joined(worker: thread::ScopedJoinHandle<'_, Result<Part, Halt>>) -> Result<Part, Halt> {
    match worker.join() {
        Ok(part) => part,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
