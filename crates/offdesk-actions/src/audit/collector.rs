//! Takes entries as they are read and adds them up by normal form, in memory that does not grow with their number.

mod merge;
mod placing;
mod sink;
mod texts;

use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::{HashSet, HashTable};
use offdesk_domain::activity::Folder;
use offdesk_domain::{EntryKind, Seconds};
use offdesk_import::Entry;

pub use self::texts::{Context, Group, Line, Origin};
use self::texts::{Recent, Said, Slot, Waiting, has_context, kept};
use super::names::Names;
use super::occupied::Occupied;
use crate::rules::Rules;

/// So many groups are told apart; entries with ever-new texts beyond that are priced at once and added up by
/// kind of work. An owner has a few hundred.
const MOST_GROUPS: usize = 100_000;
/// So many clients are told apart.
const MOST_CLIENTS: usize = 10_000;
/// Slots of the cache of texts just seen, which adds up on its own: it stays in the processor's cache.
const RECENT: usize = 1 << 12;
/// So many look-ups are made together: the waits for memory of one overlap with those of the others.
const TOGETHER: usize = 32;

/// What all collectors of an audit share.
#[derive(Debug, Default)]
pub struct Job {
    /// The owner's rules.
    pub rules: Rules,
    /// Normal forms of the activities the owner has named in prices, with the names.
    pub named: Vec<(String, String)>,
    /// Keep a line for every entry, to hold several sources against each other.
    pub keeps_ledger: bool,
}

/// Adds entries up.
pub struct Collector {
    job: Arc<Job>,
    state: FixedState,
    folder: Folder,
    /// All groups.
    pub groups: Vec<Group>,
    index: HashTable<Slot>,
    /// Contexts; a group's context 1 is the first.
    pub contexts: Names<Context>,
    /// People; names as in the files.
    pub people: Names<String>,
    /// Clients.
    pub clients: HashSet<String, FixedState>,
    last_client: String,
    last_person: (String, u32),
    recent: Vec<Recent>,
    waiting: Vec<Waiting>,
    /// The texts of the entries that wait.
    texts: String,
    /// Days with entries, and time that overlaps within the file.
    pub occupied: Occupied,
    /// The entries, where several sources are read.
    pub ledger: Vec<Line>,
}

impl Collector {
    /// An empty collector.
    #[must_use]
    pub fn new(job: Arc<Job>) -> Self {
        let state = FixedState::with_seed(0x00ff_de5c);
        Self {
            job,
            state: state.clone(),
            folder: Folder::new(),
            groups: Vec::new(),
            index: HashTable::new(),
            contexts: Names::default(),
            people: Names::default(),
            clients: HashSet::with_hasher(state),
            last_client: String::new(),
            last_person: (String::new(), 0),
            recent: vec![Recent::default(); RECENT],
            waiting: Vec::with_capacity(TOGETHER),
            texts: String::new(),
            occupied: Occupied::default(),
            ledger: Vec::new(),
        }
    }

    /// Ends the reading of a file, and says how its entries are known.
    pub fn set_kind(&mut self, kind: EntryKind) {
        self.settle();
        for slot in self.index.iter_mut() {
            let (seconds, entries) = (
                std::mem::take(&mut slot.seconds),
                std::mem::take(&mut slot.entries),
            );
            if let Some(group) = usize::try_from(slot.at)
                .ok()
                .and_then(|at| self.groups.get_mut(at))
            {
                group.mix.add(kind, Seconds(seconds));
                group.entries += entries;
            }
        }
    }

    /// Brings what waits and what the cache of recent texts holds to its groups.
    fn settle(&mut self) {
        self.look_up();
        for at in 0..self.recent.len() {
            if let Some(recent) = self.recent.get_mut(at) {
                let old = std::mem::take(recent);
                self.add_up(&old);
            }
        }
    }

    fn add_up(&mut self, recent: &Recent) {
        if recent.entries == 0 {
            return;
        }
        if let Some(slot) = self
            .index
            .find_mut(recent.key, |slot| slot.hash == recent.key)
        {
            slot.seconds = slot.seconds.saturating_add(recent.seconds);
            slot.entries += recent.entries;
        }
    }

    /// Takes the texts of an entry: adds it up if they were just seen, else lets it wait for its look-up.
    fn take_texts(&mut self, entry: &Entry<'_>) -> u32 {
        let mut hasher = self.state.build_hasher();
        hasher.write(entry.description.as_bytes());
        let has_context = has_context(entry);
        if has_context {
            (entry.task, entry.tags.text(), entry.project).hash(&mut hasher);
        }
        let raw = hasher.finish();
        let place = usize::try_from(raw % RECENT as u64).unwrap_or(0);
        if let Some(recent) = self.recent.get_mut(place)
            && recent.raw == raw
            && recent.entries > 0
        {
            recent.seconds = recent.seconds.saturating_add(entry.seconds);
            recent.entries += 1;
            return recent.at;
        }
        let mut folder = std::mem::take(&mut self.folder);
        let form = folder.fold(entry.description);
        let waiting = Waiting {
            raw,
            form: self.state.hash_one((form, false)),
            seconds: entry.seconds,
            line: entry.line,
            texts: (
                self.texts.len(),
                [
                    form.len(),
                    kept(entry.description).len(),
                    kept(entry.task).len(),
                    kept(entry.tags.text()).len(),
                    kept(entry.project).len(),
                ],
            ),
            has_context,
            ledger: self.ledger.len(),
        };
        self.texts.push_str(form);
        for text in [
            entry.description,
            entry.task,
            entry.tags.text(),
            entry.project,
        ] {
            self.texts.push_str(kept(text));
        }
        self.folder = folder;
        self.waiting.push(waiting);
        u32::MAX
    }

    /// Looks up all that wait.
    fn look_up(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let texts = std::mem::take(&mut self.texts);
        let mut found = [None; TOGETHER];
        for (found, one) in found.iter_mut().zip(&waiting) {
            *found = self.find(one.form);
        }
        for (found, one) in found.into_iter().zip(&waiting) {
            let (key, at) = match found {
                Some((at, is_known)) if is_known || !one.has_context => (one.form, at),
                _ => self.place_of(one, &texts),
            };
            let place = usize::try_from(one.raw % RECENT as u64).unwrap_or(0);
            let new = Recent {
                raw: one.raw,
                key,
                at,
                seconds: one.seconds,
                entries: 1,
            };
            let old = self
                .recent
                .get_mut(place)
                .map(|recent| std::mem::replace(recent, new))
                .unwrap_or_default();
            self.add_up(&old);
            if let Some(line) = self.ledger.get_mut(one.ledger) {
                line.group = at;
            }
        }
        self.waiting = waiting;
        self.waiting.clear();
        self.texts = texts;
        self.texts.clear();
    }

    /// The key and the number of the group of an entry that waits, by its texts.
    fn place_of(&mut self, one: &Waiting, texts: &str) -> (u64, u32) {
        let mut rest = texts.get(one.texts.0..).unwrap_or_default();
        let [form, description, task, tags, project] = one.texts.1.map(|length| {
            let (text, tail) = rest.split_at_checked(length).unwrap_or_default();
            rest = tail;
            text
        });
        let said = Said {
            form,
            description,
            task,
            tags,
            project,
            line: one.line,
        };
        self.group_by_form(&said, false)
    }
}
