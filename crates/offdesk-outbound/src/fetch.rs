//! Fetches what stands at an address that somebody has typed, and reaches nothing but public machines by it.
//!
//! The name is looked up once, all it leads to must be public, and the connection goes to that very address. Nothing is followed
//! further, and every failure looks the same and takes the same time, so that nobody learns from it what is in the network here.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};
use url::{Host as UrlHost, Url};

use crate::address::is_public;

/// So long an answer may be, in bytes.
pub const LONGEST: u64 = 10 * 1024 * 1024;
/// So long everything together may take: looking the name up, connecting, reading.
const PATIENCE: Duration = Duration::from_secs(7);

/// A host that may be reached although it is not public, or on an unusual port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    name: String,
    port: Option<u16>,
}

impl std::str::FromStr for Host {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let why = || "write it as calendar.example.lan, 192.168.1.5:8443 or [fd00::1]".to_owned();
        let url = Url::parse(&format!("http://{text}/")).map_err(|_| why())?;
        let is_bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let name = url.host_str().filter(|_| is_bare).ok_or_else(why)?;
        // The usual port of the scheme above is left out by the parser.
        let port = match url.port() {
            None if text.ends_with(":80") => Some(80),
            port => port,
        };
        Ok(Self {
            name: name.to_owned(),
            port,
        })
    }
}

/// An address of the web: `http` or `https`, with no name or password in it.
#[derive(Clone, PartialEq, Eq)]
pub struct WebAddress(Url);

impl fmt::Debug for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebAddress({}/…)", self.host())
    }
}

impl WebAddress {
    /// Reads an address. `webcal:` is what calendars call `https:`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let secure = text
            .split_once("://")
            .filter(|(scheme, _)| {
                scheme.eq_ignore_ascii_case("webcal") || scheme.eq_ignore_ascii_case("webcals")
            })
            .map(|(_, rest)| format!("https://{rest}"));
        let url = Url::parse(secure.as_deref().unwrap_or(text)).ok()?;
        let is_good = matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.as_str().len() <= 2000
            && !text.chars().any(|c| c.is_control() || c.is_whitespace());
        is_good.then_some(Self(url))
    }

    /// The host, which is all of it that may be shown.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The whole address, which often holds a secret.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.0.as_str()
    }
}

/// Why nothing was fetched; on purpose it says no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotFetched {
    /// It may not be reached, does not answer, or answers with something else than what was asked for.
    #[error("nothing could be fetched")]
    Failed,
    /// The answer is longer than [`LONGEST`].
    #[error("the answer is too long")]
    TooLong,
}

/// Fetches.
#[derive(Debug, Clone)]
pub struct Fetcher {
    allowed: Vec<Host>,
    ports: Vec<u16>,
    patience: Duration,
}

impl Default for Fetcher {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Fetcher {
    /// A client that reaches public machines, and the hosts that were allowed besides.
    #[must_use]
    pub fn new(allowed: Vec<Host>) -> Self {
        Self {
            allowed,
            ports: vec![80, 443],
            patience: PATIENCE,
        }
    }

    /// With another patience than seven seconds.
    #[must_use]
    pub fn patient_for(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Also where a public machine is asked on this port.
    #[must_use]
    pub fn also_on_port(mut self, port: u16) -> Self {
        self.ports.push(port);
        self
    }

    /// Fetches what stands at an address. A failure takes as long as there is patience, whatever its reason.
    ///
    /// # Errors
    /// [`NotFetched`].
    pub fn fetch(&self, address: &WebAddress) -> Result<Vec<u8>, NotFetched> {
        let patience = self.patience;
        let rest = std::thread::spawn(move || std::thread::sleep(patience));
        let fetched = self.try_to(address);
        if fetched == Err(NotFetched::Failed) {
            // A thread that only sleeps ends well.
            let _ = rest.join();
        }
        fetched
    }

    fn try_to(&self, address: &WebAddress) -> Result<Vec<u8>, NotFetched> {
        let url = &address.0;
        let has_user = !url.username().is_empty() || url.password().is_some();
        let is_allowed = self.is_allowed(url);
        if has_user || !(is_allowed || self.is_usual(url)) {
            return Err(NotFetched::Failed);
        }
        let config = Agent::config_builder()
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .timeout_global(Some(self.patience))
            .user_agent(concat!("offdesk/", env!("CARGO_PKG_VERSION")))
            .accept("text/calendar, */*;q=0.1")
            .build();
        let resolver = Guarded {
            is_allowed,
            within: DefaultResolver::default(),
        };
        let agent = Agent::with_parts(config, DefaultConnector::new(), resolver);
        let failed = |_: Error| NotFetched::Failed;
        let mut answer = agent.get(url.as_str()).call().map_err(failed)?;
        if answer.status() != 200 {
            return Err(NotFetched::Failed);
        }
        answer
            .body_mut()
            .with_config()
            .limit(LONGEST)
            .read_to_vec()
            .map_err(|error| match error {
                Error::BodyExceedsLimit(_) => NotFetched::TooLong,
                _ => NotFetched::Failed,
            })
    }

    fn is_allowed(&self, url: &Url) -> bool {
        let (name, port) = (url.host_str().unwrap_or(""), url.port_or_known_default());
        self.allowed.iter().any(|host| {
            host.name == name
                && match host.port {
                    Some(own) => port == Some(own),
                    None => matches!(port, Some(80 | 443)),
                }
        })
    }

    /// Whether an address is one as public calendars have them.
    fn is_usual(&self, url: &Url) -> bool {
        let is_public_host = match url.host() {
            Some(UrlHost::Domain(name)) => name.contains('.') && !name.ends_with('.'),
            Some(UrlHost::Ipv4(address)) => is_public(IpAddr::V4(address)),
            Some(UrlHost::Ipv6(address)) => is_public(IpAddr::V6(address)),
            None => false,
        };
        is_public_host
            && url
                .port_or_known_default()
                .is_some_and(|port| self.ports.contains(&port))
    }
}

/// Looks names up, and gives only what may be reached. The connection is made to what it gives.
#[derive(Debug)]
struct Guarded {
    is_allowed: bool,
    within: DefaultResolver,
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.within.resolve(uri, config, timeout)?;
        // One that is not public among several is a trick, or a mistake: none of them is used.
        if self.is_allowed || found.iter().all(|address| is_public(address.ip())) {
            return Ok(found);
        }
        Err(Error::HostNotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_shows_its_host_only() {
        let address = WebAddress::parse(" webcal://Cal.Example.com/private-s3cret/basic.ics ");
        let address = address.unwrap();
        assert_eq!(address.host(), "cal.example.com");
        assert_eq!(
            address.reveal(),
            "https://cal.example.com/private-s3cret/basic.ics"
        );
        assert!(!format!("{address:?}").contains("s3cret"));
        for bad in [
            "",
            "calendar",
            "ftp://a.example/b",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://a.example/b c",
            "https://",
        ] {
            assert_eq!(WebAddress::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn sec_16_a_name_that_leads_here_is_not_found() {
        use ureq::unversioned::transport::time::Duration;
        let config = Agent::config_builder().build();
        let look = |is_allowed: bool| {
            let guarded = Guarded {
                is_allowed,
                within: DefaultResolver::default(),
            };
            let uri: Uri = "http://localhost:8080/".parse().unwrap();
            let timeout = NextTimeout {
                after: Duration::NotHappening,
                reason: ureq::Timeout::Global,
                ..NextTimeout::default()
            };
            guarded.resolve(&uri, &config, timeout)
        };
        assert!(matches!(look(false), Err(Error::HostNotFound)));
        assert!(look(true).is_ok());
    }

    #[test]
    fn a_host_that_is_allowed_has_a_name_and_perhaps_a_port() {
        let host = |text: &str| text.parse::<Host>();
        assert_eq!(host("127.0.0.1:8080").unwrap().port, Some(8080));
        assert_eq!(host("nas.lan:80").unwrap().port, Some(80));
        assert_eq!(host("[fd00::1]").unwrap().name, "[fd00::1]");
        for bad in ["", "a/b", "user@host", "http://host", "host:99999", "a b"] {
            assert!(host(bad).is_err(), "{bad}");
        }
    }
}
