//! The audit: what lies below the worth line, what it adds up to in a year, and what to hand off first.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::price::Price;
use crate::time::{EntryKind, Period, Seconds};
use crate::worth::Worth;

/// Owner hours to write a blueprint and show it to somebody (`ux.md`, section 7: the break-even example).
const SETUP_HOURS: Decimal = Decimal::from_parts(6, 0, 0, false, 0);
/// Weeks in which the other needs double the time.
const RAMP_WEEKS: u32 = 4;
/// Owner hours of review per hour of the work: while ramping up, and afterwards (1.5 h and 0.5 h on 6 h).
const RAMP_REVIEW: Decimal = Decimal::from_parts(25, 0, 0, false, 2);
const STEADY_REVIEW_DIVISOR: Decimal = Decimal::from_parts(12, 0, 0, false, 0);
/// With less data than this the figures are ranges.
const ENOUGH_WEEKS: Decimal = Decimal::from_parts(4, 0, 0, false, 0);

/// Seconds by how they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mix {
    /// Logged.
    pub measured: Seconds,
    /// Inferred from calendars and app logs.
    pub implied: Seconds,
    /// Typed from memory.
    pub remembered: Seconds,
}

impl Mix {
    /// Adds time of a kind.
    pub fn add(&mut self, kind: EntryKind, seconds: Seconds) {
        match kind {
            EntryKind::Measured => self.measured += seconds,
            EntryKind::Implied => self.implied += seconds,
            EntryKind::Remembered => self.remembered += seconds,
        }
    }

    /// Adds another mix.
    pub fn add_all(&mut self, other: Self) {
        self.measured += other.measured;
        self.implied += other.implied;
        self.remembered += other.remembered;
    }

    /// Time of a kind.
    #[must_use]
    pub fn of(&self, kind: EntryKind) -> Seconds {
        match kind {
            EntryKind::Measured => self.measured,
            EntryKind::Implied => self.implied,
            EntryKind::Remembered => self.remembered,
        }
    }

    /// All of it.
    #[must_use]
    pub fn total(&self) -> Seconds {
        self.measured + self.implied + self.remembered
    }
}

/// An activity as grouped from entries, before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its name.
    pub name: String,
    /// Entries in it.
    pub entries: u64,
    /// Their time.
    pub mix: Mix,
    /// Market price of an hour; `None`: unpriced.
    pub price: Option<Price>,
    /// Why it stays, whatever its price.
    pub stays: Option<Stays>,
    /// It gathers many small kinds of work that fit nowhere else.
    pub is_rest_of_list: bool,
}

/// Why an activity stays with the owner whatever its price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// Only the owner can do it, says a rule.
    Mine,
    /// It is rest, not work.
    Rest,
}

/// What to do with an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Keep it.
    Keep(KeepReason),
    /// Hand it to somebody: it frees the owner's hours.
    Delegate,
    /// Unpriced, so not judged.
    Open,
}

/// Why an activity is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepReason {
    /// Only the owner can do it.
    Mine,
    /// Rest.
    Rest,
    /// An hour of it costs as much as the owner's, or more than the ceiling.
    Price,
}

impl Verdict {
    /// The word, as in JSON; `None` where it is not judged.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Keep(_) => Some("keep"),
            Self::Delegate => Some("delegate"),
            Self::Open => None,
        }
    }

    /// The reason, as in JSON.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Keep(KeepReason::Mine) => "mine",
            Self::Keep(KeepReason::Rest) => "rest",
            Self::Keep(KeepReason::Price) => "price",
            Self::Delegate => "focus",
            Self::Open => "unpriced",
        }
    }
}

/// Money of an activity in a year, exact: all in the report's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Yearly {
    /// The hours at the owner's worth.
    pub value: Decimal,
    /// The hours at the likely price.
    pub price: Decimal,
    /// Value minus price.
    pub gap: Decimal,
    /// Price at the low end.
    pub price_low: Decimal,
    /// Price at the high end.
    pub price_high: Decimal,
}

/// An activity, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditedActivity {
    /// The activity.
    pub activity: Activity,
    /// Hours in a week of the period.
    pub hours_per_week: Decimal,
    /// Hours in a year of the weeks worked.
    pub hours_per_year: Decimal,
    /// Whether it counts as below the worth line.
    pub is_below: bool,
    /// Its money, where it has a price.
    pub yearly: Option<Yearly>,
    /// What to do.
    pub verdict: Verdict,
    /// What handing it off would bring, where that is the verdict.
    pub handoff: Option<HandoffOutlook>,
}

/// A first outlook on handing an activity off: set-up, ramp and review counted at the owner's worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandoffOutlook {
    /// What is left of the first year's gap after set-up, ramp and review.
    pub first_year_gain: Decimal,
    /// Week in which the set-up is paid back; `None`: not within a year.
    pub payback_week: Option<u32>,
    /// How ready it is to be handed off, in hundredths.
    pub readiness: u8,
}

/// The sums over what lies below the worth line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// All counted time.
    pub mix: Mix,
    /// Hours a week below the line.
    pub hours_below_per_week: Decimal,
    /// Hours a year below the line.
    pub hours_below_per_year: Decimal,
    /// These at the owner's worth.
    pub value: Decimal,
    /// These at the likely price.
    pub price: Decimal,
    /// The difference.
    pub gap: Decimal,
    /// Time without a price that is neither kept nor rest.
    pub unpriced: Seconds,
    /// Range of the figures, where the data cover less than four weeks.
    pub range: Option<SummaryRange>,
}

/// The figures as ranges, for short data.
///
/// The share of hours below the line gets a Wilson interval of 95 % with the logged days as the number of
/// observations (`decision-science.md`, sections 1.3 and 5.1); the price runs from its low to its high end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SummaryRange {
    /// Hours a week below the line.
    pub hours_below_per_week: (Decimal, Decimal),
    /// Yearly value.
    pub value: (Decimal, Decimal),
    /// Yearly price.
    pub price: (Decimal, Decimal),
    /// Yearly gap.
    pub gap: (Decimal, Decimal),
}

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
        .max_by(|(i, a), (j, b)| score(a).cmp(&score(b)).then(j.cmp(i)))
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

fn score(handoff: &HandoffOutlook) -> Decimal {
    handoff.first_year_gain * Decimal::from(handoff.readiness)
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
        let cost = |hourly: Decimal| hours_per_year * hourly;
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

/// Set-up, double time in the ramp, review in the ramp and after it, all at the owner's worth.
fn outlook(
    hours_per_week: Decimal,
    price: Decimal,
    times_per_week: Decimal,
    frame: &Frame,
) -> HandoffOutlook {
    let worth = frame.worth.hour;
    let ramp = hours_per_week * (worth - price * Decimal::TWO - worth * RAMP_REVIEW);
    let steady = hours_per_week * (worth - price - worth / STEADY_REVIEW_DIVISOR);
    let setup = SETUP_HOURS * worth;
    let ramp_weeks = Decimal::from(RAMP_WEEKS).min(frame.weeks_per_year);
    let first_year_gain = ramp * ramp_weeks + steady * (frame.weeks_per_year - ramp_weeks) - setup;
    let mut balance = -setup;
    let payback_week = (1..=52).find(|week| {
        balance += if *week <= RAMP_WEEKS { ramp } else { steady };
        balance >= Decimal::ZERO
    });
    HandoffOutlook {
        first_year_gain,
        payback_week,
        readiness: readiness(price, times_per_week, worth),
    }
}

/// Repeats weekly, and asks for little judgement, which its price stands for.
fn readiness(price: Decimal, times_per_week: Decimal, worth: Decimal) -> u8 {
    let rhythm = if times_per_week >= Decimal::TWO {
        50
    } else if times_per_week >= Decimal::ONE {
        45
    } else {
        30
    };
    let judgement = if price * Decimal::from(4) <= worth {
        50
    } else if price * Decimal::TWO <= worth {
        45
    } else {
        30
    };
    rhythm + judgement
}

fn summarise(activities: &[AuditedActivity], frame: &Frame, weeks: Decimal) -> Summary {
    let mut summary = Summary::default();
    let mut below = Seconds::ZERO;
    let (mut price_low, mut price_high) = (Decimal::ZERO, Decimal::ZERO);
    for a in activities {
        summary.mix.add_all(a.activity.mix);
        if a.verdict == Verdict::Open {
            summary.unpriced += a.activity.mix.total();
        }
        if let (true, Some(yearly)) = (a.is_below, a.yearly) {
            below += a.activity.mix.total();
            summary.value += yearly.value;
            summary.price += yearly.price;
            summary.gap += yearly.gap;
            price_low += yearly.price_low;
            price_high += yearly.price_high;
        }
    }
    summary.hours_below_per_week = below.hours() / weeks;
    summary.hours_below_per_year = below.hours() * frame.weeks_per_year / weeks;
    if weeks < ENOUGH_WEEKS && below > Seconds::ZERO {
        summary.range = Some(range(
            &summary,
            below,
            frame,
            (price_low, price_high),
            weeks,
        ));
    }
    summary
}

fn range(
    summary: &Summary,
    below: Seconds,
    frame: &Frame,
    (price_low, price_high): (Decimal, Decimal),
    weeks: Decimal,
) -> SummaryRange {
    let total = summary.mix.total();
    let (low, high) = wilson(below, total, frame.days_logged);
    let hours = |share: Decimal| total.hours() * share / weeks;
    let yearly = |share: Decimal| total.hours() * share * frame.weeks_per_year / weeks;
    let per_hour = |money: Decimal| money / summary.hours_below_per_year;
    let value = (
        yearly(low) * frame.worth.hour,
        yearly(high) * frame.worth.hour,
    );
    let price = (
        yearly(low) * per_hour(price_low),
        yearly(high) * per_hour(price_high),
    );
    let gap_of = |hours: Decimal, price: Decimal| hours * (frame.worth.hour - per_hour(price));
    SummaryRange {
        hours_below_per_week: (hours(low), hours(high)),
        value,
        price,
        gap: (
            gap_of(yearly(low), price_high),
            gap_of(yearly(high), price_low),
        ),
    }
}

/// Wilson interval (z = 1.96) of a share of time seen on so many days.
fn wilson(part: Seconds, whole: Seconds, days: u32) -> (Decimal, Decimal) {
    let n = Decimal::from(days.max(1));
    let p = if whole == Seconds::ZERO {
        Decimal::ZERO
    } else {
        Decimal::from(part.0) / Decimal::from(whole.0)
    };
    let z = Decimal::new(196, 2);
    let z2 = z * z;
    let four = Decimal::from(4);
    let root = square_root(p * (Decimal::ONE - p) / n + z2 / (four * n * n));
    let centre = p + z2 / (Decimal::TWO * n);
    let scale = Decimal::ONE + z2 / n;
    let low = (centre - z * root) / scale;
    let high = (centre + z * root) / scale;
    (low.max(Decimal::ZERO), high.min(Decimal::ONE))
}

/// Newton's square root of a number from 0 to about 1, to ten digits.
fn square_root(value: Decimal) -> Decimal {
    if value <= Decimal::ZERO {
        return Decimal::ZERO;
    }
    let mut guess = value.max(Decimal::new(1, 3));
    for _ in 0..40 {
        guess = ((guess + value / guess) / Decimal::TWO).round_dp(14);
    }
    guess
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::price::{Place, PriceRange};
    use crate::time::Day;
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
