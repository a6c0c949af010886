//! Names and prices of activities: the owner's own first, then the market's.

use std::collections::{BTreeMap, HashSet};

use offdesk_domain::Seconds;
use offdesk_domain::activity::Folder;
use offdesk_domain::audit::{Activity, Blueprint, Stays};
use offdesk_pricing::Kind;

use super::clusters::Clusters;
use super::grouping::{Gathered, Key, Market};
use super::pricing::Pricing;
use crate::rules::Rules;

/// Gives every activity its name and its price; with the numbers of its groups.
pub(super) fn named(
    gathered: BTreeMap<Key, Gathered<'_>>,
    market: &Market,
    clusters: &Clusters,
    rules: &Rules,
) -> Vec<(Activity, Vec<usize>)> {
    let mine: HashSet<String> = rules.mine_by_name().map(str::to_lowercase).collect();
    let mut taken: HashSet<String> = HashSet::new();
    let mut pricing = Pricing::new(market, rules);
    let mut out = Vec::new();
    // The owner's names first, then the largest, so that they get the name they would have alone.
    let mut order: Vec<(Key, Gathered<'_>)> = gathered.into_iter().collect();
    order.sort_by_key(|(key, g)| {
        (
            !matches!(key, Key::Rule(..) | Key::Named(_) | Key::Corrected(..)),
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
            .price_of(&name, market.place, market.currency, occupation.clone())
            .or_else(|| pricing.corrected(&name, &activity, occupation));
        let is_the_owners = own.is_none() && activity.kind.is_some_and(Kind::is_the_owners);
        let price = own.or_else(|| pricing.market_price(&activity));
        let is_rest = activity.kind.is_some_and(|kind| kind.is_rest);
        let is_mine = activity.is_mine || is_the_owners || mine.contains(&name.to_lowercase());
        let stays = match (is_mine, is_rest) {
            (true, _) => Some(Stays::Mine),
            (false, true) => Some(Stays::Rest),
            (false, false) => None,
        };
        let named = Activity {
            name,
            entries: activity.entries,
            mix: activity.mix,
            price,
            stays,
            is_rest_of_list: matches!(key, Key::Rest | Key::Single(_)),
            hours_each: None,
            blueprint: Blueprint::None,
        };
        out.push((named, activity.members));
    }
    out
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
            // Where the kind was read from the task or the project, the text itself may say nothing ("q1").
            let tells = |text: &str| activity.kind.is_none_or(|kind| is_of(kind, text));
            let is_name = |(time, text): &(_, &str)| {
                let Seconds(time) = *time;
                activity.kind.is_none() || time >= half && tells(text)
            };
            let own = activity.best.filter(is_name);
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

/// Whether the catalogue reads a kind of work from a text alone.
fn is_of(kind: &Kind, text: &str) -> bool {
    let mut folder = Folder::new();
    offdesk_pricing::kind_of_form(folder.fold(text))
        .is_some_and(|found| found.kind.slug == kind.slug)
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
