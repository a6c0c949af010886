//! When the owner's working day begins and ends: what lies outside of it is evening work.

use std::fmt;
use std::str::FromStr;

const MINUTES: u16 = 24 * 60;

/// A working day, in minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkingDay {
    begins: ClockTime,
    ends: ClockTime,
}

/// A working day that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkingDayError {
    /// It does not end after it begins.
    #[error("a working day that begins at {0} does not end at {1}")]
    Backwards(ClockTime, ClockTime),
    /// A text that is no time of a day.
    #[error("\"{0}\" is no time of a day")]
    NotATime(String),
}

impl WorkingDayError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "settings.day"
    }
}

impl WorkingDay {
    /// From seven to nineteen, where nobody has said anything else.
    pub const USUAL: Self = Self {
        begins: ClockTime(7 * 60),
        ends: ClockTime(19 * 60),
    };

    /// A working day.
    ///
    /// # Errors
    /// [`WorkingDayError::Backwards`].
    pub fn new(begins: ClockTime, ends: ClockTime) -> Result<Self, WorkingDayError> {
        if begins >= ends {
            return Err(WorkingDayError::Backwards(begins, ends));
        }
        Ok(Self { begins, ends })
    }

    /// When it begins.
    #[must_use]
    pub fn begins(self) -> ClockTime {
        self.begins
    }

    /// When it ends.
    #[must_use]
    pub fn ends(self) -> ClockTime {
        self.ends
    }
}

impl Default for WorkingDay {
    fn default() -> Self {
        Self::USUAL
    }
}

/// A time of a day on a clock, to the minute; 24:00 is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockTime(u16);

impl ClockTime {
    /// The time so many minutes after midnight; `None` past the end of the day.
    #[must_use]
    pub fn of_minutes(minutes: i64) -> Option<Self> {
        let minutes = u16::try_from(minutes).ok()?;
        (minutes <= MINUTES).then_some(Self(minutes))
    }

    /// So many minutes after midnight.
    #[must_use]
    pub fn minutes(self) -> i64 {
        self.0.into()
    }

    /// So many seconds after midnight.
    #[must_use]
    pub fn seconds(self) -> i64 {
        i64::from(self.0) * 60
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for ClockTime {
    type Err = WorkingDayError;

    /// Reads `7`, `7:30`, `07:30` or `24:00`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || WorkingDayError::NotATime(text.chars().take(40).collect());
        let (hours, minutes) = text.trim().split_once(':').unwrap_or((text.trim(), "00"));
        let number = |part: &str, most: usize| {
            let is_plain =
                (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            is_plain.then(|| part.parse::<u16>().ok()).flatten()
        };
        let (hours, length) = (number(hours, 2), minutes.len());
        let minutes = number(minutes, 2).filter(|it| *it < 60 && length == 2);
        let (hours, minutes) = hours.zip(minutes).ok_or_else(wrong)?;
        Self::of_minutes(i64::from(hours) * 60 + i64::from(minutes)).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_they_are_typed() {
        let check = |text: &str, expected: &str| {
            let read = text.parse::<ClockTime>();
            let shown = read.map_or_else(|error| error.to_string(), |it| it.to_string());
            assert_eq!(shown, expected, "{text:?}");
        };
        check("7", "07:00");
        check(" 7:30 ", "07:30");
        check("07:05", "07:05");
        check("0:00", "00:00");
        check("24:00", "24:00");
        for text in [
            "24:01", "25", "7:3", "7:60", "-1", "+7", "7.30", "", "007", "7:30 pm",
        ] {
            check(text, &format!("\"{text}\" is no time of a day"));
        }
    }

    #[test]
    fn a_working_day_ends_after_it_begins() {
        let check = |from: &str, to: &str, is: bool| {
            let day = WorkingDay::new(from.parse().unwrap(), to.parse().unwrap());
            assert_eq!(day.is_ok(), is, "{from} to {to}");
        };
        check("7", "19", true);
        check("0", "24", true);
        check("9", "9", false);
        check("22", "6", false);
        assert_eq!(WorkingDay::default().ends().to_string(), "19:00");
    }
}
