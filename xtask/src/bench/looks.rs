//! How soon a page of a served desk answers, looked at again and again by somebody signed in.

use std::path::Path;

use super::Bench;
use super::http::ask;
use super::measure::{Cost, Costs};
use super::serving::{Server, free_port, offdesk, sign_in};
use crate::Outcome;
use crate::machine::now;

const JSON: &str = "Content-Type: application/json";
const LINE: &str = "{\"line\":\"1h inbox\"}";

/// What 95 of 100 looks at a page take, in seconds, and its weight in KB; something is done before each of them, which is not measured.
pub fn looks(
    port: u16,
    path: &str,
    headers: &[String],
    many: usize,
    before: impl Fn() -> Outcome,
) -> Outcome<(f64, f64)> {
    let mut headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    headers.push("Accept-Encoding: gzip");
    let (mut all, mut weight) = (Vec::with_capacity(many), 0);
    for _ in 0..many {
        before()?;
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

/// Hours and Next of a desk, each look after a line was typed in, so that nothing is answered from what was kept of the look before.
pub fn after_changes(
    bench: &mut Bench,
    of: &str,
    (desk, database): (&Path, &str),
    many: usize,
    most: f64,
) -> Outcome {
    let port = free_port()?;
    let (server, _) = Server::start(&mut offdesk(desk, database, port), port)?;
    let headers = sign_in(server.port)?;
    let mut typing: Vec<&str> = headers.iter().map(String::as_str).collect();
    typing.push(JSON);
    let type_a_line = || -> Outcome {
        let answer = ask(port, "POST", "/api/v1/log-lines", &typing, LINE)?;
        match answer.status() {
            201 => Ok(()),
            other => Err(format!("a typed line is answered with {other}").into()),
        }
    };
    for (path, name) in [("/hours", "Hours"), ("/next", "Next")] {
        let (seconds, _) = looks(port, path, &headers, many, type_a_line)?;
        let cost = Cost {
            wall: seconds,
            peak: server.memory("VmHWM:")?,
            inner: seconds,
        };
        let what = format!("{of}: the page {name}, each time after a change, 95 of 100");
        bench.table.judge_wall(&what, &Costs(vec![cost]), most);
    }
    Ok(())
}
