//! Recurrence rules followed in whole seconds of a wall clock, with every walk bounded.

mod period;

use std::ops::ControlFlow;

use self::period::Walk;
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

    /// Whether the rule gives its own start, which need not be so: a rule of Mondays may start on a Wednesday.
    #[must_use]
    pub fn has(&self, start: i64) -> bool {
        let mut walk = Walk {
            rule: &self.completed(start),
            start,
            from: start,
            to: start,
            left: 1,
            bases: Vec::new(),
            offsets: Vec::new(),
        };
        walk.offsets = walk.rule.offsets(start);
        walk.period(0).is_some() && walk.gives(start)
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
