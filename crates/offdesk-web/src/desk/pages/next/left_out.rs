//! What was put off, and what never goes.

use maud::{Markup, html};
use offdesk_actions::next::NextList;

use super::{may_edit, open_again};
use crate::desk::ask::Ask;
use crate::words;

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
