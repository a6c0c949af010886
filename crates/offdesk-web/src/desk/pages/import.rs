//! Where the hours come from: files, pasted text, memory, typed lines; what was imported, and its undoing.

use std::sync::Arc;

use axum::extract::{FromRequest, Multipart};
use axum::http::Request;
use maud::{Markup, html};
use offdesk_actions::imports::{Choices, Preview, Remarks, list_sources, undo_source};
use offdesk_actions::remembered::{RememberedWork, log_time, remember_week};
use offdesk_actions::store::Uuid;
use offdesk_actions::store::sources::SourceRow;
use offdesk_actions::store::uploads::UploadRow;
use offdesk_actions::uploads::{
    LONGEST_PART, UploadError, add_part, begin_upload, drop_upload, list_uploads, load_upload,
    preview_upload, queue_upload,
};
use offdesk_actions::{Error, ErrorKind};
use offdesk_domain::{Day, Seconds};

use crate::desk::ask::{Answer, Ask, page as shown, page_with, see};
use crate::desk::errors::{sentence, status_of};
use crate::desk::form::{Form, amount};
use crate::desk::layout::{Field, choice, desk_page, said, wrong};
use crate::words;

/// What an owner of a small business usually does: rows to fill in from memory.
const USUAL: [&str; 10] = [
    "Inbox and messages",
    "Scheduling and reminders",
    "Invoicing and chasing payments",
    "Bookkeeping and receipts",
    "Customer support",
    "Social media and newsletter",
    "Website and shop updates",
    "Orders and suppliers",
    "Quotes and proposals",
    "Work for customers that only I can do",
];

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let note = if ask.query.is_ticked("logged") {
            "Logged."
        } else if ask.query.is_ticked("undone") {
            "The import is undone: none of its entries counts any more."
        } else {
            ""
        };
        import_page(&ask, &Form::default(), None, note)
            .await
            .map(shown)
    })
}

async fn import_page(
    ask: &Ask,
    form: &Form,
    error: Option<&Error>,
    note: &str,
) -> Result<Markup, Error> {
    let (sources, uploads) = ask
        .read(|tx, actor, _| Ok((list_sources(tx, actor)?, list_uploads(tx, actor)?)))
        .await?;
    let body = html! {
        h1 { "Where do your hours live?" }
        p.lead { "Four equal doors. Rough hours do; you can come back with better ones at any time." }
        (said(note))
        (wrong(error))
        @if !uploads.is_empty() { (under_way(&uploads)) }
        div.doors {
            section.door aria-labelledby="door-file" {
                h2 #door-file { "Files" }
                p { "An export of your tracker, a calendar file, any table with dates and hours. Several at once, if you like." }
                form method="post" action="/import" enctype="multipart/form-data" data-files {
                    div.drop {
                        label for="files" { "Choose or drop files" }
                        input #files type="file" name="file" multiple required;
                    }
                    button { "Look at them" }
                }
                p { small { "Nothing is imported before you have seen what is in it." } }
            }
            section.door aria-labelledby="door-paste" {
                h2 #door-paste { "Paste" }
                form method="post" action="/import/pasted" {
                    div.field {
                        label for="text" { "Rows of a table or a calendar" }
                        textarea #text name="text" rows="6" required { (form.raw("text")) }
                    }
                    button { "Look at it" }
                }
            }
            section.door aria-labelledby="door-log" {
                h2 #door-log { "A line now and then" }
                form method="post" action="/import/log" {
                    (Field { help: "The length, then what it was.", is_needed: true, ..Field::text("line", "Such as: 2h inbox", form.text("line")) }.show(error))
                    (Field { kind: "date", class: "short", help: "Empty: today.", ..Field::text("day", "Day", form.text("day")) }.show(error))
                    button { "Log it" }
                }
            }
            section.door aria-labelledby="door-demo" {
                h2 #door-demo { "An example company" }
                p { "See how it looks with somebody else\u{2019}s invented hours. It stands apart from yours and goes with one button." }
                form method="post" action="/workspaces/demo" { button.plain { "Show me the example" } }
            }
        }
        (memory_table(form, error))
        (sources_table(&sources))
    };
    Ok(desk_page(ask, "Import", &body))
}

fn memory_table(form: &Form, error: Option<&Error>) -> Markup {
    let names: Vec<&str> = form.all("name").collect();
    let hours: Vec<&str> = form.all("hours").collect();
    let rows = USUAL.len() + 2;
    html! {
        section aria-labelledby="memory" {
            h2 #memory { "From memory" }
            p { "Hours in a usual week, to the half hour. Leave empty what you do not do; change the words as you like." }
            form method="post" action="/import/memory" {
                @if let Some(error) = error.filter(|error| error.field == "hours") { p.wrong { (sentence(&error.message)) } }
                table.rows {
                    thead { tr { th scope="col" { "Kind of work" } th scope="col" { "Hours a week" } } }
                    tbody {
                        @for at in 0..rows {
                            @let name = names.get(at).copied().or(USUAL.get(at).copied()).unwrap_or("");
                            tr {
                                td { input type="text" name="name" value=(name) aria-label={ "Kind of work " (at + 1) } maxlength="120"; }
                                td { input.number type="number" name="hours" min="0" max="168" step="0.5" value=(hours.get(at).copied().unwrap_or("")) aria-label={ "Hours a week of " (if name.is_empty() { "this" } else { name }) }; }
                            }
                        }
                    }
                }
                button { "This is my week" }
            }
        }
    }
}

fn under_way(uploads: &[UploadRow]) -> Markup {
    html! {
        section aria-labelledby="waiting" {
            h2 #waiting { "Waiting for you" }
            table.rows {
                tbody { @for upload in uploads {
                    tr {
                        th scope="row" { a href={ "/import/" (upload.id) } { bdi { (words::shown(&upload.file, 80)) } } }
                        td { (state_of(upload)) }
                    }
                } }
            }
        }
    }
}

fn state_of(upload: &UploadRow) -> String {
    match upload.state.as_str() {
        "receiving" => format!(
            "{} of {} came; choose the same file again to go on",
            bytes(upload.received),
            bytes(upload.length)
        ),
        "waiting" => "look at it, then import it".to_owned(),
        "failed" => "could not be imported".to_owned(),
        _ => "is being imported".to_owned(),
    }
}

fn bytes(length: i64) -> String {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    let unit = units.iter().find(|(_, size)| length >= *size);
    unit.map_or_else(
        || format!("{length} bytes"),
        |(name, size)| format!("{}.{} {name}", length / size, length % size * 10 / size),
    )
}

fn sources_table(sources: &[SourceRow]) -> Markup {
    html! {
        @if !sources.is_empty() {
            section aria-labelledby="sources" {
                h2 #sources { "What was imported" }
                table.rows {
                    thead { tr {
                        th scope="col" { "Source" } th scope="col" { "Days" } th.figure scope="col" { "Entries" } th.figure scope="col" { "Hours" } th scope="col" { "Undo" }
                    } }
                    tbody { @for source in sources {
                        tr {
                            th scope="row" { a href={ "/sources/" (source.number) } { bdi { (words::shown(&source.file, 80)) } } " " br; small { (source.label) " (" (source.kind) ")" } }
                            td data-label="Days" { (days_of(source)) }
                            td.figure data-label="Entries" { (words::count(source.entries, "entry", "entries")) }
                            td.figure data-label="Hours" { (words::hours(Seconds(source.seconds).hours())) }
                            td {
                                form method="post" action={ "/sources/" (source.number) "/removal" } {
                                    button.away.small aria-label={ "Undo import " (source.number) } { "Undo" }
                                }
                            }
                        }
                    } }
                }
            }
        }
    }
}

fn days_of(source: &SourceRow) -> String {
    let day = |day: i64| i32::try_from(day).map_or(String::new(), |day| words::day(Day(day)));
    match source.days {
        Some((first, last)) if first == last => day(first),
        Some((first, last)) => format!("{} to {}", day(first), day(last)),
        None => "a usual week".to_owned(),
    }
}

/// Takes files as a plain form sends them.
pub fn receive(ask: Ask) -> Answer {
    Box::pin(async move {
        let request = {
            let mut request = Request::builder().method("POST").uri("/import");
            if let Some(kind) = ask.headers.get("content-type") {
                request = request.header("content-type", kind);
            }
            request
        };
        let mut ask = ask;
        let body = ask.take_body();
        let broken = |_| {
            Error::new(
                ErrorKind::Invalid,
                "request.broken",
                "the files did not come whole",
            )
            .hint("send them again")
        };
        let request = request.body(body).map_err(broken)?;
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| {
            Error::new(
                ErrorKind::Invalid,
                "request.form",
                "this is no form with files",
            )
        })?;
        let mut ids = Vec::new();
        loop {
            let field = parts.next_field().await.map_err(|_| broken_form())?;
            let Some(field) = field else { break };
            if field.name() != Some("file") {
                continue;
            }
            let name = field.file_name().unwrap_or("file").to_owned();
            if let Some(id) = take_file(&ask, name, field).await? {
                ids.push(id);
            }
        }
        match ids.as_slice() {
            [] => {
                let error =
                    Error::invalid("file", "import.empty", "no file came, or only empty ones");
                let page = import_page(&ask, &Form::default(), Some(&error), "").await?;
                Ok(page_with(status_of(&error), page))
            }
            [only] => Ok(see(&format!("/import/{only}"))),
            _ => Ok(see("/import")),
        }
    })
}

fn broken_form() -> Error {
    Error::new(
        ErrorKind::Invalid,
        "request.broken",
        "the files did not come whole",
    )
    .hint("send them again")
}

/// Keeps a file as it comes, part by part. How long it is, is known at its end.
async fn take_file(
    ask: &Ask,
    name: String,
    mut field: axum::extract::multipart::Field<'_>,
) -> Result<Option<Uuid>, Error> {
    let mut waiting: Vec<u8> = Vec::new();
    let mut parts: Option<UploadRow> = None;
    loop {
        let chunk = field.chunk().await.map_err(|_| broken_form())?;
        let is_last = chunk.is_none();
        waiting.extend_from_slice(chunk.as_deref().unwrap_or_default());
        while waiting.len() >= LONGEST_PART || is_last && !waiting.is_empty() {
            let rest = waiting.split_off(waiting.len().min(LONGEST_PART));
            let part = std::mem::replace(&mut waiting, rest);
            let (name, known) = (name.clone(), parts.clone());
            let row = ask
                .write(move |tx, actor, moment| {
                    let known = match known {
                        Some(known) => known,
                        None => begin_upload(tx, actor, &name, i64::from(u32::MAX) / 4, moment)?,
                    };
                    add_part(tx, actor, known.id, known.received, part)
                })
                .await?;
            parts = Some(row);
        }
        if is_last {
            break;
        }
    }
    let Some(row) = parts else { return Ok(None) };
    let id = row.id;
    ask.write(move |tx, actor, _| offdesk_actions::uploads::end_upload(tx, actor, id))
        .await?;
    Ok(Some(id))
}

/// Takes pasted text.
pub fn paste(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let text = form.raw("text").to_owned().into_bytes();
        let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
        let done = ask
            .write(move |tx, actor, moment| {
                let row = begin_upload(tx, actor, "pasted", length, moment)?;
                add_part(tx, actor, row.id, 0, text)
            })
            .await;
        match done {
            Ok(row) => Ok(see(&format!("/import/{}", row.id))),
            Err(error) => refuse(&ask, &form, &error).await,
        }
    })
}

async fn refuse(ask: &Ask, form: &Form, error: &Error) -> Result<axum::response::Response, Error> {
    let page = import_page(ask, form, Some(error), "").await?;
    Ok(page_with(status_of(error), page))
}

/// Takes a week from memory.
pub fn remember(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match read_memory(&form) {
            Ok(rows) => {
                ask.write(move |tx, actor, moment| remember_week(tx, actor, &rows, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see("/hours")),
            Err(error) => refuse(&ask, &form, &error).await,
        }
    })
}

fn read_memory(form: &Form) -> Result<Vec<RememberedWork>, Error> {
    let rows = form.all("name").zip(form.all("hours"));
    rows.filter(|(_, hours)| !hours.is_empty())
        .map(|(name, hours)| {
            let hours = amount(hours).map_err(|why| {
                Error::invalid("hours", "form.amount", format!("\"{hours}\": {why}"))
            })?;
            Ok(RememberedWork {
                name: name.to_owned(),
                hours,
            })
        })
        .collect()
}

/// Logs a line.
pub fn log(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let (line, day) = (form.text("line").to_owned(), form.text("day").to_owned());
        let day = if day.is_empty() {
            Ok(None)
        } else {
            let date: Result<jiff::civil::Date, _> = day.parse();
            date.map(|date| Some(Day::from_date(date))).map_err(|_| {
                Error::invalid("day", "form.day", format!("\"{day}\" is not a day"))
                    .hint("write it as 2026-02-12")
            })
        };
        let done = match day {
            Ok(day) => {
                ask.write(move |tx, actor, moment| log_time(tx, actor, &line, day, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see("/import?logged=1")),
            Err(error) => refuse(&ask, &form, &error).await,
        }
    })
}

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

fn being_imported(upload: &UploadRow) -> Markup {
    html! {
        h1 { "Importing " bdi { (words::shown(&upload.file, 80)) } }
        div data-upload=(upload.id) role="status" {
            p { "This takes a few seconds; a million rows take about ten." }
            progress aria-label="Importing" {}
        }
        p { a.button href={ "/import/" (upload.id) } { "Look again" } }
    }
}

fn read_choices(form: &Form) -> Choices {
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
                (options(upload, &choices, Some(&preview)))
            }
            Err(error) if error.kind == ErrorKind::Invalid => {
                (wrong(Some(&error)))
                (options(upload, &choices, None))
            }
            Err(error) => { (wrong(Some(&error))) }
        }
        (removal(upload))
    })
}

fn found(preview: &Preview) -> Markup {
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
        @for question in &report.questions { p.notice { (sentence(question)) } }
        (problems(&report.problems.iter().map(|problem| (problem.line, problem.to_string(), problem.hint.clone())).collect::<Vec<_>>()))
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

fn problems(problems: &[(Option<u64>, String, String)]) -> Markup {
    html! {
        @if !problems.is_empty() {
            details {
                summary { (words::count(u64::try_from(problems.len()).unwrap_or(0), "remark", "remarks")) " on single rows" }
                ul { @for (_, text, hint) in problems { li { (sentence(text)) @if !hint.is_empty() { " " small { (sentence(hint)) } } } } }
            }
        }
    }
}

fn options(upload: &UploadRow, choices: &Choices, preview: Option<&Preview>) -> Markup {
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
            details open[is_asked] {
                summary { "How it is read" }
                (choice("date_order", "Order of the dates", &choices.date_order, &orders))
                (Field { help: "Such as Europe/Berlin. Empty: as the file says, or as the times stand.", ..Field::text("zone", "Zone of times that carry none", &choices.zone) }.show(None))
                (Field { help: "Name or address; empty: everybody.", ..Field::text("person", "Only the entries of", &choices.person) }.show(None))
                div.row {
                    (Field::text("map-date", "Column of the date", map("date")).show(None))
                    (Field::text("map-hours", "Column of the hours", map("hours")).show(None))
                    (Field::text("map-notes", "Column of the text", map("notes")).show(None))
                }
                label.choice { input type="checkbox" name="allow_long" value="1" checked[choices.allow_long]; span { "Count entries longer than a day, too" } }
                button.plain formmethod="get" { "Read it like this" }
            }
            @if preview.is_some_and(|preview| preview.report.entries > 0) {
                button { "Import it" }
            }
        }
    }
}

fn removal(upload: &UploadRow) -> Markup {
    html! {
        form method="post" action={ "/import/" (upload.id) "/removal" } { button.plain.small { "Leave it" } }
    }
}

/// Imports what was looked at.
pub fn confirm(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("upload")?;
        let choices = read_choices(&ask.form().await?);
        ask.write(move |tx, actor, moment| queue_upload(tx, actor, id, &choices, moment))
            .await?;
        ask.desk.wake();
        Ok(see(&format!("/import/{id}")))
    })
}

/// Drops a file.
pub fn drop_file(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("upload")?;
        ask.write(move |tx, actor, _| drop_upload(tx, actor, id))
            .await?;
        Ok(see("/import"))
    })
}

/// An import.
pub fn source(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("source")?;
        let sources = ask.read(|tx, actor, _| list_sources(tx, actor)).await?;
        let source = sources
            .into_iter()
            .find(|source| source.number == number)
            .ok_or_else(|| Error::not_found("import"))?;
        let remarks = Remarks::of_source(&source);
        let note = if ask.query.is_ticked("new") {
            format!(
                "Imported {}.",
                words::count(source.entries, "entry", "entries")
            )
        } else {
            String::new()
        };
        let found: Vec<_> = remarks
            .problems
            .iter()
            .map(|it| {
                let place = it
                    .line
                    .map_or(String::new(), |line| format!("line {line}: "));
                (it.line, format!("{place}{}", it.message), it.hint.clone())
            })
            .collect();
        let body = html! {
            h1 { bdi { (words::shown(&source.file, 80)) } }
            (said(&note))
            dl.facts {
                div { dt { "Format" } dd { (source.label) } }
                div { dt { "Entries" } dd { (words::count(source.entries, "entry", "entries")) ", " (words::hours_long(Seconds(source.seconds).hours())) ", " (source.kind) } }
                div { dt { "Days" } dd { (days_of(&source)) } }
                @if source.skipped > 0 { div { dt { "Left out" } dd { (words::count(source.skipped, "row", "rows")) @if source.bad > 0 { ", " (source.bad) " of them not understood" } } } }
                @for decision in &remarks.decisions { div { dt { "Read as" } dd { (sentence(decision)) } } }
            }
            (problems(&found))
            p.actions { a.button href="/hours" { "See where the hours go" } a.button.plain href="/import" { "Import more" } }
            form method="post" action={ "/sources/" (number) "/removal" } { button.away { "Undo this import" } }
        };
        Ok(shown(desk_page(&ask, "Import", &body)))
    })
}

/// Undoes an import.
pub fn undo(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("source")?;
        let (store, actor, moment) = (
            Arc::clone(&ask.desk.store),
            ask.actor()?.clone(),
            ask.moment,
        );
        Ask::apart(move || undo_source(&store, &actor, number, moment)).await?;
        Ok(see("/import?undone=1"))
    })
}
