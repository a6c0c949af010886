//! Takes entries as they are read and adds them up by normal form, in memory that does not grow with their number.

mod filings;
mod merge;
mod placing;
mod sink;
mod texts;

use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::{HashSet, HashTable};
use offdesk_domain::activity::{self, Folder};
use offdesk_domain::{EntryKind, Seconds};
use offdesk_import::Entry;

use self::filings::{Filings, has_context};
pub use self::texts::{Context, Group, Line, Origin};
use self::texts::{Recent, Slot, Sum, Waiting, kept};
use super::names::Names;
use super::occupied::Occupied;
use crate::rules::Rules;

/// So many groups are told apart; entries with ever-new texts beyond that are priced at once and added up by
/// kind of work. An owner has a few hundred.
const MOST_GROUPS: usize = 100_000;
/// So many clients are told apart.
const MOST_CLIENTS: usize = 10_000;
/// Slots of the cache of texts just seen: small enough for the processor's own.
const RECENT: usize = 1 << 13;
/// So many groups are made for texts that say nothing by themselves and were filed under a known kind of work; more
/// of them are added up by kind.
const MOST_FILED: usize = 10_000;
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
    /// What has been added up for each group since the last file's end.
    sums: Vec<Sum>,
    index: HashTable<Slot>,
    /// Contexts; a group's context 1 is the first.
    pub contexts: Names<Context>,
    filings: Filings,
    /// People; names as in the files.
    pub people: Names<String>,
    /// Clients.
    pub clients: HashSet<String, FixedState>,
    last_client: String,
    last_person: (String, u32),
    recent: Vec<Recent>,
    /// A text whose numbers are all the same.
    level: Vec<u8>,
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
            sums: Vec::new(),
            index: HashTable::new(),
            contexts: Names::default(),
            filings: Filings::default(),
            people: Names::default(),
            clients: HashSet::with_hasher(state),
            last_client: String::new(),
            last_person: (String::new(), 0),
            recent: Vec::new(),
            level: Vec::new(),
            waiting: Vec::with_capacity(TOGETHER),
            texts: String::new(),
            occupied: Occupied::default(),
            ledger: Vec::new(),
        }
    }

    /// Ends the reading of a file, and says how its entries are known.
    pub fn set_kind(&mut self, kind: EntryKind) {
        self.look_up();
        for (group, sum) in self.groups.iter_mut().zip(&mut self.sums) {
            let sum = std::mem::take(sum);
            if sum.entries > 0 {
                group.mix.add(kind, Seconds(sum.seconds));
                group.entries += sum.entries;
            }
        }
    }

    fn add_up(&mut self, at: u32, seconds: i64) {
        let sum = usize::try_from(at)
            .ok()
            .and_then(|at| self.sums.get_mut(at));
        if let Some(sum) = sum {
            sum.seconds = sum.seconds.saturating_add(seconds);
            sum.entries += 1;
        }
    }

    /// Takes the texts of an entry: adds it up if they were just seen, else lets it wait for its look-up.
    fn take_texts(&mut self, entry: &Entry<'_>) -> u32 {
        let raw = self.hash_of(entry.description);
        let filing = if has_context(entry) {
            self.filing_of(entry)
        } else {
            0
        };
        if self.recent.is_empty() {
            self.recent = vec![Recent::default(); RECENT];
        }
        let recent = self.recent.get(place_of(raw)).copied().unwrap_or_default();
        let is_seen = recent.is_filled && recent.raw == raw;
        if is_seen && (recent.is_known || filing == 0) {
            self.add_up(recent.at, entry.seconds);
            return recent.at;
        }
        let start = self.texts.len();
        let description = kept(entry.description);
        let (form, length) = if is_seen {
            (recent.form, 0)
        } else {
            let form = self.folder.fold(entry.description);
            self.texts.push_str(form);
            (self.state.hash_one((form, false)), form.len())
        };
        self.texts.push_str(description);
        self.waiting.push(Waiting {
            raw,
            form,
            filing,
            is_seen,
            seconds: entry.seconds,
            line: entry.line,
            texts: (start, [length, description.len()]),
            ledger: self.ledger.len(),
        });
        u32::MAX
    }

    /// The hash of a text, the same for texts that differ only in numbers which folding drops.
    fn hash_of(&mut self, text: &str) -> u64 {
        match activity::levelled(text, &mut self.level) {
            true => self.state.hash_one(self.level.as_slice()),
            false => self.state.hash_one(text.as_bytes()),
        }
    }

    /// Looks up all that wait: first their texts, then, of those that say nothing, where they were filed.
    fn look_up(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let texts = std::mem::take(&mut self.texts);
        let mut found = [None; TOGETHER];
        for (found, one) in found.iter_mut().zip(&waiting) {
            if !one.is_seen {
                *found = self.find(one.form);
            }
        }
        let mut filed = [None; TOGETHER];
        for ((found, filed), one) in found.into_iter().zip(&mut filed).zip(&waiting) {
            if !one.is_seen {
                let (at, is_known) = found.unwrap_or_else(|| self.group_of_form(one, &texts));
                if let Some(recent) = self.recent.get_mut(place_of(one.raw)) {
                    *recent = Recent {
                        raw: one.raw,
                        form: one.form,
                        at,
                        is_known,
                        is_filled: true,
                    };
                }
                if is_known || one.filing == 0 {
                    self.settle(one, at);
                    continue;
                }
            }
            *filed = Some(self.key_of_filing(one.form, one.filing));
        }
        let mut found = [None; TOGETHER];
        for (found, key) in found.iter_mut().zip(filed) {
            *found = key.and_then(|key| self.find(key));
        }
        for ((found, key), one) in found.into_iter().zip(filed).zip(&waiting) {
            if let Some(key) = key {
                let at = match found {
                    Some((at, _)) => at,
                    None => self.group_of_filing(key, one, &texts),
                };
                self.settle(one, at);
            }
        }
        self.waiting = waiting;
        self.waiting.clear();
        self.texts = texts;
        self.texts.clear();
    }

    fn settle(&mut self, one: &Waiting, at: u32) {
        self.add_up(at, one.seconds);
        if let Some(line) = self.ledger.get_mut(one.ledger) {
            line.group = at;
        }
    }
}

/// Where the cache of recent texts holds one.
fn place_of(raw: u64) -> usize {
    usize::try_from(raw % RECENT as u64).unwrap_or(0)
}
