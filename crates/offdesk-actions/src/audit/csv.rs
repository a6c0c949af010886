//! The activities as CSV (RFC 4180, LF): stable columns, texts guarded against being run as formulas.

use offdesk_domain::money::to_minor_text;
use rust_decimal::Decimal;

use super::AuditReport;
use crate::csv::{guarded, push_row};

const HEADER: &str = "name,entries,hours,hours_per_week,hours_per_year,place,currency,price_low,price_likely,price_high,occupation,below_worth,value_per_year,price_per_year,gap_per_year,verdict,reason\n";

/// The activities of a report.
#[must_use]
pub fn to_text(report: &AuditReport) -> String {
    let currency = report.currency();
    let money = |amount: Decimal| to_minor_text(amount, currency);
    let mut out = String::from(HEADER);
    for judged in &report.audit.activities {
        let activity = &judged.activity;
        let price = activity.price.as_ref();
        let cells = [
            guarded(&activity.name),
            activity.entries.to_string(),
            plain(activity.mix.total().hours()),
            plain(judged.hours_per_week),
            plain(judged.hours_per_year),
            price.map(|p| p.place.to_string()).unwrap_or_default(),
            currency.to_string(),
            price.map(|p| money(p.range.low)).unwrap_or_default(),
            price.map(|p| money(p.range.likely)).unwrap_or_default(),
            price.map(|p| money(p.range.high)).unwrap_or_default(),
            price.and_then(|p| p.occupation.clone()).unwrap_or_default(),
            judged.is_below.to_string(),
            judged.yearly.map(|y| money(y.value)).unwrap_or_default(),
            judged.yearly.map(|y| money(y.price)).unwrap_or_default(),
            judged.yearly.map(|y| money(y.gap)).unwrap_or_default(),
            judged.verdict.word().unwrap_or_default().to_owned(),
            judged.verdict.reason().to_owned(),
        ];
        push_row(&mut out, &cells);
    }
    out
}

/// Hours to the sixth digit, which is below a second.
fn plain(hours: Decimal) -> String {
    hours.round_dp(6).normalize().to_string()
}
