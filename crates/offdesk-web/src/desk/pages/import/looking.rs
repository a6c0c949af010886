//! What an upload would bring, with the questions that are open.

use super::asking::{asking_order, asking_zone, looked_at_like};
use super::hints::{on_page, said_on_page};
use super::state_of;
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::sentence;
use crate::desk::form::Form;
use crate::desk::layout::{Field, choice, desk_page, wrong};
use crate::words;
use maud::{Markup, html};
use offdesk_actions::actor::Permission;
use offdesk_actions::imports::{Choices, Preview, list_sources};
use offdesk_actions::store::uploads::UploadRow;
use offdesk_actions::uploads::{
    UploadError, drop_upload, load_upload, preview_upload, queue_upload,
};
use offdesk_actions::workspaces::set_first_zone;
use offdesk_actions::{Error, ErrorKind};
use offdesk_domain::{Day, Seconds};
use std::sync::Arc;

/// Shows what an upload would bring, with the questions that are open.
pub fn preview(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("upload")?;
        let upload = ask
            .read(move |tx, actor, _| load_upload(tx, actor, id))
            .await?;
        let body = match upload.state.as_str() {
            "done" => {
                let sources = ask.read(|tx, actor, _| list_sources(tx, actor)).await?;
                let source = sources.iter().find(|it| Some(it.id) == upload.source_id);
                return Ok(match source {
                    Some(source) => see(&format!("/sources/{}?new=1", source.number)),
                    None => see("/import"),
                });
            }
            "queued" | "importing" => being_imported(&upload),
            "receiving" => html! {
                h1 { bdi { (words::shown(&upload.file, 80)) } }
                p { (sentence(&state_of(&upload))) }
                p { a.button href="/import" { "Back to the files" } }
                (removal(&upload))
            },
            _ => {
                let choices = read_choices(&ask.query);
                looked_at(&ask, &upload, choices).await?
            }
        };
        Ok(shown(desk_page(&ask, "Import", &body)))
    })
}

pub(super) fn being_imported(upload: &UploadRow) -> Markup {
    html! {
        h1 { "Importing " bdi { (words::shown(&upload.file, 80)) } }
        div data-upload=(upload.id) role="status" {
            p { "This takes a few seconds; a million rows take about ten." }
            progress aria-label="Importing" {}
        }
        p { a.button href={ "/import/" (upload.id) } { "Look again" } }
    }
}

pub(super) fn read_choices(form: &Form) -> Choices {
    let map = form
        .fields()
        .filter_map(|(name, value)| Some((name.strip_prefix("map-")?, value)))
        .filter(|(_, column)| !column.trim().is_empty())
        .map(|(field, column)| (field.to_owned(), column.trim().to_owned()))
        .collect();
    Choices {
        zone: form.text("zone").to_owned(),
        date_order: form.text("date_order").to_owned(),
        format: form.text("format").to_owned(),
        map,
        person: form.text("person").to_owned(),
        allow_long: form.is_ticked("allow_long"),
        from: form.text("from").to_owned(),
        to: form.text("to").to_owned(),
        replace: form.is_ticked("replace"),
    }
}

async fn looked_at(ask: &Ask, upload: &UploadRow, choices: Choices) -> Result<Markup, Error> {
    let (store, actor, moment) = (
        Arc::clone(&ask.desk.store),
        ask.actor()?.clone(),
        ask.moment,
    );
    let (id, given) = (upload.id, choices.clone());
    let read = Ask::apart(move || preview_upload(&store, &actor, id, &given, moment)).await;
    let failed = UploadError::of(upload);
    Ok(html! {
        h1 { bdi { (words::shown(&upload.file, 80)) } }
        @match read {
            Ok(preview) => {
                @if let Some(failed) = failed {
                    div.wrong role="alert" { strong { "It could not be imported: " (failed.message) } p { small { "Code: " (failed.code) } } }
                }
                (found(&preview))
                (options(ask, upload, &choices, Some(&preview)))
            }
            Err(error) if error.kind == ErrorKind::Invalid => {
                (wrong(Some(&on_page(&error))))
                @if error.code == "import.date_ambiguous" { (asking_order(upload, &choices)) }
                (options(ask, upload, &choices, None))
            }
            Err(error) => { (wrong(Some(&on_page(&error)))) }
        }
        (removal(upload))
    })
}

pub(super) fn found(preview: &Preview) -> Markup {
    let report = &preview.report;
    let day = |day: Day| words::day(day);
    html! {
        dl.facts {
            div { dt { "Format" } dd { (report.label) } }
            div { dt { "Entries" } dd {
                (words::count(report.entries, "entry", "entries")) ", " (words::hours_long(report.seconds.hours()))
                @if let Some((first, last)) = report.days { ", " (day(first)) " to " (day(last)) }
            } }
            @if report.people.len() > 1 {
                div { dt { "People" } dd { (words::listed(&report.people.keys().take(6).cloned().collect::<Vec<_>>())) } }
            }
            @if report.skipped > 0 { div { dt { "Left out" } dd { (words::count(report.skipped, "row", "rows")) @if report.bad > 0 { ", " (report.bad) " of them not understood" } } } }
            @for decision in &report.decisions { div { dt { "Read as" } dd { (sentence(decision)) } } }
        }
        @if let Some(number) = preview.already {
            div.wrong role="note" { strong { "This file is imported already." } p { "It is import " (number) "; importing it again brings nothing." } }
        }
        @if !preview.otherwise.is_empty() {
            div.wrong role="note" { strong { "This file is imported already, read another way." } p { "Importing it takes the place of import " (numbered(&preview.otherwise)) ", so that nothing counts twice." } }
        }
        @for question in &report.questions { p.notice { (sentence(question)) } }
        (problems(&report.problems.iter().map(|problem| (problem.line, problem.to_string(), said_on_page(problem.code, &problem.hint))).collect::<Vec<_>>()))
        @if !preview.activities.is_empty() {
            h2 { "What it is about" }
            ul {
                @for (name, seconds) in preview.activities.iter().take(8) {
                    li { bdi { (words::shown(name, 80)) } ", " (words::hours_long(Seconds(*seconds).hours())) }
                }
                @if preview.activities.len() > 8 { li { "and " (preview.activities.len() - 8) " more" } }
            }
        }
    }
}

fn numbered(numbers: &[i64]) -> String {
    words::listed(&numbers.iter().map(i64::to_string).collect::<Vec<_>>())
}

pub(super) fn problems(problems: &[(Option<u64>, String, String)]) -> Markup {
    html! {
        @if !problems.is_empty() {
            details {
                summary { (words::count(u64::try_from(problems.len()).unwrap_or(0), "remark", "remarks")) " on single rows" }
                ul { @for (_, text, hint) in problems { li { (sentence(text)) @if !hint.is_empty() { " " small { (sentence(hint)) } } } } }
            }
        }
    }
}

fn options(ask: &Ask, upload: &UploadRow, choices: &Choices, preview: Option<&Preview>) -> Markup {
    let is_zone_asked = ask.zone().is_none() && choices.zone.is_empty() && preview.is_some();
    let is_asked = preview.is_none_or(|preview| !preview.report.questions.is_empty());
    let action = format!("/import/{}", upload.id);
    let orders = [
        ("", "as the file says"),
        ("dmy", "day first: 31/12/2026"),
        ("mdy", "month first: 12/31/2026"),
        ("ymd", "year first: 2026-12-31"),
    ];
    let map = |field: &str| {
        let found = choices.map.iter().find(|(known, _)| known == field);
        found.map_or("", |(_, column)| column.as_str())
    };
    html! {
        form method="post" action=(action) {
            @if is_zone_asked { (asking_zone(ask)) }
            details open[is_asked] {
                summary { "How it is read" }
                (choice("date_order", "Order of the dates", &choices.date_order, &orders))
                @if !is_zone_asked {
                    (Field { help: "Such as Europe/Berlin. Empty: as the file says, or that of the workspace.", ..Field::text("zone", "Zone of times that carry none", &choices.zone) }.show(None))
                }
                (Field { help: "Name or address; empty: everybody.", ..Field::text("person", "Only the entries of", &choices.person) }.show(None))
                div.row {
                    (Field::text("map-date", "Column of the date", map("date")).show(None))
                    (Field::text("map-hours", "Column of the hours", map("hours")).show(None))
                    (Field::text("map-notes", "Column of the text", map("notes")).show(None))
                }
                div.row {
                    (Field { kind: "date", class: "short", help: "Of totals without dates: the first day they cover.", ..Field::text("from", "From", &choices.from) }.show(None))
                    (Field { kind: "date", class: "short", help: "And the last one.", ..Field::text("to", "To", &choices.to) }.show(None))
                }
                label.choice { input type="checkbox" name="allow_long" value="1" checked[choices.allow_long]; span { "Count entries longer than a day, too" } }
                button.plain name="look" value="1" { "Read it like this" }
            }
            @if preview.is_some_and(|preview| preview.report.entries > 0) {
                @if preview.is_some_and(|preview| !preview.otherwise.is_empty()) {
                    input type="hidden" name="replace" value="1";
                }
                button { "Import it" }
            }
        }
    }
}

pub(super) fn removal(upload: &UploadRow) -> Markup {
    html! {
        form method="post" action={ "/import/" (upload.id) "/removal" } { button.plain.small { "Leave it" } }
    }
}

/// Imports what was looked at, or leads back to look at it in another way.
pub fn confirm(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("upload")?;
        let form = ask.form().await?;
        let choices = read_choices(&form);
        if form.is_ticked("look") {
            return Ok(see(&looked_at_like(id, &choices)));
        }
        let is_first = ask.zone().is_none() && !choices.zone.is_empty();
        let is_first = is_first && ask.may(Permission::Manage);
        ask.write(move |tx, actor, moment| {
            let queued = queue_upload(tx, actor, id, &choices, moment)?;
            if is_first {
                set_first_zone(tx, actor, &choices.zone, moment)?;
            }
            Ok(queued)
        })
        .await?;
        ask.desk.wake();
        Ok(see(&format!("/import/{id}")))
    })
}

/// Drops a file.
pub fn drop_file(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("upload")?;
        ask.write(move |tx, actor, moment| drop_upload(tx, actor, id, moment))
            .await?;
        Ok(see("/import"))
    })
}
