//! The second reading of a file: its entries go into the store in batches, several threads side by side.

use std::any::Any;
use std::collections::VecDeque;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::FixedState;
use offdesk_import::{Entry, Input, Options, Progress, Sink};
use offdesk_store::entries::{EntryRow, insert_entries};
use offdesk_store::sources::SourceRow;
use offdesk_store::{Pending, Scope, Store, Uuid, WorkspaceId};

use super::choices::Choices;
use super::of_problem;
use super::scanning::{Keys, Scan, WordingIds, kept, other_key};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::workspaces::Settings;

/// Entries of a batch.
const BATCH: usize = 2_000;
/// So many batches of a thread wait to be written.
const WAITING: usize = 2;

/// Writes the entries of a file.
#[expect(
    clippy::too_many_arguments,
    reason = "one call, and each is a different thing"
)]
pub fn write_entries(
    store: &Arc<Store>,
    workspace: WorkspaceId,
    source: &SourceRow,
    input: &mut Input,
    choices: &Choices,
    settings: &Settings,
    scan: &Scan,
    wordings: WordingIds,
    moment: Moment,
) -> Result<(), Error> {
    let failed = Arc::new(Mutex::new(None));
    let job = Arc::new(Job {
        store: Arc::clone(store),
        workspace,
        source: source.id,
        wordings,
        moment,
        failed: Arc::clone(&failed),
    });
    let watch = Watch(Arc::clone(&failed));
    let options = Options {
        progress: &watch,
        ..choices.options(settings, moment)?
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
    if report.entries != scan.report.entries {
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
    moment: Moment,
    failed: Arc<Mutex<Option<Error>>>,
}

/// Stops the reading once a batch could not be written.
struct Watch(Arc<Mutex<Option<Error>>>);

impl Progress for Watch {
    fn advance(&self, _bytes: u64, _rows: u64) {}

    fn is_cancelled(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
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
        let batch = std::mem::take(&mut self.batch);
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

    /// A number for what the source printed: the same entry in another file has the same.
    fn fingerprint(&self, entry: &Entry<'_>) -> i64 {
        let printed = (
            (entry.day.map(|day| day.0), entry.span, entry.seconds),
            (
                entry.client,
                entry.project,
                entry.task,
                entry.description,
                entry.tags.text(),
            ),
            entry.person,
        );
        self.state.hash_one(printed).cast_signed()
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
            id: self.job.moment.id(),
            source_id: self.job.source,
            wording_id: *wording,
            person: kept(entry.person),
            client: kept(entry.client),
            project: kept(entry.project),
            task: kept(entry.task),
            tags: kept(entry.tags.text()),
            description: entry
                .description
                .chars()
                .take(4_000)
                .filter(|c| *c != '\0')
                .collect(),
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
