//! How soon Desk, Work, Review and a search answer, and what a first page weighs.

use std::path::Path;

use super::Sizes;
use crate::Outcome;
use crate::bench::Bench;
use crate::bench::http::ask;
use crate::bench::measure::{Cost, Costs};
use crate::bench::serving::{Server, free_port, offdesk, sign_in};
use crate::machine::now;

/// 95 of 100 pages are answered within, in seconds.
const PAGE: f64 = 0.050;
/// 95 of 100 searches are answered within, in seconds.
const SEARCH: f64 = 0.020;
/// A first page as it is sent, in KB.
const WEIGHT: f64 = 14.0;
/// So often a page is asked for.
const LOOKS: usize = 200;

/// How soon pages answer, and what they weigh.
pub fn pages(bench: &mut Bench, desk: &Path, sizes: &Sizes) -> Outcome {
    let port = free_port()?;
    let (server, _) = Server::start(&mut offdesk(desk, "", port), port)?;
    let headers = sign_in(server.port)?;
    let business = format!(
        "{} open and {} closed assignments",
        sizes.open, sizes.closed
    );
    for (path, name, most) in [
        ("/desk", "Desk", PAGE),
        ("/work", "Work", PAGE),
        ("/review", "Review", PAGE),
        ("/blueprints?q=parcel+calender", "a search", SEARCH),
    ] {
        let of = if path.starts_with("/blueprints") {
            format!("{} blueprints", sizes.blueprints)
        } else {
            business.clone()
        };
        let (seconds, weight) = looks(port, path, &headers)?;
        let cost = Cost {
            wall: seconds,
            peak: server.memory("VmHWM:")?,
            inner: seconds,
        };
        let what = format!("{name} with {of}, 95 of 100");
        bench.table.judge_wall(&what, &Costs(vec![cost]), most);
        if path == "/desk" {
            let what = format!("{name} with {of} as it is sent, KB");
            bench.table.judge_number(&what, weight, WEIGHT);
        }
    }
    Ok(())
}

/// What 95 of 100 looks at a page take, in seconds, and its weight in KB.
fn looks(port: u16, path: &str, headers: &[String]) -> Outcome<(f64, f64)> {
    let mut headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    headers.push("Accept-Encoding: gzip");
    let (mut all, mut weight) = (Vec::with_capacity(LOOKS), 0);
    for _ in 0..LOOKS {
        let since = now();
        let page = ask(port, "GET", path, &headers, "")?;
        all.push(since.elapsed().as_secs_f64());
        if page.status() != 200 {
            return Err(format!("{path} answers {}", page.status()).into());
        }
        weight = page.body.len();
    }
    all.sort_by(f64::total_cmp);
    let at = (all.len() * 95).div_ceil(100).saturating_sub(1);
    let slow = all.get(at).copied().unwrap_or(f64::MAX);
    Ok((slow, f64::from(u32::try_from(weight)?) / 1000.0))
}
