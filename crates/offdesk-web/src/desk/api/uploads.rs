//! Files in parts.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use offdesk_actions::actor::Permission;
use offdesk_actions::imports::{Choices, Remarks};
use offdesk_actions::store::uploads::UploadRow;
use offdesk_actions::uploads::{
    UploadError, add_part, begin_upload, drop_upload, load_upload, preview_upload, queue_upload,
};
use offdesk_domain::Seconds;
use serde::{Deserialize, Serialize};

use super::{change, done_before, json, keep, read, read_if_any};
use crate::desk::ask::{Answer, Ask};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewUpload {
    file: String,
    length: i64,
}

/// An upload as programs see it.
#[derive(Serialize)]
pub(super) struct UploadJson {
    schema: &'static str,
    id: String,
    file: String,
    length: i64,
    received: i64,
    state: String,
    error: Option<UploadError>,
}

impl UploadJson {
    pub(super) fn of(row: &UploadRow) -> Self {
        Self {
            schema: "offdesk.upload/1",
            id: row.id.to_string(),
            file: row.file.clone(),
            length: row.length,
            received: row.received,
            state: row.state.clone(),
            error: UploadError::of(row),
        }
    }
}

/// Begins an upload.
pub fn begin(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let new: NewUpload = read(&sent)?;
        change(
            &ask,
            Permission::Import,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let row = begin_upload(tx, actor, &new.file, new.length, moment)?;
                Ok(UploadJson::of(&row))
            },
        )
        .await
    })
}

/// Shows an upload.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("upload")?;
        let row = ask
            .read(move |tx, actor, _| load_upload(tx, actor, id))
            .await?;
        json(StatusCode::OK, &UploadJson::of(&row))
    })
}

/// Takes the next part.
pub fn add(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, start) = (ask.id("upload")?, ask.number("start")?);
        let bytes = ask.bytes().await?;
        let row = ask
            .write(move |tx, actor, _| add_part(tx, actor, id, start, bytes))
            .await?;
        json(StatusCode::OK, &UploadJson::of(&row))
    })
}

#[derive(Serialize)]
struct PreviewJson {
    schema: &'static str,
    format: String,
    label: String,
    rows: u64,
    entries: u64,
    hours: f64,
    skipped: u64,
    bad: u64,
    from: Option<String>,
    to: Option<String>,
    already: Option<i64>,
    otherwise: Vec<i64>,
    remarks: Remarks,
    activities: Vec<FoundJson>,
}

#[derive(Serialize)]
struct FoundJson {
    name: String,
    hours: f64,
}

/// Says what importing it would bring.
pub fn preview(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("upload")?;
        let sent = ask.bytes().await?;
        let choices: Choices = read_if_any(&sent)?;
        if let Some(response) = done_before(&ask, Permission::Import, &sent).await? {
            return Ok(response);
        }
        let (store, actor, moment) = (
            Arc::clone(&ask.desk.store),
            ask.actor()?.clone(),
            ask.moment,
        );
        let preview =
            Ask::apart(move || preview_upload(&store, &actor, id, &choices, moment)).await?;
        let report = &preview.report;
        let activities = preview.activities.iter().map(|(name, seconds)| FoundJson {
            name: name.clone(),
            hours: Seconds(*seconds).hours_f64(),
        });
        let answer = PreviewJson {
            schema: "offdesk.preview/1",
            format: report.format.clone(),
            label: report.label.clone(),
            rows: report.rows,
            entries: report.entries,
            hours: report.seconds.hours_f64(),
            skipped: report.skipped,
            bad: report.bad,
            from: report.days.map(|(first, _)| first.to_string()),
            to: report.days.map(|(_, last)| last.to_string()),
            already: preview.already,
            otherwise: preview.otherwise.clone(),
            remarks: Remarks::of(report),
            activities: activities.collect(),
        };
        keep(&ask, &sent, answer).await
    })
}

/// Queues it.
pub fn import(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("upload")?;
        let sent = ask.bytes().await?;
        let choices: Choices = read_if_any(&sent)?;
        let done = change(
            &ask,
            Permission::Import,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let row = queue_upload(tx, actor, id, &choices, moment)?;
                Ok(UploadJson::of(&row))
            },
        )
        .await?;
        ask.desk.wake();
        Ok(done)
    })
}

/// Drops it.
pub fn drop_it(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("upload")?;
        ask.write(move |tx, actor, moment| drop_upload(tx, actor, id, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}
