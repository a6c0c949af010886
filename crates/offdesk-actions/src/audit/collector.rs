//! Takes entries as they are read and adds them up by normal form, in memory that does not grow with their number.

mod aids;
mod days;
mod filings;
mod merge;
mod origins;
mod placing;
mod recent;
mod sink;
mod texts;

use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::{HashSet, HashTable};
use offdesk_domain::activity::{self, Folder};
use offdesk_domain::{EntryKind, Seconds};
use offdesk_import::Entry;

pub use self::aids::Aids;
pub use self::days::Days;
use self::filings::{Filings, has_context};
use self::origins::Origins;
use self::recent::Recent;
pub use self::texts::{Context, Group, Line, Origin};
use self::texts::{NO_DAY, Place, Slot, Step, Sum, Waiting, day_of, text_of};
use super::names::Names;
use super::occupied::Occupied;
use crate::rules::Rules;

/// So many groups are told apart; entries with ever-new texts beyond that are priced at once and added up by
/// kind of work. An owner has a few hundred.
const MOST_GROUPS: usize = 100_000;
/// So many clients are told apart.
const MOST_CLIENTS: usize = 10_000;
/// Slots of the cache of clients just seen.
const RECENT_CLIENTS: usize = 64;
/// So many groups are made for texts that say nothing by themselves, each with where it was filed; more of them are
/// added up by where they were filed alone. An owner has a few hundred.
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
    /// The examples of all groups.
    examples: String,
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
    /// Hashes of clients just seen.
    recent_clients: Vec<u64>,
    last_person: (String, u32),
    recent: Recent,
    /// A text whose numbers are all the same.
    level: Vec<u8>,
    waiting: Vec<Waiting>,
    /// The texts of the entries that wait.
    texts: String,
    origins: Origins,
    /// Days with entries, and time that overlaps within the file.
    pub occupied: Occupied,
    /// The days of the groups.
    pub days: Days,
    /// The entries, where several sources are read.
    pub ledger: Vec<Line>,
}

impl Collector {
    /// An empty collector.
    #[must_use]
    pub fn new(job: Arc<Job>) -> Self {
        Self::with(job, Aids::default())
    }

    /// An empty collector with what another one of the same job has learned.
    #[must_use]
    pub fn with(job: Arc<Job>, aids: Aids) -> Self {
        let state = FixedState::with_seed(0x00ff_de5c);
        Self {
            job,
            state: state.clone(),
            folder: aids.folder,
            groups: Vec::new(),
            examples: String::new(),
            sums: Vec::new(),
            index: HashTable::new(),
            contexts: Names::default(),
            filings: aids.filings,
            people: Names::default(),
            clients: HashSet::with_hasher(state),
            recent_clients: vec![0; RECENT_CLIENTS],
            last_person: (String::new(), 0),
            recent: aids.recent,
            level: Vec::new(),
            waiting: Vec::with_capacity(TOGETHER),
            texts: String::new(),
            origins: aids.origins,
            occupied: Occupied::default(),
            days: Days::default(),
            ledger: Vec::new(),
        }
    }

    /// The text of a group's first entry as written, at most 64 bytes of it; the activity's name where a rule gives it.
    #[must_use]
    pub fn example(&self, group: &Group) -> &str {
        text_of(&self.examples, group.example)
    }

    /// Ends the reading of a file, and says how its entries are known. What only serves the reading is given back, for
    /// the next file: many may wait for the end.
    pub fn end(&mut self, kind: EntryKind) -> Aids {
        self.look_up();
        for (group, sum) in self.groups.iter_mut().zip(&mut self.sums) {
            let sum = std::mem::take(sum);
            if sum.entries > 0 {
                group.mix.add(kind, Seconds(sum.seconds));
                group.entries += sum.entries;
            }
        }
        self.give_back()
    }

    fn add_up(&mut self, at: u32, seconds: i64, day: i32) {
        let sum = usize::try_from(at)
            .ok()
            .and_then(|at| self.sums.get_mut(at));
        if let Some(sum) = sum {
            sum.seconds = sum.seconds.saturating_add(seconds);
            sum.entries += 1;
            // Of many entries of a group on one day only the first goes further.
            if sum.last_day != day && seconds > 0 && day != NO_DAY {
                sum.last_day = day;
                self.days.add(at, day);
            }
        }
    }

    /// Lets the texts of an entry wait for their look-up.
    fn take_texts(&mut self, entry: &Entry<'_>) {
        let filing = if has_context(entry) {
            self.filing_of(entry)
        } else {
            0
        };
        let raw = self.hash_of(entry.description);
        self.waiting.push(Waiting {
            raw,
            filing,
            seconds: entry.seconds,
            day: day_of(entry),
            line: entry.line,
            text: (self.texts.len(), entry.description.len()),
            ledger: self.ledger.len(),
        });
        self.texts.push_str(entry.description);
    }

    /// The hash of a text, the same for texts that differ only in numbers which folding drops.
    fn hash_of(&mut self, text: &str) -> u64 {
        if activity::levelled(text, &mut self.level) {
            self.hash_of_bytes(&self.level)
        } else {
            self.hash_of_bytes(text.as_bytes())
        }
    }

    /// The hash of nothing but some bytes.
    fn hash_of_bytes(&self, bytes: &[u8]) -> u64 {
        let mut hasher = self.state.build_hasher();
        hasher.write(bytes);
        hasher.finish()
    }

    /// Looks up all that wait: first among the recent texts, then by normal form, then, of those that say nothing,
    /// by where they were filed. Each step is taken for all of them before the next, so that they wait for memory together.
    fn look_up(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let waiting = std::mem::take(&mut self.waiting);
        let mut texts = std::mem::take(&mut self.texts);
        self.recent.grow();
        let mut steps = [Step::Done(0); TOGETHER];
        for (step, one) in steps.iter_mut().zip(&waiting) {
            *step = match self.recent.get(one.raw) {
                Some(place) if place.is_known() || one.filing == 0 => Step::Done(place.at()),
                Some(_) => Step::Filed(self.key_of_filing(self.recent.form(one.raw), one.filing)),
                None => Step::New,
            };
        }
        for (step, one) in steps.iter_mut().zip(&waiting) {
            if matches!(step, Step::New) {
                let form = self.folder.fold(one.text(&texts));
                *step = Step::Form(self.state.hash_one((form, false)), texts.len(), form.len());
                texts.push_str(form);
            }
        }
        let mut found = [None; TOGETHER];
        for (found, step) in found.iter_mut().zip(steps) {
            if let Step::Form(form, ..) = step {
                *found = self.find(form);
            }
        }
        for ((found, step), one) in found.iter_mut().zip(&mut steps).zip(&waiting) {
            if let Step::Form(key, start, length) = *step {
                let form = texts.get(start..start + length).unwrap_or_default();
                *step = self.step_of_form(*found, key, one, [form, one.text(&texts)]);
            }
            *found = None;
        }
        for (found, step) in found.iter_mut().zip(steps) {
            if let Step::Filed(key) = step {
                *found = self.find(key);
            }
        }
        for ((found, step), one) in found.into_iter().zip(steps).zip(&waiting) {
            let at = match (step, found) {
                (Step::Done(at), _) | (_, Some((at, _))) => at,
                (Step::Filed(key), None) => self.group_of_filing(key, one, &texts),
                _ => continue,
            };
            self.add_up(at, one.seconds, one.day);
            if let Some(line) = self.ledger.get_mut(one.ledger) {
                line.group = at;
            }
        }
        self.waiting = waiting;
        self.waiting.clear();
        self.texts = texts;
        self.texts.clear();
    }

    /// What comes after a normal form was looked up; the text is a recent one from then on.
    fn step_of_form(
        &mut self,
        found: Option<(u32, bool)>,
        key: u64,
        one: &Waiting,
        [form, text]: [&str; 2],
    ) -> Step {
        let (at, is_known) = found
            .or_else(|| self.find(key))
            .unwrap_or_else(|| self.make_form(key, form, text, one.line, false));
        self.recent.put(one.raw, key, Place::new(at, is_known));
        if is_known || one.filing == 0 {
            Step::Done(at)
        } else {
            Step::Filed(self.key_of_filing(key, one.filing))
        }
    }
}
