//! Files that are given with an assignment as its inputs: sent in parts before it is given, then named by their ids.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use offdesk_actions::assignments::files::LONGEST_PART;
use offdesk_actions::assignments::sending::{add_input_part, begin_input_file, drop_input_file};

use super::deliverable_files::New;
use super::uploads::UploadJson;
use super::{json, make, read};
use crate::desk::ask::{Answer, Ask};

/// Begins to receive one.
pub fn begin(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let new: New = read(&sent)?;
        make(&ask, &sent, move |tx, actor, moment| {
            let upload = begin_input_file(tx, actor, &new.name, new.length, moment)?;
            Ok(UploadJson::of(&upload))
        })
        .await
    })
}

/// Takes the next part.
pub fn add(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, start) = (ask.id("document")?, ask.number("start")?);
        let bytes = ask.bytes_up_to(LONGEST_PART).await?;
        let upload = ask
            .write(move |tx, actor, _| add_input_part(tx, actor, id, start, bytes))
            .await?;
        json(StatusCode::OK, &UploadJson::of(&upload))
    })
}

/// Removes one that is not given.
pub fn remove(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("document")?;
        ask.write(move |tx, actor, _| drop_input_file(tx, actor, id))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}
