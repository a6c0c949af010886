//! The page of an audit: the headline, where to start, the picture, the numbers, what they rest on.

use maud::{Markup, html};
use offdesk_actions::audit::AuditReport;
use offdesk_domain::Day;
use offdesk_domain::audit::Audit;

use super::{basis, change, headline, numbers, picture, prices, sources, start, why};
use crate::chart::iceberg::iceberg;
use crate::standalone::Standalone;
use crate::words;

/// Stands in the title of every page, and so in its first kilobyte.
pub const MARK: &str = "offdesk audit</title>";

/// The audit as a self-contained HTML page; `generated` is the day it is made.
#[must_use]
pub fn audit_page(report: &AuditReport, generated: Day) -> String {
    let page = Standalone {
        title: "What your hours cost",
        made_by: "offdesk audit",
        header: html! {
            p.brand { "offdesk audit \u{b7} " (words::day(generated)) }
            (headline::headline(report, &change::price_command(&report.audit)))
        },
        main: content(report),
        footer: closing(generated),
    };
    page.page()
}

fn content(report: &AuditReport) -> Markup {
    let audit = &report.audit;
    let notes = prices::notes(audit);
    html! {
        (start::start(audit))
        @if !audit.activities.is_empty() {
            section aria-labelledby="picture" {
                h2 #picture { (picture::finding(audit)) }
                @if let Some(remark) = remark(audit) { p.quiet { (remark) } }
                figure { (iceberg(&picture::picture(audit))) }
                details open {
                    summary { "Show numbers" }
                    (numbers::numbers(audit, &notes))
                }
            }
        }
        section aria-labelledby="basis" {
            h2 #basis { "What the number rests on" }
            (basis::basis(report))
            (sources::sources(report))
            (change::change(report))
            (prices::list(&notes))
            (why::why(audit, &notes))
        }
    }
}

/// What is not said in the finding: the hours on neither side, and how sure all of it is.
fn remark(audit: &Audit) -> Option<String> {
    let finding = picture::finding(audit);
    let mut remarks = Vec::new();
    match picture::besides(audit) {
        besides if besides.is_empty() || finding.ends_with(&besides) => {}
        besides => remarks.push(format!("Besides: {besides}.")),
    }
    if audit.summary.range.is_some() {
        remarks.push(format!(
            "The bars and the table show what {} of data say: take each figure for a guess.",
            headline::weeks(audit)
        ));
    }
    (!remarks.is_empty()).then(|| remarks.join(" "))
}

fn closing(generated: Day) -> Markup {
    html! {
        p { small {
            "Made by offdesk " (env!("CARGO_PKG_VERSION")) " on " (words::day(generated))
            ", on your own machine. This page loads nothing and sends nothing. It names what your hour is worth, so it is for you alone."
        } }
        p { small { "\u{201c}Below your pay grade\u{201d} speaks of the price of an hour, not of the worth of a person." } }
    }
}
