//! Files of hours from a tracker, into one's own timesheet or, for the owner's side, into that of a person.

use axum::http::{Method, StatusCode};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission::{Edit, See, Work};
use offdesk_actions::store::Uuid;
use offdesk_actions::timesheets::bringing::json::{HoursFileJson, HoursFilesJson};
use offdesk_actions::timesheets::bringing::{
    HoursAnswer, LONGEST_FILE, Whose, answer_hours, import_hours, list_hours_files,
    load_hours_file, look_at_hours, undo_hours,
};
use serde::Deserialize;

use super::table::Line;
use super::{change, editing, json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{Key, Paging, paged};
use crate::desk::routes::Access::May;

/// Whose hours a path is about: a person's, or one's own.
///
/// # Errors
/// `not_found`.
pub fn whose(ask: &Ask) -> Result<Whose, Error> {
    match ask.part("person") {
        "" => Ok(Whose::Own),
        _ => Ok(Whose::Of(ask.id("person")?)),
    }
}

/// A page of them.
fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let whose = whose(&ask)?;
        let paging = Paging::of(&ask)?;
        let (before, most) = (paging.place(Key::of)?, paging.most);
        let all = ask
            .read(move |tx, actor, _| list_hours_files(tx, actor, whose, before, most + 1))
            .await?;
        let (page, last) = paged(&all, most);
        let next = last.map(|one| one.id.to_string());
        json(StatusCode::OK, &HoursFilesJson::of(page, next))
    })
}

/// One of them.
fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let (whose, id) = (whose(&ask)?, ask.id("file")?);
        let file = ask
            .read(move |tx, actor, moment| load_hours_file(tx, actor, whose, id, moment))
            .await?;
        json(StatusCode::OK, &HoursFileJson::of(&file))
    })
}

/// Takes one, and says what would become of it.
fn look(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let whose = whose(&ask)?;
        let name = ask.query.text("name").to_owned();
        let sent = ask.bytes_up_to(LONGEST_FILE).await?;
        let bytes = sent.clone();
        change(
            &ask,
            editing(&ask),
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let file = look_at_hours(tx, actor, whose, (&name, &bytes), moment)?;
                Ok(HoursFileJson::of(&file))
            },
        )
        .await
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    key: String,
    handoff: Option<Uuid>,
}

/// Notes which handoff rows are for.
fn answer(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (whose, id) = (whose(&ask)?, ask.id("file")?);
        let said: Said = read(&ask.bytes().await?)?;
        let answers = [HoursAnswer {
            key: said.key,
            handoff: said.handoff,
        }];
        let file = ask
            .write(move |tx, actor, moment| answer_hours(tx, actor, whose, id, &answers, moment))
            .await?;
        json(StatusCode::OK, &HoursFileJson::of(&file))
    })
}

/// Puts its rows into the timesheet.
fn import(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (whose, id) = (whose(&ask)?, ask.id("file")?);
        let sent = ask.bytes().await?;
        change(
            &ask,
            editing(&ask),
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                Ok(HoursFileJson::of(&import_hours(
                    tx, actor, whose, id, moment,
                )?))
            },
        )
        .await
    })
}

/// Takes its rows out again.
fn undo(ask: Ask) -> Answer {
    Box::pin(async move {
        let (whose, id) = (whose(&ask)?, ask.id("file")?);
        let file = ask
            .write(move |tx, actor, moment| undo_hours(tx, actor, whose, id, moment))
            .await?;
        json(StatusCode::OK, &HoursFileJson::of(&file))
    })
}

/// The lines of the table.
pub(super) fn lines() -> Vec<Line> {
    let (get, post) = (Method::GET, Method::POST);
    let mut all: Vec<Line> = Vec::new();
    for (paths, sees, changes) in [(OWN, Work, Work), (OF_PERSON, See, Edit)] {
        let [files, file, matches, import_of] = paths;
        let lines: [Line; 6] = [
            (
                get.clone(),
                files,
                May(sees),
                list,
                "A page of the files of hours that came from trackers, the latest first",
                &[],
                "offdesk.hours_files/1",
            ),
            (
                post.clone(),
                files,
                May(changes),
                look,
                "Takes a tracker's file of hours, sent as it is, and says what would become of its rows; name= says what it is called",
                &[],
                "offdesk.hours_file/1",
            ),
            (
                get.clone(),
                file,
                May(sees),
                show,
                "A file of hours: which rows are for which handoff, which are asked about, which are left out",
                &[],
                "offdesk.hours_file/1",
            ),
            (
                Method::PUT,
                matches,
                May(changes),
                answer,
                "Says which handoff the rows of a key are for, or with null that they are for none; it is remembered",
                &[("key", "string"), ("handoff", "string?")],
                "offdesk.hours_file/1",
            ),
            (
                post.clone(),
                import_of,
                May(changes),
                import,
                "Puts the rows of a file into the open weeks of the timesheet, each once",
                &[],
                "offdesk.hours_file/1",
            ),
            (
                Method::DELETE,
                file,
                May(changes),
                undo,
                "Takes the rows of a file out of the timesheet again, where its weeks are open",
                &[],
                "offdesk.hours_file/1",
            ),
        ];
        all.extend(lines);
    }
    all
}

const OWN: [&str; 4] = [
    "/api/v1/my/hours-files",
    "/api/v1/my/hours-files/{file}",
    "/api/v1/my/hours-files/{file}/matches",
    "/api/v1/my/hours-files/{file}/import",
];
const OF_PERSON: [&str; 4] = [
    "/api/v1/people/{person}/hours-files",
    "/api/v1/people/{person}/hours-files/{file}",
    "/api/v1/people/{person}/hours-files/{file}/matches",
    "/api/v1/people/{person}/hours-files/{file}/import",
];
