//! The questions of a week, each answered with one tap, and the answers so far, which can be put right.

use maud::{Markup, html};
use offdesk_actions::returns::weekly::{AnsweredWeek, Weekly};
use offdesk_domain::Seconds;
use offdesk_domain::returns::{Became, Dials};

use crate::desk::layout::{Field, choice};
use crate::returns::hours;
use crate::words;

/// What can be answered with one tap: the word and what the button says.
const BECAME: [(&str, &str); 5] = [
    ("work", "Work worth my time"),
    ("half", "Half work, half rest"),
    ("rest", "Rest"),
    ("vanished", "Neither, they are gone"),
    ("unknown", "I cannot say"),
];

/// The five answers about stress.
const STRESS: [(&str, &str); 5] = [
    ("1", "1, not at all"),
    ("2", "2"),
    ("3", "3"),
    ("4", "4"),
    ("5", "5, very much"),
];

/// The questions of the last whole week that are not answered yet; `back` is where an answer leads to.
pub fn questions(weekly: &Weekly, back: &str) -> Markup {
    let Some(week) = weekly.asked_week() else {
        return html! {};
    };
    let asks_hours = weekly.is_handed_off && week.became.is_none();
    let asks_stress = weekly.is_handed_off && week.stress.is_none();
    html! {
        @if asks_hours || asks_stress {
            section aria-labelledby="asked" {
                h2 #asked { "The week of " (words::day(week.monday)) }
                @if asks_hours {
                    form method="post" action="/return/weeks" {
                        (hidden(week, back))
                        fieldset {
                            legend { "What did the freed hours become?" }
                            div.actions { @for (word, text) in BECAME { button.plain name="became" value=(word) { (text) } } }
                        }
                    }
                }
                @if asks_stress {
                    form method="post" action="/return/weeks" {
                        (hidden(week, back))
                        fieldset {
                            legend { "Stress is being tense, restless, nervous or anxious, or lying awake with a troubled mind. Do you feel it these days?" }
                            div.actions { @for (number, text) in STRESS { button.plain name="stress" value=(number) { (text) } } }
                        }
                    }
                    p.quiet { "Only you see this answer." }
                }
            }
        }
    }
}

fn hidden(week: &AnsweredWeek, back: &str) -> Markup {
    html! {
        input type="hidden" name="week" value=(week.monday);
        input type="hidden" name="back" value=(back);
    }
}

fn became(became: &Became) -> String {
    let parts = [
        (became.work, "work"),
        (became.rest, "rest"),
        (became.vanished, "gone"),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(time, _)| *time > Seconds::ZERO)
        .map(|(time, word)| format!("{} {word}", hours(*time)))
        .collect();
    match said.is_empty() {
        true => "you could not say".to_owned(),
        false => said.join(", "),
    }
}

/// The answers so far, with the owner's own hours beside them, and a form to put one right.
pub(super) fn answers(weekly: &Weekly, may_edit: bool) -> Markup {
    let weeks: Vec<(String, String)> = weekly
        .weeks
        .iter()
        .rev()
        .map(|week| (week.monday.to_string(), words::day(week.monday)))
        .collect();
    html! {
        section aria-labelledby="answers" {
            h2 #answers { "Your weeks" }
            @if weekly.is_at_risk { p.notice { "You have answered 4 or 5 of 5 about stress two weeks in a row. That is worth a look at what fills the week, whatever the hours say." } }
            details {
                summary { "Show the last weeks" }
                table.rows {
                    thead { tr {
                        th scope="col" { "Week" } th scope="col" { "Freed hours became" } th.figure scope="col" { "Stress" }
                        th.figure scope="col" { "Hours" } th.figure scope="col" { "Usual" } th.figure scope="col" { "On the weekend" } th.figure scope="col" { "Days without work" } th.figure scope="col" { "In the evening" } th.figure scope="col" { "Switches a day" }
                    } }
                    tbody { @for week in weekly.weeks.iter().rev() { (row(week)) } }
                }
            }
            @if may_edit {
                details {
                    summary { "Answer for a week, or put an answer right" }
                    form method="post" action="/return/weeks" {
                        (choice("week", "Week of", &weekly.asked.to_string(), &weeks))
                        (number("work", "Hours that became work worth your time"))
                        (number("rest", "Hours that became rest"))
                        (number("vanished", "Hours that are gone"))
                        (choice("stress", "Stress, from 1 to 5", "", &[("", "as it is")].into_iter().chain(STRESS).collect::<Vec<_>>()))
                        button { "Note it" }
                    }
                }
            }
        }
    }
}

fn number(name: &str, label: &str) -> Markup {
    Field {
        class: "number",
        ..Field::text(name, label, "")
    }
    .show(None)
}

fn row(week: &AnsweredWeek) -> Markup {
    let none = || "\u{2013}".to_owned();
    html! {
        tr {
            th scope="row" { (words::day(week.monday)) }
            td data-label="Freed hours became" { (week.became.as_ref().map_or_else(none, became)) }
            td.figure data-label="Stress" { (week.stress.map_or_else(none, |it| format!("{} of 5", it.number()))) }
            td.figure data-label="Hours" { (hours(week.hours)) }
            td.figure data-label="Usual" { (week.usual_hours.map_or_else(none, |it| format!("{} h", words::rounded(it, 1).normalize()))) }
            td.figure data-label="On the weekend" { (hours(week.weekend)) }
            td.figure data-label="Days without work" { (week.free_days) }
            td.figure data-label="In the evening" { (week.dials.map_or_else(none, |it| hours(it.evening))) }
            td.figure data-label="Switches a day" { (week.dials.and_then(Dials::switches_per_day).map_or_else(none, |it| words::rounded(it, 1).normalize().to_string())) }
        }
    }
}
