//! Groups of entries to activities: what the owner named, what the catalogue knows, what shares its words.
//!
//! Where it takes more than 15 activities to cover four fifths of the hours, small kinds of one family, which one
//! person would take over together, become one activity, as few as need be.

use std::collections::BTreeMap;

use offdesk_domain::activity::Folder;
use offdesk_domain::audit::{Activity, Mix};
use offdesk_domain::{Currency, Place, Seconds};
use offdesk_pricing::{Comparer, Kind};

use super::clusters::Clusters;
use super::collector::{Collector, Context, Group, Job, Origin};
use super::corrected::{correction_of, key_of_correction};
use super::families::join_families;
pub(super) use super::keys::Key;
use super::naming::named;
use crate::corrections::{CORRECTED, Correction, Work};
use crate::price::Figures;
use crate::rules::OwnPrices;

/// Activities outside the catalogue are told apart down to this share of all hours, in thousandths.
const SMALLEST_SHARE: i64 = 5;
/// So many activities outside the catalogue are named; the rest goes to the rest of the list.
const MOST_PLAIN: usize = 40;
/// So many texts of an activity are kept to be read.
const MOST_TEXTS: usize = 8;

/// An activity being gathered.
#[derive(Default)]
pub(super) struct Gathered<'c> {
    pub(super) kind: Option<&'static Kind>,
    pub(super) confidence: u8,
    /// The kinds joined in it, with their confidence and time.
    pub(super) parts: Vec<(&'static Kind, u8, Seconds)>,
    pub(super) is_mine: bool,
    pub(super) mix: Mix,
    pub(super) entries: u64,
    /// The text with the most time, and that time.
    pub(super) best: Option<(Seconds, &'c str)>,
    /// Its largest texts with their time, the largest first.
    pub(super) texts: Vec<(Seconds, &'c str)>,
    /// How many kinds of work are in it, in the rest of the list.
    pub(super) folded: usize,
    pub(super) name: Option<&'c str>,
    /// The owner's correction of what it is or costs.
    pub(super) correction: Option<&'c Correction>,
    /// The numbers of its groups.
    pub(super) members: Vec<usize>,
}

impl<'c> Gathered<'c> {
    fn correct(&mut self, correction: &'c Correction) {
        if let Some(Work::Kind(kind)) = correction.work {
            self.kind = Some(kind);
            self.confidence = self.confidence.max(CORRECTED);
        } else if correction.work.is_some() {
            self.kind = None;
        }
        if correction.price.is_some() || self.kind.is_none() {
            self.name = Some(&correction.text);
            self.correction = Some(correction);
        }
    }

    /// Adds a group that counts under a text, and what its entries say.
    fn add(&mut self, group: &'c Group, text: &'c str, said: &'c str) {
        self.mix.add_all(group.mix);
        self.entries += group.entries;
        self.is_mine |= group.is_mine;
        let time = group.mix.total();
        let is_better =
            |(best, known): (Seconds, &str)| time > best || (time == best && text < known);
        if !text.is_empty() && self.best.is_none_or(is_better) {
            self.best = Some((time, text));
        }
        let said = if said.is_empty() { text } else { said };
        if !said.is_empty() {
            let at = self.texts.partition_point(|(known, _)| *known >= time);
            if at < MOST_TEXTS {
                self.texts.insert(at, (time, said));
                self.texts.truncate(MOST_TEXTS);
            }
        }
    }
}

/// The prices asked for.
#[derive(Debug, Clone)]
pub struct Market {
    /// Where the work would be bought.
    pub place: Place,
    /// The report's currency.
    pub currency: Currency,
    /// What market prices are made from.
    pub figures: Figures,
    /// The owner's own prices.
    pub own: OwnPrices,
    /// Whether every price says why.
    pub explains: bool,
}

/// An activity with what it is made of.
#[derive(Debug, Clone)]
pub struct Sorted {
    /// The activity.
    pub activity: Activity,
    /// The numbers of its groups, each with the name of what told it from the others: `kind:inbox`, `task:payroll`.
    pub members: Vec<(usize, String)>,
}

/// The activities of all groups; their time adds up to that of the groups.
#[must_use]
pub fn activities(collector: &Collector, job: &Job, market: &Market) -> Vec<Activity> {
    let mut sorted = sorted(collector, job, market);
    collector.days.tell_times(&mut sorted);
    sorted.into_iter().map(|one| one.activity).collect()
}

/// The activities of all groups, with the groups they are made of.
#[must_use]
pub fn sorted(collector: &Collector, job: &Job, market: &Market) -> Vec<Sorted> {
    let mut keys: Vec<String> = vec![String::new(); collector.groups.len()];
    let total: Seconds = collector.groups.iter().map(|group| group.mix.total()).sum();
    let clusters = Clusters::of(collector, total);
    let tasks = tasks(collector, job);
    let mut comparer = Comparer::default();
    let mut gathered: BTreeMap<Key, Gathered<'_>> = BTreeMap::new();
    for (index, group) in collector
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.entries > 0)
    {
        let context = collector.contexts.get(group.context);
        let task = usize::try_from(group.context)
            .ok()
            .and_then(|at| tasks.get(at.checked_sub(1)?)?.clone());
        let correction = correction_of(collector, group, context, job, &mut comparer);
        let key = match correction {
            Some((at, correction)) => key_of_correction(at, correction, group.is_mine),
            None => key_of(collector, group, context, task, clusters.name_of(index)),
        };
        if let Some(name) = keys.get_mut(index) {
            *name = key.name();
        }
        let text = match &key {
            Key::Task(..) => context.map_or("", |context| context.task.as_str()),
            Key::Project(..) => context.map_or("", |context| context.project.as_str()),
            _ => collector.example(group),
        };
        let entry = gathered.entry(key).or_default();
        match group.origin {
            Origin::Rule => entry.name = Some(collector.example(group)),
            Origin::Named(at) => entry.name = job.named.get(at).map(|(_, name)| name.as_str()),
            Origin::Kind(kind, confidence) => {
                entry.kind = Some(kind);
                entry.confidence = entry.confidence.max(confidence);
            }
            Origin::Plain => {}
        }
        if let Some((_, correction)) = correction {
            entry.correct(correction);
        }
        entry.add(group, text, collector.example(group));
        entry.members.push(index);
    }
    read_own_names(&mut gathered);
    fold_small(&mut gathered, total);
    join_families(&mut gathered, total);
    let named = named(gathered, market, &clusters, &job.rules).into_iter();
    let with_keys = |(activity, members): (Activity, Vec<usize>)| {
        let key = |at: usize| (at, keys.get(at).cloned().unwrap_or_default());
        let members = members.into_iter().map(key).collect();
        Sorted { activity, members }
    };
    named.map(with_keys).collect()
}

/// For every context the activity its task stands for.
fn tasks(collector: &Collector, job: &Job) -> Vec<Option<Key>> {
    let mut folder = Folder::new();
    let task = |context: &Context| {
        let folded = folder.fold(&context.task);
        if context.task.is_empty() {
            None
        } else if let Some(at) = job
            .named
            .iter()
            .position(|(named, _)| named == folded && !folded.is_empty())
        {
            Some(Key::Named(at))
        } else if folded.is_empty() {
            Some(Key::Task(context.task.to_lowercase(), false))
        } else {
            Some(Key::Task(folded.to_owned(), false))
        }
    };
    collector.contexts.iter().map(task).collect()
}

/// What the owner's own names say, so that what a rule has named has a price, too.
fn read_own_names(gathered: &mut BTreeMap<Key, Gathered<'_>>) {
    let mut folder = Folder::new();
    for activity in gathered.values_mut() {
        let (Some(name), None) = (activity.name, activity.kind) else {
            continue;
        };
        let texts = std::iter::once(name).chain(activity.best.map(|(_, text)| text));
        let mut found = texts.filter_map(|text| {
            let description = folder.fold(text);
            offdesk_pricing::kind_of_form(description)
        });
        if let Some(found) = found.next() {
            activity.kind = Some(found.kind);
            activity.confidence = found.confidence;
        }
    }
}

fn key_of(
    collector: &Collector,
    group: &Group,
    context: Option<&Context>,
    task: Option<Key>,
    cluster: Option<&str>,
) -> Key {
    let is_mine = group.is_mine;
    match group.origin {
        Origin::Rule => return Key::Rule(collector.example(group).to_lowercase(), is_mine),
        Origin::Named(at) => return Key::Named(at),
        Origin::Kind(kind, _) => return Key::Kind(kind.slug, is_mine),
        Origin::Plain => {}
    }
    if let Some(task) = task {
        return if let Key::Task(task, _) = task {
            Key::Task(task, is_mine)
        } else {
            task
        };
    }
    if let Some(cluster) = cluster {
        return Key::Cluster(cluster.to_owned(), is_mine);
    }
    let project = context.map_or("", |context| context.project.as_str());
    if !project.is_empty() {
        return Key::Project(project.to_lowercase(), is_mine);
    }
    if group.example.is_empty() && group.context != u32::MAX {
        Key::Silent(is_mine)
    } else {
        Key::Single(is_mine)
    }
}

/// What is outside the catalogue and too small to be looked at goes together into the rest of the list.
fn fold_small(gathered: &mut BTreeMap<Key, Gathered<'_>>, total: Seconds) {
    let is_plain = |key: &Key| {
        matches!(
            key,
            Key::Task(..) | Key::Cluster(..) | Key::Project(..) | Key::Single(false)
        )
    };
    let mut plain: Vec<(Seconds, Key)> = gathered
        .iter()
        .filter(|(key, _)| is_plain(key))
        .map(|(key, g)| (g.mix.total(), key.clone()))
        .collect();
    plain.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let small = plain
        .into_iter()
        .enumerate()
        .filter(|(rank, (seconds, key))| {
            let is_mine = matches!(
                key,
                Key::Task(_, true) | Key::Cluster(_, true) | Key::Project(_, true)
            );
            !is_mine && (*rank >= MOST_PLAIN || seconds.0 * 1000 < total.0 * SMALLEST_SHARE)
        });
    let keys: Vec<Key> = small.map(|(_, (_, key))| key).collect();
    if keys.len() < 2 {
        return;
    }
    let mut rest = Gathered::default();
    for key in keys {
        if let Some(one) = gathered.remove(&key) {
            rest.mix.add_all(one.mix);
            rest.entries += one.entries;
            rest.members.extend(one.members);
            rest.folded += 1;
        }
    }
    gathered.insert(Key::Rest, rest);
}
