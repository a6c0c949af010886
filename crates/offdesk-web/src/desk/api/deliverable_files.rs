//! Files of deliverables: sent in parts, given out as downloads, part by part.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use http_body_util::channel::{Channel, Sender};
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::files::{
    LONGEST_PART, add_file_part, begin_file, drop_file, load_file, load_file_part,
};
use offdesk_actions::assignments::json::FileJson;
use offdesk_actions::store::{Store, Uuid};
use serde::Deserialize;

use super::{change_by, json};
use crate::desk::ask::{Answer, Ask};
use crate::desk::attachment::{BYTES, attachment};

/// So many parts may wait for whoever reads them.
const AHEAD: usize = 2;

/// A file that is to come.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct New {
    pub(super) name: String,
    pub(super) length: i64,
}

/// Begins to receive one.
pub fn begin(ask: Ask) -> Answer {
    Box::pin(change_by(
        ask,
        "assignment",
        StatusCode::CREATED,
        |tx, actor, id, new: New, moment| {
            let file = begin_file(tx, actor, id, &new.name, new.length, moment)?;
            Ok(FileJson::of(&file))
        },
    ))
}

/// Takes the next part.
pub fn add(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, file) = (ask.id("assignment")?, ask.id("document")?);
        let start = ask.number("start")?;
        let bytes = ask.bytes_up_to(LONGEST_PART).await?;
        let file = ask
            .write(move |tx, actor, _| add_file_part(tx, actor, id, file, start, bytes))
            .await?;
        json(StatusCode::OK, &FileJson::of(&file))
    })
}

/// Removes one that is not handed in.
pub fn remove(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, file) = (ask.id("assignment")?, ask.id("document")?);
        ask.write(move |tx, actor, moment| drop_file(tx, actor, id, file, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

/// Gives one out: a part is read when the one before was taken, so that a long file is never in memory.
pub fn download(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, document) = (ask.id("assignment")?, ask.id("document")?);
        let file = ask
            .read(move |tx, actor, _| load_file(tx, actor, id, document))
            .await?;
        let (sender, body) = Channel::<Bytes, std::convert::Infallible>::new(AHEAD);
        let source = Source {
            store: Arc::clone(&ask.desk.store),
            actor: ask.actor()?.clone(),
            assignment: id,
            file: document,
        };
        tokio::spawn(source.send(sender, file.received));
        let mut response = attachment(&file.name, BYTES, Body::new(body));
        response
            .headers_mut()
            .insert(header::CONTENT_LENGTH, file.received.into());
        Ok(response)
    })
}

/// Where the parts of a file come from.
struct Source {
    store: Arc<Store>,
    actor: Actor,
    assignment: Uuid,
    file: Uuid,
}

impl Source {
    /// Sends the parts; ends early where nobody reads any more, or a part cannot be read, which the length then shows.
    async fn send(self, mut to: Sender<Bytes, std::convert::Infallible>, length: i64) {
        let mut start = 0;
        while start < length {
            let (actor, assignment, file) = (self.actor.clone(), self.assignment, self.file);
            let part = self
                .store
                .read(move |tx| load_file_part(tx, &actor, assignment, file, start))
                .await;
            let Ok(Some(part)) = part else {
                return;
            };
            start += i64::try_from(part.len()).unwrap_or(i64::MAX);
            if to.send_data(Bytes::from(part)).await.is_err() {
                return;
            }
        }
    }
}
