//! The second reading of a file: its entries go into the store in batches, several threads side by side.

use std::any::Any;
use std::collections::VecDeque;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::FixedState;
use offdesk_import::{Entry, Input, Options, Progress, Sink};
use offdesk_store::entries::{EntryRow, insert_entries};
use offdesk_store::sources::SourceRow;
use offdesk_store::{Pending, Scope, Store, Uuid, WorkspaceId};

use super::of_problem;
use super::scanning::{Keys, WordingIds, beginning, kept, other_key};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

/// Entries of a batch.
const BATCH: usize = 2_000;
/// So many batches of a thread wait to be written.
const WAITING: usize = 2;

/// Writes the entries of a file.
pub fn write_entries(
    store: &Arc<Store>,
    workspace: WorkspaceId,
    source: &SourceRow,
    input: &mut Input,
    options: &Options<'_>,
    wordings: WordingIds,
    moment: Moment,
) -> Result<(), Error> {
    let failed = Arc::new(Mutex::new(None));
    let job = Arc::new(Job {
        store: Arc::clone(store),
        workspace,
        source: source.id,
        wordings,
        ids: Ids::new(moment),
        failed: Arc::clone(&failed),
    });
    let watch = Watch {
        failed: Arc::clone(&failed),
        watching: options.progress,
    };
    let options = Options {
        progress: &watch,
        ..options.clone()
    };
    let mut writer = Writer::new(job);
    let read = offdesk_import::read(input, &options, &mut writer);
    writer.flush();
    writer.wait_for(0);
    let first = failed.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(error) = first {
        return Err(error);
    }
    let report = read.map_err(|problem| of_problem(&problem))?;
    if report.entries != source.entries {
        return Err(Error::new(
            ErrorKind::Conflict,
            "import.changed",
            "the file was changed while it was read",
        )
        .hint("import it again"));
    }
    Ok(())
}

struct Job {
    store: Arc<Store>,
    workspace: WorkspaceId,
    source: Uuid,
    wordings: WordingIds,
    ids: Ids,
    failed: Arc<Mutex<Option<Error>>>,
}

/// Ids of entries in the order in which they are written, so that each is added behind the last and not somewhere between.
struct Ids {
    millis: u64,
    salt: [u8; 5],
    next: AtomicU64,
}

impl Ids {
    fn new(moment: Moment) -> Self {
        let mut salt = [0; 5];
        (moment.random)(&mut salt);
        Self {
            millis: u64::try_from(moment.now.as_millisecond()).unwrap_or(0),
            salt,
            next: AtomicU64::new(0),
        }
    }

    /// So many ids in a row.
    fn take(&self, many: usize) -> impl Iterator<Item = Uuid> {
        let many = u64::try_from(many).unwrap_or(0);
        let first = self.next.fetch_add(many, Ordering::Relaxed);
        (first..first + many).map(|number| self.of(number))
    }

    /// A number of 34 bits within the places of an id of version 7 that are free, then forty bits by chance.
    fn of(&self, number: u64) -> Uuid {
        let bits = |shift: u32, mask: u64| u8::try_from((number >> shift) & mask).unwrap_or(0);
        let [s0, s1, s2, s3, s4] = self.salt;
        let bytes = [
            bits(30, 0x0f),
            bits(22, 0xff),
            bits(16, 0x3f),
            bits(8, 0xff),
            bits(0, 0xff),
            s0,
            s1,
            s2,
            s3,
            s4,
        ];
        uuid::Builder::from_unix_timestamp_millis(self.millis, &bytes).into_uuid()
    }
}

/// Stops the reading once a batch could not be written, or whoever watches wants to.
struct Watch<'p> {
    failed: Arc<Mutex<Option<Error>>>,
    watching: &'p dyn Progress,
}

impl Progress for Watch<'_> {
    fn advance(&self, bytes: u64, rows: u64) {
        self.watching.advance(bytes, rows);
    }

    fn is_cancelled(&self) -> bool {
        let has_failed = self
            .failed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some();
        has_failed || self.watching.is_cancelled()
    }
}

struct Writer {
    job: Arc<Job>,
    keys: Keys,
    state: FixedState,
    batch: Vec<EntryRow>,
    pending: VecDeque<Pending<u64, Error>>,
}

impl Writer {
    fn new(job: Arc<Job>) -> Self {
        Self {
            job,
            keys: Keys::default(),
            state: FixedState::with_seed(0x00ff_de5c),
            batch: Vec::new(),
            pending: VecDeque::new(),
        }
    }

    fn flush(&mut self) {
        if self.batch.is_empty() {
            return;
        }
        let mut batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
        let ids = self.job.ids.take(batch.len());
        for (entry, id) in batch.iter_mut().zip(ids) {
            entry.id = id;
        }
        let workspace = self.job.workspace;
        let pending = self.job.store.write(move |tx| {
            Ok::<u64, Error>(insert_entries(&mut Scope::new(tx, workspace), batch)?)
        });
        self.pending.push_back(pending);
        self.wait_for(WAITING);
    }

    fn wait_for(&mut self, most: usize) {
        while self.pending.len() > most {
            let Some(first) = self.pending.pop_front() else {
                return;
            };
            if let Err(error) = first.wait() {
                let mut failed = self
                    .job
                    .failed
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                failed.get_or_insert(error);
            }
        }
    }

    /// A number for what the source printed.
    fn fingerprint(&self, entry: &Entry<'_>) -> i64 {
        self.state.hash_one(entry.printed()).cast_signed()
    }
}

impl Sink for Writer {
    fn entry(&mut self, entry: &Entry<'_>) {
        let key = self.keys.of(entry);
        let wordings = &self.job.wordings;
        let Some(wording) = wordings.get(&key).or_else(|| wordings.get(&other_key())) else {
            return;
        };
        self.batch.push(EntryRow {
            // It has one when its batch is full.
            id: Uuid::nil(),
            source_id: self.job.source,
            wording_id: *wording,
            person: kept(entry.person),
            client: kept(entry.client),
            project: kept(entry.project),
            task: kept(entry.task),
            tags: kept(entry.tags.text()),
            description: beginning(entry.description, 4_000),
            day: entry.day.map(|day| day.0.into()),
            span: entry.span,
            seconds: entry.seconds,
            counted: entry.seconds,
            is_counted: true,
            line: i64::try_from(entry.line).unwrap_or(0),
            fingerprint: self.fingerprint(entry),
            external_id: kept(entry.external_id),
        });
        if self.batch.len() >= BATCH {
            self.flush();
        }
    }

    fn fork(&self) -> Box<dyn Sink> {
        Box::new(Self::new(Arc::clone(&self.job)))
    }

    fn absorb(&mut self, fork: Box<dyn Sink>) {
        if let Ok(mut fork) = fork.into_any().downcast::<Self>() {
            fork.flush();
            self.pending.append(&mut fork.pending);
            self.wait_for(2 * WAITING);
        }
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_none_comes_twice() {
        let ids = Ids {
            millis: 1_700_000_000_000,
            salt: [7; 5],
            next: AtomicU64::new(0),
        };
        let at: Vec<Uuid> = [
            0,
            1,
            255,
            256,
            65_535,
            65_536,
            (1 << 22) - 1,
            1 << 22,
            (1 << 34) - 1,
        ]
        .into_iter()
        .map(|number| ids.of(number))
        .collect();
        assert!(at.windows(2).all(|pair| pair[0] < pair[1]), "{at:?}");
        assert!(at.iter().all(|id| id.get_version_num() == 7));
        let first: Vec<Uuid> = ids.take(3).collect();
        let next: Vec<Uuid> = ids.take(2).collect();
        assert!(first[2] < next[0]);
    }
}
