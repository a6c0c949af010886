//! Where entries were filed: task, tags and project together, read once for all entries that share them.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use offdesk_import::Entry;
use offdesk_pricing::WorkText;

use super::texts::{Context, Made, Origin, Waiting, kept};
use super::{Collector, MOST_FILED};

/// So many are told apart by what was written; the rest is read again each time it is met.
const MOST: usize = 50_000;
/// Slots of the cache of filings just seen.
const RECENT: usize = 256;

/// What the catalogue reads from where entries were filed.
pub(super) struct Filings {
    /// Filing 0 says nothing.
    all: Vec<Filing>,
    /// By the hash of what was written.
    written: HashTable<(u64, u32)>,
    /// By the key.
    read: HashTable<(u64, u32)>,
    recent: Vec<(u64, u32)>,
    /// Groups made for texts that were filed.
    made: usize,
}

/// What a filing says; those that say the same are one.
#[derive(Clone, Copy)]
struct Filing {
    /// Tells it from others, mixed into the keys of groups.
    key: u64,
    origin: Origin,
    /// Number of its context; 0 where the catalogue knows it.
    context: u32,
    /// The group of all texts beyond those told apart.
    common: Option<u32>,
}

impl Default for Filings {
    fn default() -> Self {
        let nothing = Filing {
            key: 0,
            origin: Origin::Plain,
            context: 0,
            common: None,
        };
        Self {
            all: vec![nothing],
            written: HashTable::new(),
            read: HashTable::new(),
            recent: vec![(0, 0); RECENT],
            made: 0,
        }
    }
}

impl Filings {
    /// Forgets everything, and keeps its room.
    pub(super) fn clear(&mut self) {
        self.all.truncate(1);
        self.written.clear();
        self.read.clear();
        self.recent.fill((0, 0));
        self.made = 0;
    }
}

/// Whether an entry was filed anywhere.
pub(super) fn has_context(entry: &Entry<'_>) -> bool {
    !(entry.task.is_empty() && entry.project.is_empty() && entry.tags.text().is_empty())
}

impl Collector {
    /// The number of what an entry's task, tags and project say; 0 when that is nothing.
    pub(super) fn filing_of(&mut self, entry: &Entry<'_>) -> u32 {
        let texts = (entry.task, entry.tags.text(), entry.project);
        let written = self.state.hash_one(texts);
        let slot = usize::try_from(written % RECENT as u64).unwrap_or(0);
        if let Some((known, number)) = self.filings.recent.get(slot)
            && *known == written
        {
            return *number;
        }
        let known = self
            .filings
            .written
            .find(written, |(hash, _)| *hash == written)
            .map(|(_, number)| *number);
        let number = known.unwrap_or_else(|| {
            let number = self.read_filing(entry);
            if self.filings.written.len() < MOST {
                self.filings
                    .written
                    .insert_unique(written, (written, number), |(hash, _)| *hash);
            }
            number
        });
        if let Some(slot) = self.filings.recent.get_mut(slot) {
            *slot = (written, number);
        }
        number
    }

    fn read_filing(&mut self, entry: &Entry<'_>) -> u32 {
        let origin = self.origin_of_filing(entry);
        let filing = match origin {
            Origin::Kind(kind, confidence) => Filing {
                key: self.state.hash_one((kind.slug, confidence)),
                origin,
                context: 0,
                common: None,
            },
            _ => {
                let context = Context {
                    task: kept(entry.task).into(),
                    tags: kept(entry.tags.text()).into(),
                    project: kept(entry.project).into(),
                };
                let key = self.state.hash_one(&context);
                let context = self.contexts.number(&self.state, context);
                if context == 0 {
                    return 0;
                }
                Filing {
                    key,
                    origin: Origin::Plain,
                    context,
                    common: None,
                }
            }
        };
        if let Some((_, number)) = self
            .filings
            .read
            .find(filing.key, |(key, _)| *key == filing.key)
        {
            return *number;
        }
        let number = u32::try_from(self.filings.all.len()).unwrap_or(0);
        self.filings.all.push(filing);
        self.filings
            .read
            .insert_unique(filing.key, (filing.key, number), |(key, _)| *key);
        number
    }

    /// What the catalogue says of where an entry was filed; of places that differ only in their numbers it is asked once.
    fn origin_of_filing(&mut self, entry: &Entry<'_>) -> Origin {
        let parts = [entry.task, entry.tags.text(), entry.project].map(kept);
        let levelled = parts.map(|part| self.hash_of(part));
        let key = self.state.hash_one(("filing", levelled));
        if let Some(known) = self.origins.get(key) {
            return known;
        }
        let mut folder = std::mem::take(&mut self.folder);
        let [task, tags, project] = parts.map(|part| folder.fold(part).to_owned());
        self.folder = folder;
        let origin = self.origin(
            "",
            WorkText {
                description: "",
                task: &task,
                tags: &tags,
                project: &project,
            },
        );
        self.origins.keep(key, origin);
        origin
    }

    /// The key of the group of a text that says nothing by itself, filed somewhere.
    pub(super) fn key_of_filing(&self, form: u64, filing: u32) -> u64 {
        let key = self.filing(filing).map_or(0, |filing| filing.key);
        self.state.hash_one((form, key))
    }

    /// Makes the group of such a text.
    pub(super) fn group_of_filing(&mut self, key: u64, one: &Waiting, texts: &str) -> u32 {
        if let Some((at, _)) = self.find(key) {
            return at;
        }
        self.make_filed(key, one.filing, one.text(texts), one.line, false)
    }

    /// Makes the group of a text filed somewhere.
    pub(super) fn make_filed(
        &mut self,
        key: u64,
        filing: u32,
        description: &str,
        line: u64,
        is_mine: bool,
    ) -> u32 {
        let Some(of) = self.filing(filing) else {
            return 0;
        };
        let made = Made {
            origin: of.origin,
            context: of.context,
            is_mine,
            example: description,
            line,
        };
        if is_mine || self.filings.made < MOST_FILED {
            self.filings.made += 1;
            return self.add(key, &made).0;
        }
        if let Some(common) = of.common {
            return common;
        }
        let key = self.state.hash_one(("filed", of.key));
        let common = match self.find(key) {
            Some((at, _)) => at,
            None => {
                self.push(
                    key,
                    &Made {
                        example: "",
                        ..made
                    },
                )
                .0
            }
        };
        let at = usize::try_from(filing).ok();
        if let Some(of) = at.and_then(|at| self.filings.all.get_mut(at)) {
            of.common = Some(common);
        }
        common
    }

    fn filing(&self, number: u32) -> Option<Filing> {
        let at = usize::try_from(number).ok()?;
        self.filings.all.get(at).copied()
    }
}
