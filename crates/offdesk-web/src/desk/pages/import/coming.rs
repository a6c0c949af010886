//! Hours that come in: files, pasted text, a week from memory, a typed line.

use super::import_page;
use crate::desk::ask::{Answer, Ask, page_with, see};
use crate::desk::errors::status_of;
use crate::desk::form::{Form, number};
use crate::desk::parts::{Parts, broken_form};
use offdesk_actions::Error;
use offdesk_actions::remembered::{RememberedWork, log_time, remember_week};
use offdesk_actions::store::Uuid;
use offdesk_actions::store::uploads::UploadRow;
use offdesk_actions::uploads::{LONGEST, LONGEST_PART, add_part, begin_upload, drop_upload};

/// Takes files as a plain form sends them.
pub fn receive(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let body = ask.take_body();
        let mut parts = ask.files_of(body).await?;
        let mut ids = Vec::new();
        loop {
            let field = parts.next_field().await.map_err(|_| broken_form())?;
            let Some(field) = field else { break };
            if field.name() != Some("file") {
                continue;
            }
            let name = field.file_name().unwrap_or("file").to_owned();
            if let Some(id) = take_file(&ask, name, field).await? {
                ids.push(id);
            }
        }
        match ids.as_slice() {
            [] => {
                let error =
                    Error::invalid("file", "import.empty", "no file came, or only empty ones");
                let page = import_page(&ask, &Form::default(), Some(&error), "").await?;
                Ok(page_with(status_of(&error), page))
            }
            [only] => Ok(see(&format!("/import/{only}"))),
            _ => Ok(see("/import")),
        }
    })
}

/// Keeps a file as it comes, part by part. How long it is, is known at its end.
async fn take_file(
    ask: &Ask,
    name: String,
    field: axum::extract::multipart::Field<'_>,
) -> Result<Option<Uuid>, Error> {
    let mut parts = Parts::of(field, LONGEST_PART);
    let mut upload: Option<UploadRow> = None;
    loop {
        let part = match parts.next().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            Err(error) => {
                // A form that breaks off begins anew: what has come of it is of no use.
                if let Some(row) = upload {
                    ask.write(move |tx, actor, moment| drop_upload(tx, actor, row.id, moment))
                        .await?;
                }
                return Err(error);
            }
        };
        let (name, known) = (name.clone(), upload.take());
        let row = ask
            .write(move |tx, actor, moment| {
                let known = match known {
                    Some(known) => known,
                    None => begin_upload(tx, actor, &name, LONGEST, moment)?,
                };
                add_part(tx, actor, known.id, known.received, part)
            })
            .await?;
        upload = Some(row);
    }
    let Some(row) = upload else { return Ok(None) };
    let id = row.id;
    ask.write(move |tx, actor, _| offdesk_actions::uploads::end_upload(tx, actor, id))
        .await?;
    Ok(Some(id))
}

/// Takes pasted text.
pub fn paste(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = match ask.form().await {
            Err(error) if error.code == "request.long" => {
                let error =
                    error.hint("save it as a file and bring that; a file may be much longer");
                return refuse(&ask, &Form::default(), &error).await;
            }
            form => form?,
        };
        let text = form.raw("text").to_owned().into_bytes();
        let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
        let done = ask
            .write(move |tx, actor, moment| {
                let row = begin_upload(tx, actor, "pasted", length, moment)?;
                add_part(tx, actor, row.id, 0, text)
            })
            .await;
        match done {
            Ok(row) => Ok(see(&format!("/import/{}", row.id))),
            Err(error) => refuse(&ask, &form, &error).await,
        }
    })
}

async fn refuse(ask: &Ask, form: &Form, error: &Error) -> Result<axum::response::Response, Error> {
    let page = import_page(ask, form, Some(error), "").await?;
    Ok(page_with(status_of(error), page))
}

/// Takes a week from memory.
pub fn remember(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match read_memory(&form) {
            Ok(rows) => {
                ask.write(move |tx, actor, moment| remember_week(tx, actor, &rows, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see("/hours")),
            Err(error) => refuse(&ask, &form, &error).await,
        }
    })
}

pub(super) fn read_memory(form: &Form) -> Result<Vec<RememberedWork>, Error> {
    let rows = form.all("name").zip(form.all("hours"));
    rows.filter(|(_, hours)| !hours.is_empty())
        .map(|(name, hours)| {
            let hours = number(hours).map_err(|why| {
                Error::invalid("hours", "form.amount", format!("\"{hours}\": {why}"))
            })?;
            Ok(RememberedWork {
                name: name.to_owned(),
                hours,
            })
        })
        .collect()
}

/// Logs a line.
pub fn log(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let line = form.text("line").to_owned();
        let done = match form.day("day") {
            Ok(day) => {
                ask.write(move |tx, actor, moment| log_time(tx, actor, &line, day, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(logged) if logged.counted == 0 => Ok(see("/import?line=unused")),
            Ok(logged) if logged.counted < logged.seconds => Ok(see("/import?line=partly")),
            Ok(_) => Ok(see("/import?logged=1")),
            Err(error) => refuse(&ask, &form, &error).await,
        }
    })
}
