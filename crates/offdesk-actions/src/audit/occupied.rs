//! Which minutes of a person's days are taken, in memory that grows with days, not with entries.

use std::collections::BTreeSet;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

const MINUTES: i64 = 1440;
/// Words of 64 minutes in a day.
const WORDS: usize = 23;
/// So many person-days are told apart minute by minute (4 MB); beyond that only days are counted.
const MOST: usize = 20_000;

/// The taken minutes of the days entries were given for.
#[derive(Debug, Default)]
pub struct Occupied {
    days: BTreeSet<i32>,
    last_day: Option<i32>,
    places: HashMap<(u32, i64), usize, FixedState>,
    minutes: Vec<[u64; WORDS]>,
    last: Option<((u32, i64), usize)>,
    overlapping: u64,
}

impl Occupied {
    /// Marks an entry's day and, with clock times, its whole minutes.
    pub fn add(&mut self, person: u32, day: Option<i32>, span: Option<(i64, i64)>) {
        if day.is_some() && day != self.last_day {
            self.days.extend(day);
            self.last_day = day;
        }
        let Some((start, end)) = span else { return };
        // A minute that two entries share at their ends is not an overlap.
        let (first, last) = (
            start.div_euclid(60) + i64::from(start.rem_euclid(60) > 0),
            end.div_euclid(60),
        );
        if first >= last || last - first > 2 * MINUTES {
            return;
        }
        let mut from = first;
        while from < last {
            let day = from.div_euclid(MINUTES);
            let upto = last.min((day + 1) * MINUTES);
            self.mark(person, day, from - day * MINUTES, upto - day * MINUTES);
            from = upto;
        }
    }

    /// Where the minutes of a person's day are; `None` when there are too many days.
    fn place(&mut self, key: (u32, i64)) -> Option<usize> {
        if let Some((last, at)) = self.last
            && last == key
        {
            return Some(at);
        }
        let at = match self.places.get(&key) {
            Some(at) => *at,
            None if self.minutes.len() >= MOST => return None,
            None => {
                self.minutes.push([0; WORDS]);
                self.places.insert(key, self.minutes.len() - 1);
                self.minutes.len() - 1
            }
        };
        self.last = Some((key, at));
        Some(at)
    }

    fn mark(&mut self, person: u32, day: i64, from: i64, upto: i64) {
        let Some(at) = self.place((person, day)) else {
            return;
        };
        let Some(words) = self.minutes.get_mut(at) else {
            return;
        };
        let (Ok(first), Ok(last)) = (usize::try_from(from / 64), usize::try_from((upto - 1) / 64))
        else {
            return;
        };
        let Some(words) = words.get_mut(first..=last) else {
            return;
        };
        let end = last - first;
        for (index, word) in words.iter_mut().enumerate() {
            // The first word from the first minute on, the last one up to the last minute.
            let above = if index == 0 {
                u64::MAX << (from % 64)
            } else {
                u64::MAX
            };
            let below = if index == end {
                u64::MAX >> (63 - (upto - 1) % 64)
            } else {
                u64::MAX
            };
            let mask = above & below;
            self.overlapping += u64::from((*word & mask).count_ones());
            *word |= mask;
        }
    }

    /// Takes over the minutes of another part; `people` translates its numbers of people (from 1).
    pub fn absorb(&mut self, other: Self, people: &[u32]) {
        self.days.extend(other.days);
        self.overlapping += other.overlapping;
        for ((person, day), theirs) in other.places {
            let at = usize::try_from(person)
                .ok()
                .and_then(|person| person.checked_sub(1));
            let person = at.and_then(|at| people.get(at)).copied().unwrap_or(person);
            let Some(theirs) = other.minutes.get(theirs) else {
                continue;
            };
            let Some(at) = self.place((person, day)) else {
                continue;
            };
            let Some(mine) = self.minutes.get_mut(at) else {
                continue;
            };
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                self.overlapping += u64::from((*mine & theirs).count_ones());
                *mine |= theirs;
            }
        }
    }

    /// Days with an entry.
    #[must_use]
    pub fn days(&self) -> u32 {
        u32::try_from(self.days.len()).unwrap_or(u32::MAX)
    }

    /// Minutes that more than one entry of the same person takes.
    #[must_use]
    pub fn overlapping_minutes(&self) -> u64 {
        self.overlapping
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlap(spans: &[(i64, i64)]) -> u64 {
        let mut whole = Occupied::default();
        let mut parts = [Occupied::default(), Occupied::default()];
        for (index, (start, end)) in spans.iter().enumerate() {
            whole.add(1, Some(0), Some((*start, *end)));
            parts[index % 2].add(1, Some(0), Some((*start, *end)));
        }
        let mut joined = Occupied::default();
        for part in parts {
            joined.absorb(part, &[1]);
        }
        assert_eq!(joined.overlapping_minutes(), whole.overlapping_minutes());
        whole.overlapping_minutes()
    }

    #[test]
    fn only_shared_time_overlaps() {
        assert_eq!(overlap(&[(0, 3600), (3600, 7200)]), 0);
        assert_eq!(
            overlap(&[(0, 630), (630, 1200)]),
            0,
            "a shared minute at the ends"
        );
        assert_eq!(overlap(&[(0, 3600), (1800, 5400)]), 30);
        assert_eq!(
            overlap(&[(82_800, 90_000), (86_400, 88_200)]),
            30,
            "over midnight"
        );
        assert_eq!(overlap(&[(0, 3600), (0, 3600), (0, 3600)]), 120);
        assert_eq!(overlap(&[(-7200, 0), (-3600, 3600)]), 60, "before 1970");
    }
}
