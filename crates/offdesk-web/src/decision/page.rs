//! The page itself.

use maud::{Markup, html};
use offdesk_actions::decide::{Answer, Question};
use offdesk_domain::Day;
use offdesk_domain::decision::Advice;

use super::figures::{self, amount};
use super::{curve, how, tornado};
use crate::standalone::Standalone;
use crate::words;

/// Stands in the title of every page, and so in its first kilobyte.
pub const MARK: &str = "offdesk decide</title>";

/// A name is cut after so many characters.
const LONGEST_NAME: usize = 80;

/// A handoff as a self-contained HTML page; `generated` is the day it is made.
#[must_use]
pub fn decision_page(question: &Question, answer: &Answer, generated: Day) -> String {
    let page = Standalone {
        title: "Is this handoff worth it?",
        made_by: "offdesk decide",
        header: html! {
            p.brand { "offdesk decide \u{b7} " (words::day(generated)) }
            (headline(question, answer))
        },
        main: content(question, answer),
        footer: html! {
            p { small {
                "Made by offdesk " (env!("CARGO_PKG_VERSION")) " on " (words::day(generated))
                ", on your own machine. This page loads nothing and sends nothing. It names what your hour is worth, so it is for you alone."
            } }
        },
    };
    page.page()
}

fn headline(question: &Question, answer: &Answer) -> Markup {
    let name = question.name.as_deref();
    let name = name.map_or_else(|| "It".to_owned(), |name| words::shown(name, LONGEST_NAME));
    let net = amount(question, answer.decision.net_value);
    html! {
        h1 { (verdict(answer)) }
        p {
            @if let Some(price) = answer.decision.price_per_hour_bought_back {
                "You pay about " b { (amount(question, price)) } " for each hour you get back. "
            }
            bdi { (name) } " comes to about " b { (net) } " in "
            (figures::weeks(question)) @if question.is_use_assumed() { ", after everything, if you use the hours." } @else { ", after everything." }
            @if let Some(chances) = &answer.chances {
                " With what is in doubt, " (amount(question, chances.p5)) " to " (amount(question, chances.p95))
                " in nine of ten cases; the chance of a loss is " (figures::per_cent(chances.chance_of_loss)) "."
            }
        }
        @if let (Advice::Drop, Some(dropped)) = (answer.verdict, &answer.dropped) {
            p { "If nobody does it, you gain about " b { (amount(question, dropped.net_value)) } ": the figures of an hour bought back and of the curve are those of handing it off instead." }
        }
        @if let Some(said) = answer.drop_in_words(&|figure| amount(question, figure)) { p { (said) } }
        @if let Some(said) = answer.going_on(question, &|figure| amount(question, figure)) { p { b { (said.lead) } (said.rest) } }
    }
}

/// The verdict in one sentence.
pub(crate) fn verdict(answer: &Answer) -> String {
    answer.verdict_in_words().replace('\'', "\u{2019}")
}

fn content(question: &Question, answer: &Answer) -> Markup {
    html! {
        section aria-labelledby="figures" {
            h2 #figures { "What it comes to" }
            (figures::figures(question, answer))
        }
        section aria-labelledby="curve" {
            h2 #curve { (curve::finding(answer)) }
            figure { (curve::curve("curve", question, answer)) }
            p.quiet { "Set-up, learning, full review at first, rework and turnover are in it." }
            (curve::numbers(question, answer))
        }
        @let of_drop = tornado::of_drop(question, answer);
        @if !answer.tornado.is_empty() || of_drop.is_some() {
            section aria-labelledby="matters" {
                h2 #matters { "What matters most" }
                @if !answer.tornado.is_empty() { figure { (tornado::tornado(question, answer)) } }
                @if let Some(picture) = of_drop {
                    h3 { "If nobody does it" }
                    figure { (picture) }
                }
                p.quiet { "Each bar is the net value with one input at its low and at its high end, all others likely." }
            }
        }
        section aria-labelledby="how" {
            h2 #how { "How we got this" }
            (how::how(question, answer))
            (how::said(question))
        }
        @if !question.assumed.is_empty() {
            section aria-labelledby="assumed" {
                h2 #assumed { "What was assumed" }
                (figures::assumed(question))
            }
        }
    }
}
