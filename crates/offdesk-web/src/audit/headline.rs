//! The answer in one sentence, with the three parts it is made of always beside it.

use maud::{Markup, html};
use offdesk_actions::audit::AuditReport;
use offdesk_domain::Seconds;
use offdesk_domain::audit::{Audit, KeepReason, SummaryRange, Verdict};
use offdesk_domain::money::estimates_that_add_up;
use rust_decimal::Decimal;

use crate::chart::range::{RangeBar, range_bar};
use crate::words;

/// The headline with its parts; where prices are missing, with how to give one.
pub fn headline(report: &AuditReport, pricing: &Markup) -> Markup {
    let audit = &report.audit;
    html! {
        @match (audit.summary.gap > Decimal::ZERO, &audit.summary.range) {
            (true, Some(range)) => (ranges(audit, range)),
            (true, None) => (figures(audit)),
            (false, _) => (nothing(audit, pricing)),
        }
        @if report.is_partial() {
            p.notice { (missing(report)) }
        }
    }
}

fn figures(audit: &Audit) -> Markup {
    let summary = &audit.summary;
    let currency = audit.worth.currency;
    let [gap, price, value] = estimates_that_add_up(summary.gap, summary.price)
        .map(|amount| words::money(amount, currency));
    html! {
        h1 { "About " (gap) " a year of your work is below your pay grade." }
        (parts(audit, [
            format!("{} a week", words::hours_long(summary.hours_below_per_week)),
            format!("about {value} a year"),
            format!("about {price} a year"),
        ]))
        (caveat(audit))
    }
}

fn ranges(audit: &Audit, range: &SummaryRange) -> Markup {
    let currency = audit.worth.currency;
    let both = |ends| words::about_between(ends, currency);
    let (low, high) = range.gap;
    let [low_text, likely_text, high_text] =
        [low, audit.summary.gap, high].map(|amount| words::about(amount, currency));
    let (fewest, most) = range.hours_below_per_week;
    let hours = format!(
        "{} to {} a week",
        words::hours_about(fewest),
        words::hours_long(most)
    );
    html! {
        h1 {
            @if low > Decimal::ZERO {
                "Between " (low_text) " and " (high_text) " a year of your work is below your pay grade."
            } @else {
                "Up to " (high_text) " a year of your work is below your pay grade, perhaps nothing."
            }
        }
        p { "These are ranges, because " (weeks(audit)) " of data are less than four. More weeks make them narrower." }
        (range_bar(&RangeBar {
            id: "gap-range",
            title: &format!("Gap a year: from {low_text} to {high_text}, likely {likely_text}"),
            values: [low, audit.summary.gap, high],
            labels: [&low_text, &likely_text, &high_text],
        }))
        (parts(audit, [hours, format!("{} a year", both(range.value)), format!("{} a year", both(range.price))]))
        (caveat(audit))
    }
}

fn parts(audit: &Audit, [hours, value, price]: [String; 3]) -> Markup {
    let worth = &audit.worth;
    html! {
        dl.parts {
            div {
                dt {
                    "could be bought for less than "
                    @if worth.ceiling < worth.hour {
                        "the most you would pay (" (words::rate(worth.ceiling, worth.currency)) ")"
                    } @else {
                        "your hour is worth (" (words::rate(worth.hour, worth.currency)) ")"
                    }
                }
                dd { (hours) }
            }
            div { dt { "is what these hours are worth at your rate" } dd { (value) } }
            div { dt { "is what buying them would cost" } dd { (price) } }
        }
    }
}

/// Where the number comes from, and under what condition it is true.
fn caveat(audit: &Audit) -> Markup {
    html! {
        p {
            "Based on " (weeks(audit)) " of data (" (words::trust_in_weeks(audit.weeks)) "). "
            strong { "Real only if you use the hours." }
        }
    }
}

/// The weeks covered: `10 weeks`.
pub fn weeks(audit: &Audit) -> String {
    let number = words::hours(audit.weeks);
    let unit = if number == "1" { "week" } else { "weeks" };
    format!("{number} {unit}")
}

fn nothing(audit: &Audit, pricing: &Markup) -> Markup {
    let worth = &audit.worth;
    let is_any = |verdict: Verdict| {
        audit
            .activities
            .iter()
            .any(|activity| activity.verdict == verdict)
    };
    let hours_of = |verdict: Verdict| -> Decimal {
        let of = audit
            .activities
            .iter()
            .filter(|activity| activity.verdict == verdict);
        of.map(|activity| activity.hours_per_week).sum()
    };
    let per_week = |verdict| format!("{} a week", words::hours_long(hours_of(verdict)));
    let line = words::rate(worth.ceiling, worth.currency);
    let line_name = if worth.ceiling < worth.hour {
        "the most you would pay"
    } else {
        "your hour is worth"
    };
    let dear = Verdict::Keep(KeepReason::Price);
    html! {
        @if audit.summary.mix.total() == Seconds::ZERO {
            h1 { "There is no time in these entries yet." }
            p { "Entries were read, but none of them has a length." }
        } @else if is_any(Verdict::Open) && is_any(dear) {
            h1 { "Nothing that has a price is below your pay grade." }
            p { "The work with a price, " (per_week(dear)) ", costs as much as " (line_name) " (" (line) ") or more." }
            p { "Another " (per_week(Verdict::Open)) " have no price yet, so they are in no sum. A price may change the answer:" }
            (pricing)
        } @else if is_any(Verdict::Open) {
            h1 { "No prices yet, so no answer yet." }
            p { "What " (per_week(Verdict::Open)) " of your work would cost is not known here. Give a price to the largest activities, and this page can tell you:" }
            (pricing)
        } @else if is_any(dear) {
            h1 { "Nothing here is below your pay grade." }
            p { "All work with a price, " (per_week(dear)) ", costs as much as " (line_name) " (" (line) ") or more. Handing it off would gain nothing. That is a good place to be." }
        } @else {
            h1 { "All of this work stays with you." }
            p { "Every activity here is rest or one that only you can do, so there is nothing to hand off." }
        }
    }
}

fn missing(report: &AuditReport) -> String {
    let mut what = Vec::new();
    let (files, rows) = (
        u64::try_from(report.failed.len()).unwrap_or(u64::MAX),
        report.bad_rows(),
    );
    if files > 0 {
        what.push(words::count(files, "file", "files"));
    }
    if rows > 0 {
        what.push(words::count(rows, "row", "rows"));
    }
    format!(
        "This is the answer from a part of the data: {} could not be read. See \u{201c}Sources\u{201d} below.",
        words::listed(&what)
    )
}
