//! Blueprints.

use axum::http::StatusCode;
use offdesk_actions::Error;
use offdesk_actions::blueprints::attaching::attachments_of_version;
use offdesk_actions::blueprints::comparing::compare;
use offdesk_actions::blueprints::drafting::draft_of_activity;
use offdesk_actions::blueprints::finding::find_blueprints;
use offdesk_actions::blueprints::json::{
    AttachmentJson, BlueprintJson, BlueprintsJson, ChangeJson, VersionJson,
};
use offdesk_actions::blueprints::{list_blueprints, load_blueprint, load_version};
use serde::Serialize;

use super::json;
use crate::desk::ask::{Answer, Ask};
use crate::desk::pages::blueprints::{place_of, place_text};
use crate::desk::paging::{Paging, paged};

/// A page of them, or those a question leads to.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let question = ask.query.text("q").to_owned();
        if !question.is_empty() {
            let found = ask
                .read(move |tx, actor, _| find_blueprints(tx, actor, &question))
                .await?;
            let rows = found.iter().map(|found| &found.row);
            return json(StatusCode::OK, &BlueprintsJson::of(rows, None));
        }
        let paging = Paging::of(&ask)?;
        let (before, most) = (paging.place(place_of)?, paging.most);
        let rows = ask
            .read(move |tx, actor, _| list_blueprints(tx, actor, before, most + 1))
            .await?;
        let (page, last) = paged(&rows, most);
        json(
            StatusCode::OK,
            &BlueprintsJson::of(page, last.map(place_text)),
        )
    })
}

/// One of them.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("blueprint")?;
        let detail = ask
            .read(move |tx, actor, _| load_blueprint(tx, actor, id))
            .await?;
        json(StatusCode::OK, &BlueprintJson::of(&detail))
    })
}

#[derive(Serialize)]
struct OneVersionJson {
    schema: &'static str,
    #[serde(flatten)]
    version: VersionJson,
    changes: Vec<ChangeJson>,
    attachments: Vec<AttachmentJson>,
}

/// A version, with what changed since the one before, or since the one that is asked for.
pub fn version(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, number) = (ask.id("blueprint")?, ask.number("number")?);
        let since = match ask.query.text("since") {
            "" => number - 1,
            text => text.parse().map_err(|_| Error::not_found("version"))?,
        };
        let (version, before, files) = ask
            .read(move |tx, actor, _| {
                let version = load_version(tx, actor, id, number)?;
                let before = match since {
                    0 => String::new(),
                    since => load_version(tx, actor, id, since)?.text,
                };
                let files = attachments_of_version(tx, actor, id, number)?;
                Ok((version, before, files))
            })
            .await?;
        let answer = OneVersionJson {
            schema: "offdesk.blueprint_version/1",
            version: VersionJson::of(&version),
            changes: ChangeJson::all(compare(&before, &version.text)),
            attachments: files.iter().map(AttachmentJson::of).collect(),
        };
        json(StatusCode::OK, &answer)
    })
}

#[derive(Serialize)]
struct DraftJson {
    schema: &'static str,
    text: String,
}

/// A first draft of an activity's blueprint, from its entries. Nothing is kept.
pub fn draft(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("activity")?;
        let draft = ask
            .read(move |tx, actor, _| draft_of_activity(tx, actor, id))
            .await?;
        let answer = DraftJson {
            schema: "offdesk.draft/1",
            text: draft.markdown(),
        };
        json(StatusCode::OK, &answer)
    })
}
