//! Reads the files of an audit, several side by side, each into a collector of its own.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use offdesk_domain::EntryKind;
use offdesk_import::{Input, Options, Problem, Report};

use super::collector::{Aids, Collector, Job};

/// A file to read, or why it could not be opened, with its name.
type Opened = Result<Input, (String, Problem)>;
/// What was read of a file, or why nothing was, with its name.
type Read = Result<(Report, Collector), (String, Problem)>;

/// Reads all files on as many threads as allowed; the answers come in the order of the files.
pub(super) fn read_all(inputs: Vec<Opened>, options: &Options<'_>, job: &Arc<Job>) -> Vec<Read> {
    let count = options.threads.min(inputs.len()).max(1);
    let queue = Mutex::new(inputs.into_iter().enumerate());
    let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        let mut own = Vec::new();
        let mut aids = Aids::default();
        while let Some((number, input)) = take() {
            own.push((number, read_one(input, options, job, &mut aids)));
        }
        own
    };
    let mut read = thread::scope(|scope| {
        let others: Vec<_> = (1..count).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for other in others {
            match other.join() {
                Ok(part) => all.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    read.sort_unstable_by_key(|(number, _)| *number);
    read.into_iter().map(|(_, read)| read).collect()
}

/// What helped to read the files before helps with this one, too.
fn read_one(input: Opened, options: &Options<'_>, job: &Arc<Job>, aids: &mut Aids) -> Read {
    let mut input = input?;
    let mut collector = Collector::with(Arc::clone(job), std::mem::take(aids));
    match offdesk_import::read(&mut input, options, &mut collector) {
        Ok(report) => {
            *aids = collector.end(report.kind.unwrap_or(EntryKind::Measured));
            Ok((report, collector))
        }
        Err(problem) => Err((input.name().to_owned(), problem)),
    }
}
