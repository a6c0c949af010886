//! From work to what it earns: accepted assignments, approved hours, milestones that were reached, and months of a retainer.

use jiff::ToSpan;

use super::PayError;
use super::posting::{Earned, Quantity, RecordId};
use crate::person::{Terms, Unit, in_force};
use crate::time::{Day, Period, Seconds};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Hours that were approved.
    Hours(Seconds),
    /// An assignment that was accepted.
    Assignment,
    /// A milestone that was reached.
    Milestone,
}

/// A piece of work that may earn something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Who has done it.
    pub person: RecordId,
    /// By which handoff.
    pub handoff: RecordId,
    /// Of which activity.
    pub activity: RecordId,
    /// Which assignment it was or belongs to.
    pub assignment: Option<RecordId>,
    /// On which day: of the hours, of the acceptance, or on which it was reached; in the workspace's zone.
    pub day: Day,
    /// What was done.
    pub done: Done,
    /// The terms that were agreed for this assignment alone; they hold whatever the terms of the day are.
    pub agreed: Option<Terms>,
}

/// What a piece of work earns by the terms of its day; `None` where these pay for something else, as hours on an assignment with a price.
///
/// # Errors
/// [`PayError::NoTerms`] where no terms hold on that day, else as [`Earned::exact`].
pub fn earned(work: &Work, dated: &[(Day, Terms)]) -> Result<Option<Earned>, PayError> {
    let terms = work
        .agreed
        .or_else(|| in_force(dated.iter().copied(), work.day))
        .ok_or(PayError::NoTerms(work.day))?;
    let quantity = match (work.done, terms.unit) {
        (Done::Hours(time), Unit::Hour) => Quantity::Time(time),
        (Done::Assignment, Unit::Assignment) | (Done::Milestone, Unit::Milestone) => {
            Quantity::Times(1)
        }
        _ => return Ok(None),
    };
    let earned = Earned {
        person: work.person,
        handoff: work.handoff,
        activity: work.activity,
        assignment: work.assignment,
        day: work.day,
        quantity,
        terms,
    };
    earned.exact()?;
    Ok(Some(earned))
}

/// What a retainer earns in the month of a day: for each of its terms the days on which they held, as parts of the month.
///
/// `held` are the days of the handoff; what lies outside of them earns nothing. Each part is earned on its last day, so a handoff that
/// ends within a month is paid up to its end. Terms by another unit earn nothing here.
///
/// # Errors
/// As [`Earned::exact`].
pub fn retained(
    handoff: &Work,
    held: Period,
    dated: &[(Day, Terms)],
) -> Result<Vec<Earned>, PayError> {
    let month = month_of(handoff.day);
    let of = u32::try_from(month.days()).unwrap_or(0);
    let mut parts: Vec<Earned> = Vec::new();
    for number in month.from.0.max(held.from.0)..=month.to.0.min(held.to.0) {
        let day = Day(number);
        let Some(terms) = in_force(dated.iter().copied(), day) else {
            continue;
        };
        if terms.unit != Unit::Retainer {
            continue;
        }
        match parts.last_mut() {
            Some(part) if part.terms == terms && part.day.0 + 1 == number => {
                part.day = day;
                part.quantity = Quantity::Days {
                    days: days_of(part.quantity).saturating_add(1),
                    of,
                };
            }
            _ => parts.push(Earned {
                person: handoff.person,
                handoff: handoff.handoff,
                activity: handoff.activity,
                assignment: None,
                day,
                quantity: Quantity::Days { days: 1, of },
                terms,
            }),
        }
    }
    for part in &parts {
        part.exact()?;
    }
    Ok(parts)
}

fn days_of(quantity: Quantity) -> u32 {
    match quantity {
        Quantity::Days { days, .. } => days,
        _ => 0,
    }
}

/// The month of a day.
pub(super) fn month_of(day: Day) -> Period {
    let date = day.date();
    Period {
        from: Day::from_date(date.first_of_month()),
        to: Day::from_date(date.last_of_month()),
    }
}

/// The day so many months later, of the same number or the last one of a shorter month.
pub(super) fn months_later(day: Day, months: i32) -> Day {
    day.date()
        .checked_add(months.months())
        .map_or(day, Day::from_date)
}
