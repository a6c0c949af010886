//! What is done with a blueprint: made, saved, published, tested, thrown away.

use axum::response::Response;
use offdesk_actions::blueprints::bringing::ComingBlueprint;
use offdesk_actions::blueprints::drafting::add_recording;
use offdesk_actions::blueprints::{
    self as actions, NewBlueprint, NewTestRun, Publishing, create_blueprint, load_blueprint,
    publish_blueprint, save_draft,
};
use offdesk_actions::store::Uuid;
use offdesk_actions::{Error, ErrorKind};

use super::edit::{Typed, editing, new_blueprint, written};
use super::one::blueprint_page;
use crate::desk::ask::{Answer, Ask, page_with, see};
use crate::desk::errors::status_of;
use crate::desk::form::Form;

/// Makes one of notes.
pub fn create(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let made = match read_new(&form) {
            Ok(new) => {
                ask.write(move |tx, actor, moment| create_blueprint(tx, actor, &new, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match made {
            Ok(detail) => Ok(see(&format!("/blueprints/{}?done=made", detail.row.id))),
            Err(error) if error.kind == ErrorKind::NotFound => Err(error),
            Err(error) => {
                let page = new_blueprint(&ask, &form, Some(&error)).await?;
                Ok(page_with(status_of(&error), page))
            }
        }
    })
}

fn read_new(form: &Form) -> Result<NewBlueprint, Error> {
    let activity = match form.text("activity") {
        "" => None,
        text => Some(Uuid::try_parse(text).map_err(|_| Error::not_found("activity"))?),
    };
    if form.text("notes").is_empty() {
        return Err(Error::invalid("notes", "name.empty", "nothing was written")
            .hint("a title is enough to begin with"));
    }
    let mut blueprint = ComingBlueprint::of("", form.raw("notes")).blueprint;
    add_recording(&mut blueprint, form.text("recording"))?;
    let note = if form.text("recording").is_empty() {
        ""
    } else {
        "from a recording"
    };
    Ok(NewBlueprint {
        text: blueprint.markdown(),
        activity,
        note: note.to_owned(),
    })
}

/// Saves a text as the draft.
pub fn save(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("blueprint")?;
        let form = ask.form().await?;
        let before = ask
            .read(move |tx, actor, _| load_blueprint(tx, actor, id))
            .await?;
        let text = written(&form, &before.blueprint);
        let note = form.text("note").to_owned();
        let saved = match text.clone() {
            Ok(text) => {
                let (seen, note) = (form.version(), note.clone());
                ask.write(move |tx, actor, moment| {
                    save_draft(tx, actor, id, &text, &note, seen, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match saved {
            Ok(_) => Ok(see(&format!("/blueprints/{id}?done=saved"))),
            Err(error) if error.kind == ErrorKind::NotFound => Err(error),
            Err(error) => {
                let detail = ask
                    .read(move |tx, actor, _| load_blueprint(tx, actor, id))
                    .await?;
                let typed = Typed {
                    is_text: !form.raw("text").is_empty(),
                    text: text.unwrap_or_else(|_| typed_text(&form, &before.blueprint)),
                    note,
                };
                let page = editing(&ask, &detail, &typed, Some(&error));
                Ok(page_with(status_of(&error), page))
            }
        }
    })
}

/// What was typed, without the field that is not understood.
fn typed_text(form: &Form, before: &offdesk_domain::blueprint::Blueprint) -> String {
    let fields = form.fields();
    let rest = fields.filter(|(name, _)| !matches!(*name, "time" | "review_by"));
    let rest = rest.map(|(name, value)| (name.to_owned(), value.to_owned()));
    written(&Form::of(rest.collect()), before).unwrap_or_default()
}

/// Publishes the draft.
pub fn publish(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("blueprint")?;
        let form = ask.form().await?;
        let publishing = Publishing {
            seen: form.version(),
            is_untested: form.is_ticked("untested"),
            is_as_written: form.is_ticked("as_written"),
        };
        let done = ask
            .write(move |tx, actor, moment| publish_blueprint(tx, actor, id, publishing, moment))
            .await;
        shown_again(&ask, &form, done.map(|_| "published")).await
    })
}

/// Notes a test run.
pub fn note_test_run(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("blueprint")?;
        let form = ask.form().await?;
        let questions = form.text("questions");
        let done = match questions.parse::<i64>() {
            Err(_) => Err(Error::invalid(
                "questions",
                "blueprint.questions",
                format!("\"{questions}\" is no number of questions"),
            )
            .hint("count what they had to ask: 0 is best")),
            Ok(questions) => {
                let new = NewTestRun {
                    number: None,
                    person: form.text("person").to_owned(),
                    questions,
                    note: form.text("note").to_owned(),
                };
                ask.write(move |tx, actor, moment| {
                    actions::note_test_run(tx, actor, id, &new, moment)
                })
                .await
            }
        };
        shown_again(&ask, &form, done.map(|_| "tested")).await
    })
}

/// Throws the draft away.
pub fn drop_draft(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("blueprint")?;
        let form = ask.form().await?;
        let seen = form.version();
        let done = ask
            .write(move |tx, actor, moment| actions::drop_draft(tx, actor, id, seen, moment))
            .await;
        match done {
            Ok(None) => Ok(see("/blueprints?dropped=1")),
            done => shown_again(&ask, &form, done.map(|_| "dropped")).await,
        }
    })
}

/// On to the blueprint's page; with what went wrong, where something did.
async fn shown_again(
    ask: &Ask,
    form: &Form,
    done: Result<&'static str, Error>,
) -> Result<Response, Error> {
    let id = ask.id("blueprint")?;
    match done {
        Ok(word) => Ok(see(&format!("/blueprints/{id}?done={word}"))),
        Err(error) if error.kind == ErrorKind::NotFound => Err(error),
        Err(error) => {
            let page = blueprint_page(ask, form, Some(&error)).await?;
            Ok(page_with(status_of(&error), page))
        }
    }
}
