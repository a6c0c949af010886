//! The sums over what lies below the worth line; ranges where the data are short.

use rust_decimal::Decimal;

use super::{AuditedActivity, Frame, Mix, Verdict};
use crate::time::Seconds;

/// With less data than this the figures are ranges.
const ENOUGH_WEEKS: Decimal = Decimal::from_parts(4, 0, 0, false, 0);

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

/// The sums over those below the line that `counts` takes; the time is that of all.
pub(super) fn summarise(
    activities: &[AuditedActivity],
    frame: &Frame,
    counts: impl Fn(&AuditedActivity) -> bool,
) -> Summary {
    let weeks = frame.weeks;
    let mut summary = Summary::default();
    let mut below = Seconds::ZERO;
    let (mut price_low, mut price_high) = (Decimal::ZERO, Decimal::ZERO);
    for a in activities {
        summary.mix.add_all(a.activity.mix);
        if a.verdict == Verdict::Open {
            summary.unpriced += a.activity.mix.total();
        }
        if let (true, Some(yearly)) = (a.is_below && counts(a), a.yearly) {
            below += a.activity.mix.total();
            for (sum, more) in [
                (&mut summary.value, yearly.value),
                (&mut summary.price, yearly.price),
                (&mut summary.gap, yearly.gap),
                (&mut price_low, yearly.price_low),
                (&mut price_high, yearly.price_high),
            ] {
                *sum = sum.saturating_add(more);
            }
        }
    }
    summary.hours_below_per_week = parted(below.hours(), weeks);
    summary.hours_below_per_year = in_a_year(below.hours(), frame);
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
    let hours = |share: Decimal| parted(times(total.hours(), share), weeks);
    let yearly = |share: Decimal| in_a_year(times(total.hours(), share), frame);
    let per_hour = |money: Decimal| parted(money, summary.hours_below_per_year);
    let value = (
        times(yearly(low), frame.worth.hour),
        times(yearly(high), frame.worth.hour),
    );
    let price = (
        times(yearly(low), per_hour(price_low)),
        times(yearly(high), per_hour(price_high)),
    );
    let gap_of = |hours: Decimal, price: Decimal| {
        times(hours, frame.worth.hour.saturating_sub(per_hour(price)))
    };
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

/// Hours of the weeks covered in a year of the weeks worked. One division, at the end: exact figures stay exact.
pub(super) fn in_a_year(hours: Decimal, frame: &Frame) -> Decimal {
    parted(times(hours, frame.weeks_per_year), frame.weeks)
}

/// A product; the largest number where it is larger than any, so that no figure ends the program.
pub(super) fn times(a: Decimal, b: Decimal) -> Decimal {
    a.saturating_mul(b)
}

/// A quotient; nothing where there is none.
pub(super) fn parted(whole: Decimal, parts: Decimal) -> Decimal {
    whole.checked_div(parts).unwrap_or_default()
}

/// Wilson interval (z = 1.96) of a share of time seen on so many days.
pub(super) fn wilson(part: Seconds, whole: Seconds, days: u32) -> (Decimal, Decimal) {
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
