//! Workspaces of whoever is signed in: listed, made and opened; the example company, made and removed as a whole.

use axum::http::{Method, StatusCode};
use axum::response::IntoResponse;
use offdesk_actions::Error;
use offdesk_actions::accounts::open_workspace;
use offdesk_actions::actor::{Actor, Permission};
use offdesk_actions::example::open_example;
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::workspaces::{create_workspace, list_workspaces, refuse_workers, remove_demo};
use serde::{Deserialize, Serialize};

use super::table::Line;
use super::{change, json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{Order, Paging};
use crate::desk::routes::Access::{May, SignedIn};

/// The lines of the table.
pub(super) fn lines() -> Vec<Line> {
    let all = "offdesk.workspaces/1";
    vec![
        (
            Method::GET,
            "/api/v1/workspaces",
            SignedIn,
            list as fn(Ask) -> Answer,
            "A page of your workspaces, with the one that is open; never for tokens",
            &[][..],
            all,
        ),
        (
            Method::POST,
            "/api/v1/workspaces",
            SignedIn,
            create,
            "Makes a workspace, of which you are the owner; the open one stays open; never for tokens",
            &[("name", "string")],
            "offdesk.workspace/1",
        ),
        (
            Method::PUT,
            "/api/v1/open-workspace",
            SignedIn,
            open,
            "Opens a workspace of yours in this session; never for tokens",
            &[("workspace", "id")],
            "offdesk.workspace/1",
        ),
        (
            Method::PUT,
            "/api/v1/example",
            SignedIn,
            show_example,
            "Opens the example company, and makes it before where you have none; never for tokens",
            &[],
            "offdesk.workspace/1",
        ),
        (
            Method::DELETE,
            "/api/v1/example",
            May(Permission::Administer),
            remove_example,
            "Removes the example company that is open; never for tokens",
            &[],
            "none",
        ),
    ]
}

#[derive(Serialize)]
struct WorkspaceJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    id: Uuid,
    name: String,
    role: String,
    demo: bool,
    suspended: bool,
    open: bool,
}

#[derive(Serialize)]
struct WorkspacesJson {
    schema: &'static str,
    workspaces: Vec<WorkspaceJson>,
    next: Option<String>,
}

/// The workspaces of an account; `open` is the one that is.
fn all_of(tx: &mut Tx<'_>, actor: &Actor, open: Option<Uuid>) -> Result<Vec<WorkspaceJson>, Error> {
    let rows = list_workspaces(tx, actor)?.into_iter();
    let all = rows.map(|one| WorkspaceJson {
        schema: None,
        id: one.workspace_id,
        name: one.name,
        role: one.role,
        demo: one.is_demo,
        suspended: one.is_suspended,
        open: open == Some(one.workspace_id),
    });
    Ok(all.collect())
}

/// One of them.
fn one_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    open: Option<Uuid>,
) -> Result<WorkspaceJson, Error> {
    let mut all = all_of(tx, actor, open)?.into_iter();
    let found = all.find(|one| one.id == id);
    let one = found.ok_or_else(|| Error::not_found("workspace"))?;
    Ok(WorkspaceJson {
        schema: Some("offdesk.workspace/1"),
        ..one
    })
}

fn opened(actor: &Actor) -> Option<Uuid> {
    actor.membership.map(|(workspace, _)| workspace.0)
}

fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let all = ask
            .read(|tx, actor, _| all_of(tx, actor, opened(actor)))
            .await?;
        let (workspaces, next) = paging.page(all, Order::Rising, |one| one.id)?;
        let answer = WorkspacesJson {
            schema: "offdesk.workspaces/1",
            workspaces,
            next,
        };
        json(StatusCode::OK, &answer)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    name: String,
}

fn create(mut ask: Ask) -> Answer {
    Box::pin(async move {
        refuse_workers(ask.actor()?)?;
        let sent = ask.bytes().await?;
        let new: New = read(&sent)?;
        let made = StatusCode::CREATED;
        change(
            &ask,
            Permission::See,
            &sent,
            made,
            move |tx, actor, moment| {
                let id = create_workspace(tx, actor, &new.name, false, moment)?;
                one_of(tx, actor, id, opened(actor))
            },
        )
        .await
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    workspace: Uuid,
}

fn open(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let Which { workspace } = read(&ask.bytes().await?)?;
        let answer = ask
            .write(move |tx, actor, _| {
                open_workspace(tx, actor, workspace)?;
                one_of(tx, actor, workspace, Some(workspace))
            })
            .await?;
        json(StatusCode::OK, &answer)
    })
}

fn show_example(ask: Ask) -> Answer {
    Box::pin(async move {
        let (store, actor, moment) = (ask.desk.store.clone(), ask.actor()?.clone(), ask.moment);
        let id = Ask::apart(move || open_example(&store, &actor, moment)).await?;
        let answer = ask
            .read(move |tx, actor, _| one_of(tx, actor, id, Some(id)))
            .await?;
        json(StatusCode::OK, &answer)
    })
}

fn remove_example(ask: Ask) -> Answer {
    Box::pin(async move {
        ask.write(|tx, actor, _| remove_demo(tx, actor)).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}
