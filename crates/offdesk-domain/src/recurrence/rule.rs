//! Recurrence rules as they are written.

use super::printed::{Printed, printed};

/// The days of the week as rules write them, Monday first.
pub const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// How long the periods of a rule are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    /// `YEARLY`.
    Yearly,
    /// `MONTHLY`.
    Monthly,
    /// `WEEKLY`.
    Weekly,
    /// `DAILY`.
    Daily,
    /// `HOURLY`.
    Hourly,
    /// `MINUTELY`.
    Minutely,
    /// `SECONDLY`.
    Secondly,
}

impl Frequency {
    /// Seconds of a period, for those shorter than a day.
    #[must_use]
    pub fn unit(self) -> i64 {
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
    /// How long its periods are.
    pub frequency: Frequency,
    /// Every how many periods it holds.
    pub interval: i64,
    /// How many instances it gives.
    pub count: Option<u64>,
    /// The last moment, as printed.
    pub until: Option<Printed>,
    /// First day of the week, from Monday as 0.
    pub week_start: i64,
    /// `BYMONTH`.
    pub months: u64,
    /// `BYMONTHDAY`, counted from the first.
    pub month_days: u64,
    /// `BYMONTHDAY`, counted back from the last as 1.
    pub month_days_back: u64,
    /// `BYDAY` without a number, from Monday as 0.
    pub weekdays: u64,
    /// `BYDAY` with its number.
    pub nth_weekdays: Vec<(i64, i64)>,
    /// `BYHOUR`.
    pub hours: u64,
    /// `BYMINUTE`.
    pub minutes: u64,
    /// `BYSECOND`.
    pub seconds: u64,
    /// `BYYEARDAY`.
    pub year_days: Vec<i64>,
    /// `BYWEEKNO`.
    pub weeks: Vec<i64>,
    /// `BYSETPOS`.
    pub positions: Vec<i64>,
}

impl Rule {
    /// How many years lie between two of its periods at the most; none where they follow each other.
    pub(super) fn interval_years(&self) -> i64 {
        let in_a_year = match self.frequency {
            Frequency::Yearly => 1,
            Frequency::Monthly => 12,
            Frequency::Weekly => 52,
            Frequency::Daily => 365,
            Frequency::Hourly => 365 * 24,
            Frequency::Minutely => 365 * 24 * 60,
            Frequency::Secondly => 365 * 86_400,
        };
        match self.interval {
            1 => 0,
            interval => interval / in_a_year + 1,
        }
    }

    /// Reads a rule such as `FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10`; `None` where anything in it is not understood.
    #[must_use]
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
            "UNTIL" => self.until = Some(printed(value)?),
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
}

fn weekday(text: &str) -> Option<i64> {
    let at = WEEKDAYS
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
}
