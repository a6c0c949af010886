//! Errors as pages and, for programs, as problem documents.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use offdesk_actions::{Error, ErrorKind};
use serde::Serialize;

use super::ask::page_with;
use super::layout::plain_page;

/// The status of an error.
#[must_use]
pub fn status_of(error: &Error) -> StatusCode {
    match (error.kind, error.code) {
        (_, "request.host") => StatusCode::MISDIRECTED_REQUEST,
        (_, "request.long") => StatusCode::PAYLOAD_TOO_LARGE,
        (_, "request.method") => StatusCode::METHOD_NOT_ALLOWED,
        (ErrorKind::NotFound, _) => StatusCode::NOT_FOUND,
        (ErrorKind::SignIn, _) => StatusCode::UNAUTHORIZED,
        (ErrorKind::Forbidden, _) => StatusCode::FORBIDDEN,
        (ErrorKind::Invalid, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (ErrorKind::Conflict, _) => StatusCode::CONFLICT,
        (ErrorKind::TooMany, _) => StatusCode::TOO_MANY_REQUESTS,
        (ErrorKind::Unavailable, "store.full") => StatusCode::INSUFFICIENT_STORAGE,
        (ErrorKind::Unavailable, _) => StatusCode::SERVICE_UNAVAILABLE,
        (ErrorKind::Failed, _) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What cannot be told beside the form it came from.
#[must_use]
pub fn is_elsewhere(error: &Error) -> bool {
    matches!(error.code, "not_found" | "forbidden")
}

/// The page of a form again, with what went wrong; what cannot be told beside the form is told alone.
///
/// # Errors
/// That one, and those of the page.
pub async fn again(
    error: &Error,
    page: impl Future<Output = Result<Markup, Error>>,
) -> Result<Response, Error> {
    if is_elsewhere(error) {
        return Err(error.clone());
    }
    Ok(page_with(status_of(error), page.await?))
}

/// A problem document (RFC 9457) with the same stable codes as the command line.
#[derive(Debug, Serialize)]
struct ProblemJson<'e> {
    r#type: &'static str,
    title: &'e str,
    status: u16,
    code: &'e str,
    #[serde(skip_serializing_if = "str::is_empty")]
    hint: &'e str,
    #[serde(skip_serializing_if = "str::is_empty")]
    field: &'e str,
}

/// The error for a program.
#[must_use]
pub fn problem(error: &Error) -> Response {
    let status = status_of(error);
    let (title, hint) = told(error);
    let body = serde_json::to_string(&ProblemJson {
        r#type: "about:blank",
        title,
        status: status.as_u16(),
        code: error.code,
        hint,
        field: error.field,
    });
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    with_wait((status, kind, body.unwrap_or_default()).into_response())
}

/// The error as a page.
#[must_use]
pub fn error_page(error: &Error) -> Response {
    let status = status_of(error);
    let (title, hint) = told(error);
    let body = html! {
        h1 { (sentence(title)) }
        @if !hint.is_empty() { p { (sentence(hint)) } }
        p { small { (error.outcome()) " Code: " code { (error.code) } } }
        p { a href="/" { "Go to your desk" } }
    };
    page_with(status, plain_page("Not done", &body))
}

/// Where more is told of a fault on this side.
pub(super) const LOG_SAYS_MORE: &str = "the log of offdesk says more";

/// What is told: of faults on this side no more than that there was one.
fn told(error: &Error) -> (&str, &str) {
    if error.kind == ErrorKind::Failed {
        // What the error itself advises may tell of the inside.
        let hint = Some(error.hint.as_str()).filter(|hint| hint.starts_with(LOG_SAYS_MORE));
        (
            "something went wrong on this side",
            hint.unwrap_or(LOG_SAYS_MORE),
        )
    } else {
        (&error.message, &error.hint)
    }
}

/// An answer that says when to try again, where its status is one of those that pass.
pub(super) fn with_wait(mut response: Response) -> Response {
    let seconds = match response.status() {
        StatusCode::TOO_MANY_REQUESTS => "900",
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::INSUFFICIENT_STORAGE => "5",
        _ => return response,
    };
    let value = axum::http::HeaderValue::from_static(seconds);
    response.headers_mut().insert(header::RETRY_AFTER, value);
    response
}

/// A message as a sentence: a capital first, a full stop last.
#[must_use]
pub fn sentence(text: &str) -> String {
    let mut letters = text.trim().chars();
    let first: String = letters
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    let rest = letters.as_str();
    let end = if rest.ends_with(['.', '?', '!', ':']) || rest.contains("  ") {
        ""
    } else {
        "."
    };
    format!("{first}{rest}{end}")
}
