//! What is crowded out: how long important work waits behind small jobs, with the owner's own weeks.

use offdesk_domain::audit::{KeepReason, Verdict};
use offdesk_domain::decision::hours_left;
use offdesk_domain::decision::queue::{Arrivals, Crowding, Seen, Unsaid, crowding};
use serde::Serialize;

use super::NextList;
use crate::hours::Hours;

/// So many of the list are handed off in the second figure.
const HANDED_OFF: usize = 3;
/// A week can hold as much as the fullest of them did, one in so many.
const FULL_WEEKS: usize = 4;

/// What can be said of the owner's weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct CrowdedOut {
    /// What the weeks show.
    pub seen: Seen,
    /// How long important work waits now and then.
    pub crowding: Crowding,
    /// The names of what is handed off in the second figure.
    pub handed_off: Vec<String>,
}

/// How long important work waits behind small jobs, and behind what is left of them once the first of the list are handed off.
///
/// A small job is a day with an activity below the worth line; important work is a day with an activity that stays with the owner. The
/// week holds as many hours as the fullest quarter of those that were seen, on average.
///
/// # Errors
/// [`Unsaid`], where the weeks do not bear it out.
pub fn crowded_out(hours: &Hours, list: &NextList<'_>) -> Result<CrowdedOut, Unsaid> {
    let rhythms = &hours.rhythms;
    let mut small = Jobs::default();
    let mut left = Jobs::default();
    let mut important = Jobs::default();
    let mut other = 0.0;
    let off: Vec<_> = list.open.iter().take(HANDED_OFF).collect();
    for judged in &list.audit.activities {
        let Some(row) = hours.row_of(judged) else {
            continue;
        };
        let Some(rhythm) = rhythms.activities.get(&row.id) else {
            continue;
        };
        let days = rhythm.times();
        match judged.verdict {
            Verdict::Delegate => {
                small.add(days, rhythm.hours);
                let is_off = off.iter().find(|next| next.row.id == row.id);
                let stays = is_off.map_or(rhythm.hours, |next| hours_left(&next.handoff.case)[1]);
                left.add(days, stays.min(rhythm.hours));
            }
            Verdict::Keep(KeepReason::Mine | KeepReason::Price) => {
                important.add(days, rhythm.hours);
            }
            // Neither the one nor the other, but the week has no room for more beside it.
            Verdict::Keep(KeepReason::Rest) | Verdict::Open => other += days * rhythm.hours,
        }
    }
    let (fullest, error) = full_week(&rhythms.whole_weeks);
    if rhythms.weeks <= 0.0 {
        return Err(Unsaid::FewWeeks);
    }
    let seen = Seen {
        weeks: u32::try_from(rhythms.whole_weeks.len()).unwrap_or(u32::MAX),
        fullest: (fullest - other / rhythms.weeks).max(0.0),
        error,
        small: small.arrivals(rhythms.weeks),
        important: important.arrivals(rhythms.weeks),
    };
    let crowding = crowding(&seen, left.arrivals(rhythms.weeks))?;
    let names = off.iter().map(|next| next.judged.activity.name.clone());
    Ok(CrowdedOut {
        seen,
        crowding,
        handed_off: names.collect(),
    })
}

/// Hours of a full week, the fullest quarter on average, so that no single entry decides it; and how far the average of all of them may
/// be off, as a share of it.
fn full_week(weeks: &[f64]) -> (f64, f64) {
    let mut weeks = weeks.to_vec();
    weeks.sort_by(|a, b| b.total_cmp(a));
    let number = count(weeks.len()).max(1.0);
    let mean = weeks.iter().sum::<f64>() / number;
    let squares: f64 = weeks.iter().map(|week| (week - mean) * (week - mean)).sum();
    let deviation = (squares / (number - 1.0).max(1.0)).sqrt();
    let full = (weeks.len() / FULL_WEEKS).max(1);
    let fullest = weeks.iter().take(full).sum::<f64>() / count(full);
    let error = if mean > 0.0 {
        deviation / number.sqrt() / mean
    } else {
        0.0
    };
    (fullest, error)
}

#[expect(clippy::cast_precision_loss, reason = "weeks of a quarter")]
fn count(number: usize) -> f64 {
    number as f64
}

#[derive(Default)]
struct Jobs {
    number: f64,
    hours: f64,
}

impl Jobs {
    fn add(&mut self, number: f64, each: f64) {
        self.number += number;
        self.hours += number * each;
    }

    fn arrivals(&self, weeks: f64) -> Arrivals {
        let over = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
        Arrivals {
            per_week: over(self.number, weeks),
            hours: over(self.hours, self.number),
        }
    }
}

/// What is crowded out, as JSON within `offdesk.next/1`.
#[derive(Serialize)]
pub struct CrowdedOutJson {
    wait_hours: f64,
    wait_hours_between: [f64; 2],
    at_least: bool,
    wait_hours_then: f64,
    handed_off: Vec<String>,
    load: f64,
    load_then: f64,
    week_hours: f64,
    weeks_seen: u32,
    small_per_week: f64,
    small_hours: f64,
    important_per_week: f64,
    important_hours: f64,
}

impl CrowdedOutJson {
    /// As JSON.
    #[must_use]
    pub fn of(found: &CrowdedOut) -> Self {
        let CrowdedOut { seen, crowding, .. } = found;
        Self {
            wait_hours: crowding.now.small_first,
            wait_hours_between: crowding.between,
            at_least: crowding.is_at_least,
            wait_hours_then: crowding.then.small_first,
            handed_off: found.handed_off.clone(),
            load: crowding.loads[0],
            load_then: crowding.loads[1],
            week_hours: seen.fullest,
            weeks_seen: seen.weeks,
            small_per_week: seen.small.per_week,
            small_hours: seen.small.hours,
            important_per_week: seen.important.per_week,
            important_hours: seen.important.hours,
        }
    }
}
