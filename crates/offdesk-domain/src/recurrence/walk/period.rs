//! The days and times of one period of a rule.

use std::ops::ControlFlow;

use super::super::civil::{Civil, weekday_of};
use super::super::rule::{Frequency, Rule};
use super::DAY;

/// A rule being followed.
pub(super) struct Walk<'w> {
    pub(super) rule: &'w Rule,
    pub(super) start: i64,
    pub(super) from: i64,
    pub(super) to: i64,
    /// Instances still to come, the start not counted.
    pub(super) left: u64,
    pub(super) bases: Vec<i64>,
    pub(super) offsets: Vec<i64>,
}

impl Walk<'_> {
    /// The period in which the window begins.
    pub(super) fn first_index(&self) -> i64 {
        let (a, b) = (self.start.div_euclid(DAY), self.from.div_euclid(DAY));
        let (start, from) = (Civil::of(a), Civil::of(b.clamp(a, a.max(2_932_896))));
        let periods = match self.rule.frequency {
            Frequency::Yearly => from.year - start.year,
            Frequency::Monthly => (from.year - start.year) * 12 + from.month - start.month,
            Frequency::Weekly => (b - a) / 7,
            Frequency::Daily => b - a,
            other => (self.from - self.start) / other.unit(),
        };
        // One period early: a week may begin before its day.
        (periods / self.rule.interval - 1).max(0)
    }

    /// Fills the bases of a period; gives how many days were looked at and the next period's index.
    pub(super) fn period(&mut self, index: i64) -> Option<(u64, i64)> {
        let rule = self.rule;
        let steps = index.checked_mul(rule.interval)?;
        let day = self.start.div_euclid(DAY);
        let date = Civil::of(day);
        self.bases.clear();
        let (first, length) = match rule.frequency {
            Frequency::Yearly => return self.year(date.year.checked_add(steps)?, index),
            Frequency::Monthly => {
                let month = (date.year * 12 + date.month - 1).checked_add(steps)?;
                let date = Civil::new(month.div_euclid(12), month.rem_euclid(12) + 1, 1)?;
                (Civil::days(date.year, date.month, 1), date.month_length())
            }
            Frequency::Weekly => {
                let begin = day - (weekday_of(day) - rule.week_start).rem_euclid(7);
                (begin.checked_add(steps.checked_mul(7)?)?, 7)
            }
            Frequency::Daily => (day.checked_add(steps)?, 1),
            _ => return self.short_period(steps, index),
        };
        if first > self.to.div_euclid(DAY) {
            return None;
        }
        let days = first..first + length;
        self.bases
            .extend(days.filter(|day| rule.has_day(*day)).map(|day| day * DAY));
        Some((length.unsigned_abs(), index + 1))
    }

    fn year(&mut self, year: i64, index: i64) -> Option<(u64, i64)> {
        Civil::new(year, 1, 1)?;
        if Civil::days(year, 1, 1) > self.to.div_euclid(DAY) {
            return None;
        }
        let mut looked_at = 1;
        for month in 1..=12 {
            if self.rule.months != 0 && self.rule.months >> month & 1 == 0 {
                continue;
            }
            let first = Civil::days(year, month, 1);
            let length = Civil {
                year,
                month,
                day: 1,
            }
            .month_length();
            looked_at += length.unsigned_abs();
            let days = (first..first + length).filter(|day| self.rule.has_day(*day));
            self.bases.extend(days.map(|day| day * DAY));
        }
        Some((looked_at, index + 1))
    }

    /// An hour, minute or second. Where its day or hour does not match, the next index is past that day or hour.
    fn short_period(&mut self, steps: i64, index: i64) -> Option<(u64, i64)> {
        let rule = self.rule;
        let unit = rule.frequency.unit();
        let origin = self.start - self.start.rem_euclid(unit);
        let base = origin.checked_add(steps.checked_mul(unit)?)?;
        if base > self.to {
            return None;
        }
        let past = |target: i64| -> i64 {
            let step = rule.interval * unit;
            ((target - origin + step - 1) / step).max(index + 1)
        };
        let second = base.rem_euclid(DAY);
        let is_off = |set: u64, n: i64| set != 0 && set >> n & 1 == 0;
        if !rule.has_day(base.div_euclid(DAY)) {
            return Some((1, past(base - second + DAY)));
        }
        if is_off(rule.hours, second / 3600) {
            return Some((1, past(base - base.rem_euclid(3600) + 3600)));
        }
        let is_minute_off =
            rule.frequency >= Frequency::Minutely && is_off(rule.minutes, second / 60 % 60);
        let is_second_off =
            rule.frequency == Frequency::Secondly && is_off(rule.seconds, second % 60);
        if is_minute_off {
            return Some((1, past(base - base.rem_euclid(60) + 60)));
        }
        if !is_second_off {
            self.bases.push(base);
        }
        Some((1, index + 1))
    }

    /// Gives the instances of the filled period; breaks at the end of the rule or of the window.
    pub(super) fn instances(
        &mut self,
        emit: &mut dyn FnMut(i64) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let per_base = u64::try_from(self.offsets.len()).unwrap_or(u64::MAX);
        let last = self.offsets.last().copied().unwrap_or(0);
        if !self.rule.positions.is_empty() {
            let mut chosen: Vec<i64> = self
                .rule
                .positions
                .iter()
                .filter_map(|p| self.at(*p))
                .collect();
            chosen.sort_unstable();
            chosen.dedup();
            for wall in chosen {
                self.one(wall, emit)?;
            }
            return ControlFlow::Continue(());
        }
        let (bases, offsets) = (
            std::mem::take(&mut self.bases),
            std::mem::take(&mut self.offsets),
        );
        for base in &bases {
            // A whole base before the window is only counted.
            if base + last < self.from && *base > self.start {
                self.left = self.left.saturating_sub(per_base);
                if self.left == 0 {
                    return ControlFlow::Break(());
                }
                continue;
            }
            for offset in &offsets {
                self.one(base + offset, emit)?;
            }
        }
        (self.bases, self.offsets) = (bases, offsets);
        ControlFlow::Continue(())
    }

    /// Whether a time is one of the filled period.
    pub(super) fn gives(&self, wall: i64) -> bool {
        if self.rule.positions.is_empty() {
            let of = |base: &i64| self.offsets.contains(&(wall - base));
            return self.bases.iter().any(of);
        }
        let mut chosen = self.rule.positions.iter().filter_map(|p| self.at(*p));
        chosen.any(|found| found == wall)
    }

    fn one(&mut self, wall: i64, emit: &mut dyn FnMut(i64) -> ControlFlow<()>) -> ControlFlow<()> {
        if wall <= self.start {
            return ControlFlow::Continue(());
        }
        if wall > self.to || self.left == 0 {
            return ControlFlow::Break(());
        }
        self.left -= 1;
        if wall < self.from {
            return ControlFlow::Continue(());
        }
        emit(wall)
    }

    /// The instance at a position of the period's set, from 1 or from -1 backwards.
    fn at(&self, position: i64) -> Option<i64> {
        let per_base = i64::try_from(self.offsets.len()).ok()?;
        let size = per_base.checked_mul(i64::try_from(self.bases.len()).ok()?)?;
        let index = if position > 0 {
            position - 1
        } else {
            size + position
        };
        if !(0..size).contains(&index) {
            return None;
        }
        let base = self.bases.get(usize::try_from(index / per_base).ok()?)?;
        let offset = self.offsets.get(usize::try_from(index % per_base).ok()?)?;
        Some(base + offset)
    }
}
