//! How a request comes in: from where, from whom, and whether they may.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::{ConnectInfo, RawPathParams, Request};
use axum::http::request::Parts;
use axum::response::Response;
use offdesk_actions::accounts::{count_wrong_token, note_seen};
use offdesk_actions::moment::Secret;
use offdesk_actions::store::Tx;
use offdesk_actions::{Error, ErrorKind};

use super::ask::Ask;
use super::door::Shown;
use super::form::Form;
use super::form_token::check_form;
use super::routes::{Access, Handle, Route};
use super::{Desk, door};

/// Lets a request in and hands it to its route.
///
/// # Errors
/// `request.host`, `request.origin`, those of whoever asks, and those of the route.
pub(super) async fn enter(
    desk: &Arc<Desk>,
    route: &'static Route,
    parts: &RawPathParams,
    request: Request,
) -> Result<Response, Error> {
    let (head, body) = request.into_parts();
    door::check_host(desk, &head.headers)?;
    door::check_origin(desk, &head.method, &head.headers)?;
    let mut ask = ask_of(desk, parts, head, body);
    let handle = match route.handle {
        Handle::Answering(handle) => handle,
        Handle::Looking(look) => return look_once(desk, route, ask, look).await,
    };
    if route.access == Access::Open {
        let cookie = door::cookie(&ask.headers, door::cookie_name(desk));
        ask.secret = cookie.map(Secret::given);
    } else {
        (ask.actor, ask.secret) = match door::shown(desk, &ask.headers) {
            Shown::Nothing => (None, None),
            shown => {
                let (is_token, moment) = (matches!(shown, Shown::Token(_)), ask.moment);
                let look = desk.store.look(move |tx| door::who(tx, shown, moment));
                match look.await {
                    Err(error) if is_token => return Err(guessed(desk, ask.network, error).await),
                    looked => looked?,
                }
            }
        };
    }
    let caller = ask.caller();
    if let Some(actor) = &mut ask.actor {
        actor.caller = caller;
    }
    admit(route, &ask)?;
    check_form(&mut ask).await?;
    note_use(&ask);
    handle(ask).await
}

/// A request as the pages see it.
fn ask_of(desk: &Arc<Desk>, parts: &RawPathParams, head: Parts, body: Body) -> Ask {
    let moment = (desk.moment)();
    let peer = head
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(std::net::Ipv4Addr::LOCALHOST.into(), |info| info.0.ip());
    let network = door::network_of(desk, peer, &head.headers);
    Ask {
        desk: Arc::clone(desk),
        actor: None,
        secret: None,
        moment,
        method: head.method,
        path: head.uri.path().to_owned(),
        parts: parts
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        query: Form::parse(head.uri.query().unwrap_or("").as_bytes()),
        query_text: head.uri.query().unwrap_or("").to_owned(),
        headers: head.headers,
        network,
        body: Mutex::new(body),
    }
}

/// Finds out who asks and answers, in one transaction.
async fn look_once(
    desk: &Arc<Desk>,
    route: &'static Route,
    mut ask: Ask,
    look: fn(&mut Tx<'_>, &Ask) -> Result<Response, Error>,
) -> Result<Response, Error> {
    let shown = door::shown(desk, &ask.headers);
    if matches!(shown, Shown::Nothing) {
        admit(route, &ask)?;
    }
    let network = matches!(shown, Shown::Token(_)).then(|| ask.network.clone());
    let looked = desk.store.look(move |tx| {
        (ask.actor, ask.secret) = door::who(tx, shown, ask.moment)?;
        admit(route, &ask)?;
        let response = look(tx, &ask);
        Ok::<_, Error>((ask, response))
    });
    let (ask, response) = match (looked.await, network) {
        (Err(error), Some(network)) => return Err(guessed(desk, network, error).await),
        (looked, _) => looked?,
    };
    note_use(&ask);
    response
}

/// What is said to whoever came with a token that is none: each is counted, so that nobody tries them at will.
async fn guessed(desk: &Desk, network: String, error: Error) -> Error {
    if error.kind != ErrorKind::SignIn {
        return error;
    }
    let moment = (desk.moment)();
    let counted = desk
        .store
        .write(move |tx| count_wrong_token(tx, &network, moment));
    match counted.await {
        Err(counted) if counted.kind == ErrorKind::TooMany => counted,
        _ => error,
    }
}

/// Lets in whoever may use a route: the one place where that is decided.
fn admit(route: &Route, ask: &Ask) -> Result<(), Error> {
    if matches!(route.access, Access::Open | Access::Anyone) {
        return Ok(());
    }
    let actor = ask.actor.as_ref().ok_or_else(|| {
        Error::new(ErrorKind::SignIn, "sign_in", "nobody is signed in").hint("sign in first")
    })?;
    if actor.scopes.is_some() && !is_api(&ask.path) {
        return Err(Error::new(
            ErrorKind::Forbidden,
            "forbidden",
            "a token opens no pages, only the API",
        ));
    }
    match route.access {
        Access::May(permission) => {
            actor.workspace_for(permission)?;
        }
        Access::SignedIn if actor.session.is_none() => {
            return Err(Error::new(
                ErrorKind::Forbidden,
                "forbidden",
                "a token cannot see or change accounts, sessions and tokens",
            ));
        }
        _ => {}
    }
    Ok(())
}

/// Notes that a session is used, now and then, without anybody waiting for it.
fn note_use(ask: &Ask) {
    let Some(actor) = ask.actor.clone().filter(|actor| actor.is_long_unseen) else {
        return;
    };
    let moment = ask.moment;
    drop(
        ask.desk
            .store
            .write(move |tx| note_seen(tx, &actor, moment)),
    );
}

/// Whether a path is one of the API.
pub(super) fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}
