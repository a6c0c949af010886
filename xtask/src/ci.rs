//! What CI runs, in order. Later steps run although an earlier one failed, so one run shows everything; the tests come last,
//! so that the test runner's closing lines end the output.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::machine::{self, cargo, program, root, run};
use crate::postgres::Server;
use crate::{Outcome, browser, fuzz, install, pay};

const FUZZ_SECONDS: u64 = 20;
/// Of the texts that would run, each so-manieth group goes into each form; `cargo xtask corpus` takes all.
const CORPUS_EVERY: u32 = 40;

type Step = (&'static str, fn() -> Outcome);

const STEPS: [Step; 13] = [
    ("format", || run(cargo().args(["fmt", "--all", "--check"]))),
    ("format of the fuzz crate", || {
        run(cargo().args(["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))
    }),
    ("lints", || {
        run(cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ]))
    }),
    ("documentation", || {
        run(cargo()
            .args(["doc", "--workspace", "--no-deps", "--locked"])
            .env("RUSTDOCFLAGS", "-D warnings"))
    }),
    ("examples in the documentation", || {
        run(cargo().args(["test", "--workspace", "--doc", "--locked"]))
    }),
    ("release build", || {
        run(cargo().args(["build", "--release", "--package", "offdesk", "--locked"]))
    }),
    ("fuzzing, briefly", || fuzz::run_targets(FUZZ_SECONDS, None)),
    ("the audit's page in a browser", audit_page),
    ("the desk in a browser", browser::check_desk),
    ("a handoff in a browser", browser::check_handoff),
    ("texts that would run, in every form", || {
        browser::check_corpus(CORPUS_EVERY)
    }),
    ("pay files and journals in their readers", pay::check),
    ("tests", tests),
];

/// Runs every step; fails without a further word if one of them did, since each has spoken for itself.
pub fn run_steps() -> Outcome {
    install::rust_components();
    let mut failed = Vec::new();
    let mut times = Vec::new();
    for (place, (name, step)) in STEPS.iter().enumerate() {
        let is_last = place + 1 == STEPS.len();
        if is_last {
            summary(&times, &failed);
        }
        println!("\n== {}/{} {name} ==", place + 1, STEPS.len());
        let start = machine::now();
        let outcome = step();
        times.push((*name, start.elapsed()));
        if let Err(error) = outcome {
            failed.push(*name);
            // Nothing may follow the test runner's closing lines.
            if !is_last {
                println!("FAILED {name}: {error}");
            }
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err("".into())
    }
}

fn summary(times: &[(&str, Duration)], failed: &[&str]) {
    println!("\n== so far ==");
    for (name, time) in times {
        let word = if failed.contains(name) {
            "FAILED"
        } else {
            "ok"
        };
        println!("{:>7.1} s  {word:<6}  {name}", time.as_secs_f64());
    }
}

fn audit_page() -> Outcome {
    let page = root().join("target/audit.html");
    run(Command::new(root().join("target/release/offdesk"))
        .args(["demo", "--out"])
        .arg(root().join("target/demo.csv"))
        .arg("--html")
        .arg(&page)
        .stdout(Stdio::null()))?;
    browser::check(&page)
}

fn tests() -> Outcome {
    let has_nextest = program("cargo-nextest").is_some();
    let words: &[&str] = if has_nextest {
        &[
            "nextest",
            "run",
            "--workspace",
            "--locked",
            "--no-fail-fast",
        ]
    } else {
        &[
            "test",
            "--workspace",
            "--all-targets",
            "--locked",
            "--no-fail-fast",
        ]
    };
    let server = match Server::start() {
        Ok(server) => server,
        Err(error) if machine::is_ci() => return Err(error),
        Err(error) => {
            eprintln!("SKIPPED the tests on PostgreSQL: {error}");
            None
        }
    };
    if server.is_none() {
        install::skip("the tests on PostgreSQL", "there is no postgresql")?;
    }
    let mut command = cargo();
    command.args(words);
    if let Some(server) = &server {
        command.env("OFFDESK_TEST_POSTGRES", &server.url);
    }
    run(&mut command)
}
