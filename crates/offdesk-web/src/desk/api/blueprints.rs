//! Blueprints.

use axum::http::StatusCode;
use axum::response::Response;
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::blueprints::bringing::{bring_blueprints, look_at_file, undo_bringing};
use offdesk_actions::blueprints::comparing::{DiffLine, compare};
use offdesk_actions::blueprints::drafting::draft_of_activity;
use offdesk_actions::blueprints::exporting::export_zip;
use offdesk_actions::blueprints::finding::find_blueprints;
use offdesk_actions::blueprints::json::{BlueprintJson, BlueprintsJson, BroughtJson, VersionJson};
use offdesk_actions::blueprints::{
    self as actions, NewBlueprint, NewTestRun, Publishing, create_blueprint, list_blueprints,
    load_blueprint, load_version, publish_blueprint, save_draft,
};
use offdesk_actions::store::Uuid;
use serde::{Deserialize, Serialize};

use super::{change, json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::pages::blueprints::{download, place_of, place_text};

/// So many are in a page where nothing is said.
const USUAL: u32 = 50;
/// So many are at most.
const MOST: u32 = 200;
/// So many bytes a file may have.
const MOST_BYTES: usize = 32 * 1024 * 1024;

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
        let before = match ask.query.text("before") {
            "" => None,
            text => Some(place_of(text).ok_or_else(|| {
                Error::invalid("before", "page.before", "this is no place in the list")
            })?),
        };
        let most = ask
            .query
            .text("most")
            .parse()
            .unwrap_or(USUAL)
            .clamp(1, MOST);
        let rows = ask
            .read(move |tx, actor, _| list_blueprints(tx, actor, before, most + 1))
            .await?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let page = rows.get(..rows.len().min(most)).unwrap_or_default();
        let next = page.last().filter(|_| rows.len() > most).map(place_text);
        json(StatusCode::OK, &BlueprintsJson::of(page, next))
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
}

#[derive(Serialize)]
struct ChangeJson {
    kind: &'static str,
    text: String,
}

/// A version, with what changed since the one before.
pub fn version(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, number) = (ask.id("blueprint")?, ask.number("number")?);
        let (version, before) = ask
            .read(move |tx, actor, _| {
                let version = load_version(tx, actor, id, number)?;
                let before = match number {
                    ..=1 => String::new(),
                    number => load_version(tx, actor, id, number - 1)?.text,
                };
                Ok((version, before))
            })
            .await?;
        let changes = compare(&before, &version.text).into_iter();
        let changes = changes.map(|line| {
            let (kind, text) = match line {
                DiffLine::Same(text) => ("same", text),
                DiffLine::Removed(text) => ("removed", text),
                DiffLine::Added(text) => ("added", text),
                DiffLine::Gap => ("gap", String::new()),
            };
            ChangeJson { kind, text }
        });
        let answer = OneVersionJson {
            schema: "offdesk.blueprint_version/1",
            version: VersionJson::of(&version),
            changes: changes.collect(),
        };
        json(StatusCode::OK, &answer)
    })
}

/// All of them as a zip of Markdown.
pub fn files(ask: Ask) -> Answer {
    Box::pin(async move {
        let zip = ask.read(|tx, actor, _| export_zip(tx, actor)).await?;
        Ok(download("blueprints.zip", "application/zip", zip))
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
        change(
            &ask,
            Permission::Edit,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                Ok(BlueprintJson::of(&create_blueprint(
                    tx, actor, &new, moment,
                )?))
            },
        )
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
}

/// Publishes the draft.
pub fn publish(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("blueprint")?;
        let sent = ask.bytes().await?;
        let new: NewPublication = read(&sent)?;
        let publishing = Publishing {
            seen: Some(new.version),
            is_untested: new.untested,
        };
        change(
            &ask,
            Permission::Edit,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let detail = publish_blueprint(tx, actor, id, publishing, moment)?;
                Ok(BlueprintJson::of(&detail))
            },
        )
        .await
    })
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
pub fn note_test_run(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("blueprint")?;
        let sent = ask.bytes().await?;
        let new: NewRun = read(&sent)?;
        let run = NewTestRun {
            number: new.number,
            person: new.person,
            questions: new.questions,
            note: new.note,
        };
        change(
            &ask,
            Permission::Edit,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                Ok(BlueprintJson::of(&actions::note_test_run(
                    tx, actor, id, &run, moment,
                )?))
            },
        )
        .await
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
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// Brings a file in as drafts; with `dry_run` it says only what would come.
pub fn bring(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes_up_to(MOST_BYTES).await?;
        let name = ask.query.text("file").to_owned();
        let (read_name, bytes) = (name.clone(), sent.clone());
        let coming = Ask::apart(move || look_at_file(&read_name, bytes)).await?;
        if ask.query.is_ticked("dry_run") {
            return json(StatusCode::OK, &BroughtJson::of(&coming, None));
        }
        change(
            &ask,
            Permission::Edit,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let (import, _) = bring_blueprints(tx, actor, &coming.all, &name, moment)?;
                Ok(BroughtJson::of(&coming, Some(import)))
            },
        )
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
