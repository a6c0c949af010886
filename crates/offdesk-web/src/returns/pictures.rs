//! The pictures of a return, each with its numbers below it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};
use offdesk_actions::returns::{ReturnReport, WeekLine};
use offdesk_actions::store::Uuid;
use offdesk_domain::Seconds;
use offdesk_domain::returns::Supervision;
use rust_decimal::Decimal;

use super::hours;
use crate::chart::weekly::{Names, WeekBar, spark, weekly};
use crate::words;

/// So many weeks are drawn; all of them are in the return as a file.
const DRAWN: usize = 52;

/// The weeks that are drawn.
fn last(report: &ReturnReport) -> &[WeekLine] {
    let from = report.weeks.len().saturating_sub(DRAWN);
    report.weeks.get(from..).unwrap_or_default()
}

/// All pictures of the weeks, each with where it can be had as a file.
pub fn pictures(report: &ReturnReport, files: impl Fn(&str) -> Markup) -> Markup {
    if report.weeks.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="weeks" {
            h2 #weeks { (finding(report)) }
            figure { (bought_back(report)) }
            @if report.weeks.len() > DRAWN { p.quiet { "The last " (DRAWN) " weeks." } }
            (numbers(report))
            (files("bought-back"))
        }
        (load(report, &files("review-load")))
    }
}

/// What the picture shows, in a sentence.
fn finding(report: &ReturnReport) -> String {
    let back = report.found.hours.bought_back().total();
    match report.planned {
        Some(planned) if planned > Seconds::ZERO => {
            format!("{} bought back, {} planned", hours(back), hours(planned))
        }
        _ => format!("{} bought back, week by week", hours(back)),
    }
}

/// Hours bought back, week by week.
pub fn bought_back(report: &ReturnReport) -> Markup {
    let bars: Vec<WeekBar> = last(report)
        .iter()
        .map(|line| {
            let back = line.found.hours.bought_back();
            WeekBar {
                monday: line.monday,
                full: back.measured,
                open: back.claimed,
                mark: line.planned,
            }
        })
        .collect();
    let is_planned = bars.iter().any(|bar| bar.mark.is_some());
    weekly(
        &bars,
        Names {
            id: "back",
            title: "Hours bought back week by week",
            full: "measured",
            open: "claimed",
            mark: if is_planned { "planned" } else { "" },
        },
    )
}

/// What looking after it took, week by week.
pub fn review_load(report: &ReturnReport) -> Markup {
    let bars: Vec<WeekBar> = last(report)
        .iter()
        .map(|line| WeekBar {
            monday: line.monday,
            full: line.found.hours.supervision.total(),
            open: Seconds::ZERO,
            mark: None,
        })
        .collect();
    let names = Names {
        id: "load",
        title: "Hours of looking after it week by week",
        full: "looking at deliverables, answering, doing again",
        open: "",
        mark: "",
    };
    weekly(&bars, names)
}

/// Whether looking after it eats the gain.
fn load(report: &ReturnReport, files: &Markup) -> Markup {
    let spent = report.found.hours.supervision;
    html! {
        @if spent.total() > Seconds::ZERO {
            section aria-labelledby="load" {
                h2 #load { (hours(spent.total())) " went into looking after it" }
                figure { (review_load(report)) }
                (by_blueprint(report))
                p.quiet { (hours(spent.reviewing)) " of looking at deliverables, " (hours(spent.answering)) " of answering, " (hours(spent.reworking)) " of doing again. The numbers of each week stand in the table above." }
                (files)
            }
        }
    }
}

/// What looking after the work of one blueprint took.
struct Load<'r> {
    title: &'r str,
    /// In each of the weeks that are drawn.
    weeks: Vec<Seconds>,
    spent: Supervision,
}

/// The blueprints of which anything took time, what took the most first.
fn loads(report: &ReturnReport) -> Vec<Load<'_>> {
    let drawn = last(report);
    let mut all: BTreeMap<Uuid, Load<'_>> = BTreeMap::new();
    for one in &report.handoffs {
        let load = all.entry(one.blueprint.0).or_insert_with(|| Load {
            title: &one.blueprint.1,
            weeks: vec![Seconds::ZERO; drawn.len()],
            spent: Supervision::default(),
        });
        let spent = one.found.hours.supervision;
        load.spent.reviewing += spent.reviewing;
        load.spent.answering += spent.answering;
        load.spent.reworking += spent.reworking;
        for line in &one.by_week {
            let at = drawn.binary_search_by_key(&line.monday, |it| it.monday);
            if let Some(week) = at.ok().and_then(|at| load.weeks.get_mut(at)) {
                *week += line.found.hours.supervision.total();
            }
        }
    }
    let mut loads: Vec<_> = all.into_values().collect();
    loads.retain(|load| load.spent.total() > Seconds::ZERO);
    loads.sort_by_key(|load| (Reverse(load.spent.total()), load.title));
    loads
}

/// Minutes of the mean of some weeks.
fn minutes_a_week(weeks: &[Seconds]) -> String {
    let sum: Seconds = weeks.iter().copied().sum();
    let count = Decimal::from(weeks.len().max(1)) * Decimal::from(60);
    format!(
        "{} min",
        words::rounded(Decimal::from(sum.0) / count, 0).normalize()
    )
}

/// Which blueprint takes it: whose steps leave something open, or is checked more than need be.
fn by_blueprint(report: &ReturnReport) -> Markup {
    html! {
        table.rows {
            thead { tr {
                th scope="col" { "Blueprint" } th.figure scope="col" { "A week" } th.figure scope="col" { "Looking at it" }
                th.figure scope="col" { "Answering" } th.figure scope="col" { "Doing again" }
            } }
            tbody { @for load in loads(report) {
                tr {
                    th scope="row" { bdi { (words::shown(load.title, 120)) } }
                    td.figure data-label="A week" { (minutes_a_week(&load.weeks)) (spark(&load.weeks)) }
                    td.figure data-label="Looking at it" { (hours(load.spent.reviewing)) }
                    td.figure data-label="Answering" { (hours(load.spent.answering)) }
                    td.figure data-label="Doing again" { (hours(load.spent.reworking)) }
                }
            } }
        }
    }
}

fn numbers(report: &ReturnReport) -> Markup {
    let row = |line: &WeekLine| {
        let back = line.found.hours.bought_back();
        html! {
            tr {
                th scope="row" { "Week of " (words::day(line.monday)) }
                td.figure data-label="Measured" { (hours(back.measured)) }
                td.figure data-label="Claimed" { (hours(back.claimed)) }
                td.figure data-label="Planned" { (line.planned.map_or("\u{2013}".to_owned(), hours)) }
                td.figure data-label="Looking after it" { (hours(line.found.hours.supervision.total())) }
            }
        }
    };
    html! {
        details {
            summary { "Show numbers" }
            table.rows {
                thead { tr {
                    th scope="col" { "Week" } th.figure scope="col" { "Measured" } th.figure scope="col" { "Claimed" }
                    th.figure scope="col" { "Planned" } th.figure scope="col" { "Looking after it" }
                } }
                tbody { @for line in last(report).iter().rev() { (row(line)) } }
            }
        }
    }
}
