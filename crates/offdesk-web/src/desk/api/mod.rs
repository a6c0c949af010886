//! The same as JSON, for programs.

mod uploads;

use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use serde::Serialize;

use super::routes::{Access, Route};

/// The routes of the API.
pub fn routes() -> Vec<Route> {
    let import = Access::May(Permission::Import);
    let route = |method, path, access, handle| Route {
        method,
        path,
        access,
        handle,
    };
    vec![
        route(Method::POST, "/api/v1/uploads", import, uploads::begin),
        route(
            Method::GET,
            "/api/v1/uploads/{upload}",
            import,
            uploads::show,
        ),
        route(
            Method::PUT,
            "/api/v1/uploads/{upload}/parts/{start}",
            import,
            uploads::add,
        ),
    ]
}

/// An answer in JSON.
///
/// # Errors
/// Where it cannot be written.
pub fn json(status: StatusCode, answer: &impl Serialize) -> Result<Response, Error> {
    let text = serde_json::to_string(answer).map_err(|error| {
        Error::new(
            offdesk_actions::ErrorKind::Failed,
            "json.failed",
            error.to_string(),
        )
    })?;
    Ok((status, [(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// What was sent, from JSON; a field that is not known is an error.
///
/// # Errors
/// `json.invalid`, with line and column.
pub fn read<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(bytes)
        .map_err(|error| Error::invalid("", "json.invalid", error.to_string()))
}
