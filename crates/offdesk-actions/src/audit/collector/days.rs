//! On which days the entries of each group stand, as far as an owner's files go.

use foldhash::fast::FixedState;
use hashbrown::HashSet;
use offdesk_domain::audit::Mix;
use rust_decimal::Decimal;

use crate::audit::grouping::Sorted;

/// So many days of groups are told apart (an owner of some hundred kinds of work has as many in years); beyond that none are, and how long
/// one time takes is told by the number of entries.
const MOST: usize = 1 << 16;

/// The days of all groups.
#[derive(Debug, Default)]
pub struct Days {
    pairs: HashSet<(u32, i32), FixedState>,
    is_full: bool,
}

impl Days {
    /// Notes a day of a group.
    pub(super) fn add(&mut self, group: u32, day: i32) {
        if self.is_full {
            return;
        }
        self.pairs.insert((group, day));
        if self.pairs.len() > MOST {
            self.forget();
        }
    }

    /// Takes over those of another collector, whose groups have these numbers here.
    pub(super) fn take(&mut self, other: Self, places: &[u32]) {
        if other.is_full {
            self.forget();
        }
        for (group, day) in other.pairs {
            let place = usize::try_from(group).ok().and_then(|at| places.get(at));
            if let Some(place) = place {
                self.add(*place, day);
            }
        }
    }

    /// Tells no days apart: totals stand on a day that is not that of the work.
    pub fn forget(&mut self) {
        self.pairs = HashSet::default();
        self.is_full = true;
    }

    /// Writes down how long one time of each activity takes: its hours over its days.
    pub(in crate::audit) fn tell_times(&self, activities: &mut [Sorted]) {
        if self.is_full {
            return;
        }
        let groups = activities.iter().flat_map(|one| &one.members);
        let most = groups.map(|(group, _)| group + 1).max().unwrap_or(0);
        let mut activity_of = vec![None; most];
        for (at, one) in activities.iter().enumerate() {
            for (group, _) in &one.members {
                if let Some(place) = activity_of.get_mut(*group) {
                    *place = Some(at);
                }
            }
        }
        let mut seen: HashSet<(usize, i32), FixedState> = HashSet::default();
        let mut days = vec![0_u64; activities.len()];
        for (group, day) in &self.pairs {
            let group = usize::try_from(*group).ok();
            let found = group.and_then(|group| activity_of.get(group).copied().flatten());
            if let Some(at) = found.filter(|at| seen.insert((*at, *day)))
                && let Some(number) = days.get_mut(at)
            {
                *number += 1;
            }
        }
        for (one, days) in activities.iter_mut().zip(days) {
            let mix: &Mix = &one.activity.mix;
            if days > 0 && !mix.is_remembered() {
                one.activity.hours_each = mix.total().hours().checked_div(Decimal::from(days));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_days_than_are_kept_are_none_however_they_come() {
        let few = |groups: std::ops::Range<u32>| {
            let mut days = Days::default();
            for group in groups {
                for day in 0..1_000 {
                    days.add(group, day);
                    days.add(group, day);
                }
            }
            days
        };
        assert_eq!(few(0..65).pairs.len(), 65_000);
        let places: Vec<u32> = (0..100).collect();
        let mut joined = few(0..40);
        joined.take(few(30..60), &places);
        assert!(!joined.is_full && joined.pairs.len() == 60_000);
        joined.take(few(60..70), &places);
        assert!(joined.is_full && joined.pairs.is_empty());
        assert!(few(0..70).is_full);
    }
}
