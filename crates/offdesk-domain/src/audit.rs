//! The audit: what lies below the worth line, what it adds up to in a year, and what to hand off first.

mod judged;
mod outlook;
mod summary;

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

pub use self::judged::{
    Activity, AuditedActivity, Blueprint, KeepReason, Mix, Rhythm, Stays, Verdict, Yearly,
};
pub use self::outlook::HandoffOutlook;
use self::outlook::{hours_of_one_time, outlook, readiness};
pub use self::summary::{Summary, SummaryRange};
use self::summary::{in_a_year, parted, summarise, times};
use crate::returns::Work;
use crate::time::Period;
use crate::worth::Worth;

/// The fewest weeks that somebody works in a year.
pub const LEAST_WEEKS: Decimal = Decimal::ONE;
/// The most weeks that a year has.
pub const MOST_WEEKS: Decimal = Decimal::from_parts(53, 0, 0, false, 0);

/// The whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// The owner's rates.
    pub worth: Worth,
    /// Days covered; `None` where no entry has a date.
    pub period: Option<Period>,
    /// Weeks covered.
    pub weeks: Decimal,
    /// Weeks worked in a year.
    pub weeks_per_year: Decimal,
    /// Days with an entry.
    pub days_logged: u32,
    /// All activities, the one with the most to gain first, then by hours.
    pub activities: Vec<AuditedActivity>,
    /// The sums.
    pub summary: Summary,
    /// Index of the activity to hand off first.
    pub start_with: Option<usize>,
}

/// What the figures are reckoned from, beside the activities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The owner's rates.
    pub worth: Worth,
    /// Days covered, from the first to the last.
    pub period: Option<Period>,
    /// Weeks covered, above 0: those of the period, without what nobody speaks about.
    pub weeks: Decimal,
    /// Days with an entry.
    pub days_logged: u32,
    /// Weeks worked in a year.
    pub weeks_per_year: Decimal,
}

/// Judges activities: which lie below the worth line, what they are worth, which one to start with.
#[must_use]
pub fn audit(frame: Frame, activities: Vec<Activity>) -> Audit {
    let weeks = frame.weeks;
    let mut judged: Vec<AuditedActivity> = activities
        .into_iter()
        .map(|activity| judge(activity, &frame))
        .collect();
    judged.sort_by(order);
    let summary = summarise(&judged, &frame, |_| true);
    let start_with = judged
        .iter()
        .enumerate()
        .filter_map(|(index, a)| a.handoff.map(|handoff| (index, handoff)))
        .filter(|(_, handoff)| handoff.pays())
        .max_by(|(i, a), (j, b)| a.score().cmp(&b.score()).then(j.cmp(i)))
        .map(|(index, _)| index);
    Audit {
        worth: frame.worth,
        period: frame.period,
        weeks,
        weeks_per_year: frame.weeks_per_year,
        days_logged: frame.days_logged,
        activities: judged,
        summary,
        start_with,
    }
}

impl Audit {
    /// The sums over those below the line that `counts` takes.
    #[must_use]
    pub fn summary_of(&self, counts: impl Fn(&AuditedActivity) -> bool) -> Summary {
        summarise(&self.activities, &self.frame(), counts)
    }

    /// The activities as work with prices, in their order. Rest is no work, and what a list is short of is no activity that could go.
    #[must_use]
    pub fn work(&self) -> Vec<Work> {
        let of = |judged: &AuditedActivity| {
            let is_rest = judged.activity.stays == Some(Stays::Rest);
            Work {
                hours: judged.hours_per_week,
                price: judged.activity.likely().filter(|_| !is_rest),
                stays: judged.activity.stays.is_some() || judged.activity.is_rest_of_list,
            }
        };
        self.activities.iter().map(of).collect()
    }

    /// How ready an activity is to be handed off, in hundredths, where an hour of it costs so much; nothing where nobody is paid by the hour.
    #[must_use]
    pub fn readiness(&self, judged: &AuditedActivity, price: Option<Decimal>) -> u8 {
        readiness(&judged.activity, price.unwrap_or_default(), &self.frame())
    }

    fn frame(&self) -> Frame {
        Frame {
            worth: self.worth.clone(),
            period: self.period,
            weeks: self.weeks,
            days_logged: self.days_logged,
            weeks_per_year: self.weeks_per_year,
        }
    }
}

/// Below the line by gap; then the others by hours; the rest of the list last.
fn order(a: &AuditedActivity, b: &AuditedActivity) -> Ordering {
    let gap = |x: &AuditedActivity| x.yearly.filter(|_| x.is_below).map(|yearly| yearly.gap);
    (a.activity.is_rest_of_list.cmp(&b.activity.is_rest_of_list))
        .then_with(|| b.is_below.cmp(&a.is_below))
        .then_with(|| gap(b).cmp(&gap(a)))
        .then_with(|| b.activity.mix.total().cmp(&a.activity.mix.total()))
        .then_with(|| a.activity.name.cmp(&b.activity.name))
}

fn judge(activity: Activity, frame: &Frame) -> AuditedActivity {
    let worth = &frame.worth;
    let hours = activity.mix.total().hours();
    let hours_per_week = parted(hours, frame.weeks);
    let hours_per_year = in_a_year(hours, frame);
    let yearly = activity.price.as_ref().map(|price| {
        // In whole cents, so that what is shown adds up.
        let cost = |hourly: Decimal| {
            let cost = times(hours_per_year, hourly);
            cost.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
        };
        let (value, likely) = (cost(worth.hour), cost(price.range.likely));
        Yearly {
            value,
            price: likely,
            gap: value.saturating_sub(likely),
            price_low: cost(price.range.low),
            price_high: cost(price.range.high),
        }
    });
    let likely = activity.likely();
    let verdict = match (activity.stays, likely) {
        (Some(Stays::Mine), _) => Verdict::Keep(KeepReason::Mine),
        (Some(Stays::Rest), _) => Verdict::Keep(KeepReason::Rest),
        (None, Some(likely)) if likely < worth.ceiling => Verdict::Delegate,
        (None, Some(_)) => Verdict::Keep(KeepReason::Price),
        (None, None) => Verdict::Open,
    };
    let is_below = verdict == Verdict::Delegate;
    let hours_each = hours_of_one_time(&activity, hours_per_week, frame);
    let handoff = likely
        .filter(|_| is_below)
        .and_then(|likely| outlook(&activity, (hours_per_week, hours_each), likely, frame));
    AuditedActivity {
        activity,
        hours_per_week,
        hours_per_year,
        hours_each,
        is_below,
        yearly,
        verdict,
        handoff,
    }
}

#[cfg(test)]
mod tests;
