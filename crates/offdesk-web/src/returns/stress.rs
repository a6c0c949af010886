//! The raw dials of stress as a table: a week beside what was usual before it, and before anything was handed off. No sum, no colour.

use maud::{Markup, html};
use offdesk_actions::returns::stress::StressDials;
use offdesk_domain::returns::Reading;
use rust_decimal::Decimal;

use crate::words;

/// The dials of which anything is known; nothing where there is none.
pub(crate) fn dials(stress: &StressDials) -> Markup {
    let known: Vec<&Reading> = stress.known().collect();
    html! {
        @if !known.is_empty() {
            section aria-labelledby="dials" {
                h2 #dials { "What may weigh on you" }
                p.quiet {
                    "The week of " (words::day(stress.monday)) " beside the median of the eight weeks before it"
                    @if let Some(began) = stress.began { ", and of the eight before anything was handed off, on " (words::day(began)) }
                    ". No single figure is made of them, and none has a price."
                }
                table.rows {
                    thead { tr {
                        th scope="col" { "In a week" } th.figure scope="col" { "This one" } th.figure scope="col" { "Usual" }
                        @if stress.began.is_some() { th.figure scope="col" { "Before" } }
                    } }
                    tbody { @for reading in known { (row(reading, stress.began.is_some())) } }
                }
            }
        }
    }
}

fn row(reading: &Reading, has_before: bool) -> Markup {
    let value = |value: Option<Decimal>| {
        value.map_or_else(|| "\u{2013}".to_owned(), |it| reading.dial.shown(it))
    };
    html! {
        tr {
            th scope="row" { (words::capital(reading.dial.name())) @if reading.is_high() { " (55 hours and more)" } }
            td.figure data-label="This one" { (value(reading.now)) }
            td.figure data-label="Usual" { (value(reading.usual)) }
            @if has_before { td.figure data-label="Before" { (value(reading.before)) } }
        }
    }
}
