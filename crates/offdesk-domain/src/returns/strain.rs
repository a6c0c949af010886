//! The raw dials of stress: each of a week beside what was usual before it, and what was usual before anything was handed off. No sum is made
//! of them, and none has a value in money.

use rust_decimal::Decimal;

use super::usual;

/// From so many hours in a week on, the hours themselves are a risk.
const MANY_HOURS: Decimal = Decimal::from_parts(55, 0, 0, false, 0);

/// A raw figure of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dial {
    /// Hours of work.
    Hours,
    /// The share of work in evenings and at weekends.
    OffHours,
    /// Assignments that were given and not accepted at the end of the week.
    OpenItems,
    /// Age in days of the oldest of them that is past its due date.
    OldestLate,
    /// Changes of activity in an hour.
    Switches,
    /// Questions that came in, on a day of work.
    Interruptions,
    /// Days without any work.
    FreeDays,
}

impl Dial {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Hours,
        Self::OffHours,
        Self::OpenItems,
        Self::OldestLate,
        Self::Switches,
        Self::Interruptions,
        Self::FreeDays,
    ];

    /// The word for it, in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::OffHours => "off_hours_share",
            Self::OpenItems => "open_items",
            Self::OldestLate => "oldest_late_days",
            Self::Switches => "switches_per_hour",
            Self::Interruptions => "questions_per_day",
            Self::FreeDays => "days_without_work",
        }
    }

    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hours => "hours of work",
            Self::OffHours => "work in evenings and at weekends",
            Self::OpenItems => "open assignments",
            Self::OldestLate => "the oldest of them past its due date",
            Self::Switches => "changes of activity in an hour",
            Self::Interruptions => "questions asked, on a day of work",
            Self::FreeDays => "days without any work",
        }
    }

    /// A value of it for people: `41.5 h`, `18 %`, `12 days`.
    #[must_use]
    pub fn shown(self, value: Decimal) -> String {
        let plain = |value: Decimal| value.round_dp(1).normalize();
        match self {
            Self::Hours => format!("{} h", plain(value)),
            Self::OffHours => format!("{} %", value.saturating_mul(Decimal::ONE_HUNDRED).round()),
            Self::OldestLate if plain(value) == Decimal::ONE => "1 day".to_owned(),
            Self::OldestLate => format!("{} days", plain(value)),
            _ => plain(value).to_string(),
        }
    }
}

/// What is known of the dials of one week, in the order of [`Dial::ALL`].
pub type WeekDials = [Option<Decimal>; 7];

/// A dial as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Which one.
    pub dial: Dial,
    /// In the week that is looked at; `None` where it is not known.
    pub now: Option<Decimal>,
    /// The median of the eight weeks before; `None` where fewer than four are known.
    pub usual: Option<Decimal>,
    /// The median of the eight weeks before anything was handed off.
    pub before: Option<Decimal>,
}

impl Reading {
    /// Whether it is so high that it is a risk by itself: hours alone have such a line.
    #[must_use]
    pub fn is_high(&self) -> bool {
        self.dial == Dial::Hours && self.now.is_some_and(|now| now >= MANY_HOURS)
    }

    /// Whether anything is known of it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.now.is_some() || self.usual.is_some() || self.before.is_some()
    }
}

/// The dials of a week beside those of the weeks before it, and those before anything was handed off; each list in the order of time.
#[must_use]
pub fn readings(now: &WeekDials, weeks: &[WeekDials], before: &[WeekDials]) -> Vec<Reading> {
    let median = |weeks: &[WeekDials], at: usize| {
        let known: Vec<Decimal> = weeks.iter().filter_map(|week| *week.get(at)?).collect();
        usual(&known)
    };
    let all = Dial::ALL.into_iter().enumerate();
    all.map(|(at, dial)| Reading {
        dial,
        now: now.get(at).copied().flatten(),
        usual: median(weeks, at),
        before: median(before, at),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(value: i64) -> WeekDials {
        let mut week = [None; 7];
        week[0] = Some(Decimal::from(value));
        week
    }

    #[test]
    fn each_dial_stands_beside_its_own_median() {
        let weeks: Vec<WeekDials> = [40, 50, 44, 46, 80].into_iter().map(hours).collect();
        let found = readings(&hours(55), &weeks, &weeks[..3]);
        assert_eq!(found.len(), 7);
        assert_eq!(found[0].dial, Dial::Hours);
        assert_eq!(found[0].usual, Some(Decimal::from(46)));
        // Three weeks tell nothing that is usual.
        assert_eq!(found[0].before, None);
        assert!(found[0].is_high());
        assert!(!readings(&hours(54), &[], &[])[0].is_high());
        assert!(found[1..].iter().all(|it| !it.is_known() && !it.is_high()));
    }

    #[test]
    fn values_are_shown_with_what_they_are() {
        let check = |dial: Dial, value: &str, expected: &str| {
            assert_eq!(dial.shown(value.parse().unwrap()), expected);
        };
        check(Dial::Hours, "41.53", "41.5 h");
        check(Dial::OffHours, "0.1849", "18 %");
        check(Dial::OldestLate, "1", "1 day");
        check(Dial::OldestLate, "12", "12 days");
        check(Dial::Switches, "2.04", "2");
        check(Dial::FreeDays, "0", "0");
    }
}
