//! When a handoff was live, and with how many others of its activity.

use crate::time::{Day, Period};

/// Days on which a handoff was live, and so many handoffs of its activity with it, itself among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The days.
    pub period: Period,
    /// So many handoffs share what the activity took before; at least 1.
    pub share: u32,
}

/// The days on which something was live, from what happened to it in order: on which day, and whether it was live from then on. The day
/// on which it stops is none of them, but for one that is also the first. What goes on is live until `until`.
#[must_use]
pub fn live_days(moves: &[(Day, bool)], until: Day) -> Vec<Period> {
    let mut all: Vec<Period> = Vec::new();
    let mut since = None;
    for (day, is_live) in moves {
        match (since, is_live) {
            (None, true) => since = Some(*day),
            (Some(from), false) => {
                add(&mut all, from, Day(day.0 - 1).max(from));
                since = None;
            }
            _ => {}
        }
    }
    if let Some(from) = since.filter(|from| *from <= until) {
        add(&mut all, from, until);
    }
    all
}

/// Where a handoff stands after something has happened to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is done by it: it is proposed, paused or over.
    Idle,
    /// It was agreed to, and was not begun.
    Agreed,
    /// It was begun, and goes on.
    Live,
}

/// Since when something was earned by a handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarnedSince {
    /// The day from which on it was agreed.
    pub agreed: Day,
    /// The first day on which anything was earned.
    pub first: Day,
}

/// When something was live, for [`live_days`]: since it was begun. Where something was earned by it before, it was live from the agreed
/// start, whether anybody has begun it or not.
#[must_use]
pub fn live_moves(moves: &[(Day, Standing)], earned: Option<EarnedSince>) -> Vec<(Day, bool)> {
    let begun = moves.iter().find(|(_, it)| *it == Standing::Live);
    let early = earned.filter(|it| begun.is_none_or(|(day, _)| it.first < *day));
    let is_live = |standing| match standing {
        Standing::Idle => false,
        Standing::Agreed => early.is_some(),
        Standing::Live => true,
    };
    let mut all: Vec<(Day, bool)> = moves.iter().map(|(day, it)| (*day, is_live(*it))).collect();
    let first = all.iter_mut().find(|(_, is_live)| *is_live);
    if let (Some(early), Some((day, _))) = (early, first) {
        *day = early.agreed.min(early.first);
    }
    all
}

/// Adds days; those that are there already are not added again.
fn add(all: &mut Vec<Period>, from: Day, to: Day) {
    let from = all.last().map_or(from, |last| from.max(Day(last.to.0 + 1)));
    if from <= to {
        all.push(Period { from, to });
    }
}

/// The days of a handoff, cut where another handoff of the same activity begins or ends.
#[must_use]
pub fn held(own: &[Period], others: &[Period]) -> Vec<Held> {
    let mut cuts: Vec<Day> = others
        .iter()
        .flat_map(|other| [other.from, Day(other.to.0 + 1)])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut all = Vec::new();
    for period in own {
        let inside = cuts
            .iter()
            .filter(|cut| **cut > period.from && **cut <= period.to);
        let mut from = period.from;
        for next in inside.copied().chain([Day(period.to.0 + 1)]) {
            let count = others.iter().filter(|other| other.has(from)).count();
            all.push(Held {
                period: Period {
                    from,
                    to: Day(next.0 - 1),
                },
                share: u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1),
            });
            from = next;
        }
    }
    all
}
