//! The desk as a server: how many requests it answers beside the least that a server can be, what it takes of memory, how soon it is there.

mod asking;
mod slow;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

use self::asking::{Load, program};
pub use self::asking::{Plan, Server, build, free_port, offdesk, sign_in, walk};
use super::Bench;
use super::http::ask;
use super::measure::{Cost, Costs, ratio};
use super::table::{Goal, Table};
use crate::Outcome;
use crate::machine::run;

/// Requests are told as what so many of them take.
const THOUSAND: f64 = 1000.0;
const TURNS: usize = 5;
const JSON: &str = "Content-Type: application/json";
const LINE: &str = "{\"line\":\"1h inbox\"}";

/// What a thousand requests took, and how long the slowest of a hundred.
pub fn cost(load: Load, peak: f64) -> [Cost; 2] {
    let of = |wall: f64| Cost {
        wall,
        peak,
        inner: wall,
    };
    [of(THOUSAND / load.per_second), of(load.slow)]
}

/// The desk and the bare program, served side by side.
struct Pair {
    desk: Server,
    bare: Server,
    folder: PathBuf,
}

/// A request that both answer.
struct Contest<'c> {
    what: &'c str,
    /// So much of the bare program's answers a second the desk gives at least.
    share: f64,
    method: &'c str,
    of_bare: (&'c [String], &'c [String]),
    of_desk: (&'c [String], &'c [String]),
    body: &'c str,
}

impl Pair {
    /// Asks both in turn, and gives what the bare program and the desk took.
    fn contest(&self, table: &mut Table, contest: &Contest<'_>) -> Outcome<[Costs; 2]> {
        let plan = |server: &Server, (paths, headers)| {
            let (method, body, ports) = (contest.method, contest.body, vec![server.port]);
            Plan {
                ports,
                method,
                paths,
                headers,
                body,
            }
        };
        let (bare, desk) = (
            plan(&self.bare, contest.of_bare),
            plan(&self.desk, contest.of_desk),
        );
        let mut all = [Costs::default(), Costs::default()];
        let mut slow = [Costs::default(), Costs::default()];
        for _ in 0..TURNS {
            for (at, (plan, server)) in [(&bare, &self.bare), (&desk, &self.desk)]
                .into_iter()
                .enumerate()
            {
                let load = plan.ask(&self.folder)?;
                eprintln!("{}: {at} {:.0}/s", contest.what, load.per_second);
                let [of_all, of_slow] = cost(load, server.memory("VmHWM:")?);
                all[at].0.push(of_all);
                slow[at].0.push(of_slow);
            }
        }
        let what = format!("{}, 1,000 times over 32 connections", contest.what);
        let goal = Goal::limit(1.0 / contest.share);
        table.judge(&what, [&all[0], &all[1]], ratio(&all[0], &all[1]), goal);
        let what = format!("{}: 99 of 100 within", contest.what);
        let value = ratio(&slow[0], &slow[1]);
        table.judge(&what, [&slow[0], &slow[1]], value, Goal::limit(1.5));
        Ok(all)
    }
}

fn bare(file: &Path, mode: &str) -> Outcome<Server> {
    let port = free_port()?;
    Ok(Server::start(&mut bare_command(file, port, mode), port)?.0)
}

fn bare_command(file: &Path, port: u16, mode: &str) -> Command {
    let mut command = Command::new(program("bare"));
    command
        .arg("serve")
        .arg(file)
        .arg(port.to_string())
        .arg(mode);
    command
}

/// The bare program on the entries of a desk, which commits together what waits, and what removes its file in the end.
pub fn prepare_bare(
    bench: &Bench,
    desk: &Path,
) -> Outcome<(Server, impl FnOnce() -> Outcome + use<>)> {
    let file = bench.folder.join("bare.db");
    remove_database(&file)?;
    run(Command::new(program("bare"))
        .arg("prepare")
        .arg(desk.join("offdesk.db"))
        .arg(&file))?;
    let server = bare(&file, "grouped")?;
    Ok((server, move || remove_database(&file)))
}

/// Holds the desk against the bare program, in turn.
pub fn beside_bare(bench: &mut Bench, desk: &Path) -> Outcome {
    build()?;
    let file = bench.folder.join("bare.db");
    remove_database(&file)?;
    run(Command::new(program("bare"))
        .arg("prepare")
        .arg(desk.join("offdesk.db"))
        .arg(&file))?;
    let port = free_port()?;
    let (server, _) = Server::start(&mut offdesk(desk, "", port), port)?;
    std::thread::sleep(Duration::from_millis(500));
    let at_rest = server.memory("VmRSS:")?;
    let table = &mut bench.table;
    table.judge_number("memory of a desk at rest, MiB", at_rest, 20.0);
    let pair = Pair {
        desk: server,
        bare: bare(&file, "grouped")?,
        folder: bench.folder.clone(),
    };
    let [of_bare, inserts] = contests(table, &pair)?;
    let most = pair.desk.memory("VmHWM:")?;
    table.judge_number("memory of a desk under load, at most, MiB", most, 40.0);
    weigh(table, pair.desk.port)?;
    let single = bare(&file, "single")?;
    let [alone, _] = cost(inserts_alone(&single).ask(&pair.folder)?, 0.0);
    let alone = Costs(vec![alone; inserts.0.len()]);
    // What such a disk allows: a fast one leaves little to be gained by committing together, as the bare program shows.
    let what = "durable inserts, beside each committed alone";
    table.remark(what, &alone, &inserts);
    let what = "the bare program's own inserts, beside each committed alone";
    table.remark(what, &alone, &of_bare);
    drop((pair, single));
    slow::inserts(table, &bench.folder, (desk, &file))?;
    remove_database(&file)
}

/// Inserts into the bare program.
fn inserts_alone(server: &Server) -> Plan<'static> {
    static INSERT: LazyLock<[String; 2]> =
        LazyLock::new(|| ["/entries".to_owned(), JSON.to_owned()]);
    let [path, header] = &*INSERT;
    Plan {
        ports: vec![server.port],
        method: "POST",
        paths: std::slice::from_ref(path),
        headers: std::slice::from_ref(header),
        body: LINE,
    }
}

/// Reads of one, pages and inserts; gives what inserts took, the bare program's and the desk's.
fn contests(table: &mut Table, pair: &Pair) -> Outcome<[Costs; 2]> {
    let headers = sign_in(pair.desk.port)?;
    let json = [JSON.to_owned()];
    let with_json = [headers.as_slice(), &json].concat();
    let (ids, pages) = walk(pair.desk.port, "/api/v1/entries", &headers)?;
    let one: Vec<String> = ids
        .iter()
        .map(|id| format!("/api/v1/entries/{id}"))
        .collect();
    let (ids, bare_pages) = walk(pair.bare.port, "/entries", &[])?;
    let bare_one: Vec<String> = ids.iter().map(|id| format!("/entries/{id}")).collect();
    let read = Contest {
        what: "an entry by its id",
        share: 0.6,
        method: "GET",
        of_bare: (&bare_one, &[]),
        of_desk: (&one, &headers),
        body: "",
    };
    pair.contest(table, &read)?;
    let page = Contest {
        what: "a page of 50 entries",
        share: 0.8,
        of_bare: (&bare_pages, &[]),
        of_desk: (&pages, &headers),
        ..read
    };
    pair.contest(table, &page)?;
    let insert = Contest {
        what: "a durable insert",
        share: 0.7,
        method: "POST",
        of_bare: (&["/entries".to_owned()], &json),
        of_desk: (&["/api/v1/log-lines".to_owned()], &with_json),
        body: LINE,
    };
    pair.contest(table, &insert)
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
fn weigh(table: &mut Table, port: u16) -> Outcome {
    let headers = sign_in(port)?;
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
