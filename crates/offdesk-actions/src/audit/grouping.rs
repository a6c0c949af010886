//! Groups of entries to activities: what the owner named, what the catalogue knows, what shares its words.

use std::collections::{BTreeMap, HashMap, HashSet};

use offdesk_domain::activity::{Folder, label};
use offdesk_domain::audit::{Activity, Mix, Stays};
use offdesk_domain::{Currency, Place, Seconds};
use offdesk_pricing::Kind;

use super::collector::{Collector, Context, Group, Job, Origin};
use crate::rules::OwnPrices;

/// Activities outside the catalogue are told apart down to this share of all hours, in thousandths.
const SMALLEST_SHARE: i64 = 5;
/// So many activities outside the catalogue are named; the rest goes to the rest of the list.
const MOST_PLAIN: usize = 40;

/// An activity being gathered.
#[derive(Default)]
struct Gathered<'c> {
    kind: Option<&'static Kind>,
    confidence: u8,
    is_mine: bool,
    mix: Mix,
    entries: u64,
    /// Time by readable name of the entries' texts.
    labels: BTreeMap<String, Seconds>,
    name: Option<&'c str>,
}

impl<'c> Gathered<'c> {
    fn add(&mut self, group: &'c Group, text: &str) {
        self.mix.add_all(group.mix);
        self.entries += group.entries;
        self.is_mine |= group.is_mine;
        if !text.is_empty() {
            *self.labels.entry(label(text)).or_default() += group.mix.total();
        }
    }

    /// The label with the most time, and that time.
    fn label(&self) -> Option<(&str, Seconds)> {
        let most = self
            .labels
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))?;
        Some((most.0, *most.1))
    }
}

/// What tells activities apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    Rule(String, bool),
    Named(usize),
    Kind(&'static str, bool),
    Task(String, bool),
    Cluster(String, bool),
    Project(String, bool),
    Silent(bool),
    Rest,
}

/// The prices asked for.
#[derive(Debug, Clone)]
pub struct Market {
    /// Where the work would be bought.
    pub place: Place,
    /// The report's currency.
    pub currency: Currency,
    /// The owner's own prices.
    pub own: OwnPrices,
}

/// The activities of all groups; their time adds up to that of the groups.
#[must_use]
pub fn activities(collector: &Collector, job: &Job, market: &Market) -> Vec<Activity> {
    let total: Seconds = collector.groups.iter().map(|group| group.mix.total()).sum();
    let names = NameWords::of(collector);
    let clusters = clusters(collector, &names, total);
    let mut gathered: BTreeMap<Key, Gathered<'_>> = BTreeMap::new();
    for (index, group) in collector
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.entries > 0)
    {
        let context = collector.contexts.get(group.context);
        let key = key_of(group, context, clusters.get(&index), job);
        let entry = gathered.entry(key.clone()).or_default();
        match group.origin {
            Origin::Rule(_) => entry.name = Some(&group.form),
            Origin::Named(at) => entry.name = job.named.get(at).map(|(_, name)| name.as_str()),
            Origin::Kind(slug, confidence) => {
                entry.kind = offdesk_pricing::kind(slug);
                entry.confidence = entry.confidence.max(confidence);
            }
            Origin::Plain => {}
        }
        let text = match &key {
            Key::Task(..) => context.map_or("", |context| context.task.as_str()),
            Key::Project(..) => context.map_or("", |context| context.project.as_str()),
            _ => group.example.as_ref(),
        };
        entry.add(group, text);
    }
    fold_small(&mut gathered, total);
    named(gathered, market)
}

fn key_of(group: &Group, context: Option<&Context>, cluster: Option<&String>, job: &Job) -> Key {
    match group.origin {
        Origin::Rule(_) => return Key::Rule(group.form.to_lowercase(), group.is_mine),
        Origin::Named(at) => return Key::Named(at),
        Origin::Kind(slug, _) => return Key::Kind(slug, group.is_mine),
        Origin::Plain => {}
    }
    let task = context.map_or("", |context| context.task.as_str());
    if !task.is_empty() {
        let folded = Folder::new().fold(task).to_owned();
        if let Some(at) = job
            .named
            .iter()
            .position(|(named, _)| *named == folded && !folded.is_empty())
        {
            return Key::Named(at);
        }
        return Key::Task(
            if folded.is_empty() {
                task.to_lowercase()
            } else {
                folded
            },
            group.is_mine,
        );
    }
    if let Some(cluster) = cluster {
        return Key::Cluster(cluster.clone(), group.is_mine);
    }
    let project = context.map_or("", |context| context.project.as_str());
    if !project.is_empty() {
        return Key::Project(project.to_lowercase(), group.is_mine);
    }
    if group.form.is_empty() {
        Key::Silent(group.is_mine)
    } else {
        Key::Cluster(group.form.to_string(), group.is_mine)
    }
}

/// Words that are names: of clients and people. They say for whom, not what.
struct NameWords(HashSet<String>);

impl NameWords {
    fn of(collector: &Collector) -> Self {
        let mut folder = Folder::new();
        let mut words = HashSet::new();
        for name in collector.clients.iter().chain(collector.people.iter()) {
            words.extend(folder.fold(name).split(' ').map(str::to_owned));
        }
        Self(words)
    }

    fn rest<'f>(&self, form: &'f str) -> impl Iterator<Item = &'f str> {
        form.split(' ')
            .filter(|word| !word.is_empty() && !self.0.contains(*word))
    }
}

/// Texts outside the catalogue that share their heaviest word: for every group its cluster's name.
///
/// Again and again the word with the most time among what is left makes a cluster, as long as it has a
/// two-hundredth of all time.
fn clusters(collector: &Collector, names: &NameWords, total: Seconds) -> HashMap<usize, String> {
    let mut open: Vec<(usize, Vec<&str>, Seconds)> = collector
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| {
            group.origin == Origin::Plain && group.entries > 0 && !has_task(collector, group)
        })
        .map(|(index, group)| {
            let mut words: Vec<&str> = names.rest(&group.form).collect();
            words.dedup();
            (index, words, group.mix.total())
        })
        .filter(|(_, words, _)| !words.is_empty())
        .collect();
    let mut found = HashMap::new();
    for _ in 0..MOST_PLAIN {
        let mut time: HashMap<&str, Seconds> = HashMap::new();
        for (_, words, seconds) in &open {
            for word in words {
                *time.entry(word).or_default() += *seconds;
            }
        }
        let heaviest = time
            .into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
        let Some((word, seconds)) = heaviest else {
            break;
        };
        if seconds.0 * 1000 < total.0 * SMALLEST_SHARE {
            break;
        }
        let word = word.to_owned();
        open.retain(|(index, words, _)| {
            let is_in = words.contains(&word.as_str());
            if is_in {
                found.insert(*index, word.clone());
            }
            !is_in
        });
    }
    found
}

fn has_task(collector: &Collector, group: &Group) -> bool {
    collector
        .contexts
        .get(group.context)
        .is_some_and(|context| !context.task.is_empty())
}

/// What is outside the catalogue and too small to be looked at goes together into the rest of the list.
fn fold_small(gathered: &mut BTreeMap<Key, Gathered<'_>>, total: Seconds) {
    let is_plain = |key: &Key| matches!(key, Key::Task(..) | Key::Cluster(..) | Key::Project(..));
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
            rest.labels.extend(
                one.label()
                    .map(|(label, seconds)| (label.to_owned(), seconds)),
            );
        }
    }
    gathered.insert(Key::Rest, rest);
}

/// Gives every activity its name and its price.
fn named(gathered: BTreeMap<Key, Gathered<'_>>, market: &Market) -> Vec<Activity> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut out: Vec<Activity> = Vec::new();
    // The owner's names first, then the largest, so that they get the name they would have alone.
    let mut order: Vec<(Key, Gathered<'_>)> = gathered.into_iter().collect();
    order.sort_by_key(|(key, g)| {
        (
            !matches!(key, Key::Rule(..) | Key::Named(_)),
            std::cmp::Reverse(g.mix.total()),
        )
    });
    for (key, activity) in order {
        let name = free_name(&candidates(&key, &activity), &mut taken);
        let occupation = activity
            .kind
            .and_then(|kind| kind.occupation.map(str::to_owned));
        let own = market
            .own
            .price_of(&name, market.place, market.currency, occupation);
        let by_kind = || {
            activity
                .kind
                .and_then(|kind| offdesk_pricing::price_of(kind, activity.confidence, market.place))
        };
        let price = own.or_else(|| by_kind().filter(|price| price.currency == market.currency));
        let is_rest = activity.kind.is_some_and(|kind| kind.is_rest);
        let stays = match (activity.is_mine, is_rest) {
            (true, _) => Some(Stays::Mine),
            (false, true) => Some(Stays::Rest),
            (false, false) => None,
        };
        out.push(Activity {
            name,
            entries: activity.entries,
            mix: activity.mix,
            price,
            stays,
            is_rest_of_list: key == Key::Rest,
        });
    }
    out
}

/// Names for an activity, the best first: the owner's own word where one text makes up half of the time.
fn candidates(key: &Key, activity: &Gathered<'_>) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(name) = activity.name {
        names.push(name.to_owned());
    }
    if *key == Key::Rest {
        names.push(format!(
            "Everything else ({} kinds of work)",
            activity.labels.len()
        ));
    }
    let own = activity.label();
    let half = Seconds(activity.mix.total().0 / 2);
    if let Some((label, seconds)) = own
        && (activity.kind.is_none() || seconds >= half)
        && !label.is_empty()
    {
        names.push(label.to_owned());
    }
    if let Some(kind) = activity.kind {
        names.push(kind.name.to_owned());
    }
    names.push("No description".to_owned());
    names
}

fn free_name(candidates: &[String], taken: &mut HashSet<String>) -> String {
    for name in candidates {
        if taken.insert(name.to_lowercase()) {
            return name.clone();
        }
    }
    let base = candidates.first().map_or("Activity", String::as_str);
    let numbered = (2..).map(|n| format!("{base} ({n})"));
    let mut free = numbered.filter(|name| taken.insert(name.to_lowercase()));
    free.next().unwrap_or_else(|| base.to_owned())
}
