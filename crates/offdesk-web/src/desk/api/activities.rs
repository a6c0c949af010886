//! Hours and activities.

use axum::http::StatusCode;
use offdesk_actions::activities::json::{ActivitiesJson, ActivityJson, listed};
use offdesk_actions::activities::load_activity;
use offdesk_actions::audit::json::AuditJson;
use offdesk_actions::next::crowded::crowded_out;
use offdesk_actions::next::json::NextJson;
use offdesk_actions::next::rank;
use offdesk_actions::{Error, ErrorKind};

use super::json;
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{Order, Paging};

/// The audit of all that was imported.
pub fn hours(ask: Ask) -> Answer {
    Box::pin(async move {
        let hours = ask.hours().await?;
        match &hours.report {
            Some(report) => json(StatusCode::OK, &AuditJson::of(report)),
            None => Err(no_worth()),
        }
    })
}

/// What to hand off, in order.
pub fn next(ask: Ask) -> Answer {
    Box::pin(async move {
        let hours = ask.hours().await?;
        let list = rank(&hours).ok_or_else(no_worth)?;
        let crowded = crowded_out(&hours, &list).ok();
        // A token's actor does not know its workspace's name; the hours do.
        let name = &hours.settings.name;
        json(StatusCode::OK, &NextJson::of(&list, crowded.as_ref(), name))
    })
}

pub(super) fn no_worth() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "worth.missing",
        "I do not know what your hour is worth",
    )
    .hint("set it first:  POST /api/v1/worths")
}

/// A page of the activities: those with the most hours first; without a worth, by their age.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let hours = ask.hours().await?;
        let (page, next) = paging.page(listed(&hours), Order::Rising, |(spent, id, _)| {
            (*spent, *id)
        })?;
        json(StatusCode::OK, &ActivitiesJson::of(&hours, page, next))
    })
}

/// One of them.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("activity")?;
        let detail = ask
            .read(move |tx, actor, _| load_activity(tx, actor, id))
            .await?;
        json(StatusCode::OK, &ActivityJson::of_detail(&detail))
    })
}
