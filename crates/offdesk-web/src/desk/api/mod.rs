//! The same as JSON, for programs: everything the pages do, with the errors of the command line.

mod account;
mod activities;
mod agents;
mod all;
mod assignment_changes;
mod assignment_table;
mod assignments;
mod bill_table;
mod bills;
mod blueprint_changes;
mod blueprint_table;
mod blueprints;
mod budgets;
mod calendars;
mod changes;
mod deliverable_files;
mod describe;
mod desk;
mod entries;
mod giving;
mod handoff_checking;
mod handoffs;
mod hours_files;
mod imports;
mod input_files;
mod letting_in;
mod mailboxes;
mod members;
mod my;
mod my_pay;
mod my_table;
mod my_work;
mod options;
mod own;
mod pay;
mod pay_details;
mod pay_files;
mod pay_lines;
mod pay_table;
mod people;
mod person_table;
mod planning;
mod receipts;
mod recurrences;
mod returns;
mod reviews;
mod schemas;
mod table;
mod uploads;
mod weeks;
mod who;
mod workspace_file;
mod workspaces;
mod worth;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::fmt::temporal::DateTimePrinter;
use offdesk_actions::actor::{Actor, Permission};
use offdesk_actions::answers::{Given, Request, load_given, once};
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::{Error, ErrorKind, Moment};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::all::{Described, routes};
pub use self::bills::file as download_bill;
pub use self::deliverable_files::download as download_deliverable;
pub use self::describe::openapi;
pub use self::hours_files::whose as whose_hours;
pub(super) use self::letting_in::scopes_of;
pub use self::pay_files::{
    currency_of as pay_currency_of, journal as download_journal, kind_of as pay_kind_of,
    paper as download_paper, table as download_statement, write as give_pay_file,
};
pub use self::planning::{
    Terms as PlanTerms, desk_people, limits_of as plan_limits_of, solve as solve_plan,
    while_awaited,
};
use super::ask::Ask;

/// Most answers have fewer bytes than this, so that no room has to be made while they are written.
const USUAL_ANSWER: usize = 4 * 1024;
/// The header under whose value an answer is kept.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
const PRINTER: DateTimePrinter = DateTimePrinter::new();

/// An answer in JSON.
///
/// # Errors
/// Where it cannot be written.
pub fn json(status: StatusCode, answer: &impl Serialize) -> Result<Response, Error> {
    let mut bytes = Vec::with_capacity(USUAL_ANSWER);
    serde_json::to_writer(&mut bytes, answer).map_err(|error| unwritten(&error))?;
    Ok(body(status, bytes))
}

fn text(answer: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(answer).map_err(|error| unwritten(&error))
}

fn unwritten(error: &serde_json::Error) -> Error {
    Error::new(ErrorKind::Failed, "json.failed", error.to_string())
}

fn body(status: StatusCode, text: impl IntoResponse) -> Response {
    let json = HeaderValue::from_static("application/json");
    let mut answer = (status, text).into_response();
    answer.headers_mut().insert(header::CONTENT_TYPE, json);
    answer
}

/// What was sent, from JSON; a field that is not known is an error.
///
/// # Errors
/// `json.invalid`, with line and column.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(bytes)
        .map_err(|error| Error::invalid("", "json.invalid", error.to_string()))
}

/// What was sent, from JSON, where nothing has to be.
///
/// # Errors
/// Those of [`read`].
pub fn read_if_any<T: DeserializeOwned + Default>(bytes: &[u8]) -> Result<T, Error> {
    if bytes.is_empty() {
        return Ok(T::default());
    }
    read(bytes)
}

/// The request with its idempotency key; `None` where it has none.
fn keyed(ask: &Ask, sent: &[u8]) -> Result<Option<Request>, Error> {
    let key = ask.headers.get(IDEMPOTENCY_KEY);
    let of = |key: &HeaderValue| {
        let key = key.to_str().unwrap_or("");
        let path = match ask.query_text.as_str() {
            "" => ask.path.clone(),
            query => format!("{}?{query}", ask.path),
        };
        Request::new(key, ask.method.as_str(), &path, sent)
    };
    key.map(of).transpose()
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
    let Some(request) = keyed(ask, sent)? else {
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
    Ok(answered(given))
}

/// What whoever changes something here has to be allowed: a worker works, everybody else edits.
fn editing(ask: &Ask) -> Permission {
    if ask.may(Permission::Work) {
        Permission::Work
    } else {
        Permission::Edit
    }
}

/// Makes something, for whoever may edit, and answers with it as [`change`] does.
///
/// # Errors
/// Those of the action and of the key.
pub async fn make<A: Serialize>(
    ask: &Ask,
    sent: &[u8],
    action: impl FnOnce(&mut Tx<'_>, &Actor, Moment) -> Result<A, Error> + Send + 'static,
) -> Result<Response, Error> {
    change(ask, editing(ask), sent, StatusCode::CREATED, action).await
}

/// Changes what the path names by what was sent, for whoever may edit, and answers with it as [`change`] does.
///
/// # Errors
/// `not_found`, `json.invalid`, those of the action and of the key.
pub async fn change_by<N: DeserializeOwned + Send + 'static, A: Serialize>(
    mut ask: Ask,
    name: &str,
    status: StatusCode,
    action: impl FnOnce(&mut Tx<'_>, &Actor, Uuid, N, Moment) -> Result<A, Error> + Send + 'static,
) -> Result<Response, Error> {
    let id = ask.id(name)?;
    let sent = ask.bytes().await?;
    let new: N = read(&sent)?;
    let action = move |tx: &mut Tx<'_>, actor: &Actor, moment| action(tx, actor, id, new, moment);
    change(&ask, editing(&ask), &sent, status, action).await
}

/// The answer of a request that was done before, for what takes too long to be done while the database waits: it is asked for first,
/// and what comes of the work is kept with [`change`] afterwards.
///
/// # Errors
/// Those of the key.
pub async fn done_before(
    ask: &Ask,
    permission: Permission,
    sent: &[u8],
) -> Result<Option<Response>, Error> {
    let Some(request) = keyed(ask, sent)? else {
        return Ok(None);
    };
    let given = ask
        .read(move |tx, actor, _| load_given(tx, actor, permission, &request))
        .await?;
    Ok(given.map(answered))
}

/// Answers what was done outside of the database, and keeps the answer under the request's key.
///
/// # Errors
/// Those of the key.
pub async fn keep<A: Serialize + Send + 'static>(
    ask: &Ask,
    sent: &[u8],
    answer: A,
) -> Result<Response, Error> {
    if keyed(ask, sent)?.is_none() {
        return json(StatusCode::CREATED, &answer);
    }
    change(
        ask,
        Permission::Import,
        sent,
        StatusCode::CREATED,
        move |_, _, _| Ok(answer),
    )
    .await
}

fn answered(given: Given) -> Response {
    let status = StatusCode::from_u16(given.status).unwrap_or(StatusCode::OK);
    let mut response = body(status, given.body);
    if given.is_replayed {
        let name = HeaderName::from_static("idempotent-replayed");
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static("true"));
    }
    response
}

/// A moment as programs read it.
#[must_use]
pub fn at(micros: i64) -> String {
    let mut text = String::with_capacity(30);
    if let Ok(at) = jiff::Timestamp::from_microsecond(micros) {
        // Writing into a text does not fail.
        let _ = PRINTER.print_timestamp(&at, &mut text);
    }
    text
}

/// A day as programs read it.
#[must_use]
pub fn day(day: i64) -> String {
    let mut text = String::with_capacity(10);
    if let Some(day) = offdesk_domain::Day::from_number(day) {
        // Writing into a text does not fail.
        let _ = PRINTER.print_date(&day.date(), &mut text);
    }
    text
}
