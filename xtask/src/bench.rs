//! Compares offdesk with programs of the same purpose on generated input, and holds it to its goals.
//! A peer and offdesk run in turn, so that a noisy minute strikes both. The whole process counts; of DuckDB the query alone is
//! shown, too, without the start of its interpreter. Only the ratios carry over to other machines.

mod desk;
mod generate;
mod handoff;
mod http;
mod looks;
mod measure;
mod part;
mod pay;
mod planner;
mod processes;
mod returns;
mod serving;
mod table;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use generate::Texts;
use measure::{Costs, Program, in_turn, ratio};
pub use part::Part;
use table::{Goal, Table};

use crate::machine::{cargo, root, run};
use crate::{Outcome, install};

/// Reads and groups the file with typed columns; prints the seconds of that. The query is the first argument.
const DUCKDB: &str = "
import sys, time, duckdb
query, file, rows = sys.argv[1:]
db = duckdb.connect()
db.execute('set enable_progress_bar = false')
start = time.perf_counter()
[(groups, entries, hours)] = db.execute(query, {'file': file}).fetchall()
assert entries == int(rows) and groups > 0 and hours > 0, (groups, entries, hours)
print(time.perf_counter() - start)
";
const HUNDRED_THOUSAND: u64 = 100_000;
const MILLION: u64 = 1_000_000;

/// Runs all of it, or one part, and prints a table; fails when a goal is missed.
pub fn run_all(is_quick: bool, only: Option<Part>) -> Outcome {
    run(cargo().args(["build", "--release", "--package", "offdesk", "--locked"]))?;
    let Some(python) = install::python() else {
        return Err("the bench measures with Python, and there is none".into());
    };
    let folder = root().join("target/bench");
    std::fs::create_dir_all(&folder)?;
    let mut bench = Bench {
        folder,
        python,
        runs: 5,
        peer_runs: if is_quick { 1 } else { 5 },
        table: Table::default(),
    };
    let has = |part| only.is_none_or(|only| only == part);
    if has(Part::Tables) {
        bench.large_tables(is_quick)?;
    }
    if has(Part::Trackers) {
        bench.trackers()?;
    }
    if has(Part::Short) {
        bench.short_runs()?;
    }
    if has(Part::Planner) {
        bench.planner(is_quick)?;
    }
    if has(Part::Desk) {
        desk::desk(&mut bench)?;
    }
    if has(Part::Handoff) {
        handoff::handoff(&mut bench, is_quick)?;
    }
    if has(Part::Pay) {
        pay::sitting(&mut bench)?;
    }
    if has(Part::Return) {
        returns::page(&mut bench)?;
    }
    bench.table.print()
}

struct Bench {
    folder: PathBuf,
    python: PathBuf,
    runs: usize,
    /// Runs against peers that take their time.
    peer_runs: usize,
    table: Table,
}

impl Bench {
    fn large_tables(&mut self, is_quick: bool) -> Outcome {
        let small = self.folder.join("toggl-1e5.csv");
        let medium = self.folder.join("toggl-1e6.csv");
        generate::toggl(&small, HUNDRED_THOUSAND, Texts::Repeated)?;
        generate::toggl(&medium, MILLION, Texts::Repeated)?;
        let at_million = self.against_duckdb(
            "10^6 rows against DuckDB",
            &medium,
            MILLION,
            Goal {
                wanted: 0.40,
                at_least: 0.55,
            },
        )?;

        let [at_small, again] =
            self.in_turn([&self.audit([&small]), &self.audit([&medium])], self.runs)?;
        let growth = again.wall() / at_small.wall();
        self.table.judge(
            "10^5 to 10^6 rows: growth of the time",
            [&at_small, &again],
            growth,
            Goal::limit(10.5),
        );

        let new = self.folder.join("ever-new-1e6.csv");
        generate::toggl(&new, MILLION, Texts::EverNew)?;
        let [ever_new] = self.in_turn([&self.audit([&new])], self.runs)?;
        self.table
            .judge_peak("10^6 rows, every text new: peak memory", &ever_new, 256.0);
        self.table
            .judge_peak("10^6 rows: peak memory", &at_million, 64.0);
        if is_quick {
            return Ok(());
        }

        let large = self.folder.join("toggl-1e7.csv");
        generate::toggl(&large, 10 * MILLION, Texts::Repeated)?;
        let at_ten = self.against_duckdb(
            "10^7 rows against DuckDB",
            &large,
            10 * MILLION,
            Goal {
                wanted: 0.45,
                at_least: 0.60,
            },
        )?;
        self.table
            .judge_peak("10^7 rows: peak memory", &at_ten, 64.0);
        let change = (at_ten.peak() / at_million.peak() - 1.0).abs();
        self.table.judge(
            "10^6 to 10^7 rows: change of the peak",
            [&at_million, &at_ten],
            change,
            Goal::limit(0.10),
        );
        Ok(())
    }

    /// Gives what offdesk cost, also when there is no DuckDB to compare it with.
    fn against_duckdb(&mut self, what: &str, file: &Path, rows: u64, goal: Goal) -> Outcome<Costs> {
        let audit = self.audit([file]);
        let Some(path) = install::python_with("duckdb", "duckdb") else {
            self.table.skipped(what, "DuckDB");
            let [costs] = self.in_turn([&audit], self.runs)?;
            return Ok(costs);
        };
        let arguments = [
            OsString::from("-c"),
            DUCKDB.into(),
            include_str!("bench/peer.sql").into(),
            file.into(),
            rows.to_string().into(),
        ];
        let peer = Program {
            name: "DuckDB",
            path,
            arguments: arguments.into(),
            environment: Vec::new(),
            prints_seconds: true,
        };
        let [theirs, ours] = self.in_turn([&peer, &audit], self.runs)?;
        self.table
            .judge(what, [&theirs, &ours], ratio(&theirs, &ours), goal);
        self.table
            .remark(&format!("{what}: its query alone"), &theirs.inner(), &ours);
        Ok(ours)
    }

    fn trackers(&mut self) -> Outcome {
        let database = self.folder.join("timewarrior");
        let files = generate::timewarrior(&database, HUNDRED_THOUSAND)?;
        let peer = install::debian("timew", "timewarrior").map(|path| {
            let peer = program("timew summary", path, &["summary", ":all"]);
            peer.with("TIMEWARRIORDB", database)
        });
        let audit = self.audit(&files);
        self.against_tracker("10^5 Timewarrior intervals", peer, &audit, 250.0)?;

        let clock = self.folder.join("1e5.timeclock");
        generate::timeclock(&clock, HUNDRED_THOUSAND)?;
        let peer = install::debian("ledger", "ledger").map(|path| {
            let mut peer = program("ledger balance", path, &["-f"]);
            peer.arguments
                .extend([clock.clone().into(), "balance".into()]);
            peer
        });
        let audit = self.audit([&clock]);
        self.against_tracker("10^5 timeclock intervals", peer, &audit, 18.0)?;

        let watson = self.folder.join("watson");
        let frames = watson.join("frames");
        generate::watson(&frames, HUNDRED_THOUSAND)?;
        let peer = install::python_with("watson", "td-watson").map(|path| {
            let peer = program(
                "watson report",
                path,
                &["-m", "watson", "report", "--all", "--no-pager"],
            );
            peer.with("WATSON_DIR", watson)
        });
        let audit = self.audit([&frames]);
        self.against_tracker("10^5 Watson frames", peer, &audit, 1_000.0)
    }

    /// The goal is how many times faster offdesk is.
    fn against_tracker(
        &mut self,
        what: &str,
        peer: Option<Program>,
        audit: &Program,
        goal: f64,
    ) -> Outcome {
        let Some(peer) = peer else {
            self.table.skipped(what, "the peer");
            return Ok(());
        };
        let [theirs, ours] = self.in_turn([&peer, audit], self.peer_runs)?;
        self.table.judge(
            what,
            [&theirs, &ours],
            ratio(&theirs, &ours),
            Goal::limit(1.0 / goal),
        );
        Ok(())
    }

    fn short_runs(&mut self) -> Outcome {
        let file = self.folder.join("toggl-500.csv");
        generate::toggl(&file, 500, Texts::Repeated)?;
        let mut help = self.audit([&file]);
        help.name = "offdesk --help";
        help.arguments = vec!["--help".into()];
        for (what, program) in [
            ("offdesk --help", help),
            ("an audit of 500 rows", self.audit([&file])),
        ] {
            let [costs] = self.in_turn([&program], 20)?;
            self.table.judge_wall(what, &costs, 0.030);
        }
        Ok(())
    }

    fn audit(&self, files: impl IntoIterator<Item = impl AsRef<Path>>) -> Program {
        let mut audit = program(
            "offdesk audit",
            root().join("target/release/offdesk"),
            &["audit"],
        );
        audit
            .arguments
            .extend(files.into_iter().map(|file| file.as_ref().into()));
        audit
            .arguments
            .extend(["--json", "--income", "150000"].map(OsString::from));
        audit
    }

    fn in_turn<const N: usize>(&self, programs: [&Program; N], runs: usize) -> Outcome<[Costs; N]> {
        in_turn(programs, runs, &self.python, &self.folder)
    }
}

fn program(name: &'static str, path: PathBuf, arguments: &[&str]) -> Program {
    Program {
        name,
        path,
        arguments: arguments.iter().map(OsString::from).collect(),
        environment: Vec::new(),
        prints_seconds: false,
    }
}
