//! Builds the fuzz crate with coverage on the stable toolchain and runs its targets, as many at once as there are cores.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use crate::machine::{self, cargo, output, root, run};
use crate::{Outcome, install};

/// What the compiler has to weave in for libFuzzer.
const RUSTFLAGS: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    --cfg fuzzing -Ccodegen-units=1 -Cdebug-assertions=yes";

/// An input that takes longer, a process that grows larger, is a failure.
const LIMITS: [&str; 3] = ["-timeout=1", "-rss_limit_mb=256", "-max_len=65536"];

/// Fuzzes for so many seconds in all (shared out evenly, one second a target at least), or one target only.
pub fn run_targets(seconds: u64, target: Option<&str>) -> Outcome {
    if install::debian("g++", "g++").is_none() {
        return install::skip("fuzzing", "libFuzzer is C++ and there is no g++");
    }
    let binary = build()?;
    // What libFuzzer says at its start is of no use here.
    let listed = Command::new(&binary)
        .env("OFFDESK_FUZZ_TARGET", "list")
        .output()?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let targets: Vec<&str> = listed
        .lines()
        .filter(|name| target.is_none_or(|target| target == *name))
        .collect();
    if targets.is_empty() {
        return Err(format!("no such target; there are: {}", listed.replace('\n', " ")).into());
    }
    let count = u64::try_from(targets.len())?;
    let each = (seconds / count).max(1);
    let queue = Mutex::new(VecDeque::from(targets));
    let failures = Mutex::new(Vec::new());
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                while let Some(name) = queue.lock().ok().and_then(|mut queue| queue.pop_front()) {
                    let line = match fuzz(&binary, name, each) {
                        Ok(executions) => format!("{name:<18} {executions}"),
                        Err(error) => {
                            if let Ok(mut failures) = failures.lock() {
                                failures.push(name);
                            }
                            format!("{name:<18} FAILED\n{error}")
                        }
                    };
                    println!("{line}");
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap_or_default();
    if failures.is_empty() {
        Ok(())
    } else {
        Err(format!("fuzzing failed: {}", failures.join(", ")).into())
    }
}

fn build() -> Outcome<PathBuf> {
    let version = output(Command::new("rustc").arg("-vV"))?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .ok_or("rustc does not name its host")?;
    let folder = root().join("fuzz");
    // The target is named so that build scripts are built without the flags.
    let built = run(cargo()
        .current_dir(&folder)
        .args([
            "build",
            "--release",
            "--quiet",
            "--locked",
            "--target",
            host,
        ])
        .arg("--target-dir")
        .arg(folder.join("target"))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", RUSTFLAGS));
    built.map_err(|error| {
        format!("{error}\nif fuzz/Cargo.lock is out of date:  cargo update --workspace --manifest-path fuzz/Cargo.toml")
    })?;
    Ok(folder
        .join("target")
        .join(host)
        .join("release/offdesk-fuzz"))
}

/// Runs one target; gives what it did in words.
fn fuzz(binary: &Path, name: &str, seconds: u64) -> Outcome<String> {
    let folder = root().join("fuzz");
    let corpus = folder.join("corpus").join(name);
    let artifacts = folder.join("artifacts").join(name);
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&artifacts)?;
    let log_path = artifacts.join("log.txt");
    let log = File::create(&log_path)?;
    let start = machine::now();
    let status = Command::new(binary)
        .env("OFFDESK_FUZZ_TARGET", name)
        .args(LIMITS)
        .arg(format!("-max_total_time={seconds}"))
        .args(["-print_final_stats=1", "-verbosity=1"])
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .arg(&corpus)
        .args(seeds(name))
        .stdout(Stdio::null())
        .stderr(log)
        .status()?;
    let log = String::from_utf8_lossy(&fs::read(&log_path)?).into_owned();
    if !status.success() {
        return Err(complaint(&log).into());
    }
    let executions = log
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
        .map_or("?", str::trim);
    Ok(format!(
        "{executions:>10} executions in {:.1} s",
        start.elapsed().as_secs_f64()
    ))
}

/// The folders of samples a target starts from: a family's own, else all.
fn seeds(name: &str) -> Vec<PathBuf> {
    let samples = root().join("crates/offdesk-import/samples");
    let Ok(folders) = fs::read_dir(&samples) else {
        return Vec::new();
    };
    let own: Vec<PathBuf> = folders
        .flatten()
        .filter(|folder| folder.file_name().to_string_lossy().starts_with(name))
        .map(|folder| folder.path())
        .collect();
    if own.is_empty() { vec![samples] } else { own }
}

/// What of a failed run's log is worth reading: why, and where the input was written to.
fn complaint(log: &str) -> String {
    let mut lines = Vec::new();
    let mut is_message = false;
    for line in log.lines() {
        let is_panic = line.contains("panicked at");
        let is_told = [
            "ERROR: libFuzzer",
            "Test unit written to",
            "  left: ",
            " right: ",
        ]
        .iter()
        .any(|words| line.contains(words));
        if is_panic || is_message || is_told {
            lines.push(line);
        }
        // A panic's message stands below its place.
        is_message = is_panic;
    }
    if lines.is_empty() {
        let tail: Vec<&str> = log.lines().rev().take(10).collect();
        return tail.into_iter().rev().collect::<Vec<_>>().join("\n");
    }
    lines.join("\n")
}
