//! The answer in a sentence, with its three parts; a range where there are less than four weeks of data.

use std::fmt::Write as _;

use anstyle::Style;
use offdesk_domain::Seconds;
use offdesk_domain::audit::{Audit, Summary};
use offdesk_domain::money::estimates_that_add_up;
use rust_decimal::Decimal;

use super::{about, exact, hours, whole, with_unit};

const BOLD: Style = Style::new().bold();

/// The sentence and its parts.
pub fn write(out: &mut String, audit: &Audit) {
    let currency = audit.worth.currency;
    let worth = exact(audit.worth.hour, currency);
    let summary = &audit.summary;
    if summary.gap <= Decimal::ZERO {
        nothing(out, summary, &worth);
        return;
    }
    let about = |amount: Decimal| about(amount, currency);
    let [time, value, price] = if let Some(range) = &summary.range {
        let both = |(low, high): (Decimal, Decimal)| format!("{} to {}", about(low), about(high));
        let (low, high) = range.gap;
        line!(
            out,
            "{BOLD}Between {} and {} a year of your work is below your worth.{BOLD:#}",
            about(low),
            about(high)
        );
        line!(out, "Less than four weeks of data, so these are ranges:");
        let (low, high) = range.hours_below_per_week;
        [
            format!("{} to {}", hours(low), with_unit(high)),
            both(range.value),
            both(range.price),
        ]
    } else {
        let parts = estimates_that_add_up(summary.gap, summary.price);
        let [gap, price, value] = parts.map(|amount| whole(amount, currency));
        line!(
            out,
            "{BOLD}About {gap} a year of your work is below your worth.{BOLD:#}"
        );
        [
            with_unit(summary.hours_below_per_week),
            format!("about {value}"),
            format!("about {price}"),
        ]
    };
    let at_worth = format!("worth at your rate ({worth}):");
    line!(out);
    line!(out, "  {:<34}{time} a week", "could be bought for less:");
    line!(out, "  {at_worth:<34}{value} a year");
    line!(out, "  {:<34}{price} a year", "to buy them would cost:");
    line!(out, "  Real only if you use the hours.");
    line!(out);
}

/// Where nothing would be gained: what was compared, and what could not be.
fn nothing(out: &mut String, summary: &Summary, worth: &str) {
    line!(
        out,
        "{BOLD}Nothing here is to be gained by handing it off.{BOLD:#}"
    );
    line!(out);
    let compared =
        format!("No priced work in these hours costs less than an hour of yours ({worth})");
    if summary.unpriced == Seconds::ZERO {
        line!(out, "{compared}.");
    } else {
        line!(out, "{compared},");
        line!(
            out,
            "and {} h of it have no price yet. Give one:  --price \"Name=15..25\"",
            hours(summary.unpriced.hours())
        );
    }
    line!(out);
}
