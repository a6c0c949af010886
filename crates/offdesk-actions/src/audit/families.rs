//! Joins small kinds of work of one family, which one person would take over together.

use std::collections::{BTreeMap, HashSet};

use offdesk_domain::Seconds;

use super::grouping::{Gathered, Key};

/// So many activities are to cover so much of the hours, in hundredths.
const FEW: usize = 15;
const COVERED: i64 = 80;
/// Kinds with less than this share of the hours are joined, in thousandths, until few activities cover enough.
const JOINED_BELOW: [i64; 6] = [0, 10, 20, 30, 40, 60];

/// Joins small kinds of a family, with the lowest bound that lets few activities cover enough of the hours.
pub(super) fn join_families(gathered: &mut BTreeMap<Key, Gathered<'_>>, total: Seconds) {
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
            joined.members.extend(one.members);
        }
        gathered.insert(Key::Family(family), joined);
    }
}
