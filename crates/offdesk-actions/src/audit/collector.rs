//! Takes entries as they are read and adds them up by normal form, in memory that does not grow with their number.

use std::any::Any;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::{HashSet, HashTable};
use offdesk_domain::activity::Folder;
use offdesk_domain::audit::Mix;
use offdesk_domain::{EntryKind, Seconds};
use offdesk_import::{Entry, Sink};
use offdesk_pricing::{Kind, WorkText};

use super::names::Names;
use super::occupied::Occupied;
use crate::rules::Rules;

/// So many groups are told apart; entries with ever-new texts beyond that are priced at once and added up by
/// kind of work. An owner has a few hundred.
const MOST_GROUPS: usize = 100_000;
/// So many clients are told apart.
const MOST_CLIENTS: usize = 10_000;
/// So much of a text is kept.
const KEPT_BYTES: usize = 64;
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

/// Why entries are in a group.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// A rule says so; the example is the activity's name.
    Rule,
    /// The owner has named it; the number of the name.
    Named(usize),
    /// The catalogue knows it, with its confidence.
    Kind(&'static Kind, u8),
    /// Nobody knows it: the text and its context stand for themselves.
    Plain,
}

/// Entries that say the same. They are told apart by a 64-bit hash of what they say.
#[derive(Debug, Clone)]
pub struct Group {
    hash: u64,
    /// The text of the first entry as written, at most 64 bytes of it; the activity's name where a rule gives it.
    pub example: Box<str>,
    /// Line of that entry.
    line: u64,
    /// Context, from 1; 0 for none; `u32::MAX` for what came when there were too many groups.
    pub context: u32,
    /// Why they are together.
    pub origin: Origin,
    /// A rule marks them as the owner's own.
    pub is_mine: bool,
    /// Their time, once the file is read.
    pub mix: Mix,
    /// Their number, once the file is read.
    pub entries: u64,
}

/// Task, tags and project of entries whose text alone says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Context {
    /// Task.
    pub task: String,
    /// Tags, as the source joined them.
    pub tags: String,
    /// Project.
    pub project: String,
}

/// One entry, kept to hold sources against each other.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Number of the group.
    pub group: u32,
    /// Number of the person.
    pub person: u32,
    /// Day since 1970; `None` without a date.
    pub day: Option<i32>,
    /// Start and end.
    pub span: Option<(i64, i64)>,
    /// Length.
    pub seconds: i64,
    /// Hash of what the source printed.
    pub fingerprint: u64,
    /// Hash of the source's id; 0 for none.
    pub external_id: u64,
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

    /// The group of an entry where there are rules.
    fn group_by_rule(&mut self, entry: &Entry<'_>) -> u64 {
        let mut is_mine = false;
        let job = Arc::clone(&self.job);
        if let Some(ruling) = job.rules.of(entry) {
            is_mine = ruling.is_mine;
            if let Some(activity) = ruling.activity {
                let hash = self.state.hash_one(("rule", activity, is_mine));
                let group = Made {
                    origin: Origin::Rule,
                    context: 0,
                    is_mine,
                    example: activity,
                    line: entry.line,
                };
                if self.find(hash).is_none() {
                    self.push(hash, &group);
                }
                return hash;
            }
        }
        let mut folder = std::mem::take(&mut self.folder);
        let said = Said {
            form: folder.fold(entry.description),
            description: entry.description,
            task: kept(entry.task),
            tags: kept(entry.tags.text()),
            project: kept(entry.project),
            line: entry.line,
        };
        let (key, _) = self.group_by_form(&said, is_mine);
        self.folder = folder;
        key
    }

    fn group_by_form(&mut self, said: &Said<'_>, is_mine: bool) -> (u64, u32) {
        let hash = self.state.hash_one((said.form, is_mine));
        let made = Made {
            origin: Origin::Plain,
            context: 0,
            is_mine,
            example: said.description,
            line: said.line,
        };
        let (at, is_known) = match self.find(hash) {
            Some(found) => found,
            None => {
                let origin = self.origin(said.form, WorkText::default());
                self.add(hash, &Made { origin, ..made })
            }
        };
        if is_known || (said.task.is_empty() && said.tags.is_empty() && said.project.is_empty()) {
            return (self.key_of(at), at);
        }
        let context_hash = self
            .state
            .hash_one((hash, said.task, said.tags, said.project));
        if let Some((at, _)) = self.find(context_hash) {
            return (context_hash, at);
        }
        let fold = |text: &str| Folder::new().fold(text).to_owned();
        let (task, tags, project) = (fold(said.task), fold(said.tags), fold(said.project));
        let origin = self.origin(
            said.form,
            WorkText {
                description: "",
                task: &task,
                tags: &tags,
                project: &project,
            },
        );
        let context = Context {
            task: said.task.into(),
            tags: said.tags.into(),
            project: said.project.into(),
        };
        let context = self.contexts.number(&self.state, context);
        let (at, _) = self.add(
            context_hash,
            &Made {
                origin,
                context,
                ..made
            },
        );
        (self.key_of(at), at)
    }

    /// What is known of a text: named by the owner, or in the catalogue.
    fn origin(&self, form: &str, context: WorkText<'_>) -> Origin {
        if let Some(at) = self
            .job
            .named
            .iter()
            .position(|(named, _)| named == form && !form.is_empty())
        {
            return Origin::Named(at);
        }
        let found = offdesk_pricing::kind_of(&WorkText {
            description: form,
            ..context
        });
        found.map_or(Origin::Plain, |found| {
            Origin::Kind(found.kind, found.confidence)
        })
    }

    /// The key of a group: its own, also where a common group was taken.
    fn key_of(&self, at: u32) -> u64 {
        usize::try_from(at)
            .ok()
            .and_then(|at| self.groups.get(at))
            .map_or(0, |group| group.hash)
    }

    /// The number of the group of a key, and whether more is known of it than its text.
    fn find(&self, hash: u64) -> Option<(u32, bool)> {
        self.index
            .find(hash, |slot| slot.hash == hash)
            .map(|slot| (slot.at, slot.is_known))
    }

    /// A new group; the common one of its kind where there are too many.
    fn add(&mut self, hash: u64, group: &Made<'_>) -> (u32, bool) {
        if self.groups.len() < MOST_GROUPS {
            return self.push(hash, group);
        }
        let slug = match group.origin {
            Origin::Kind(kind, _) => kind.slug,
            _ => "",
        };
        let common = self.state.hash_one(("common", slug, group.is_mine));
        let origin = match group.origin {
            Origin::Named(_) | Origin::Rule => Origin::Plain,
            origin => origin,
        };
        let made = Made {
            origin,
            context: u32::MAX,
            example: "",
            ..*group
        };
        self.find(common)
            .unwrap_or_else(|| self.push(common, &made))
    }

    fn push(&mut self, hash: u64, group: &Made<'_>) -> (u32, bool) {
        let number = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        let is_known = !matches!(group.origin, Origin::Plain);
        let example = if matches!(group.origin, Origin::Rule) {
            group.example
        } else {
            kept(group.example)
        };
        self.groups.push(Group {
            hash,
            example: example.into(),
            line: group.line,
            context: group.context,
            origin: group.origin,
            is_mine: group.is_mine,
            mix: Mix::default(),
            entries: 0,
        });
        let slot = Slot {
            hash,
            seconds: 0,
            entries: 0,
            at: number,
            is_known,
        };
        self.index.insert_unique(hash, slot, |slot| slot.hash);
        (number, is_known)
    }

    fn note_client(&mut self, client: &str) {
        if client.is_empty() || client == self.last_client {
            return;
        }
        client.clone_into(&mut self.last_client);
        if self.clients.len() < MOST_CLIENTS && !self.clients.contains(client) {
            self.clients.insert(client.to_owned());
        }
    }

    fn note_line(&mut self, entry: &Entry<'_>, group: u32, person: u32) {
        let printed = (
            (entry.day.map(|day| day.0), entry.span, entry.seconds),
            (
                entry.client,
                entry.project,
                entry.task,
                entry.description,
                entry.tags.text(),
            ),
        );
        let external_id = if entry.external_id.is_empty() {
            0
        } else {
            self.state.hash_one(entry.external_id)
        };
        self.ledger.push(Line {
            group,
            person,
            day: entry.day.map(|day| day.0),
            span: entry.span,
            seconds: entry.seconds,
            fingerprint: self.state.hash_one((printed, entry.person)),
            external_id,
        });
    }

    /// Takes over what a collector of the same job has taken.
    pub fn take(&mut self, mut other: Self) {
        other.settle();
        self.settle();
        if self.groups.is_empty() && self.ledger.is_empty() && self.people.is_empty() {
            *self = other;
            return;
        }
        let contexts: Vec<u32> = other
            .contexts
            .iter()
            .map(|context| self.contexts.number(&self.state, context.clone()))
            .collect();
        let people: Vec<u32> = other
            .people
            .iter()
            .map(|name| self.people.number(&self.state, name.clone()))
            .collect();
        let mut places = Vec::with_capacity(other.groups.len());
        for group in other.groups {
            let made = Made {
                origin: group.origin,
                context: translated(&contexts, group.context),
                is_mine: group.is_mine,
                example: &group.example,
                line: group.line,
            };
            let (at, _) = self
                .find(group.hash)
                .unwrap_or_else(|| self.push(group.hash, &made));
            places.push(at);
            if let Some(mine) = usize::try_from(at)
                .ok()
                .and_then(|at| self.groups.get_mut(at))
            {
                mine.mix.add_all(group.mix);
                mine.entries += group.entries;
                if group.line < mine.line {
                    mine.line = group.line;
                    mine.example = group.example;
                }
            }
        }
        for slot in other.index.iter().filter(|slot| slot.entries > 0) {
            self.add_up(&Recent {
                raw: 0,
                key: slot.hash,
                at: 0,
                seconds: slot.seconds,
                entries: slot.entries,
            });
        }
        self.occupied.absorb(other.occupied, &people);
        self.clients.extend(other.clients);
        self.ledger.extend(other.ledger.into_iter().map(|line| {
            Line {
                group: usize::try_from(line.group)
                    .ok()
                    .and_then(|at| places.get(at))
                    .copied()
                    .unwrap_or(line.group),
                person: translated(&people, line.person),
                ..line
            }
        }));
    }
}

/// The number a value has here, of the number it has in another collector.
fn translated(table: &[u32], number: u32) -> u32 {
    if number == u32::MAX {
        return number;
    }
    let at = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
    at.and_then(|at| table.get(at)).copied().unwrap_or(0)
}

/// Where a group is, and what has been added up for it.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u64,
    seconds: i64,
    entries: u64,
    at: u32,
    /// More is known of it than its text, so its context does not matter.
    is_known: bool,
}

/// A text just seen, and what has been added up for it since.
#[derive(Debug, Clone, Copy, Default)]
struct Recent {
    raw: u64,
    key: u64,
    seconds: i64,
    entries: u64,
    at: u32,
}

/// An entry that waits for its look-up.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    raw: u64,
    form: u64,
    seconds: i64,
    line: u64,
    /// Where its texts begin, and their lengths: normal form, description, task, tags, project.
    texts: (usize, [usize; 5]),
    has_context: bool,
    /// Its place in the ledger.
    ledger: usize,
}

/// The texts of an entry.
struct Said<'s> {
    form: &'s str,
    description: &'s str,
    task: &'s str,
    tags: &'s str,
    project: &'s str,
    line: u64,
}

/// A group to be made.
#[derive(Clone, Copy)]
struct Made<'m> {
    origin: Origin,
    context: u32,
    is_mine: bool,
    example: &'m str,
    line: u64,
}

fn has_context(entry: &Entry<'_>) -> bool {
    !(entry.task.is_empty() && entry.project.is_empty() && entry.tags.text().is_empty())
}

/// The kept beginning of a text.
fn kept(text: &str) -> &str {
    if text.len() <= KEPT_BYTES {
        return text;
    }
    text.get(..text.floor_char_boundary(KEPT_BYTES))
        .unwrap_or(text)
}

impl Sink for Collector {
    fn entry(&mut self, entry: &Entry<'_>) {
        let group = if self.job.rules.is_empty() {
            self.take_texts(entry)
        } else {
            let key = self.group_by_rule(entry);
            self.add_up(&Recent {
                raw: 0,
                key,
                at: 0,
                seconds: entry.seconds,
                entries: 1,
            });
            self.find(key).map_or(0, |(at, _)| at)
        };
        self.note_client(entry.client);
        if self.last_person.0 != entry.person {
            let number = self.people.number(&self.state, entry.person.to_owned());
            self.last_person = (entry.person.to_owned(), number);
        }
        let person = self.last_person.1;
        self.occupied
            .add(person, entry.day.map(|day| day.0), entry.span);
        if self.job.keeps_ledger {
            self.note_line(entry, group, person);
        }
        if self.waiting.len() >= TOGETHER {
            self.look_up();
        }
    }

    fn fork(&self) -> Box<dyn Sink> {
        Box::new(Self::new(Arc::clone(&self.job)))
    }

    fn absorb(&mut self, fork: Box<dyn Sink>) {
        if let Ok(fork) = fork.into_any().downcast::<Self>() {
            self.take(*fork);
        }
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
