//! What the hours became: the owner's own hours by their price before the first handoff and now.

use maud::{Markup, html};
use offdesk_actions::returns::bands::{BandsOf, BecameBands};
use offdesk_domain::returns::Band;
use rust_decimal::Decimal;

use crate::chart::bands::{Part, Stack, bands as picture};
use crate::words;

/// The four parts, from the cheapest.
const NAMES: [(&str, &str); 4] = [
    ("below your worth", "below"),
    ("at your worth", "water"),
    ("at your target", "above"),
    ("without a price", "rest"),
];

/// Hours a week of each part.
fn weekly(of: &BandsOf) -> [Decimal; 4] {
    Band::ALL.map(|band| of.hours_per_week(band))
}

fn stack(name: &str, of: &BandsOf) -> Stack {
    let parts = NAMES.iter().zip(weekly(of));
    Stack {
        name: name.to_owned(),
        parts: parts
            .map(|((name, class), hours)| Part { name, class, hours })
            .collect(),
    }
}

/// What the picture shows, in a sentence.
fn finding(found: &BecameBands) -> String {
    let ([before, ..], [now, ..]) = (weekly(&found.before), weekly(&found.now));
    format!(
        "Work below your worth: {} a week before, {} now",
        words::hours_long(before),
        words::hours_long(now)
    )
}

fn stacks(found: &BecameBands) -> [Stack; 2] {
    [
        stack("Before the first handoff", &found.before),
        stack("Now", &found.now),
    ]
}

/// The picture alone.
pub fn drawing(found: &BecameBands) -> Markup {
    picture(&stacks(found), &finding(found))
}

/// The picture with its numbers, and where it can be had as a file.
pub fn became(found: &BecameBands, files: &Markup) -> Markup {
    let stacks = stacks(found);
    html! {
        section aria-labelledby="became" {
            h2 #became { (finding(found)) }
            figure { (drawing(found)) }
            p.quiet { "Your own logged hours by what an hour of them could be bought for: up to eight weeks before the first handoff, and the last eight." }
            details {
                summary { "Show numbers" }
                table.rows {
                    thead { tr { th scope="col" { "Hours a week" } @for stack in &stacks { th.figure scope="col" { (stack.name) } } } }
                    tbody { @for (at, (name, _)) in NAMES.iter().enumerate() {
                        tr {
                            th scope="row" { (name) }
                            @for stack in &stacks { td.figure data-label=(stack.name) { @if let Some(part) = stack.parts.get(at) { (words::hours_column(part.hours)) } } }
                        }
                    } }
                }
            }
            (files)
        }
    }
}
