//! The desk as a server: how many requests it answers beside the least that a server can be, what it takes of memory, how soon it is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::Bench;
use super::http::ask;
use super::measure::{Cost, Costs, ratio};
use super::table::{Goal, Table};
use crate::Outcome;
use crate::machine::{cargo, now, output, root, run};

/// Requests are told as what so many of them take.
const THOUSAND: f64 = 1000.0;
const CONNECTIONS: &str = "32";
const SECONDS: &str = "2";
const TURNS: usize = 5;
/// So many different entries and pages are asked for.
const DIFFERENT: usize = 1000;
const MIB: f64 = 1024.0;
/// Whoever does not answer within so long does not come any more.
const LONGEST_START: Duration = Duration::from_secs(20);

/// A server that runs; it ends with this.
pub struct Server {
    child: Child,
    pub port: u16,
}

impl Server {
    /// Starts a program that listens on a port which it is told, and gives how long it took until it answered, in seconds.
    pub fn start(command: &mut Command, port: u16) -> Outcome<(Self, f64)> {
        let start = now();
        let child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let server = Self { child, port };
        while start.elapsed() < LONGEST_START {
            if ask(port, "GET", "/health", &[], "").is_ok_and(|answer| answer.status() == 200) {
                return Ok((server, start.elapsed().as_secs_f64()));
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        Err("a server that was started does not answer".into())
    }

    /// A line of what the kernel knows of it, in MiB: `VmRSS`, `VmHWM`.
    fn memory(&self, line: &str) -> Outcome<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let found = status.lines().find_map(|one| one.strip_prefix(line));
        let number = found.and_then(|rest| rest.split_whitespace().nth(1).map(str::to_owned));
        Ok(number.ok_or("the kernel does not say")?.parse::<f64>()? / MIB)
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        // Where it has ended already there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port that is free now.
pub fn free_port() -> Outcome<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port())
}

/// The desk, served.
pub fn offdesk(desk: &Path, database: &str, port: u16) -> Command {
    let mut command = Command::new(root().join("target/release/offdesk"));
    command
        .args(["serve", "--listen", &format!("127.0.0.1:{port}")])
        .env("OFFDESK_DATA_DIR", desk)
        .env("OFFDESK_DATABASE", database);
    command
}

/// The programs of the bench's own.
pub fn build() -> Outcome {
    run(cargo().args([
        "build",
        "--release",
        "--package",
        "xtask",
        "--locked",
        "--example",
        "bare",
        "--example",
        "load",
    ]))
}

fn program(name: &str) -> PathBuf {
    root().join("target/release/examples").join(name)
}

/// What is asked of servers, over and over.
pub struct Plan<'p> {
    pub ports: Vec<u16>,
    pub method: &'p str,
    pub paths: &'p [String],
    pub headers: &'p [String],
    pub body: &'p str,
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Answers a second.
    pub per_second: f64,
    /// The 99th percentile, in seconds.
    pub slow: f64,
}

impl Plan<'_> {
    /// Asks, and fails where an answer was none of the 200s.
    pub fn ask(&self, folder: &Path) -> Outcome<Load> {
        let list = |texts: &[String]| {
            let quoted: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
            format!("[{}]", quoted.join(","))
        };
        let addresses: Vec<String> = self
            .ports
            .iter()
            .map(|port| format!("127.0.0.1:{port}"))
            .collect();
        let plan = format!(
            "{{\"addresses\":{},\"method\":{:?},\"paths\":{},\"headers\":{},\"body\":{:?}}}",
            list(&addresses),
            self.method,
            list(self.paths),
            list(self.headers),
            self.body
        );
        let file = folder.join("plan.json");
        fs::write(&file, plan)?;
        let said = output(
            Command::new(program("load"))
                .arg(&file)
                .args([SECONDS, CONNECTIONS]),
        )?;
        let words: Vec<f64> = said
            .split_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()?;
        let [answers, seconds, _, slow, failed] = words.as_slice() else {
            return Err(format!("the load said {said}").into());
        };
        if *failed > 0.0 || *answers < 1.0 {
            return Err(format!(
                "{failed} of {answers} answers to {} {} were refused",
                self.method, self.paths[0]
            )
            .into());
        }
        Ok(Load {
            per_second: answers / seconds,
            slow: slow / 1e6,
        })
    }
}

/// Somebody signed in: the headers of their requests.
pub fn sign_in(port: u16) -> Outcome<Vec<String>> {
    let here = "Sec-Fetch-Site: same-origin";
    let form = "Content-Type: application/x-www-form-urlencoded";
    let answer = ask(
        port,
        "POST",
        "/sign-in",
        &[here, form],
        "email=bench%40example.com&password=three+brown+foxes",
    )?;
    let cookie = answer
        .head
        .split("set-cookie: ")
        .nth(1)
        .and_then(|rest| rest.split(';').next())
        .ok_or("signing in gives no session")?;
    Ok(vec![format!("Cookie: {cookie}"), here.to_owned()])
}

/// Texts behind a mark in answers, page after page of a list: ids of entries, and where pages begin.
pub fn walk(port: u16, list: &str, headers: &[String]) -> Outcome<(Vec<String>, Vec<String>)> {
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let between = |text: &str, mark: &str| -> Vec<String> {
        let parts = text.split(mark).skip(1);
        parts
            .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
            .collect()
    };
    let (mut ids, mut pages) = (Vec::new(), Vec::new());
    let mut path = list.to_owned();
    while ids.len() < DIFFERENT {
        let text = ask(port, "GET", &path, &headers, "")?.text();
        ids.extend(between(&text, "\"id\":\""));
        let Some(next) = between(&text, "\"next\":\"").pop() else {
            break;
        };
        path = format!("{list}?before={next}");
        pages.push(path.clone());
    }
    if ids.is_empty() {
        return Err(format!("there are no entries under {list}").into());
    }
    Ok((ids, pages))
}

fn cost(load: Load, peak: f64) -> [Cost; 2] {
    let of = |wall: f64| Cost {
        wall,
        peak,
        inner: wall,
    };
    [of(THOUSAND / load.per_second), of(load.slow)]
}

/// Holds the desk against the bare program, in turn.
pub fn beside_bare(bench: &mut Bench, desk: &Path) -> Outcome {
    build()?;
    let folder = bench.folder.clone();
    let file = folder.join("bare.db");
    remove_database(&file)?;
    run(Command::new(program("bare"))
        .arg("prepare")
        .arg(desk.join("offdesk.db"))
        .arg(&file))?;
    let (port, bare_port, single_port) = (free_port()?, free_port()?, free_port()?);
    let (ours, _) = Server::start(&mut offdesk(desk, "", port), port)?;
    let bare = |port: u16, mode: &str| {
        let mut command = Command::new(program("bare"));
        command
            .arg("serve")
            .arg(&file)
            .arg(port.to_string())
            .arg(mode);
        Server::start(&mut command, port)
    };
    std::thread::sleep(Duration::from_millis(500));
    bench.table.judge_number(
        "memory of a desk at rest, MiB",
        ours.memory("VmRSS:")?,
        20.0,
    );
    let (theirs, _) = bare(bare_port, "grouped")?;
    let headers = sign_in(port)?;
    let json = vec!["Content-Type: application/json".to_owned()];
    let with_json = [headers.clone(), json.clone()].concat();
    let (ids, pages) = walk(port, "/api/v1/entries", &headers)?;
    let one: Vec<String> = ids
        .iter()
        .map(|id| format!("/api/v1/entries/{id}"))
        .collect();
    let (ids, bare_pages) = walk(bare_port, "/entries", &[])?;
    let bare_one: Vec<String> = ids.iter().map(|id| format!("/entries/{id}")).collect();
    let plan = |port, method, paths, headers, body| Plan {
        ports: vec![port],
        method,
        paths,
        headers,
        body,
    };
    let (lines, bare_lines) = (["/api/v1/log-lines".to_owned()], ["/entries".to_owned()]);
    let body = "{\"line\":\"1h inbox\"}";
    let reads = [
        (
            "an entry by its id",
            0.6,
            plan(bare_port, "GET", &bare_one, &[], ""),
            plan(port, "GET", &one, &headers, ""),
        ),
        (
            "a page of 50 entries",
            0.8,
            plan(bare_port, "GET", &bare_pages, &[], ""),
            plan(port, "GET", &pages, &headers, ""),
        ),
        (
            "a durable insert",
            0.7,
            plan(bare_port, "POST", &bare_lines, &json, body),
            plan(port, "POST", &lines, &with_json, body),
        ),
    ];
    let mut inserts = Costs::default();
    for (what, share, bare_plan, own_plan) in reads {
        let (mut a, mut b) = (Costs::default(), Costs::default());
        let (mut slow_a, mut slow_b) = (Costs::default(), Costs::default());
        for _ in 0..TURNS {
            let (theirs_load, ours_load) = (bare_plan.ask(&folder)?, own_plan.ask(&folder)?);
            eprintln!(
                "{what}: bare {:.0}/s, offdesk {:.0}/s",
                theirs_load.per_second, ours_load.per_second
            );
            let [all, slow] = cost(theirs_load, theirs.memory("VmHWM:")?);
            a.0.push(all);
            slow_a.0.push(slow);
            let [all, slow] = cost(ours_load, ours.memory("VmHWM:")?);
            b.0.push(all);
            slow_b.0.push(slow);
        }
        let table = &mut bench.table;
        table.judge(
            &format!("{what}, 1,000 times over 32 connections"),
            [&a, &b],
            ratio(&a, &b),
            Goal::limit(1.0 / share),
        );
        table.judge(
            &format!("{what}: 99 of 100 within"),
            [&slow_a, &slow_b],
            ratio(&slow_a, &slow_b),
            Goal::limit(1.5),
        );
        inserts = b;
    }
    bench.table.judge_number(
        "memory of a desk under load, at most, MiB",
        ours.memory("VmHWM:")?,
        40.0,
    );
    weigh(&mut bench.table, port, &headers)?;
    let (_single, _) = bare(single_port, "single")?;
    let alone = plan(single_port, "POST", &bare_lines, &json, body).ask(&folder)?;
    let alone = Costs(vec![cost(alone, 0.0)[0]; inserts.0.len()]);
    bench.table.judge(
        "durable inserts, beside each committed alone",
        [&alone, &inserts],
        ratio(&alone, &inserts),
        Goal::limit(1.0 / 20.0),
    );
    drop((ours, theirs));
    remove_database(&file)
}

/// How soon a desk answers after it was started.
pub fn start(table: &mut Table, what: &str, desk: &Path, database: &str, most: f64) -> Outcome {
    let mut costs = Costs::default();
    for _ in 0..=TURNS {
        let port = free_port()?;
        let (server, wall) = Server::start(&mut offdesk(desk, database, port), port)?;
        costs.0.push(Cost {
            wall,
            peak: server.memory("VmRSS:")?,
            inner: wall,
        });
    }
    // The first one warms the caches.
    costs.0.remove(0);
    table.judge_wall(what, &costs, most);
    Ok(())
}

/// What the pages weigh as they are sent. The tests hold each of them to its limit; here it is shown.
fn weigh(table: &mut Table, port: u16, headers: &[String]) -> Outcome {
    let mut headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    headers.push("Accept-Encoding: gzip");
    let page = ask(port, "GET", "/hours", &headers, "")?;
    let plain = ask(port, "GET", "/sign-in", &[], "")?.text();
    table.judge_number(
        "the page Hours as it is sent, KB",
        kilobytes(page.body.len()),
        14.0,
    );
    for (what, ending, most) in [
        ("the style sheet", ".css\"", 12.0),
        ("the script", ".js\"", 20.0),
    ] {
        let path = plain
            .split('"')
            .find(|part| {
                part.starts_with("/assets/") && part.ends_with(ending.trim_end_matches('"'))
            })
            .ok_or("the page names no style sheet or script")?;
        let asset = ask(port, "GET", path, &headers, "")?;
        table.judge_number(
            &format!("{what} as it is sent, KB"),
            kilobytes(asset.body.len()),
            most,
        );
    }
    Ok(())
}

fn kilobytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1000.0
}

/// Removes a database with what belongs to it.
fn remove_database(file: &Path) -> Outcome {
    for ending in ["", "-wal", "-shm"] {
        let path = PathBuf::from(format!("{}{ending}", file.display()));
        if path.exists() {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
