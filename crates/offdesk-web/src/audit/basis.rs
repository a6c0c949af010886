//! What the figures rest on: the worth and how it was reckoned, the weeks of data, the kinds of entries.

use maud::{Markup, html};
use offdesk_actions::audit::AuditReport;
use offdesk_domain::audit::{Audit, Mix};
use offdesk_domain::{Basis, EntryKind, Seconds};
use rust_decimal::Decimal;

use super::headline::weeks;
use crate::words;

/// The facts as a list of terms.
pub fn basis(report: &AuditReport) -> Markup {
    let audit = &report.audit;
    let worth = &audit.worth;
    let rate = |amount: Decimal| words::rate(amount, worth.currency);
    html! {
        dl.facts {
            div { dt { "Your worth" } dd { (rate(worth.hour)) " an hour: " (reckoned(&worth.basis)) "." } }
            div { dt { "Target" } dd { (rate(worth.target)) " an hour: what your hour should become." } }
            @if worth.ceiling < worth.hour {
                div { dt { "Ceiling" } dd { (rate(worth.ceiling)) " an hour: the most you would pay." } }
            }
            div { dt { "Data" } dd { (data(audit)) } }
            div { dt { "Hours" } dd { (mix(audit.summary.mix, report)) "." } }
            div { dt { "A year" } dd { (words::hours(audit.weeks_per_year)) " weeks of work." } }
            div { dt { "Prices" } dd { "Of an hour bought in " (words::place(report.place)) ", each with a low, a likely and a high figure. The sums use the likely one." } }
            div { dt { "First-year gain" } dd { "The net value of handing it off for a year, after everything: seven hours of set-up, learning, talk, review, faults and turnover, with half of the freed hours worked and half an hour off, at half of your worth." } }
        }
    }
}

fn reckoned(basis: &Basis) -> String {
    let words = basis.reckoning();
    match basis {
        Basis::Wanted { .. } => format!("the income you want, {words}"),
        Basis::Made { .. } => format!("the income you made, {words}"),
        Basis::Profit { .. } => format!("what the business makes, {words}"),
        Basis::Replacement { .. } => format!("what it would take to replace you, {words}"),
        Basis::Stated { .. } | Basis::Revenue => words,
    }
}

fn data(audit: &Audit) -> String {
    let trust = words::trust_in_weeks(audit.weeks);
    match audit.period {
        Some(period) => format!(
            "{}, {} to {}: {trust}.",
            weeks(audit),
            words::day(period.from),
            words::day(period.to)
        ),
        None => format!("No dates in the data, so all of it is taken as one week: {trust}."),
    }
}

/// `31 h measured, 9 h from your calendar`.
fn mix(mix: Mix, report: &AuditReport) -> String {
    let parts: Vec<String> = EntryKind::ALL
        .into_iter()
        .filter(|kind| mix.of(*kind) > Seconds::ZERO)
        .map(|kind| {
            format!(
                "{} h {}",
                words::hours(mix.of(kind).hours()),
                known(kind, report)
            )
        })
        .collect();
    if parts.is_empty() {
        "none".to_owned()
    } else {
        words::listed(&parts)
    }
}

fn known(kind: EntryKind, report: &AuditReport) -> &'static str {
    match kind {
        EntryKind::Measured => "measured",
        EntryKind::Remembered => "from memory",
        EntryKind::Implied => {
            let implied = || {
                report
                    .sources
                    .iter()
                    .filter(|source| source.kind == Some(EntryKind::Implied))
            };
            let is_calendar = |format: &str| {
                ["ics", "outlook"].contains(&format.split('.').next().unwrap_or_default())
            };
            match (
                implied().any(|source| is_calendar(&source.format)),
                implied().any(|source| !is_calendar(&source.format)),
            ) {
                (true, false) => "from your calendar",
                (false, true) => "from a log of apps",
                _ => "from calendars and logs of apps",
            }
        }
    }
}
