//! All that is known of a handoff by its days, cut into the weeks that a return is reckoned from.

use std::collections::BTreeMap;

use super::hours::{Baseline, Supervision, Week};
use super::live::Held;
use super::money::Flow;
use super::uses::Became;
use super::{Facts, Return};
use crate::coverage::Coverage;
use crate::money::MoneyError;
use crate::returns::HourValues;
use crate::time::{Day, EntryKind, Period, Seconds, week_of};

/// The Monday of a day's week.
#[must_use]
pub fn monday_of(day: Day) -> Day {
    Day::from_number(week_of(day.0.into()) * 7 - 3).unwrap_or(day)
}

/// What all handoffs of a workspace have in common.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Which days the logs speak about.
    pub coverage: &'a Coverage,
    /// What the freed hours became, by the Monday of their week.
    pub became: &'a BTreeMap<Day, Became>,
}

/// All that is known of a handoff, by its days.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// What the activity took before any handoff of it; `None` where nobody knows.
    pub baseline: Option<Baseline>,
    /// When it was live, in order.
    pub held: Vec<Held>,
    /// What was logged of the activity.
    pub logged: BTreeMap<Day, Seconds>,
    /// What looking after it took.
    pub spent: BTreeMap<Day, Supervision>,
    /// What was earned by it.
    pub cash: BTreeMap<Day, Vec<Flow>>,
    /// Hours of the owner's for setting it up.
    pub set_up: Seconds,
    /// What was paid for setting it up.
    pub set_up_cash: Vec<Flow>,
}

impl Record {
    /// The first day on which it was live.
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        self.held.first().map(|held| held.period.from)
    }

    /// The first and the last day of which anything is known: on which it was live, or on which something was spent, paid or came in.
    #[must_use]
    pub fn span(&self) -> Option<Period> {
        let from = [
            self.first_day(),
            self.spent.keys().next().copied(),
            self.cash.keys().next().copied(),
        ];
        let to = [
            self.held.last().map(|held| held.period.to),
            self.spent.keys().next_back().copied(),
            self.cash.keys().next_back().copied(),
        ];
        Some(Period {
            from: from.into_iter().flatten().min()?,
            to: to.into_iter().flatten().max()?,
        })
    }

    /// The first and the last day on which it was live; of what never was, those of [`Self::span`].
    #[must_use]
    pub fn live_span(&self) -> Option<Period> {
        let (first, last) = (self.held.first(), self.held.last());
        let held = first.zip(last).map(|(first, last)| Period {
            from: first.period.from,
            to: last.period.to,
        });
        held.or_else(|| self.span())
    }

    /// So many days it was live within a period.
    #[must_use]
    pub fn days(&self, within: Period) -> i64 {
        let parts = self.held.iter().filter_map(|it| both(it.period, within));
        parts.map(Period::days).sum()
    }

    /// Its weeks from its first day on, each of seven days on which it was live, with those before on which it was not; and what comes after
    /// the last whole one.
    #[must_use]
    pub fn live_weeks(&self, whole: Period) -> (Vec<Period>, Option<Period>) {
        let (mut weeks, mut from, mut live) = (Vec::new(), whole.from, 0);
        for number in self
            .held
            .iter()
            .flat_map(|it| it.period.from.0..=it.period.to.0)
        {
            live += 1;
            if live == 7 {
                let to = Day(number);
                weeks.push(Period { from, to });
                (from, live) = (Day(number + 1), 0);
            }
        }
        let to = whole.to;
        (weeks, (from <= to).then_some(Period { from, to }))
    }

    /// Its weeks within a period by their Mondays. What was spent or earned while it was not live, such as for work that was accepted
    /// after its end, counts in the week of its day; the set-up in the first week.
    #[must_use]
    pub fn by_week(&self, around: Around<'_>, within: Period) -> BTreeMap<Day, Vec<Facts>> {
        let mut weeks: BTreeMap<Day, Vec<Facts>> = BTreeMap::new();
        for held in &self.held {
            let Some(part) = both(held.period, within) else {
                continue;
            };
            let mut from = part.from;
            while from <= part.to {
                let monday = monday_of(from);
                let to = Day(monday.0 + 6).min(part.to);
                let facts = self.part(around, Period { from, to }, held.share);
                weeks.entry(monday).or_default().push(facts);
                from = Day(to.0 + 1);
            }
        }
        for day in self.days_outside(within) {
            let monday = monday_of(day);
            let facts = self.outside(day, around.became.get(&monday).copied());
            weeks.entry(monday).or_default().push(facts);
        }
        let first = self.first_day().filter(|day| within.has(*day));
        if let Some(first) = first {
            let facts = Facts {
                baseline: NOTHING,
                weeks: Vec::new(),
                set_up: self.set_up,
                set_up_cash: self.set_up_cash.clone(),
            };
            weeks.entry(monday_of(first)).or_default().push(facts);
        }
        weeks
    }

    /// Days of a week on which it was live.
    fn part(&self, around: Around<'_>, days: Period, share: u32) -> Facts {
        let share = i64::from(share.max(1));
        let logged: Seconds = self
            .logged
            .range(days.from..=days.to)
            .map(|(_, it)| *it)
            .sum();
        // Where nobody knows what it took before, what is still done of it is no loss.
        let (baseline, logged) = match self.baseline {
            Some(baseline) => (baseline, logged),
            None => (NOTHING, Seconds::ZERO),
        };
        let spent = self.spent.range(days.from..=days.to);
        Facts {
            baseline: Baseline {
                per_week: Seconds(baseline.per_week.0 / share),
                ..baseline
            },
            weeks: vec![Week {
                days: u8::try_from(days.days()).unwrap_or(7),
                residual: around
                    .coverage
                    .has_all(days)
                    .then(|| Seconds(logged.0 / share)),
                supervision: spent.fold(Supervision::default(), |sum, (_, it)| sum.plus(*it)),
                cash: self
                    .cash
                    .range(days.from..=days.to)
                    .flat_map(|(_, it)| it.iter().copied())
                    .collect(),
                became: around.became.get(&monday_of(days.from)).copied(),
            }],
            set_up: Seconds::ZERO,
            set_up_cash: Vec::new(),
        }
    }

    /// Days on which something was spent or earned while it was not live.
    fn days_outside(&self, within: Period) -> Vec<Day> {
        if within.from > within.to {
            return Vec::new();
        }
        let spent = self.spent.range(within.from..=within.to).map(|it| *it.0);
        let earned = self.cash.range(within.from..=within.to).map(|it| *it.0);
        let is_live = |day: Day| self.held.iter().any(|held| held.period.has(day));
        let mut days: Vec<Day> = spent.chain(earned).filter(|day| !is_live(*day)).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    fn outside(&self, day: Day, became: Option<Became>) -> Facts {
        Facts {
            baseline: NOTHING,
            weeks: vec![Week {
                days: 1,
                // Nothing was taken off its hands on such a day, and that is no guess.
                residual: Some(Seconds::ZERO),
                supervision: self.spent.get(&day).copied().unwrap_or_default(),
                cash: self.cash.get(&day).cloned().unwrap_or_default(),
                became,
            }],
            set_up: Seconds::ZERO,
            set_up_cash: Vec::new(),
        }
    }
}

const NOTHING: Baseline = Baseline {
    per_week: Seconds::ZERO,
    kind: EntryKind::Measured,
};

fn both(a: Period, b: Period) -> Option<Period> {
    let (from, to) = (a.from.max(b.from), a.to.min(b.to));
    (from <= to).then_some(Period { from, to })
}

/// What several facts come to.
///
/// # Errors
/// [`MoneyError`].
pub fn sum_of<'f>(
    facts: impl IntoIterator<Item = &'f Facts>,
    values: HourValues,
) -> Result<Return, MoneyError> {
    let nothing = Return::nothing(values.work.currency);
    facts
        .into_iter()
        .try_fold(nothing, |sum, facts| sum.plus(Return::of(facts, values)?))
}
