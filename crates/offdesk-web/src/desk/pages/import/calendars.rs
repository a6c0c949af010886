//! Calendars at an address: the door to bring one in, the list of them, reading one again.

use super::import_page;
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::errors::{again, sentence};
use crate::desk::form::Form;
use crate::desk::layout::{Field, moment};
use crate::words;
use maud::{Markup, html};
use offdesk_actions::calendars::{
    Again, add_calendar, refresh_calendar, remove_calendar, set_again,
};
use offdesk_actions::store::calendars::CalendarRow;
use offdesk_actions::{Error, ErrorKind};
use std::sync::Arc;

/// The door for a calendar's address.
pub(super) fn door(error: Option<&Error>) -> Markup {
    html! {
        section.door aria-labelledby="door-calendar" {
            h2 #door-calendar { "A calendar\u{2019}s address" }
            p { "The secret address your calendar gives out, often called iCal or ICS. It is kept sealed; nobody sees more of it than its host." }
            form method="post" action="/import/calendars" {
                (Field { is_needed: true, ..Field::text("address", "Address, such as https://…/basic.ics", "") }.show(error))
                button { "Look at it" }
            }
        }
    }
}

/// The calendars there are.
pub(super) fn table(calendars: &[CalendarRow], zone: Option<&str>) -> Markup {
    html! {
        @if !calendars.is_empty() {
            section aria-labelledby="calendars" {
                h2 #calendars { "Calendars" }
                table.rows {
                    thead { tr { th scope="col" { "Calendar" } th scope="col" { "Last read" } th scope="col" { "Read again" } th scope="col" { "Calendar" } } }
                    tbody { @for calendar in calendars { (row(calendar, zone)) } }
                }
                p { small { "What is new comes in as one more import. What other imports have counts once." } }
            }
        }
    }
}

fn row(calendar: &CalendarRow, zone: Option<&str>) -> Markup {
    let host = words::shown(&calendar.host, 80);
    let path = |what: &str| format!("/import/calendars/{}/{what}", calendar.id);
    html! {
        tr {
            th scope="row" {
                bdi { (host) }
                @if !calendar.error.is_empty() { small { "Not read the last time: " (sentence(&calendar.error)) } }
            }
            td data-label="Last read" { @if let Some(at) = calendar.fetched_at { (moment(at, zone)) } @else { "never" } }
            td data-label="Read again" {
                form method="post" action=(path("schedule")) {
                    @if calendar.is_automatic {
                        "every six hours "
                        button.plain.small name="again" value="by-hand" aria-label={ "Stop reading " (host) " by itself" } { "Stop" }
                    } @else {
                        "by hand "
                        button.plain.small name="again" value="by-itself" aria-label={ "Read " (host) " every six hours" } { "Every six hours" }
                    }
                }
            }
            td { div.row {
                form method="post" action=(path("readings")) { button.plain.small aria-label={ "Read it now: " (host) } { "Read it now" } }
                form method="post" action=(path("removal")) { button.away.small aria-label={ "Remove the calendar " (host) } { "Remove" } }
            } }
        }
    }
}

/// Fetches a calendar, to be looked at.
pub fn add(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let (store, actor) = (Arc::clone(&ask.desk.store), ask.actor()?.clone());
        let (reach, moment) = (Arc::clone(&ask.desk.reach), ask.moment);
        let address = form.text("address").to_owned();
        let done = Ask::apart(move || add_calendar(&store, &actor, &reach, &address, moment));
        match done.await {
            Ok(upload) => Ok(see(&format!("/import/{}", upload.id))),
            Err(error) => refuse(&ask, error).await,
        }
    })
}

/// Reads a calendar again.
pub fn refresh(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("calendar")?;
        let (store, actor) = (Arc::clone(&ask.desk.store), ask.actor()?.clone());
        let (reach, moment) = (Arc::clone(&ask.desk.reach), ask.moment);
        let done = Ask::apart(move || refresh_calendar(&store, &actor, &reach, id, moment));
        match done.await.map(|it| it.imported) {
            Ok(Some(imported)) => {
                let (number, fresh) = (imported.source.number, imported.counted);
                Ok(see(&format!("/sources/{number}?read={fresh}")))
            }
            Ok(None) => Ok(see("/import?nothing_new=1")),
            Err(error) => refuse(&ask, error).await,
        }
    })
}

/// Lets a calendar be read by itself, or not any more.
pub fn schedule(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("calendar")?, ask.form().await?);
        let again = match form.text("again") {
            "by-itself" => Again::ByItself,
            _ => Again::ByHand,
        };
        ask.write(move |tx, actor, moment| set_again(tx, actor, id, again, moment))
            .await?;
        Ok(see("/import#calendars"))
    })
}

/// Removes a calendar.
pub fn remove(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("calendar")?;
        ask.write(move |tx, actor, moment| remove_calendar(tx, actor, id, moment))
            .await?;
        Ok(see("/import#calendars"))
    })
}

async fn refuse(ask: &Ask, error: Error) -> Result<axum::response::Response, Error> {
    if error.kind == ErrorKind::Failed {
        return Err(error);
    }
    again(&error, import_page(ask, &Form::default(), Some(&error), "")).await
}
