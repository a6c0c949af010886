//! The audit: what lies below the worth line, what it adds up to in a year, and what to hand off first.

mod judged;
mod outlook;
mod summary;

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

pub use self::judged::{
    Activity, AuditedActivity, KeepReason, Mix, Rhythm, Stays, Verdict, Yearly,
};
pub use self::outlook::{HandoffOutlook, OutlookParts};
use self::outlook::{outlook, readiness};
use self::summary::summarise;
pub use self::summary::{Summary, SummaryRange};
use crate::time::Period;
use crate::worth::Worth;

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// The owner's rates.
    pub worth: Worth,
    /// Days covered; `None` where no entry has a date.
    pub period: Option<Period>,
    /// Weeks covered.
    pub weeks: Decimal,
    /// Weeks worked in a year.
    pub weeks_per_year: Decimal,
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
    /// Days covered.
    pub period: Option<Period>,
    /// Days with an entry.
    pub days_logged: u32,
    /// Weeks worked in a year.
    pub weeks_per_year: Decimal,
}

/// Judges activities: which lie below the worth line, what they are worth, which one to start with.
#[must_use]
pub fn audit(frame: Frame, activities: Vec<Activity>) -> Audit {
    let weeks = frame.period.map_or(Decimal::ONE, Period::weeks);
    let mut judged: Vec<AuditedActivity> = activities
        .into_iter()
        .map(|activity| judge(activity, &frame, weeks))
        .collect();
    judged.sort_by(order);
    let summary = summarise(&judged, &frame, weeks);
    let start_with = judged
        .iter()
        .enumerate()
        .filter_map(|(index, a)| a.handoff.map(|handoff| (index, handoff)))
        .filter(|(_, handoff)| handoff.first_year_gain > Decimal::ZERO)
        .max_by(|(i, a), (j, b)| a.score().cmp(&b.score()).then(j.cmp(i)))
        .map(|(index, _)| index);
    Audit {
        worth: frame.worth,
        period: frame.period,
        weeks,
        weeks_per_year: frame.weeks_per_year,
        activities: judged,
        summary,
        start_with,
    }
}

impl Audit {
    /// What the outlook of an activity is put together from, where it has one.
    #[must_use]
    pub fn outlook_parts(&self, judged: &AuditedActivity) -> Option<OutlookParts> {
        let price = judged.activity.price.as_ref()?;
        judged.handoff.map(|_| {
            let likely = price.range.likely;
            OutlookParts::of(judged.hours_per_week, likely, self.worth.hour)
        })
    }

    /// How ready an activity is to be handed off, in hundredths, whatever its price beside the ceiling.
    #[must_use]
    pub fn readiness(&self, judged: &AuditedActivity) -> u8 {
        let likely = judged
            .activity
            .price
            .as_ref()
            .map(|price| price.range.likely);
        let per_week = Decimal::from(judged.activity.entries) / self.weeks;
        readiness(likely.unwrap_or(self.worth.hour), per_week, self.worth.hour)
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

fn judge(activity: Activity, frame: &Frame, weeks: Decimal) -> AuditedActivity {
    let worth = &frame.worth;
    let hours = activity.mix.total().hours();
    let hours_per_week = hours / weeks;
    // One division, at the end: exact figures stay exact.
    let hours_per_year = hours * frame.weeks_per_year / weeks;
    let yearly = activity.price.as_ref().map(|price| {
        // In whole cents, so that what is shown adds up.
        let cost = |hourly: Decimal| {
            let cost = hours_per_year * hourly;
            cost.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
        };
        let (value, likely) = (cost(worth.hour), cost(price.range.likely));
        Yearly {
            value,
            price: likely,
            gap: value - likely,
            price_low: cost(price.range.low),
            price_high: cost(price.range.high),
        }
    });
    let likely = activity.price.as_ref().map(|price| price.range.likely);
    let verdict = match (activity.stays, likely) {
        (Some(Stays::Mine), _) => Verdict::Keep(KeepReason::Mine),
        (Some(Stays::Rest), _) => Verdict::Keep(KeepReason::Rest),
        (None, Some(likely)) if likely < worth.ceiling => Verdict::Delegate,
        (None, Some(_)) => Verdict::Keep(KeepReason::Price),
        (None, None) => Verdict::Open,
    };
    let is_below = verdict == Verdict::Delegate;
    let handoff = likely.filter(|_| is_below).map(|likely| {
        let per_week = Decimal::from(activity.entries) / weeks;
        outlook(hours_per_week, likely, per_week, frame)
    });
    AuditedActivity {
        activity,
        hours_per_week,
        hours_per_year,
        is_below,
        yearly,
        verdict,
        handoff,
    }
}

#[cfg(test)]
mod tests {
    use super::summary::wilson;
    use super::*;
    use crate::money::Currency;
    use crate::price::{Place, Price, PriceRange};
    use crate::time::{Day, EntryKind, Seconds};
    use crate::worth::Basis;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn frame(hour: &str, weeks_per_year: &str, from: &str, to: &str) -> Frame {
        let day = |text: &str| Day::from_date(text.parse().unwrap());
        Frame {
            worth: Worth::new(
                Basis::Stated { hour: d(hour) },
                Currency::USD,
                Decimal::TWO,
                None,
            )
            .unwrap(),
            period: Some(Period {
                from: day(from),
                to: day(to),
            }),
            days_logged: 10,
            weeks_per_year: d(weeks_per_year),
        }
    }

    fn activity(name: &str, hours: &str, price: Option<&str>) -> Activity {
        let seconds = d(hours) * d("3600");
        let mut mix = Mix::default();
        mix.add(
            EntryKind::Measured,
            Seconds(seconds.normalize().to_string().parse().unwrap()),
        );
        Activity {
            name: name.to_owned(),
            entries: 46,
            mix,
            price: price.map(|price| Price {
                place: Place::US,
                currency: Currency::USD,
                range: PriceRange::new(d(price) - Decimal::TWO, d(price), d(price) + Decimal::TWO),
                occupation: None,
                confidence: 80,
                source: String::new(),
                why: crate::Why::default(),
            }),
            stays: None,
            is_rest_of_list: false,
        }
    }

    #[test]
    fn the_contract_example() {
        let frame = frame("75", "48", "2026-01-05", "2026-03-27");
        let audit = audit(frame, vec![activity("Inbox", "78", Some("18"))]);
        let inbox = &audit.activities[0];
        assert_eq!(
            (inbox.hours_per_week, inbox.hours_per_year),
            (d("6.5"), d("312"))
        );
        let yearly = inbox.yearly.unwrap();
        assert_eq!(
            (yearly.value, yearly.price, yearly.gap),
            (d("23400"), d("5616"), d("17784"))
        );
        assert_eq!(inbox.verdict, Verdict::Delegate);
        assert_eq!(audit.start_with, Some(0));
        assert_eq!(audit.summary.range, None);
    }

    #[test]
    fn the_break_even_example_of_the_ux_page() {
        let frame = frame("90", "46", "2026-02-02", "2026-04-12");
        let outlook = outlook(d("6"), d("18"), d("3"), &frame);
        assert_eq!(outlook.first_year_gain, d("16470"));
        assert_eq!(outlook.payback_week, Some(3));
    }

    #[test]
    fn what_is_kept_dear_or_unpriced_is_in_no_sum() {
        let mut mine = activity("Sales", "40", Some("30"));
        mine.stays = Some(Stays::Mine);
        let list = vec![
            mine,
            activity("Law", "10", Some("80")),
            activity("Odd", "5", None),
            activity("At worth", "5", Some("75")),
        ];
        let audit = audit(frame("75", "48", "2026-01-05", "2026-03-27"), list);
        assert_eq!(audit.summary.gap, Decimal::ZERO);
        assert_eq!(audit.summary.hours_below_per_week, Decimal::ZERO);
        assert_eq!(audit.summary.unpriced, Seconds(5 * 3600));
        assert_eq!(audit.start_with, None);
        let verdicts: Vec<_> = audit
            .activities
            .iter()
            .map(|a| (a.activity.name.as_str(), a.verdict))
            .collect();
        assert_eq!(verdicts[0], ("Sales", Verdict::Keep(KeepReason::Mine)));
        assert!(verdicts.contains(&("Law", Verdict::Keep(KeepReason::Price))));
        assert!(verdicts.contains(&("At worth", Verdict::Keep(KeepReason::Price))));
        assert!(verdicts.contains(&("Odd", Verdict::Open)));
    }

    #[test]
    fn short_data_gives_ranges_around_the_figure() {
        let list = vec![
            activity("Inbox", "30", Some("20")),
            activity("Rest", "50", None),
        ];
        let audit = audit(frame("75", "48", "2026-01-05", "2026-01-16"), list);
        let range = audit.summary.range.unwrap();
        let inside = |(low, high): (Decimal, Decimal), value: Decimal| low < value && value < high;
        assert!(inside(
            range.hours_below_per_week,
            audit.summary.hours_below_per_week
        ));
        assert!(inside(range.gap, audit.summary.gap));
        assert!(inside(range.price, audit.summary.price));
        // 0.375 of the time on 10 days: 0.1523 to 0.6671 by Wilson's formula, of 40 hours a week.
        assert_eq!(range.hours_below_per_week.0.round_dp(2), d("6.09"));
        assert_eq!(range.hours_below_per_week.1.round_dp(2), d("26.68"));
    }

    #[test]
    fn wilson_agrees_with_the_science_document() {
        let check = |part: i64, whole: i64, low: &str, high: &str| {
            let days = u32::try_from(whole).unwrap();
            let (a, b) = wilson(Seconds(part), Seconds(whole), days);
            assert_eq!((a.round_dp(3), b.round_dp(3)), (d(low), d(high)));
        };
        check(19, 20, "0.764", "0.991");
        check(8, 10, "0.490", "0.943");
        check(3, 3, "0.438", "1");
        check(0, 10, "0", "0.278");
    }
}
