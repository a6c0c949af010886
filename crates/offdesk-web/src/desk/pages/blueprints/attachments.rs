//! Attachments of a blueprint: the files that go with it. Each is a download, never opened in place.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::blueprints::BlueprintDetail;
use offdesk_actions::blueprints::attaching::{
    Attached, LONGEST_ATTACHMENT, MOST_ATTACHMENTS, attach_files, detach_file, load_attachment,
};
use offdesk_actions::store::blueprints::attachments::AttachmentRow;

use super::may_edit;
use super::one::blueprint_page;
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::attachment::{BYTES, attachment};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::parts::files_in;
use crate::words;

/// The files of a version, each with its length; `path` is where they are given out.
pub fn attached(files: &[AttachmentRow], path: &str) -> Markup {
    html! {
        @if !files.is_empty() {
            section aria-labelledby="attachments" {
                h2 #attachments { "Attachments" }
                ul { @for file in files { li { (link(file, path)) } } }
            }
        }
    }
}

fn link(file: &AttachmentRow, path: &str) -> Markup {
    html! {
        a href={ (path) "/" (file.id) } { bdi { (words::shown(&file.name, 120)) } }
        " (" (words::size(file.length)) ")"
    }
}

/// The files of the newest version, with the forms to add one and to take one out.
pub(super) fn attachments(ask: &Ask, detail: &BlueprintDetail, error: Option<&Error>) -> Markup {
    let path = format!("/blueprints/{}/attachments", detail.row.id);
    if !may_edit(ask) {
        return attached(&detail.attachments, &path);
    }
    let version = detail.row.version;
    let fault = error.filter(|error| error.field == "file");
    html! {
        section aria-labelledby="attachments" {
            h2 #attachments { "Attachments" }
            p.quiet { "They go to whoever works by this page. Published versions keep those they were published with." }
            @if !detail.attachments.is_empty() {
                table.rows {
                    thead { tr { th scope="col" { "File" } th scope="col" { "Take it out" } } }
                    tbody { @for file in &detail.attachments { tr {
                        th scope="row" { (link(file, &path)) }
                        td data-label="Take it out" {
                            form method="post" action={ (path) "/" (file.id) "/removal" } {
                                input type="hidden" name="version" value=(version);
                                button.away aria-label={ "Take out " (words::shown(&file.name, 120)) } { "Take out" }
                            }
                        }
                    } } }
                }
            }
            @if detail.attachments.len() < MOST_ATTACHMENTS {
                details open[fault.is_some()] {
                    summary { "Attach files" }
                    form method="post" action=(path) enctype="multipart/form-data" {
                        div.field {
                            label for="file" { "Files, at most 8 MB together" }
                            input #file type="file" name="file" multiple required aria-invalid=[fault.map(|_| "true")];
                        }
                        button.plain { "Attach them" }
                    }
                }
            }
        }
    }
}

/// Takes files: all of them or none.
pub fn attach(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("blueprint")?;
        let done = match files_in(&mut ask, LONGEST_ATTACHMENT).await {
            Ok(files) => attach_all(&ask, files).await,
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => Ok(see(&format!("/blueprints/{id}?done=attached"))),
            Err(error) => {
                let form = Form::default();
                again(&error, blueprint_page(&ask, &form, Some(&error))).await
            }
        }
    })
}

async fn attach_all(ask: &Ask, files: Vec<(String, Vec<u8>)>) -> Result<(), Error> {
    let id = ask.id("blueprint")?;
    let named = |(name, bytes): &(String, Vec<u8>)| !name.is_empty() || !bytes.is_empty();
    let files = files.into_iter().filter(named);
    let files: Vec<Attached> = files
        .map(|(name, bytes)| Attached { name, bytes })
        .collect();
    if files.is_empty() {
        return Err(Error::invalid("file", "attachment.empty", "no file came"));
    }
    ask.write(move |tx, actor, moment| attach_files(tx, actor, id, &files, None, moment))
        .await
        .map(|_| ())
}

/// Takes one out of the draft.
pub fn detach(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, file) = (ask.id("blueprint")?, ask.id("attachment")?);
        let form = ask.form().await?;
        let seen = form.version();
        let done = ask
            .write(move |tx, actor, moment| detach_file(tx, actor, id, file, seen, moment))
            .await;
        match done {
            Ok(_) => Ok(see(&format!("/blueprints/{id}?done=detached"))),
            Err(error) => again(&error, blueprint_page(&ask, &form, Some(&error))).await,
        }
    })
}

/// Gives one out.
pub fn download(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, file) = (ask.id("blueprint")?, ask.id("attachment")?);
        let file = ask
            .read(move |tx, actor, _| load_attachment(tx, actor, id, file))
            .await?;
        Ok(attachment(&file.name, BYTES, file.bytes))
    })
}
