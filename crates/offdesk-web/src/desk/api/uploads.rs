//! Files in parts.

use axum::http::StatusCode;
use offdesk_actions::store::uploads::UploadRow;
use offdesk_actions::uploads::{UploadError, add_part, begin_upload, load_upload};
use serde::{Deserialize, Serialize};

use super::{json, read};
use crate::desk::ask::{Answer, Ask};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewUpload {
    file: String,
    length: i64,
}

/// An upload as programs see it.
#[derive(Serialize)]
struct UploadJson {
    schema: &'static str,
    id: String,
    file: String,
    length: i64,
    received: i64,
    state: String,
    error: Option<UploadError>,
}

impl UploadJson {
    fn of(row: &UploadRow) -> Self {
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
        let new: NewUpload = read(&ask.bytes().await?)?;
        let row = ask
            .write(move |tx, actor, moment| begin_upload(tx, actor, &new.file, new.length, moment))
            .await?;
        json(StatusCode::CREATED, &UploadJson::of(&row))
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
