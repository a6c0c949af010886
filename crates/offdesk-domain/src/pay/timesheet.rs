//! Timesheets: the hours a person types for a week, handed in as complete, approved or returned, and fixed once they are approved.

use super::Cycle;
use crate::time::{Day, Period, Seconds};

/// The longest time of one day.
const DAY: Seconds = Seconds(86_400);
/// The days of a week on which it is to be said what was: Monday to Friday.
const ASKED_ABOUT: i32 = 5;

/// Where a week stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WeekState {
    /// Hours are typed.
    Open,
    /// The person has said that it is complete.
    Submitted,
    /// Its hours are paid for, and do not change any more.
    Approved,
    /// It was given back with a word about why.
    Returned,
}

/// What happens to a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeekEvent {
    /// Hours or days off are changed.
    Change,
    /// It is handed in as complete.
    Submit,
    /// It is approved.
    Approve,
    /// It is given back.
    Return,
}

/// Why something cannot be done with a week. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimesheetError {
    /// Not as it stands.
    #[error("this week is {0}")]
    NotNow(&'static str),
    /// A working day of which nothing is said.
    #[error("nothing is said of {}", days(.0))]
    Unsaid(Vec<Day>),
    /// Working days that are still to come.
    #[error("the week is not over: still to come is {}", days(.0))]
    ToCome(Vec<Day>),
    /// Hours that were approved before would be fewer.
    #[error("{earned} of {day} are approved and earned already: they stay", earned = hours(*.1), day = .0)]
    Earned(Day, Seconds),
    /// A day of another week, or one that is yet to come.
    #[error("{0} is not a day of this week that has come")]
    OtherDay(Day),
    /// More hours than a day has.
    #[error("{0} would have more than 24 hours")]
    TooLong(Day),
    /// A time that is no time.
    #[error("{0} seconds are no time that can be worked in a day")]
    Time(i64),
}

fn days(days: &[Day]) -> String {
    let words: Vec<String> = days
        .iter()
        .map(|day| day.date().strftime("%A, %-d %B").to_string())
        .collect();
    words.join("; ")
}

fn hours(time: Seconds) -> String {
    format!("{} h", time.hours().round_dp(2).normalize())
}

impl TimesheetError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotNow(_) => "timesheet.not_now",
            Self::Unsaid(_) => "timesheet.unsaid",
            Self::ToCome(_) => "timesheet.to_come",
            Self::Earned(..) => "timesheet.earned",
            Self::OtherDay(_) => "timesheet.day",
            Self::TooLong(_) | Self::Time(_) => "timesheet.hours",
        }
    }
}

/// Whether times of one day are no more than it has.
///
/// # Errors
/// [`TimesheetError::TooLong`].
pub fn fits_in_a_day(
    day: Day,
    times: impl IntoIterator<Item = Seconds>,
) -> Result<(), TimesheetError> {
    let mut left = DAY.0;
    for time in times {
        left = left.saturating_sub(time.0);
    }
    if left < 0 {
        return Err(TimesheetError::TooLong(day));
    }
    Ok(())
}

impl WeekState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Submitted, Self::Approved, Self::Returned];

    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Returned => "returned",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether hours can be typed.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Returned)
    }

    /// The state that something leads to.
    ///
    /// # Errors
    /// [`TimesheetError::NotNow`].
    pub fn after(self, event: WeekEvent) -> Result<Self, TimesheetError> {
        match (self, event) {
            (Self::Open | Self::Returned, WeekEvent::Change) => Ok(self),
            (Self::Open | Self::Returned, WeekEvent::Submit) => Ok(Self::Submitted),
            (Self::Submitted, WeekEvent::Approve) => Ok(Self::Approved),
            // A day that was forgotten opens an approved week again; what it has earned stays.
            (Self::Submitted | Self::Approved, WeekEvent::Return) => Ok(Self::Returned),
            _ => Err(TimesheetError::NotNow(self.word())),
        }
    }
}

/// The hours of a week: days with times, and days off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeekHours {
    /// A day and a time worked on it, in any order; a day may come several times.
    pub worked: Vec<(Day, Seconds)>,
    /// Days of which it is said that nothing was worked.
    pub off: Vec<Day>,
}

impl WeekHours {
    /// Whether the times can be: on days of the week that have come, and not more than a day has.
    ///
    /// # Errors
    /// [`TimesheetError`], about the first day that cannot be.
    pub fn check(&self, monday: Day, today: Day) -> Result<(), TimesheetError> {
        let week = week(monday);
        for (day, time) in &self.worked {
            if !week.has(*day) || *day > today {
                return Err(TimesheetError::OtherDay(*day));
            }
            if *time <= Seconds::ZERO || *time > DAY {
                return Err(TimesheetError::Time(time.0));
            }
            let of_day = self.worked.iter().filter(|(other, _)| other == day);
            fits_in_a_day(*day, of_day.map(|(_, time)| *time))?;
        }
        match self.off.iter().find(|day| !week.has(**day)) {
            Some(day) => Err(TimesheetError::OtherDay(*day)),
            None => Ok(()),
        }
    }

    /// The working days of the week of which nothing is said: forgotten, or not worked?
    #[must_use]
    pub fn unsaid(&self, monday: Day) -> Vec<Day> {
        let days = (0..ASKED_ABOUT).map(|at| Day(monday.0 + at));
        days.filter(|day| {
            let is_worked = self.worked.iter().any(|(worked, _)| worked == day);
            !is_worked && !self.off.contains(day)
        })
        .collect()
    }

    /// Says of the working days that have come and of which nothing is said that nothing was worked; of days to come nobody knows.
    pub fn rest_off(&mut self, monday: Day, today: Day) {
        let mut rest = self.unsaid(monday);
        rest.retain(|day| *day <= today);
        self.off.extend(rest);
    }

    /// Whether it is said of every working day what was.
    ///
    /// # Errors
    /// [`TimesheetError::Unsaid`] with the days that have come, else [`TimesheetError::ToCome`] with those that have not.
    pub fn is_complete(&self, monday: Day, today: Day) -> Result<(), TimesheetError> {
        let unsaid = self.unsaid(monday);
        let (come, to_come): (Vec<Day>, Vec<Day>) =
            unsaid.into_iter().partition(|day| *day <= today);
        if !come.is_empty() {
            return Err(TimesheetError::Unsaid(come));
        }
        if !to_come.is_empty() {
            return Err(TimesheetError::ToCome(to_come));
        }
        Ok(())
    }

    /// Whether nothing is less than what was approved before.
    ///
    /// # Errors
    /// [`TimesheetError::Earned`], about the first day that has less.
    pub fn keeps(&self, earned: &[(Day, Seconds)]) -> Result<(), TimesheetError> {
        let of = |all: &[(Day, Seconds)], day: Day| {
            let all = all.iter().filter(|(other, _)| *other == day);
            Seconds(all.map(|(_, time)| time.0).sum())
        };
        let less = earned
            .iter()
            .find(|(day, _)| of(&self.worked, *day) < of(earned, *day));
        match less {
            Some((day, _)) => Err(TimesheetError::Earned(*day, of(earned, *day))),
            None => Ok(()),
        }
    }
}

/// The week that begins on a Monday.
#[must_use]
pub fn week(monday: Day) -> Period {
    Cycle::Weekly.period(monday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_date(text.parse().unwrap())
    }

    #[test]
    fn states_follow_each_other() {
        use WeekEvent::{Approve, Change, Return, Submit};
        use WeekState::{Approved, Open, Returned, Submitted};
        for state in WeekState::ALL {
            assert_eq!(WeekState::of(state.word()), Some(state));
            for event in [Change, Submit, Approve, Return] {
                let expected = match (state, event) {
                    (Open, Change) => Some(Open),
                    (Returned, Change) => Some(Returned),
                    (Open | Returned, Submit) => Some(Submitted),
                    (Submitted, Approve) => Some(Approved),
                    (Submitted | Approved, Return) => Some(Returned),
                    _ => None,
                };
                assert_eq!(state.after(event).ok(), expected, "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn a_forgotten_day_is_asked_about() {
        let monday = day("2026-11-23");
        let mut hours = WeekHours {
            worked: vec![(monday, Seconds(3_600)), (day("2026-11-26"), Seconds(60))],
            off: vec![day("2026-11-25")],
        };
        let error = hours.is_complete(monday, day("2026-11-29")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "nothing is said of Tuesday, 24 November; Friday, 27 November"
        );
        assert_eq!(error.code(), "timesheet.unsaid");
        hours.off.extend([day("2026-11-24"), day("2026-11-27")]);
        assert_eq!(hours.is_complete(monday, day("2026-11-29")), Ok(()));
    }

    #[test]
    fn days_to_come_are_not_taken_as_not_worked() {
        let (monday, wednesday) = (day("2026-11-23"), day("2026-11-25"));
        let mut hours = WeekHours {
            worked: vec![(monday, Seconds(3_600))],
            off: vec![],
        };
        assert_eq!(
            hours.is_complete(monday, wednesday).unwrap_err().code(),
            "timesheet.unsaid"
        );
        hours.rest_off(monday, wednesday);
        assert_eq!(hours.off, [day("2026-11-24"), wednesday]);
        let error = hours.is_complete(monday, wednesday).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the week is not over: still to come is Thursday, 26 November; Friday, 27 November"
        );
        assert_eq!(error.code(), "timesheet.to_come");
    }

    #[test]
    fn hours_that_cannot_be() {
        let (monday, today) = (day("2026-11-23"), day("2026-11-25"));
        let check = |on: &str, seconds: i64, code: &str| {
            let hours = WeekHours {
                worked: vec![(monday, Seconds(1)), (day(on), Seconds(seconds))],
                off: vec![],
            };
            let said = hours.check(monday, today);
            assert_eq!(
                said.map_or_else(|e| e.code(), |()| "ok"),
                code,
                "{on} {seconds}"
            );
        };
        check("2026-11-25", 86_400, "ok");
        check("2026-11-25", 86_401, "timesheet.hours");
        check("2026-11-25", 0, "timesheet.hours");
        check("2026-11-23", 86_400, "timesheet.hours");
        check("2026-11-26", 60, "timesheet.day");
        check("2026-11-22", 60, "timesheet.day");
        check("2026-11-30", 60, "timesheet.day");
    }
}
