//! Settings: what the workspace is, and what only this browser keeps.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::price::{list_places, place_name, place_named};
use offdesk_actions::workspaces::{Settings, change_settings, load_settings, typed_working_day};
use offdesk_actions::worths::load_worth;
use offdesk_domain::returns::WorkingDay;
use offdesk_domain::{Currency, Place};

use super::worth::in_another;
use crate::desk::ask::{Answer, Ask, page as shown, page_with, see};
use crate::desk::errors::status_of;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, said, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let page = settings_page(&ask, &Form::default(), None).await?;
        Ok(shown(page))
    })
}

/// Changes the workspace's settings.
pub fn change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match read(&form) {
            Ok((settings, version)) => {
                ask.write(move |tx, actor, moment| {
                    change_settings(tx, actor, &settings, version, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => Ok(see("/settings?set=1")),
            Err(error) if error.code == "forbidden" => Err(error),
            Err(error) => {
                let page = settings_page(&ask, &form, Some(&error)).await?;
                Ok(page_with(status_of(&error), page))
            }
        }
    })
}

fn read(form: &Form) -> Result<(Settings, i64), Error> {
    let currency: Currency = form.text("currency").parse().map_err(|_| {
        Error::invalid(
            "currency",
            "settings.currency",
            format!("\"{}\" is not a currency", form.text("currency")),
        )
        .hint("use its three letters, such as USD, EUR or GBP")
    })?;
    let weeks = form.number("weeks_per_year")?.ok_or_else(|| {
        Error::invalid(
            "weeks_per_year",
            "settings.weeks",
            "the weeks you work in a year are missing",
        )
    })?;
    let version = form.text("version").parse().map_err(|_| {
        Error::invalid(
            "version",
            "settings.version",
            "the form does not say what was changed",
        )
        .hint("open the settings again and repeat it there")
    })?;
    let settings = Settings {
        name: form.text("name").to_owned(),
        currency,
        place: read_place(form.text("place"))?,
        zone: Some(form.text("zone").to_owned()).filter(|zone| !zone.is_empty()),
        weeks_per_year: weeks,
        working_day: typed_working_day(
            typed(form, "day_begins"),
            typed(form, "day_ends"),
            WorkingDay::USUAL,
        )?,
    };
    Ok((settings, version))
}

/// What was typed into a field; an empty one counts as none.
fn typed<'f>(form: &'f Form, name: &str) -> Option<&'f str> {
    Some(form.text(name)).filter(|text| !text.is_empty())
}

fn read_place(text: &str) -> Result<Place, Error> {
    place_named(text).map_err(|nearest| {
        Error::invalid(
            "place",
            "settings.place",
            format!("\"{text}\" is no place with prices"),
        )
        .hint(format!("the nearest are {}", words::listed(&nearest)))
    })
}

async fn settings_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let ((settings, version), worth) = ask
        .read(|tx, actor, moment| Ok((load_settings(tx, actor)?, load_worth(tx, actor, moment)?)))
        .await?;
    let is_set = ask.query.is_ticked("set") && error.is_none();
    let may_set = ask.actor()?.may(Permission::Manage);
    let other = worth
        .map(|counting| counting.worth.currency)
        .filter(|currency| *currency != settings.currency);
    let body = html! {
        h1 { "Settings" }
        (said(if is_set { "The settings are kept. Prices are those of the place and currency below." } else { "" }))
        (wrong(error))
        @if let Some(other) = other {
            (in_another(other, settings.currency, html! { a href="/worth" { "Set your worth" } }))
        }
        @if may_set { (of_workspace(&settings, version, form, error)) } @else { (as_they_are(&settings)) }
        (of_browser())
    };
    Ok(desk_page(ask, "Settings", &body))
}

fn of_workspace(settings: &Settings, version: i64, form: &Form, error: Option<&Error>) -> Markup {
    let is_first = form == &Form::default();
    let or = |name: &str, now: String| -> String {
        if is_first {
            now
        } else {
            form.text(name).to_owned()
        }
    };
    let (name, currency, zone, weeks) = (
        or("name", settings.name.clone()),
        or("currency", settings.currency.code().to_owned()),
        or("zone", settings.zone.clone().unwrap_or_default()),
        or("weeks_per_year", settings.weeks_per_year.to_string()),
    );
    let place = or("place", place_name(settings.place));
    let day = [
        or("day_begins", settings.working_day.begins().to_string()),
        or("day_ends", settings.working_day.ends().to_string()),
    ];
    html! {
        section aria-labelledby="workspace" {
            h2 #workspace { "This workspace" }
            form method="post" action="/settings" {
                input type="hidden" name="version" value=(version);
                (Field { is_needed: true, ..Field::text("name", "Name", &name) }.show(error))
                (listed(&Field { is_needed: true, help: "Where you would buy work: a country, or one of three American regions. Prices are those of this place.",
                    ..Field::text("place", "Place", &place) }, error))
                (Field { is_needed: true, class: "short", help: "Three letters. In another currency, your worth has to be said anew.",
                    ..Field::text("currency", "Currency", &currency) }.show(error))
                (Field { help: "For times that carry no zone, such as Europe/Berlin. Empty: as they stand.",
                    ..Field::text("zone", "Zone", &zone) }.show(error))
                (Field { is_needed: true, class: "number", help: "Without holidays and days ill.",
                    ..Field::text("weeks_per_year", "Weeks you work in a year", &weeks) }.show(error))
                (Field { class: "short", help: "Work before it is evening work. Empty: 7:00.",
                    ..Field::text("day_begins", "Your working day begins", &day[0]) }.show(error))
                (Field { class: "short", help: "Work after it is evening work. Empty: 19:00.",
                    ..Field::text("day_ends", "Your working day ends", &day[1]) }.show(error))
                p { small { "In another place or currency all market prices are made anew. Your own prices stay as you set them." } }
                button { "Keep the settings" }
            }
        }
    }
}

/// The field of the place, with the known places to choose from.
fn listed(field: &Field<'_>, error: Option<&Error>) -> Markup {
    html! {
        (field.show_with(error, "places"))
        datalist #places { @for (_, name) in list_places() { option value=(name) {} } }
    }
}

fn as_they_are(settings: &Settings) -> Markup {
    html! {
        section aria-labelledby="workspace" {
            h2 #workspace { "This workspace" }
            dl.facts {
                div { dt { "Name" } dd { bdi { (settings.name) } } }
                div { dt { "Place" } dd { (place_name(settings.place)) } }
                div { dt { "Currency" } dd { (settings.currency.code()) } }
                div { dt { "Zone" } dd { (settings.zone.as_deref().unwrap_or("as times stand")) } }
                div { dt { "Weeks a year" } dd { (settings.weeks_per_year) } }
                div { dt { "Working day" } dd { (settings.working_day.begins()) " to " (settings.working_day.ends()) } }
            }
            p { small { "An owner of the workspace can change them." } }
        }
    }
}

/// What the script keeps in the browser; without it the page follows the system, and there are no keys to switch off.
fn of_browser() -> Markup {
    let theme = |value: &str, text: &str| {
        html! { label.choice { input type="radio" name="theme" value=(value) data-theme checked[value.is_empty()]; span { (text) } } }
    };
    html! {
        section aria-labelledby="browser" {
            h2 #browser { "This browser" }
            p { small { "Kept here only, for nobody else." } }
            noscript { p { "Light or dark follows your system. With scripts switched on you can choose here." } }
            div data-local hidden {
                fieldset {
                    legend { "Light or dark" }
                    (theme("", "as the system has it"))
                    (theme("light", "light"))
                    (theme("dark", "dark"))
                }
                fieldset {
                    legend { "Keys" }
                    label.choice { input type="checkbox" data-keys checked; span { "Single keys: " kbd { "g" } " and a letter goes to a page, " kbd { "/" } " filters, " kbd { "j" } " and " kbd { "k" } " go from row to row, " kbd { "?" } " shows them all" } }
                }
            }
        }
    }
}
