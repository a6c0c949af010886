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
/// Slots of the cache of texts just seen.
const RECENT: usize = 1 << 12;

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
    /// Seconds and number of entries of every group: small, so that they stay in the processor's cache.
    sums: Vec<(i64, u64)>,
    index: HashTable<(u64, u32)>,
    /// Contexts; a group's context 1 is the first.
    pub contexts: Names<Context>,
    /// People; names as in the files.
    pub people: Names<String>,
    /// Clients.
    pub clients: HashSet<String, FixedState>,
    last_client: String,
    last_person: (String, u32),
    recent: Vec<(u64, u32)>,
    /// Days with entries, and time that overlaps within the file.
    pub occupied: Occupied,
    /// The entries, where several sources are read.
    pub ledger: Vec<Line>,
}

impl Collector {
    /// An empty collector.
    #[must_use]
    pub fn new(job: Arc<Job>) -> Self {
        let state = FixedState::with_seed(0x0ffd_e5c);
        Self {
            job,
            state: state.clone(),
            folder: Folder::new(),
            groups: Vec::new(),
            sums: Vec::new(),
            index: HashTable::new(),
            contexts: Names::default(),
            people: Names::default(),
            clients: HashSet::with_hasher(state),
            last_client: String::new(),
            last_person: (String::new(), 0),
            recent: vec![(0, u32::MAX); RECENT],
            occupied: Occupied::default(),
            ledger: Vec::new(),
        }
    }

    /// Ends the reading of a file, and says how its entries are known.
    pub fn set_kind(&mut self, kind: EntryKind) {
        for (group, (seconds, entries)) in self.groups.iter_mut().zip(self.sums.drain(..)) {
            group.mix.add(kind, Seconds(seconds));
            group.entries += entries;
        }
    }

    /// The group of an entry, by the texts it has.
    fn group_of(&mut self, entry: &Entry<'_>) -> u32 {
        let mut hasher = self.state.build_hasher();
        hasher.write(entry.description.as_bytes());
        if has_context(entry) {
            (entry.task, entry.tags.text(), entry.project).hash(&mut hasher);
        }
        if !self.job.rules.is_empty() {
            entry.client.hash(&mut hasher);
        }
        let raw = hasher.finish();
        let slot = usize::try_from(raw % RECENT as u64).unwrap_or(0);
        if let Some((hash, group)) = self.recent.get(slot)
            && *hash == raw
            && *group != u32::MAX
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
        let mut is_mine = false;
        if !self.job.rules.is_empty() {
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
                    return self.find(hash).unwrap_or_else(|| self.push(hash, &group));
                }
            }
        }
        let mut folder = std::mem::take(&mut self.folder);
        let group = self.group_by_form(folder.fold(entry.description), entry, is_mine);
        self.folder = folder;
        group
    }

    fn group_by_form(&mut self, form: &str, entry: &Entry<'_>, is_mine: bool) -> u32 {
        let hash = self.state.hash_one((form, is_mine));
        let made = Made {
            origin: Origin::Plain,
            context: 0,
            is_mine,
            example: entry.description,
            line: entry.line,
        };
        let at = match self.find(hash) {
            Some(at) => at,
            None => {
                let origin = self.origin(form, WorkText::default());
                self.add(hash, &Made { origin, ..made })
            }
        };
        let is_known = self
            .group(at)
            .is_some_and(|group| !matches!(group.origin, Origin::Plain));
        if is_known || !has_context(entry) {
            return at;
        }
        let context_hash = self.state.hash_one((
            hash,
            kept(entry.task),
            kept(entry.tags.text()),
            kept(entry.project),
        ));
        if let Some(at) = self.find(context_hash) {
            return at;
        }
        let fold = |text: &str| Folder::new().fold(text).to_owned();
        let (task, tags, project) = (
            fold(entry.task),
            fold(entry.tags.text()),
            fold(entry.project),
        );
        let origin = self.origin(
            form,
            WorkText {
                description: "",
                task: &task,
                tags: &tags,
                project: &project,
            },
        );
        let context = Context {
            task: kept(entry.task).into(),
            tags: kept(entry.tags.text()).into(),
            project: kept(entry.project).into(),
        };
        let context = self.contexts.number(&self.state, context);
        self.add(
            context_hash,
            &Made {
                origin,
                context,
                ..made
            },
        )
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

    fn group(&self, at: u32) -> Option<&Group> {
        self.groups.get(usize::try_from(at).ok()?)
    }

    fn find(&self, hash: u64) -> Option<u32> {
        self.index
            .find(hash, |(known, _)| *known == hash)
            .map(|(_, at)| *at)
    }

    /// A new group; the common one of its kind where there are too many.
    fn add(&mut self, hash: u64, group: &Made<'_>) -> u32 {
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

    fn push(&mut self, hash: u64, group: &Made<'_>) -> u32 {
        let number = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        self.groups.push(Group {
            hash,
            example: if matches!(group.origin, Origin::Rule) {
                group.example
            } else {
                kept(group.example)
            }
            .into(),
            line: group.line,
            context: group.context,
            origin: group.origin,
            is_mine: group.is_mine,
            mix: Mix::default(),
            entries: 0,
        });
        self.sums.push((0, 0));
        self.index
            .insert_unique(hash, (hash, number), |(hash, _)| *hash);
        number
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
    pub fn take(&mut self, other: Self) {
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
        let mut places = Vec::with_capacity(if self.job.keeps_ledger {
            other.groups.len()
        } else {
            0
        });
        let sums = other.sums.into_iter().chain(std::iter::repeat((0, 0)));
        for (group, (seconds, entries)) in other.groups.into_iter().zip(sums) {
            let at = match self.find(group.hash) {
                Some(at) => at,
                None => self.push(
                    group.hash,
                    &Made {
                        origin: group.origin,
                        context: translated(&contexts, group.context),
                        is_mine: group.is_mine,
                        example: &group.example,
                        line: group.line,
                    },
                ),
            };
            if self.job.keeps_ledger {
                places.push(at);
            }
            let Ok(at) = usize::try_from(at) else {
                continue;
            };
            if let Some(sum) = self.sums.get_mut(at) {
                sum.0 = sum.0.saturating_add(seconds);
                sum.1 += entries;
            }
            if let Some(mine) = self.groups.get_mut(at) {
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
        let group = self.group_of(entry);
        if let Some(sum) = usize::try_from(group)
            .ok()
            .and_then(|at| self.sums.get_mut(at))
        {
            sum.0 = sum.0.saturating_add(entry.seconds);
            sum.1 += 1;
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
