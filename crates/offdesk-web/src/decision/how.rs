//! How each figure of a handoff came about.

mod lines;

use maud::{Markup, html};
use offdesk_actions::decide::{Answer, Question};
use offdesk_domain::decision::{INPUTS, Input};

use self::lines::Of;
use super::figures::{exact, per_cent};
use crate::words;

/// Every figure with its sentence and its formula.
pub fn how(question: &Question, answer: &Answer) -> Markup {
    let lines = Of::new(question, answer).lines();
    html! {
        dl.facts.how { @for line in lines {
            div {
                dt { (line.what) }
                dd { (line.sentence) " " span.formula { (unbroken(&line.formula)) " = " b { (unbroken(&line.figure)) } } }
            }
        } }
        @if let Some(chances) = &answer.chances {
            p.quiet {
                "Twenty thousand times a number is drawn for everything in doubt, and all of it is reckoned again: one in twenty comes to less than "
                (cents(question, chances.p5)) ", one in twenty to more than " (cents(question, chances.p95)) ", and " (per_cent(chances.chance_of_loss)) " to a loss."
            }
        }
    }
}

/// What the case says, number by number.
pub fn said(question: &Question) -> Markup {
    let is_said = |input: Input| question.assumed.iter().all(|row| row.input != input);
    let range = |input: Input| question.ranges.iter().find(|(of, _)| *of == input);
    html! {
        details {
            summary { "What the case says" }
            dl.facts.inputs { @for row in INPUTS.iter().filter(|row| is_said(row.input)) {
                div {
                    dt {
                        (number(question.case.get(row.input)))
                        @if let Some((_, [low, high])) = range(row.input) { " (" (number(*low)) " to " (number(*high)) ")" }
                    }
                    dd { (row.what) }
                }
            } }
        }
    }
}

/// A formula in which no amount is parted from its sign at the end of a line.
fn unbroken(formula: &str) -> String {
    let joined = formula.replace('\u{2212}', "\u{2212}\u{2060}");
    joined.replace("\u{2060} ", " ")
}

/// A number of a formula, to four digits behind the point.
fn number(figure: f64) -> String {
    let rounded = words::rounded(exact(figure), 4).normalize();
    let sign = if rounded.is_sign_negative() {
        "\u{2212}"
    } else {
        ""
    };
    format!("{sign}{}", offdesk_domain::worth::grouped(rounded.abs()))
}

/// An amount to the cent.
fn cents(question: &Question, figure: f64) -> String {
    match question.currency {
        Some(currency) => words::rate(exact(figure), currency),
        None => number((figure * 100.0).round() / 100.0),
    }
}
