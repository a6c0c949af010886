//! Where the hours come from: files, pasted text, memory, typed lines; what was imported, and its undoing.

mod asking;
pub mod calendars;
mod coming;
mod hints;
mod looking;
mod source;
mod typed;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::calendars::list_calendars;
use offdesk_actions::imports::list_sources;
use offdesk_actions::remembered::list_typed_lines;
use offdesk_actions::store::sources::SourceRow;
use offdesk_actions::store::uploads::UploadRow;
use offdesk_actions::uploads::{LONGEST, list_uploads};
use offdesk_actions::workspaces::load_settings;
use offdesk_domain::Seconds;

pub use self::coming::{log, paste, receive, remember};

pub use self::looking::{confirm, drop_file, preview};
pub use self::source::{source, undo};
pub use self::typed::{change_line, remove_line};
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::errors::sentence;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, said, wrong};
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
        let note = if let Some(note) = typed::note(ask.query.text("line")) {
            note
        } else if ask.query.is_ticked("logged") {
            "Logged."
        } else if ask.query.is_ticked("undone") {
            "The import is undone: none of its entries counts any more."
        } else if ask.query.is_ticked("nothing_new") {
            "The calendar was read. Nothing in it is new."
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
    page_of(ask, form, error, note, None).await
}

async fn page_of(
    ask: &Ask,
    form: &Form,
    error: Option<&Error>,
    note: &str,
    refused: Option<&typed::Refused<'_>>,
) -> Result<Markup, Error> {
    let (sources, uploads, calendars, settings, lines) = ask
        .read(|tx, actor, _| {
            Ok((
                list_sources(tx, actor)?,
                list_uploads(tx, actor)?,
                list_calendars(tx, actor)?,
                load_settings(tx, actor)?.0,
                list_typed_lines(tx, actor, None, typed::SHOWN)?.0,
            ))
        })
        .await?;
    let is_any_weekly = sources.iter().any(|source| source.days.is_none());
    let is_memory_unused = is_any_weekly && ask.hours().await?.is_memory_unused;
    let body = html! {
        h1 { "Where do your hours live?" }
        p.lead { "Any of these does. Rough hours do; you can come back with better ones at any time." }
        (said(note))
        (wrong(error.or(refused.map(|it| it.error))))
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
            (calendars::door(error))
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
        (typed::table(&lines, refused))
        (memory_table(form, error))
        (calendars::table(&calendars, settings.zone.as_deref()))
        @if is_memory_unused { (super::hours::memory_unused()) }
        (sources_table(&sources))
    };
    Ok(desk_page(ask, "Import", &body))
}

/// A week from memory, to fill in.
pub fn memory_table(form: &Form, error: Option<&Error>) -> Markup {
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
        // How long it is was never said, so nothing can go on where it was.
        "receiving" if upload.length == LONGEST => format!(
            "{} came before it was cut off; remove it, and send the file again from its beginning",
            bytes(upload.received)
        ),
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
                                @if source.format == "log" { a href={ "/sources/" (source.number) "#undo" } aria-label={ "Undo import " (source.number) } { "Undo \u{2026}" } }
                                @else { form method="post" action={ "/sources/" (source.number) "/removal" } {
                                    button.away.small aria-label={ "Undo import " (source.number) } { "Undo" }
                                } }
                            }
                        }
                    } }
                }
            }
        }
    }
}

fn days_of(source: &SourceRow) -> String {
    match source.days {
        Some((first, last)) if first == last => words::day_numbered(first),
        Some((first, last)) => format!(
            "{} to {}",
            words::day_numbered(first),
            words::day_numbered(last)
        ),
        None => "a usual week".to_owned(),
    }
}
