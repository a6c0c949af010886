//! The gap that is on the list and what is not in it: what is better kept, what was put off, and what never goes.

use maud::{Markup, html};
use offdesk_actions::next::NextList;
use offdesk_domain::money::to_minor_text;
use rust_decimal::Decimal;

use super::{may_edit, net, open_again, weekly};
use crate::desk::ask::Ask;
use crate::words;

/// The gap of what is on the list, what was taken out of it, and what handing all of it off would bring.
pub fn gap_of_list(list: &NextList<'_>) -> Markup {
    let currency = list.audit.worth.currency;
    let summary = list.summary();
    let net = list.open.iter().map(|next| next.handoff.first_year_gain);
    let net: Decimal = net.sum();
    let out: Vec<String> = list
        .taken_out()
        .iter()
        .map(|out| {
            let (gap, why) = (words::about(out.gap, currency), out.why.words());
            format!("{gap} {why} ({})", out.activities)
        })
        .collect();
    html! {
        @if !list.open.is_empty() {
            p {
                @match &summary.range {
                    Some(range) => { "Between " (words::about(range.gap.0, currency)) " and " (words::about(range.gap.1, currency)) },
                    None => { "About " b { (words::about(summary.gap, currency)) } },
                }
                " a year of the work on this list is below your worth. Handed off, it brings about " b { data value=(to_minor_text(net, currency)) { (words::about(net, currency)) } } " a year after everything."
            }
        }
        @if !out.is_empty() { p.quiet { "Not in it: " (words::listed(&out)) "." } }
    }
}

/// What is below the worth line by its hour, and yet better kept.
pub fn better_kept(list: &NextList<'_>) -> Markup {
    let audit = list.audit;
    let currency = audit.worth.currency;
    html! {
        @if !list.better_kept.is_empty() {
            section aria-labelledby="better-kept" {
                h2 #better-kept { "Better kept" }
                p { "An hour of these costs less than yours, and still handing them off brings less than it takes: talk, review, faults and set-up. Weigh one with your own figures to see it anew." }
                details open[list.open.is_empty()] {
                    summary { (words::count(u64::try_from(list.better_kept.len()).unwrap_or(0), "activity", "activities")) }
                    table.rows {
                        thead { tr { th scope="col" { "Activity" } th.figure scope="col" { "Hours a week" } th.figure scope="col" { "Net a year" } th scope="col" { "Why" } } }
                        tbody { @for next in &list.better_kept { tr {
                            th scope="row" { a href={ "/next/" (next.row.id) } { bdi { (words::shown(&next.judged.activity.name, 120)) } } }
                            td.figure data-label="Hours a week" { (weekly(next)) }
                            td.figure data-label="Net a year" { (net(next, currency)) }
                            td data-label="Why" { (words::capital(next.judged.verdict_in_words(Some(&next.handoff), &audit.worth))) }
                        } } }
                    }
                }
            }
        }
    }
}

/// What is handed off already.
pub fn handed_off(list: &NextList<'_>) -> Markup {
    html! {
        @if !list.handed_off.is_empty() {
            section aria-labelledby="handed-off" {
                h2 #handed-off { "Handed off" }
                p { "Somebody else does these, or was asked to. " a href="/handoffs" { "See the handoffs" } }
                ul { @for next in &list.handed_off {
                    li { a href={ "/next/" (next.row.id) } { bdi { (words::shown(&next.judged.activity.name, 120)) } } }
                } }
            }
        }
    }
}

/// What was put off, with the day it comes back.
pub fn put_off(ask: &Ask, list: &NextList<'_>) -> Markup {
    html! {
        @if !list.put_off.is_empty() {
            section aria-labelledby="put-off" {
                h2 #put-off { "Not now" }
                p { "Each comes back on its day, with the numbers it has then, or before, when it would bring half as much again." }
                table.rows {
                    thead { tr { th scope="col" { "Activity" } th scope="col" { "Comes back" } th scope="col" { "Why" } @if may_edit(ask) { th scope="col" { "Change" } } } }
                    tbody { @for next in &list.put_off { tr {
                        th scope="row" { a href={ "/next/" (next.row.id) } { bdi { (words::shown(&next.judged.activity.name, 120)) } } }
                        td data-label="Comes back" { @if let Some(day) = next.back() { (words::day(day)) } }
                        td data-label="Why" { @if !next.row.judgement_reason.is_empty() { bdi { (words::shown(&next.row.judgement_reason, 400)) } } }
                        @if may_edit(ask) { td { (open_again(next.row.id, "Open it again")) } }
                    } } }
                }
            }
        }
    }
}

/// What never goes, and what has changed since.
pub fn never(ask: &Ask, list: &NextList<'_>) -> Markup {
    let currency = list.audit.worth.currency;
    html! {
        @if !list.never.is_empty() {
            section aria-labelledby="never" {
                h2 #never { "Never" }
                table.rows {
                    thead { tr { th scope="col" { "Activity" } th scope="col" { "Why" } @if may_edit(ask) { th scope="col" { "Change" } } } }
                    tbody { @for next in &list.never { tr {
                        th scope="row" { a href={ "/next/" (next.row.id) } { bdi { (words::shown(&next.judged.activity.name, 120)) } } }
                        td data-label="Why" {
                            @if !next.row.judgement_reason.is_empty() { bdi { (words::shown(&next.row.judgement_reason, 400)) } }
                            @if let Some(then) = next.judged_gain.filter(|_| next.has_grown()) { small { "Its numbers have grown: about " (words::about(then, currency)) " then, " (words::about(next.handoff.first_year_gain, currency)) " now." } }
                        }
                        @if may_edit(ask) { td { (open_again(next.row.id, "Open it again")) } }
                    } } }
                }
            }
        }
    }
}
