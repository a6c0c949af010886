//! Hours that may be paid twice: those of a week, and those of an assignment that was under way on its days.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_domain::pay::{day_in, moments, week as days_of};
use offdesk_domain::time::Period;
use offdesk_domain::{Day, Seconds};
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::pay::posted_hours::{begun_at, list_assignment_hours, list_week_hours};
use offdesk_store::{Scope, Uuid};

use super::week::{Week, day_of};
use crate::error::{Error, ErrorKind};
use crate::pay::zone_of;

/// Hours under a handoff that are paid with an assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidBeside {
    /// Under which handoff.
    pub handoff: Uuid,
    /// What is handed off.
    pub activity: String,
    /// On which day the assignment was accepted.
    pub day: Day,
    /// From the day on which it was taken on to the one on which it was handed in.
    pub ran: Period,
    /// How long.
    pub time: Seconds,
    /// The number of the assignment.
    pub assignment: i64,
}

impl PaidBeside {
    /// The days on which the assignment was under way, in words.
    #[must_use]
    pub fn days_in_words(&self) -> String {
        days_in_words(self.ran)
    }
}

fn days_in_words(days: Period) -> String {
    if days.from == days.to {
        return days.from.to_string();
    }
    format!("{} to {}", days.from, days.to)
}

impl Week {
    /// The hours paid with assignments of which a line of the week may be a second time: those of its handoff, on a day on which the
    /// assignment was under way or was accepted.
    pub fn twice(&self) -> impl Iterator<Item = &PaidBeside> {
        let may_be = |it: &&PaidBeside| {
            self.lines.iter().any(|line| {
                line.handoff == it.handoff && (it.ran.has(line.day) || line.day == it.day)
            })
        };
        self.beside.iter().filter(may_be)
    }
}

/// Those of a person's week; `names` are the activities of their handoffs.
pub(super) fn load_beside(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    monday: Day,
    names: &HashMap<Uuid, String>,
) -> Result<Vec<PaidBeside>, Error> {
    let (zone, week) = (zone_of(scope)?, days_of(monday));
    let days = (i64::from(week.from.0), i64::from(week.to.0));
    let moments = moments(week, &zone).map_or((0, 0), |(start, end)| {
        (start.as_microsecond(), end.as_microsecond())
    });
    let mut beside = Vec::new();
    for posted in list_assignment_hours(scope, person, days, moments)? {
        let (ran, day) = (
            ran((posted.begun_at, posted.done_at), &zone),
            day_of(posted.day)?,
        );
        if !week.has(day) && (ran.to < week.from || week.to < ran.from) {
            continue;
        }
        beside.push(PaidBeside {
            handoff: posted.handoff_id,
            activity: names.get(&posted.handoff_id).cloned().unwrap_or_default(),
            day,
            ran,
            time: Seconds(posted.seconds),
            assignment: posted.assignment,
        });
    }
    Ok(beside)
}

/// The days from one moment to another.
fn ran((from, to): (i64, i64), zone: &TimeZone) -> Period {
    let day = |micros| Timestamp::from_microsecond(micros).map_or(Day(0), |at| day_in(at, zone));
    Period {
        from: day(from),
        to: day(to),
    }
}

/// Refuses to pay hours that may be paid with assignments already.
pub(super) fn refuse_twice(week: &Week) -> Result<(), Error> {
    let twice: Vec<String> = week
        .twice()
        .map(|it| {
            let (hours, days) = (hours_of(it.time), it.days_in_words());
            format!("{hours} h of {days} are paid with #{}", it.assignment)
        })
        .collect();
    if twice.is_empty() {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Conflict,
        "timesheet.beside",
        format!("some hours may be paid twice: {}", twice.join(", ")),
    )
    .hint("give the week back, or say that these are other hours"))
}

fn hours_of(time: Seconds) -> String {
    time.hours().round_dp(2).normalize().to_string()
}

/// Says of an assignment by the hour which hours of the days on which it was under way are paid with approved weeks; nothing where none are.
pub(crate) fn paid_with_weeks(
    scope: &mut Scope<'_, '_>,
    row: &AssignmentRow,
) -> Result<Option<String>, Error> {
    if row.unit != "hour" || row.seconds <= 0 {
        return Ok(None);
    }
    let done_at = row.delivered_at.unwrap_or(row.changed_at);
    let begun_at = begun_at(row.created_at, row.agreed_at, done_at);
    let ran = ran((begun_at, done_at), &zone_of(scope)?);
    let days = (i64::from(ran.from.0), i64::from(ran.to.0));
    let hours = list_week_hours(scope, row.handoff_id, days)?;
    let (Some(first), Some(last)) = (hours.first(), hours.last()) else {
        return Ok(None);
    };
    let of = Period {
        from: day_of(first.0)?,
        to: day_of(last.0)?,
    };
    let all = Seconds(hours.iter().map(|(_, seconds)| seconds).sum());
    Ok(Some(format!(
        "{} h of #{}, and {} h of {} are paid with a week",
        hours_of(Seconds(row.seconds)),
        row.number,
        hours_of(all),
        days_in_words(of)
    )))
}

/// Refuses to accept an assignment whose hours may be paid with a week already.
///
/// # Errors
/// `assignment.beside`.
pub(crate) fn refuse_paid_with_weeks(
    scope: &mut Scope<'_, '_>,
    row: &AssignmentRow,
) -> Result<(), Error> {
    match paid_with_weeks(scope, row)? {
        None => Ok(()),
        Some(told) => Err(Error::new(
            ErrorKind::Conflict,
            "assignment.beside",
            format!("some hours may be paid twice: {told}"),
        )
        .hint("return it, or say that these are other hours")),
    }
}
