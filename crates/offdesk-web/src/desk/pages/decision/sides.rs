//! The verdict, and the options side by side.

use maud::{Markup, html};
use offdesk_actions::decide::{Choice, PaysFrom, Question, Side, Weighed};
use offdesk_actions::options::Subject;
use offdesk_domain::decision::comparison::Dropped;

use crate::decision::figures::{amount, drop_spans, exact, per_cent};
use crate::decision::page::verdict;
use crate::words;

/// What to choose, why, and how to go on.
pub fn headline(subject: &Subject, weighed: &Weighed) -> Markup {
    let activity = words::shown(&subject.name, 80);
    let named = |at| isolated(subject, at);
    html! {
        h1 { bdi { (activity) } ": " (weighed.choice_in_words(&named)) }
        p.lead { (reason(weighed)) "." }
        @if let Some(same) = weighed.same_in_words() { p { (same) } }
        (next_step(subject, weighed))
    }
}

/// The name of an option, apart from the direction of the text around it.
fn isolated(subject: &Subject, at: usize) -> String {
    let option = subject.options.get(at);
    let name = option.map_or(String::new(), |option| words::shown(&option.name, 60));
    format!("\u{2068}{name}\u{2069}")
}

fn reason(weighed: &Weighed) -> String {
    match weighed.choice {
        Choice::Way(_) => weighed
            .chosen()
            .map_or(String::new(), |side| verdict(&side.answer)),
        Choice::Keep => weighed.sides.first().map_or_else(
            || "There is nobody to hand it to".to_owned(),
            |side| verdict(&side.answer),
        ),
        Choice::Drop => {
            "What it brings each time is less than the cheapest way of having it done".to_owned()
        }
    }
}

fn next_step(subject: &Subject, weighed: &Weighed) -> Markup {
    let Some(side) = weighed.sides.first() else {
        return html! {};
    };
    let named = |at| isolated(subject, at);
    let said = weighed.going_on(&named, &|figure| amount(&side.question, figure));
    html! {
        @if let Some(said) = said { p { b { (said.lead) } (said.rest) } }
        @if let Some(shares) = weighed.shares_in_words(&named) { p { (shares) } }
    }
}

/// A line of the table: what it is, its one plain sentence, how an option has it, and how keeping it has it.
type Line = (
    &'static str,
    &'static str,
    fn(&Side) -> String,
    fn(&Weighed) -> String,
);

const NONE: &str = "\u{2013}";

fn none(_: &Weighed) -> String {
    NONE.to_owned()
}

const LINES: [Line; 8] = [
    (
        "Net value",
        "Everything it brings and takes within the weeks, in today\u{2019}s money.",
        |side| amount(&side.question, side.answer.decision.net_value),
        |weighed| zero(weighed),
    ),
    (
        "In nine of ten cases",
        "Where the net value ends up, with all that is in doubt.",
        |side| match &side.answer.chances {
            Some(chances) => format!(
                "{} to {}",
                amount(&side.question, chances.p5),
                amount(&side.question, chances.p95)
            ),
            None => NONE.to_owned(),
        },
        none,
    ),
    (
        "The best choice in",
        "How often no other choice would be better.",
        |side| per_cent(side.best),
        |weighed| per_cent(weighed.keep_best),
    ),
    (
        "An hour bought back",
        "What you pay for each hour you get back; your own hour is not in it.",
        |side| {
            let price = side.answer.decision.price_per_hour_bought_back;
            price.map_or_else(|| NONE.to_owned(), |price| amount(&side.question, price))
        },
        none,
    ),
    (
        "Pays from an hour of",
        "It pays if a freed hour is worth more than this; any: whatever it is worth.",
        |side| match PaysFrom::of(&side.answer.decision) {
            PaysFrom::NoHour => NONE.to_owned(),
            PaysFrom::Any => "any".to_owned(),
            PaysFrom::Hour(hour) => amount(&side.question, hour),
        },
        none,
    ),
    (
        "Hours back",
        "Yours, after set-up, talk, review and turnover.",
        |side| words::hours_about(exact(side.answer.decision.hours_freed)),
        |_| "0".to_owned(),
    ),
    (
        "Paid",
        "To the person, with fees, learning, rework and training.",
        |side| amount(&side.question, side.answer.decision.cash),
        |weighed| zero(weighed),
    ),
    (
        "Faults that get out",
        "Found by nobody before the work leaves.",
        |side| words::hours(exact(side.answer.decision.escaped_faults)),
        |weighed| {
            let side = weighed.sides.first();
            side.map_or_else(
                || NONE.to_owned(),
                |side| words::hours(exact(side.answer.decision.escaped_faults_if_kept)),
            )
        },
    ),
];

fn zero(weighed: &Weighed) -> String {
    let side = weighed.sides.first();
    side.map_or_else(|| NONE.to_owned(), |side| amount(&side.question, 0.0))
}

/// The options side by side, keeping it last.
pub fn side_by_side(subject: &Subject, weighed: &Weighed) -> Markup {
    let names: Vec<String> = subject
        .options
        .iter()
        .map(|option| words::shown(&option.name, 40))
        .collect();
    html! {
        section aria-labelledby="side" {
            h2 #side { "Side by side" }
            table.rows.sides {
                thead { tr {
                    th scope="col" { "Figure" }
                    @for (name, option) in names.iter().zip(&subject.options) { th.figure scope="col" { bdi { (name) } small { (option.kind.name()) } } }
                    th.figure scope="col" { "You keep it" }
                } }
                tbody { @for (what, sentence, show, keep) in LINES { tr {
                    th scope="row" { (what) small { (sentence) } }
                    @for (name, side) in names.iter().zip(&weighed.sides) { td.figure data-label=(name) { (show(side)) } }
                    td.figure data-label="You keep it" { (keep(weighed)) }
                } } }
            }
            @if let (Some(dropped), Some(side)) = (&weighed.dropped, weighed.sides.first()) { (nobody(dropped, weighed, &side.question)) }
        }
    }
}

/// What nobody doing it comes to, part by part.
fn nobody(dropped: &Dropped, weighed: &Weighed, question: &Question) -> Markup {
    let amount = |figure| amount(question, figure);
    html! {
        h3 { "If nobody does it" }
        dl.facts {
            div { dt { "Net value" } dd { b { (amount(dropped.net_value)) } @if weighed.drop_doubt.is_some() { " \u{2013} the best choice in " (per_cent(weighed.drop_best)) " of what may come" } } }
            @if let Some(doubt) = &weighed.drop_doubt {
                div { dt { "In nine of ten cases" } dd { b { (amount(doubt.chances.p5)) " to " (amount(doubt.chances.p95)) } " \u{2013} where that ends up, with all that is in doubt" } }
                (drop_spans(doubt, question))
            }
            div { dt { "Hours back" } dd { b { (words::hours_long(exact(dropped.hours))) } " \u{2013} all of yours that go into it, worth about " (amount(dropped.hours_value)) } }
            div { dt { "Faults spared" } dd { b { (amount(dropped.faults_value)) } " \u{2013} what your own faults in it would have cost" } }
            div { dt { "Lost" } dd { b { (amount(dropped.lost)) } " \u{2013} what you say it brings, all times together" } }
        }
    }
}
