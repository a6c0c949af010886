//! Workspaces: one business each; the example company stands apart.

pub mod file;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::accounts::open_workspace;
use offdesk_actions::actor::Permission;
use offdesk_actions::example::open_example;
use offdesk_actions::store::WorkspaceId;
use offdesk_actions::store::members::Membership;
use offdesk_actions::workspaces::{create_workspace, list_workspaces, remove_demo};

use crate::desk::ask::{Answer, Ask, page as shown, page_with, see};
use crate::desk::errors::status_of;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, said, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let page = workspaces_page(&ask, &Form::default(), None).await?;
        Ok(shown(page))
    })
}

async fn workspaces_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let all = ask.read(|tx, actor, _| list_workspaces(tx, actor)).await?;
    let open = ask.actor()?.membership.map(|(WorkspaceId(id), _)| id);
    let is_worker = ask.actor()?.may(Permission::Work);
    let has_demo = all.iter().any(|one| one.is_demo);
    let note = match ask.query.text("done") {
        "removed" => "The example company is gone.",
        "brought_in" => {
            "The workspace came in whole: what is in it has the digest of its file. Open it here."
        }
        _ => "",
    };
    let body = html! {
        h1 { "Workspaces" }
        p.lead { "One for each business. None shows anything of another." }
        (said(if error.is_none() { note } else { "" }))
        (wrong(error))
        @for out in all.iter().filter(|one| one.is_suspended) {
            div.banner role="note" { span { "Your access to " bdi { (words::shown(&out.name, 80)) } " is suspended. An owner of it can let you back in; nothing of yours was removed." } }
        }
        @if all.is_empty() { p { "You are in none at the moment. Make one, or ask for an invitation." } }
        @else {
            table.rows {
                thead { tr { th scope="col" { "Name" } th scope="col" { "Your role" } th scope="col" { "Go there" } } }
                tbody { @for one in &all { (row(one, open == Some(one.workspace_id))) } }
            }
        }
        @if !is_worker { section aria-labelledby="new" {
            h2 #new { "A new one" }
            form.row method="post" action="/workspaces" {
                (Field { is_needed: true, ..Field::text("name", "Name of the business", form.text("name")) }.show(error))
                button { "Make the workspace" }
            }
        } }
        @if ask.may(Permission::Administer) { (file::doors()) }
        @if !has_demo && !is_worker {
            section aria-labelledby="example" {
                h2 #example { "An example company" }
                p { "Somebody else\u{2019}s invented hours, to look around in. It goes with one button." }
                form method="post" action="/workspaces/demo" { button.plain { "Show me the example" } }
            }
        }
    };
    Ok(desk_page(ask, "Workspaces", &body))
}

fn row(one: &Membership, is_open: bool) -> Markup {
    let name = words::shown(&one.name, 80);
    html! {
        tr {
            th scope="row" { bdi { (name) } @if one.is_demo { " " span.tag { "example" } } }
            td data-label="Your role" { (one.role) }
            td {
                @if one.is_suspended { span.tag { "suspended" } }
                @else if is_open { span.tag { "open" } }
                @else {
                    form method="post" action={ "/workspaces/" (one.workspace_id) "/open" } {
                        button.plain.small aria-label={ "Open " (name) } { "Open" }
                    }
                }
            }
        }
    }
}

/// Makes a workspace and opens it.
pub fn create(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let name = form.text("name").to_owned();
        let done = ask
            .write(move |tx, actor, moment| {
                let id = create_workspace(tx, actor, &name, false, moment)?;
                open_workspace(tx, actor, id)
            })
            .await;
        match done {
            Ok(()) => Ok(see("/")),
            Err(error) => {
                let page = workspaces_page(&ask, &form, Some(&error)).await?;
                Ok(page_with(status_of(&error), page))
            }
        }
    })
}

/// Opens a workspace.
pub fn open(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("workspace")?;
        ask.write(move |tx, actor, _| open_workspace(tx, actor, id))
            .await?;
        Ok(see("/"))
    })
}

/// Opens the example company, and makes it before where there is none.
pub fn show_example(ask: Ask) -> Answer {
    Box::pin(async move {
        let (store, actor, moment) = (ask.desk.store.clone(), ask.actor()?.clone(), ask.moment);
        Ask::apart(move || open_example(&store, &actor, moment)).await?;
        Ok(see("/hours"))
    })
}

/// Removes the example company that is open.
pub fn remove_example(ask: Ask) -> Answer {
    Box::pin(async move {
        ask.write(|tx, actor, _| remove_demo(tx, actor)).await?;
        Ok(see("/workspaces?done=removed"))
    })
}
