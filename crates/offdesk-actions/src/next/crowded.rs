//! What is crowded out: how long important work waits behind small jobs, with the owner's own weeks.

use offdesk_domain::audit::{KeepReason, Verdict};
use offdesk_domain::decision::queue::{Arrivals, Crowding, Seen, Unsaid, crowding};
use serde::Serialize;

use super::NextList;
use crate::hours::Hours;
use crate::options::Rhythms;

/// So many of the list are handed off in the second figure.
const HANDED_OFF: usize = 3;
/// What is left of a job that was handed off: the owner's review, as the first outlook has it.
const LEFT: f64 = 1.0 / 12.0;

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
/// A small job is a day with an activity of the list; important work is a day with an activity that stays with the owner. The week
/// holds as many hours as the fullest that was seen.
///
/// # Errors
/// [`Unsaid`], where the weeks do not bear it out.
pub fn crowded_out(
    hours: &Hours,
    list: &NextList<'_>,
    rhythms: &Rhythms,
) -> Result<CrowdedOut, Unsaid> {
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
        #[expect(clippy::cast_precision_loss, reason = "days of a quarter")]
        let days = rhythm.days as f64;
        match judged.verdict {
            Verdict::Delegate => {
                small.add(days, rhythm.hours);
                let is_off = off.iter().any(|next| next.row.id == row.id);
                left.add(days, rhythm.hours * if is_off { LEFT } else { 1.0 });
            }
            Verdict::Keep(KeepReason::Mine | KeepReason::Price) => {
                important.add(days, rhythm.hours);
            }
            // Neither the one nor the other, but the week has no room for more beside it.
            Verdict::Keep(KeepReason::Rest) | Verdict::Open => other += days * rhythm.hours,
        }
    }
    let fullest = rhythms.whole_weeks.iter().copied().fold(0.0, f64::max);
    if rhythms.weeks <= 0.0 {
        return Err(Unsaid::FewWeeks);
    }
    let seen = Seen {
        weeks: u32::try_from(rhythms.whole_weeks.len()).unwrap_or(u32::MAX),
        fullest: (fullest - other / rhythms.weeks).max(0.0),
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
            wait_hours_then: crowding.then.small_first,
            handed_off: found.handed_off.clone(),
            load: crowding.now.load,
            load_then: crowding.then.load,
            week_hours: seen.fullest,
            weeks_seen: seen.weeks,
            small_per_week: seen.small.per_week,
            small_hours: seen.small.hours,
            important_per_week: seen.important.per_week,
            important_hours: seen.important.hours,
        }
    }
}
