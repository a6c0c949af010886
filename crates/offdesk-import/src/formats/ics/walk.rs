//! Recurrence rules followed in whole seconds of a wall clock, with every walk bounded.

use std::ops::ControlFlow;

use super::civil::{Civil, weekday_of};
use super::rule::{Frequency, Rule};

const DAY: i64 = 86_400;
/// Periods without an instance in the window that one rule may walk through.
const FRUITLESS: u64 = 100_000;
/// Days that all rules of a file may look at.
const DAYS_LOOKED_AT: u64 = 30_000_000;

/// How far the rules of one file may still walk.
#[derive(Debug)]
pub struct Budget {
    days_left: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            days_left: DAYS_LOOKED_AT,
        }
    }
}

/// A rule walked too far without coming to its end.
#[derive(Debug, PartialEq, Eq)]
pub struct TooFar;

impl Rule {
    /// Calls `emit` with every instance from `from` to `to`, in order, until it breaks. All times are seconds
    /// on the event's own wall clock; `until` is the rule's last moment on it. The start is always the first instance.
    ///
    /// # Errors
    /// [`TooFar`] after 100,000 periods without an instance in the window, or when the file's budget is spent.
    pub fn each(
        &self,
        start: i64,
        until: Option<i64>,
        (from, to): (i64, i64),
        budget: &mut Budget,
        emit: &mut dyn FnMut(i64) -> ControlFlow<()>,
    ) -> Result<(), TooFar> {
        let to = until.map_or(to, |until| until.min(to));
        if (from..=to).contains(&start) && emit(start).is_break() {
            return Ok(());
        }
        let mut walk = Walk {
            rule: &self.completed(start),
            start,
            from,
            to,
            left: self.count.map_or(u64::MAX, |count| count - 1),
            bases: Vec::new(),
            offsets: Vec::new(),
        };
        walk.offsets = walk.rule.offsets(start);
        let mut index = if self.count.is_some() {
            0
        } else {
            walk.first_index()
        };
        let mut fruitless = 0u64;
        loop {
            let Some((looked_at, next)) = walk.period(index) else {
                return Ok(());
            };
            let Some(days_left) = budget.days_left.checked_sub(looked_at) else {
                return Err(TooFar);
            };
            budget.days_left = days_left;
            let mut is_fruitful = false;
            let flow = walk.instances(&mut |wall| {
                is_fruitful = true;
                emit(wall)
            });
            if flow.is_break() {
                return Ok(());
            }
            fruitless += u64::from(!is_fruitful);
            if fruitless > FRUITLESS {
                return Err(TooFar);
            }
            index = next;
        }
    }

    /// The rule with what it leaves open taken from the start.
    fn completed(&self, start: i64) -> Self {
        let mut rule = self.clone();
        let day = start.div_euclid(DAY);
        let date = Civil::of(day);
        let no_days = rule.year_days.is_empty()
            && rule.month_days == 0
            && rule.month_days_back == 0
            && rule.weekdays == 0
            && rule.nth_weekdays.is_empty();
        match rule.frequency {
            Frequency::Yearly if no_days && rule.weeks.is_empty() => {
                rule.month_days = 1 << date.day;
                if rule.months == 0 {
                    rule.months = 1 << date.month;
                }
            }
            Frequency::Yearly if no_days => rule.weekdays = 1 << weekday_of(day),
            Frequency::Monthly if no_days => rule.month_days = 1 << date.day,
            Frequency::Weekly if no_days => rule.weekdays = 1 << weekday_of(day),
            _ => {}
        }
        // Only a year has numbered weeks, and only a month or a year has an n-th Monday.
        if rule.frequency != Frequency::Yearly {
            rule.weeks.clear();
        }
        if rule.frequency > Frequency::Monthly || !rule.weeks.is_empty() {
            for (_, day) in rule.nth_weekdays.drain(..) {
                rule.weekdays |= 1 << day;
            }
        }
        rule
    }

    /// Seconds from the beginning of a period's base (day, hour, minute, second) to its instances.
    fn offsets(&self, start: i64) -> Vec<i64> {
        let of_day = start.rem_euclid(DAY);
        let members = |set: u64, given: i64, most: i64| -> Vec<i64> {
            if set == 0 {
                return vec![given];
            }
            (0..=most).filter(|n| set >> n & 1 == 1).collect()
        };
        let hours = members(self.hours, of_day / 3600, 23);
        let minutes = members(self.minutes, of_day / 60 % 60, 59);
        let seconds = members(self.seconds, of_day % 60, 59);
        let (hours, minutes, seconds) = match self.frequency {
            Frequency::Secondly => (vec![0], vec![0], vec![0]),
            Frequency::Minutely => (vec![0], vec![0], seconds),
            Frequency::Hourly => (vec![0], minutes, seconds),
            _ => (hours, minutes, seconds),
        };
        let mut out = Vec::with_capacity(hours.len() * minutes.len() * seconds.len());
        for hour in &hours {
            for minute in &minutes {
                out.extend(seconds.iter().map(|s| hour * 3600 + minute * 60 + s));
            }
        }
        out
    }

    fn has_day(&self, day: i64) -> bool {
        let date = Civil::of(day);
        if self.months != 0 && self.months >> date.month & 1 == 0 {
            return false;
        }
        let month_length = date.month_length();
        if self.month_days != 0 || self.month_days_back != 0 {
            let back = month_length - date.day + 1;
            if self.month_days >> date.day & 1 == 0 && self.month_days_back >> back & 1 == 0 {
                return false;
            }
        }
        let year_day = day - Civil::days(date.year, 1, 1) + 1;
        let year_length = Civil::days(date.year + 1, 1, 1) - Civil::days(date.year, 1, 1);
        let is_in = |set: &[i64], n: i64, back: i64| set.contains(&n) || set.contains(&back);
        if !self.year_days.is_empty()
            && !is_in(&self.year_days, year_day, year_day - year_length - 1)
        {
            return false;
        }
        if !self.weeks.is_empty() {
            let (week, weeks) = self.week_of(day);
            if !is_in(&self.weeks, week, week - weeks - 1) {
                return false;
            }
        }
        if self.weekdays == 0 && self.nth_weekdays.is_empty() {
            return true;
        }
        let weekday = weekday_of(day);
        if self.weekdays >> weekday & 1 == 1 {
            return true;
        }
        let (n, length) = if self.frequency == Frequency::Monthly || self.months != 0 {
            (date.day, month_length)
        } else {
            (year_day, year_length)
        };
        let forth = (n - 1) / 7 + 1;
        let back = -((length - n) / 7 + 1);
        self.nth_weekdays
            .iter()
            .any(|(nth, day)| *day == weekday && (*nth == forth || *nth == back))
    }

    /// Number of a day's week in its year, and how many weeks that year has. Week 1 has four days or more.
    fn week_of(&self, day: i64) -> (i64, i64) {
        let begin = |day: i64| day - (weekday_of(day) - self.week_start).rem_euclid(7);
        let year = Civil::of(begin(day) + 3).year;
        let first = begin(Civil::days(year, 1, 4));
        let next = begin(Civil::days(year + 1, 1, 4));
        ((begin(day) - first) / 7 + 1, (next - first) / 7)
    }
}

/// A rule being followed.
struct Walk<'w> {
    rule: &'w Rule,
    start: i64,
    from: i64,
    to: i64,
    /// Instances still to come, the start not counted.
    left: u64,
    bases: Vec<i64>,
    offsets: Vec<i64>,
}

impl Walk<'_> {
    /// The period in which the window begins.
    fn first_index(&self) -> i64 {
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
    fn period(&mut self, index: i64) -> Option<(u64, i64)> {
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
    fn instances(&mut self, emit: &mut dyn FnMut(i64) -> ControlFlow<()>) -> ControlFlow<()> {
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
