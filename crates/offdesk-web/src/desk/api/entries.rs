//! Single entries, and pages of them.

use std::fmt::Display;

use axum::http::{Method, StatusCode};
use axum::response::Response;
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::entries::{Cursor, EntryId, list_entries, load_entry};
use offdesk_actions::store::Tx;
use offdesk_actions::store::entries::EntryRow;
use offdesk_domain::{Day, Seconds};
use serde::{Serialize, Serializer};

use super::{Described, json};
use crate::desk::ask::Ask;
use crate::desk::paging::Paging;
use crate::desk::routes::{Access, Handle, PATIENCE, Route};

#[derive(Serialize)]
struct EntryJson<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    id: Shown<EntryId>,
    day: Option<Shown<jiff::civil::Date>>,
    start: Option<Shown<jiff::Timestamp>>,
    end: Option<Shown<jiff::Timestamp>>,
    hours: f64,
    counted_hours: f64,
    person: &'e str,
    client: &'e str,
    project: &'e str,
    task: &'e str,
    tags: &'e str,
    description: &'e str,
}

/// What is a text for programs: written into the answer itself, so that a page of entries makes none first.
struct Shown<T>(T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'e> EntryJson<'e> {
    fn of(row: &'e EntryRow) -> Self {
        let at = |seconds| jiff::Timestamp::from_second(seconds).ok().map(Shown);
        Self {
            schema: None,
            id: Shown(EntryId::of(row)),
            day: row
                .day
                .and_then(Day::from_number)
                .map(|day| Shown(day.date())),
            start: row.span.and_then(|(start, _)| at(start)),
            end: row.span.and_then(|(_, end)| at(end)),
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

/// The routes of entries, which programs ask for one by one.
pub(super) fn routes() -> [Route; 2] {
    let route = |path, handle, summary, answer| Route {
        method: Method::GET,
        path,
        access: Access::May(Permission::See),
        handle: Handle::Looking(handle),
        patience: PATIENCE,
        described: Some(Described {
            summary,
            fields: &[],
            answer,
        }),
    };
    [
        route(
            "/api/v1/entries",
            list,
            "A page of entries, the latest day first; before= takes the last page's next, most= at most 200",
            "offdesk.entries/1",
        ),
        route(
            "/api/v1/entries/{entry}",
            show,
            "An entry by its id",
            "offdesk.entry/1",
        ),
    ]
}

fn list(tx: &mut Tx<'_>, ask: &Ask) -> Result<Response, Error> {
    let paging = Paging::of(ask)?;
    let before = paging.place(Cursor::of)?;
    let (rows, next) = list_entries(tx, ask.actor()?, before, paging.most)?;
    let answer = EntriesJson {
        schema: "offdesk.entries/1",
        entries: rows.iter().map(EntryJson::of).collect(),
        next: next.map(|next| next.text()),
    };
    json(StatusCode::OK, &answer)
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<Response, Error> {
    let row = load_entry(tx, ask.actor()?, EntryId::parse(ask.part("entry"))?)?;
    let answer = EntryJson {
        schema: Some("offdesk.entry/1"),
        ..EntryJson::of(&row)
    };
    json(StatusCode::OK, &answer)
}
