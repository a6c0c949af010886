//! The owner's working day, as it is kept and as it is typed.

use offdesk_domain::returns::{ClockTime, WorkingDay, WorkingDayError};
use offdesk_store::workspaces::WorkspaceRow;

use crate::error::Error;

/// The working day of a row; `None` where it is not understood.
pub(crate) fn working_day(row: &WorkspaceRow) -> Option<WorkingDay> {
    let (begins, ends) = row.working_day;
    let times = ClockTime::of_minutes(begins).zip(ClockTime::of_minutes(ends));
    times.and_then(|(begins, ends)| WorkingDay::new(begins, ends).ok())
}

/// The working day between two times as they are typed; each that is left out stays as it is.
///
/// # Errors
/// `settings.day`.
pub fn typed_working_day(
    begins: Option<&str>,
    ends: Option<&str>,
    now: WorkingDay,
) -> Result<WorkingDay, Error> {
    let wrong = |field: &'static str| {
        move |error: WorkingDayError| {
            Error::invalid(field, error.code(), error.to_string())
                .hint("write a time such as 7:00 or 19:30, the end after the begin")
        }
    };
    let read = |field: &'static str, text: Option<&str>, now: ClockTime| match text {
        Some(text) => text.parse().map_err(wrong(field)),
        None => Ok(now),
    };
    let begins = read("day_begins", begins, now.begins())?;
    let ends = read("day_ends", ends, now.ends())?;
    WorkingDay::new(begins, ends).map_err(wrong("day_ends"))
}

/// The working day of a new workspace, in minutes since midnight.
pub(crate) fn usual_working_day() -> (i64, i64) {
    minutes_of(WorkingDay::USUAL)
}

pub(super) fn minutes_of(day: WorkingDay) -> (i64, i64) {
    (day.begins().minutes(), day.ends().minutes())
}
