//! Groups of entries to activities: what the owner named, what the catalogue knows, what shares its words.
//!
//! Where it takes more than 15 activities to cover four fifths of the hours, small kinds of one family, which one
//! person would take over together, become one activity, as few as need be.

use std::collections::{BTreeMap, HashSet};

use offdesk_domain::activity::Folder;
use offdesk_domain::audit::{Activity, Mix, Stays};
use offdesk_domain::{Currency, Place, Price, PriceRange, Seconds};
use offdesk_pricing::{Kind, WorkText};
use rust_decimal::Decimal;

use super::clusters::Clusters;
use super::collector::{Collector, Context, Group, Job, Origin};
use crate::rules::OwnPrices;

/// Activities outside the catalogue are told apart down to this share of all hours, in thousandths.
const SMALLEST_SHARE: i64 = 5;
/// So many activities outside the catalogue are named; the rest goes to the rest of the list.
const MOST_PLAIN: usize = 40;
/// So many activities are to cover so much of the hours, in hundredths.
const FEW: usize = 15;
const COVERED: i64 = 80;
/// Kinds with less than this share of the hours are joined, in thousandths, until few activities cover enough.
const JOINED_BELOW: [i64; 6] = [0, 10, 20, 30, 40, 60];

/// An activity being gathered.
#[derive(Default)]
struct Gathered<'c> {
    kind: Option<&'static Kind>,
    confidence: u8,
    /// The kinds joined in it, with their confidence and time.
    parts: Vec<(&'static Kind, u8, Seconds)>,
    is_mine: bool,
    mix: Mix,
    entries: u64,
    /// The text with the most time, and that time.
    best: Option<(Seconds, &'c str)>,
    /// How many kinds of work are in it, in the rest of the list.
    folded: usize,
    name: Option<&'c str>,
}

impl<'c> Gathered<'c> {
    fn add(&mut self, group: &'c Group, text: &'c str) {
        self.mix.add_all(group.mix);
        self.entries += group.entries;
        self.is_mine |= group.is_mine;
        let time = group.mix.total();
        let is_better =
            |(best, known): (Seconds, &str)| time > best || (time == best && text < known);
        if !text.is_empty() && self.best.is_none_or(is_better) {
            self.best = Some((time, text));
        }
    }
}

/// What tells activities apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    Rule(String, bool),
    Named(usize),
    Kind(&'static str, bool),
    Family(&'static str),
    Task(String, bool),
    Cluster(String, bool),
    Project(String, bool),
    /// Texts that share no word with enough others.
    Single(bool),
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
    let clusters = Clusters::of(collector, total);
    let tasks = tasks(collector, job);
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
        let key = key_of(group, context, task, clusters.name_of(index));
        let text = match &key {
            Key::Task(..) => context.map_or("", |context| context.task.as_str()),
            Key::Project(..) => context.map_or("", |context| context.project.as_str()),
            _ => group.example.as_ref(),
        };
        let entry = gathered.entry(key).or_default();
        match group.origin {
            Origin::Rule => entry.name = Some(&group.example),
            Origin::Named(at) => entry.name = job.named.get(at).map(|(_, name)| name.as_str()),
            Origin::Kind(kind, confidence) => {
                entry.kind = Some(kind);
                entry.confidence = entry.confidence.max(confidence);
            }
            Origin::Plain => {}
        }
        entry.add(group, text);
    }
    read_own_names(&mut gathered);
    fold_small(&mut gathered, total);
    join_families(&mut gathered, total);
    let mine: HashSet<String> = job.rules.mine_by_name().map(str::to_lowercase).collect();
    named(gathered, market, &clusters, &mine)
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
            offdesk_pricing::kind_of(&WorkText {
                description,
                ..WorkText::default()
            })
        });
        if let Some(found) = found.next() {
            activity.kind = Some(found.kind);
            activity.confidence = found.confidence;
        }
    }
}

/// Joins small kinds of a family, with the lowest bound that lets few activities cover enough of the hours.
fn join_families(gathered: &mut BTreeMap<Key, Gathered<'_>>, total: Seconds) {
    let families = |bound: i64, gathered: &BTreeMap<Key, Gathered<'_>>| {
        let mut members: BTreeMap<&'static str, Vec<Key>> = BTreeMap::new();
        for (key, activity) in gathered {
            let is_small = activity.mix.total().0 * 1000 < total.0 * bound;
            if let (Key::Kind(_, false), true, Some(kind)) = (key, is_small, activity.kind)
                && !kind.is_rest
                && !kind.is_the_owners()
            {
                members.entry(kind.family()).or_default().push(key.clone());
            }
        }
        members.retain(|_, keys| keys.len() > 1);
        members
    };
    let is_covered = |members: &BTreeMap<&'static str, Vec<Key>>| {
        let joined: HashSet<&Key> = members.values().flatten().collect();
        let time = |key: &Key| {
            gathered
                .get(key)
                .map_or(0, |activity| activity.mix.total().0)
        };
        let alone = gathered
            .keys()
            .filter(|key| !joined.contains(key))
            .map(&time);
        let mut times: Vec<i64> = alone
            .chain(members.values().map(|keys| keys.iter().map(&time).sum()))
            .collect();
        times.sort_unstable_by(|a, b| b.cmp(a));
        times.iter().take(FEW).sum::<i64>() * 100 >= total.0 * COVERED
    };
    let choices = JOINED_BELOW.map(|bound| families(bound, gathered));
    let chosen = choices
        .iter()
        .find(|members| is_covered(members))
        .or(choices.last());
    for (family, keys) in chosen.cloned().unwrap_or_default() {
        let mut joined = Gathered::default();
        for key in keys {
            let Some(one) = gathered.remove(&key) else {
                continue;
            };
            joined
                .parts
                .extend(one.kind.map(|kind| (kind, one.confidence, one.mix.total())));
            joined.mix.add_all(one.mix);
            joined.entries += one.entries;
        }
        gathered.insert(Key::Family(family), joined);
    }
}

fn key_of(
    group: &Group,
    context: Option<&Context>,
    task: Option<Key>,
    cluster: Option<&str>,
) -> Key {
    let is_mine = group.is_mine;
    match group.origin {
        Origin::Rule => return Key::Rule(group.example.to_lowercase(), is_mine),
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
            rest.folded += 1;
        }
    }
    gathered.insert(Key::Rest, rest);
}

/// Gives every activity its name and its price.
fn named(
    gathered: BTreeMap<Key, Gathered<'_>>,
    market: &Market,
    clusters: &Clusters,
    mine: &HashSet<String>,
) -> Vec<Activity> {
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
        let name = free_name(&candidates(&key, &activity, clusters), &mut taken);
        let occupation = activity
            .kind
            .and_then(|kind| kind.occupation.map(str::to_owned));
        let own = market
            .own
            .price_of(&name, market.place, market.currency, occupation);
        let is_the_owners = own.is_none() && activity.kind.is_some_and(Kind::is_the_owners);
        let by_market =
            || market_price(&activity, market).filter(|price| price.currency == market.currency);
        let price = own.or_else(by_market);
        let is_rest = activity.kind.is_some_and(|kind| kind.is_rest);
        let is_mine = activity.is_mine || is_the_owners || mine.contains(&name.to_lowercase());
        let stays = match (is_mine, is_rest) {
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
            is_rest_of_list: matches!(key, Key::Rest | Key::Single(_)),
        });
    }
    out
}

/// The market price of an activity; of joined kinds the mean of theirs, weighted by their time.
fn market_price(activity: &Gathered<'_>, market: &Market) -> Option<Price> {
    let of_kind = |kind, confidence| offdesk_pricing::price_of(kind, confidence, market.place);
    if activity.parts.is_empty() {
        return activity
            .kind
            .and_then(|kind| of_kind(kind, activity.confidence));
    }
    let parts: Option<Vec<(Price, Decimal)>> = activity
        .parts
        .iter()
        .map(|(kind, confidence, time)| {
            Some((of_kind(kind, *confidence)?, Decimal::from(time.0.max(1))))
        })
        .collect();
    let mut parts = parts?;
    parts.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    let (largest, _) = parts.first()?.clone();
    let weight: Decimal = parts.iter().map(|(_, time)| *time).sum();
    let mean = |end: fn(&PriceRange) -> Decimal| {
        let sum: Decimal = parts
            .iter()
            .map(|(price, time)| end(&price.range) * *time)
            .sum();
        (sum / weight).round_dp(4)
    };
    let range = PriceRange::new(mean(|r| r.low), mean(|r| r.likely), mean(|r| r.high));
    let confidence = parts
        .iter()
        .map(|(price, _)| price.confidence)
        .min()
        .unwrap_or(0);
    let source = format!(
        "mean of {} kinds of work by their hours; the largest: {}",
        parts.len(),
        largest.source
    );
    Some(Price {
        range,
        confidence,
        source,
        ..largest
    })
}

/// Names for an activity, the best first: the owner's own word where one text makes up half of the time.
fn candidates(key: &Key, activity: &Gathered<'_>, clusters: &Clusters) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(name) = activity.name {
        names.push(name.to_owned());
    }
    match key {
        Key::Rest => names.push(format!(
            "Everything else ({} kinds of work)",
            activity.folded
        )),
        Key::Single(_) => names.push("Everything else".to_owned()),
        Key::Family(family) => names.extend([(*family).to_owned(), format!("{family}, other")]),
        _ => {
            let half = activity.mix.total().0 / 2;
            let own = activity
                .best
                .filter(|(time, _)| activity.kind.is_none() || time.0 >= half);
            names.extend(
                own.map(|(_, text)| clusters.label(text))
                    .filter(|name| !name.is_empty()),
            );
        }
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
