//! Hours of a week's days that are paid with assignments: they may be the same as those that are typed for the week.

use std::collections::HashMap;

use offdesk_domain::{Day, Seconds};
use offdesk_store::pay::posted_hours::list_posted_hours;
use offdesk_store::{Scope, Uuid};

use super::week::{Week, day_of};
use crate::error::{Error, ErrorKind};

/// Hours of a day under a handoff that are paid with an assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidBeside {
    /// Under which handoff.
    pub handoff: Uuid,
    /// What is handed off.
    pub activity: String,
    /// On which day the assignment was accepted.
    pub day: Day,
    /// How long.
    pub time: Seconds,
    /// The number of the assignment.
    pub assignment: i64,
}

impl Week {
    /// The hours paid with assignments of which a line of the week may be a second time: those of its handoff and day.
    pub fn twice(&self) -> impl Iterator<Item = &PaidBeside> {
        let is_typed = |it: &&PaidBeside| self.time_of(it.handoff, it.day).is_some();
        self.beside.iter().filter(is_typed)
    }
}

/// Those of a person's week; `names` are the activities of their handoffs.
pub(super) fn load_beside(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    monday: Day,
    names: &HashMap<Uuid, String>,
) -> Result<Vec<PaidBeside>, Error> {
    let days = (i64::from(monday.0), i64::from(monday.0) + 6);
    let mut beside = Vec::new();
    for posted in list_posted_hours(scope, person, days)? {
        let Some(assignment) = posted.assignment else {
            continue;
        };
        beside.push(PaidBeside {
            handoff: posted.handoff_id,
            activity: names.get(&posted.handoff_id).cloned().unwrap_or_default(),
            day: day_of(posted.day)?,
            time: Seconds(posted.seconds),
            assignment,
        });
    }
    Ok(beside)
}

/// Refuses to pay hours that may be paid with assignments already.
pub(super) fn refuse_twice(week: &Week) -> Result<(), Error> {
    let twice: Vec<String> = week
        .twice()
        .map(|it| {
            let hours = it.time.hours().round_dp(2).normalize();
            let (day, number) = (it.day, it.assignment);
            format!("{hours} h of {day} are paid with #{number}")
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
