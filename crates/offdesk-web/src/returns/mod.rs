//! What handoffs gave, as parts of pages: the lines of all, the table of each, the pictures, and the page to share.

pub mod bands;
pub mod handoffs;
pub mod page;
pub mod pictures;
pub mod stress;
pub mod two_lines;

use maud::{Markup, html};
use offdesk_actions::returns::ReturnReport;
use offdesk_domain::returns::Return;
use offdesk_domain::{Currency, Seconds};
use rust_decimal::Decimal;

use crate::words;

/// Where the names on a page lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// To the pages of the desk.
    Desk,
    /// Nowhere: the page stands alone.
    None,
}

/// Hours with one digit after the point, which may be below nothing.
pub(crate) fn hours(time: Seconds) -> String {
    let hours = words::rounded(time.hours(), 1).normalize();
    format!("{hours} h").replace('-', "\u{2212}")
}

/// An amount, which may be below nothing.
pub(crate) fn money(amount: Decimal, currency: Currency) -> String {
    match amount.is_sign_negative() && !amount.is_zero() {
        true => format!("\u{2212}{}", words::rate(-amount, currency)),
        false => words::rate(amount, currency),
    }
}

/// What all handoffs together gave.
pub(crate) fn lines(report: &ReturnReport) -> Markup {
    let (found, currency) = (&report.found, report.currency());
    let back = found.hours.bought_back();
    let opportunity = &found.opportunity;
    html! {
        dl.parts {
            div { dt { "bought back, measured" } dd { (hours(back.measured)) } }
            div { dt { "bought back, claimed" } dd { (hours(back.claimed)) } }
            @if let Some(planned) = report.planned { div { dt { "were planned for these days" } dd { (hours(planned)) } } }
            div { dt { "paid for it" } dd { (money(found.cash.out, currency)) } }
            @if !found.cash.into.is_zero() { div { dt { "came in by it" } dd { (money(found.cash.into, currency)) } } }
            @if let Some(price) = found.price_per_hour() { div { dt { "for each hour bought back" } dd { (money(price, currency)) } } }
            @if let (Some(_), Ok(total)) = (&report.worth, opportunity.total()) {
                div { dt { "is what the hours became, of " (hours(opportunity.known)) " whose use is known" } dd { (money(total.amount, currency)) } }
            }
        }
        p.quiet { (reckoned(found)) " Measured means that the time before was logged and a log covers the week; all other hours are claimed." }
        (apart(found))
        @for rate in &report.rates { p.quiet { "Costs of agents in " (rate.in_words(currency)) "." } }
        @if opportunity.unknown > Seconds::ZERO && report.worth.is_some() {
            p.quiet { "Of " (hours(opportunity.unknown)) " nobody has said what they became; they are worth nothing here until somebody does." }
        }
    }
}

/// How the hours come about, in a sentence.
pub(crate) fn reckoned(found: &Return) -> String {
    let hours_of = &found.hours;
    format!(
        "{} before, less {} that stayed, less {} of looking after it.",
        hours(hours_of.baseline.total()),
        hours(hours_of.residual.total()),
        hours(hours_of.supervision.total())
    )
}

/// What is in no sum, since no rate was recorded with its payment.
pub(crate) fn apart(found: &Return) -> Markup {
    let others: Vec<_> = found
        .cash
        .apart
        .iter()
        .filter(|(_, amount)| !amount.is_zero())
        .collect();
    html! {
        @if !others.is_empty() {
            p.notice {
                "In no sum, because no rate was recorded with its payment: "
                @for (at, (currency, amount)) in others.iter().enumerate() {
                    @if at > 0 { ", " } (money(**amount, **currency))
                }
                "."
            }
        }
    }
}
