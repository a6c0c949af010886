//! Who you are; and, for sessions only, members, tokens and the audit log.

use axum::http::StatusCode;
use offdesk_actions::actor::TokenScope;
use offdesk_actions::members::json::{MembersJson, TokensJson};
use offdesk_actions::members::{list_members, list_tokens};
use offdesk_actions::store::Uuid;
use offdesk_actions::workspaces::list_events;
use serde::Serialize;

use super::{at, json};
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{Order, Paging, paged};

#[derive(Serialize)]
struct MeJson {
    schema: &'static str,
    account: String,
    name: String,
    workspace: Option<String>,
    role: Option<&'static str>,
    scopes: Option<Vec<&'static str>>,
}

/// Who asks.
pub fn me(ask: Ask) -> Answer {
    Box::pin(async move {
        let actor = ask.actor()?;
        let scopes = actor.scopes.as_ref();
        let answer = MeJson {
            schema: "offdesk.me/1",
            account: actor.account.to_string(),
            name: actor.name.clone(),
            workspace: actor
                .membership
                .map(|(workspace, _)| workspace.0.to_string()),
            role: actor.membership.map(|(_, role)| role.word()),
            scopes: scopes.map(|scopes| {
                scopes
                    .iter()
                    .map(|scope: &TokenScope| scope.word())
                    .collect()
            }),
        };
        json(StatusCode::OK, &answer)
    })
}

/// A page of the members; the open invitations come with the first one.
pub fn members(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let (members, invitations) = ask.read(list_members).await?;
        let is_first = paging.is_first();
        let (members, next) = paging.page(members, Order::Rising, |row| {
            (row.created_at, row.account_id)
        })?;
        let invitations = if is_first { invitations } else { Vec::new() };
        json(StatusCode::OK, &MembersJson::of(members, invitations, next))
    })
}

/// A page of the tokens, without their secrets.
pub fn tokens(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let rows = ask.read(|tx, actor, _| list_tokens(tx, actor)).await?;
        let (rows, next) = paging.page(rows, Order::Falling, |row| (row.created_at, row.id))?;
        json(StatusCode::OK, &TokensJson::of(rows, next))
    })
}

#[derive(Serialize)]
struct EventJson<'e> {
    id: String,
    object_id: Option<String>,
    at: String,
    who: Option<&'e str>,
    door: &'e str,
    action: &'e str,
    object: &'e str,
    detail: &'e str,
}

#[derive(Serialize)]
struct EventsJson<'e> {
    schema: &'static str,
    events: Vec<EventJson<'e>>,
    next: Option<String>,
}

/// A page of the audit log.
pub fn events(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let before = paging.place(|text| Uuid::try_parse(text).ok())?;
        let most = paging.most;
        // One more than is given says whether there are others.
        let rows = ask
            .read(move |tx, actor, _| list_events(tx, actor, before, most + 1))
            .await?;
        let (page, last) = paged(&rows, most);
        let events = page.iter().map(|event| {
            let row = &event.row;
            EventJson {
                id: row.id.to_string(),
                object_id: event.object_id.map(|id| id.to_string()),
                at: at(row.at),
                who: (!event.is_blind).then_some(row.account_name.as_str()),
                door: &row.door,
                action: &row.action,
                object: &row.object,
                detail: &row.detail,
            }
        });
        let answer = EventsJson {
            schema: "offdesk.events/1",
            events: events.collect(),
            next: last.map(|last| last.row.id.to_string()),
        };
        json(StatusCode::OK, &answer)
    })
}
