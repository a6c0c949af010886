//! How sure it is: the course of each option with its band, what matters most, and where every number comes from.

use maud::{Markup, html};
use offdesk_actions::decide::Weighed;
use offdesk_actions::options::{InputLine, Subject};

use crate::decision::figures::exact;
use crate::decision::how::how;
use crate::decision::{curve, tornado};
use crate::desk::pages::pictures::files;
use crate::words;

/// The break-even curve of every option.
pub fn courses(subject: &Subject, weighed: &Weighed) -> Markup {
    html! {
        section aria-labelledby="courses" {
            h2 #courses { "When you are square" }
            div.doors {
                @for (at, (option, side)) in subject.options.iter().zip(&weighed.sides).enumerate() {
                    div {
                        h3 { bdi { (words::shown(&option.name, 60)) } }
                        p { (curve::finding(&side.answer)) "." }
                        figure { (curve::curve(&format!("course-{at}"), &side.question, &side.answer)) }
                        (curve::numbers(&side.question, &side.answer))
                        (kept(subject, &format!("course-{at}")))
                    }
                }
            }
            p.quiet { "The line is the sum since the beginning: set-up, learning, full review at first, rework and turnover are in it. The band holds nine of ten cases." }
        }
    }
}

/// Where a picture can be had as a file.
fn kept(subject: &Subject, picture: &str) -> Markup {
    let page = format!("/next/{}/decision", subject.id);
    files(&page, picture, "", &["csv", "xlsx", "svg"])
}

/// What matters most for the option that is chosen, or the first.
pub fn matters(subject: &Subject, weighed: &Weighed) -> Markup {
    let chosen = weighed.chosen().or(weighed.sides.first());
    let Some(side) = chosen.filter(|side| !side.answer.tornado.is_empty()) else {
        return html! {};
    };
    let at = weighed.sides.iter().position(|it| it == side);
    let name = at.and_then(|at| subject.options.get(at));
    html! {
        section aria-labelledby="matters" {
            h2 #matters { "What matters most" @if let Some(option) = name { " with " bdi { (words::shown(&option.name, 60)) } } }
            figure { (tornado::tornado(&side.question, &side.answer)) }
            (kept(subject, "matters"))
            p.quiet { "Each bar is the net value with one input at its low and at its high end, all others likely." }
        }
    }
}

/// Where every number comes from.
pub fn why(subject: &Subject, weighed: &Weighed) -> Markup {
    html! {
        section aria-labelledby="why" {
            h2 #why { "How we got this" }
            p { "Twenty thousand times a number is drawn for everything in doubt; what is in doubt of you is the same for all options. A freed hour is worth your best work as far as it goes there, and your rest otherwise." }
            @for (option, side) in subject.options.iter().zip(&weighed.sides) {
                details {
                    summary { bdi { (words::shown(&option.name, 60)) } ": figures and inputs" }
                    (how(&side.question, &side.answer))
                    dl.facts.inputs { @for line in subject.inputs(option) { (input(&line)) } }
                }
            }
        }
    }
}

/// A number, what it is and where it comes from.
pub fn input(line: &InputLine) -> Markup {
    let from = words::shown(&line.source.words(), 200);
    html! {
        div {
            dt { (range(line.range)) }
            dd { (line.row.what) " \u{2013} " bdi { (from) } }
        }
    }
}

/// A number, or low, likely and high.
pub fn range([low, likely, high]: [f64; 3]) -> String {
    let number = |figure| words::rounded(exact(figure), 3).normalize().to_string();
    if low < high {
        format!("{} {} {}", number(low), number(likely), number(high))
    } else {
        number(likely)
    }
}
