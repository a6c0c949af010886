//! Gets what a step needs and Rust does not bring: Debian packages as root, Python packages into a folder of their own.

use std::path::PathBuf;
use std::process::Command;

use crate::Outcome;
use crate::machine::{self, program, run, succeeds};

/// Where a program is; installs its Debian package if it is absent and that can be done.
pub fn debian(name: &str, package: &str) -> Option<PathBuf> {
    if let Some(path) = program(name) {
        return Some(path);
    }
    let is_root =
        machine::output(Command::new("id").arg("-u")).is_ok_and(|user| user.trim() == "0");
    if !is_root || program("apt-get").is_none() {
        return None;
    }
    eprintln!("{name} is absent: installing the package {package}");
    let install = || {
        succeeds(
            Command::new("apt-get")
                .args(["install", "--yes", "--no-install-recommends", package])
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )
    };
    if !install() {
        // A fresh container has no package lists yet.
        let _ = run(Command::new("apt-get").args(["update", "--quiet"]));
        install();
    }
    program(name)
}

/// The interpreter itself, not a script that looks for one.
pub fn python() -> Option<PathBuf> {
    let found = debian("python3", "python3")?;
    let asked = machine::output(
        Command::new(&found).args(["-c", "import sys; print(sys.executable, end='')"]),
    );
    Some(asked.map_or(found, PathBuf::from))
}

/// A Python that can import a module; installs the package into `target/bench/python` if need be.
pub fn python_with(module: &str, package: &str) -> Option<PathBuf> {
    let import = format!("import {module}");
    let has = |python: &PathBuf| succeeds(Command::new(python).args(["-c", &import]));
    let system = python()?;
    if has(&system) {
        return Some(system);
    }
    let folder = machine::root().join("target/bench/python");
    let own = folder.join("bin/python3");
    if !own.is_file() {
        run(Command::new(&system).args(["-m", "venv"]).arg(&folder)).ok()?;
    }
    if !has(&own) {
        run(Command::new(&own).args(["-m", "pip", "install", "--quiet", package])).ok()?;
    }
    has(&own).then_some(own)
}

/// Adds rustfmt and clippy to a minimal Rust; without rustup the steps say themselves what is missing.
pub fn rust_components() {
    for (command, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !succeeds(machine::cargo().args([command, "--version"])) && program("rustup").is_some() {
            let _ = run(Command::new("rustup").args(["component", "add", component]));
        }
    }
}

/// What a step does when it lacks something: in CI it fails, elsewhere it is skipped with a word.
pub fn skip(step: &str, lacks: &str) -> Outcome {
    if machine::is_ci() {
        return Err(format!("{step}: {lacks}, and in CI nothing is skipped").into());
    }
    eprintln!("SKIPPED {step}: {lacks}");
    Ok(())
}
