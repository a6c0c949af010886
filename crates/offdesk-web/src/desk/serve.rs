//! Serves the desk: builds the router from the table of routes, and lets every request through the same door.

use std::collections::{BTreeSet, HashMap};
use std::future::Future;
use std::sync::Arc;

use axum::Router;

use axum::extract::{RawPathParams, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use offdesk_actions::error::SLOW;
use offdesk_actions::{Error, ErrorKind};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;

use super::ask::see;
use super::entering::{enter, is_api};
use super::errors::{LOG_SAYS_MORE, error_page, problem};
use super::form_token::{fill_forms, secret_of};
use super::headers::with_headers;
use super::listening;
use super::routes::{Route, routes};
use super::work::begin_work;
use super::{Desk, door};

/// The router of a desk.
pub fn router(desk: &Arc<Desk>) -> Router {
    let mut by_path: HashMap<&'static str, MethodRouter> = HashMap::new();
    for route in routes() {
        let desk = Arc::clone(desk);
        let handler = move |parts: RawPathParams, request: Request| {
            let desk = Arc::clone(&desk);
            async move { pass(desk, route, &parts, request).await }
        };
        let filter = MethodFilter::try_from(route.method.clone()).unwrap_or(MethodFilter::GET);
        let so_far = by_path.remove(route.path).unwrap_or_default();
        by_path.insert(route.path, so_far.merge(on(filter, handler)));
    }
    let add = |router: Router, (path, methods)| router.route(path, methods);
    let router = by_path.into_iter().fold(Router::new(), add);
    let refusing = |error: fn() -> Error| {
        let desk = Arc::clone(desk);
        move |request: Request| std::future::ready(no_route(&desk, &request, error()))
    };
    let router = router.fallback(refusing(|| Error::not_found("page")));
    let router = router.method_not_allowed_fallback({
        let desk = Arc::clone(desk);
        move |request: Request| std::future::ready(no_method(&desk, &request))
    });
    router.layer(CompressionLayer::new().compress_when(SizeAbove::new(512)))
}

/// What is answered where no route is.
fn no_route(desk: &Desk, request: &Request, error: Error) -> Response {
    let host = door::check_host(desk, request.headers());
    let error = host.err().unwrap_or(error);
    with_headers(desk, shown(&error, request.uri().path()))
}

/// What is answered where the route is for other methods: which those are.
fn no_method(desk: &Desk, request: &Request) -> Response {
    let allowed = methods_at(request.uri().path());
    let error = Error::new(
        ErrorKind::Invalid,
        "request.method",
        format!("this address is not for {}", request.method()),
    )
    .hint(format!("it is for {allowed}"));
    let mut response = no_route(desk, request, error);
    if response.status() == StatusCode::METHOD_NOT_ALLOWED
        && let Ok(allowed) = HeaderValue::from_str(&allowed)
    {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

/// The methods of what is at a path, in their order; of several addresses that it fits, those of the most particular.
fn methods_at(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    let is_open = |part: &str| part.starts_with('{');
    let fits = |pattern: &str| {
        let own = pattern.split('/');
        own.clone().count() == parts.len()
            && own
                .zip(&parts)
                .all(|(own, part)| is_open(own) || own == *part)
    };
    let fitting = routes().iter().filter(|route| fits(route.path));
    let open_parts = |route: &&Route| route.path.split('/').map(is_open).collect::<Vec<_>>();
    let Some(best) = fitting.min_by_key(open_parts).map(|route| route.path) else {
        return String::new();
    };
    let at = routes().iter().filter(|route| route.path == best);
    let mut methods: BTreeSet<&str> = at.map(|route| route.method.as_str()).collect();
    // A route of GET answers HEAD as well.
    if methods.contains("GET") {
        methods.insert("HEAD");
    }
    methods.into_iter().collect::<Vec<_>>().join(", ")
}

/// Lets a request through the door and hands it to its route.
async fn pass(
    desk: Arc<Desk>,
    route: &'static Route,
    parts: &RawPathParams,
    request: Request,
) -> Response {
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let since = desk.watch.map(|watch| (watch.start)());
    let secret = secret_of(&desk, request.headers());
    let outcome = tokio::time::timeout(route.patience, enter(&desk, route, parts, request)).await;
    let response = match outcome {
        Ok(Ok(response)) => response,
        Ok(Err(mut error)) => {
            // What went wrong on this side is told to the log only; a number leads from the page to its line.
            if matches!(error.kind, ErrorKind::Failed | ErrorKind::Unavailable) {
                let number = (desk.moment)().code();
                desk.log_error(&error, &number);
                if error.kind == ErrorKind::Failed {
                    error.hint = format!("{LOG_SAYS_MORE}, under {number}");
                }
            }
            refused(&error, &path, route)
        }
        Err(_) => refused(&too_long(), &path, route),
    };
    if let (Some(since), Some(watch)) = (since, desk.watch) {
        let (took, status) = (since(), response.status().as_u16());
        // A route of GET answers HEAD as well.
        let word = if method == Method::HEAD {
            "HEAD"
        } else {
            route.method.as_str()
        };
        desk.metrics.count(word, route.path, status, took);
        if let Some(log) = watch.log {
            log(&log_line(&[
                ("method", method.as_str()),
                ("route", route.path),
                ("status", &status.to_string()),
                ("ms", &took.as_millis().to_string()),
            ]));
        }
    }
    with_headers(&desk, fill_forms(&desk, secret, response).await)
}

fn too_long() -> Error {
    Error::new(
        ErrorKind::Unavailable,
        SLOW,
        "this took too long; it may still be done",
    )
    .hint("look whether it was, before you repeat it")
}

impl Desk {
    /// Tells the log what went wrong.
    pub(super) fn log_error(&self, error: &Error, number: &str) {
        if let Some(watch) = self.watch {
            (watch.tell)(&log_line(&[
                ("number", number),
                ("code", error.code),
                ("error", &error.message),
            ]));
        }
    }
}

/// A line of the log as JSON. Neither queries nor forms nor cookies are ever in it.
fn log_line(fields: &[(&str, &str)]) -> String {
    let fields: serde_json::Map<String, serde_json::Value> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).into()))
        .collect();
    serde_json::Value::Object(fields).to_string()
}

fn shown(error: &Error, path: &str) -> Response {
    if is_api(path) {
        problem(error)
    } else {
        error_page(error)
    }
}

/// What was refused; who is not signed in is led to where they can.
fn refused(error: &Error, path: &str, route: &Route) -> Response {
    let is_page = !is_api(path);
    match error.kind {
        ErrorKind::SignIn if is_page && route.method == Method::GET => {
            let next: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
            see(&format!("/sign-in?next={next}"))
        }
        ErrorKind::SignIn if is_page => see("/sign-in"),
        // Whoever lacks a second factor is led to where one is set up.
        _ if error.code == "member.factor" && is_page && route.method == Method::GET => {
            see("/security/second-factor")
        }
        _ => shown(error, path),
    }
}

/// Serves until `stop` is ready, then lets the requests that are under way end.
///
/// # Errors
/// Those of the socket.
pub async fn serve(
    desk: Arc<Desk>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let workers = begin_work(&desk);
    listening::answer_all(&desk, listener, router(&desk), stop).await;
    drop(workers);
    Ok(())
}
