//! Imports, typed lines, a week from memory.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::entries::Cursor;
use offdesk_actions::imports::json::{SourceJson, SourcesJson};
use offdesk_actions::imports::{list_sources, typed_lines_of, undo_source};
use offdesk_actions::remembered::json::{LogJson, LogLinesJson};
use offdesk_actions::remembered::{
    NewLine, RememberedWork, change_typed_line, list_typed_lines, log_time, remember_week,
    remove_typed_line,
};
use rust_decimal::Decimal;
use serde::Deserialize;

use super::{IDEMPOTENCY_KEY, change, json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::day_of;
use crate::desk::paging::{Order, Paging};

/// A page of them.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let sources = ask.read(|tx, actor, _| list_sources(tx, actor)).await?;
        let (sources, next) = paging.page(sources, Order::Rising, |row| row.number)?;
        json(StatusCode::OK, &SourcesJson::of(&sources, Vec::new(), next))
    })
}

/// One, with its remarks.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("source")?;
        let sources = ask.read(|tx, actor, _| list_sources(tx, actor)).await?;
        let found = sources.iter().find(|source| source.number == number);
        let row = found.ok_or_else(|| Error::not_found("import"))?;
        json(StatusCode::OK, &SourceJson::alone(row))
    })
}

/// Undoes one.
pub fn undo(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("source")?;
        let typed = ask
            .read(move |tx, actor, _| typed_lines_of(tx, actor, number))
            .await?;
        if let Some(lines) = typed
            && !ask.query.is_ticked("sure")
        {
            let message = format!(
                "import {number} is all lines that were typed in, {lines} of them, which stand in no file"
            );
            return Err(Error::invalid("sure", "log.sure", message)
                .hint("all of them: ?sure=1; a single one: DELETE /api/v1/log-lines/{line}"));
        }
        let (store, actor, moment) = (
            Arc::clone(&ask.desk.store),
            ask.actor()?.clone(),
            ask.moment,
        );
        Ask::apart(move || undo_source(&store, &actor, number, moment)).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedLine {
    line: String,
    #[serde(default)]
    day: Option<String>,
}

/// Logs a line.
pub fn log(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let new: TypedLine = read(&sent)?;
        let day = day_of("day", new.day.as_deref())?;
        if !ask.headers.contains_key(IDEMPOTENCY_KEY) {
            let line = NewLine {
                actor: ask.actor()?.clone(),
                text: new.line,
                day,
                moment: ask.moment,
            };
            let logged = ask.desk.logbook.log(&ask.desk.store, line).await?;
            return json(StatusCode::CREATED, &LogJson::of(logged));
        }
        // With a key its answer is kept beside it, so it is a change of its own.
        change(
            &ask,
            Permission::Import,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let logged = log_time(tx, actor, &new.line, day, moment)?;
                Ok(LogJson::of(logged))
            },
        )
        .await
    })
}

/// The lines that were typed in.
pub fn log_lines(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let before = paging.place(Cursor::of)?;
        let (lines, next) = ask
            .read(move |tx, actor, _| list_typed_lines(tx, actor, before, paging.most))
            .await?;
        json(StatusCode::OK, &LogLinesJson::of(lines, next.as_ref()))
    })
}

/// Puts another line in the place of one.
pub fn change_log_line(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("line")?;
        let sent = ask.bytes().await?;
        let new: TypedLine = read(&sent)?;
        let day = day_of("day", new.day.as_deref())?;
        change(
            &ask,
            Permission::Import,
            &sent,
            StatusCode::OK,
            move |tx, actor, moment| {
                let logged = change_typed_line(tx, actor, id, &new.line, day, moment)?;
                Ok(LogJson::of(logged))
            },
        )
        .await
    })
}

/// Removes a line.
pub fn remove_log_line(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("line")?;
        ask.write(move |tx, actor, moment| remove_typed_line(tx, actor, id, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Week {
    rows: Vec<WeekRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeekRow {
    name: String,
    hours: Decimal,
}

/// Keeps a week.
pub fn remember(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let week: Week = read(&sent)?;
        let rows: Vec<RememberedWork> = week
            .rows
            .into_iter()
            .map(|row| RememberedWork {
                name: row.name,
                hours: row.hours,
            })
            .collect();
        change(
            &ask,
            Permission::Import,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let row = remember_week(tx, actor, &rows, moment)?;
                Ok(SourceJson::alone(&row))
            },
        )
        .await
    })
}
