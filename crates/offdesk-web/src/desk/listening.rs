//! Connections: how many there may be, how long one may take to say what it wants, and how they end when the desk stops. Somebody who opens
//! many and says nothing keeps nobody else out.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt;

use super::Desk;
use super::door::{is_in, network_name};

/// So many connections are open at once at most: a process may have 1,024 files open where nobody has said otherwise.
const MOST: usize = 768;
/// So many of them are from one network, where it is neither this machine nor a proxy of ours.
const MOST_FROM_ONE: usize = 128;
/// A request says within so long what it wants; a connection that asks for nothing more is kept for as long.
const HEADERS: Duration = Duration::from_secs(30);
/// The same for this machine and for proxies of ours, which keep connections longer than we should be the first to close them.
const HEADERS_OF_OURS: Duration = Duration::from_secs(180);
/// Requests that are under way when the desk stops have so long to end.
const LAST: Duration = Duration::from_secs(8);
/// After an error of the socket, such as too many open files, so long nobody is let in.
const BREATH: Duration = Duration::from_millis(100);

/// How many connections there are from each network.
#[derive(Clone, Default)]
struct Guests(Arc<Mutex<HashMap<String, usize>>>);

/// One of them, until it ends.
struct Guest {
    of: Option<(Guests, String)>,
    _place: OwnedSemaphorePermit,
}

impl Guests {
    /// Lets one in, where there are not too many from there.
    fn admit(&self, from: Option<String>, place: OwnedSemaphorePermit) -> Option<Guest> {
        let of = match from {
            None => None,
            Some(from) => {
                let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                let count = all.entry(from.clone()).or_default();
                if *count >= MOST_FROM_ONE {
                    return None;
                }
                *count += 1;
                Some((self.clone(), from))
            }
        };
        Some(Guest { of, _place: place })
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        if let Some((guests, from)) = &self.of {
            let mut all = guests.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(count) = all.get_mut(from) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    all.remove(from);
                }
            }
        }
    }
}

/// Answers whoever connects until `stop` is ready, then lets the requests that are under way end, for a while.
pub(super) async fn answer_all(
    desk: &Desk,
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let (places, guests) = (Arc::new(Semaphore::new(MOST)), Guests::default());
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (place, connection) = tokio::select! {
            () = &mut stop => break,
            next = next(&listener, &places) => next,
        };
        let Some((place, (stream, peer))) = place.zip(connection) else {
            tokio::time::sleep(BREATH).await;
            continue;
        };
        let from = peer.ip().to_canonical();
        let is_ours = from.is_loopback() || is_in(&desk.proxies, from);
        let counted = (!is_ours).then(|| network_name(from));
        let Some(guest) = guests.admit(counted, place) else {
            continue;
        };
        let connection = graceful.watch(connection_of(stream, peer, is_ours, router.clone()));
        tokio::spawn(async move {
            // Whoever asked has gone away, or never said what they wanted.
            let _ = connection.await;
            drop(guest);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(LAST, graceful.shutdown()).await;
}

type Connected = (TcpStream, SocketAddr);

/// The next connection, once there is a place for it; none where the socket has an error.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (Option<OwnedSemaphorePermit>, Option<Connected>) {
    let place = Arc::clone(places).acquire_owned().await.ok();
    (place, listener.accept().await.ok())
}

/// A connection that answers by the router.
fn connection_of(
    stream: TcpStream,
    peer: SocketAddr,
    is_ours: bool,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    // Answers are small and whole: they go at once.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move {
            let answer = router.oneshot(request.map(Body::new)).await;
            answer.map_err(|never: Infallible| match never {})
        }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(if is_ours { HEADERS_OF_OURS } else { HEADERS })
        .serve_connection(TokioIo::new(stream), service)
}
