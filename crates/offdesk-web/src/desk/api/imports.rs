//! Imports, typed lines, a week from memory.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::imports::{Remarks, list_sources, undo_source};
use offdesk_actions::remembered::{RememberedWork, log_time, remember_week};
use offdesk_actions::store::sources::SourceRow;
use offdesk_domain::Seconds;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::worth::day_of;
use super::{at, change, day, json, read};
use crate::desk::ask::{Answer, Ask};

#[derive(Serialize)]
struct SourceJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    number: i64,
    file: String,
    format: String,
    kind: String,
    rows: u64,
    entries: u64,
    hours: f64,
    skipped: u64,
    bad: u64,
    from: Option<String>,
    to: Option<String>,
    imported: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<Remarks>,
}

impl SourceJson {
    fn of(row: &SourceRow) -> Self {
        Self {
            schema: None,
            number: row.number,
            file: row.file.clone(),
            format: row.format.clone(),
            kind: row.kind.clone(),
            rows: row.rows,
            entries: row.entries,
            hours: Seconds(row.seconds).hours_f64(),
            skipped: row.skipped,
            bad: row.bad,
            from: row.days.map(|(first, _)| day(first)),
            to: row.days.map(|(_, last)| day(last)),
            imported: at(row.created_at),
            remarks: None,
        }
    }
}

#[derive(Serialize)]
struct SourcesJson {
    schema: &'static str,
    sources: Vec<SourceJson>,
}

/// All of them.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let sources = ask.read(|tx, actor, _| list_sources(tx, actor)).await?;
        let answer = SourcesJson {
            schema: "offdesk.sources/1",
            sources: sources.iter().map(SourceJson::of).collect(),
        };
        json(StatusCode::OK, &answer)
    })
}

/// One, with its remarks.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("source")?;
        let sources = ask.read(|tx, actor, _| list_sources(tx, actor)).await?;
        let found = sources.iter().find(|source| source.number == number);
        let row = found.ok_or_else(|| Error::not_found("import"))?;
        let answer = SourceJson {
            schema: Some("offdesk.source/1"),
            remarks: Some(Remarks::of_source(row)),
            ..SourceJson::of(row)
        };
        json(StatusCode::OK, &answer)
    })
}

/// Undoes one.
pub fn undo(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("source")?;
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
struct NewLine {
    line: String,
    #[serde(default)]
    day: Option<String>,
}

#[derive(Serialize)]
struct LoggedJson {
    schema: &'static str,
    hours: f64,
    description: String,
}

/// Logs a line.
pub fn log(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let new: NewLine = read(&sent)?;
        let day = new
            .day
            .as_deref()
            .map(|text| day_of("day", text))
            .transpose()?;
        change(
            &ask,
            Permission::Import,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let (seconds, description) = log_time(tx, actor, &new.line, day, moment)?;
                Ok(LoggedJson {
                    schema: "offdesk.log/1",
                    hours: Seconds(seconds).hours_f64(),
                    description,
                })
            },
        )
        .await
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
                Ok(SourceJson {
                    schema: Some("offdesk.source/1"),
                    ..SourceJson::of(&row)
                })
            },
        )
        .await
    })
}
