//! Who you are; and, for sessions only, members, tokens and the audit log.

use axum::http::StatusCode;
use offdesk_actions::Error;
use offdesk_actions::actor::TokenScope;
use offdesk_actions::members::json::MembersJson;
use offdesk_actions::members::list_tokens;
use offdesk_actions::store::Uuid;
use offdesk_actions::workspaces::{LoggedEvent, list_events, list_workspaces};

use serde::Serialize;

use super::{at, json};
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{most, paged};

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

#[derive(Serialize)]
struct WorkspaceJson {
    id: String,
    name: String,
    role: String,
    demo: bool,
    suspended: bool,
}

#[derive(Serialize)]
struct WorkspacesJson {
    schema: &'static str,
    workspaces: Vec<WorkspaceJson>,
}

/// The workspaces.
pub fn workspaces(ask: Ask) -> Answer {
    Box::pin(async move {
        let all = ask.read(|tx, actor, _| list_workspaces(tx, actor)).await?;
        let workspaces = all.into_iter().map(|one| WorkspaceJson {
            id: one.workspace_id.to_string(),
            name: one.name,
            role: one.role,
            demo: one.is_demo,
            suspended: one.is_suspended,
        });
        let answer = WorkspacesJson {
            schema: "offdesk.workspaces/1",
            workspaces: workspaces.collect(),
        };
        json(StatusCode::OK, &answer)
    })
}

/// The members.
pub fn members(ask: Ask) -> Answer {
    Box::pin(async move { json(StatusCode::OK, &ask.read(MembersJson::load).await?) })
}

#[derive(Serialize)]
struct TokenJson {
    id: String,
    name: String,
    scopes: String,
    made: String,
    used: Option<String>,
    ends: Option<String>,
    revoked: Option<String>,
}

#[derive(Serialize)]
struct TokensJson {
    schema: &'static str,
    tokens: Vec<TokenJson>,
}

/// The tokens, without their secrets.
pub fn tokens(ask: Ask) -> Answer {
    Box::pin(async move {
        let rows = ask.read(|tx, actor, _| list_tokens(tx, actor)).await?;
        let tokens = rows.into_iter().map(|row| TokenJson {
            id: row.id.to_string(),
            name: row.name,
            scopes: row.scopes,
            made: at(row.created_at),
            used: row.used_at.map(at),
            ends: row.expires_at.map(at),
            revoked: row.revoked_at.map(at),
        });
        let answer = TokensJson {
            schema: "offdesk.tokens/1",
            tokens: tokens.collect(),
        };
        json(StatusCode::OK, &answer)
    })
}

#[derive(Serialize)]
struct EventJson<'e> {
    id: String,
    object_id: Option<String>,
    at: String,
    who: &'e str,
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
        let before = match ask.query.text("before") {
            "" => None,
            text => Some(Uuid::try_parse(text).map_err(|_| {
                Error::invalid("before", "request.cursor", "this is no place in the list")
            })?),
        };
        let most = most(&ask)?;
        // One more than is given says whether there are others.
        let rows = ask
            .read(move |tx, actor, _| list_events(tx, actor, before, most + 1))
            .await?;
        let (page, last) = paged(&rows, most);
        let events = page.iter().map(|LoggedEvent { row, object_id }| EventJson {
            id: row.id.to_string(),
            object_id: object_id.map(|id| id.to_string()),
            at: at(row.at),
            who: &row.account_name,
            door: &row.door,
            action: &row.action,
            object: &row.object,
            detail: &row.detail,
        });
        let answer = EventsJson {
            schema: "offdesk.events/1",
            events: events.collect(),
            next: last.map(|last| last.row.id.to_string()),
        };
        json(StatusCode::OK, &answer)
    })
}
