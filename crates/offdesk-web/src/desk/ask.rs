//! A request as the pages see it: who asks, for what, with which fields.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Limited};
use maud::Markup;
use offdesk_actions::accounts::Caller;
use offdesk_actions::actor::{Actor, Permission};
use offdesk_actions::hours::{Hours, WeekGrid};
use offdesk_actions::moment::Secret;
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::{Error, ErrorKind, Moment};

use super::Desk;
use super::errors::with_wait;
use super::form::Form;

/// So long a form or a JSON text may be.
const MOST_BYTES: usize = 1024 * 1024;

/// What a handler gives.
pub type Answer = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

/// A request.
pub struct Ask {
    /// What all requests share.
    pub desk: Arc<Desk>,
    /// Who asks.
    pub actor: Option<Actor>,
    /// The session's secret.
    pub secret: Option<Secret>,
    /// When.
    pub moment: Moment,
    /// Method.
    pub method: Method,
    /// Path.
    pub path: String,
    /// Names and texts of the parts of the path.
    pub parts: Vec<(String, String)>,
    /// Fields behind the question mark.
    pub query: Form,
    /// The same as it was sent.
    pub query_text: String,
    /// Headers.
    pub headers: HeaderMap,
    /// The network it comes from.
    pub network: String,
    /// What was sent; behind a lock only because a stream cannot be shared between threads.
    pub body: Mutex<Body>,
}

impl Ask {
    /// Who asks.
    ///
    /// # Errors
    /// `sign_in`, where nobody is signed in.
    pub fn actor(&self) -> Result<&Actor, Error> {
        self.actor
            .as_ref()
            .ok_or_else(|| Error::new(ErrorKind::SignIn, "sign_in", "nobody is signed in"))
    }

    /// The zone of the open workspace, on whose clock moments are shown; none where it has none.
    #[must_use]
    pub fn zone(&self) -> Option<&str> {
        let zone = self.actor.as_ref().map(|actor| actor.zone.as_str());
        zone.filter(|zone| !zone.is_empty())
    }

    /// Whether the one who asks may do something in the open workspace.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        let actor = self.actor.as_ref();
        actor.is_some_and(|actor| actor.may(permission))
    }

    /// A part of the path by its name; empty where there is none.
    #[must_use]
    pub fn part(&self, name: &str) -> &str {
        let found = self.parts.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, text)| text)
    }

    /// An id in the path. What is no id is nobody's.
    ///
    /// # Errors
    /// `not_found`.
    pub fn id(&self, name: &str) -> Result<Uuid, Error> {
        Uuid::try_parse(self.part(name)).map_err(|_| Error::not_found(name))
    }

    /// A number in the path.
    ///
    /// # Errors
    /// `not_found`.
    pub fn number(&self, name: &str) -> Result<i64, Error> {
        let text = self.part(name);
        text.parse().map_err(|_| Error::not_found(name))
    }

    /// What the browser calls itself.
    #[must_use]
    pub fn agent(&self) -> String {
        let agent = self.headers.get(header::USER_AGENT);
        agent
            .and_then(|agent| agent.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    }

    /// Who asks, as far as the request tells.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller {
            agent: self.agent(),
            network: self.network.clone(),
        }
    }

    /// The address of this offdesk to show on a page: the one it was given, else the one it was asked under. Never for a mail.
    #[must_use]
    pub fn shown_address(&self) -> String {
        if let Some(url) = &self.desk.public_url {
            return url.trim_end_matches('/').to_owned();
        }
        let host = self.headers.get(header::HOST);
        let host = host.and_then(|host| host.to_str().ok());
        format!("http://{}", host.unwrap_or("localhost"))
    }

    /// What was sent, as a stream; it can be taken once.
    pub fn take_body(&mut self) -> Body {
        let body = self.body.get_mut().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(body)
    }

    /// Puts back what is still to be read.
    pub(super) fn put_body(&mut self, body: Body) {
        self.body = Mutex::new(body);
    }

    /// The bytes that were sent.
    ///
    /// # Errors
    /// `request.long`, `request.broken`.
    pub async fn bytes(&mut self) -> Result<Vec<u8>, Error> {
        self.bytes_up_to(MOST_BYTES).await
    }

    /// The bytes that were sent, at most so many.
    ///
    /// # Errors
    /// `request.long`, `request.broken`.
    pub async fn bytes_up_to(&mut self, most: usize) -> Result<Vec<u8>, Error> {
        match Limited::new(self.take_body(), most).collect().await {
            Ok(collected) => Ok(collected.to_bytes().to_vec()),
            Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(Error::new(
                ErrorKind::Invalid,
                "request.long",
                match most / MOST_BYTES {
                    1 => "what was sent is longer than a megabyte".to_owned(),
                    megabytes => format!("what was sent is longer than {megabytes} megabytes"),
                },
            )),
            Err(_) => Err(Error::new(
                ErrorKind::Invalid,
                "request.broken",
                "what was sent ended too early",
            )),
        }
    }

    /// The form that was sent.
    ///
    /// # Errors
    /// As [`Ask::bytes`].
    pub async fn form(&mut self) -> Result<Form, Error> {
        Ok(Form::parse(&self.bytes().await?))
    }

    /// A form with files, read from a body; whoever reads it says how much that may be.
    ///
    /// # Errors
    /// `request.form`.
    pub async fn files_of(&self, body: Body) -> Result<Multipart, Error> {
        let mut request = Request::new(body);
        if let Some(kind) = self.headers.get(header::CONTENT_TYPE) {
            let headers = request.headers_mut();
            headers.insert(header::CONTENT_TYPE, kind.clone());
        }
        // Without this it would end after two megabytes.
        DefaultBodyLimit::disable().apply(&mut request);
        Multipart::from_request(request, &()).await.map_err(|_| {
            Error::new(
                ErrorKind::Invalid,
                "request.form",
                "this is no form with files",
            )
        })
    }

    /// Reads in the store, as the one who asks.
    ///
    /// # Errors
    /// Those of the action.
    pub async fn read<T: Send + 'static>(
        &self,
        action: impl FnOnce(&mut Tx<'_>, &Actor, Moment) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (actor, moment) = (self.actor()?.clone(), self.moment);
        self.desk
            .store
            .read(move |tx| action(tx, &actor, moment))
            .await
    }

    /// Writes in the store, as the one who asks.
    ///
    /// # Errors
    /// Those of the action.
    pub async fn write<T: Send + 'static>(
        &self,
        action: impl FnOnce(&mut Tx<'_>, &Actor, Moment) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (actor, moment) = (self.actor()?.clone(), self.moment);
        self.desk
            .store
            .write(move |tx| action(tx, &actor, moment))
            .await
    }

    /// Does something that takes its time, on a thread of its own.
    ///
    /// # Errors
    /// Those of the work.
    pub async fn apart<T: Send + 'static>(
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => done,
            Err(error) => Err(Error::new(
                ErrorKind::Failed,
                "work.failed",
                error.to_string(),
            )),
        }
    }

    /// The hours of the open workspace, as they are now.
    ///
    /// # Errors
    /// Those of the actor and of the store.
    pub async fn hours(&self) -> Result<Arc<Hours>, Error> {
        self.desk.hours.load(self).await
    }

    /// How the hours lie in a week.
    ///
    /// # Errors
    /// Those of the actor and of the store.
    pub async fn week(&self) -> Result<Option<WeekGrid>, Error> {
        self.desk.hours.load_week(self).await
    }
}

/// A page.
#[must_use]
pub fn page(markup: Markup) -> Response {
    page_with(StatusCode::OK, markup)
}

/// A page with a status; where that is one that passes, it says when to try again.
#[must_use]
pub fn page_with(status: StatusCode, markup: Markup) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    with_wait((status, kind, markup.into_string()).into_response())
}

/// On to another page, after something was done.
#[must_use]
pub fn see(path: &str) -> Response {
    let path = axum::http::HeaderValue::from_str(path)
        .unwrap_or(axum::http::HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response()
}
