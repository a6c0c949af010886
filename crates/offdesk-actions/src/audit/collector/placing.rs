//! Finds the group of what an entry says, and makes it where there is none.

use std::hash::BuildHasher;
use std::sync::Arc;

use offdesk_domain::audit::Mix;
use offdesk_import::Entry;
use offdesk_pricing::WorkText;

use super::filings::has_context;
use super::texts::{Group, Made, Origin, Place, Slot, Sum, keep, kept};
use super::{Collector, MOST_GROUPS};

impl Collector {
    /// The group of an entry where there are rules.
    pub(super) fn group_by_rule(&mut self, entry: &Entry<'_>) -> u32 {
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
                return match self.find(hash) {
                    Some((at, _)) => at,
                    None => self.push(hash, &group).0,
                };
            }
        }
        let filing = if has_context(entry) {
            self.filing_of(entry)
        } else {
            0
        };
        let mut folder = std::mem::take(&mut self.folder);
        let form = folder.fold(entry.description);
        let hash = self.state.hash_one((form, is_mine));
        let (mut at, is_known) = match self.find(hash) {
            Some(found) => found,
            None => self.make_form(hash, form, entry.description, entry.line, is_mine),
        };
        self.folder = folder;
        if !is_known && filing != 0 {
            let key = self.key_of_filing(hash, filing);
            at = match self.find(key) {
                Some((at, _)) => at,
                None => self.make_filed(key, filing, entry.description, entry.line, is_mine),
            };
        }
        at
    }

    /// Makes the group of a normal form.
    pub(super) fn make_form(
        &mut self,
        hash: u64,
        form: &str,
        description: &str,
        line: u64,
        is_mine: bool,
    ) -> (u32, bool) {
        // Within a file every form is asked for once.
        let is_kept = self.job.keeps_ledger;
        let known = is_kept.then(|| self.origins.get(hash)).flatten();
        let origin = known.unwrap_or_else(|| {
            let origin = self.origin(form, WorkText::default());
            if is_kept {
                self.origins.keep(hash, origin);
            }
            origin
        });
        let made = Made {
            origin,
            context: 0,
            is_mine,
            example: description,
            line,
        };
        self.add(hash, &made)
    }

    /// What is known of a text: named by the owner, or in the catalogue.
    pub(super) fn origin(&self, form: &str, context: WorkText<'_>) -> Origin {
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

    /// The number of the group of a key, and whether more is known of it than its text.
    pub(super) fn find(&self, hash: u64) -> Option<(u32, bool)> {
        self.index
            .find(hash, |slot| slot.is_of(hash))
            .map(|slot| (slot.place.at(), slot.place.is_known()))
    }

    /// A new group; the common one of its kind where there are too many.
    pub(super) fn add(&mut self, hash: u64, group: &Made<'_>) -> (u32, bool) {
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
        let example = keep(&mut self.examples, example).unwrap_or_default();
        self.groups.push(Group {
            hash,
            example,
            line: group.line,
            context: group.context,
            origin: group.origin,
            is_mine: group.is_mine,
            mix: Mix::default(),
            entries: 0,
        });
        self.sums.push(Sum::default());
        let slot = Slot::new(hash, Place::new(number, is_known));
        let groups = &self.groups;
        self.index.insert_unique(hash, slot, |slot| {
            let at = usize::try_from(slot.place.at()).ok();
            at.and_then(|at| groups.get(at))
                .map_or(0, |group| group.hash)
        });
        (number, is_known)
    }
}
