//! The numbers under the picture as a table, one row per activity; on a phone each row is a list with labels.

use maud::{Markup, html};
use offdesk_domain::audit::{Audit, AuditedActivity, HandoffOutlook};
use offdesk_domain::{Currency, Price};
use rust_decimal::Decimal;

use super::prices::{Note, number_of};
use crate::words;

/// Rows of the table; what comes after them is summed up, so that the page stays small.
const MOST_ROWS: usize = 80;

/// The table.
pub fn numbers(audit: &Audit, notes: &[Note]) -> Markup {
    let shown = audit.activities.len().min(MOST_ROWS);
    let (rows, rest) = audit.activities.split_at(shown);
    html! {
        table {
            caption { "All activities, the one with the most to gain first. Amounts are in whole units of " (audit.worth.currency) "; a year has " (words::hours(audit.weeks_per_year)) " weeks." }
            thead { tr {
                th scope="col" { "Activity" }
                th scope="col" { "Hours a week" }
                th scope="col" { "Hours a year" }
                th scope="col" { "Price of an hour" }
                th scope="col" { "At your rate, a year" }
                th scope="col" { "To buy, a year" }
                th scope="col" { "Gap, a year" }
                th scope="col" { "Verdict" }
            } }
            tbody {
                @for activity in rows { (row(audit, activity, notes)) }
                @if !rest.is_empty() { (more(rest)) }
            }
            @if audit.summary.hours_below_per_week > Decimal::ZERO { tfoot { (together(audit)) } }
        }
    }
}

fn row(audit: &Audit, judged: &AuditedActivity, notes: &[Note]) -> Markup {
    let currency = audit.worth.currency;
    html! {
        tr {
            th scope="row" { bdi { (words::shown(&judged.activity.name, 120)) } }
            td { (words::hours_column(judged.hours_per_week)) }
            td { (words::hours_about(judged.hours_per_year)) }
            td { (price(judged.activity.price.as_ref(), judged.activity.stays.is_some(), currency, notes)) }
            @match judged.yearly {
                Some(yearly) => {
                    td { (money(yearly.value, currency)) }
                    td { (money(yearly.price, currency)) }
                    td { (money(yearly.gap, currency)) }
                }
                None => { td { "\u{2013}" } td { "\u{2013}" } td { "\u{2013}" } }
            }
            td { (verdict(audit, judged)) }
        }
    }
}

fn money(amount: Decimal, currency: Currency) -> String {
    words::in_column(&words::money(amount, currency), currency)
}

fn price(price: Option<&Price>, stays: bool, currency: Currency, notes: &[Note]) -> Markup {
    let rate = |amount| words::in_column(&words::rate(amount, currency), currency);
    html! {
        @match price {
            None if stays => "\u{2013}",
            None => "no price yet",
            Some(price) => {
                (rate(price.range.likely)) " "
                small {
                    @if price.range.low < price.range.high {
                        (rate(price.range.low)) " to " (rate(price.range.high)) ", " br;
                    }
                    (words::trust_in_price(price.confidence))
                    @if let Some(number) = number_of(price, notes) { ", source\u{a0}" (number) }
                }
            }
        }
    }
}

/// The verdict with its reason.
fn verdict(audit: &Audit, judged: &AuditedActivity) -> Markup {
    let words = judged.verdict_in_words(judged.handoff.as_ref(), &audit.worth);
    let handoff = judged.handoff.filter(HandoffOutlook::pays);
    html! {
        (words::capital(words))
        @if let Some(week) = handoff.and_then(|handoff| handoff.payback_week) { " " small { "pays back in week\u{a0}" (week) } }
    }
}

fn more(rest: &[AuditedActivity]) -> Markup {
    let sum = |of: fn(&AuditedActivity) -> Decimal| -> Decimal { rest.iter().map(of).sum() };
    html! {
        tr {
            th scope="row" { "and " (rest.len()) " more" }
            td { (words::hours_column(sum(|activity| activity.hours_per_week))) }
            td { (words::hours_about(sum(|activity| activity.hours_per_year))) }
            td colspan="5" { "See them all with --csv or --json." }
        }
    }
}

fn together(audit: &Audit) -> Markup {
    let (summary, currency) = (&audit.summary, audit.worth.currency);
    html! {
        tr {
            th scope="row" { "All that is below the line" }
            td { (words::hours_column(summary.hours_below_per_week)) }
            td { (words::hours_about(summary.hours_below_per_year)) }
            td {}
            td { (money(summary.value, currency)) }
            td { (money(summary.price, currency)) }
            td { (money(summary.gap, currency)) }
            td {}
        }
    }
}
