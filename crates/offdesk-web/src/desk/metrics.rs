//! What the program counts of itself, as Prometheus reads it: requests by route and status, how long they took.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use offdesk_actions::{Error, ErrorKind};

use super::ask::{Answer, Ask};
use super::without_port;

/// Upper ends of the buckets, in thousandths of a second.
const BUCKETS: [u64; 9] = [1, 2, 5, 10, 25, 50, 100, 500, 2_000];

#[derive(Default)]
struct Counts {
    /// By method, route and status.
    requests: BTreeMap<(&'static str, &'static str, u16), u64>,
    /// By route: for each bucket, and beyond the last one.
    times: BTreeMap<&'static str, ([u64; BUCKETS.len() + 1], Duration)>,
}

/// The counts since the start.
#[derive(Default)]
pub struct Metrics(Mutex<Counts>);

impl Metrics {
    /// Counts a request that was answered.
    pub fn count(&self, method: &'static str, route: &'static str, status: u16, took: Duration) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.requests.entry((method, route, status)).or_default() += 1;
        let (buckets, sum) = counts.times.entry(route).or_default();
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let at = BUCKETS.iter().position(|end| millis < *end);
        if let Some(bucket) = buckets.get_mut(at.unwrap_or(BUCKETS.len())) {
            *bucket += 1;
        }
        *sum += took;
    }

    /// All of it as text.
    #[must_use]
    pub fn text(&self) -> String {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = String::from(
            "# HELP offdesk_requests_total Requests that were answered.\n# TYPE offdesk_requests_total counter\n",
        );
        for ((method, route, status), number) in &counts.requests {
            let _ = writeln!(
                out,
                "offdesk_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {number}"
            );
        }
        out.push_str(
            "# HELP offdesk_request_seconds How long requests took.\n# TYPE offdesk_request_seconds histogram\n",
        );
        for (route, (buckets, sum)) in &counts.times {
            let mut all = 0;
            for (end, number) in BUCKETS.iter().zip(buckets) {
                all += number;
                let (whole, part) = (end / 1000, end % 1000);
                let _ = writeln!(
                    out,
                    "offdesk_request_seconds_bucket{{route=\"{route}\",le=\"{whole}.{part:03}\"}} {all}"
                );
            }
            all += buckets.last().copied().unwrap_or(0);
            let _ = writeln!(
                out,
                "offdesk_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {all}\n\
                 offdesk_request_seconds_sum{{route=\"{route}\"}} {:.6}\n\
                 offdesk_request_seconds_count{{route=\"{route}\"}} {all}",
                sum.as_secs_f64()
            );
        }
        out
    }
}

/// What proxies say of whom they ask for. Behind one everybody seems to be on this machine, so that any of it is enough to refuse.
const FORWARDED: [&str; 9] = [
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
];

/// Whether a request was meant for this machine by its own name, and nobody passed it on.
fn is_direct(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or("");
    let name = without_port(host).to_lowercase();
    let address = name.parse::<std::net::IpAddr>();
    let is_own = name == "localhost" || address.is_ok_and(|it| it.to_canonical().is_loopback());
    is_own && !FORWARDED.iter().any(|name| headers.contains_key(*name))
}

/// Shows them, on the machine itself or to a token.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let is_here = ask
            .network
            .parse::<std::net::IpAddr>()
            .is_ok_and(|from| from.is_loopback())
            || ask.network == "0:0:0:0::/64";
        let is_nobody = ask.actor.as_ref().is_none_or(|actor| actor.bar.is_some());
        if !(is_here && is_direct(&ask.headers)) && is_nobody {
            return Err(Error::new(
                ErrorKind::Forbidden,
                "metrics.away",
                "metrics are shown on the machine itself, or to a token",
            ));
        }
        let kind = [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )];
        Ok((kind, ask.desk.metrics.text()).into_response())
    })
}
