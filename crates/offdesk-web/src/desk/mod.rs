//! The desk: the pages and the API of a workspace, from one table of routes.

pub mod api;
mod ask;
mod assets;
mod attachment;
mod cache;
mod door;
mod entering;
mod errors;
mod form;
mod form_token;
mod headers;
mod layout;
mod listening;
mod logbook;
mod metrics;
mod once;
pub mod pages;
mod paging;
mod parts;
mod routes;
mod serve;
mod undecided;
mod work;
mod workspace_file;

use std::net::IpAddr;
use std::sync::Arc;

use offdesk_actions::Moment;
use offdesk_actions::calendars::Reach;
use offdesk_actions::mails::Outgoing;
use offdesk_actions::outbound::Fetcher;
use offdesk_actions::passkeys::Party;
use offdesk_actions::store::Store;

pub use self::api::openapi;
pub use self::ask::{Answer, Ask};
pub use self::form_token::form_token;
pub use self::routes::{Access, Route, routes};
pub use self::serve::{router, serve};

use self::cache::{HoursCache, ReturnCache};

/// Begins to measure; the function it gives says how long it has been.
pub type Stopwatch = fn() -> Box<dyn Fn() -> std::time::Duration + Send>;

/// How requests are measured and logged.
#[derive(Clone, Copy)]
pub struct Watch {
    /// Begins to measure.
    pub start: Stopwatch,
    /// Writes a line of the log about something that went wrong.
    pub tell: fn(&str),
    /// Writes a line of the log about each request, where that is wanted.
    pub log: Option<fn(&str)>,
}

/// What all requests share.
pub struct Desk {
    /// The store.
    pub store: Arc<Store>,
    /// The moment, and a source of chance.
    pub moment: fn() -> Moment,
    /// The address people use, such as `https://desk.example.com`; needed for links in mails and where a proxy stands before.
    pub public_url: Option<String>,
    /// Tells how long something took, and when; for counting, and for the log.
    pub watch: Option<Watch>,
    /// Networks of proxies that may say who a request is from.
    pub proxies: Vec<(IpAddr, u8)>,
    /// How mails are sent, where they are.
    pub outgoing: Option<Arc<Outgoing>>,
    /// How calendars are reached.
    pub reach: Arc<Reach>,
    /// Under which name passkeys are made here; `None` where there can be none.
    pub party: Option<Arc<Party>>,
    metrics: metrics::Metrics,
    hours: HoursCache,
    returns: ReturnCache,
    work: work::Bells,
    logbook: logbook::Logbook,
}

impl Desk {
    /// A desk on a store.
    #[must_use]
    pub fn new(store: Arc<Store>, moment: fn() -> Moment) -> Self {
        Self {
            store,
            moment,
            public_url: None,
            watch: None,
            proxies: Vec::new(),
            outgoing: None,
            reach: Arc::new(Reach {
                fetcher: Fetcher::default(),
                key: None,
            }),
            party: Party::at(None).ok().map(Arc::new),
            metrics: metrics::Metrics::default(),
            hours: HoursCache::default(),
            returns: ReturnCache::default(),
            work: work::Bells::default(),
            logbook: logbook::Logbook::default(),
        }
    }

    /// Reached under an address; its host may be asked for.
    #[must_use]
    pub fn at(mut self, public_url: Option<String>) -> Self {
        self.party = Party::at(public_url.as_deref()).ok().map(Arc::new);
        self.public_url = public_url;
        self
    }

    /// Whether a request may be addressed to a name in small letters: ours, a number, or `localhost`.
    fn has_host(&self, name: &str) -> bool {
        let own = self.public_url.as_deref().and_then(host_of);
        name == "localhost"
            || name.parse::<IpAddr>().is_ok()
            || own.is_some_and(|own| own.to_lowercase() == name)
    }

    /// Whether people come over TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"))
    }
}

/// The host of an address, without its port.
fn host_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(without_port(host))
}

/// A host without its port; as it is, where it is no host with a port.
fn without_port(host: &str) -> &str {
    let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((address, rest)) = host.strip_prefix('[').and_then(|it| it.split_once(']')) {
        let is_whole = rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port);
        return if is_whole { address } else { host };
    }
    match host.rsplit_once(':') {
        Some((name, port)) if is_port(port) => name,
        _ => host,
    }
}
