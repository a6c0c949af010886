//! A form with files as it comes: fields by their names, files kept part by part, so that a long one is never in memory. What is wrong
//! with a file empties no other field.

use axum::extract::multipart::Field;
use axum::http::header;
use offdesk_actions::assignments::files::{
    LONGEST, LONGEST_PART, add_file_part, begin_file, drop_file, end_file, too_long,
};
use offdesk_actions::assignments::sending::{
    add_input_part, begin_input_file, drop_input_file, end_input_file,
};
use offdesk_actions::store::Uuid;
use offdesk_actions::{Error, ErrorKind};

use crate::desk::ask::Ask;
use crate::desk::form::Form;
use crate::desk::parts::{Parts, broken_form};

/// So long a field that is no file may be.
const MOST_TEXT: usize = 512 * 1024;
/// So much of a file that is refused is read on to come to what stands behind it.
const MOST_SKIPPED: usize = 1024 * 1024 * 1024;

/// What files of a form are for.
#[derive(Debug, Clone, Copy)]
pub(in crate::desk::pages) enum Purpose {
    /// They are handed in with the next deliverable of an assignment.
    Deliverable(Uuid),
    /// They are given with an assignment that is not there yet.
    Input,
}

/// A form that has come, as far as it could be read.
#[derive(Default)]
pub(in crate::desk::pages) struct Received {
    /// The fields that are no files.
    pub(in crate::desk::pages) form: Form,
    /// The files that were kept, each with its field.
    pub(in crate::desk::pages) files: Vec<(String, Uuid)>,
    /// What was wrong, each with the field it is about; none where it is about the whole.
    pub(in crate::desk::pages) faults: Vec<(String, Error)>,
}

impl Received {
    /// The form, or what was wrong first with it.
    pub(in crate::desk::pages) fn checked(self) -> (Form, Result<(), Error>) {
        let fault = self.faults.into_iter().next();
        (self.form, fault.map_or(Ok(()), |(_, error)| Err(error)))
    }
}

/// Takes a form, with files or without.
pub(in crate::desk::pages) async fn receive(ask: &mut Ask, purpose: Purpose) -> Received {
    let mut received = Received::default();
    let mut fields = Vec::new();
    let whole = match has_files(ask) {
        true => read_on(ask, purpose, &mut fields, &mut received).await,
        false => ask.form().await.map(|form| {
            let all = form
                .fields()
                .map(|(name, value)| (name.to_owned(), value.to_owned()));
            fields.extend(all);
        }),
    };
    if let Err(error) = whole {
        received.faults.push((String::new(), error));
    }
    received.form = Form::of(fields);
    received
}

fn has_files(ask: &Ask) -> bool {
    let kind = ask.headers.get(header::CONTENT_TYPE);
    kind.and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("multipart/"))
}

async fn read_on(
    ask: &mut Ask,
    purpose: Purpose,
    fields: &mut Vec<(String, String)>,
    received: &mut Received,
) -> Result<(), Error> {
    let body = ask.take_body();
    let mut parts = ask.files_of(body).await?;
    while let Some(field) = parts.next_field().await.map_err(|_| broken_form())? {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file) = field.file_name().map(str::to_owned) else {
            fields.push((name, text_of(field).await?));
            continue;
        };
        let mut parts = Parts::of(field, LONGEST_PART);
        match take_file(ask, purpose, &file, &mut parts).await {
            Ok(Some(id)) => received.files.push((name, id)),
            Ok(None) => {}
            Err(error) => {
                received.faults.push((name, error));
                parts.skip(MOST_SKIPPED).await?;
            }
        }
    }
    Ok(())
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

/// A file of which something has come.
#[derive(Clone, Copy)]
struct Begun {
    id: Uuid,
    received: i64,
}

/// Keeps a file; none where nobody has chosen one. Of one that does not come whole nothing is left.
async fn take_file(
    ask: &Ask,
    purpose: Purpose,
    name: &str,
    parts: &mut Parts<'_>,
) -> Result<Option<Uuid>, Error> {
    let mut begun: Option<Begun> = None;
    let done = keep_parts(ask, purpose, name, parts, &mut begun).await;
    let Some(Begun { id, .. }) = begun else {
        // A field for a file that nobody has chosen comes without a name.
        return match done {
            Ok(()) if !name.is_empty() => {
                Err(Error::invalid("file", "file.empty", "the file is empty"))
            }
            done => done.map(|()| None),
        };
    };
    let is_whole = done.is_ok();
    ask.write(move |tx, actor, moment| match (purpose, is_whole) {
        (Purpose::Deliverable(of), true) => end_file(tx, actor, of, id).map(|_| ()),
        (Purpose::Deliverable(of), false) => drop_file(tx, actor, of, id, moment),
        (Purpose::Input, true) => end_input_file(tx, actor, id).map(|_| ()),
        (Purpose::Input, false) => drop_input_file(tx, actor, id),
    })
    .await?;
    done.map(|()| Some(id))
}

async fn keep_parts(
    ask: &Ask,
    purpose: Purpose,
    name: &str,
    parts: &mut Parts<'_>,
    begun: &mut Option<Begun>,
) -> Result<(), Error> {
    while let Some(part) = parts.next().await? {
        let has = begun.map_or(0, |it| it.received);
        if i64::try_from(part.len()).map_or(i64::MAX, |long| has + long) > LONGEST {
            return Err(too_long("file"));
        }
        *begun = Some(keep_part(ask, purpose, name, *begun, part).await?);
    }
    Ok(())
}

/// Keeps a part. How long the file is, is known at its end.
async fn keep_part(
    ask: &Ask,
    purpose: Purpose,
    name: &str,
    begun: Option<Begun>,
    part: Vec<u8>,
) -> Result<Begun, Error> {
    let name = name.to_owned();
    ask.write(move |tx, actor, moment| {
        let (id, start) = match (begun, purpose) {
            (Some(begun), _) => (begun.id, begun.received),
            (None, Purpose::Deliverable(of)) => {
                (begin_file(tx, actor, of, &name, LONGEST, moment)?.id, 0)
            }
            (None, Purpose::Input) => (begin_input_file(tx, actor, &name, LONGEST, moment)?.id, 0),
        };
        let received = match purpose {
            Purpose::Deliverable(of) => add_file_part(tx, actor, of, id, start, part)?.received,
            Purpose::Input => add_input_part(tx, actor, id, start, part)?.received,
        };
        Ok(Begun { id, received })
    })
    .await
}
