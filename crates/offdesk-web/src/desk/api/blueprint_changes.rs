//! Changes of blueprints.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use offdesk_actions::blueprints::attaching::{
    Attached, LONGEST_ATTACHMENT, attach_files, detach_file,
};
use offdesk_actions::blueprints::bringing::{
    Brought, bring_blueprints, look_at_file, undo_bringing,
};
use offdesk_actions::blueprints::json::{BlueprintJson, BroughtJson};
use offdesk_actions::blueprints::there::SameTitle;
use offdesk_actions::blueprints::{
    self as actions, NewBlueprint, NewTestRun, Publishing, create_blueprint, publish_blueprint,
    save_draft,
};
use offdesk_actions::store::Uuid;
use serde::{Deserialize, Serialize};

use super::{change_by, json, make, read};
use crate::desk::ask::{Answer, Ask};

/// So many bytes a file may have.
const MOST_BYTES: usize = 32 * 1024 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    text: String,
    #[serde(default)]
    activity: Option<Uuid>,
    #[serde(default)]
    note: String,
}

/// Makes one.
pub fn create(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let new: New = read(&sent)?;
        let new = NewBlueprint {
            text: new.text,
            activity: new.activity,
            note: new.note,
        };
        make(&ask, &sent, move |tx, actor, moment| {
            let detail = create_blueprint(tx, actor, &new, moment)?;
            Ok(BlueprintJson::of(&detail))
        })
        .await
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    text: String,
    version: i64,
    #[serde(default)]
    note: String,
}

/// Saves a text as the draft.
pub fn save(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("blueprint")?;
        let new: Text = read(&ask.bytes().await?)?;
        let detail = ask
            .write(move |tx, actor, moment| {
                let seen = Some(new.version);
                save_draft(tx, actor, id, &new.text, &new.note, seen, moment)
            })
            .await?;
        json(StatusCode::OK, &BlueprintJson::of(&detail))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPublication {
    version: i64,
    #[serde(default)]
    untested: bool,
    #[serde(default)]
    as_written: bool,
}

/// Publishes the draft.
pub fn publish(ask: Ask) -> Answer {
    Box::pin(change_by(
        ask,
        "blueprint",
        StatusCode::CREATED,
        |tx, actor, id, new: NewPublication, moment| {
            let publishing = Publishing {
                seen: Some(new.version),
                is_untested: new.untested,
                is_as_written: new.as_written,
            };
            let detail = publish_blueprint(tx, actor, id, publishing, moment)?;
            Ok(BlueprintJson::of(&detail))
        },
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewRun {
    person: String,
    questions: i64,
    #[serde(default)]
    number: Option<i64>,
    #[serde(default)]
    note: String,
}

/// Notes a test run.
pub fn note_test_run(ask: Ask) -> Answer {
    Box::pin(change_by(
        ask,
        "blueprint",
        StatusCode::CREATED,
        |tx, actor, id, new: NewRun, moment| {
            let run = NewTestRun {
                number: new.number,
                person: new.person,
                questions: new.questions,
                note: new.note,
            };
            let detail = actions::note_test_run(tx, actor, id, &run, moment)?;
            Ok(BlueprintJson::of(&detail))
        },
    ))
}

/// Attaches a file: its bytes, named by `file=`.
pub fn attach(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("blueprint")?;
        let name = ask.query.text("file").to_owned();
        let bytes = ask.bytes_up_to(LONGEST_ATTACHMENT + 1).await?;
        let sent = bytes.clone();
        let new = Attached { name, bytes };
        make(&ask, &sent, move |tx, actor, moment| {
            let detail = attach_files(tx, actor, id, &[new], None, moment)?;
            Ok(BlueprintJson::of(&detail))
        })
        .await
    })
}

/// Takes an attachment out of the draft.
pub fn detach(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, file) = (ask.id("blueprint")?, ask.id("attachment")?);
        ask.write(move |tx, actor, moment| detach_file(tx, actor, id, file, None, moment))
            .await?;
        Ok(nothing())
    })
}

/// Throws the draft away.
pub fn drop_draft(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("blueprint")?;
        ask.write(move |tx, actor, moment| actions::drop_draft(tx, actor, id, None, moment))
            .await?;
        Ok(nothing())
    })
}

fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// Brings a file in as drafts; with `dry_run` it says only what would come.
pub fn bring(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes_up_to(MOST_BYTES).await?;
        let name = ask.query.text("file").to_owned();
        let same = SameTitle::typed(ask.query.text("same_title"))?;
        let (read_name, bytes) = (name.clone(), sent.clone());
        let coming = Ask::apart(move || look_at_file(&read_name, bytes)).await?;
        if ask.query.is_ticked("dry_run") {
            return json(
                StatusCode::OK,
                &BroughtJson::of(&coming, &Brought::default()),
            );
        }
        make(&ask, &sent, move |tx, actor, moment| {
            let brought = bring_blueprints(tx, actor, &coming.all, (&name, same), moment)?;
            Ok(BroughtJson::of(&coming, &brought))
        })
        .await
    })
}

#[derive(Serialize)]
struct UndoneJson {
    schema: &'static str,
    removed: usize,
    kept: Vec<String>,
}

/// Takes back what an import brought.
pub fn undo(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("import")?;
        let undone = ask
            .write(move |tx, actor, moment| undo_bringing(tx, actor, id, moment))
            .await?;
        let answer = UndoneJson {
            schema: "offdesk.blueprint_undo/1",
            removed: undone.removed,
            kept: undone.kept,
        };
        json(StatusCode::OK, &answer)
    })
}
