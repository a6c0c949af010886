//! How soon Desk, Work, Review and a search answer, and what a first page weighs.

use std::path::Path;

use super::Sizes;
use crate::Outcome;
use crate::bench::Bench;
use crate::bench::looks::looks;
use crate::bench::measure::{Cost, Costs};
use crate::bench::serving::{Server, free_port, offdesk, sign_in};

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
        let (seconds, weight) = looks(port, path, &headers, LOOKS, || Ok(()))?;
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
