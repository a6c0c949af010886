//! A whole workspace as a file, out and in.

use axum::http::{Method, StatusCode};
use http_body_util::BodyExt;
use offdesk_actions::actor::Permission;
use offdesk_actions::exports::json::BroughtInJson;

use super::json;
use super::table::Line;
use crate::desk::ask::{Answer, Ask};
use crate::desk::parts::broken_form;
use crate::desk::routes::Access::May;
use crate::desk::workspace_file::{Receiving, written};

/// The lines of the table.
pub(super) fn lines() -> Vec<Line> {
    vec![
        (
            Method::GET,
            "/api/v1/workspace-file",
            May(Permission::Administer),
            download as fn(Ask) -> Answer,
            "The open workspace in one file, as offdesk workspace export writes it",
            &[][..],
            "zip",
        ),
        (
            Method::PUT,
            "/api/v1/workspace-file",
            May(Permission::Administer),
            receive,
            "Brings the workspace of such a file into this desk, which must not have it; you are its owner then; never for tokens",
            &[],
            "offdesk.workspace_brought_in/1",
        ),
    ]
}

fn download(ask: Ask) -> Answer {
    Box::pin(async move { written(&ask).await })
}

fn receive(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let mut body = ask.take_body();
        let mut receiving = Receiving::begin().await?;
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| broken_form())?;
            if let Some(bytes) = frame.data_ref() {
                receiving = receiving.take(bytes).await?;
            }
        }
        let manifest = receiving.end(&ask).await?;
        json(StatusCode::OK, &BroughtInJson::of(&manifest))
    })
}
