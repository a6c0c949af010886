//! The same as JSON, for programs: everything the pages do, with the errors of the command line.

mod activities;
mod describe;
mod entries;
mod imports;
mod people;
mod uploads;
mod worth;

use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use offdesk_actions::actor::{Actor, Permission};
use offdesk_actions::answers::{Request, once};
use offdesk_actions::store::Tx;
use offdesk_actions::{Error, ErrorKind, Moment};
use serde::Serialize;

use super::ask::{Answer, Ask};
use super::routes::{Access, Route};

/// What a route of the API is for, for its document.
#[derive(Debug, Clone, Copy)]
pub struct Described {
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// The fields of what is sent, as `name: type` lines; empty where nothing is.
    pub fields: &'static [(&'static str, &'static str)],
    /// The schema of the answer.
    pub answer: &'static str,
}

type Line = (
    Method,
    &'static str,
    Access,
    fn(Ask) -> Answer,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

/// The routes of the API.
pub fn routes() -> Vec<Route> {
    let lines = reading().into_iter().chain(writing());
    lines
        .map(
            |(method, path, access, handle, summary, fields, answer)| Route {
                method,
                path,
                access,
                handle,
                described: Some(Described {
                    summary,
                    fields,
                    answer,
                }),
            },
        )
        .collect()
}

fn reading() -> Vec<Line> {
    use Access::{May, Open, SignedIn};
    use Permission::{Import, See};
    let get = Method::GET;
    vec![
        (
            get.clone(),
            "/api/v1/openapi.json",
            Open,
            describe::document,
            "This document",
            &[],
            "openapi",
        ),
        (
            get.clone(),
            "/api/v1/me",
            May(See),
            people::me,
            "Who you are, and what you may do",
            &[],
            "offdesk.me/1",
        ),
        (
            get.clone(),
            "/api/v1/workspaces",
            SignedIn,
            people::workspaces,
            "Your workspaces",
            &[],
            "offdesk.workspaces/1",
        ),
        (
            get.clone(),
            "/api/v1/worths",
            May(See),
            worth::list,
            "What your hour is worth since when, the latest first",
            &[],
            "offdesk.worths/1",
        ),
        (
            get.clone(),
            "/api/v1/settings",
            May(See),
            worth::settings,
            "The workspace's settings, with the version to change them by",
            &[],
            "offdesk.settings/1",
        ),
        (
            get.clone(),
            "/api/v1/hours",
            May(See),
            activities::hours,
            "The audit of all imported hours",
            &[],
            "offdesk.audit/1",
        ),
        (
            get.clone(),
            "/api/v1/next",
            May(See),
            activities::next,
            "What to hand off, the most worthwhile first",
            &[],
            "offdesk.next/1",
        ),
        (
            get.clone(),
            "/api/v1/activities",
            May(See),
            activities::list,
            "The activities with their figures",
            &[],
            "offdesk.activities/1",
        ),
        (
            get.clone(),
            "/api/v1/activities/{activity}",
            May(See),
            activities::show,
            "An activity with its wordings",
            &[],
            "offdesk.activity/1",
        ),
        (
            get.clone(),
            "/api/v1/entries",
            May(See),
            entries::list,
            "A page of entries, the latest day first; before= takes the last page's next, most= at most 200",
            &[],
            "offdesk.entries/1",
        ),
        (
            get.clone(),
            "/api/v1/entries/{entry}",
            May(See),
            entries::show,
            "An entry by its id",
            &[],
            "offdesk.entry/1",
        ),
        (
            get.clone(),
            "/api/v1/sources",
            May(See),
            imports::list,
            "The imports that count",
            &[],
            "offdesk.sources/1",
        ),
        (
            get.clone(),
            "/api/v1/sources/{source}",
            May(See),
            imports::show,
            "An import by its number",
            &[],
            "offdesk.source/1",
        ),
        (
            get.clone(),
            "/api/v1/uploads/{upload}",
            May(Import),
            uploads::show,
            "How far an upload is",
            &[],
            "offdesk.upload/1",
        ),
        (
            get.clone(),
            "/api/v1/members",
            SignedIn,
            people::members,
            "The members and open invitations; never for tokens",
            &[],
            "offdesk.members/1",
        ),
        (
            get.clone(),
            "/api/v1/tokens",
            SignedIn,
            people::tokens,
            "The tokens; never for tokens",
            &[],
            "offdesk.tokens/1",
        ),
        (
            get,
            "/api/v1/events",
            SignedIn,
            people::events,
            "A page of the audit log; never for tokens",
            &[],
            "offdesk.events/1",
        ),
    ]
}

fn writing() -> Vec<Line> {
    use Access::May;
    use Permission::{Edit, Import, Manage};
    let (post, put) = (Method::POST, Method::PUT);
    vec![
        (
            post.clone(),
            "/api/v1/worths",
            May(Manage),
            worth::set,
            "Sets the worth from a day on",
            &[
                ("basis", "string"),
                ("figures", "object"),
                ("from", "date?"),
                ("multiple", "decimal?"),
                ("ceiling", "decimal?"),
            ],
            "offdesk.worth/1",
        ),
        (
            put.clone(),
            "/api/v1/settings",
            May(Manage),
            worth::change,
            "Changes the settings that were read",
            &[
                ("name", "string"),
                ("currency", "string"),
                ("place", "string"),
                ("zone", "string?"),
                ("weeks_per_year", "decimal"),
                ("version", "integer"),
            ],
            "offdesk.settings/1",
        ),
        (
            post.clone(),
            "/api/v1/uploads",
            May(Import),
            uploads::begin,
            "Begins an upload",
            &[("file", "string"), ("length", "integer")],
            "offdesk.upload/1",
        ),
        (
            put,
            "/api/v1/uploads/{upload}/parts/{start}",
            May(Import),
            uploads::add,
            "Takes the next part of a file, as its bytes; 409 says where to go on",
            &[],
            "offdesk.upload/1",
        ),
        (
            post.clone(),
            "/api/v1/uploads/{upload}/preview",
            May(Import),
            uploads::preview,
            "Says what importing an upload would bring",
            CHOICES,
            "offdesk.preview/1",
        ),
        (
            post.clone(),
            "/api/v1/uploads/{upload}/import",
            May(Import),
            uploads::import,
            "Queues an upload for being imported",
            CHOICES,
            "offdesk.upload/1",
        ),
        (
            Method::DELETE,
            "/api/v1/uploads/{upload}",
            May(Import),
            uploads::drop_it,
            "Drops an upload",
            &[],
            "none",
        ),
        (
            Method::DELETE,
            "/api/v1/sources/{source}",
            May(Import),
            imports::undo,
            "Undoes an import",
            &[],
            "none",
        ),
        (
            post.clone(),
            "/api/v1/log-lines",
            May(Import),
            imports::log,
            "Logs a line such as \"2h inbox\"",
            &[("line", "string"), ("day", "date?")],
            "offdesk.log/1",
        ),
        (
            post.clone(),
            "/api/v1/memory-weeks",
            May(Import),
            imports::remember,
            "Keeps a usual week told from memory",
            &[("rows", "array")],
            "offdesk.source/1",
        ),
        (
            post.clone(),
            "/api/v1/activities/{activity}/name",
            May(Edit),
            activities::rename,
            "Names an activity anew",
            &[("name", "string"), ("version", "integer?")],
            "offdesk.activity/1",
        ),
        (
            post.clone(),
            "/api/v1/activities/{activity}/merge",
            May(Edit),
            activities::merge,
            "Puts an activity into another one",
            &[("into", "id")],
            "offdesk.activity/1",
        ),
        (
            post.clone(),
            "/api/v1/activities/{activity}/split",
            May(Edit),
            activities::split,
            "Takes wordings of an activity out into a new one",
            &[("name", "string"), ("wordings", "array")],
            "offdesk.activity/1",
        ),
        (
            post.clone(),
            "/api/v1/activities/{activity}/stays",
            May(Edit),
            activities::keep,
            "Says that only you can do it (mine), that it is rest, or neither (null)",
            &[("stays", "string?"), ("version", "integer?")],
            "offdesk.activity/1",
        ),
        (
            post.clone(),
            "/api/v1/activities/{activity}/price",
            May(Edit),
            activities::price,
            "Sets your own price of an hour; without one, the market's counts",
            &[
                ("low", "decimal?"),
                ("likely", "decimal?"),
                ("high", "decimal?"),
                ("version", "integer?"),
            ],
            "offdesk.activity/1",
        ),
        (
            post,
            "/api/v1/activities/{activity}/judgement",
            May(Edit),
            activities::judge,
            "Puts handing it off off (not_now), rules it out (never), or opens it again (open)",
            &[("judgement", "string"), ("reason", "string?")],
            "offdesk.activity/1",
        ),
    ]
}

const CHOICES: &[(&str, &str)] = &[
    ("zone", "string?"),
    ("date_order", "string?"),
    ("format", "string?"),
    ("map", "array?"),
    ("person", "string?"),
    ("allow_long", "boolean?"),
];

/// An answer in JSON.
///
/// # Errors
/// Where it cannot be written.
pub fn json(status: StatusCode, answer: &impl Serialize) -> Result<Response, Error> {
    Ok(body(status, text(answer)?))
}

fn text(answer: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(answer)
        .map_err(|error| Error::new(ErrorKind::Failed, "json.failed", error.to_string()))
}

fn body(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// What was sent, from JSON; a field that is not known is an error.
///
/// # Errors
/// `json.invalid`, with line and column.
pub fn read<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(bytes)
        .map_err(|error| Error::invalid("", "json.invalid", error.to_string()))
}

/// Changes something and answers. With an idempotency key, the same request sent again changes nothing and is answered the same.
///
/// # Errors
/// Those of the action and of the key.
pub async fn change<A: Serialize>(
    ask: &Ask,
    permission: Permission,
    sent: &[u8],
    status: StatusCode,
    action: impl FnOnce(&mut Tx<'_>, &Actor, Moment) -> Result<A, Error> + Send + 'static,
) -> Result<Response, Error> {
    let key = ask
        .headers
        .get("idempotency-key")
        .map(|key| {
            let key = key.to_str().unwrap_or("");
            Request::new(key, ask.method.as_str(), &ask.path, sent)
        })
        .transpose()?;
    let Some(request) = key else {
        let answer = ask
            .write(move |tx, actor, moment| text(&action(tx, actor, moment)?))
            .await?;
        return Ok(body(status, answer));
    };
    let given = ask
        .write(move |tx, actor, moment| {
            once(tx, actor, permission, &request, moment, |tx| {
                Ok((status.as_u16(), text(&action(tx, actor, moment)?)?))
            })
        })
        .await?;
    let status = StatusCode::from_u16(given.status).unwrap_or(StatusCode::OK);
    let mut response = body(status, given.body);
    if given.is_replayed {
        let name = HeaderName::from_static("idempotent-replayed");
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// A moment as programs read it.
#[must_use]
pub fn at(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros).map_or_else(|_| String::new(), |at| at.to_string())
}

/// A day as programs read it.
#[must_use]
pub fn day(day: i64) -> String {
    i32::try_from(day).map_or_else(
        |_| String::new(),
        |day| offdesk_domain::Day(day).to_string(),
    )
}
