//! Several desks on one PostgreSQL: what each more adds, and what is lost when one of them is killed.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::Bench;
use super::http::ask;
use super::measure::Costs;
use super::serving::{Plan, Server, build, cost, free_port, offdesk, sign_in, walk};
use crate::Outcome;

const MOST: usize = 3;
const TURNS: usize = 3;
/// So many write to each process at a time, so long before one is killed and again so long afterwards.
const WRITERS: usize = 4;
const BEFORE_AND_AFTER: Duration = Duration::from_secs(2);
const JSON: &str = "Content-Type: application/json";

/// Reads of one, two and three processes on one database; then writes, while one of them is killed.
pub fn several(bench: &mut Bench, desk: &Path, database: &str) -> Outcome {
    build()?;
    let mut servers = Vec::new();
    for _ in 0..MOST {
        let port = free_port()?;
        let (server, _) = Server::start(&mut offdesk(desk, database, port), port)?;
        servers.push(server);
    }
    let ports: Vec<u16> = servers.iter().map(|server| server.port).collect();
    let headers = sign_in(ports[0])?;
    let (ids, _) = walk(ports[0], "/api/v1/entries", &headers)?;
    let paths: Vec<String> = ids
        .iter()
        .map(|id| format!("/api/v1/entries/{id}"))
        .collect();
    let mut all: Vec<Costs> = vec![Costs::default(); MOST];
    for _ in 0..TURNS {
        for (many, costs) in (1..).zip(&mut all) {
            let plan = Plan {
                ports: ports[..many].to_vec(),
                method: "GET",
                paths: &paths,
                headers: &headers,
                body: "",
            };
            let load = plan.ask(&bench.folder)?;
            eprintln!("{many} processes: {:.0}/s", load.per_second);
            let [of_all, _] = cost(load, 0.0);
            costs.0.push(of_all);
        }
    }
    for (many, costs) in (1..).zip(&all).skip(1) {
        let what = format!("1,000 reads of {many} processes on one PostgreSQL, beside one process");
        bench.table.remark(&what, &all[0], costs);
    }
    let (missing, written) = kill_one(&mut servers, &headers)?;
    let what =
        format!("of {written} inserts acknowledged while one of 3 processes was killed, missing");
    bench.table.judge_number(&what, missing, 0.0);
    Ok(())
}

/// Logs lines through all processes and kills the first under way; gives how many that were acknowledged are missing, and how many
/// were acknowledged.
fn kill_one(servers: &mut [Server], headers: &[String]) -> Outcome<(f64, u64)> {
    let ports: Vec<u16> = servers.iter().map(|server| server.port).collect();
    let last = *ports.last().ok_or("no process")?;
    let mut headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    headers.push(JSON);
    let before = logged(last, &headers)?;
    let (is_over, acknowledged) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for port in ports.iter().flat_map(|port| [*port; WRITERS]) {
            let (headers, is_over, acknowledged) = (&headers, &is_over, &acknowledged);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    let body = "{\"line\":\"1h inbox\"}";
                    // Whoever was killed answers no more.
                    let Ok(answer) = ask(port, "POST", "/api/v1/log-lines", headers, body) else {
                        break;
                    };
                    let is_kept = answer.status() == 201;
                    acknowledged.fetch_add(u64::from(is_kept), Ordering::Relaxed);
                }
            });
        }
        std::thread::sleep(BEFORE_AND_AFTER);
        if let Some(first) = servers.first_mut() {
            first.kill();
        }
        std::thread::sleep(BEFORE_AND_AFTER);
        is_over.store(true, Ordering::Relaxed);
    });
    let acknowledged = acknowledged.into_inner();
    let there = logged(last, &headers)?.saturating_sub(before);
    let missing = acknowledged.saturating_sub(there);
    Ok((f64::from(u32::try_from(missing)?), acknowledged))
}

/// How many lines are logged.
fn logged(port: u16, headers: &[&str]) -> Outcome<u64> {
    let text = ask(port, "GET", "/api/v1/sources", headers, "")?.text();
    let all: serde_json::Value = serde_json::from_str(&text)?;
    let sources = all["sources"].as_array().ok_or("no list of sources")?;
    let log = sources.iter().filter(|source| source["format"] == "log");
    Ok(log.filter_map(|source| source["entries"].as_u64()).sum())
}
