//! Recurrence rules, read and followed in whole seconds of a wall clock, with every walk bounded.

use std::ops::ControlFlow;

use offdesk_domain::Day;

use super::value::{self, Place, Stamp};

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

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Frequency {
    Yearly,
    Monthly,
    Weekly,
    Daily,
    Hourly,
    Minutely,
    Secondly,
}

impl Frequency {
    /// Seconds of a period, for those shorter than a day.
    fn unit(self) -> i64 {
        match self {
            Self::Hourly => 3600,
            Self::Minutely => 60,
            _ => 1,
        }
    }
}

/// A recurrence rule. Sets of small numbers are bit masks; an empty mask means the part is not given.
#[derive(Debug, Clone)]
pub struct Rule {
    frequency: Frequency,
    interval: i64,
    count: Option<u64>,
    /// The last moment, as printed.
    pub until: Option<Stamp>,
    /// First day of the week, from Monday as 0.
    week_start: i64,
    months: u64,
    month_days: u64,
    month_days_back: u64,
    weekdays: u64,
    nth_weekdays: Vec<(i64, i64)>,
    hours: u64,
    minutes: u64,
    seconds: u64,
    year_days: Vec<i64>,
    weeks: Vec<i64>,
    positions: Vec<i64>,
}

impl Rule {
    /// Reads a rule such as `FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10`; `None` where anything in it is not understood.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rule = Self {
            frequency: Frequency::Secondly,
            interval: 1,
            count: None,
            until: None,
            week_start: 0,
            months: 0,
            month_days: 0,
            month_days_back: 0,
            weekdays: 0,
            nth_weekdays: Vec::new(),
            hours: 0,
            minutes: 0,
            seconds: 0,
            year_days: Vec::new(),
            weeks: Vec::new(),
            positions: Vec::new(),
        };
        let mut has_frequency = false;
        for part in text.split(';').map(str::trim).filter(|p| !p.is_empty()) {
            let (key, value) = part.split_once('=')?;
            let key = key.trim().to_ascii_uppercase();
            has_frequency |= key == "FREQ";
            rule.take(&key, value.trim())?;
        }
        has_frequency.then_some(rule)
    }

    fn take(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "FREQ" => {
                self.frequency = match value.to_ascii_uppercase().as_str() {
                    "YEARLY" => Frequency::Yearly,
                    "MONTHLY" => Frequency::Monthly,
                    "WEEKLY" => Frequency::Weekly,
                    "DAILY" => Frequency::Daily,
                    "HOURLY" => Frequency::Hourly,
                    "MINUTELY" => Frequency::Minutely,
                    "SECONDLY" => Frequency::Secondly,
                    _ => return None,
                }
            }
            "INTERVAL" => self.interval = within(value, 1, 1_000_000_000)?,
            "COUNT" => self.count = Some(value.parse().ok().filter(|n| *n > 0)?),
            "UNTIL" => self.until = Some(value::stamp(value, Place::Floating)?),
            "WKST" => self.week_start = weekday(value)?,
            "BYMONTH" => self.months = mask(value, 1, 12)?,
            "BYMONTHDAY" => {
                for part in value.split(',') {
                    let day = within(part, -31, 31).filter(|d| *d != 0)?;
                    let set = if day > 0 {
                        &mut self.month_days
                    } else {
                        &mut self.month_days_back
                    };
                    *set |= 1 << day.unsigned_abs();
                }
            }
            "BYDAY" => {
                for part in value.split(',').map(str::trim) {
                    let (nth, day) = part.split_at_checked(part.len().checked_sub(2)?)?;
                    let day = weekday(day)?;
                    if nth.is_empty() {
                        self.weekdays |= 1 << day;
                    } else {
                        let nth = within(nth, -53, 53).filter(|n| *n != 0)?;
                        self.nth_weekdays.push((nth, day));
                    }
                }
            }
            "BYHOUR" => self.hours = mask(value, 0, 23)?,
            "BYMINUTE" => self.minutes = mask(value, 0, 59)?,
            "BYSECOND" => self.seconds = mask(value, 0, 60)?,
            "BYYEARDAY" => self.year_days = numbers(value, 366)?,
            "BYWEEKNO" => self.weeks = numbers(value, 53)?,
            "BYSETPOS" => self.positions = numbers(value, 366)?,
            "RSCALE" => return value.eq_ignore_ascii_case("GREGORIAN").then_some(()),
            "SKIP" => return value.eq_ignore_ascii_case("OMIT").then_some(()),
            key if key.starts_with("X-") => {}
            _ => return None,
        }
        self.nth_weekdays.sort_unstable();
        self.nth_weekdays.dedup();
        Some(())
    }

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

/// A calendar date, counted without regard to impossible ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Civil {
    year: i64,
    month: i64,
    day: i64,
}

impl Civil {
    /// A date of the years 0 to 9999.
    fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        (0..=9999)
            .contains(&year)
            .then_some(Self { year, month, day })
    }

    /// The date of a day counted from 1970, by Howard Hinnant's `civil_from_days`.
    fn of(day: i64) -> Self {
        let z = day + 719_468;
        let era = z.div_euclid(146_097);
        let of_era = z.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        Self {
            year: year + era * 400 + i64::from(month <= 2),
            month,
            day,
        }
    }

    /// Days from 1970 to a date; the year may be 10000, to end the year before.
    fn days(year: i64, month: i64, day: i64) -> i64 {
        let small = |n: i64| u32::try_from(n).unwrap_or(0);
        let within = i32::try_from(year.min(9999)).unwrap_or(0);
        let days = Day::from_ymd(within, small(month), small(day)).map_or(0, |d| i64::from(d.0));
        days + if year > 9999 { 365 } else { 0 }
    }

    fn month_length(self) -> i64 {
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }
}

/// Day of the week of a day counted from 1970, from Monday as 0.
fn weekday_of(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

fn weekday(text: &str) -> Option<i64> {
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let at = names
        .iter()
        .position(|name| text.trim().eq_ignore_ascii_case(name))?;
    i64::try_from(at).ok()
}

fn within(text: &str, least: i64, most: i64) -> Option<i64> {
    let number = text.trim().parse().ok()?;
    (least..=most).contains(&number).then_some(number)
}

fn mask(text: &str, least: i64, most: i64) -> Option<u64> {
    text.split(',')
        .try_fold(0, |set, part| Some(set | 1 << within(part, least, most)?))
}

/// Numbers from `-most` to `most` without 0, each once.
fn numbers(text: &str, most: i64) -> Option<Vec<i64>> {
    let mut out = text
        .split(',')
        .map(|part| within(part, -most, most).filter(|n| *n != 0))
        .collect::<Option<Vec<i64>>>()?;
    out.sort_unstable();
    out.dedup();
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule; start, window from and to; number of instances (at most 200), the first, the last, and a checksum.
    type Case = (&'static str, (i64, i64, i64), (i64, i64, i64, i64));

    /// Instances as Python's dateutil gives them, for rules made at random.
    const CASES: &[Case] = &[
        (
            "FREQ=YEARLY;INTERVAL=2;WKST=MO;COUNT=47",
            (1_598_124_034, 1_598_124_034, 1_727_724_034),
            (3, 1_598_124_034, 1_724_354_434, 534_623),
        ),
        (
            "FREQ=YEARLY;INTERVAL=1;BYDAY=WE;UNTIL=20240829T090000",
            (1_590_656_400, 1_591_088_400, 1_720_688_400),
            (200, 1_591_174_800, 1_711_530_000, 1_040_067_800),
        ),
        (
            "FREQ=YEARLY;INTERVAL=1;BYMONTHDAY=-7,1,13,17;BYHOUR=7;WKST=SU;UNTIL=20210816T090000",
            (1_587_718_800, 1_587_718_800, 1_717_318_800),
            (63, 1_587_718_800, 1_628_838_000, 88_493_308),
        ),
        (
            "FREQ=YEARLY;INTERVAL=30;BYMONTHDAY=20,29,31;BYHOUR=21;UNTIL=20260530T000000",
            (1_614_384_000, 1_614_384_000, 1_743_984_000),
            (27, 1_614_384_000, 1_640_984_400, 35_643_487),
        ),
        (
            "FREQ=MONTHLY;INTERVAL=1;BYDAY=2FR,3TU;BYSETPOS=-5,1",
            (1_568_640_600, 1_603_200_600, 1_732_800_600),
            (49, 1_605_274_200, 1_731_072_600, 83_483_533),
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYMONTH=1,2,5,9;BYHOUR=19",
            (1_575_466_200, 1_575_898_200, 1_705_498_200),
            (4, 1_580_844_600, 1_675_539_000, 892_269),
        ),
        (
            "FREQ=MONTHLY;INTERVAL=30;BYMINUTE=12,15;WKST=TH;UNTIL=20230423T043754",
            (1_608_179_874, 1_605_587_874, 1_735_187_874),
            (1, 1_608_179_874, 1_608_179_874, 35_287),
        ),
        (
            "FREQ=MONTHLY;INTERVAL=1;BYMONTH=1,10,12;BYDAY=-1SU;BYSECOND=50",
            (1_616_662_800, 1_616_662_800, 1_746_262_800),
            (13, 1_616_662_800, 1_737_882_050, 4_745_842),
        ),
        (
            "FREQ=WEEKLY;INTERVAL=3;BYMONTH=4,8;BYDAY=FR,SA,MO;UNTIL=20220914T090000",
            (1_559_466_000, 1_594_026_000, 1_723_626_000),
            (21, 1_597_050_000, 1_660_986_000, 11_866_421),
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYSECOND=20;WKST=TH",
            (1_614_675_600, 1_649_235_600, 1_778_835_600),
            (107, 1_649_754_020, 1_777_971_620, 303_364_260),
        ),
        (
            "FREQ=WEEKLY;INTERVAL=1;BYMONTH=2,6,12;BYDAY=SA,MO;UNTIL=20221008T133000",
            (1_599_917_400, 1_597_325_400, 1_726_925_400),
            (49, 1_599_917_400, 1_656_336_600, 82_786_565),
        ),
        (
            "FREQ=WEEKLY;INTERVAL=30;BYSECOND=10,29;WKST=FR",
            (1_574_899_200, 1_574_899_200, 1_704_499_200),
            (17, 1_574_899_200, 1_701_907_229, 2_938_924),
        ),
        (
            "FREQ=DAILY;INTERVAL=30;BYMINUTE=48;WKST=SA",
            (1_615_539_600, 1_615_539_600, 1_745_139_600),
            (51, 1_615_539_600, 1_742_550_480, 72_858_198),
        ),
        (
            "FREQ=DAILY;INTERVAL=1;BYMONTHDAY=-21,6,8;WKST=SU",
            (1_564_752_600, 1_564_752_600, 1_694_352_600),
            (148, 1_564_752_600, 1_694_352_600, 746_550_504),
        ),
        (
            "FREQ=DAILY;INTERVAL=1;BYMONTHDAY=-31,1,8;WKST=SU;COUNT=53",
            (1_617_872_400, 1_618_304_400, 1_747_904_400),
            (52, 1_619_859_600, 1_686_214_800, 71_189_879),
        ),
        (
            "FREQ=DAILY;INTERVAL=3;BYDAY=TU,MO,FR;WKST=SU;UNTIL=20250702T000000",
            (1_588_636_800, 1_657_756_800, 1_787_356_800),
            (155, 1_657_843_200, 1_750_636_800, 240_671_184),
        ),
        (
            "FREQ=HOURLY;INTERVAL=5;BYMONTHDAY=-2;BYDAY=TU;BYHOUR=13,16;BYMINUTE=4,48",
            (1_615_161_600, 1_615_161_600, 1_632_441_600),
            (3, 1_615_161_600, 1_624_974_480, 355_849),
        ),
        (
            "FREQ=HOURLY;INTERVAL=1;BYDAY=SA,FR;BYMINUTE=44,49;BYSETPOS=2,4;WKST=SU",
            (1_620_896_400, 1_620_896_400, 1_638_176_400),
            (200, 1_620_896_400, 1_623_394_140, 1_259_667_883),
        ),
        (
            "FREQ=HOURLY;INTERVAL=3;WKST=MO;COUNT=36",
            (1_554_714_000, 1_554_714_000, 1_571_994_000),
            (36, 1_554_714_000, 1_555_092_000, 37_927_496),
        ),
        (
            "FREQ=HOURLY;INTERVAL=3;WKST=SA;UNTIL=20220423T090000",
            (1_612_083_600, 1_612_515_600, 1_629_795_600),
            (200, 1_612_515_600, 1_614_664_800, 1_130_378_425),
        ),
        (
            "FREQ=MINUTELY;INTERVAL=2;BYMONTHDAY=8,29;BYDAY=SU,TH",
            (1_593_475_200, 1_593_475_200, 1_595_203_200),
            (1, 1_593_475_200, 1_593_475_200, 18_443),
        ),
        (
            "FREQ=MINUTELY;INTERVAL=1;BYMONTH=6,10;BYDAY=TU,TH,SA;BYHOUR=20;BYMINUTE=8,34,54",
            (1_560_432_600, 1_560_432_600, 1_562_160_600),
            (25, 1_560_432_600, 1_561_841_640, 29_893_770),
        ),
        (
            "FREQ=MINUTELY;INTERVAL=2;BYMONTH=7,9;BYHOUR=16,17,20;BYMINUTE=2,36;WKST=SA",
            (1_586_822_400, 1_586_822_400, 1_588_550_400),
            (1, 1_586_822_400, 1_586_822_400, 18_366),
        ),
        (
            "FREQ=MINUTELY;INTERVAL=30;BYMONTHDAY=-2,24;UNTIL=20221129T133000",
            (1_611_408_600, 1_645_968_600, 1_647_696_600),
            (21, 1_645_968_600, 1_646_004_600, 21_171_150),
        ),
        (
            "FREQ=SECONDLY;INTERVAL=1;BYMONTH=10;BYMINUTE=45,54,57;UNTIL=20230110T090000",
            (1_595_840_400, 1_595_840_400, 1_596_099_600),
            (1, 1_595_840_400, 1_595_840_400, 50_870),
        ),
        (
            "FREQ=SECONDLY;INTERVAL=5;BYHOUR=7;BYMINUTE=22,44,48",
            (1_551_139_200, 1_551_139_200, 1_551_398_400),
            (109, 1_551_139_200, 1_551_340_135, 273_197_131),
        ),
        (
            "FREQ=SECONDLY;INTERVAL=1;BYMONTHDAY=1,11,28;BYDAY=SU;BYSECOND=30,53;UNTIL=20240505T000000",
            (1_591_228_800, 1_591_228_800, 1_591_488_000),
            (1, 1_591_228_800, 1_591_228_800, 18_417),
        ),
        (
            "FREQ=SECONDLY;INTERVAL=7;BYMONTH=9;BYMONTHDAY=-31,-13,-2,22;BYSECOND=15",
            (1_552_813_200, 1_552_813_200, 1_553_072_400),
            (1, 1_552_813_200, 1_552_813_200, 50_372),
        ),
        (
            "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=3,20,53;BYDAY=WE;BYMINUTE=26,31,40",
            (1_609_885_535, 1_607_293_535, 1_736_893_535),
            (13, 1_609_885_535, 1_684_363_235, 9_138_997),
        ),
        (
            "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=-30,26,45;BYDAY=SU,FR;BYMINUTE=50;WKST=TH;UNTIL=20201015T000000",
            (1_591_142_400, 1_591_574_400, 1_721_174_400),
            (2, 1_593_132_600, 1_593_305_400, 64_321),
        ),
        (
            "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=-38,-20,5;BYDAY=SU,MO,SA",
            (1_577_734_779, 1_577_734_779, 1_707_334_779),
            (19, 1_577_734_779, 1_692_560_379, 17_112_116),
        ),
        (
            "FREQ=YEARLY;INTERVAL=30;BYMONTH=5;BYYEARDAY=-299,156;BYWEEKNO=-44;BYDAY=TH,TU;BYHOUR=16,23;WKST=SU;UNTIL=20250404T133000",
            (1_573_738_200, 1_571_146_200, 1_700_746_200),
            (1, 1_573_738_200, 1_573_738_200, 66_814),
        ),
        (
            "FREQ=YEARLY;INTERVAL=1;BYMONTH=2,3,4,10;BYYEARDAY=-113,242,265,300;BYMINUTE=52",
            (1_609_372_800, 1_609_372_800, 1_738_972_800),
            (5, 1_609_372_800, 1_729_903_920, 336_775),
        ),
        (
            "FREQ=YEARLY;INTERVAL=1;BYYEARDAY=-198,-130,-95,21,122;BYSECOND=17;BYSETPOS=-4",
            (1_587_686_400, 1_587_686_400, 1_717_286_400),
            (6, 1_587_686_400, 1_714_521_617, 404_644),
        ),
        (
            "FREQ=WEEKLY;INTERVAL=5;BYMONTHDAY=20,21,22,23;BYSETPOS=1,5;WKST=SU;COUNT=43",
            (1_548_147_600, 1_617_267_600, 1_746_867_600),
            (12, 1_626_771_600, 1_729_414_800, 4_060_295),
        ),
        (
            "FREQ=HOURLY;INTERVAL=7;BYDAY=SU,SA,MO;BYSETPOS=-1;WKST=TU;COUNT=6",
            (1_610_755_200, 1_610_755_200, 1_628_035_200),
            (6, 1_610_755_200, 1_610_881_200, 1_205_114),
        ),
        (
            "FREQ=MONTHLY;INTERVAL=30;BYSECOND=11,17,56;BYSETPOS=-3,2;WKST=TH;COUNT=13",
            (1_607_117_651, 1_607_117_651, 1_736_717_651),
            (4, 1_607_117_651, 1_685_914_457, 968_930),
        ),
        (
            "FREQ=SECONDLY;INTERVAL=30;BYMONTH=6,9;BYMONTHDAY=-19,6,24,29;BYHOUR=23;BYMINUTE=10,27,32;WKST=SU",
            (1_620_891_221, 1_618_299_221, 1_618_558_421),
            (0, 0, 0, 0),
        ),
        (
            "FREQ=DAILY;INTERVAL=1;BYMONTH=1,5,9,10;UNTIL=20191017T090000",
            (1_567_414_800, 1_636_534_800, 1_766_134_800),
            (0, 0, 0, 0),
        ),
    ];

    fn walls(text: &str, start: i64, window: (i64, i64)) -> (Vec<i64>, Result<(), TooFar>) {
        let mut got = Vec::new();
        let Some(rule) = Rule::parse(text) else {
            return (got, Err(TooFar));
        };
        let until = rule.until.map(|until| until.wall);
        let mut budget = Budget::default();
        let walk = rule.each(start, until, window, &mut budget, &mut |wall| {
            got.push(wall);
            if got.len() >= 200 {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        (got, walk)
    }

    #[test]
    fn agrees_with_dateutil() {
        for (text, (start, from, to), expected) in CASES {
            let (got, walk) = walls(text, *start, (*from, *to));
            assert_eq!(walk, Ok(()), "{text}");
            let count = i64::try_from(got.len()).unwrap();
            let ends = (
                got.first().copied().unwrap_or(0),
                got.last().copied().unwrap_or(0),
            );
            let sum = (1..).zip(&got).map(|(n, w)| n * (w % DAY + w / DAY)).sum();
            assert_eq!((count, ends.0, ends.1, sum), *expected, "{text}");
        }
    }

    #[test]
    fn rules_not_understood() {
        let cases = [
            "",
            "COUNT=3",
            "FREQ=SOMETIMES",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=DAILY;UNTIL=soon",
            "FREQ=DAILY;BYMONTH=13",
            "FREQ=DAILY;BYMONTHDAY=0",
            "FREQ=DAILY;BYDAY=XX",
            "FREQ=DAILY;BYDAY=0MO",
            "FREQ=DAILY;BYDAY=\u{e9}",
            "FREQ=DAILY;BYHOUR=24",
            "FREQ=DAILY;BYEASTER=1",
            "FREQ=DAILY;RSCALE=CHINESE",
            "FREQ=DAILY;BYSETPOS=99999999999999999999",
            "FREQ",
        ];
        for text in cases {
            assert!(Rule::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn walks_end() {
        let five_years = (1_637_625_600, 1_829_995_200);
        let cases = [
            ("FREQ=SECONDLY;INTERVAL=60;BYSECOND=30", Err(TooFar), 1),
            (
                "FREQ=DAILY;COUNT=4000000000;BYMONTH=2;BYMONTHDAY=30",
                Ok(()),
                1,
            ),
            ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", Ok(()), 1),
            ("FREQ=YEARLY;INTERVAL=1000000000", Ok(()), 1),
            ("FREQ=MONTHLY;INTERVAL=1000000000;COUNT=9", Ok(()), 1),
            ("FREQ=WEEKLY;INTERVAL=1000000000", Ok(()), 1),
            ("FREQ=HOURLY;INTERVAL=1000000000", Ok(()), 1),
            ("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=7;BYDAY=MO", Ok(()), 1),
        ];
        for (text, end, count) in cases {
            let (got, walk) = walls(text, 1_700_000_000, five_years);
            assert_eq!((walk, got.len()), (end, count), "{text}");
        }
        // From the year 1, counted: 100,000 days do not reach the window.
        let (got, walk) = walls("FREQ=DAILY;COUNT=4000000000", -62_135_596_800, five_years);
        assert_eq!((got.len(), walk), (0, Err(TooFar)));
        // The same without a count begins where the window begins.
        let (got, walk) = walls("FREQ=DAILY", -62_135_596_800, five_years);
        assert_eq!((got.len(), walk), (200, Ok(())));
        // A set of 31 million instances a year is not laid out to find its last one.
        let all = |n: i64| (0..n).map(|i| i.to_string()).collect::<Vec<_>>().join(",");
        let text = format!(
            "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR={};BYMINUTE={};BYSECOND={};BYSETPOS=-1",
            all(24),
            all(60),
            all(60)
        );
        let (got, walk) = walls(&text, 1_700_000_000, five_years);
        assert_eq!((walk, got.get(1)), (Ok(()), Some(&1_704_067_199)));
    }
}
