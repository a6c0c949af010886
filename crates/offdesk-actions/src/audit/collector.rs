//! Takes entries as they are read and adds them up by normal form, in memory that does not grow with their number.

use std::any::Any;
use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use offdesk_domain::activity::Folder;
use offdesk_domain::audit::Mix;
use offdesk_domain::{EntryKind, Seconds};
use offdesk_import::{Entry, Sink};
use offdesk_pricing::WorkText;

use super::occupied::Occupied;
use crate::rules::Rules;

/// So many groups are told apart; entries with ever-new texts beyond that are priced at once and added up by
/// kind of work. An owner has a few hundred.
const MOST_GROUPS: usize = 100_000;
/// So many clients, contexts and people are told apart.
const MOST_NAMES: usize = 10_000;
/// So much of a text is kept.
const KEPT_BYTES: usize = 64;
/// Slots of the cache of texts just seen.
const RECENT: usize = 1 << 13;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A rule says so; its number.
    Rule(usize),
    /// The owner has named it; the number of the name.
    Named(usize),
    /// The catalogue knows it.
    Kind(&'static str, u8),
    /// Nobody knows it: the text and its context stand for themselves.
    Plain,
}

/// Entries that say the same.
#[derive(Debug, Clone)]
pub struct Group {
    hash: u64,
    /// The normal form of the text, at most 64 bytes of it.
    pub form: Box<str>,
    /// The text of the first entry as written, at most 64 bytes of it.
    pub example: Box<str>,
    /// Line of that entry.
    line: u64,
    /// Context, from 1; 0 for none.
    pub context: u32,
    /// Why they are together.
    pub origin: Origin,
    /// A rule marks them as the owner's own.
    pub is_mine: bool,
    /// Their time.
    pub mix: Mix,
    /// Their number.
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
    index: HashTable<u32>,
    /// Contexts; a group's context 1 is the first.
    pub contexts: Names<Context>,
    /// People; names as in the files.
    pub people: Names<String>,
    /// Clients.
    pub clients: BTreeSet<String>,
    last_client: String,
    last_person: (String, u32),
    recent: Vec<(u64, u32)>,
    /// Days with entries, and time that overlaps within the file.
    pub occupied: Occupied,
    /// The entries, where several sources are read.
    pub ledger: Vec<Line>,
}

/// Values with numbers from 1, in the order they came.
#[derive(Debug, Clone, Default)]
pub struct Names<T> {
    values: Vec<T>,
    index: HashTable<u32>,
}

impl<T: Eq + Hash> Names<T> {
    /// The number of a value, from 1; 0 when there are too many.
    fn number(&mut self, state: &FixedState, value: T) -> u32 {
        let hash = state.hash_one(&value);
        let found = self.index.find(hash, |at| self.get(*at) == Some(&value));
        if let Some(number) = found {
            return *number;
        }
        if self.values.len() >= MOST_NAMES {
            return 0;
        }
        self.values.push(value);
        let number = u32::try_from(self.values.len()).unwrap_or(0);
        let values = &self.values;
        self.index.insert_unique(hash, number, |at| {
            let value = usize::try_from(*at).ok().and_then(|at| values.get(at - 1));
            value.map_or(0, |value| state.hash_one(value))
        });
        number
    }

    /// A value by its number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&T> {
        usize::try_from(number)
            .ok()?
            .checked_sub(1)
            .and_then(|at| self.values.get(at))
    }

    /// All values.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.values.iter()
    }
}

impl Collector {
    /// An empty collector.
    #[must_use]
    pub fn new(job: Arc<Job>) -> Self {
        Self {
            job,
            state: FixedState::with_seed(0x0ffd_e5c),
            folder: Folder::new(),
            groups: Vec::new(),
            index: HashTable::new(),
            contexts: Names {
                values: Vec::new(),
                index: HashTable::new(),
            },
            people: Names {
                values: Vec::new(),
                index: HashTable::new(),
            },
            clients: BTreeSet::new(),
            last_client: String::new(),
            last_person: (String::new(), 0),
            recent: vec![(0, 0); RECENT],
            occupied: Occupied::default(),
            ledger: Vec::new(),
        }
    }

    /// Says how the entries taken so far are known.
    pub fn set_kind(&mut self, kind: EntryKind) {
        for group in &mut self.groups {
            let total = group.mix.total();
            group.mix = Mix::default();
            group.mix.add(kind, total);
        }
    }

    /// The group of an entry, by the texts it has.
    fn group_of(&mut self, entry: &Entry<'_>) -> u32 {
        let raw = self.state.hash_one((
            entry.description,
            entry.task,
            entry.tags.text(),
            entry.project,
            entry.client,
        ));
        let slot = usize::try_from(raw % RECENT as u64).unwrap_or(0);
        if let Some((hash, group)) = self.recent.get(slot)
            && *hash == raw
        {
            return *group;
        }
        let group = self.find_group(entry);
        if let Some(recent) = self.recent.get_mut(slot) {
            *recent = (raw, group);
        }
        group
    }

    fn find_group(&mut self, entry: &Entry<'_>) -> u32 {
        let job = Arc::clone(&self.job);
        if let Some(ruling) = (!job.rules.is_empty())
            .then(|| job.rules.of(entry))
            .flatten()
        {
            if let Some(activity) = ruling.activity {
                let key = Key {
                    form: activity,
                    context: 0,
                    origin: Origin::Rule(ruling.rule),
                    is_mine: ruling.is_mine,
                };
                return self.add_group(&key, entry);
            }
            return self.group_by_text(entry, true);
        }
        self.group_by_text(entry, false)
    }

    fn group_by_text(&mut self, entry: &Entry<'_>, is_mine: bool) -> u32 {
        let mut folder = std::mem::take(&mut self.folder);
        let form = folder.fold(entry.description);
        let group = self.group_by_form(form, entry, is_mine);
        self.folder = folder;
        group
    }

    fn group_by_form(&mut self, form: &str, entry: &Entry<'_>, is_mine: bool) -> u32 {
        let plain = Key {
            form,
            context: 0,
            origin: Origin::Plain,
            is_mine,
        };
        let known = self.find(&plain);
        if let Some(group) = known.and_then(|at| self.group(at))
            && (group.origin != Origin::Plain || !has_context(entry))
        {
            return known.unwrap_or(0);
        }
        if known.is_none() {
            let origin = self.origin(form, entry, false);
            let at = self.add_group(&Key { origin, ..plain }, entry);
            if origin != Origin::Plain || !has_context(entry) {
                return at;
            }
        }
        let context = Context {
            task: kept(entry.task).into(),
            tags: kept(entry.tags.text()).into(),
            project: kept(entry.project).into(),
        };
        let number = self.contexts.number(&self.state, context);
        let key = Key {
            context: number,
            ..plain
        };
        if let Some(at) = self.find(&key) {
            return at;
        }
        let origin = self.origin(form, entry, true);
        self.add_group(&Key { origin, ..key }, entry)
    }

    /// What is known of a text: named by the owner, or in the catalogue.
    fn origin(&self, form: &str, entry: &Entry<'_>, uses_context: bool) -> Origin {
        if let Some(at) = self
            .job
            .named
            .iter()
            .position(|(named, _)| named == form && !form.is_empty())
        {
            return Origin::Named(at);
        }
        let fold = |text: &str| Folder::new().fold(text).to_owned();
        let (task, tags, project) = if uses_context {
            (
                fold(entry.task),
                fold(entry.tags.text()),
                fold(entry.project),
            )
        } else {
            Default::default()
        };
        let found = offdesk_pricing::kind_of(&WorkText {
            description: form,
            task: &task,
            tags: &tags,
            project: &project,
        });
        found.map_or(Origin::Plain, |found| {
            Origin::Kind(found.kind.slug, found.confidence)
        })
    }

    fn hash(&self, key: &Key<'_>) -> u64 {
        let mut hasher = self.state.build_hasher();
        (key.form, key.context, key.is_mine).hash(&mut hasher);
        if let Origin::Rule(rule) = key.origin {
            rule.hash(&mut hasher);
        }
        hasher.finish()
    }

    fn group(&self, at: u32) -> Option<&Group> {
        self.groups.get(usize::try_from(at).ok()?)
    }

    fn find(&self, key: &Key<'_>) -> Option<u32> {
        let hash = self.hash(key);
        let is_same = |at: &u32| {
            self.group(*at).is_some_and(|group| {
                group.hash == hash
                    && group.context == key.context
                    && group.form.as_ref() == kept(key.form)
            })
        };
        self.index.find(hash, is_same).copied()
    }

    /// The number of a group, made if need be; the common one of its kind where there are too many.
    fn add_group(&mut self, key: &Key<'_>, entry: &Entry<'_>) -> u32 {
        if let Some(at) = self.find(key) {
            return at;
        }
        if self.groups.len() >= MOST_GROUPS && !(key.form.is_empty() && key.context == 0) {
            let common = match key.origin {
                Origin::Kind(slug, _) => Key {
                    form: slug,
                    context: u32::MAX,
                    ..*key
                },
                origin => Key {
                    form: "",
                    context: 0,
                    origin,
                    is_mine: key.is_mine,
                },
            };
            return match self.find(&common) {
                Some(at) => at,
                None => self.push(&common, "", entry.line),
            };
        }
        let text = if entry.description.is_empty() {
            key.form
        } else {
            entry.description
        };
        self.push(key, text, entry.line)
    }

    fn push(&mut self, key: &Key<'_>, example: &str, line: u64) -> u32 {
        let hash = self.hash(key);
        let number = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        self.groups.push(Group {
            hash,
            form: kept(key.form).into(),
            example: kept(example).into(),
            line,
            context: key.context,
            origin: key.origin,
            is_mine: key.is_mine,
            mix: Mix::default(),
            entries: 0,
        });
        let groups = &self.groups;
        self.index.insert_unique(hash, number, |at| {
            usize::try_from(*at)
                .ok()
                .and_then(|at| groups.get(at))
                .map_or(0, |group| group.hash)
        });
        number
    }

    fn note_client(&mut self, client: &str) {
        if client.is_empty() || client == self.last_client {
            return;
        }
        client.clone_into(&mut self.last_client);
        if self.clients.len() < MOST_NAMES && !self.clients.contains(client) {
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
    pub fn take(&mut self, other: Self) {
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
        let translated = |table: &[u32], number: u32| {
            let at = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
            at.and_then(|at| table.get(at))
                .copied()
                .unwrap_or(if number == u32::MAX { number } else { 0 })
        };
        let mut groups = Vec::with_capacity(if self.job.keeps_ledger {
            other.groups.len()
        } else {
            0
        });
        for group in other.groups {
            let key = Key {
                form: &group.form,
                context: translated(&contexts, group.context),
                origin: group.origin,
                is_mine: group.is_mine,
            };
            let at = match self.find(&key) {
                Some(at) => at,
                None => self.push(&key, &group.example, group.line),
            };
            if self.job.keeps_ledger {
                groups.push(at);
            }
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
        self.occupied.absorb(other.occupied, &people);
        self.clients.extend(other.clients);
        self.ledger.extend(other.ledger.into_iter().map(|line| {
            Line {
                group: usize::try_from(line.group)
                    .ok()
                    .and_then(|at| groups.get(at))
                    .copied()
                    .unwrap_or(line.group),
                person: translated(&people, line.person),
                ..line
            }
        }));
    }
}

/// What tells groups apart.
#[derive(Clone, Copy)]
struct Key<'k> {
    form: &'k str,
    context: u32,
    origin: Origin,
    is_mine: bool,
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
        let group = self.group_of(entry);
        if let Some(group) = usize::try_from(group)
            .ok()
            .and_then(|at| self.groups.get_mut(at))
        {
            group.mix.measured += Seconds(entry.seconds);
            group.entries += 1;
        }
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
