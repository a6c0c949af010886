//! A line for each handoff: what it gave, and what to do about it.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::returns::tables::BY_NONE;
use offdesk_actions::returns::{HandoffReturn, ReturnReport};
use offdesk_domain::Seconds;
use offdesk_domain::activity::capital;
use offdesk_domain::returns::{Advice, BreakEven, Return, reasons};
use rust_decimal::Decimal;

use super::{Links, apart, hours, money, reckoned};
use crate::chart::weekly::spark;
use crate::words;

/// The table of all, and what led to each verdict.
///
/// # Errors
/// `pay.too_large`.
pub fn handoffs(report: &ReturnReport, links: Links) -> Result<Markup, Error> {
    if report.is_empty() {
        return Ok(html! { p { "Nothing was handed off in these days." } });
    }
    let mut closer = Vec::with_capacity(report.handoffs.len());
    for one in &report.handoffs {
        closer.push(details(report, one, links)?);
    }
    Ok(html! {
        section aria-labelledby="handoffs" {
            h2 #handoffs { "What each handoff gave" }
            table.rows.gave {
                thead { tr {
                    th scope="col" { "Handoff" } th.figure scope="col" { "Bought back" } th.figure scope="col" { "Paid" }
                    th.figure scope="col" { "Checking, for each hour back" } th.figure scope="col" { "With a fault" }
                    @if report.worth.is_some() { th scope="col" { "What to do" } }
                } }
                tbody {
                    @for one in &report.handoffs { (row(report, one, links)) }
                    @if let Some(found) = &report.by_none { (by_none(report, found)) }
                }
            }
            @for markup in closer { (markup) }
        }
    })
}

fn row(report: &ReturnReport, one: &HandoffReturn, links: Links) -> Markup {
    let back = one.found.hours.bought_back().total();
    let clean = one.quality.clean;
    let weeks: Vec<Seconds> = one
        .by_week
        .iter()
        .map(|line| line.found.hours.bought_back().total())
        .collect();
    html! {
        tr {
            th scope="row" {
                @match links {
                    Links::Desk => a href={ "/handoffs/" (one.id) } data-find { bdi { (words::shown(&one.activity.1, 120)) } },
                    Links::None => bdi { (words::shown(&one.activity.1, 120)) },
                }
                small { bdi { (words::shown(&one.person.1, 80)) } ", " (words::count(one.weeks.into(), "week", "weeks")) }
            }
            td.figure data-label="Bought back" { (hours(back)) (spark(&weeks)) }
            td.figure data-label="Paid" { (paid(report, &one.found)) }
            td.figure data-label="Checking, for each hour back" { (checking(one)) }
            td.figure data-label="With a fault" {
                @if clean.all == 0 { "\u{2013}" } @else { (clean.all - clean.good) " of " (clean.all) }
            }
            @if report.worth.is_some() {
                td data-label="What to do" {
                    @match &one.verdict {
                        Some(verdict) => strong { (advice(verdict.advice)) },
                        None => "\u{2013}",
                    }
                }
            }
        }
    }
}

/// What was paid, and what came in.
fn paid(report: &ReturnReport, found: &Return) -> Markup {
    let said = |amount| money(amount, report.currency());
    html! { (said(found.cash.out)) @if !found.cash.into.is_zero() { ", in " (said(found.cash.into)) } }
}

/// What came in by no handoff that has begun: it counts in all, and is none of those above.
fn by_none(report: &ReturnReport, found: &Return) -> Markup {
    html! {
        tr {
            th scope="row" { (capital(BY_NONE)) }
            td.figure data-label="Bought back" { "\u{2013}" }
            td.figure data-label="Paid" { (paid(report, found)) (apart(found)) }
            td.figure data-label="Checking, for each hour back" { "\u{2013}" }
            td.figure data-label="With a fault" { "\u{2013}" }
            @if report.worth.is_some() { td data-label="What to do" { "\u{2013}" } }
        }
    }
}

/// Minutes of looking after it for each hour bought back.
fn checking(one: &HandoffReturn) -> String {
    let back = one.found.hours.bought_back().total();
    if back <= Seconds::ZERO {
        return "\u{2013}".to_owned();
    }
    let spent = one.found.hours.supervision.total();
    let minutes = Decimal::from(spent.0) * Decimal::from(60) / Decimal::from(back.0);
    format!("{} min", words::rounded(minutes, 0).normalize())
}

/// What to do, as a word of a person.
#[must_use]
pub fn advice(advice: Advice) -> &'static str {
    match advice {
        Advice::Over => "Over",
        Advice::TooEarly => "Too early to say",
        Advice::Keep => "Keep it",
        Advice::NoRate => "Not judged: no rate",
        Advice::Fix => "Fix it",
        Advice::Change => "Change it",
        Advice::TakeBack => "Take it back",
    }
}

fn details(report: &ReturnReport, one: &HandoffReturn, links: Links) -> Result<Markup, Error> {
    let said = one.verdict.as_ref().map(reasons).unwrap_or_default();
    Ok(html! {
        details open[one.verdict.as_ref().is_some_and(|it| !matches!(it.advice, Advice::Over | Advice::Keep | Advice::TooEarly))] {
            summary { (if one.verdict.is_some() { "Why: " } else { "More about " }) bdi { (words::shown(&one.activity.1, 120)) } }
            p { (report.headline_of(&one.found)?) " " (reckoned(&one.found)) }
            @if one.baseline.is_none() { p.notice { "It is not known what this took you before it was handed off, so no hours are bought back here and nothing is said of it. Bring a log of the time before." } }
            @if !said.is_empty() { ul { @for reason in &said { li { (reason) } } } }
            @if let Some(at) = one.break_even { p { (break_even(at, one.is_over())) } }
            @match (&one.forecast, one.on_course_for) {
                (Some(forecast), _) if one.is_over() => p { "Planned " (hours(forecast.planned())) " in all." },
                (Some(forecast), Some(course)) => p { "Planned " (hours(forecast.planned())) " in all, on course for " (hours(course)) "." },
                _ => {},
            }
            (apart(&one.found))
            @if let (Links::Desk, Some(verdict)) = (links, &one.verdict) { (next(one, verdict.advice)) }
        }
    })
}

/// Where what is advised is done.
fn next(one: &HandoffReturn, advice: Advice) -> Markup {
    html! {
        p.actions {
            @match advice {
                Advice::Over | Advice::TooEarly | Advice::Keep => {},
                Advice::NoRate => a.button.plain href="/pay" { "Note what its payments were exchanged at" },
                Advice::Fix => a.button.plain href={ "/handoffs/" (one.id) } { "See its blueprint and its checking" },
                Advice::Change => a.button.plain href={ "/handoffs/" (one.id) } { "Change its terms" },
                Advice::TakeBack => a.button.plain href={ "/handoffs/" (one.id) } { "End this handoff" },
            }
        }
    }
}

/// Where a break-even is, or was, in a sentence.
fn break_even(at: BreakEven, is_over: bool) -> String {
    let planned = |week: Option<u32>| match week {
        Some(week) => format!(", planned for week {week}"),
        None => String::new(),
    };
    let counts = "Hours of which nobody said what they became count as work here.";
    match at {
        BreakEven::Reached { week, planned: it } => {
            format!(
                "Its set-up was paid for in week {week}{}. {counts}",
                planned(it)
            )
        }
        BreakEven::Ahead { planned: it, .. } | BreakEven::OutOfSight { planned: it } if is_over => {
            format!("Its set-up was never paid for{}. {counts}", planned(it))
        }
        BreakEven::Ahead { week, planned: it } => format!(
            "If it goes on as in the last four weeks, its set-up is paid for in week {week}{}. {counts}",
            planned(it)
        ),
        BreakEven::OutOfSight { planned: it } => format!(
            "If it goes on as in the last four weeks, its set-up is not paid for within two years{}. {counts}",
            planned(it)
        ),
    }
}
