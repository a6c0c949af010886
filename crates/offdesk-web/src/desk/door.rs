//! What every request passes: the host it is for, where it comes from, who sends it.

use std::net::IpAddr;

use axum::http::{HeaderMap, Method, header};
use offdesk_actions::accounts::{actor_of_session, actor_of_token};
use offdesk_actions::actor::Actor;
use offdesk_actions::moment::Secret;
use offdesk_actions::store::Tx;
use offdesk_actions::{Error, ErrorKind, Moment};

use super::{Desk, without_port};

/// The cookie of a session; over TLS with the prefix that browsers guard.
pub fn cookie_name(desk: &Desk) -> &'static str {
    if desk.is_secure() {
        "__Host-offdesk"
    } else {
        "offdesk"
    }
}

/// The header that sets the session's cookie.
pub fn set_cookie(desk: &Desk, secret: &Secret) -> String {
    let secure = if desk.is_secure() { "; Secure" } else { "" };
    format!(
        "{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=7776000{secure}",
        cookie_name(desk),
        secret.reveal()
    )
}

/// The header that takes it away.
pub fn drop_cookie(desk: &Desk) -> String {
    let secure = if desk.is_secure() { "; Secure" } else { "" };
    format!(
        "{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}",
        cookie_name(desk)
    )
}

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// The token of a program.
pub fn bearer(headers: &HeaderMap) -> Option<Secret> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (kind, token) = value.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer")
        .then(|| Secret::given(token))
}

/// Refuses a request for a name that is not ours: a page elsewhere could have made its own name lead here.
///
/// # Errors
/// `request.host`.
pub fn check_host(desk: &Desk, headers: &HeaderMap) -> Result<(), Error> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (first, second) = (hosts.next(), hosts.next());
    let host = first
        .filter(|_| second.is_none())
        .and_then(|host| host.to_str().ok())
        .unwrap_or("");
    let name = without_port(host).to_lowercase();
    if desk.has_host(&name) {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Invalid,
        "request.host",
        "this offdesk is not reached under that name",
    )
    .hint("start it with --public-url and the address you use"))
}

/// Refuses a change that a page elsewhere has asked for. Programs with a token send no cookie, so nobody can borrow it.
///
/// # Errors
/// `request.origin`.
pub fn check_origin(desk: &Desk, method: &Method, headers: &HeaderMap) -> Result<(), Error> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_same = match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => {
            let host = text("host").unwrap_or("");
            let own = desk
                .public_url
                .as_deref()
                .map(|url| url.trim_end_matches('/'));
            origin == format!("http://{host}")
                || origin == format!("https://{host}") && desk.is_secure()
                || Some(origin) == own
        }
        // Neither browser nor page: only a token is good enough.
        (None, None) => {
            headers.contains_key(header::AUTHORIZATION) && !headers.contains_key(header::COOKIE)
        }
    };
    if is_same {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Forbidden,
        "request.origin",
        "this came from another page than one of offdesk's own",
    )
    .hint("open the page again and repeat it there"))
}

/// The network a request comes from: the peer, or what a trusted proxy says; of IPv6 the first half.
pub fn network_of(desk: &Desk, peer: IpAddr, headers: &HeaderMap) -> String {
    // An address of IPv4 may come as one of IPv6, all of which would be one network.
    let mut from = peer.to_canonical();
    if is_in(&desk.proxies, from) {
        // Whoever sends several such lines has written all but the last proxy's.
        let lines = headers.get_all("x-forwarded-for").iter().rev();
        let said = lines.map_while(|line| line.to_str().ok());
        let hops = said.flat_map(|line| line.rsplit(','));
        // The last address that is no proxy of ours.
        for hop in hops.map_while(|hop| hop.trim().parse::<IpAddr>().ok()) {
            from = hop.to_canonical();
            if !is_in(&desk.proxies, from) {
                break;
            }
        }
    }
    network_name(from)
}

/// The network of an address: itself, or of IPv6 the first half, the other being one host's to choose.
pub fn network_name(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// Whether an address is in one of some networks.
pub fn is_in(networks: &[(IpAddr, u8)], address: IpAddr) -> bool {
    networks
        .iter()
        .any(|(network, bits)| match (network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let mask = u32::MAX
                    .checked_shl(32 - u32::from(*bits).min(32))
                    .unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let mask = u128::MAX
                    .checked_shl(128 - u32::from(*bits).min(128))
                    .unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        })
}

/// What a request shows of who it is from.
pub enum Shown {
    /// Nothing.
    Nothing,
    /// The token of a program.
    Token(Secret),
    /// The cookie of a session.
    Session(Secret),
}

/// What a request shows of who it is from: a token, else a session.
pub fn shown(desk: &Desk, headers: &HeaderMap) -> Shown {
    if let Some(token) = bearer(headers) {
        return Shown::Token(token);
    }
    let session = cookie(headers, cookie_name(desk)).map(Secret::given);
    session.map_or(Shown::Nothing, Shown::Session)
}

/// Who asks. A token that is wrong is refused, not passed over.
///
/// # Errors
/// `sign_in`, `sign_in.code_missing`, and those of the store.
pub fn who(
    tx: &mut Tx<'_>,
    shown: Shown,
    moment: Moment,
) -> Result<(Option<Actor>, Option<Secret>), Error> {
    match shown {
        Shown::Nothing => Ok((None, None)),
        Shown::Token(token) => Ok((Some(actor_of_token(tx, &token, moment)?), None)),
        Shown::Session(secret) => match actor_of_session(tx, &secret, moment) {
            Ok(actor) => Ok((Some(actor), Some(secret))),
            // Somebody whose session has ended is nobody, and may still sign in.
            Err(error) if error.kind == ErrorKind::SignIn => Ok((None, Some(secret))),
            Err(error) => Err(error),
        },
    }
}
