//! What is known of a worker: everything the owner sees, to read, to put right and to take along.

use axum::http::header;
use axum::response::IntoResponse;
use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::people::own::export::export_own_record;
use offdesk_actions::people::own::shown::{SeenBy, ShownTable, shown_to_owner};
use offdesk_actions::people::own::{
    OwnFields, OwnRecord, change_own_record, load_own_record, set_off_until,
};
use offdesk_domain::person::Unit;

use super::work::work_page;
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, said, wrong};
use crate::desk::pages::people::{capacity, kind, place};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(record_page(&ask, &Form::default(), None).await?)) })
}

async fn record_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let record = ask.read(load_own_record).await?;
    let note = match ask.query.text("done") {
        "changed" => "What is known of you is changed.",
        _ => "",
    };
    let body = html! {
        h1 { "About you" }
        p.lead { "Everything that is kept of you here, the same as the owner sees it." }
        (said(if error.is_none() { note } else { "" }))
        (wrong(error))
        (facts(&record))
        (terms(&record))
        (access(&record))
        (correcting(&record, form, error))
        p.actions { a.button.plain href="/my/record/file" { "Take all of it along (JSON)" } }
        (what_they_see(&shown_to_owner()))
    };
    Ok(desk_page(ask, "About you", &body))
}

fn facts(record: &OwnRecord) -> Markup {
    let row = &record.row;
    let line = |label: &str, value: &str| {
        html! { @if !value.is_empty() { div { dt { (label) } dd { bdi { (words::shown(value, 4000)) } } } } }
    };
    html! {
        dl.facts.brief {
            (line("Name", &row.name))
            (line("What you are", kind(row)))
            (line("E-mail address", &row.email))
            (line("Where", &place(row)))
            (line("Time zone", &row.zone))
            (line("When you work", &row.working_hours))
            (line("Hours a week", &capacity(row)))
            (line("Languages", &row.languages))
            (line("What you can do", &row.skills))
            (line("Fees", &row.fees))
            (line("What they noted", &row.notes))
            @if let Some(back) = record.off_until { div { dt { "Off, back on" } dd { (words::day(back)) } } }
        }
    }
}

fn terms(record: &OwnRecord) -> Markup {
    html! {
        section aria-labelledby="terms" {
            h2 #terms { "What you are paid" }
            @if record.terms.is_empty() { p { "Nothing is noted here; what was agreed stands in each handoff." } } @else {
                @if let Some(now) = &record.now { p { "Now: " (now) "." } }
                table.rows {
                    thead { tr { th scope="col" { "From" } th.figure scope="col" { "Amount" } th scope="col" { "For" } th scope="col" { "Note" } } }
                    tbody { @for row in record.terms.iter().rev() { tr {
                        th scope="row" { (words::day_numbered(row.from_day)) }
                        td.figure data-label="Amount" { (row.amount) " " (row.currency) }
                        td data-label="For" { (Unit::of(&row.unit).map_or("", Unit::name)) }
                        td data-label="Note" { @if !row.note.is_empty() { bdi { (words::shown(&row.note, 200)) } } }
                    } } }
                }
            }
        }
    }
}

fn access(record: &OwnRecord) -> Markup {
    html! {
        @if !record.access.is_empty() {
            section aria-labelledby="access" {
                h2 #access { "What you were let into" }
                table.rows {
                    thead { tr { th scope="col" { "What" } th scope="col" { "Where" } th scope="col" { "Granted" } th scope="col" { "Taken back" } } }
                    tbody { @for row in &record.access { tr {
                        th scope="row" { bdi { (words::shown(&row.what, 160)) } }
                        td data-label="Where" { bdi { (words::shown(&row.location, 200)) } }
                        td data-label="Granted" { (words::day_numbered(row.granted_day)) }
                        td data-label="Taken back" { @match row.revoked_day { Some(number) => (words::day_numbered(number)), None => "not yet" } }
                    } } }
                }
            }
        }
    }
}

fn correcting(record: &OwnRecord, form: &Form, error: Option<&Error>) -> Markup {
    let row = &record.row;
    let field = |name: &'static str, label: &'static str, now: &str| {
        let value = form.text_or(name, now);
        html! { (Field::text(name, label, &value).show(error)) }
    };
    html! {
        details open[error.is_some()] {
            summary { "Put something right" }
            form method="post" action="/my/record" {
                input type="hidden" name="version" value=(row.version);
                (field("name", "Name", &row.name))
                (field("zone", "Time zone", &row.zone))
                (field("working_hours", "When you work", &row.working_hours))
                (field("languages", "Languages", &row.languages))
                (field("skills", "What you can do", &row.skills))
                button.plain { "Save" }
            }
            p.quiet { "Your pay, your address and what they noted are put right by the owner: tell them." }
        }
    }
}

fn what_they_see(tables: &[ShownTable]) -> Markup {
    html! {
        section aria-labelledby="seen" {
            h2 #seen { "What they can see about you" }
            p { "This list is made from the tables of the program themselves. Nothing else about you is kept for them; where you are signed in is kept for you alone, under " a href="/security" { "Security" } "." }
            @for table in tables {
                h3 { (table.title) }
                ul { @for field in &table.fields { li {
                    (field.words)
                    @if field.seen_by == SeenBy::Business { " " strong { "(not shown to you: it is about their hour, not about you)" } }
                } } }
            }
        }
    }
}

/// Puts right what is known of the worker.
pub fn change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let seen = form.version();
        let text = |name: &str| form.text(name).to_owned();
        let fields = OwnFields {
            name: text("name"),
            zone: text("zone"),
            working_hours: text("working_hours"),
            languages: text("languages"),
            skills: text("skills"),
        };
        let done = ask
            .write(move |tx, actor, moment| change_own_record(tx, actor, &fields, seen, moment))
            .await;
        match done {
            Ok(()) => Ok(see("/my/record?done=changed")),
            Err(error) => again(&error, record_page(&ask, &form, Some(&error))).await,
        }
    })
}

/// Everything as JSON, to take along.
pub fn file(ask: Ask) -> Answer {
    Box::pin(async move {
        let all = ask.read(export_own_record).await?;
        let headers = [
            (header::CONTENT_TYPE, "application/json"),
            (
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"my-record.json\"",
            ),
        ];
        Ok((headers, format!("{all:#}\n")).into_response())
    })
}

/// Notes until when the worker is off, or that they are back.
pub fn set_off(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match form.day("off_until") {
            Ok(back) => ask
                .write(move |tx, actor, moment| set_off_until(tx, actor, back, moment))
                .await
                .map(|()| back.is_some()),
            Err(error) => Err(error),
        };
        match done {
            Ok(true) => Ok(see("/my/work?done=off")),
            Ok(false) => Ok(see("/my/work?done=back")),
            Err(error) => again(&error, work_page(&ask, Some(&error))).await,
        }
    })
}
