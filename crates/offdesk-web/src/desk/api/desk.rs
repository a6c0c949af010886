//! The Desk for programs, and what one is told: the daily mail, the calendar of due dates.

use axum::http::{Method, StatusCode};
use axum::response::IntoResponse;
use offdesk_actions::actor::Permission::See;
use offdesk_actions::desk::json::DeskJson;
use offdesk_actions::desk::load_desk;
use offdesk_actions::next::rank;
use offdesk_actions::notices::json::NoticesJson;
use offdesk_actions::notices::{choose_digest, end_feed, feed_of, load_digest, renew_feed};
use serde::Deserialize;

use super::letting_in::refuse_key;
use super::table::Line;
use super::{json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::routes::Access::{May, SignedIn};

/// So many of each kind are listed.
const MOST: u32 = 100;

/// The lines of the table.
pub(super) fn lines() -> Vec<Line> {
    vec![
        (
            Method::GET,
            "/api/v1/desk",
            May(See),
            desk as fn(Ask) -> Answer,
            "The one next step, what waits for you with its age, what to know, and the hours bought back in the last seven days",
            &[][..],
            "offdesk.desk/1",
        ),
        (
            Method::GET,
            "/api/v1/notices",
            SignedIn,
            notices,
            "When your daily mail comes, and since when your calendar of due dates has its address; never for tokens",
            &[],
            "offdesk.notices/1",
        ),
        (
            Method::PUT,
            "/api/v1/notices",
            SignedIn,
            choose,
            "Chooses whether your daily mail comes, and at which hour of your clock; never for tokens",
            &[("on", "boolean"), ("hour", "integer")],
            "offdesk.notices/1",
        ),
        (
            Method::POST,
            "/api/v1/notices/feed",
            SignedIn,
            renew,
            "Gives your calendar of due dates a new secret address, shown once (feed); takes no Idempotency-Key; never for tokens",
            &[],
            "offdesk.notices/1",
        ),
        (
            Method::DELETE,
            "/api/v1/notices/feed",
            SignedIn,
            end,
            "Ends your calendar of due dates: its address leads nowhere any more; never for tokens",
            &[],
            "none",
        ),
    ]
}

fn desk(ask: Ask) -> Answer {
    Box::pin(async move {
        let hours = ask.hours().await?;
        let desk = ask
            .read(|tx, actor, moment| load_desk(tx, actor, MOST, moment))
            .await?;
        let list = rank(&hours).filter(|_| !hours.is_empty());
        json(
            StatusCode::OK,
            &DeskJson::of(&desk, list.as_ref(), ask.moment),
        )
    })
}

fn notices(ask: Ask) -> Answer {
    Box::pin(async move {
        let answer = ask
            .read(|tx, actor, _| {
                let digest = load_digest(tx, actor)?;
                Ok(NoticesJson::of(&digest, feed_of(tx, actor)?, None))
            })
            .await?;
        json(StatusCode::OK, &answer)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    on: bool,
    hour: i64,
}

fn choose(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let new: Chosen = read(&sent)?;
        let answer = ask
            .write(move |tx, actor, moment| {
                let digest = choose_digest(tx, actor, new.on, new.hour, moment)?;
                Ok(NoticesJson::of(&digest, feed_of(tx, actor)?, None))
            })
            .await?;
        json(StatusCode::OK, &answer)
    })
}

fn renew(ask: Ask) -> Answer {
    Box::pin(async move {
        refuse_key(&ask)?;
        let url = ask.shown_address();
        let answer = ask
            .write(move |tx, actor, moment| {
                let secret = renew_feed(tx, actor, moment)?;
                let address = format!("{url}/feeds/{}.ics", secret.reveal());
                let digest = load_digest(tx, actor)?;
                Ok(NoticesJson::of(&digest, feed_of(tx, actor)?, Some(address)))
            })
            .await?;
        json(StatusCode::CREATED, &answer)
    })
}

fn end(ask: Ask) -> Answer {
    Box::pin(async move {
        ask.write(end_feed).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}
