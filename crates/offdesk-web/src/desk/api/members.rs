//! Who you are; and, for sessions only, members, tokens and the audit log.

use axum::http::StatusCode;
use offdesk_actions::Error;
use offdesk_actions::actor::TokenScope;
use offdesk_actions::members::{list_members, list_tokens};
use offdesk_actions::store::Uuid;
use offdesk_actions::workspaces::{list_events, list_workspaces};
use serde::Serialize;

use super::{at, json};
use crate::desk::ask::{Answer, Ask};

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
        });
        let answer = WorkspacesJson {
            schema: "offdesk.workspaces/1",
            workspaces: workspaces.collect(),
        };
        json(StatusCode::OK, &answer)
    })
}

#[derive(Serialize)]
struct MemberJson {
    account: String,
    name: String,
    email: String,
    role: String,
    since: String,
}

#[derive(Serialize)]
struct InvitationJson {
    id: String,
    email: String,
    role: String,
    until: String,
}

#[derive(Serialize)]
struct MembersJson {
    schema: &'static str,
    members: Vec<MemberJson>,
    invitations: Vec<InvitationJson>,
}

/// The members.
pub fn members(ask: Ask) -> Answer {
    Box::pin(async move {
        let (members, invitations) = ask.read(list_members).await?;
        let members = members.into_iter().map(|row| MemberJson {
            account: row.account_id.to_string(),
            name: row.name,
            email: row.email,
            role: row.role,
            since: at(row.created_at),
        });
        let invitations = invitations.into_iter().map(|row| InvitationJson {
            id: row.id.to_string(),
            email: row.email,
            role: row.role,
            until: at(row.expires_at),
        });
        let answer = MembersJson {
            schema: "offdesk.members/1",
            members: members.collect(),
            invitations: invitations.collect(),
        };
        json(StatusCode::OK, &answer)
    })
}

#[derive(Serialize)]
struct TokenJson {
    id: String,
    name: String,
    scopes: String,
    made: String,
    used: Option<String>,
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
struct EventJson {
    id: String,
    at: String,
    who: String,
    door: String,
    action: String,
    object: String,
    detail: String,
}

#[derive(Serialize)]
struct EventsJson {
    schema: &'static str,
    events: Vec<EventJson>,
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
        let rows = ask
            .read(move |tx, actor, _| list_events(tx, actor, before, 50))
            .await?;
        let next = rows
            .last()
            .filter(|_| rows.len() == 50)
            .map(|row| row.id.to_string());
        let events = rows.into_iter().map(|row| EventJson {
            id: row.id.to_string(),
            at: at(row.at),
            who: row.account_name,
            door: row.door,
            action: row.action,
            object: row.object,
            detail: row.detail,
        });
        let answer = EventsJson {
            schema: "offdesk.events/1",
            events: events.collect(),
            next,
        };
        json(StatusCode::OK, &answer)
    })
}
