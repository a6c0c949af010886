//! What an hour of the owner's is worth: the question, the three rates, the history.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::workspaces::{Settings, load_settings};
use offdesk_actions::worths::{DatedWorth, Figures, NewWorth, list_worths, set_worth};
use offdesk_domain::Worth;
use rust_decimal::Decimal;

use crate::desk::ask::{Answer, Ask, page as shown, page_with, see};
use crate::desk::errors::status_of;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, said, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let (worths, settings) = load(&ask).await?;
        let note = if ask.query.is_ticked("set") {
            "Your worth is set."
        } else {
            ""
        };
        Ok(shown(worth_page(
            &ask,
            &worths,
            &settings,
            &Form::default(),
            None,
            note,
        )))
    })
}

async fn load(ask: &Ask) -> Result<(Vec<DatedWorth>, Settings), Error> {
    ask.read(|tx, actor, _| Ok((list_worths(tx, actor)?, load_settings(tx, actor)?.0)))
        .await
}

/// Sets the worth.
pub fn set(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match read(&form) {
            Ok(new) => {
                ask.write(move |tx, actor, moment| set_worth(tx, actor, &new, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => {
                let is_empty = ask.read(|tx, actor, _| Ok(list_worths(tx, actor)?.len() == 1));
                let is_first = is_empty.await? && ask.hours().await?.is_empty();
                Ok(see(if is_first { "/import" } else { "/worth?set=1" }))
            }
            Err(error) => {
                let (worths, settings) = load(&ask).await?;
                Ok(page_with(
                    status_of(&error),
                    worth_page(&ask, &worths, &settings, &form, Some(&error), ""),
                ))
            }
        }
    })
}

fn read(form: &Form) -> Result<NewWorth, Error> {
    let from = form.day("from")?;
    Ok(NewWorth {
        from,
        basis: form.text("basis").to_owned(),
        figures: Figures {
            income: match form.text("basis") {
                "made" => form.amount("made")?,
                _ => form.amount("income")?,
            },
            days: form.amount("days")?,
            hours: form.amount("hours")?,
            hours_worked: form.amount("hours_worked")?,
            profit: form.amount("profit")?,
            owner_pay: form.amount("owner_pay")?,
            salary: form.amount("salary")?,
            wage_share: form.amount("wage_share")?,
            rate: form.amount("rate")?,
        },
        multiple: form.amount("multiple")?,
        ceiling: form.amount("ceiling")?,
    })
}

fn worth_page(
    ask: &Ask,
    worths: &[DatedWorth],
    settings: &Settings,
    form: &Form,
    error: Option<&Error>,
    note: &str,
) -> Markup {
    let may_set = ask.may(Permission::Manage);
    let body = html! {
        h1 { "What is an hour of yours worth?" }
        (said(note))
        (wrong(error))
        @match worths.first() {
            Some(first) => (rates(&first.worth)),
            None => p.lead { "Work you could buy for less than this is costing you the difference. One figure is enough; you can change it whenever you like." }
        }
        @if may_set { (question(settings, form, error, worths.is_empty())) }
        @if worths.len() > 1 || (worths.len() == 1 && form == &Form::default()) { (history(worths)) }
    };
    desk_page(ask, "Worth", &body)
}

fn rates(worth: &Worth) -> Markup {
    let rate = |amount: Decimal| words::rate(amount, worth.currency);
    html! {
        dl.parts {
            div { dt { "is what your hour is worth: " (worth.basis.reckoning()) } dd { (rate(worth.hour)) } }
            div { dt { "is what it should become" } dd { (rate(worth.target)) } }
            div { dt { "is the most to pay for an hour" } dd { (rate(worth.ceiling)) } }
        }
    }
}

fn question(settings: &Settings, form: &Form, error: Option<&Error>, is_first: bool) -> Markup {
    let chosen = form.text("basis");
    let number = |name, label, value| Field {
        class: "number",
        ..Field::text(name, label, value)
    };
    let or = |name: &'static str, other: &'static str| -> String {
        let text = form.text(name);
        if text.is_empty() { other } else { text }.to_owned()
    };
    let (days, hours, multiple) = (or("days", "250"), or("hours", "8"), or("multiple", "2"));
    let radio = |value: &str, is_default: bool, text: &str| {
        let is_chosen = chosen == value || chosen.is_empty() && is_default;
        html! {
            label.choice { input type="radio" name="basis" value=(value) checked[is_chosen]; span { (text) } }
        }
    };
    html! {
        form method="post" action="/worth" {
            fieldset {
                legend { "In " (settings.currency.code()) ", on the basis of" }
                (radio("wanted", true, "what I want to make in a year"))
                div.row {
                    (number("income", "Income wanted in a year", form.text("income")).show(error))
                    (number("days", "Working days a year", &days).show(error))
                    (number("hours", "Hours a day", &hours).show(error))
                }
                (radio("stated", false, "a figure of my own"))
                div.row { (number("rate", "An hour", form.text("rate")).show(error)) }
                details open[matches!(chosen, "made" | "profit" | "replacement")] {
                    summary { "Other ways to reckon it" }
                    (radio("made", false, "what I made last year, by the hours really worked"))
                    div.row {
                        (number("made", "Income made in a year", form.text("made")).show(error))
                    }
                    (radio("profit", false, "the profit of the business and my own pay"))
                    div.row {
                        (number("profit", "Profit in a year", form.text("profit")).show(error))
                        (number("owner_pay", "Own pay in a year", form.text("owner_pay")).show(error))
                    }
                    div.row { (number("hours_worked", "Hours really worked in that year (for both)", form.text("hours_worked")).show(error)) }
                    (radio("replacement", false, "what somebody in my place would earn"))
                    div.row { (number("salary", "Salary in a year", form.text("salary")).show(error)) }
                }
            }
            details open[error.is_some_and(|error| matches!(error.field, "multiple" | "ceiling" | "from"))] {
                summary { "Target, ceiling, and since when" }
                div.row {
                    (number("multiple", "It should become so many times as much", &multiple).show(error))
                    (Field { help: "Empty: as much as it is worth.", ..number("ceiling", "The most to pay for an hour", form.text("ceiling")) }.show(error))
                    (Field { kind: "date", help: "Empty: today.", ..Field::text("from", "It counts from", form.text("from")) }.show(error))
                }
            }
            button { @if is_first { "Go on" } @else { "Set the worth" } }
        }
    }
}

fn history(worths: &[DatedWorth]) -> Markup {
    html! {
        h2 { "Since when" }
        table.rows {
            thead { tr { th scope="col" { "From" } th scope="col" { "Basis" } th.figure scope="col" { "Worth" } th.figure scope="col" { "Target" } th.figure scope="col" { "Ceiling" } } }
            tbody {
                @for dated in worths {
                    @let worth = &dated.worth;
                    tr {
                        th scope="row" { (words::day(dated.from)) }
                        td data-label="Basis" { (worth.basis.word()) ": " (worth.basis.reckoning()) }
                        td.figure data-label="Worth" { (words::rate(worth.hour, worth.currency)) }
                        td.figure data-label="Target" { (words::rate(worth.target, worth.currency)) }
                        td.figure data-label="Ceiling" { (words::rate(worth.ceiling, worth.currency)) }
                    }
                }
            }
        }
    }
}
