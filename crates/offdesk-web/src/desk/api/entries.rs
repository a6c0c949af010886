//! Single entries, and pages of them.

use axum::http::StatusCode;
use offdesk_actions::Error;
use offdesk_actions::entries::{Cursor, EntryId, list_entries, load_entry};
use offdesk_actions::store::entries::EntryRow;
use offdesk_domain::Seconds;
use serde::Serialize;

use super::{at, day, json};
use crate::desk::ask::{Answer, Ask};

#[derive(Serialize)]
struct EntryJson<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    id: String,
    day: Option<String>,
    start: Option<String>,
    end: Option<String>,
    hours: f64,
    counted_hours: f64,
    person: &'e str,
    client: &'e str,
    project: &'e str,
    task: &'e str,
    tags: &'e str,
    description: &'e str,
}

impl<'e> EntryJson<'e> {
    fn of(row: &'e EntryRow) -> Self {
        Self {
            schema: None,
            id: EntryId::of(row).text(),
            day: row.day.map(day),
            start: row
                .span
                .map(|(start, _)| at(start.saturating_mul(1_000_000))),
            end: row.span.map(|(_, end)| at(end.saturating_mul(1_000_000))),
            hours: Seconds(row.seconds).hours_f64(),
            counted_hours: Seconds(row.counted).hours_f64(),
            person: &row.person,
            client: &row.client,
            project: &row.project,
            task: &row.task,
            tags: &row.tags,
            description: &row.description,
        }
    }
}

#[derive(Serialize)]
struct EntriesJson<'e> {
    schema: &'static str,
    entries: Vec<EntryJson<'e>>,
    next: Option<String>,
}

/// A page.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let before = ask.query.text("before");
        let before = match before {
            "" => None,
            text => Some(Cursor::parse(text)?),
        };
        let most = match ask.query.text("most") {
            "" => 50,
            text => text
                .parse()
                .ok()
                .filter(|most| (1..=200).contains(most))
                .ok_or_else(|| {
                    Error::invalid(
                        "most",
                        "request.most",
                        "a page has between 1 and 200 entries",
                    )
                })?,
        };
        let (rows, next) = ask
            .look(move |tx, actor, _| list_entries(tx, actor, before, most))
            .await?;
        let answer = EntriesJson {
            schema: "offdesk.entries/1",
            entries: rows.iter().map(EntryJson::of).collect(),
            next: next.map(|next| next.text()),
        };
        json(StatusCode::OK, &answer)
    })
}

/// One.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = EntryId::parse(ask.parts.get("entry").map_or("", String::as_str))?;
        let row = ask
            .look(move |tx, actor, _| load_entry(tx, actor, id))
            .await?;
        let answer = EntryJson {
            schema: Some("offdesk.entry/1"),
            ..EntryJson::of(&row)
        };
        json(StatusCode::OK, &answer)
    })
}
