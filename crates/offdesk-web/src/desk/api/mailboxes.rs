//! The addresses of handoffs to which assignments are mailed.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use offdesk_actions::assignments::json::MailboxJson;
use offdesk_actions::assignments::mailed::{end_mailbox, mailbox_of, renew_mailbox};
use serde::Deserialize;

use super::{json, make, read};
use crate::desk::ask::{Answer, Ask};

/// That of a handoff.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        let row = ask
            .read(move |tx, actor, _| mailbox_of(tx, actor, id))
            .await?;
        json(StatusCode::OK, &MailboxJson::of(id, row.as_ref(), None))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    due_hours: i64,
}

/// Gives it a new one; the secret is said once.
pub fn renew(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        let sent = ask.bytes().await?;
        let new: New = read(&sent)?;
        make(&ask, &sent, move |tx, actor, moment| {
            let secret = renew_mailbox(tx, actor, id, new.due_hours, moment)?;
            let row = mailbox_of(tx, actor, id)?;
            let shown = MailboxJson::of(id, row.as_ref(), None);
            Ok(shown.with_secret(&secret.reveal().to_lowercase()))
        })
        .await
    })
}

/// Ends it.
pub fn end(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        ask.write(move |tx, actor, moment| end_mailbox(tx, actor, id, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}
