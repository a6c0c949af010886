//! The figures of a handoff, each with its plain sentence and how it came about; and what was assumed.

use maud::{Markup, html};
use offdesk_actions::decide::{Answer, BRINGS, DropDoubt, PaysFrom, Question};
use offdesk_domain::decision::Input;
use offdesk_domain::money::two_significant;
use offdesk_domain::worth::grouped;
use rust_decimal::Decimal;

use crate::words;

/// A figure as an exact number, for words.
pub fn exact(figure: f64) -> Decimal {
    Decimal::try_from(figure).unwrap_or_default()
}

/// An estimate of an amount, in the currency of the case where it says one.
pub fn amount(question: &Question, figure: f64) -> String {
    match question.currency {
        Some(currency) => words::about(exact(figure), currency),
        None => {
            let figure = two_significant(exact(figure));
            let minus = if figure < Decimal::ZERO {
                "\u{2212}"
            } else {
                ""
            };
            format!("{minus}{}", grouped(figure.abs()))
        }
    }
}

/// The weeks of the case.
pub fn weeks(question: &Question) -> String {
    match question.case.get(Input::Weeks) {
        1.0 => "1 week".to_owned(),
        weeks => format!("{} weeks", grouped(exact(weeks).normalize())),
    }
}

/// A share in hundredths.
pub fn per_cent(share: f64) -> String {
    format!("{} %", words::rounded(exact(share * 100.0), 0))
}

/// The figures as a list of terms.
pub fn figures(question: &Question, answer: &Answer) -> Markup {
    let decision = &answer.decision;
    let amount = |figure| amount(question, figure);
    html! {
        dl.facts {
            @if let Some(price) = decision.price_per_hour_bought_back {
                (row("An hour bought back", &amount(price), "cash over hours; what your hour is worth is not in it"))
            }
            @match PaysFrom::of(decision) {
                PaysFrom::Hour(hour) => (row("Break-even hour", &amount(hour), &format!("it pays if a freed hour is worth more than this; {}", worth(question, decision.worth)))),
                PaysFrom::Any => (row("Break-even hour", "any", "it pays whatever a freed hour is worth")),
                PaysFrom::NoHour => (row("Break-even hour", "none", "it frees no hour, so what one is worth says nothing")),
            }
            (row("Paid", &amount(decision.cash), "their hours with learning and rework, training included, at the loaded rate"))
            (row("Hours back", &words::hours_long(exact(decision.hours_freed)), "net of set-up, talk, review, explaining and turnover"))
            (row(if question.is_use_assumed() { "If you use the hours" } else { "Worth of these hours" }, &amount(decision.opportunity()), "hours times what a freed hour is worth: a line of its own, no cash"))
            (row("Faults out", &words::hours(exact(decision.escaped_faults)), &format!("faults that get out; {} if you keep it", words::hours(exact(decision.escaped_faults_if_kept)))))
            @if let Some(chances) = &answer.chances {
                (row("Knowing more", &amount(chances.value_of_knowing), "the most that more thinking could bring before you decide"))
            }
            @if let Some(trial) = answer.trial {
                (row("A trial", &amount(trial.worth), &format!("what seeing {} of their deliverables first is worth, as far as faults go", trial.assignments)))
            }
            @if let Some(dropped) = &answer.dropped {
                (row("Nobody does it", &amount(dropped.net_value), &format!("{} come back, and you lose about {} that it brings", words::hours_long(exact(dropped.hours)), amount(dropped.lost))))
            }
            @if let Some(doubt) = &answer.drop_doubt {
                (row("In nine of ten cases", &format!("{} to {}", amount(doubt.chances.p5), amount(doubt.chances.p95)), &format!("if nobody does it; that is the best choice in {} of what may come", per_cent(doubt.best))))
            }
        }
    }
}

/// What each doubt does to no longer doing it, by itself.
pub fn drop_spans(doubt: &DropDoubt, question: &Question) -> Markup {
    html! { @for (of, [low, high]) in doubt.tornado.iter().take(5) {
        div {
            dt { (of.map_or(BRINGS, Input::name)) }
            dd { b { (amount(question, *low)) " to " (amount(question, *high)) } " \u{2013} the same from its low to its high end, all others likely" }
        }
    } }
}

/// What a freed hour is worth, and who says so.
fn worth(question: &Question, worth: f64) -> String {
    let worth = amount(question, worth);
    if question.is_worth_assumed() {
        format!("{worth} is assumed")
    } else {
        format!("you say {worth}")
    }
}

fn row(what: &str, figure: &str, how: &str) -> Markup {
    html! { div { dt { (what) } dd { b { (figure) } " \u{2013} " (how) } } }
}

/// The inputs that nobody said.
pub fn assumed(question: &Question) -> Markup {
    html! {
        details {
            summary { (words::count(u64::try_from(question.assumed.len()).unwrap_or(0), "input", "inputs")) " that the case does not say" }
            dl.facts {
                @for row in &question.assumed {
                    div {
                        dt { (exact(question.case.get(row.input)).normalize()) }
                        dd { (row.what) " (" code { (row.key) } ")" }
                    }
                }
            }
        }
    }
}
