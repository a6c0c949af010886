//! Why each activity has its price: the words that decided, what they were read as, what would narrow it.

use maud::{Markup, html};
use offdesk_domain::Price;
use offdesk_domain::audit::{Audit, AuditedActivity};
use rust_decimal::Decimal;

use super::prices::{Note, number_of};
use crate::words;

/// Activities explained; the rest has its readings in the JSON.
const MOST: usize = 40;
/// A reading this sure, in hundredths, needs no other beside it.
const SURE: u8 = 60;

/// The list, folded away; nothing where no price comes from the market.
pub fn why(audit: &Audit, notes: &[Note]) -> Markup {
    let explained: Vec<(&AuditedActivity, &Price)> = audit
        .activities
        .iter()
        .filter_map(|judged| Some((judged, judged.activity.price.as_ref()?)))
        .filter(|(_, price)| !price.why.readings.is_empty())
        .take(MOST)
        .collect();
    html! {
        @if !explained.is_empty() {
            details {
                summary { "Why each activity has its price" }
                dl.why {
                    @for (judged, price) in explained {
                        dt { bdi { (words::shown(&judged.activity.name, 120)) } }
                        dd { (one(price, notes)) }
                    }
                }
            }
        }
    }
}

fn one(price: &Price, notes: &[Note]) -> Markup {
    let readings = &price.why.readings;
    let quoted: Vec<String> = price
        .why
        .words
        .iter()
        .map(|word| format!("\u{201c}{}\u{201d}", words::shown(word, 40)))
        .collect();
    html! {
        @if let Some(first) = readings.first() {
            "Read as " (first.title) " (" (first.occupation) ", " (first.confidence) "\u{a0}%)"
            @if !quoted.is_empty() { " because of " bdi { (words::listed(&quoted)) } }
            "."
        }
        @if readings.len() > 1 && price.confidence < SURE {
            " It could also be "
            @for (at, reading) in readings.iter().enumerate().skip(1) {
                @if at > 1 { ", or " }
                (reading.title) " (" (reading.occupation) ", " (reading.confidence) "\u{a0}%)"
            }
            "."
        }
        @if let Some(number) = number_of(price, notes) { " Figures: source\u{a0}" (number) "." }
        " " (narrowing(price))
    }
}

/// What would make the range narrower.
fn narrowing(price: &Price) -> &'static str {
    if price.confidence < SURE {
        "To narrow it, say in the entries what is done, or correct the reading in your rules file."
    } else if price.range.high > price.range.low * Decimal::TWO {
        "Pay differs much within this occupation: a quote of your own would narrow it."
    } else {
        "A quote or an invoice of your own would narrow it."
    }
}

#[cfg(test)]
mod tests {
    use super::super::{prices, samples};
    use super::*;

    #[test]
    fn every_market_price_says_why_and_your_own_does_not() {
        let report = samples::usual();
        let page = why(&report.audit, &prices::notes(&report.audit)).into_string();
        let from_market = report
            .audit
            .activities
            .iter()
            .filter_map(|judged| judged.activity.price.as_ref())
            .filter(|price| !price.why.readings.is_empty());
        assert_eq!(page.matches("<dd>").count(), from_market.count());
        assert!(
            page.contains("because of <bdi>\u{201c}inbox\u{201d}</bdi>"),
            "{page}"
        );
        assert!(page.contains("would narrow it"), "{page}");
    }

    #[test]
    fn a_hostile_word_stays_text() {
        let mut report = samples::usual();
        for judged in &mut report.audit.activities {
            if let Some(price) = &mut judged.activity.price {
                price.why.words = vec!["<script>".to_owned()];
            }
        }
        let page = why(&report.audit, &prices::notes(&report.audit)).into_string();
        assert!(!page.contains("<script>"));
    }
}
