//! What would change the number, and what to type for it.

use maud::{Markup, html};
use offdesk_actions::audit::AuditReport;
use offdesk_domain::Seconds;
use offdesk_domain::audit::{Audit, AuditedActivity, Verdict};
use rust_decimal::Decimal;

use super::headline::weeks;
use crate::words;

/// What would change the number, with the commands.
pub fn change(report: &AuditReport) -> Markup {
    let audit = &report.audit;
    html! {
        h3 { "What would change it" }
        ul {
            @if audit.summary.gap > Decimal::ZERO { (by_price(audit)) (by_worth(audit)) }
            @if audit.weeks < Decimal::from(8) {
                li { "More weeks: " (weeks(audit)) " of data are " (words::trust_in_weeks(audit.weeks)) ". From four weeks on the figures are rough, from eight on good." }
            }
            @if audit.summary.unpriced > Seconds::ZERO {
                li { "A price for the " (unpriced(audit)) " that have none yet: they are in no sum." }
            }
            @if report.bad_rows() > 0 {
                li { (words::count(report.bad_rows(), "row that was", "rows that were")) " not understood: their hours are missing here." }
            }
            @if !report.unused_prices.is_empty() { (unused(&report.unused_prices)) }
            li { "What you do with the hours: the gain is real only if you use them." }
        }
        h3 { "To give a price of your own" }
        p { "A quote, an invoice or what you pay now is better than any table. Run the audit again with your files and options, and add it:" }
        (price_command(audit))
        h3 { "To keep an activity" }
        p { "If only you can do it, say so in a text file, rules.toml. It is then in no sum." }
        (keep_command(audit))
    }
}

/// The command that gives a price to the activity that most needs one.
pub fn price_command(audit: &Audit) -> Markup {
    let first = |is: fn(&AuditedActivity) -> bool| {
        audit
            .activities
            .iter()
            .find(|activity| is(activity) && typed(activity).is_some())
    };
    let example =
        first(|activity| activity.verdict == Verdict::Open && !activity.activity.is_rest_of_list)
            .or_else(|| first(|activity| activity.is_below));
    let name = example.and_then(typed).unwrap_or_else(|| "Name".to_owned());
    html! {
        pre { code { "offdesk audit FILES --price \"" (name) "=15..25\"" } }
    }
}

fn keep_command(audit: &Audit) -> Markup {
    let name = audit
        .activities
        .iter()
        .filter(|activity| activity.is_below)
        .find_map(typed);
    let name = name.unwrap_or_else(|| "Name".to_owned());
    html! {
        pre { code { "[[rule]]\nactivity = \"" (name) "\"\nmine = true" } }
        pre { code { "offdesk audit FILES --rules rules.toml" } }
    }
}

/// The name where it can be typed between quotes in any shell and means nothing but itself.
fn typed(activity: &AuditedActivity) -> Option<String> {
    let name = activity.activity.name.as_str();
    let is_plain = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',' | '/' | '+' | '(' | ')')
    };
    let is_short = name.chars().count() <= 60 && name.trim() == name && !name.is_empty();
    (is_short && name.chars().all(is_plain)).then(|| name.to_owned())
}

fn by_price(audit: &Audit) -> Markup {
    let currency = audit.worth.currency;
    let below = || {
        audit
            .activities
            .iter()
            .filter(|activity| activity.is_below)
            .filter_map(|activity| activity.yearly)
    };
    let dear: Decimal = below().map(|yearly| yearly.value - yearly.price_high).sum();
    let cheap: Decimal = below().map(|yearly| yearly.value - yearly.price_low).sum();
    html! {
        @if dear < cheap {
            li {
                "The prices: if every one of them were at its high end, the gap would be about " (words::about(dear, currency))
                " a year, at its low end about " (words::about(cheap, currency)) "."
            }
        }
    }
}

fn by_worth(audit: &Audit) -> Markup {
    let tenth = words::about(audit.summary.value / Decimal::TEN, audit.worth.currency);
    html! { li { "Your worth: a tenth more or less moves the gap by about " (tenth) " a year." } }
}

fn unpriced(audit: &Audit) -> String {
    let a_week = audit
        .summary
        .unpriced
        .hours()
        .checked_div(audit.weeks)
        .unwrap_or_default();
    format!("{} a week", words::hours_long(a_week))
}

fn unused(names: &[String]) -> Markup {
    html! {
        li {
            "Prices you gave for activities that are not here: "
            @for (at, name) in names.iter().take(10).enumerate() {
                @if at > 0 { ", " }
                bdi { (words::shown(name, 80)) }
            }
            @if names.len() > 10 { ", and " (names.len() - 10) " more" }
            "."
        }
    }
}
