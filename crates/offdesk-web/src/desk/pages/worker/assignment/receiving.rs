//! A deliverable's form as it comes: fields by their names, files kept part by part, so that a long one is never in memory.

use axum::extract::multipart::Field;
use axum::http::header;
use offdesk_actions::assignments::files::{
    LONGEST, LONGEST_PART, add_file_part, begin_file, drop_file, end_file,
};
use offdesk_actions::assignments::inputs::{LONGEST_INPUTS, too_long};
use offdesk_actions::store::Uuid;
use offdesk_actions::store::assignments::files::FileRow;
use offdesk_actions::{Error, ErrorKind};

use crate::desk::ask::Ask;
use crate::desk::form::Form;
use crate::desk::parts::{Parts, broken_form};

/// So long a field that is no file may be.
const MOST_TEXT: usize = 512 * 1024;

/// Takes the form, with files or without.
pub(super) async fn receive(ask: &mut Ask, id: Uuid) -> Result<Form, Error> {
    if !has_files(ask) {
        return ask.form().await;
    }
    let body = ask.take_body();
    let mut parts = ask.files_of(body).await?;
    let mut fields = Vec::new();
    while let Some(field) = parts.next_field().await.map_err(|_| broken_form())? {
        match (field.name().map(str::to_owned), field.file_name()) {
            (Some(name), Some(file)) if name == "file" => {
                let file = file.to_owned();
                take_file(ask, id, file, field).await?;
            }
            (Some(name), None) => fields.push((name, text_of(field).await?)),
            _ => {}
        }
    }
    Ok(Form::of(fields))
}

fn has_files(ask: &Ask) -> bool {
    let kind = ask.headers.get(header::CONTENT_TYPE);
    kind.and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("multipart/"))
}

/// A file of a form that belongs to something that is not there yet.
pub(in crate::desk::pages) struct Beside {
    /// The field it came in.
    pub(in crate::desk::pages) field: String,
    /// Its name.
    pub(in crate::desk::pages) name: String,
    /// What is in it.
    pub(in crate::desk::pages) bytes: Vec<u8>,
}

/// Takes a form with its files, which are not long: what they belong to is made with them or not at all.
pub(in crate::desk::pages) async fn receive_beside(
    ask: &mut Ask,
) -> Result<(Form, Vec<Beside>), Error> {
    if !has_files(ask) {
        return Ok((ask.form().await?, Vec::new()));
    }
    let body = ask.take_body();
    let mut parts = ask.files_of(body).await?;
    let (mut fields, mut files, mut length) = (Vec::new(), Vec::new(), 0);
    while let Some(field) = parts.next_field().await.map_err(|_| broken_form())? {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file) = field.file_name().map(str::to_owned) else {
            fields.push((name, text_of(field).await?));
            continue;
        };
        let mut bytes = Vec::new();
        let mut parts = Parts::of(field, LONGEST_PART);
        while let Some(part) = parts.next().await? {
            length += part.len();
            if length > LONGEST_INPUTS {
                return Err(too_long());
            }
            bytes.extend_from_slice(&part);
        }
        // A field for a file that nobody has chosen comes without a name.
        if !file.is_empty() {
            files.push(Beside {
                field: name,
                name: file,
                bytes,
            });
        }
    }
    Ok((Form::of(fields), files))
}

async fn text_of(mut field: Field<'_>) -> Result<String, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| broken_form())? {
        if bytes.len() + chunk.len() > MOST_TEXT {
            return Err(Error::new(
                ErrorKind::Invalid,
                "request.long",
                "what was typed is longer than half a megabyte",
            ));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Keeps a file; of one that does not come whole nothing is left.
async fn take_file(ask: &Ask, id: Uuid, name: String, field: Field<'_>) -> Result<(), Error> {
    let mut begun: Option<FileRow> = None;
    let done = keep_parts(ask, id, &name, field, &mut begun).await;
    let Some(file) = begun.map(|row| row.id) else {
        return done;
    };
    match done {
        Ok(()) => ask
            .write(move |tx, actor, _| end_file(tx, actor, id, file))
            .await
            .map(|_| ()),
        Err(error) => {
            ask.write(move |tx, actor, moment| drop_file(tx, actor, id, file, moment))
                .await?;
            Err(error)
        }
    }
}

async fn keep_parts(
    ask: &Ask,
    id: Uuid,
    name: &str,
    field: Field<'_>,
    begun: &mut Option<FileRow>,
) -> Result<(), Error> {
    let mut parts = Parts::of(field, LONGEST_PART);
    while let Some(part) = parts.next().await? {
        *begun = Some(keep_part(ask, id, name, begun.clone(), part).await?);
    }
    Ok(())
}

async fn keep_part(
    ask: &Ask,
    id: Uuid,
    name: &str,
    known: Option<FileRow>,
    part: Vec<u8>,
) -> Result<FileRow, Error> {
    let name = name.to_owned();
    ask.write(move |tx, actor, moment| {
        let file = match known {
            Some(known) => known,
            // How long it is, is known at its end.
            None => begin_file(tx, actor, id, &name, LONGEST, moment)?,
        };
        add_file_part(tx, actor, id, file.id, file.received, part)
    })
    .await
}
