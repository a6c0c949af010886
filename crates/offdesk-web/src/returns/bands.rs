//! What the hours became: the owner's own hours by their price before the first handoff and now, and what an hour could be bought for.

use maud::{Markup, html};
use offdesk_actions::returns::bands::{BandsOf, BecameBands};
use offdesk_domain::Seconds;
use rust_decimal::Decimal;

use super::money;
use crate::chart::bands::{Part, Stack, bands as picture};
use crate::chart::lines::{Value, lines};
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
    let bands = &of.bands;
    [bands.below, bands.worth, bands.target, bands.unpriced]
        .map(|time: Seconds| time.hours() / of.weeks)
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

/// The picture with its numbers.
pub fn became(found: &BecameBands) -> Markup {
    let ([before, ..], [now, ..]) = (weekly(&found.before), weekly(&found.now));
    let title = format!(
        "Work below your worth: {} a week before, {} now",
        words::hours_long(before),
        words::hours_long(now)
    );
    let stacks = [
        stack("Before the first handoff", &found.before),
        stack("Now", &found.now),
    ];
    html! {
        section aria-labelledby="became" {
            h2 #became { (title) }
            figure { (picture(&stacks, &title)) }
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
        }
        (hour(found))
    }
}

/// What an hour could be bought for, against the worth and the target.
fn hour(found: &BecameBands) -> Markup {
    let currency = found.worth.currency;
    let value = |name, amount: Decimal| Value {
        name,
        amount,
        said: money(amount, currency),
    };
    let hours = (
        found.before.bands.effective_hour(),
        found.now.bands.effective_hour(),
    );
    let (Some(before), Some(now)) = hours else {
        return html! {};
    };
    let (before, now) = (value("before", before), value("now", now));
    html! {
        section aria-labelledby="effective" {
            h2 #effective { "An hour of yours could be bought for " (before.said) " before, for " (now.said) " now" }
            figure { (lines(&value("worth", found.worth.hour), &value("target", found.worth.target), &before, &now)) }
            p.quiet { "The average price of the hours that have one, weighed by their time. It speaks of the price of the work, not of the worth of a person." }
        }
    }
}
