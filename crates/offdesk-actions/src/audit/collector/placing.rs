//! Finds the group of what an entry says, and makes it where there is none.

use std::hash::BuildHasher;
use std::sync::Arc;

use offdesk_domain::activity::Folder;
use offdesk_domain::audit::Mix;
use offdesk_import::Entry;
use offdesk_pricing::WorkText;

use super::texts::{Context, Group, Made, Origin, Said, Slot, kept};
use super::{Collector, MOST_GROUPS};

impl Collector {
    /// The group of an entry where there are rules.
    pub(super) fn group_by_rule(&mut self, entry: &Entry<'_>) -> u64 {
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

    pub(super) fn group_by_form(&mut self, said: &Said<'_>, is_mine: bool) -> (u64, u32) {
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
    pub(super) fn find(&self, hash: u64) -> Option<(u32, bool)> {
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

    pub(super) fn push(&mut self, hash: u64, group: &Made<'_>) -> (u32, bool) {
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
}
