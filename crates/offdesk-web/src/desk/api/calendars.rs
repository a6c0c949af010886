//! Calendars at an address, for programs. No answer holds more of an address than its host.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use offdesk_actions::actor::Permission;
use offdesk_actions::calendars::{
    Again, fetch_new, keep_calendar, list_calendars, refresh_calendar, remove_calendar, set_again,
};
use offdesk_actions::store::calendars::CalendarRow;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use super::uploads::UploadJson;
use super::{at, change, done_before, json, keep, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{Order, Paging};

#[derive(Serialize)]
struct CalendarJson {
    id: String,
    host: String,
    by_itself: bool,
    read: Option<String>,
    error: String,
    since: String,
}

impl CalendarJson {
    fn of(row: CalendarRow) -> Self {
        Self {
            id: row.id.to_string(),
            host: row.host,
            by_itself: row.is_automatic,
            read: row.fetched_at.map(at),
            error: row.error,
            since: at(row.created_at),
        }
    }
}

#[derive(Serialize)]
struct CalendarsJson {
    schema: &'static str,
    calendars: Vec<CalendarJson>,
    next: Option<String>,
}

/// A page of the calendars.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let rows = ask.read(|tx, actor, _| list_calendars(tx, actor)).await?;
        let (rows, next) = paging.page(rows, Order::Rising, |row| (row.created_at, row.id))?;
        let answer = CalendarsJson {
            schema: "offdesk.calendars/1",
            calendars: rows.into_iter().map(CalendarJson::of).collect(),
            next,
        };
        json(StatusCode::OK, &answer)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCalendar {
    address: String,
}

/// Fetches a calendar; the answer is an upload to look at and to import.
pub fn add(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let bytes = ask.bytes().await?;
        let sent: NewCalendar = read(&bytes)?;
        if let Some(response) = done_before(&ask, Permission::Import, &bytes).await? {
            return Ok(response);
        }
        let (store, actor) = (Arc::clone(&ask.desk.store), ask.actor()?.clone());
        let (reach, moment) = (Arc::clone(&ask.desk.reach), ask.moment);
        let new =
            Ask::apart(move || fetch_new(&store, &actor, &reach, &sent.address, moment)).await?;
        change(
            &ask,
            Permission::Import,
            &bytes,
            StatusCode::CREATED,
            move |tx, actor, moment| Ok(UploadJson::of(&keep_calendar(tx, actor, new, moment)?)),
        )
        .await
    })
}

#[derive(Serialize)]
struct ReadingJson {
    schema: &'static str,
    source: Option<i64>,
    entries: u64,
}

/// Reads a calendar again.
pub fn refresh(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, bytes) = (ask.id("calendar")?, ask.bytes().await?);
        if let Some(response) = done_before(&ask, Permission::Import, &bytes).await? {
            return Ok(response);
        }
        let (store, actor) = (Arc::clone(&ask.desk.store), ask.actor()?.clone());
        let (reach, moment) = (Arc::clone(&ask.desk.reach), ask.moment);
        let done = Ask::apart(move || refresh_calendar(&store, &actor, &reach, id, moment)).await?;
        let imported = done.imported.as_ref();
        let answer = ReadingJson {
            schema: "offdesk.reading/1",
            source: imported.map(|it| it.source.number),
            entries: imported.map_or(0, |it| it.counted),
        };
        keep(&ask, &bytes, answer).await
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Schedule {
    by_itself: bool,
}

/// Lets a calendar be read by itself, or not any more.
pub fn schedule(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, bytes) = (ask.id("calendar")?, ask.bytes().await?);
        let sent: Schedule = read(&bytes)?;
        let again = if sent.by_itself {
            Again::ByItself
        } else {
            Again::ByHand
        };
        change(
            &ask,
            Permission::Import,
            &bytes,
            StatusCode::OK,
            move |tx, actor, moment| {
                set_again(tx, actor, id, again, moment)?;
                let rows = list_calendars(tx, actor)?;
                Ok(CalendarsJson {
                    schema: "offdesk.calendars/1",
                    calendars: rows.into_iter().map(CalendarJson::of).collect(),
                    next: None,
                })
            },
        )
        .await
    })
}

/// Removes a calendar; what was imported from it stays.
pub fn remove(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("calendar")?;
        ask.write(move |tx, actor, moment| remove_calendar(tx, actor, id, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}
