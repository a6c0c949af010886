//! Handed-off work: what its writes cost beside a bare durable insert, and how soon Desk, Work and the search over blueprints answer in a
//! business of many years.

mod pages;
mod scripts;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use self::pages::pages;
use self::scripts::{DELIVERED, IN_A_YEAR, MULTIPLY, TEXTS};
use super::desk::IMPORT;
use super::generate::{self, Texts};
use super::measure::{Cost, Costs, ratio};
use super::serving::{Plan, Server, build, cost, free_port, offdesk, prepare_bare, sign_in};
use super::table::Goal;
use super::{Bench, HUNDRED_THOUSAND};
use crate::Outcome;
use crate::machine::{output, root, run};

/// A write gives at least this share of the answers of a bare insert.
const SHARE: f64 = 0.4;
/// 99 of 100 writes are answered within, in seconds.
const WRITE: f64 = 0.025;
const TURNS: usize = 3;
/// An activity of the generated entries.
const ACTIVITY: &str = "Books and billing";
const JSON: &str = "Content-Type: application/json";

/// How much there is.
struct Sizes {
    open: u32,
    closed: u32,
    blueprints: u32,
    /// Assignments that are handed in, each once.
    writes: u32,
}

/// Measures it.
pub fn handoff(bench: &mut Bench, is_quick: bool) -> Outcome {
    build()?;
    let sizes = if is_quick {
        Sizes {
            open: 1_000,
            closed: 20_000,
            blueprints: 500,
            writes: 8_000,
        }
    } else {
        Sizes {
            open: 10_000,
            closed: 1_000_000,
            blueprints: 10_000,
            writes: 40_000,
        }
    };
    let desk = bench.folder.join("desk");
    let small = bench.folder.join("toggl-1e5.csv");
    generate::toggl(&small, HUNDRED_THOUSAND, Texts::Repeated)?;
    let ours = root().join("target/release/offdesk");
    run(Command::new("sh")
        .args(["-c", IMPORT, "sh"])
        .args([&bench.folder, &ours, &small])
        .env("OFFDESK_DATABASE", "")
        .stdout(Stdio::null()))?;
    let due = output(Command::new(&bench.python).args(["-c", IN_A_YEAR]))?;
    hand_off(&ours, &desk, due.trim())?;
    let file = desk.join("offdesk.db");
    multiply(bench, &file, "closed", sizes.closed)?;
    multiply(bench, &file, "open", sizes.open)?;
    blueprints(bench, &ours, &desk, sizes.blueprints)?;
    pages(bench, &desk, &sizes)?;
    let outcome = writes(bench, &desk, &sizes);
    fs::remove_dir_all(&desk)?;
    outcome
}

/// One handoff whose work is all checked, with one assignment that is closed and one that is taken on.
fn hand_off(ours: &Path, desk: &Path, due: &str) -> Outcome {
    let text = root().join("crates/offdesk-actions/src/example/inbox.md");
    let text = text.display().to_string();
    let lines = [
        format!("blueprint new Bench --from {text}"),
        "blueprint publish Bench --untested".to_owned(),
        "people add Ana".to_owned(),
        "handoff new ACTIVITY --to Ana --by Bench --amount 20 --per assignment --critical --trial 0".to_owned(),
        "handoff answer ACTIVITY accept".to_owned(),
        "handoff begin ACTIVITY".to_owned(),
        "assignment give ACTIVITY --due DUE --without-inputs".to_owned(),
        "assignment reply 1 agree".to_owned(),
        "assignment deliver 1 --text Done.".to_owned(),
        "review accept 1".to_owned(),
        "assignment close 1".to_owned(),
        "assignment give ACTIVITY --due DUE --without-inputs".to_owned(),
        "assignment reply 2 agree".to_owned(),
    ];
    for line in lines {
        let words = line.split(' ').map(|word| match word {
            "ACTIVITY" => ACTIVITY,
            "DUE" => due,
            other => other,
        });
        run(Command::new(ours)
            .args(words)
            .env("OFFDESK_DATA_DIR", desk)
            .env("OFFDESK_DATABASE", "")
            .stdout(Stdio::null()))?;
    }
    Ok(())
}

/// The version of rows, and their ids.
type Rows = (String, Vec<String>);

fn rows(said: &str) -> Outcome<Rows> {
    let mut lines = said.lines().map(str::to_owned);
    let version = lines.next().ok_or("no rows were made")?;
    Ok((version, lines.collect()))
}

fn multiply(bench: &Bench, file: &Path, kind: &str, count: u32) -> Outcome<String> {
    output(
        Command::new(&bench.python)
            .args(["-c", MULTIPLY])
            .arg(file)
            .args([kind, &count.to_string()]),
    )
}

fn blueprints(bench: &Bench, ours: &Path, desk: &Path, count: u32) -> Outcome {
    let folder = desk.join("texts");
    output(
        Command::new(&bench.python)
            .args(["-c", TEXTS])
            .arg(&folder)
            .arg(count.to_string()),
    )?;
    run(Command::new(ours)
        .args(["blueprint", "import"])
        .arg(&folder)
        .env("OFFDESK_DATA_DIR", desk)
        .env("OFFDESK_DATABASE", "")
        .stdout(Stdio::null()))
}

/// A desk and the bare program, side by side.
struct Pair<'b> {
    bench: &'b mut Bench,
    bare: Server,
    desk: Server,
    headers: Vec<String>,
}

/// A write of the desk.
struct Write<'w> {
    what: &'w str,
    method: &'w str,
    paths: &'w [String],
    body: &'w str,
    /// What can be done once is asked of other assignments in each.
    turns: usize,
}

impl Pair<'_> {
    /// Holds a write against a bare insert, in turn.
    fn measure(&mut self, write: &Write<'_>) -> Outcome {
        let insert = Plan {
            ports: vec![self.bare.port],
            method: "POST",
            paths: &["/entries".to_owned()],
            headers: &[JSON.to_owned()],
            body: "{\"line\":\"1h inbox\"}",
        };
        let (mut theirs, mut all, mut slow) = (Costs::default(), Costs::default(), 0.0_f64);
        let share = write.paths.len() / write.turns;
        for turn in 0..write.turns {
            let load = insert.ask(&self.bench.folder)?;
            let [of_insert, _] = cost(load, self.bare.memory("VmHWM:")?);
            theirs.0.push(of_insert);
            let own = write.paths.get(turn * share..(turn + 1) * share);
            let plan = Plan {
                ports: vec![self.desk.port],
                method: write.method,
                paths: own.unwrap_or(write.paths),
                headers: &self.headers,
                body: write.body,
            };
            let load = plan.ask(&self.bench.folder)?;
            let [of_all, of_slow] = cost(load, self.desk.memory("VmHWM:")?);
            all.0.push(of_all);
            slow = slow.max(of_slow.wall);
        }
        let what = write.what;
        let name =
            format!("{what}, durable, 1,000 times over 32 connections, beside a bare insert");
        let (value, goal) = (ratio(&theirs, &all), Goal::limit(1.0 / SHARE));
        self.bench.table.judge(&name, [&theirs, &all], value, goal);
        let cost = Cost {
            wall: slow,
            peak: 0.0,
            inner: slow,
        };
        let name = format!("{what}: 99 of 100 within");
        self.bench
            .table
            .judge_wall(&name, &Costs(vec![cost]), WRITE);
        Ok(())
    }
}

/// Delivering, accepting, ticking and typing in time, beside a bare insert.
fn writes(bench: &mut Bench, desk: &Path, sizes: &Sizes) -> Outcome {
    let (bare, remove_bare) = prepare_bare(bench, desk)?;
    let file = desk.join("offdesk.db");
    let (_, ids) = rows(&multiply(bench, &file, "writes", sizes.writes)?)?;
    let (version, fresh) = rows(&multiply(bench, &file, "writes", sizes.writes)?)?;
    let port = free_port()?;
    let (server, _) = Server::start(&mut offdesk(desk, "", port), port)?;
    let headers = [sign_in(port)?, vec![JSON.to_owned()]].concat();
    let python = bench.python.clone();
    let mut pair = Pair {
        bench,
        bare,
        desk: server,
        headers,
    };
    pair.measure(&Write {
        what: "to type in time",
        method: "PUT",
        paths: &paths(&ids, "time"),
        body: "{\"hours\":1.25}",
        turns: TURNS,
    })?;
    let ticks = (1..=7).flat_map(|step| paths(&ids, &format!("steps/{step}")));
    pair.measure(&Write {
        what: "to tick a step",
        method: "PUT",
        paths: &ticks.collect::<Vec<_>>(),
        body: "{\"ticked\":true}",
        turns: TURNS,
    })?;
    pair.measure(&Write {
        what: "to hand something in",
        method: "POST",
        paths: &paths(&fresh, "deliverables"),
        body: &format!("{{\"version\":{version},\"text\":\"Done.\"}}"),
        // So that there is more to accept than can be accepted in one.
        turns: 2,
    })?;
    let said = output(Command::new(&python).args(["-c", DELIVERED]).arg(&file))?;
    let (version, delivered) = rows(&said)?;
    pair.measure(&Write {
        what: "to accept a deliverable",
        method: "POST",
        paths: &paths(&delivered, "reviews"),
        body: &format!("{{\"version\":{version},\"verdict\":\"accepted\",\"met\":[1,2,3]}}"),
        turns: 1,
    })?;
    drop(pair);
    remove_bare()
}

fn paths(of: &[String], end: &str) -> Vec<String> {
    let path = |id: &String| format!("/api/v1/assignments/{id}/{end}");
    of.iter().map(path).collect()
}
