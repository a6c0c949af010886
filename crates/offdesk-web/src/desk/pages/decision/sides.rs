//! The verdict, and the options side by side.

use maud::{Markup, html};
use offdesk_actions::decide::{Choice, Next, PaysFrom, Question, Side, Weighed};
use offdesk_actions::options::Subject;
use offdesk_domain::decision::Input;
use offdesk_domain::decision::comparison::Dropped;

use crate::decision::figures::{amount, exact, per_cent};
use crate::decision::page::verdict;
use crate::words;

/// What to choose, why, and how to go on.
pub fn headline(subject: &Subject, weighed: &Weighed) -> Markup {
    let activity = words::shown(&subject.name, 80);
    html! {
        @match weighed.choice {
            Choice::Way(_) => h1 { bdi { (activity) } ": hand it to " bdi { (named(subject, weighed.choice)) } },
            Choice::Keep => h1 { bdi { (activity) } ": keep it" },
            Choice::Drop => h1 { bdi { (activity) } ": drop it" },
        }
        p.lead { (reason(weighed)) "." }
        @if let Some(other) = weighed.same_as {
            p { "It makes no difference beside " bdi { (named(subject, other)) } ": the two are less than an hour of yours apart. Take the one you like better." }
        }
        (next_step(subject, weighed))
    }
}

/// The name of a choice.
pub fn named(subject: &Subject, choice: Choice) -> String {
    match choice {
        Choice::Way(at) => subject
            .options
            .get(at)
            .map_or(String::new(), |option| words::shown(&option.name, 60)),
        Choice::Keep => "keeping it".to_owned(),
        Choice::Drop => "dropping it".to_owned(),
    }
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
    let best = per_cent(weighed.best());
    let knowing = amount(&side.question, weighed.value_of_knowing);
    html! {
        @match (weighed.next, weighed.trial) {
            (_, Some((at, trial))) => p {
                b { "Try " (trial.assignments) " with " bdi { (named(subject, Choice::Way(at))) } " first" }
                ", all of them reviewed: that is worth about " (amount(&side.question, trial.worth)) ". This is the best choice in " (best)
                " of what may come, and knowing everything would be worth " (knowing) "."
            },
            (Next::Unknown | Next::TryFirst, None) => {},
            (Next::FindOut, None) => p {
                b { "It is not clear yet" } ": this is the best choice in " (best)
                " of what may come, and knowing more would be worth " (knowing) ". What matters most stands below."
            },
            (Next::Go, None) => p {
                "It is the best choice in " (best) " of what may come. Knowing everything would be worth " (knowing)
                @if weighed.value_of_knowing < side.question.case.get(Input::ValueOfWorkHour) { ", less than an hour of yours" }
                ": " b { "stop analysing" } "."
            },
        }
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
            @if let (Some(dropped), Some(side)) = (&weighed.dropped, weighed.sides.first()) { (nobody(dropped, &side.question, weighed.drop_best)) }
        }
    }
}

/// What nobody doing it comes to, part by part.
fn nobody(dropped: &Dropped, question: &Question, best: f64) -> Markup {
    let amount = |figure| amount(question, figure);
    html! {
        h3 { "If nobody does it" }
        dl.facts {
            div { dt { "Net value" } dd { b { (amount(dropped.net_value)) } " \u{2013} the best choice in " (per_cent(best)) " of what may come" } }
            div { dt { "Hours back" } dd { b { (words::hours_long(exact(dropped.hours))) } " \u{2013} all of yours that go into it, worth about " (amount(dropped.hours_value)) } }
            div { dt { "Faults spared" } dd { b { (amount(dropped.faults_value)) } " \u{2013} what your own faults in it would have cost" } }
            div { dt { "Lost" } dd { b { (amount(dropped.lost)) } " \u{2013} what you say it brings, all times together" } }
        }
    }
}
