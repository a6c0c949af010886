//! What an hour of the owner's is worth: the question, the three rates, the history.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::pay::today_of;
use offdesk_actions::workspaces::{Settings, load_settings};
use offdesk_actions::worths::{DatedWorth, Figures, NewWorth, list_worths, load_worth, set_worth};
use offdesk_domain::{Currency, Day, Worth};
use rust_decimal::Decimal;

use crate::desk::ask::{Answer, Ask, page as shown, page_with, see};
use crate::desk::errors::status_of;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, said, wrong};
use crate::words;

/// What was said of the worth.
struct Said {
    /// All of it, the latest first.
    worths: Vec<DatedWorth>,
    /// The one that counts now.
    counting: Option<DatedWorth>,
    settings: Settings,
    today: Day,
}

impl Said {
    /// Those that count from a later day on, the next one first.
    fn later(&self) -> impl Iterator<Item = &DatedWorth> {
        self.worths.iter().rev().filter(|one| self.is_later(one))
    }

    fn is_later(&self, one: &DatedWorth) -> bool {
        let is_same_day = |other: &&DatedWorth| {
            other.from == one.from && other.worth.currency == one.worth.currency
        };
        // Said twice for a day, the last word holds.
        let last = self.worths.iter().find(is_same_day);
        one.from > self.today
            && one.worth.currency == self.settings.currency
            && last.is_some_and(|last| last.id == one.id)
            && !self.is_counting(one)
    }

    fn is_counting(&self, one: &DatedWorth) -> bool {
        self.counting.as_ref().is_some_and(|now| now.id == one.id)
    }
}

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let said = load(&ask).await?;
        let note = match (ask.query.is_ticked("set"), ask.query.text("ceiling")) {
            (false, _) => "",
            (true, "worth") => {
                "Your worth is set. The most to pay for an hour is what it is worth, and not more: that would be lost."
            }
            (true, _) => "Your worth is set.",
        };
        Ok(shown(worth_page(&ask, &said, &Form::default(), None, note)))
    })
}

async fn load(ask: &Ask) -> Result<Said, Error> {
    ask.read(|tx, actor, moment| {
        Ok(Said {
            worths: list_worths(tx, actor)?,
            counting: load_worth(tx, actor, moment)?,
            settings: load_settings(tx, actor)?.0,
            today: today_of(tx, actor, moment)?,
        })
    })
    .await
}

/// Sets the worth.
pub fn set(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match read(&form) {
            Ok(new) => {
                let ceiling = new.ceiling;
                let set = ask.write(move |tx, actor, moment| set_worth(tx, actor, &new, moment));
                let set = set.await;
                set.map(|worth| ceiling.is_some_and(|ceiling| ceiling > worth.ceiling))
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(is_lowered) => {
                let is_empty = ask.read(|tx, actor, _| Ok(list_worths(tx, actor)?.len() == 1));
                let is_first = is_empty.await? && ask.hours().await?.is_empty();
                Ok(see(match (is_first, is_lowered) {
                    (_, true) => "/worth?set=1&ceiling=worth",
                    (true, false) => "/import",
                    (false, false) => "/worth?set=1",
                }))
            }
            Err(mut error) => {
                // The income that was made has a field of its own.
                if form.text("basis") == "made" && error.field == "income" {
                    error.field = "made";
                }
                let said = load(&ask).await?;
                Ok(page_with(
                    status_of(&error),
                    worth_page(&ask, &said, &form, Some(&error), ""),
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
            days: form.number("days")?,
            hours: form.number("hours")?,
            hours_worked: form.amount("hours_worked")?,
            profit: form.amount("profit")?,
            owner_pay: form.amount("owner_pay")?,
            salary: form.amount("salary")?,
            wage_share: form.number("wage_share")?,
            rate: form.amount("rate")?,
        },
        multiple: form.number("multiple")?,
        ceiling: form.amount("ceiling")?,
    })
}

fn worth_page(ask: &Ask, all: &Said, form: &Form, error: Option<&Error>, note: &str) -> Markup {
    let may_set = ask.may(Permission::Manage);
    let (worths, currency) = (&all.worths, all.settings.currency);
    let body = html! {
        h1 { "What is an hour of yours worth?" }
        (said(note))
        (wrong(error))
        @match &all.counting {
            Some(now) if now.worth.currency == currency => (rates(&now.worth)),
            Some(other) => (in_another(other.worth.currency, currency, html! {})),
            None => p.lead { "Work you could buy for less than this is costing you the difference. One figure is enough; you can change it whenever you like." }
        }
        @for later in all.later() {
            p { "From " (words::day(later.from)) " on it is " (words::rate(later.worth.hour, currency)) "." }
        }
        @if may_set { (question(&all.settings, form, error, worths.is_empty())) }
        @if worths.len() > 1 || (worths.len() == 1 && form == &Form::default()) { (history(all)) }
    };
    desk_page(ask, "Worth", &body)
}

/// The worth was said in a currency that the workspace no longer reckons in: it counts nowhere. With a way to say it anew.
pub(super) fn in_another(said: Currency, now: Currency, way: Markup) -> Markup {
    html! {
        div.banner role="note" {
            span { "Your worth was said in " (said.code()) ". In " (now.code()) " it has to be said anew." }
            (way)
        }
    }
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

fn history(all: &Said) -> Markup {
    let standing = |one: &DatedWorth| match one {
        _ if one.worth.currency != all.settings.currency => "in another currency",
        _ if all.is_counting(one) => "counts now",
        _ if all.is_later(one) => "later",
        _ => "",
    };
    html! {
        h2 { "Since when" }
        table.rows {
            thead { tr { th scope="col" { "From" } th scope="col" { "Basis" } th.figure scope="col" { "Worth" } th.figure scope="col" { "Target" } th.figure scope="col" { "Ceiling" } th scope="col" { "Now" } } }
            tbody {
                @for dated in &all.worths {
                    @let worth = &dated.worth;
                    tr {
                        th scope="row" { (words::day(dated.from)) }
                        td data-label="Basis" { (worth.basis.word()) ": " (worth.basis.reckoning()) }
                        td.figure data-label="Worth" { (words::rate(worth.hour, worth.currency)) }
                        td.figure data-label="Target" { (words::rate(worth.target, worth.currency)) }
                        td.figure data-label="Ceiling" { (words::rate(worth.ceiling, worth.currency)) }
                        td data-label="Now" { (standing(dated)) }
                    }
                }
            }
        }
    }
}
