//! A whole workspace taken along, and one brought in.

use axum::response::Response;
use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::exports::Manifest;

use super::workspaces_page;
use crate::desk::ask::{Answer, Ask, page_with, see};
use crate::desk::errors::status_of;
use crate::desk::form::Form;
use crate::desk::parts::broken_form;
use crate::desk::workspace_file::{Receiving, written};

/// Both doors, for an owner.
pub fn doors() -> Markup {
    html! {
        section aria-labelledby="take-along" {
            h2 #take-along { "Take it along" }
            p { "All of the open workspace in one file, with what was handed in: for another desk, or to keep. It holds no account, no password and no token. Your hours and texts can be read in it." }
            form method="get" action="/workspaces/file" {
                label.choice { input type="checkbox" name="stress" value="1"; " With my own answers about stress, which are left out otherwise. They belong to whoever brings the file in." }
                button.plain { "Download the workspace" }
            }
        }
        section aria-labelledby="bring-in" {
            h2 #bring-in { "Bring one in" }
            p { "A workspace that this desk does not have, from such a file. It comes in whole or not at all, and you are its owner." }
            form method="post" action="/workspaces/file" enctype="multipart/form-data" {
                div.field {
                    label for="workspace-file" { "File" }
                    input #workspace-file type="file" name="file" accept=".zip" required;
                }
                button { "Bring it in" }
            }
        }
    }
}

/// The open workspace as a download.
pub fn download(ask: Ask) -> Answer {
    Box::pin(async move { written(&ask).await })
}

/// Brings one in.
pub fn receive(mut ask: Ask) -> Answer {
    Box::pin(async move {
        match take(&mut ask).await {
            Ok(_) => Ok(see("/workspaces?done=brought_in")),
            Err(error) => refuse(&ask, &error).await,
        }
    })
}

async fn refuse(ask: &Ask, error: &Error) -> Result<Response, Error> {
    let page = workspaces_page(ask, &Form::default(), Some(error)).await?;
    Ok(page_with(status_of(error), page))
}

async fn take(ask: &mut Ask) -> Result<Manifest, Error> {
    let body = ask.take_body();
    let mut parts = ask.files_of(body).await?;
    while let Some(mut field) = parts.next_field().await.map_err(|_| broken_form())? {
        if field.name() != Some("file") {
            continue;
        }
        let mut receiving = Receiving::begin().await?;
        while let Some(bytes) = field.chunk().await.map_err(|_| broken_form())? {
            receiving = receiving.take(&bytes).await?;
        }
        return receiving.end(ask).await;
    }
    Err(Error::invalid("file", "import.empty", "no file came"))
}
