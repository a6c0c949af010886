//! What is somebody's own, for sessions only: where they are signed in, and the tokens of the workspace; and how hours lie in a week.

use axum::http::{Method, StatusCode};
use axum::response::IntoResponse;
use offdesk_actions::accounts::json::SessionsJson;
use offdesk_actions::accounts::{
    AccountEventsJson, end_session, list_account_events, list_sessions,
};
use offdesk_actions::actor::Permission;
use offdesk_actions::members::revoke_token;
use offdesk_actions::store::Uuid;
use serde::Serialize;

use super::json;
use super::table::Line;
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{Order, Paging, paged};
use crate::desk::routes::Access;

/// The lines of the table.
pub(super) fn lines() -> Vec<Line> {
    vec![
        (
            Method::GET,
            "/api/v1/week",
            Access::May(Permission::See),
            week,
            "Minutes logged in each hour of a usual week, from Monday 0:00 on; no days where no entry has a clock time",
            &[],
            "offdesk.week/1",
        ),
        (
            Method::GET,
            "/api/v1/sessions",
            Access::SignedIn,
            sessions,
            "Where you are signed in, the last used first; never for tokens",
            &[],
            "offdesk.sessions/1",
        ),
        (
            Method::GET,
            "/api/v1/account-events",
            Access::SignedIn,
            account_events,
            "A page of what happened to your account: who came in or tried to, which credential was changed; never for tokens",
            &[],
            "offdesk.account_events/1",
        ),
        (
            Method::DELETE,
            "/api/v1/sessions/{session}",
            Access::SignedIn,
            end,
            "Ends a session of yours; never for tokens",
            &[],
            "none",
        ),
        (
            Method::DELETE,
            "/api/v1/tokens/{token}",
            Access::May(Permission::Administer),
            revoke,
            "Revokes a token; never for tokens",
            &[],
            "none",
        ),
    ]
}

#[derive(Serialize)]
struct WeekJson {
    schema: &'static str,
    days: Vec<[i64; 24]>,
}

fn week(ask: Ask) -> Answer {
    Box::pin(async move {
        let grid = ask.week().await?;
        let days = grid.map(|grid| grid.map(|day| day.map(|seconds| seconds / 60)).to_vec());
        let answer = WeekJson {
            schema: "offdesk.week/1",
            days: days.unwrap_or_default(),
        };
        json(StatusCode::OK, &answer)
    })
}

fn sessions(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let rows = ask.read(list_sessions).await?;
        let (rows, next) = paging.page(rows, Order::Falling, |row| (row.seen_at, row.id))?;
        let own = ask.actor()?.session;
        json(StatusCode::OK, &SessionsJson::of(rows, own, next))
    })
}

fn account_events(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let before = paging.place(|text| Uuid::try_parse(text).ok())?;
        let most = paging.most;
        // One more than is given says whether there are others.
        let rows = ask
            .read(move |tx, actor, _| list_account_events(tx, actor, before, most + 1))
            .await?;
        let (page, last) = paged(&rows, most);
        let answer = AccountEventsJson::of(page, last.map(|row| row.id));
        json(StatusCode::OK, &answer)
    })
}

fn end(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("session")?;
        ask.write(move |tx, actor, moment| end_session(tx, actor, id, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

fn revoke(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("token")?;
        ask.write(move |tx, actor, moment| revoke_token(tx, actor, id, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}
