//! Writing a blueprint: in a plain form with a field for each part, or as Markdown.

mod fields;

pub use self::fields::written;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::blueprints::drafting::draft_of_activity;
use offdesk_actions::blueprints::{BlueprintDetail, load_blueprint};
use offdesk_actions::store::Uuid;
use offdesk_domain::blueprint::Blueprint;

use self::fields::fields;
use super::versions::difference;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, desk_page, wrong};
use crate::words;

/// The page for a new one; `activity=` drafts it from the entries of an activity.
pub fn new_page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(new_blueprint(&ask, &Form::default(), None).await?)) })
}

/// The page for a new one, with what was typed.
///
/// # Errors
/// `not_found` for the activity.
pub async fn new_blueprint(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let named = [form.text("activity"), ask.query.text("activity")];
    let named = named.into_iter().find(|text| !text.is_empty());
    let activity =
        named.map(|text| Uuid::try_parse(text).map_err(|_| Error::not_found("activity")));
    let activity = activity.transpose()?;
    let draft = match activity {
        None => None,
        Some(id) => Some(
            ask.read(move |tx, actor, _| draft_of_activity(tx, actor, id))
                .await?,
        ),
    };
    let typed = form.raw("notes");
    let text = match &draft {
        _ if !typed.is_empty() => typed.to_owned(),
        Some(draft) => draft.markdown(),
        None => String::new(),
    };
    let help = if draft.as_ref().is_some_and(Blueprint::has_steps) {
        "Drafted from your entries: what you wrote more than once as steps, the usual time and day. Change what is wrong."
    } else if draft.is_some() {
        "Drafted from your entries. None of their texts came more than once, so the steps are yours to write: a line for each, under the heading Steps."
    } else {
        "Paste or write, in whatever form: the first line is the title, lines and lists become steps, headings are understood."
    };
    let body = html! {
        p { a href="/blueprints" { "Blueprints" } }
        h1 { "Write its blueprint" }
        (wrong(error))
        form method="post" action="/blueprints" {
            @if let Some(id) = activity { input type="hidden" name="activity" value=(id); }
            (Area { name: "notes", label: "How it is done", help, value: &text, rows: 16 }.show(error))
            (Field { kind: "url", help: "Record yourself once while you do it; who watches can write the rest.", ..Field::text("recording", "Link to a recording (optional)", form.text("recording")) }.show(error))
            button { "Keep the draft" }
        }
    };
    Ok(desk_page(ask, "Write its blueprint", &body))
}

/// The page for one that is there; `as=markdown` shows its text.
pub fn edit_page(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("blueprint")?;
        let detail = ask
            .read(move |tx, actor, _| load_blueprint(tx, actor, id))
            .await?;
        let is_text = ask.query.text("as") == "markdown";
        Ok(shown(editing(
            &ask,
            &detail,
            &Typed::of(&detail, is_text),
            None,
        )))
    })
}

/// What stands in the form.
pub struct Typed {
    /// As Markdown, in one field.
    pub is_text: bool,
    /// The text.
    pub text: String,
    /// The note.
    pub note: String,
}

impl Typed {
    fn of(detail: &BlueprintDetail, is_text: bool) -> Self {
        let note = if detail.row.has_draft() {
            detail.newest.note.clone()
        } else {
            String::new()
        };
        Self {
            is_text,
            text: detail.newest.text.clone(),
            note,
        }
    }
}

/// The page, with what was typed and what went wrong. Where somebody else has saved meanwhile, both texts are there.
pub fn editing(
    ask: &Ask,
    detail: &BlueprintDetail,
    typed: &Typed,
    error: Option<&Error>,
) -> Markup {
    let id = detail.row.id;
    let is_changed = error.is_some_and(|error| error.code == "blueprint.changed");
    let title = words::shown(&detail.row.title, 160);
    let body = html! {
        p { a href="/blueprints" { "Blueprints" } " \u{b7} " a href={ "/blueprints/" (id) } { bdi { (title) } } }
        h1 { "Edit" }
        (wrong(error))
        @if is_changed { (both(detail, typed)) }
        @if !detail.row.has_draft() {
            p { "Version " (detail.row.published) " is published and stays as it is. What you save here begins a new draft." }
        }
        p.actions {
            @if typed.is_text { a href={ "/blueprints/" (id) "/edit" } { "Edit in a form" } }
            @else { a href={ "/blueprints/" (id) "/edit?as=markdown" } { "Edit as Markdown" } }
        }
        form method="post" action={ "/blueprints/" (id) } {
            input type="hidden" name="version" value=(detail.row.version);
            @if typed.is_text {
                (Area { name: "text", label: "Markdown", help: "Headings of the second level are the parts: Outcome, Trigger, Inputs, Steps, Acceptance criteria, Stop and ask, Examples, Links.", value: &typed.text, rows: 30 }.show(error))
            } @else { (fields(&Blueprint::of(&typed.text), error)) }
            (Field { help: "What you changed, and why. It stands beside the version.", ..Field::text("note", "Note (optional)", &typed.note) }.show(error))
            button { "Save the draft" }
            " " a href={ "/blueprints/" (id) } { "Leave it as it is" }
        }
    };
    desk_page(ask, &format!("Edit {title}"), &body)
}

/// The other text against this one. Saving again puts this one in its place.
fn both(detail: &BlueprintDetail, typed: &Typed) -> Markup {
    html! {
        section.card aria-labelledby="both" {
            h2 #both { "What " bdi { (words::shown(&detail.newest.author, 80)) } " saved meanwhile, against yours" }
            (difference(&detail.newest.text, &Blueprint::of(&typed.text).markdown()))
            p { "Yours stands in the form below, and nothing of it is lost. Take over from the other text what you want to keep, then save: yours takes its place." }
            details { summary { "The other text as a whole" } pre tabindex="0" { (detail.newest.text) } }
        }
    }
}
