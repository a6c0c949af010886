//! What an hour could be bought for, against the worth and the target, with its numbers.

use maud::{Markup, html};
use offdesk_actions::returns::two_lines::TwoLines;
use rust_decimal::Decimal;

use super::money;
use crate::chart::lines::{Value, lines as picture};
use crate::words;

/// What points without the top activities are called in the picture.
const WITHOUT: [&str; 2] = ["without the top one", "without the top two"];

/// The picture alone; nothing where no hour has a price now.
pub fn drawing(lines: &TwoLines) -> Option<Markup> {
    let value = |name, amount: Decimal, class| Value {
        name,
        amount,
        said: money(amount, lines.currency),
        class,
    };
    let now = lines.now?;
    let mut points = Vec::new();
    points.extend(lines.before.map(|it| value("before", it, "open")));
    points.push(value("now", now, "above"));
    let without = WITHOUT.iter().zip(&lines.without);
    points.extend(without.map(|(name, (_, hour))| value(name, *hour, "rest")));
    Some(picture(
        &value("worth", lines.worth, "worth"),
        &value("target", lines.target, "target"),
        &points,
    ))
}

/// The names of some activities, as a list in a sentence.
fn named(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| words::shown(name, 60)).collect();
    words::listed(&names)
}

/// The picture with what it shows, its numbers, and where it can be had as a file.
pub fn section(lines: &TwoLines, files: &Markup) -> Markup {
    let (Some(drawn), Some(now)) = (drawing(lines), lines.now) else {
        return html! {};
    };
    let said = |amount| money(amount, lines.currency);
    let without: Vec<(String, Decimal)> = lines
        .without
        .iter()
        .map(|(names, hour)| (named(names), *hour))
        .collect();
    html! {
        section aria-labelledby="effective" {
            h2 #effective {
                @match lines.before {
                    Some(before) => { "An hour of yours could be bought for " (said(before)) " before, for " (said(now)) " now" },
                    None => { "An hour of yours could be bought for " (said(now)) },
                }
            }
            figure { (drawn) }
            @for (names, hour) in &without { p { "Without " bdi { (names) } ": " b { (said(*hour)) } "." } }
            p.quiet { "The average price of the hours that have one, weighed by their time. It speaks of the price of the work, not of the worth of a person." @if !without.is_empty() { " What is thought away is the work below your worth that takes the most time." } }
            details {
                summary { "Show numbers" }
                table.rows {
                    thead { tr { th scope="col" { "What an hour is" } th.figure scope="col" { "Amount" } } }
                    tbody {
                        tr { th scope="row" { "worth" } td.figure data-label="Amount" { (said(lines.worth)) } }
                        tr { th scope="row" { "target" } td.figure data-label="Amount" { (said(lines.target)) } }
                        @if let Some(before) = lines.before { tr { th scope="row" { "bought for, before" } td.figure data-label="Amount" { (said(before)) } } }
                        tr { th scope="row" { "bought for, now" } td.figure data-label="Amount" { (said(now)) } }
                        @for (names, hour) in &without { tr { th scope="row" { "now, without " bdi { (names) } } td.figure data-label="Amount" { (said(*hour)) } } }
                    }
                }
            }
            (files)
        }
    }
}
