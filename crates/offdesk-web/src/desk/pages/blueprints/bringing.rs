//! Files that are brought in as drafts: looked at first, then written, then undone if need be.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::blueprints::attaching::Attached;
use offdesk_actions::blueprints::bringing::{
    ComingBlueprint, ComingBlueprints, bring_blueprints, look_at_file, undo_bringing,
};
use offdesk_actions::blueprints::there::{SameTitle, There, look_there};

use crate::desk::ask::{Answer, Ask, page as shown, page_with, see};
use crate::desk::errors::status_of;
use crate::desk::form::Form;
use crate::desk::layout::{choice, desk_page, wrong};
use crate::desk::parts::files_in;
use crate::markdown::rendered;
use crate::words;

/// So many bytes may be brought in by a page at once: they go back and forth once as a form.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// What the form of the drafts may have, with the signs that a form adds.
const MOST_FORM: usize = 4 * MOST_BYTES;
/// So many drafts are shown at once.
const MOST_DRAFTS: usize = 500;

/// What can be said of a title that is there.
const SAME_TITLE: [(&str, &str); 2] = [
    ("draft", "becomes the draft of the one that is there"),
    ("apart", "comes in as another one beside it"),
];

/// The page to choose a file.
pub fn import_page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(choosing(&ask, None))) })
}

fn choosing(ask: &Ask, error: Option<&Error>) -> Markup {
    let body = html! {
        p { a href="/blueprints" { "Blueprints" } }
        h1 { "Bring blueprints in" }
        (wrong(error))
        p { "Markdown, plain text, HTML, Word files (.docx); a zip of them; an export of Notion or BookStack as zip. Each document becomes a draft." }
        form method="post" action="/blueprints/import" enctype="multipart/form-data" {
            div.drop {
                label for="files" { "Choose or drop files" }
                input #files type="file" name="file" multiple required;
            }
            button { "Look at them" }
        }
        p { small { "Nothing is written before you have seen what would come. At most 8 MB at once here; larger ones go by the command line: " code { "offdesk blueprint import" } } }
    };
    desk_page(ask, "Bring blueprints in", &body)
}

/// Takes files, and shows the drafts they would become.
pub fn bring(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let read = match files(&mut ask).await {
            Ok(files) => Ask::apart(move || look_at_all(files)).await,
            Err(error) => Err(error),
        };
        match read {
            Ok((names, coming)) => {
                let all = coming.all.clone();
                let there = ask
                    .read(move |tx, actor, _| look_there(tx, actor, &all))
                    .await?;
                Ok(shown(looked_at(&ask, &names, &coming, &there)))
            }
            Err(error) => Ok(page_with(status_of(&error), choosing(&ask, Some(&error)))),
        }
    })
}

async fn files(ask: &mut Ask) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut files = files_in(ask, MOST_BYTES).await?;
    files.retain(|(name, bytes)| !name.is_empty() || !bytes.is_empty());
    if files.is_empty() {
        return Err(Error::invalid("file", "import.empty", "no file came"));
    }
    Ok(files)
}

fn look_at_all(files: Vec<(String, Vec<u8>)>) -> Result<(String, ComingBlueprints), Error> {
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let mut all: Option<ComingBlueprints> = None;
    let mut empty = Vec::new();
    for (name, bytes) in files {
        // One that says nothing does not stop the others.
        if bytes.is_empty() && names.len() > 1 {
            empty.push(format!("{name}: it is empty"));
            continue;
        }
        let one = look_at_file(&name, bytes)?;
        match &mut all {
            None => all = Some(one),
            Some(all) => {
                all.all.extend(one.all);
                all.left_out.extend(one.left_out);
            }
        }
    }
    let mut coming = all.ok_or_else(|| Error::invalid("file", "import.empty", "no file came"))?;
    coming.left_out.extend(empty);
    if coming.all.len() > MOST_DRAFTS {
        return Err(Error::invalid(
            "file",
            "import.document_size",
            format!(
                "these are {} documents; a page takes {MOST_DRAFTS} at once",
                coming.all.len()
            ),
        )
        .hint("divide them, or use the command line:  offdesk blueprint import"));
    }
    Ok((words::listed(&names), coming))
}

fn looked_at(ask: &Ask, names: &str, coming: &ComingBlueprints, there: &[There]) -> Markup {
    let is_asked = |it: &There| matches!(it, There::Title(_) | There::Titles);
    let count = u64::try_from(coming.all.len()).unwrap_or(u64::MAX);
    let left_out = u64::try_from(coming.left_out.len()).unwrap_or(u64::MAX);
    let body = html! {
        p { a href="/blueprints/import" { "Other files" } }
        h1 { (words::count(count, "draft", "drafts")) " from " bdi { (words::shown(names, 120)) } }
        p { "Read as: " (coming.format) ". Untick what you do not want; nothing is written yet." }
        @if left_out > 0 {
            details { summary { (words::count(left_out, "file is", "files are")) " left out" }
                ul { @for name in coming.left_out.iter().take(100) { li { bdi { (words::shown(name, 160)) } } } }
            }
        }
        form method="post" action="/blueprints/import/confirmation" {
            input type="hidden" name="from" value=(names);
            @for (at, (one, there)) in coming.all.iter().zip(there).enumerate() { (draft(at, one, *there)) }
            @if there.iter().any(is_asked) { (choice("same_title", "What has a title that is there, and says something else", "", &SAME_TITLE)) }
            button { "Bring them in as drafts" }
        }
    };
    desk_page(ask, "Bring blueprints in", &body)
}

fn draft(at: usize, one: &ComingBlueprint, known: There) -> Markup {
    let there = one.parts_there();
    let is_there = matches!(known, There::Same(_));
    let text = one.blueprint.markdown();
    html! {
        div.coming {
            label.choice { input type="checkbox" name="take" value=(at) checked[!is_there]; span { bdi { (words::shown(&one.blueprint.title, 160)) } " " span.tag { @if there == 7 { "all 7 parts" } @else { (there) " of 7 parts" } }
                @match known { There::Nothing => {}, There::Same(_) => { " " span.tag { "there already, as it is" } }, _ => { " " span.tag { "its title is there" } } } } }
            textarea name={ "text-" (at) } hidden aria-hidden="true" tabindex="-1" { "\n" (text) }
            @for file in &one.attached {
                input type="hidden" name={ "name-" (at) } value=(file.name);
                input type="hidden" name={ "file-" (at) } value=(BASE64.encode(&file.bytes));
            }
            @if !one.attached.is_empty() { p { small { "With it: " bdi { (words::listed(&one.attached.iter().map(|it| words::shown(&it.name, 80)).collect::<Vec<_>>())) } } } }
            details { summary { "Look at it" } div.prose { (rendered(&text)) } }
        }
    }
}

/// Writes the drafts that were ticked.
pub fn confirm(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = Form::parse(&ask.bytes_up_to(MOST_FORM).await?);
        let from = words::shown(form.text("from"), 120);
        let coming: Vec<ComingBlueprint> = form
            .all("take")
            .filter_map(|at| {
                let text = form.raw(&format!("text-{at}"));
                (!text.is_empty()).then(|| ComingBlueprint {
                    attached: attached(&form, at),
                    ..ComingBlueprint::of("", text)
                })
            })
            .collect();
        let same = SameTitle::typed(form.text("same_title"))?;
        let done = ask
            .write(move |tx, actor, moment| {
                bring_blueprints(tx, actor, &coming, (&from, same), moment)
            })
            .await;
        match done {
            Ok(brought) => Ok(see(&format!(
                "/blueprints?brought={}&count={}&drafted={}&there={}",
                brought
                    .import
                    .map_or_else(|| "none".to_owned(), |id| id.to_string()),
                brought.made.len(),
                brought.drafted.len(),
                brought.there.len()
            ))),
            Err(error) => Ok(page_with(status_of(&error), choosing(&ask, Some(&error)))),
        }
    })
}

/// The files that came along with a draft.
fn attached(form: &Form, at: &str) -> Vec<Attached> {
    let (name, file) = (format!("name-{at}"), format!("file-{at}"));
    let files = form.all(&name).zip(form.all(&file));
    files
        .filter_map(|(name, file)| {
            let bytes = BASE64.decode(file).ok()?;
            let name = name.to_owned();
            Some(Attached { name, bytes })
        })
        .collect()
}

/// Takes back what an import brought.
pub fn undo(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("import")?;
        let undone = ask
            .write(move |tx, actor, moment| undo_bringing(tx, actor, id, moment))
            .await?;
        if undone.kept.is_empty() {
            return Ok(see(&format!("/blueprints?undone={}", undone.removed)));
        }
        let body = html! {
            h1 { "Undone, but for what was changed" }
            p { (words::count(u64::try_from(undone.removed).unwrap_or(u64::MAX), "draft is", "drafts are")) " gone. These were changed since and stay:" }
            ul { @for title in &undone.kept { li { bdi { (words::shown(title, 160)) } } } }
            p { a.button href="/blueprints" { "Blueprints" } }
        };
        Ok(page_with(StatusCode::OK, desk_page(&ask, "Undone", &body)))
    })
}
